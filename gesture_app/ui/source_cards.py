"""What stands in place of the picture while no pictures come, and the ways out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gesture_app.core.errors import AppError, SourceError
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.session import Phase, SessionState
from gesture_app.ui.source_picker import demo_spec
from gesture_app.ui.state_card import CardAction, CardContent
from gesture_app.vision.sources import SourceKind, SourceSpec

_NO_SOURCE = QT_TRANSLATE_NOOP("SourceCard", "No source yet")
_CHOOSE_ONE = QT_TRANSLATE_NOOP("SourceCard", "Choose a camera, a video or a stream to begin.")
_CHOOSE = QT_TRANSLATE_NOOP("SourceCard", "Choose a source")
_OPENING = QT_TRANSLATE_NOOP("SourceCard", "Opening %1…")
_PAUSED = QT_TRANSLATE_NOOP("SourceCard", "Paused")
_RESUME = QT_TRANSLATE_NOOP("SourceCard", "Resume")
_ENDED = QT_TRANSLATE_NOOP("SourceCard", "The source has ended")
_PLAY_AGAIN = QT_TRANSLATE_NOOP("SourceCard", "Play again")
_TRY_AGAIN = QT_TRANSLATE_NOOP("SourceCard", "Try again")
_USE_DEMO = QT_TRANSLATE_NOOP("SourceCard", "Use the demo")


@dataclass(frozen=True, slots=True)
class SourceSteps:
    """What a person can do about a source.

    Attributes:
        choose: show the sources there are.
        open: open one.
        resume: end the pause.
    """

    choose: Callable[[], object]
    open: Callable[[SourceSpec], object]
    resume: Callable[[], object]


def source_card(state: SessionState, name: str, steps: SourceSteps) -> CardContent | None:
    """What a card says in a state; None where the picture speaks for itself.

    Args:
        name: of the source, for people.
    """
    if state.phase is Phase.IDLE:
        choose = CardAction(_tr(_CHOOSE), steps.choose)
        actions = (choose, _use_demo(steps))
        return CardContent("camera", _tr(_NO_SOURCE), _tr(_CHOOSE_ONE), actions=actions)
    if state.phase is Phase.STARTING:
        return CardContent("live", _tr(_OPENING).replace("%1", name))
    if state.phase is Phase.PAUSED:
        resume = CardAction(_tr(_RESUME), steps.resume)
        return CardContent("pause", _tr(_PAUSED), actions=(resume,))
    if state.phase is Phase.ENDED:
        again = _again(_PLAY_AGAIN, state.spec, steps)
        return CardContent("done", _tr(_ENDED), actions=again)
    if state.error is not None:
        return _failure(state.error, state.spec, steps)
    return None


def _failure(error: AppError, spec: SourceSpec | None, steps: SourceSteps) -> CardContent:
    actions = _again(_TRY_AGAIN, spec, steps)
    if isinstance(error, SourceError) and (spec is None or spec.kind is not SourceKind.DEMO):
        actions = (*actions, _use_demo(steps))
    return CardContent(
        "danger",
        translated(error.what),
        to_sentence(translated(error.why)),
        translated(error.next_step),
        actions,
    )


def _again(text: str, spec: SourceSpec | None, steps: SourceSteps) -> tuple[CardAction, ...]:
    return () if spec is None else (CardAction(_tr(text), lambda: steps.open(spec)),)


def _use_demo(steps: SourceSteps) -> CardAction:
    return CardAction(_tr(_USE_DEMO), lambda: steps.open(demo_spec()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SourceCard", text)
