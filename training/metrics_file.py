"""``metrics.jsonl``: losses and evaluations of a run, from which its card draws curves."""

from __future__ import annotations

import json
from pathlib import Path

from gesture_app.store.atomic import write_atomically
from training.progress import Evaluated, Event, Step, to_line

METRICS_NAME = "metrics.jsonl"


class MetricsFile:
    """Appends a line an event. Lines of steps after ``first`` are dropped: they are done again.

    So is a last line that a kill cut short.
    """

    def __init__(self, run: Path, first: int) -> None:
        self._path = run / METRICS_NAME
        kept = [line for line in _whole_lines(self._path) if json.loads(line)["step"] <= first]
        write_atomically(self._path, "".join(f"{line}\n" for line in kept).encode())

    def write(self, event: Event) -> None:
        """Keep steps and evaluations; the others say nothing about the course of the run."""
        if isinstance(event, Step | Evaluated):
            with self._path.open("a", encoding="utf-8") as file:
                file.write(to_line(event) + "\n")


def _whole_lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    return text[: text.rfind("\n") + 1].splitlines()
