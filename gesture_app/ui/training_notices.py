"""What is said of training to a person who is on another page."""

from __future__ import annotations

from gesture_app.core.errors import AppError
from gesture_app.ui.training_run import TrainingPhase


def notice_of(phase: TrainingPhase) -> AppError | None:
    """The notice for a phase that was just entered, None for one that needs no saying."""
    if phase is TrainingPhase.DONE:
        return AppError(
            "The new model is ready", "training is done", "See how good it is on the page Train."
        )
    if phase is TrainingPhase.FAILED:
        return AppError("Training has failed", "the page Train says why", "Open it to try again.")
    if phase is TrainingPhase.INTERRUPTED:
        return AppError(
            "Your gestures are not learnt yet",
            "training was interrupted",
            "Go on with it on the page Train.",
        )
    return None
