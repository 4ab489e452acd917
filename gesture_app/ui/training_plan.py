"""What would be learnt, what is missing for it, and which way of training fits. No Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from gesture_app.core.types import NO_GESTURE
from gesture_app.engine.training_hardware import TrainingHardware
from gesture_app.store.training_job import TeachingMode
from gesture_app.ui.gesture_collection import GestureEntry

LEAST_SAMPLES = 10
"""Pictures a gesture, below which it is not taught: figures for fewer were never measured."""

FULL_SAMPLES = 400
"""Own pictures from which on training all layers is suggested where a graphics card is there.
A choice: with fewer, most of what they tell is already in the features."""


class Missing(Enum):
    """What a person had better record."""

    NOTHING = auto()
    FIRST = auto()
    MORE = auto()
    SECOND_RECORDING = auto()
    NEGATIVES = auto()

    @property
    def blocks(self) -> bool:
        """Training waits for it."""
        return self is Missing.MORE


class Reason(Enum):
    """Why a way of training is suggested."""

    NO_TORCH = auto()
    NO_GPU = auto()
    FEW_PICTURES = auto()
    GPU_AND_PICTURES = auto()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A gesture and what is missing for it."""

    entry: GestureEntry
    missing: Missing


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What training now would learn.

    Attributes:
        rows: own gestures, "anything else", and built-in ones that were recorded.
        ready: it can be trained.
        pictures: of all rows together.
    """

    rows: tuple[PlanRow, ...] = ()
    ready: bool = False

    @property
    def pictures(self) -> int:
        return sum(row.entry.samples for row in self.rows)

    @property
    def blocking(self) -> tuple[str, ...]:
        """Names of the gestures that training waits for."""
        return tuple(row.entry.name for row in self.rows if row.missing.blocks)

    @property
    def empty(self) -> bool:
        """There is no gesture to learn."""
        return all(row.entry.built_in for row in self.rows) and not self.pictures


def plan_training(entries: Sequence[GestureEntry]) -> TrainingPlan:
    """The plan for a gesture set."""
    rows = tuple(
        PlanRow(entry, _missing(entry))
        for entry in entries
        if not entry.built_in or entry.samples or entry.label == NO_GESTURE
    )
    taught = [row for row in rows if row.entry.samples and row.entry.label != NO_GESTURE]
    plan = TrainingPlan(rows)
    return replace(plan, ready=bool(taught) and not plan.blocking)


def suggest_mode(hardware: TrainingHardware, pictures: int) -> tuple[TeachingMode, Reason]:
    """Quick or full by default, and why."""
    if not hardware.torch.available:
        return TeachingMode.QUICK, Reason.NO_TORCH
    if not hardware.gpu.available:
        return TeachingMode.QUICK, Reason.NO_GPU
    if pictures < FULL_SAMPLES:
        return TeachingMode.QUICK, Reason.FEW_PICTURES
    return TeachingMode.FULL, Reason.GPU_AND_PICTURES


def _missing(entry: GestureEntry) -> Missing:
    nothing_else = entry.label == NO_GESTURE
    if not entry.samples:
        return Missing.NEGATIVES if nothing_else else Missing.FIRST
    if entry.samples < LEAST_SAMPLES:
        return Missing.MORE
    if entry.recordings < 2 and not nothing_else:
        return Missing.SECOND_RECORDING
    return Missing.NOTHING
