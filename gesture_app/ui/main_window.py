"""The window: the rail with its pages and choices on the left, the page beside it."""

from __future__ import annotations

import logging
from dataclasses import replace

from PyQt6.QtCore import QByteArray, QEvent, QSize, Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from gesture_app.core.errors import AppError
from gesture_app.store.settings import Settings
from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.icons import app_icon
from gesture_app.ui.live_page import LivePage
from gesture_app.ui.rail import Rail
from gesture_app.ui.services import WindowServices
from gesture_app.ui.session import LiveSession
from gesture_app.ui.settings_writer import SettingsWriter
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.translation import Translation
from gesture_app.vision.sources import SourceKind, SourceSpec

MINIMUM_SIZE = QSize(900, 600)
_DEFAULT_SIZE = QSize(1180, 760)
_SEARCH_TIMEOUT_S = 0.3

_log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Puts the parts together and keeps what a person chose."""

    def __init__(
        self,
        services: WindowServices,
        settings: Settings,
        appearance: Appearance,
        translation: Translation,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._appearance = appearance
        self._translation = translation
        self._writer = SettingsWriter(services.settings, self)
        self._search = CameraSearch(services.list_cameras, self)
        self.session = LiveSession(services, self)
        self.live = LivePage(appearance, self.session, self._search, services.model_name)
        self.rail = Rail(appearance, translation.choice)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.live)
        self._lay_out()
        self._connect()
        self.live.set_mirrored(settings.mirror)
        self._restore_geometry()
        self.retranslate()

    def start(self, source: SourceSpec | None, notice: AppError | None) -> None:
        """Open the first source and say what is to be said about it."""
        self._search.start()
        if source is not None:
            self.live.open(source)
        if notice is not None:
            self.live.banner.show_notice(notice)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Gesture Studio"))
        self._pages.setAccessibleName(self.tr("Page"))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        # Here and not as a shortcut, which would take the space bar from a focused button.
        if event is not None and event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.live.toggle_pause()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        # Gone from the screen first; the threads then have their moment to end.
        self.hide()
        if not self.session.close():
            _log.warning("The source did not let go in time and ends with the program")
        self._search.close(_SEARCH_TIMEOUT_S)
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._settings = replace(self._settings, window_geometry=geometry)
        self._writer.close(self._settings)
        super().closeEvent(event)

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(body)
        self.setWindowIcon(app_icon())
        self.setMinimumSize(MINIMUM_SIZE)
        # The keyboard starts on the window itself: Space pauses, Tab goes to the first control.
        body.setFocus()

    def _connect(self) -> None:
        self._appearance.changed.connect(self.live.tint)
        self._appearance.changed.connect(self.rail.tint)
        self._writer.failed.connect(self.live.banner.show_notice)
        self.rail.page_chosen.connect(self._pages.setCurrentIndex)
        self.rail.language_chosen.connect(self._choose_language)
        self.rail.theme_chosen.connect(self._choose_theme)
        self.live.mirror_changed.connect(lambda mirror: self._keep(mirror=mirror))
        self.live.source_chosen.connect(self._choose_source)

    def _choose_language(self, code: str) -> None:
        self._translation.set_choice(code)
        self._keep(language=code)

    def _choose_theme(self, theme: Theme) -> None:
        self._appearance.set_theme(theme)
        self._keep(theme=theme.value)

    def _choose_source(self, spec: SourceSpec) -> None:
        self.live.open(spec)
        self._keep(source="demo" if spec.kind is SourceKind.DEMO else spec.target)

    def _keep(self, **changed: object) -> None:
        settings = replace(self._settings, **changed)  # type: ignore[arg-type]
        if settings != self._settings:
            self._settings = settings
            self._writer.write(settings)

    def _restore_geometry(self) -> None:
        geometry = QByteArray.fromBase64(self._settings.window_geometry.encode("ascii", "ignore"))
        # What cannot be read, or lies outside every screen, is ignored by Qt.
        if not self.restoreGeometry(geometry):
            self.resize(_DEFAULT_SIZE)
