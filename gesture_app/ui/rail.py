"""The rail on the left: which page is shown."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from gesture_app.ui.icons import draw_logo, icon
from gesture_app.ui.pages import RAIL_PAGES, Page
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_tool

_WIDTH = 84
_LOGO = QSize(38, 38)
_ICONS = {
    Page.LIVE: "live",
    Page.GESTURES: "gestures",
    Page.TRAIN: "train",
    Page.MODELS: "models",
    Page.SETTINGS: "settings",
}


class Rail(QFrame):
    """Chooses a page."""

    page_chosen = pyqtSignal(Page)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._appearance = appearance
        self._logo = QLabel()
        self._logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.buttons = {page: self._button() for page in RAIL_PAGES}
        for place, (page, button) in enumerate(self.buttons.items(), start=1):
            button.clicked.connect(lambda _checked, page=page: self._choose(page))
            # Not the button's own shortcut, which Qt forgets whenever the text changes.
            QShortcut(QKeySequence(f"Ctrl+{place}"), self, button.click)
        self.show_page(Page.LIVE)
        self._lay_out()
        self.retranslate()
        self.tint()

    def show_page(self, page: Page) -> None:
        # Not an exclusive group, of which Tab would reach the chosen one only.
        for other, button in self.buttons.items():
            button.setChecked(other is page)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._logo.setAccessibleName(self.tr("Gesture Studio"))
        names = {
            Page.LIVE: (self.tr("Live"), self.tr("Live recognition")),
            Page.GESTURES: (self.tr("Gestures"), self.tr("All gestures, and your own pictures")),
            Page.TRAIN: (self.tr("Train"), self.tr("Teach the app your gestures")),
            Page.MODELS: (self.tr("Models"), self.tr("What was trained, and which one is in use")),
            Page.SETTINGS: (self.tr("Settings"), self.tr("Language, colours, camera, files")),
        }
        for place, (page, (name, description)) in enumerate(names.items(), start=1):
            button = self.buttons[page]
            button.setText(name)
            button.setToolTip(f"{description} (Ctrl+{place})")
            button.setAccessibleName(name)
            button.setAccessibleDescription(description)

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._logo.setPixmap(draw_logo(_LOGO, self.devicePixelRatioF()))
        for page, button in self.buttons.items():
            color = tokens.accent if button.isChecked() else tokens.muted
            button.setIcon(icon(_ICONS[page], color))

    def _choose(self, page: Page) -> None:
        self.show_page(page)
        self.page_chosen.emit(page)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 18, 7, 14)
        layout.setSpacing(6)
        layout.addWidget(self._logo)
        layout.addSpacing(18)
        for page in RAIL_PAGES:
            if page is Page.SETTINGS:
                layout.addStretch(1)
            layout.addWidget(self.buttons[page])

    def _button(self) -> QToolButton:
        button = make_tool("navigation", checkable=True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.toggled.connect(self.tint)
        return button
