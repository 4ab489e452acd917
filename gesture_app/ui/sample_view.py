"""The samples of a gesture as thumbnails below headings."""

from __future__ import annotations

from PyQt6.QtCore import QItemSelectionModel, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QApplication

from gesture_app.store.samples import SampleInfo
from gesture_app.ui.gesture_names import OwnNames
from gesture_app.ui.sample_model import SampleModel
from gesture_app.ui.sample_rows import Arrangement
from gesture_app.ui.sample_tile import SampleTile, heading_height
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.tile_view import TileView

SMALLEST_TILE, USUAL_TILE, LARGEST_TILE = 72, 112, 208
_SETTLED_MS = 120
_OPENING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

_Flag = QItemSelectionModel.SelectionFlag


class SampleView(TileView):
    """Shows a `SampleModel`; a click on a heading selects what stands below it."""

    opened = pyqtSignal()
    """Space, Enter or a double click: the current sample is to be seen in large."""

    chosen = pyqtSignal()
    """Another sample is current, or others are selected."""

    def __init__(
        self, appearance: Appearance, samples: SampleModel, thumbnails: Thumbnails
    ) -> None:
        super().__init__(USUAL_TILE, heading_height(QApplication.font()))
        self._samples = samples
        self._thumbnails = thumbnails
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._drop_what_scrolled_away)
        self.setObjectName("samples")
        self._drawn = SampleTile(appearance, thumbnails, self)
        self.setItemDelegate(self._drawn)
        self.setModel(samples)
        thumbnails.ready.connect(self._repaint_sample)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        selection = self.selectionModel()
        assert selection is not None
        selection.selectionChanged.connect(lambda *_: self.chosen.emit())
        selection.currentChanged.connect(lambda *_: self.chosen.emit())

    def selected(self) -> tuple[SampleInfo, ...]:
        """In the order of the rows."""
        found = (self._samples.sample_at(row) for row in self.selected_rows())
        return tuple(sample for sample in found if sample is not None)

    def current(self) -> SampleInfo | None:
        return self._samples.sample_at(self.currentIndex().row())

    def show_samples(
        self, arrangement: Arrangement, own_names: OwnNames, *, from_top: bool
    ) -> None:
        """Show these. What was selected stays selected, and the current sample current; if it is
        gone, the one after it.

        Args:
            own_names: what the person calls own gestures.
            from_top: scroll there; otherwise the view stays where it is.
        """
        bar, chosen = self.verticalScrollBar(), self.selectionModel()
        assert bar is not None
        assert chosen is not None
        before, offset = list(self._samples.sample_ids), bar.value()
        selected = {sample.id for sample in self.selected()}
        current = self.current()
        self._samples.show(arrangement, own_names)
        self.set_section_sizes(self._samples.section_sizes)
        bar.setValue(0 if from_top else offset)
        if current is not None:
            place = before.index(current.id)
            nearest = (*before[place:], *reversed(before[:place]))
            left = (self._samples.place_of(one) for one in nearest)
            row = next((one for one in left if one >= 0), -1)
            chosen.setCurrentIndex(self._samples.index(row), _Flag.NoUpdate)
        places = [self._samples.place_of(one) for one in selected]
        self.select_rows(sorted(place for place in places if place >= 0), _Flag.ClearAndSelect)

    def tint(self) -> None:
        """Painted colours, after the theme has changed."""
        self._drawn.forget()
        self._port().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._settled.start()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            row = self.row_under(event.position().toPoint())
            if row >= 0 and not self.tiles.is_tile(row):
                adds = event.modifiers() & Qt.KeyboardModifier.ControlModifier
                flags = _Flag.Select if adds else _Flag.ClearAndSelect
                self.select_rows(self.tiles.section_rows(row), flags)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() in _OPENING_KEYS and event.modifiers() in _NO_MODIFIERS:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def _repaint_sample(self, sample_id: str) -> None:
        row = self._samples.place_of(sample_id)
        if row >= 0:
            self.update(self._samples.index(row))

    def _drop_what_scrolled_away(self) -> None:
        shown = (self._samples.sample_at(row) for row in self.rows_in_sight())
        self._thumbnails.retain({sample.id for sample in shown if sample is not None})
