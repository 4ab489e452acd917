"""Errors that a person can act on: what happened, why, and what to do next.

Anything that is expected to go wrong on a user's machine (camera unplugged, corrupt model)
is raised as an `AppError`; the command line and the window print it as it is. Any other
exception is a bug and keeps its traceback in the log.
"""

from __future__ import annotations


class AppError(Exception):
    """A failure that a user can understand and mend.

    Attributes:
        what: what could not be done, one sentence without a full stop.
        why: the cause, as precise as known.
        next_step: what the person can do now.
    """

    def __init__(self, what: str, why: str, next_step: str) -> None:
        super().__init__(f"{what}: {why}. {next_step}")
        self.what = what
        self.why = why
        self.next_step = next_step


class SourceError(AppError):
    """A camera, video, stream or picture cannot be opened or read."""


class ModelError(AppError):
    """A model file is missing, altered, malformed or does not fit its manifest."""


class RefusalError(ModelError):
    """A model was checked before it was taken in, and is not what a model has to be."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The model is refused", why, "Ask whoever made it to export it again, or use another."
        )


class BackendError(AppError):
    """No inference back end can run, or the active one failed."""


class SettingsError(AppError):
    """Settings cannot be written."""


class SampleError(AppError):
    """A recorded sample, or the gesture set it belongs to, cannot be read or written.

    Attributes:
        sample_id: of the sample that is meant; empty when it is about more than one.
    """

    def __init__(self, what: str, why: str, next_step: str, sample_id: str = "") -> None:
        super().__init__(what, why, next_step)
        self.sample_id = sample_id
