"""How the window looks: a palette of named colours for light and dark."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

from gesture_app.ui.style_sheet import SHEET


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
    return Template(SHEET).substitute(values, small=f"{point_size * 0.9:.1f}pt")
