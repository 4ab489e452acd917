"""What a judgement says, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QObject

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.judgement import Collision, ConfusionCell, GestureJudgement, Judgement, Share
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.gesture_names import gesture_name
from gesture_app.ui.wording import filled, percent

CHANGE_POINTS = 2.0
"""Percentage points; what a built-in gesture gained or lost is named from here on."""

_WEAK_RECALL = 0.9
_TOLERATED_POINTS = 1.0
"""What all built-in gestures together may lose without a word of warning."""
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """What is the matter, and what to do about it."""

    what: str
    next_step: str


class JudgementWords(QObject):
    """A judgement in the language of the window."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__()
        self._judgement = judgement
        self._own = [one for one in judgement.gestures if not one.built_in]
        self._own_names = {one.label: one.name for one in self._own}
        self._full = judgement.mode is TeachingMode.FULL

    def name(self, label: str) -> str:
        """What people call it; own gestures by their names at the time of judging."""
        return self._own_names.get(label) or gesture_name(label)

    def verdict(self) -> str:
        """The one sentence that matters most."""
        judged = [one for one in self._own if one.support]
        if len(judged) == 1:
            return filled(
                self.tr("%1 is recognised in %2 of %3 pictures that it had never seen."),
                judged[0].name,
                judged[0].recall.count,
                judged[0].recall.of,
            )
        if judged:
            return filled(
                self.tr("Your %1 gestures are recognised in %2 of %3 pictures never seen before."),
                len(judged),
                sum(one.recall.count for one in judged),
                sum(one.recall.of for one in judged),
            )
        if self._own:
            return self.tr("Your gestures have too few different pictures to be judged.")
        after = self._judgement.built_in_after
        return filled(
            self.tr("The built-in gestures are recognised in %1 of %2 pictures kept out of this."),
            after.count,
            after.of,
        )

    def weak_spots(self) -> str:
        """Own gestures that are often missed, or could not be judged, and whether the built-in
        ones suffered; "" if all is well."""
        weak = [one for one in self._own if one.support and one.recall.share < _WEAK_RECALL]
        unjudged = [one.name for one in self._own if not one.support]
        sentences = []
        if weak:
            worst = sorted(weak, key=lambda one: one.recall.share)[:_MOST_NAMED]
            missed = [
                filled(self.tr("%1 (%2 of %3)"), one.name, one.recall.count, one.recall.of)
                for one in worst
            ]
            advice = self.tr("Least often: %1. More pictures, in other poses and places, help.")
            sentences.append(filled(advice, ", ".join(missed)))
        if 0 < len(unjudged) < len(self._own):
            advice = self.tr("Not judged, for want of different pictures: %1.")
            sentences.append(filled(advice, ", ".join(unjudged)))
        before, after = self._judgement.built_in_before, self._judgement.built_in_after
        if (before.share - after.share) * 100 > _TOLERATED_POINTS:
            loss = self.tr("The built-in gestures suffer: %1 recognised before, %2 now.")
            sentences.append(filled(loss, percent(before.share), percent(after.share)))
        return " ".join(sentences)

    def how_judged(self) -> str:
        """On what the own gestures were judged; "" if none were."""
        if all(one.split is None for one in self._judgement.gestures):
            return ""
        if self._judgement.split == "sessions" and self._full:
            return self.tr(
                "Judged on one recording of each gesture, which this model did not learn from."
            )
        if self._judgement.split == "sessions":
            return self.tr(
                "Judged on whole recordings, each by a model that had learnt from the others only."
            )
        in_parts = [
            self.name(one.label) for one in self._judgement.gestures if one.split == "stretches"
        ]
        return filled(
            self.tr(
                "Judged on parts of a single recording: %1. This flatters: place, light and minute"
                " are the same. Record a second time, elsewhere or sitting differently."
            ),
            ", ".join(in_parts),
        )

    def built_in_summary(self) -> str:
        before, after = self._judgement.built_in_before, self._judgement.built_in_after
        if not after.of:
            return self.tr("There were no hands to judge the built-in gestures by.")
        rendered = self.tr(
            "Rendered hands, which neither model learnt from: %1 right before, %2 now, of %3."
        )
        real = self.tr(
            "Other hands, kept out of this training: %1 right before, %2 now, of %3. The "
            "bundled model once learnt from them, so look at the difference."
        )
        return filled(
            rendered if self._full else real,
            f"{before.count} ({percent(before.share)})",
            f"{after.count} ({percent(after.share)})",
            after.of,
        )

    def change_summary(self) -> str:
        """Which built-in gestures lost or gained."""
        changed = changed_gestures(self._judgement)
        lost = [self._change(one) for one in changed if points_gained(one) < 0]
        gained = [self._change(one) for one in reversed(changed) if points_gained(one) > 0]
        sentences = []
        if lost:
            sentences.append(filled(self.tr("Lost: %1."), ", ".join(lost)))
        if gained:
            sentences.append(filled(self.tr("Gained: %1."), ", ".join(gained)))
        return " ".join(sentences) or self.tr("None of them lost or gained 2 points or more.")

    def false_alarm_summary(self) -> str:
        before, after = self._judgement.old_false_alarms, self._judgement.false_alarms
        if not after.of:
            return self.tr("There were no hands without a gesture to judge false alarms by.")
        text = filled(
            self.tr("Hands without a gesture, taken for one: %1 of %2 before, %3 now."),
            before.count,
            before.of,
            after.count,
        )
        alarms = sorted(
            (cell for cell in self._judgement.cells if cell.true == NO_GESTURE != cell.named),
            key=lambda cell: (-cell.count, cell.named),
        )
        if alarms:
            most = [f"{self.name(cell.named)} ({cell.count})" for cell in alarms[:_MOST_NAMED]]
            text += " " + filled(self.tr("Most often for: %1."), ", ".join(most))
        if not self._full and any(cell.named in self._own_names for cell in alarms):
            # The negatives that ship hold other people's signs of sign languages.
            text += " " + self.tr("Some may be your very gesture: people who sign are among them.")
        return text

    def advice(self, collision: Collision) -> Advice:
        """What collides, and what can be done about it."""
        label, other = self.name(collision.label), self.name(collision.other)
        if collision.near:
            what = self.tr("%1 is close to %2 in %3 of its pictures, and not taken for it so far.")
        else:
            what = self.tr("%1 is taken for %2 in %3 of its pictures.")
        what = filled(what, label, other, percent(collision.share))
        if {collision.label, collision.other} <= self._own_names.keys():
            return Advice(
                what,
                self.tr("Record more of both in this pose, or choose another pose for one."),
            )
        mine, built_in = (label, other) if collision.label in self._own_names else (other, label)
        step = self.tr(
            "Record more of both in this pose, choose a pose for %1 that differs more, or switch"
            " %2 off if you do not need it."
        )
        return Advice(what, filled(step, mine, built_in))

    def cell(self, true: str, named: str, count: int, shown: int) -> str:
        """A cell of the confusion matrix.

        Args:
            shown: hands that show ``true``.
        """
        if true == named:
            text = self.tr("%1, named right: %2 of %3")
            return filled(text, self.name(true), count, shown)
        text = self.tr("%1, named %2: %3 of %4")
        return filled(text, self.name(true), self.name(named), count, shown)

    def pictures_of(self, cell: ConfusionCell) -> str:
        """How many of a cell's hands have pictures to show."""
        if not cell.samples and self._full:
            return self.tr("These hands are rendered; they come with the bundled model.")
        if not cell.samples:
            return self.tr("These hands are other people's; their pictures are not in the app.")
        if len(cell.samples) < cell.count:
            return filled(self.tr("%1 of your pictures:"), len(cell.samples))
        return self.tr("Your pictures:")

    def share(self, share: Share) -> str:
        """All of a share, for those who hear it."""
        if not share.of:
            return self.tr("no pictures")
        return filled(
            self.tr("%1, %2 of %3, likely between %4 and %5"),
            percent(share.share),
            share.count,
            share.of,
            percent(share.low),
            percent(share.high),
        )

    def _change(self, one: GestureJudgement) -> str:
        assert one.old_recall is not None
        change = f"{percent(one.old_recall.share)} → {percent(one.recall.share)}"
        return f"{self.name(one.label)} ({change})"


def changed_gestures(judgement: Judgement) -> tuple[GestureJudgement, ...]:
    """Built-in gestures that gained or lost, the greatest losses first."""
    changed = [
        one
        for one in judgement.gestures
        if one.built_in and abs(points_gained(one)) >= CHANGE_POINTS
    ]
    return tuple(sorted(changed, key=lambda one: (points_gained(one), one.label)))


def points_gained(one: GestureJudgement) -> float:
    """Percentage points of recall; what was not judged, or not known before, gained none."""
    if one.old_recall is None or not one.recall.of:
        return 0.0
    return (one.recall.share - one.old_recall.share) * 100
