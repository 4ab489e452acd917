"""How good a taught model is, for somebody who never trained one."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gesture_app.store.judgement import ConfusionCell, GestureJudgement, Judgement
from gesture_app.ui.collision_list import CollisionList
from gesture_app.ui.confusion_matrix import ConfusionMatrix, matrix_labels
from gesture_app.ui.icons import icon
from gesture_app.ui.judgement_table import JudgementTableView
from gesture_app.ui.judgement_words import JudgementWords, changed_gestures
from gesture_app.ui.picture_strip import PictureStrip
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.widgets import make_heading, make_label, make_tool

_SIGN_SIDE = 20


class JudgementView(QWidget):
    """Verdict, figures per gesture, what the built-in ones lost or gained, what collides, and the
    confusion matrix with the pictures behind its cells. Does not scroll by itself."""

    def __init__(
        self, appearance: Appearance, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._judgement: Judgement | None = None
        self.verdict, self._weak = make_heading(1.25), make_label("", wraps=True)
        self.verdict.setWordWrap(True)
        self._flattering, self._flattering_sign = QFrame(), QLabel()
        self._how_judged, self._flatters = (
            make_label("muted", wraps=True),
            make_label("", wraps=True),
        )
        self._own_heading, self.own_table = make_heading(1.1), JudgementTableView(appearance)
        self._collision_heading, self.collisions = make_heading(1.1), CollisionList(appearance)
        self._known_heading, self._changes = make_heading(1.1), make_label("muted", wraps=True)
        self._built_in, self._alarms = make_label("", wraps=True), make_label("", wraps=True)
        self.every_built_in = make_tool(checkable=True)
        self.built_in_table = JudgementTableView(appearance)
        self._matrix_heading, self._matrix_hint = make_heading(1.1), make_label("muted", wraps=True)
        self.every_label, self.matrix = make_tool(checkable=True), ConfusionMatrix(appearance)
        self.cell_words, self._pictures_of = make_label("", wraps=True), make_label("muted")
        self.pictures = PictureStrip(thumbnails)
        self.every_built_in.toggled.connect(self._show_built_in)
        self.every_label.toggled.connect(self._show_matrix)
        self.matrix.pointed_at.connect(self.cell_words.setText)
        self.matrix.opened.connect(self.show_pictures)
        self._lay_out()
        self.retranslate()
        self.tint()

    def show_judgement(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self.pictures.pictures.set_ids(())
        self._show_all()

    def show_pictures(self, cell: ConfusionCell) -> None:
        """The pictures behind a cell of the matrix."""
        assert self._judgement is not None
        words = JudgementWords(self._judgement)
        self._pictures_of.setText(words.pictures_of(cell) if cell.count else "")
        self.pictures.pictures.set_ids(cell.samples)
        self.pictures.setVisible(bool(cell.samples))

    def retranslate(self) -> None:
        self._own_heading.setText(self.tr("Your gestures"))
        self._known_heading.setText(self.tr("What it knew before"))
        self._collision_heading.setText(self.tr("Gestures that collide"))
        self._matrix_heading.setText(self.tr("What was taken for what"))
        self._matrix_hint.setText(
            self.tr(
                "Rows: what was shown. Columns: what it was named. Open a cell for its pictures."
            )
        )
        self.every_built_in.setText(self.tr("Show every built-in gesture"))
        self.every_label.setText(self.tr("Show every gesture"))
        self.own_table.setAccessibleName(self.tr("Your gestures"))
        self.built_in_table.setAccessibleName(self.tr("Built-in gestures"))
        for part in (self.own_table, self.built_in_table, self.matrix, self.pictures):
            part.retranslate()
        if self._judgement is not None:
            self._show_all()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        sign = icon("notice", tokens.notice).pixmap(_SIGN_SIDE, _SIGN_SIDE)
        self._flattering_sign.setPixmap(sign)
        self.collisions.tint()
        for part in (self.own_table, self.built_in_table, self.matrix):
            viewport = part.viewport()
            assert viewport is not None
            viewport.update()

    def _show_all(self) -> None:
        judgement = self._judgement
        assert judgement is not None
        words = JudgementWords(judgement)
        self.verdict.setText(words.verdict())
        flattering = judgement.split == "stretches"
        for label, text in (
            (self._weak, words.weak_spots()),
            (self._how_judged, "" if flattering else words.how_judged()),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._flatters.setText(words.how_judged())
        self._flattering.setVisible(flattering and bool(words.how_judged()))
        own = tuple(one for one in judgement.gestures if not one.built_in)
        for part in (self._own_heading, self.own_table):
            part.setVisible(bool(own))
        self.own_table.show_gestures(own, words)
        self._collision_heading.setVisible(bool(judgement.collisions))
        self.collisions.show_advice(
            [(words.advice(one), not one.near) for one in judgement.collisions]
        )
        self._built_in.setText(words.built_in_summary())
        self._changes.setText(words.change_summary())
        self._alarms.setText(words.false_alarm_summary())
        self._show_built_in()
        self._show_matrix()

    def _show_built_in(self) -> None:
        assert self._judgement is not None
        rows: tuple[GestureJudgement, ...] = changed_gestures(self._judgement)
        known = [one for one in self._judgement.gestures if one.built_in and one.support]
        self.every_built_in.setVisible(len(rows) < len(known))
        if self.every_built_in.isChecked():
            rows += tuple(one for one in known if one not in rows)
        self.built_in_table.show_gestures(rows, JudgementWords(self._judgement))
        self.built_in_table.setVisible(bool(rows))

    def _show_matrix(self) -> None:
        assert self._judgement is not None
        all_labels = matrix_labels(self._judgement, every=True)
        labels = matrix_labels(self._judgement, every=self.every_label.isChecked())
        self.every_label.setVisible(len(labels) < len(all_labels) or self.every_label.isChecked())
        self.matrix.show_judgement(self._judgement, labels, JudgementWords(self._judgement))
        self.show_pictures(self.matrix.currentIndex().data(Qt.ItemDataRole.UserRole))

    def _lay_out(self) -> None:
        self._flattering.setObjectName("banner")
        self._flattering.setProperty("tone", "notice")
        notice = QHBoxLayout(self._flattering)
        notice.setContentsMargins(14, 10, 14, 10)
        notice.setSpacing(12)
        notice.addWidget(self._flattering_sign, 0, Qt.AlignmentFlag.AlignTop)
        notice.addWidget(self._flatters, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        sections: tuple[tuple[QWidget, ...], ...] = (
            (self.verdict, self._weak, self._how_judged, self._flattering),
            (self._own_heading, self.own_table),
            (self._collision_heading, self.collisions),
            (self._known_heading, self._built_in, self._changes, self._alarms),
            (self.built_in_table, self.every_built_in),
            (self._matrix_heading, self._matrix_hint, self.matrix, self.every_label),
            (self.cell_words, self._pictures_of, self.pictures),
        )
        for section in sections:
            for part in section:
                narrow = part in (self.every_built_in, self.every_label, self.matrix)
                align = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
                layout.addWidget(part, 0, align)
            layout.addSpacing(8)
        layout.addStretch(1)
