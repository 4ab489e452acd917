"""How long a hands-free recording takes and how often it is repeated."""

from __future__ import annotations

from PyQt6.QtCore import QRect, QSize, pyqtSignal
from PyQt6.QtGui import QAction, QIcon, QPainter, QPaintEvent
from PyQt6.QtWidgets import QMenu, QToolButton

from gesture_app.ui.countdown import CountdownPlan
from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_tool

SECONDS = (3, 5, 10)
TURNS = (1, 3, 5, 0)

_CHEVRON = 16
_CHEVRON_ROOM = 28
_MINIMUM_WIDTH = 96


class PlanButton(QToolButton):
    """Names the plan and opens the menu of others."""

    changed = pyqtSignal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._plan = CountdownPlan()
        like = make_tool()
        self.setObjectName("picker")
        self.setToolButtonStyle(like.toolButtonStyle())
        self.setIconSize(like.iconSize())
        self.setFocusPolicy(like.focusPolicy())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._seconds = [self._action(value) for value in SECONDS]
        self._menu.addSeparator()
        self._turns = [self._action(value) for value in TURNS]
        self._menu.triggered.connect(self._choose)
        self.retranslate()

    @property
    def plan(self) -> CountdownPlan:
        return self._plan

    def retranslate(self) -> None:
        for action in self._seconds:
            action.setText(self.tr("%1 seconds").replace("%1", str(action.data())))
        for action in self._turns:
            action.setText(self._in_words(action.data()))
        plan = self._plan
        self.setText(f"{self.tr('%1 s').replace('%1', str(plan.seconds))} · {self._times()}")
        self.setAccessibleName(self.tr("Hands-free plan"))
        self.setAccessibleDescription(
            f"{self.tr('%1 seconds').replace('%1', str(plan.seconds))}, "
            f"{self._in_words(plan.turns)}"
        )
        self.setToolTip(self.tr("How long, and how often"))
        self.tint()

    def tint(self) -> None:
        used, other = icon("done", self._appearance.tokens.accent), QIcon()
        # Styled menus show either an icon or a tick, so the tick is an icon.
        for action in self._seconds:
            action.setIcon(used if action.data() == self._plan.seconds else other)
        for action in self._turns:
            action.setIcon(used if action.data() == self._plan.turns else other)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(_MINIMUM_WIDTH, 0))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """As usual, with a sign that there is a menu."""
        super().paintEvent(event)
        place = QRect(self.width() - _CHEVRON_ROOM, (self.height() - _CHEVRON) // 2, 0, 0)
        place.setSize(QSize(_CHEVRON, _CHEVRON))
        icon("down", self._appearance.tokens.muted).paint(QPainter(self), place)

    def _action(self, value: int) -> QAction:
        action = QAction(self._menu)
        action.setData(value)
        self._menu.addAction(action)
        return action

    def _choose(self, action: QAction) -> None:
        if action in self._seconds:
            self._plan = CountdownPlan(action.data(), self._plan.turns)
        else:
            self._plan = CountdownPlan(self._plan.seconds, action.data())
        self.retranslate()
        self.changed.emit()

    def _times(self) -> str:
        return "∞" if self._plan.turns == 0 else f"{self._plan.turns} ×"

    def _in_words(self, turns: int) -> str:
        if turns == 0:
            return self.tr("until stopped")
        return self.tr("once") if turns == 1 else self.tr("%1 times").replace("%1", str(turns))
