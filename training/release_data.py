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
        return self.rendered if name == RENDERED else self.shared / "data" / name

    @property
    def rendered(self) -> Path:
        return self.folder.parent / RENDERED


def scan(root: Path, name: str) -> list[Sample]:
    """Samples of the data set ``name``, whose pictures are in ``root``."""
    if name == RENDERED:
        return scan_rendered(root)
    return scan_hagrid_crops(root) if name.startswith("hagrid") else scan_webcam(root)


def render_pictures(caches: HandCaches, recipe: Recipe) -> None:
    """Render the data set ``rendered``, if the recipe has it and it is not there.

    Raises:
        TrainingError: it cannot be rendered; the renderer has said why.
    """
    done = caches.rendered / "done.json"
    wanted = {"seed": recipe.rendered_seed, "count": recipe.rendered_stills}
    if RENDERED not in recipe.sets:
        return
    if done.is_file() and json.loads(done.read_text("utf-8")) == wanted:
        return
    from training.render.__main__ import main as render

    words = ["stills", "--out", str(caches.rendered)]
    code = render([*words, *(f"--{key}={value}" for key, value in wanted.items())])
    if code != 0:
        raise TrainingError(
            "The training pictures cannot be rendered",
            "gesture-train render stills failed",
            "See its message above; its libraries come with the extra render.",
        )
    done.write_text(json.dumps(wanted), "utf-8")
