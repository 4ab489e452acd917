"""Judgements for tests."""

from __future__ import annotations

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.judgement import (
    Collision,
    ConfusionCell,
    GestureJudgement,
    Judgement,
    Share,
    Split,
)
from gesture_app.store.training_job import TeachingMode


def make_share(count: int, of: int) -> Share:
    share = count / of if of else 0.0
    return Share(share, max(share - 0.1, 0.0), min(share + 0.1, 1.0), count, of)


def make_own(
    label: str, right: int, of: int = 40, name: str = "", split: Split | None = "sessions"
) -> GestureJudgement:
    """An own gesture that was judged on ``of`` pictures; on none: it could not be judged."""
    recall, precision = make_share(right, of), make_share(right, right)
    judged_how = split if of else None
    return GestureJudgement(
        label, name or label, False, of, recall, precision, None, None, judged_how
    )


def make_built_in(label: str, before: int, after: int, of: int = 50) -> GestureJudgement:
    shares = [make_share(count, of) for count in (after, after, before, before)]
    return GestureJudgement(label, label, True, of, *shares)


def make_samples(label: str, count: int) -> tuple[str, ...]:
    """Ids of samples."""
    return tuple(f"{label}/r1/{number:06d}" for number in range(count))


def make_judgement(
    gestures: tuple[GestureJudgement, ...] | None = None,
    cells: tuple[ConfusionCell, ...] | None = None,
    collisions: tuple[Collision, ...] = (),
    split: Split = "sessions",
) -> Judgement:
    """B, mostly right, beside stop, which lost, and fist, which did not."""
    if gestures is None:
        gestures = (
            make_own("B", 38, split=split),
            make_built_in("fist", 49, 49),
            make_built_in("stop", 48, 44),
        )
    if cells is None:
        cells = (
            ConfusionCell("B", "B", 38, make_samples("B", 38)),
            ConfusionCell("B", "stop", 2, make_samples("B", 2)),
            ConfusionCell("fist", "fist", 49, ()),
            ConfusionCell("fist", NO_GESTURE, 1, ()),
            ConfusionCell("stop", "stop", 44, ()),
            ConfusionCell("stop", "B", 6, ()),
            ConfusionCell(NO_GESTURE, "B", 3, ()),
            ConfusionCell(NO_GESTURE, NO_GESTURE, 97, ()),
        )
    return Judgement(
        mode=TeachingMode.QUICK,
        base="Gesture Studio",
        split=split,
        gestures=gestures,
        cells=cells,
        collisions=collisions,
        false_alarms=make_share(3, 100),
        old_false_alarms=make_share(2, 100),
        built_in_before=make_share(97, 100),
        built_in_after=make_share(93, 100),
        made_s=1_790_000_000.0,
    )
