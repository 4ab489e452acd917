"""What a person sees who has no own gesture yet: how one comes about, in three steps."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel

from gesture_app.ui.icons import icon
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import make_heading, make_label

_SIGN = 30
_SIGNS = ("add", "record", "train")


class FirstSteps(QFrame):
    """Three steps side by side."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setObjectName("card")
        self._title = make_heading(1.15)
        self._signs = [QLabel() for _ in _SIGNS]
        self._names = [make_heading() for _ in _SIGNS]
        self._texts = [make_label("muted", wraps=True) for _ in _SIGNS]
        layout = QGridLayout(self)
        layout.setContentsMargins(18, 14, 18, 16)
        layout.setHorizontalSpacing(20)
        layout.setVerticalSpacing(6)
        layout.addWidget(self._title, 0, 0, 1, len(_SIGNS))
        for column in range(len(_SIGNS)):
            layout.setColumnStretch(column, 1)
            layout.addWidget(self._signs[column], 1, column)
            layout.addWidget(self._names[column], 2, column)
            layout.addWidget(self._texts[column], 3, column, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        self.tint()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Teach the app a gesture of your own"))
        steps = (
            (self.tr("1. Name it"), self.tr("Type a name above and press Enter.")),
            (
                self.tr("2. Record it twice"),
                self.tr("Show it to the camera, half a minute each time, in two places."),
            ),
            (
                self.tr("3. Train"),
                self.tr("You see how good it has become before you switch it on."),
            ),
        )
        for step, name, text in zip(steps, self._names, self._texts, strict=True):
            name.setText(step[0])
            text.setText(step[1])
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(" ".join(f"{name}. {text}" for name, text in steps))

    def tint(self) -> None:
        for sign, name in zip(self._signs, _SIGNS, strict=True):
            pixmap = icon(name, self._appearance.tokens.accent).pixmap(_SIGN, _SIGN)
            sign.setPixmap(pixmap)
