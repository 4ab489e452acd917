"""Using another model of the library: first on the disk, then in the live run, or in neither."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.store.library import InstalledModel
from gesture_app.store.library_active import ActiveModel
from gesture_app.ui.background import Background
from gesture_app.ui.bridge import Refusal
from gesture_app.ui.session import LiveSession


class ModelActivation(QObject):
    """Switches and goes back. A model that the live run refuses is not left active."""

    activated = pyqtSignal(InstalledModel)
    """It is the active one; the live run takes it over as soon as it is ready."""
    failed = pyqtSignal(AppError)
    """Nothing was changed, or it was taken back."""

    def __init__(
        self,
        active: ActiveModel,
        session: LiveSession,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._active = active
        self._session = session
        self._background = background
        self._asked: Path | None = None
        self._before = ""
        """Identity of the model that was active before the one asked for."""
        session.model_refused.connect(self._take_back)

    def activate(self, model_id: str) -> None:
        self._run(lambda: self._active.activate(model_id))

    def activate_candidate(self) -> None:
        """The one that is tried out in the live run."""
        candidate = self._session.models.candidate
        if candidate is not None:
            self.activate(self._active.id_of(candidate.folder))

    def go_back(self) -> None:
        """To the model that was in use before."""
        self._run(self._active.roll_back)

    def _run(self, change: Callable[[], InstalledModel]) -> None:
        def work() -> tuple[str, InstalledModel]:
            return self._active.id(), change()

        self._background.run(work, self._use, self.failed.emit)

    def _use(self, change: tuple[str, InstalledModel]) -> None:
        self._before, model = change
        self._asked = model.folder
        self._session.try_out(None)
        self._session.use_model(model.folder)
        self.activated.emit(model)

    def _take_back(self, refusal: Refusal) -> None:
        if refusal.folder != self._asked:
            return
        self._asked = None
        # The run goes on with the one before, so the next start has to as well.
        before = self._before

        def agree(model: InstalledModel) -> None:
            live = self._session.models.active
            if live is not None and live.folder != model.folder:
                self._session.use_model(model.folder)  # it was passed over in a quick succession
            self.failed.emit(refusal.error)

        self._background.run(lambda: self._active.activate(before), agree, self.failed.emit)
