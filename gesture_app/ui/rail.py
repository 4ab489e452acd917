"""The rail on the left: the pages on top, language and appearance at the bottom."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from gesture_app.ui.icons import draw_logo, icon
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.translation import LANGUAGES
from gesture_app.ui.widgets import make_tool

_WIDTH = 84
_LOGO = QSize(38, 38)


class Rail(QFrame):
    """Chooses a page, a language and a theme."""

    page_chosen = pyqtSignal(int)
    language_chosen = pyqtSignal(str)
    theme_chosen = pyqtSignal(Theme)

    def __init__(self, appearance: Appearance, language: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._appearance = appearance
        self._logo = QLabel()
        self._logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.live = self._button(checkable=True)
        self.live.setChecked(True)
        self.language, self.theme = self._button(), self._button()
        self._pages = QButtonGroup(self)
        self._pages.addButton(self.live, 0)
        self._pages.idClicked.connect(self.page_chosen)
        self._languages = self._menu(self.language)
        self._themes = self._menu(self.theme)
        for code in ("", *LANGUAGES):
            self._add_choice(self._languages, code, code == language)
        for theme in Theme:
            self._add_choice(self._themes, theme, theme is appearance.theme)
        self._languages.triggered.connect(lambda a: self.language_chosen.emit(a.data()))
        self._themes.triggered.connect(lambda a: self.theme_chosen.emit(Theme(a.data())))
        self._lay_out()
        self.retranslate()
        self.tint()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._logo.setAccessibleName(self.tr("Gesture Studio"))
        for button, name, description in (
            (self.live, self.tr("Live"), self.tr("Live recognition")),
            (self.language, self.tr("Language"), self.tr("Choose the language")),
            (self.theme, self.tr("Theme"), self.tr("Choose light or dark colours")),
        ):
            button.setText(name)
            button.setToolTip(description)
            button.setAccessibleName(name)
            button.setAccessibleDescription(description)
        names = {"": self.tr("As the system"), **LANGUAGES}
        for action in self._languages.actions():
            action.setText(names[action.data()])
        themes = {
            Theme.SYSTEM: self.tr("As the system"),
            Theme.LIGHT: self.tr("Light"),
            Theme.DARK: self.tr("Dark"),
        }
        for action in self._themes.actions():
            action.setText(themes[Theme(action.data())])

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._logo.setPixmap(draw_logo(_LOGO, self.devicePixelRatioF()))
        self.live.setIcon(icon("live", tokens.accent))
        self.language.setIcon(icon("language", tokens.muted))
        self.theme.setIcon(icon("theme", tokens.muted))

    def languages(self) -> list[QAction]:
        return self._languages.actions()

    def themes(self) -> list[QAction]:
        return self._themes.actions()

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 18, 7, 14)
        layout.setSpacing(6)
        layout.addWidget(self._logo)
        layout.addSpacing(18)
        layout.addWidget(self.live)
        layout.addStretch(1)
        layout.addWidget(self.language)
        layout.addWidget(self.theme)

    @staticmethod
    def _button(checkable: bool = False) -> QToolButton:
        button = make_tool("navigation", checkable=checkable)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _menu(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        QActionGroup(menu)
        return menu

    @staticmethod
    def _add_choice(menu: QMenu, value: str, checked: bool) -> None:
        group = menu.findChild(QActionGroup)
        assert group is not None
        action = QAction(group)
        action.setData(str(value))
        action.setCheckable(True)
        action.setChecked(checked)
        menu.addAction(action)
