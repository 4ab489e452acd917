"""A line above the picture for what went wrong without stopping everything."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gesture_app.core.errors import AppError
from gesture_app.ui.icons import icon
from gesture_app.ui.messages import translated
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_label, make_tool


class Banner(QFrame):
    """Shows one notice until it is dismissed or replaced. Takes no focus and blocks nothing."""

    dismissed = pyqtSignal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._notice: AppError | None = None
        self.setObjectName("banner")
        self.setProperty("tone", "notice")
        self._sign = QLabel()
        # Plain text: it may contain what a file or a device calls itself.
        self._text = make_label("notice", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = make_tool("flat")
        self._close.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        self.tint()
        self.hide()

    @property
    def notice(self) -> AppError | None:
        return self._notice

    def show_notice(self, notice: AppError) -> None:
        self._notice = notice
        self.retranslate()
        self.show()

    def dismiss(self) -> None:
        self._notice = None
        self.hide()
        self.dismissed.emit()

    def withdraw(self, notice: AppError | None) -> None:
        """It no longer holds. Nothing happens if another one, or none, is shown."""
        if notice is not None and self._notice is notice:
            self.dismiss()

    def text(self) -> str:
        return str(self._text.text())

    def retranslate(self) -> None:
        self._close.setAccessibleName(self.tr("Dismiss this notice"))
        self._close.setToolTip(self.tr("Dismiss this notice"))
        if self._notice is None:
            return
        what, why, next_step = (
            translated(text)
            for text in (self._notice.what, self._notice.why, self._notice.next_step)
        )
        self._text.setText(f"{what}: {why}. {next_step}")
        self.setAccessibleName(self.tr("Notice"))
        self.setAccessibleDescription(self._text.text())

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self._sign.setPixmap(icon("notice", tokens.notice).pixmap(22, 22))
        self._close.setIcon(icon("close", tokens.text))
