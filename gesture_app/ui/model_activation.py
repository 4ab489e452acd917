"""Using another model of the library: first on the disk, then in the live run, or in neither."""

from __future__ import annotations

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
        session.model_refused.connect(self._take_back)

    def activate(self, model_id: str) -> None:
        self._background.run(lambda: self._active.activate(model_id), self._use, self.failed.emit)

    def go_back(self) -> None:
        """To the model that was in use before."""
        self._background.run(self._active.roll_back, self._use, self.failed.emit)

    def _use(self, model: InstalledModel) -> None:
        self._asked = model.folder
        self._session.try_out(None)
        self._session.use_model(model.folder)
        self.activated.emit(model)

    def _take_back(self, refusal: Refusal) -> None:
        if refusal.folder != self._asked:
            return
        self._asked = None
        # The run goes on with the one before, so the next start has to as well.
        tell = self.failed.emit
        self._background.run(self._active.roll_back, lambda _: tell(refusal.error), tell)
