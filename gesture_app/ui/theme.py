"""How the window looks: a palette of named colours for light and dark, and the style sheet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication


class Theme(StrEnum):
    """What a person chose; values as in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by their purpose, as ``#rrggbb``.

    Text on its ground has a contrast of at least 4.5 to 1 (WCAG AA) in both themes.
    """

    window: str
    rail: str
    card: str
    raised: str
    hover: str
    pressed: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    focus: str
    danger: str
    danger_soft: str
    notice: str
    notice_soft: str
    right_hand: str
    left_hand: str


LIGHT = Tokens(
    window="#f4f5f8",
    rail="#ffffff",
    card="#ffffff",
    raised="#ffffff",
    hover="#eceef3",
    pressed="#dfe3ec",
    line="#dfe2ea",
    text="#171a21",
    muted="#5b6373",
    accent="#3157d5",
    on_accent="#ffffff",
    accent_soft="#e6ebfc",
    focus="#3157d5",
    danger="#b3261e",
    danger_soft="#fdeceb",
    notice="#8a5200",
    notice_soft="#fff3dc",
    right_hand="#0f7f74",
    left_hand="#b4500b",
)

DARK = Tokens(
    window="#111318",
    rail="#171a20",
    card="#1a1d24",
    raised="#232730",
    hover="#262b35",
    pressed="#303642",
    line="#2b303b",
    text="#eef0f5",
    muted="#9aa3b4",
    accent="#8ea8ff",
    on_accent="#10131a",
    accent_soft="#242d4d",
    focus="#8ea8ff",
    danger="#ff9a92",
    danger_soft="#3a1f20",
    notice="#ffc876",
    notice_soft="#37290f",
    right_hand="#4fd6c4",
    left_hand="#ffa763",
)

STAGE = "#0b0d11"
"""Around the picture, in both themes: as in a cinema, what surrounds it stays dark."""

_PLAIN_FAMILIES = frozenset({"Sans Serif", "Sans", "DejaVu Sans"})
_GOOD_FAMILIES = ("Inter", "Noto Sans", "Ubuntu", "Cantarell", "Liberation Sans")
_MIN_POINT_SIZE = 10.0


class Appearance(QObject):
    """Applies the chosen theme to the application and follows the system's where asked to."""

    changed = pyqtSignal()
    """`tokens` are others now; whoever paints or tints icons does it again."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app = app
        self._theme = theme
        self._applied: Tokens | None = None
        app.setStyle("Fusion")
        app.setFont(_choose_font(app.font()))
        hints = app.styleHints()
        assert hints is not None
        self._hints = hints
        hints.colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def tokens(self) -> Tokens:
        if self._theme is Theme.SYSTEM:
            dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._theme is Theme.DARK
        return DARK if dark else LIGHT

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._apply()

    def _apply(self) -> None:
        tokens = self.tokens
        if tokens is self._applied:
            return
        self._applied = tokens
        self._app.setPalette(_palette(tokens))
        self._app.setStyleSheet(_style_sheet(tokens, self._app.font().pointSizeF()))
        self.changed.emit()


def scaled_font(font: QFont, factor: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font ``factor`` times as large as ``font``."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * factor)
    result.setWeight(weight)
    return result


def _choose_font(current: QFont) -> QFont:
    """The desktop's font; where no desktop names one, the best of those installed."""
    font = QFont(current)
    if current.family() in _PLAIN_FAMILIES:
        installed = set(QFontDatabase.families())
        family = next((name for name in _GOOD_FAMILIES if name in installed), current.family())
        font.setFamily(family)
    font.setPointSizeF(max(current.pointSizeF(), _MIN_POINT_SIZE))
    return font


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.card,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.Accent: tokens.accent,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette


def _style_sheet(tokens: Tokens, point_size: float) -> str:
    values = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    return Template(_SHEET).substitute(values, small=f"{point_size * 0.9:.1f}pt")


