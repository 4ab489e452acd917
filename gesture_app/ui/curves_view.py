"""How training goes, as two curves: the loss falls, the share of right answers rises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from gesture_app.ui.text_painting import draw_line
from gesture_app.ui.theme import Appearance, scaled_font

_MINIMUM = QSize(300, 130)
_GAP = 24.0
_TITLE_HEIGHT = 24.0
_SCALE_WIDTH = 44.0
_GRID_LINES = 2
_LINE_WIDTH = 2.0
_DOT = 3.5

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Chart:
    """What one curve is drawn from.

    Attributes:
        last: the newest value in words.
        low, high: of the scale.
        percent: whether values are shares.
    """

    title: str
    last: str
    points: Points
    low: float
    high: float
    percent: bool


class CurvesView(QWidget):
    """Loss on the left, right answers on hands held out on the right."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._losses: Points = ()
        self._accuracies: Points = ()
        self._steps = 1
        self.setMinimumSize(_MINIMUM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Curves of the training"))

    def show_curves(self, losses: Points, accuracies: Points, steps: int) -> None:
        """Draw these from now on; lists that grow are drawn as they are when painted.

        Args:
            losses, accuracies: (step, value).
            steps: of the whole run: the right end of both charts.
        """
        self._losses, self._accuracies = losses, accuracies
        self._steps = max(steps, 1)
        self.setAccessibleDescription(
            "\n".join(f"{chart.title}: {chart.last}" for chart in self._charts())
        )
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Curves of the training"))
        self.show_curves(self._losses, self._accuracies, self._steps)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - _GAP) / 2
        for place, chart in enumerate(self._charts()):
            area = QRectF(place * (width + _GAP), 0, width, self.height())
            self._draw(painter, area, chart)

    def _charts(self) -> tuple[_Chart, _Chart]:
        nothing = "–"
        losses = [value for _, value in self._losses]
        shares = [value for _, value in self._accuracies]
        return (
            _Chart(
                self.tr("Loss"),
                f"{losses[-1]:.3f}" if losses else nothing,
                self._losses,
                0.0,
                max(losses, default=1.0) or 1.0,
                percent=False,
            ),
            _Chart(
                self.tr("Right on hands held out"),
                f"{shares[-1]:.1%}" if shares else nothing,
                self._accuracies,
                0.0,
                1.0,
                percent=True,
            ),
        )

    def _draw(self, painter: QPainter, area: QRectF, chart: _Chart) -> None:
        tokens = self._appearance.tokens
        title = QRectF(area.left(), area.top(), area.width(), _TITLE_HEIGHT)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(scaled_font(self.font(), 0.9))
        draw_line(painter, title.adjusted(0, 0, -area.width() * 0.3, 0), chart.title)
        painter.setPen(QColor(tokens.text))
        painter.setFont(scaled_font(self.font(), 0.9, self.font().Weight.DemiBold))
        draw_line(painter, title.adjusted(area.width() * 0.7, 0, 0, 0), chart.last, right=True)
        plot = area.adjusted(_SCALE_WIDTH, _TITLE_HEIGHT + 6, -_DOT, -8)
        self._draw_scale(painter, plot, chart)
        places = [self._place(plot, chart, *point) for point in chart.points]
        painter.setPen(QPen(QColor(tokens.accent), _LINE_WIDTH, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(places))
        if places:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(places[-1], _DOT, _DOT)

    def _draw_scale(self, painter: QPainter, plot: QRectF, chart: _Chart) -> None:
        tokens = self._appearance.tokens
        painter.setFont(scaled_font(self.font(), 0.8))
        for part in range(_GRID_LINES + 1):
            share = part / _GRID_LINES
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(tokens.muted))
            value = chart.low + share * (chart.high - chart.low)
            text = f"{value:.0%}" if chart.percent else f"{value:.2f}"
            label = QRectF(plot.left() - _SCALE_WIDTH, y - 8, _SCALE_WIDTH - 6, 16)
            draw_line(painter, label, text, right=True)

    def _place(self, plot: QRectF, chart: _Chart, step: float, value: float) -> QPointF:
        x = plot.left() + plot.width() * min(step / self._steps, 1.0)
        share = (value - chart.low) / (chart.high - chart.low)
        return QPointF(x, plot.bottom() - plot.height() * min(max(share, 0.0), 1.0))
