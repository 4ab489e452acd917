"""Where teaching finds and leaves things: the one place that names the user's folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gesture_app.store.hand_model import hand_model_path, load_hand_model
from gesture_app.store.library import ModelLibrary
from gesture_app.store.paths import assets_dir, models_folder, user_folders
from gesture_app.vision.hands import HandDetector
from gesture_app.vision.network_check import check_networks

RECIPES = Path(__file__).resolve().parents[1] / "recipes"


@dataclass(frozen=True, slots=True)
class Places:
    """Attributes:
    bundled: folder of the model that everything is taught to.
    features: cache of what the network says of samples.
    library: takes in finished models.
    hand_model: of MediaPipe.
    full_recipe: file of the recipe by which all layers are trained.
    """

    bundled: Path
    features: Path
    library: ModelLibrary
    hand_model: Path
    full_recipe: Path

    def open_detector(self) -> HandDetector:
        """For single pictures. Raises: ModelError: it has to be fetched first, or is broken."""
        from gesture_app.vision.mediapipe_hands import MediaPipeHands

        return MediaPipeHands(load_hand_model(self.hand_model), video=False)


def users_places() -> Places:
    """Raises: AppError: the app's own files are missing."""
    folders = user_folders()
    bundled = assets_dir() / "models" / "default"
    return Places(
        bundled=bundled,
        features=folders.cache / "features",
        library=ModelLibrary(models_folder(folders), bundled, check_networks),
        hand_model=hand_model_path(folders),
        full_recipe=RECIPES / "teach.toml",
    )
