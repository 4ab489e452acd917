"""What the installer says, and the one way it fails."""

from __future__ import annotations

import sys


class SetupError(Exception):
    """Set-up cannot go on.

    Attributes:
        what: what could not be done and why, one sentence without a full stop.
        next_step: what the person can do now.
    """

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(f"{what}. {next_step}")
        self.what = what
        self.next_step = next_step


def say(text: str) -> None:
    """Progress goes to standard error, so that ``run -- watch --json`` stays machine-readable."""
    print(f"[setup] {text}", file=sys.stderr, flush=True)
