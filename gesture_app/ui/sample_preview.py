"""One sample in large, with what is known about it."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gesture_app.core.coaching import CROP_MARGIN
from gesture_app.core.context import CONTEXT_SIZE
from gesture_app.core.errors import AppError
from gesture_app.core.preprocess import square_around
from gesture_app.engine.sample_check import SampleAnswer
from gesture_app.store.samples import HandSample, SampleInfo, SampleStore
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_names import OwnNames, gesture_name, hand_name
from gesture_app.ui.icons import icon
from gesture_app.ui.messages import translated
from gesture_app.ui.sample_words import sample_name, when_text
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import context_image
from gesture_app.ui.widgets import make_heading, make_label, make_tool

_WIDTH = 300
_SMALLEST_SIDE, _LARGEST_SIDE = 116, 268
_FACTS_HEIGHT = 256
"""Room for what stands above and below the picture."""


class SamplePicture(QWidget):
    """The whole context; a frame shows what a network sees of it, dots where the hand was found."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._image: QImage | None = None
        self._crop = QRectF()
        self._points: tuple[QPointF, ...] = ()
        self.fit(_LARGEST_SIDE)

    def fit(self, room: int) -> None:
        """As large as a height of ``room`` pixels allows."""
        side = min(max(room, _SMALLEST_SIDE), _LARGEST_SIDE)
        self.setFixedSize(side, side)

    def show_sample(self, sample: HandSample | None) -> None:
        """None: nothing is there to be shown (yet)."""
        self._image = None if sample is None else context_image(sample.context)
        if sample is not None:
            landmarks = sample.context.landmarks
            square = square_around(landmarks, CROP_MARGIN)
            self._crop = QRectF(0, 0, square.side, square.side)
            self._crop.moveCenter(QPointF(square.center_x, square.center_y))
            self._points = tuple(
                QPointF(x, y) for x, y in np.asarray(landmarks[:, :2], float).tolist()
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        tokens = self._appearance.tokens
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), QColor(tokens.hover))
            return
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.drawImage(self.rect(), self._image)
        painter.scale(self.width() / CONTEXT_SIZE, self.height() / CONTEXT_SIZE)
        # Twice, dark and light: to be seen on any picture.
        for color, width, radius in (
            (Qt.GlobalColor.black, 2.2, 1.9),
            (Qt.GlobalColor.white, 1, 1.3),
        ):
            painter.setPen(QPen(color, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._crop)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            for point in self._points:
                painter.drawEllipse(point, radius, radius)


class SamplePreview(QFrame):
    """Shows the sample that it was told last. Pictures are read on `Background`."""

    closed = pyqtSignal()

    def __init__(self, appearance: Appearance, store: SampleStore, background: Background) -> None:
        super().__init__()
        self._appearance = appearance
        self._store = store
        self._background = background
        self._info: SampleInfo | None = None
        self._answer: SampleAnswer | None = None
        self._own_names: OwnNames = {}
        self._reading = False
        self.setObjectName("card")
        self.setFixedWidth(_WIDTH)
        self._title = make_heading(1.1)
        self.close_button = make_tool("flat")
        self.close_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.close_button.clicked.connect(self.closed)
        self._picture = SamplePicture(appearance)
        self._reasons = make_label("text", wraps=True)
        self._names = [make_label("caption") for _ in range(7)]
        self._values = [make_label("caption", wraps=True) for _ in self._names]
        self._lay_out()
        self.retranslate()
        self.tint()

    def show_sample(
        self,
        info: SampleInfo,
        reasons: tuple[str, ...],
        answer: SampleAnswer | None,
        own_names: OwnNames,
    ) -> None:
        """Args: reasons: in words, why to look twice."""
        other = self._info is None or self._info.digest != info.digest
        self._info, self._answer, self._own_names = info, answer, own_names
        self._reasons.setText("\n".join(reasons))
        self._reasons.setVisible(bool(reasons))
        self._say()
        if other:
            self._picture.show_sample(None)
            self._read()

    def facts(self) -> str:
        """All that is said, as text."""
        lines = zip(self._names, self._values, strict=True)
        return "\n".join(f"{name.text()}: {value.text()}" for name, value in lines)

    def retranslate(self) -> None:
        self.close_button.setToolTip(self.tr("Close the large picture (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close the large picture"))
        self._picture.setAccessibleName(self.tr("Picture of the hand"))
        self._picture.setToolTip(
            self.tr("The frame shows what the model sees, the dots where the hand was found.")
        )
        for label, text in zip(
            self._names,
            (
                self.tr("Taken"),
                self.tr("Hand"),
                self.tr("The model says"),
                self.tr("Sharpness"),
                self.tr("Brightness"),
                self.tr("Size of the hand"),
                self.tr("File"),
            ),
            strict=True,
        ):
            label.setText(text)
        self._say()

    def tint(self) -> None:
        self.close_button.setIcon(icon("close", self._appearance.tokens.muted))
        self._picture.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._picture.fit(self.height() - _FACTS_HEIGHT)

    def _read(self) -> None:
        """One at a time: whoever holds an arrow key down sees the pictures that there is time
        for."""
        info = self._info
        if self._reading or info is None:
            return
        self._reading = True

        def done(sample: HandSample | None, error: AppError | None = None) -> None:
            self._reading = False
            if self._info is not info:
                self._read()
                return
            self._picture.show_sample(sample)
            if error is not None:
                self._reasons.setText(f"{translated(error.what)}: {translated(error.why)}")
                self._reasons.show()

        self._background.run(
            lambda: self._store.read(info.id), done, lambda error: done(None, error)
        )

    def _say(self) -> None:
        info = self._info
        if info is None:
            return
        self._title.setText(sample_name(info))
        percent = self.tr("%1 %")
        texts = (
            when_text(info.taken_s),
            hand_name(info.handedness),
            self._answer_text(),
            f"{info.sharpness:.0f}",
            percent.replace("%1", f"{info.brightness / 2.55:.0f}"),
            percent.replace("%1", f"{info.hand_share * 100:.0f}"),
            info.origin,
        )
        for name, value, text in zip(self._names, self._values, texts, strict=True):
            value.setText(text)
            name.setVisible(bool(text))
            value.setVisible(bool(text))
        self.setAccessibleName(sample_name(info))
        self.setAccessibleDescription(self.facts())

    def _answer_text(self) -> str:
        if self._answer is None:
            return ""
        name = gesture_name(self._answer.gesture, self._own_names)
        text = self.tr("%1, %2 %").replace("%2", f"{self._answer.prob * 100:.0f}")
        return text.replace("%1", name)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(3)
        facts.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, row, 1)
        body = QWidget()
        body.setObjectName("scrolled")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._reasons)
        inner.addLayout(facts)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 12)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 480)
