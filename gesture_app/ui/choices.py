"""What a person chose: applied at once, and kept."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.store.settings import Settings
from gesture_app.ui.services import WindowSettings
from gesture_app.ui.settings_writer import SettingsWriter
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.translation import Translation
from gesture_app.vision.sources import SourceKind, SourceSpec


class Choices(QObject):
    """The settings of now. Each change is written in the background."""

    failed = pyqtSignal(AppError)
    """They last until the window closes, but could not be written."""

    def __init__(
        self,
        store: WindowSettings,
        settings: Settings,
        appearance: Appearance,
        translation: Translation,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._appearance = appearance
        self._translation = translation
        self._writer = SettingsWriter(store, self)
        self._writer.failed.connect(self.failed)

    @property
    def settings(self) -> Settings:
        return self._settings

    def choose_language(self, code: str) -> None:
        """Args: code: of `LANGUAGES`; empty follows the system."""
        self._translation.set_choice(code)
        self._keep(replace(self._settings, language=code))

    def choose_theme(self, theme: Theme) -> None:
        self._appearance.set_theme(theme)
        self._keep(replace(self._settings, theme=theme.value))

    def keep_mirrored(self, mirrored: bool) -> None:
        self._keep(replace(self._settings, mirror=mirrored))

    def keep_source(self, spec: SourceSpec) -> None:
        source = "demo" if spec.kind is SourceKind.DEMO else spec.target
        self._keep(replace(self._settings, source=source))

    def keep_camera(self, width: int, height: int, fps: float) -> None:
        """What cameras are asked for from now on, see `configured`."""
        self._keep(
            replace(self._settings, camera_width=width, camera_height=height, camera_fps=fps)
        )

    def keep_share(self, percent: int) -> None:
        """How much of all processors recognition may take."""
        self._keep(replace(self._settings, processor_percent=percent))

    def configured(self, spec: SourceSpec) -> SourceSpec:
        """A camera with the size and rate of now; the list of cameras may be older than that."""
        if spec.kind is not SourceKind.CAMERA:
            return spec
        now = self._settings
        return replace(spec, width=now.camera_width, height=now.camera_height, fps=now.camera_fps)

    def close(self, window_geometry: str) -> None:
        """Write once more, with Qt's saved geometry in base64, and end."""
        self._settings = replace(self._settings, window_geometry=window_geometry)
        self._writer.close(self._settings)

    def _keep(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self._writer.write(settings)
