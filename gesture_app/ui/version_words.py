"""What a version of the model is, in words."""

from __future__ import annotations

from datetime import date

from PyQt6.QtCore import QDate, QDateTime, QLocale, QObject

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.library import BrokenModel
from gesture_app.store.model_figures import Measure
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.gesture_names import gesture_name
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.model_shelf import ModelVersion
from gesture_app.ui.wording import filled, percent

_SHORT_ID = 12


class VersionWords(QObject):
    """In the language of the window."""

    def name(self, model: ModelVersion | BrokenModel) -> str:
        if isinstance(model, BrokenModel):
            return filled(self.tr("Broken model %1"), model.id[:_SHORT_ID])
        return model.manifest.name

    def when(self, version: ModelVersion) -> str:
        """When it was made, as the language writes it."""
        if version.judgement is not None:
            return _moment(version.judgement.made_s)
        if version.bundled:
            return self.tr("came with the app")
        return _moment(version.added_s)

    def gestures(self, version: ModelVersion) -> str:
        """How many it knows."""
        own, built_in = len(version.own_labels), len(version.built_in_labels)
        if own:
            return filled(self.tr("own gestures: %1, built-in: %2"), own, built_in)
        return filled(self.tr("%1 built-in gestures"), built_in)

    def count(self, version: ModelVersion) -> str:
        """How many it knows, in short."""
        gestures = len(version.own_labels) + len(version.built_in_labels)
        return filled(self.tr("%1 gestures"), gestures)

    def facts(self, version: ModelVersion) -> str:
        """One line: when, how, how large."""
        parts = [self.when(version)]
        if version.bundled and version.figures is not None:
            parts += filter(None, [_day(version.figures.created)])
        if version.judgement is not None:
            quick = version.judgement.mode is TeachingMode.QUICK
            how = (
                self.tr("quick training, from “%1”")
                if quick
                else self.tr("full training, from “%1”")
            )
            parts.append(filled(how, version.judgement.base))
        si = QLocale.DataSizeFormat.DataSizeSIFormat
        parts.append(QLocale().formattedDataSize(version.size, 1, si))
        return " · ".join((*parts, self.gestures(version)))

    def names(self, version: ModelVersion, labels: tuple[str, ...]) -> str:
        """What people call these gestures, one after the other."""
        return ", ".join(self.gesture(version, label) for label in labels)

    def gesture(self, version: ModelVersion, label: str) -> str:
        if label == NO_GESTURE:
            return self.tr("Anything else")
        return gesture_name(label, version.manifest.names)

    def measure(self, measure: Measure) -> str:
        return {
            Measure.OWN: self.tr("Own gestures recognised"),
            Measure.BUILT_IN: self.tr("Built-in ones recognised"),
            Measure.FALSE_ALARMS: self.tr("False alarms"),
        }[measure]

    def measured_on(self, version: ModelVersion) -> str:
        """On which pictures the figures were measured; empty without figures."""
        if version.judgement is not None:
            return self.tr(
                "Own gestures: on pictures held back from learning. Built-in ones and false "
                "alarms: on other hands, kept out of teaching; the bundled model once learnt "
                "from them."
            )
        if version.figures is not None:
            return filled(
                self.tr("Measured on the pictures of “%1”, see the model's card."),
                version.figures.data,
            )
        return self.tr("No figures came with this model.")

    def short(self, model: ModelVersion | BrokenModel) -> str:
        """The figure that sums it up, or what is wrong with it."""
        if isinstance(model, BrokenModel):
            return to_sentence(translated(model.problem.why))
        if model.figures is None or not model.figures.key:
            return self.tr("no figures")
        measure, count, of = model.figures.key[0]
        return f"{self.measure(measure)}: {percent(count / of)}"


def _moment(unix_s: float) -> str:
    moment = QDateTime.fromSecsSinceEpoch(round(unix_s))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _day(iso: str) -> str:
    """As the language writes a day; empty if it is none."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return ""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
