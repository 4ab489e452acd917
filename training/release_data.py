"""The hands that the release is trained and judged on, found once and cached in the run folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gesture_app.vision.mediapipe_hands import MediaPipeHands
from training.cache import build_cache
from training.config import Recipe
from training.datasets import Sample, scan_hagrid_crops, scan_webcam
from training.errors import TrainingError
from training.progress import counting_bar
from training.rendered_set import SOURCE as RENDERED
from training.rendered_set import scan_rendered

UNSEEN = "rendered_unseen"
"""Rendered pictures that no network is trained with; taught networks are judged by them."""

UNSEEN_SEED, UNSEEN_STILLS = 2002, 264
"""Twelve of each label, and four times as many without gesture."""


@dataclass(frozen=True, slots=True)
class HandCaches:
    """Where data sets and the caches of their hands are.

    Attributes:
        shared: folder with ``data``.
        folder: gets one cache a data set.
        hand_model: bytes of MediaPipe's hand landmarker.
    """

    shared: Path
    folder: Path
    hand_model: bytes

    def find(self, name: str) -> Path:
        """The cache of the data set ``name``; its hands are found first if that was not done."""
        cache = self.folder / name
        if not (cache / "index.jsonl").exists():
            samples = scan(self.root(name), name)
            detector = MediaPipeHands(self.hand_model, video=False)
            try:
                with counting_bar(f"finding hands in {name}", len(samples)) as advance:
                    counts = build_cache(samples, detector, cache, advance)
            finally:
                detector.close()
            (cache / "counts.json").write_text(json.dumps(dict(sorted(counts.items())), indent=2))
        return cache

    def root(self, name: str) -> Path:
        """The pictures of the data set ``name``: shared ones, or those that were rendered here."""
        if name in (RENDERED, UNSEEN):
            return self.folder.parent / name
        return self.shared / "data" / name


def scan(root: Path, name: str) -> list[Sample]:
    """Samples of the data set ``name``, whose pictures are in ``root``."""
    if name in (RENDERED, UNSEEN):
        return scan_rendered(root)
    return scan_hagrid_crops(root) if name.startswith("hagrid") else scan_webcam(root)


def render_pictures(caches: HandCaches, recipe: Recipe) -> None:
    """Render the data sets ``rendered``, if the recipe has it, and ``rendered_unseen``, where they
    are not there.

    Raises:
        TrainingError: they cannot be rendered; the renderer has said why.
    """
    if RENDERED in recipe.sets:
        _render(caches.root(RENDERED), recipe.rendered_seed, recipe.rendered_stills)
        _render(caches.root(UNSEEN), UNSEEN_SEED, UNSEEN_STILLS)


def _render(folder: Path, seed: int, count: int) -> None:
    done, wanted = folder / "done.json", {"seed": seed, "count": count}
    if done.is_file() and json.loads(done.read_text("utf-8")) == wanted:
        return
    from training.render.__main__ import main as render

    words = ["stills", "--out", str(folder)]
    code = render([*words, *(f"--{key}={value}" for key, value in wanted.items())])
    if code != 0:
        raise TrainingError(
            "The training pictures cannot be rendered",
            "gesture-train render stills failed",
            "See its message above; its libraries come with the extra render.",
        )
    done.write_text(json.dumps(wanted), "utf-8")
