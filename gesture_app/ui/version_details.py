"""One version of the model: what it is, how good, and what can be done with it."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gesture_app.store.library import BrokenModel
from gesture_app.store.model_figures import Measure
from gesture_app.ui.judgement_view import JudgementView
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.model_shelf import ModelVersion, Shelf
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.version_comparison import VersionComparison
from gesture_app.ui.version_words import VersionWords
from gesture_app.ui.widgets import make_button, make_heading, make_label, make_tool
from gesture_app.ui.wording import filled, percent


class KeyFigureTile(QFrame):
    """A share in large type, and what it is the share of."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._value, self._name = make_heading(1.5), make_label("caption", wraps=True)
        self._counts = make_label("caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(1)
        for label in (self._value, self._name, self._counts):
            layout.addWidget(label)
        layout.addStretch(1)

    def show_figure(self, name: str, count: int, of: int, counts: str) -> None:
        self._value.setText(percent(count / of))
        self._name.setText(name)
        self._counts.setText(counts)
        self.setAccessibleName(f"{name}: {self._value.text()}, {counts}")


class VersionDetails(QWidget):
    """Shows a version of a `Shelf`; buttons only ask."""

    switch_asked = pyqtSignal()
    tryout_asked = pyqtSignal(bool)
    """Whether it is to begin, or to end."""

    export_asked = pyqtSignal()
    card_asked = pyqtSignal()
    remove_asked = pyqtSignal()

    def __init__(self, appearance: Appearance, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._words = VersionWords()
        self._shelf = Shelf()
        self._model: ModelVersion | BrokenModel | None = None
        self._tried = self._opening = self._live = False
        self._name, self._facts = make_heading(1.35), make_label("muted", wraps=True)
        self._name.setWordWrap(True)
        self._problem = make_label("", wraps=True)
        self._own, self._built_in = make_label("", wraps=True), make_label("muted", wraps=True)
        self._measured_on = make_label("caption", wraps=True)
        self.switch, self.tryout = make_button("primary", ""), make_button("secondary", "")
        self.export, self.card, self.remove = (make_tool("flat") for _ in range(3))
        self.figures = {measure: KeyFigureTile() for measure in Measure}
        self.comparison = VersionComparison(appearance)
        self.judged = make_tool(checkable=True)
        self.judgement = JudgementView(appearance, thumbnails)
        self._lay_out()
        self.switch.clicked.connect(self.switch_asked)
        self.tryout.clicked.connect(lambda: self.tryout_asked.emit(not self._tried))
        self.export.clicked.connect(self.export_asked)
        self.card.clicked.connect(self.card_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.judged.toggled.connect(self._show_judgement)
        self.retranslate()

    @property
    def model(self) -> ModelVersion | BrokenModel | None:
        return self._model

    def show_model(self, model: ModelVersion | BrokenModel | None, shelf: Shelf) -> None:
        if (model, shelf) != (self._model, self._shelf):
            self._model, self._shelf = model, shelf
            self._show()

    def show_use(self, *, live: bool, tried: bool, opening: bool) -> None:
        """What the live run does with the shown version.

        Args:
            live: recognises with it, or would if there was one.
            tried: tries it out.
            opening: makes it ready.
        """
        if (live, tried, opening) != (self._live, self._tried, self._opening):
            self._live, self._tried, self._opening = live, tried, opening
            self._show_buttons()

    def retranslate(self) -> None:
        for button, text, description in (
            (self.export, self.tr("Export…"), self.tr("Write this version into one file")),
            (
                self.card,
                self.tr("Show card"),
                self.tr("Where it comes from and how it was measured, in the browser"),
            ),
            (self.remove, self.tr("Remove…"), self.tr("Delete this version for good")),
        ):
            button.setText(text)
            button.setToolTip(description)
            button.setAccessibleName(text)
            button.setAccessibleDescription(description)
        self.judged.setText(self.tr("Show how it was judged"))
        self.judged.setAccessibleName(self.judged.text())
        self.comparison.retranslate()
        self.judgement.retranslate()
        self._show()

    def tint(self) -> None:
        self.judgement.tint()
        self.update()

    def _show(self) -> None:
        model = self._model
        self.setVisible(model is not None)
        if model is None:
            return
        self._name.setText(self._words.name(model))
        if isinstance(model, BrokenModel):
            self._show_broken(model)
        else:
            self._show_version(model)
        self._show_buttons()

    def _show_broken(self, model: BrokenModel) -> None:
        self._facts.setText(self.tr("This version cannot be used."))
        problem = model.problem
        self._problem.setText(
            f"{to_sentence(translated(problem.why))} {translated(problem.next_step)}"
        )
        self._problem.show()
        for part in (
            *(self._own, self._built_in, self._measured_on, self.judged),
            *(self.judgement, self.comparison, *self.figures.values()),
        ):
            part.hide()

    def _show_version(self, version: ModelVersion) -> None:
        words = self._words
        self._problem.hide()
        self._facts.setText(words.facts(version))
        own, built_in = version.own_labels, version.built_in_labels
        self._own.setText(filled(self.tr("Own gestures: %1"), words.names(version, own)))
        self._own.setVisible(bool(own))
        self._built_in.setText(
            filled(self.tr("Built-in gestures: %1"), words.names(version, built_in))
        )
        self._built_in.show()
        self._measured_on.setText(words.measured_on(version))
        self._measured_on.show()
        key = {} if version.figures is None else {m: (c, of) for m, c, of in version.figures.key}
        for measure, tile in self.figures.items():
            tile.setVisible(measure in key)
            if measure in key:
                count, of = key[measure]
                counts = filled(self.tr("%1 of %2"), count, of)
                tile.show_figure(words.measure(measure), count, of, counts)
        others = tuple(one for one in self._shelf.versions if one.id != version.id)
        self.comparison.show_version(version, others)
        self.judged.setVisible(version.judgement is not None)
        self._show_judgement()

    def _show_judgement(self) -> None:
        """Only on demand: with its matrix it takes longer than all the rest."""
        version = self._model
        judgement = version.judgement if isinstance(version, ModelVersion) else None
        shown = judgement is not None and self.judged.isChecked()
        self.judgement.setVisible(shown)
        if shown and judgement is not None:
            self.judgement.show_judgement(judgement)

    def _show_buttons(self) -> None:
        model = self._model
        active = model is not None and model.id == self._shelf.active
        in_use = active and self._live
        usable = isinstance(model, ModelVersion)
        self.switch.setVisible(usable)
        self.switch.setEnabled(not in_use and not self._opening)
        self.tryout.setVisible(usable and (not active or self._tried))
        self.tryout.setEnabled(self._tried or not self._opening)
        self.export.setVisible(usable)
        self.card.setVisible(isinstance(model, ModelVersion) and model.card_page is not None)
        bundled = isinstance(model, ModelVersion) and model.bundled
        self.remove.setVisible(not active and not bundled)
        if self._opening:
            self.switch.setText(self.tr("Getting ready…"))
        else:
            self.switch.setText(self.tr("In use") if in_use else self.tr("Switch on"))
        self.tryout.setText(self.tr("Stop trying out") if self._tried else self.tr("Try out"))
        self.switch.setToolTip(self.tr("Recognise with this version from now on"))
        self.tryout.setToolTip(self.tr("Both models side by side on the live picture"))
        for button in (self.switch, self.tryout):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.toolTip())

    def _lay_out(self) -> None:
        first, second, tiles = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, tiles):
            row.setSpacing(10)
        first.addWidget(self.switch)
        first.addWidget(self.tryout)
        first.addStretch(1)
        for button in (self.export, self.card, self.remove):
            second.addWidget(button)
        second.addStretch(1)
        for tile in self.figures.values():
            tiles.addWidget(tile, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 14, 2)
        layout.setSpacing(10)
        layout.addWidget(self._name)
        layout.addWidget(self._facts)
        layout.addWidget(self._problem)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addLayout(tiles)
        for part in (self._measured_on, self._own, self._built_in):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addWidget(self.comparison)
        layout.addSpacing(8)
        layout.addWidget(self.judged, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.judgement)
        layout.addStretch(1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