_SHEET = """
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 6px 8px; }
QFrame#rail { background: $rail; border: none; border-right: 1px solid $line; }
QFrame#card, QFrame#popover { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame#popover { border-radius: 0; }
QFrame#accent_card { background: $accent_soft; border: 1px solid $accent; border-radius: 12px; }
QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }
QLabel { background: transparent; }
QLabel#muted, QLabel#caption { color: $muted; }
QLabel#caption { font-size: $small; }

QToolButton, QPushButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 9px;
    padding: 7px 13px;
}
QToolButton:hover, QPushButton:hover { background: $hover; }
QToolButton:pressed, QPushButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; color: $accent; border-color: $accent_soft; }
QToolButton:focus, QPushButton:focus { border: 2px solid $focus; padding: 6px 12px; }
QToolButton#picker { padding-right: 34px; }
QToolButton#picker:focus { padding-right: 33px; }
QToolButton:disabled, QPushButton:disabled { color: $muted; background: transparent; }
QToolButton::menu-indicator { image: none; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton#primary:hover { background: $accent; border-color: $hover; }
QPushButton#primary:focus { border-color: $text; }
QPushButton#primary:disabled { background: $hover; color: $muted; border-color: $line; }
QToolButton#flat, QPushButton#flat { background: transparent; border-color: transparent; }
QToolButton#flat:hover, QPushButton#flat:hover { background: $hover; }
QToolButton#flat:focus, QPushButton#flat:focus { border-color: $focus; }
QToolButton#compact { background: transparent; border-color: transparent; padding: 7px 5px; }
QToolButton#compact:hover { background: $hover; }
QToolButton#compact:focus { border-color: $focus; padding: 6px 4px; }
QToolButton#navigation {
    background: transparent; border: 2px solid transparent; color: $muted; font-size: $small;
    padding: 8px 2px;
}
QToolButton#navigation:hover { background: $hover; color: $text; }
QToolButton#navigation:checked { background: $accent_soft; color: $accent; }
QToolButton#navigation:focus { border-color: $focus; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 7px 28px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QLineEdit {
    background: $card; color: $text; border: 2px solid $line; border-radius: 9px; padding: 7px 10px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border-color: $focus; }

QComboBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 9px;
    padding: 7px 13px;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $focus; padding: 6px 12px; }
QComboBox::drop-down { border: none; width: 30px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text;
}

QListView#events {
    background: transparent; border: 2px solid transparent; border-radius: 9px; outline: none;
}
QListView#events:focus { border-color: $focus; }

QTableView#figures, QTableView#matrix, QListView#pictures {
    background: transparent; border: 2px solid transparent; border-radius: 9px; outline: none;
}
QTableView#figures:focus, QTableView#matrix:focus, QListView#pictures:focus {
    border-color: $focus;
}
QListView#samples {
    background: $card; border: 2px solid $line; border-radius: 12px; padding: 4px; outline: none;
}
QListView#samples:focus { border-color: $focus; }
QListView#pictures::item { border: 2px solid transparent; border-radius: 6px; }
QListView#pictures::item:selected { border-color: $focus; background: $hover; }
QTableView#figures QHeaderView, QTableView#matrix QHeaderView { background: transparent; }
QTableView#figures QHeaderView::section, QTableView#matrix QHeaderView::section {
    background: transparent; color: $muted; border: none; padding: 4px 10px; font-size: $small;
}
QTableView#matrix QHeaderView::section { padding: 0 8px; }
QTableView QTableCornerButton::section { background: transparent; border: none; }
QTableView#matrix::corner { background: transparent; border: none; }

QFrame#banner { border-radius: 10px; border: 1px solid $line; background: $card; }
QFrame#banner[place="window"] { margin: 12px 18px 0 18px; }
QFrame#banner[tone="notice"] { background: $notice_soft; border-color: $notice; }
QFrame#banner[tone="danger"] { background: $danger_soft; border-color: $danger; }

QScrollArea, QWidget#scrolled { background: transparent; border: none; }

QProgressBar { background: $hover; border: none; border-radius: 5px; max-height: 10px; }
QProgressBar::chunk { background: $accent; border-radius: 5px; }

QRadioButton { color: $text; spacing: 8px; padding: 3px; border: 2px solid transparent; }
QRadioButton:focus { border-color: $focus; border-radius: 7px; }
QRadioButton:disabled { color: $muted; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 32px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 32px; }
QScrollBar::handle:horizontal:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
