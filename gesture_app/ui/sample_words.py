"""Samples, sessions and what is suspicious about them → words, in the language of the window."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QDateTime, QLocale

from gesture_app.core.types import NO_GESTURE
from gesture_app.engine.suspicion import Reason, Suspicion
from gesture_app.store.samples import RecordingInfo, SampleInfo
from gesture_app.ui.gesture_names import OwnNames, gesture_name, hand_name


def sample_name(sample: SampleInfo) -> str:
    """What a picture is called beside others of its session."""
    text = QCoreApplication.translate("Sample", "Picture %1")
    return text.replace("%1", str(sample.number + 1))


def sample_facts(sample: SampleInfo) -> str:
    """When it was taken and of which hand."""
    return f"{when_text(sample.taken_s)}, {hand_name(sample.handedness)}"


def when_text(time_s: float) -> str:
    """Args: time_s: unix seconds."""
    moment = QDateTime.fromSecsSinceEpoch(int(time_s))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def session_text(recording: RecordingInfo) -> str:
    """When and from what; the source only where it is known."""
    when = when_text(recording.started_s)
    return f"{when} · {recording.source}" if recording.source else when


def count_text(count: int) -> str:
    text = QCoreApplication.translate("Sample", "Pictures: %1")
    return text.replace("%1", str(count))


def reason_text(suspicion: Suspicion, own: OwnNames) -> str:
    """A whole sentence."""
    return _filled(_sentence(suspicion), suspicion, own)


def reason_badge(suspicion: Suspicion, own: OwnNames) -> str:
    """A word or two, to stand on a thumbnail."""
    text = {
        Reason.DISAGREES: QCoreApplication.translate("Sample", "%1?", "badge: gesture's name"),
        Reason.LOOKS_LIKE: QCoreApplication.translate("Sample", "≈ %1", "badge: gesture's name"),
        Reason.BLURRED: QCoreApplication.translate("Sample", "Blurred"),
        Reason.DARK: QCoreApplication.translate("Sample", "Dark"),
        Reason.SMALL: QCoreApplication.translate("Sample", "Small"),
        Reason.TWIN: QCoreApplication.translate("Sample", "= %2", "badge: a number"),
    }[suspicion.reason]
    return _filled(text, suspicion, own)


def reason_heading(reason: Reason | None) -> str:
    """Above all samples that have this as their first reason."""
    if reason is None:
        return QCoreApplication.translate("Sample", "Nothing unusual")
    return {
        Reason.DISAGREES: QCoreApplication.translate("Sample", "The model sees another gesture"),
        Reason.LOOKS_LIKE: QCoreApplication.translate(
            "Sample", "Like a gesture that the model knows"
        ),
        Reason.BLURRED: QCoreApplication.translate("Sample", "Blurred"),
        Reason.DARK: QCoreApplication.translate("Sample", "Dark"),
        Reason.SMALL: QCoreApplication.translate("Sample", "Small hand"),
        Reason.TWIN: QCoreApplication.translate("Sample", "Almost the same as another picture"),
    }[reason]


def _sentence(suspicion: Suspicion) -> str:
    if suspicion.reason is Reason.DISAGREES and suspicion.gesture == NO_GESTURE:
        return QCoreApplication.translate("Sample", "The model sees no gesture here.")
    return {
        Reason.DISAGREES: QCoreApplication.translate("Sample", "The model takes this for “%1”."),
        Reason.LOOKS_LIKE: QCoreApplication.translate(
            "Sample", "To the model, which has not learnt this gesture yet, it looks like “%1”."
        ),
        Reason.BLURRED: QCoreApplication.translate("Sample", "The hand is blurred."),
        Reason.DARK: QCoreApplication.translate("Sample", "The hand is very dark."),
        Reason.SMALL: QCoreApplication.translate("Sample", "The hand is very small."),
        Reason.TWIN: QCoreApplication.translate(
            "Sample", "Almost the same as picture %2 of this recording: it adds little."
        ),
    }[suspicion.reason]


def _filled(text: str, suspicion: Suspicion, own: OwnNames) -> str:
    # The number first: a gesture's name may hold anything.
    text = text.replace("%2", str(suspicion.twin + 1))
    return text.replace("%1", gesture_name(suspicion.gesture, own))
