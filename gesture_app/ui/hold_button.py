"""A button that works while it is held: with the mouse, a finger, Space or Enter."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QPushButton

_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)

_REPEAT_MS = 60
"""A key that is pressed again sooner was held all the time: X11 repeats a held key by releasing and
pressing it, and on a busy machine Qt does not always see that the two belong together."""


class HoldButton(QPushButton):
    """Tells when it is held and when it is let go, exactly once each.

    Unlike a plain button it does not care where the mouse slides meanwhile: a hand that shows a
    gesture to the camera moves the other one too.
    """

    held = pyqtSignal()
    let_go = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("primary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self._key_let_go = QTimer(self)
        self._key_let_go.setSingleShot(True)
        self._key_let_go.setInterval(_REPEAT_MS)
        self._key_let_go.timeout.connect(self.release)

    def hold(self) -> None:
        """As if it was pressed. Nothing happens while it is held or cannot be used."""
        if not self.isDown() and self.isEnabled():
            self.setDown(True)
            self.held.emit()

    def release(self) -> None:
        """As if it was let go."""
        self._key_let_go.stop()
        if self.isDown():
            self.setDown(False)
            self.let_go.emit()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() is Qt.MouseButton.LeftButton:
            self.hold()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() is Qt.MouseButton.LeftButton:
            self.release()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not self.take_key(event, pressed=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if not self.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def take_key(self, event: QKeyEvent | None, *, pressed: bool) -> bool:
        """Let a key work as it does with the focus here; False if it is none of the button's."""
        if event is None or event.key() not in _KEYS:
            return False
        if not event.isAutoRepeat():
            if pressed:
                self._key_let_go.stop()
                self.hold()
            else:
                self._key_let_go.start()
        event.accept()
        return True

    def event(self, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.WindowDeactivate:
            self.release()  # a key that is let go over another window is not heard here
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.release()  # the key's release will not arrive here

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self.release()
