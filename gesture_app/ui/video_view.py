"""The picture with what was recognised in it. Shape kept, dark around it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from gesture_app.core.types import FrameResult
from gesture_app.ui.gesture_names import NO_NAMES, OwnNames, gesture_name, hand_name
from gesture_app.ui.hand_overlay import Placement, paint_hands, shown_gesture
from gesture_app.ui.picture import Picture, PictureTarget, fitted_size, render_picture
from gesture_app.ui.theme import STAGE, Appearance

_CORNER = 12.0


class VideoView(QWidget):
    """Shows the newest frame; all work per frame is a copy of pixels and the hands' lines."""

    target_changed = pyqtSignal(PictureTarget)
    """Pictures are wanted in another size or direction from now on."""

    painted = pyqtSignal(FrameResult)
    """A result has been painted for the first time."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._result: FrameResult | None = None
        self._picture: Picture | None = None
        self._unpainted: FrameResult | None = None
        self._names: OwnNames = NO_NAMES
        self._mirrored = False
        self._dimmed = False
        self.setObjectName("video")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.retranslate()

    @property
    def target(self) -> PictureTarget:
        ratio = self.devicePixelRatioF()
        return PictureTarget(
            max(round(self.width() * ratio), 1),
            max(round(self.height() * ratio), 1),
            self._mirrored,
        )

    def show_result(self, result: FrameResult, picture: Picture | None) -> None:
        self._result, self._picture = result, picture
        self._unpainted = result
        self.update()

    def clear(self) -> None:
        self._result = self._picture = self._unpainted = None
        self.update()

    def set_names(self, names: OwnNames) -> None:
        """What the person calls own gestures."""
        self._names = names
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.target_changed.emit(self.target)
            self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Darken the picture behind a message, or while paused."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Live picture"))
        self.setAccessibleDescription(
            self.tr("The picture of the source with hands and their gestures drawn over it")
        )
        self.update()

    def describe(self) -> str:
        """What is seen in words: ``Like, Right hand``; empty without hands."""
        hands = () if self._result is None else self._result.hands
        return "; ".join(
            f"{gesture_name(gesture, self._names)}, {hand_name(hand.hand.handedness)}"
            for hand in hands
            for gesture, _ in (shown_gesture(hand),)
        )

    def placement(self) -> Placement | None:
        """Where the current frame lies in this widget, None without one."""
        if self._result is None:
            return None
        height, width = self._result.frame.bgr.shape[:2]
        # On whole physical pixels, so that the picture is copied and not resampled.
        room, ratio = self.target, self.devicePixelRatioF()
        size = fitted_size(width, height, room.width, room.height)
        left, top = (room.width - size[0]) // 2, (room.height - size[1]) // 2
        area = QRectF(left / ratio, top / ratio, size[0] / ratio, size[1] / ratio)
        return Placement(area, width, height, self._mirrored)

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def event(self, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.DevicePixelRatioChange:
            # Moved to a screen of another scale.
            self.target_changed.emit(self.target)
        return super().event(event)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        # Until now another view may have wanted the same source's pictures in its own size.
        self.target_changed.emit(self.target)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.target_changed.emit(self.target)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(STAGE))
        placement = self.placement()
        if placement is not None:
            assert self._result is not None
            self._paint_picture(painter, placement)
            if not self._dimmed:
                hands, trial = self._result.hands, self._result.trial
                paint_hands(painter, hands, placement, self.font(), names=self._names, trial=trial)
        self._round_corners(painter)
        painter.end()
        new, self._unpainted = self._unpainted, None
        if new is not None:
            self.painted.emit(new)

    def _paint_picture(self, painter: QPainter, placement: Placement) -> None:
        assert self._result is not None
        target = self.target
        if self._picture is None or self._picture.target != target:
            # Only between a resize or a switch of the mirror and the next frame.
            self._picture = render_picture(self._result.frame.bgr, target)
        image = self._picture.image
        ratio = self.devicePixelRatioF()
        image.setDevicePixelRatio(ratio)
        painter.drawImage(placement.area.topLeft(), image)
        if self._dimmed:
            painter.fillRect(placement.area, QColor(8, 10, 14, 150))

    def _round_corners(self, painter: QPainter) -> None:
        """Cover the corners with the window's colour: much cheaper than clipping the picture."""
        whole, rounded = QPainterPath(), QPainterPath()
        area = QRectF(self.rect())
        whole.addRect(area)
        rounded.addRoundedRect(area, _CORNER, _CORNER)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(whole - rounded, QColor(self._appearance.tokens.window))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._appearance.tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _CORNER, _CORNER)
