"""What a person should know of a data set before training on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from gesture_app.core.types import NO_GESTURE
from training.data.dataset_file import DataSet
from training.data.duplicates import exact_duplicates, near_pairs
from training.data.find_hands import Missing
from training.data.manifest import HandRow
from training.data.split import LeftOut, SplitBy, on_both_sides
from training.datasets import OTHER_HAND

EXAMPLES = 20
"""How many pairs of pictures a report names of each kind."""

FEW_HANDS = 30
UNBALANCED = 5.0
MANY_MISSING = 0.3


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """Hands of one label, by what became of them."""

    label: str
    found: int
    missing: int
    training: int
    validation: int


@dataclass(frozen=True, slots=True)
class SetReport:
    """Figures of a data set.

    Attributes:
        pictures: files.
        hands: found and cached.
        labels: by label, sorted.
        missing: why there is no hand → how many rows.
        exact_duplicates: rows that repeat the same file content under the same label.
        conflicts: rows of the same file content under several labels.
        near_pairs: pairs of hands of different files that are nearly the same (see
            `duplicates.NEAR_BITS`).
        near_across_labels: of those, pairs with two labels.
        near_across_people: of those, pairs with two known people.
        examples: pairs of files for each of these, by name.
        left_out: hands on neither side of the split, by reason.
        split_by: person, session or stretch.
        groups: people or sessions that are held out.
        people_on_both_sides: known people who are trained on and held out.
        sessions_on_both_sides: the same of sessions.
        notes: how the source was read, a sentence each.
        warnings: what to mind, a sentence each.
    """

    pictures: int
    hands: int
    people: int
    sessions: int
    labels: tuple[LabelCounts, ...]
    missing: dict[str, int]
    exact_duplicates: int
    conflicts: int
    near_pairs: int
    near_across_labels: int
    near_across_people: int
    examples: dict[str, list[tuple[str, str]]]
    left_out: dict[str, int]
    split_by: str
    groups: tuple[str, ...]
    people_on_both_sides: tuple[str, ...]
    sessions_on_both_sides: tuple[str, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def make_report(dataset: DataSet, rows: Sequence[HandRow]) -> SetReport:
    """Count everything anew from the manifest and the split."""
    split = dataset.split
    near = _near_counts(rows)
    people = on_both_sides(rows, split, lambda row: row.person)
    sessions = on_both_sides(rows, split, lambda row: row.session)
    labels = _label_counts(dataset, rows)
    missing = Counter(row.missing for row in rows if row.missing is not None)
    exact = _exact_counts(rows)
    return SetReport(
        pictures=len({row.file for row in rows}),
        hands=sum(row.found for row in rows),
        people=len({row.person for row in rows} - {None}),
        sessions=len({row.session for row in rows} - {None}),
        labels=labels,
        missing=dict(sorted(missing.items())),
        exact_duplicates=exact["same"],
        conflicts=exact["conflict"],
        near_pairs=near.pairs,
        near_across_labels=near.labels,
        near_across_people=near.people,
        examples={"conflicts": _conflict_examples(rows), **near.examples},
        left_out={reason: len(group) for reason, group in split.left_out.items()},
        split_by=split.by,
        groups=split.groups,
        people_on_both_sides=tuple(people),
        sessions_on_both_sides=tuple(sessions),
        notes=dataset.notes,
        warnings=tuple(_warnings(dataset, rows, labels)),
    )


@dataclass(frozen=True, slots=True)
class _NearCounts:
    pairs: int
    labels: int
    people: int
    examples: dict[str, list[tuple[str, str]]]


def _near_counts(rows: Sequence[HandRow]) -> _NearCounts:
    found = [index for index, row in enumerate(rows) if row.found]
    label = np.unique([row.label for row in rows], return_inverse=True)[1]
    person = np.unique([row.person or "" for row in rows], return_inverse=True)[1]
    known = np.array([row.person is not None for row in rows])
    content = np.unique([row.sha256 for row in rows], return_inverse=True)[1]
    pairs = labels = people = 0
    examples: dict[str, list[tuple[str, str]]] = {"near, two labels": [], "near, two people": []}
    for pairs_of_some in near_pairs(rows, found):
        part = pairs_of_some[content[pairs_of_some[:, 0]] != content[pairs_of_some[:, 1]]]
        a, b = part[:, 0], part[:, 1]
        two_labels = label[a] != label[b]
        two_people = (person[a] != person[b]) & known[a] & known[b]
        pairs += len(part)
        labels += int(two_labels.sum())
        people += int(two_people.sum())
        _name(examples["near, two labels"], rows, part[two_labels])
        _name(examples["near, two people"], rows, part[two_people])
    return _NearCounts(pairs, labels, people, examples)


def _name(
    examples: list[tuple[str, str]], rows: Sequence[HandRow], pairs: Iterable[Sequence[int]]
) -> None:
    for a, b in pairs:
        if len(examples) == EXAMPLES:
            return
        examples.append((rows[a].file, rows[b].file))


def _exact_counts(rows: Sequence[HandRow]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in exact_duplicates(rows):
        if len({rows[index].label for index in group}) > 1:
            counts["conflict"] += len(group)
        else:
            counts["same"] += len(group) - 1
    return counts


def _conflict_examples(rows: Sequence[HandRow]) -> list[tuple[str, str]]:
    groups = (g for g in exact_duplicates(rows) if len({rows[index].label for index in g}) > 1)
    return [(rows[group[0]].file, rows[group[1]].file) for group in groups][:EXAMPLES]


def _label_counts(dataset: DataSet, rows: Sequence[HandRow]) -> tuple[LabelCounts, ...]:
    found = Counter(row.label for row in rows if row.found)
    missing = Counter(row.label for row in rows if not row.found)
    training = Counter(rows[index].label for index in dataset.split.training(rows))
    validation = Counter(rows[index].label for index in dataset.split.validation)
    return tuple(
        LabelCounts(label, found[label], missing[label], training[label], validation[label])
        for label in sorted({row.label for row in rows})
    )


def _warnings(
    dataset: DataSet, rows: Sequence[HandRow], labels: Sequence[LabelCounts]
) -> Iterable[str]:
    if dataset.split.note:
        yield dataset.split.note
    missing = sum(row.missing in (Missing.NO_HAND, Missing.NOT_AT_BOX) for row in rows)
    if missing > MANY_MISSING * len(rows):
        yield (
            f"No hand was found for {missing} of {len(rows)}. Pictures that are cut to the hand "
            "have to be imported with --crops."
        )
    if few := [entry.label for entry in labels if entry.training < FEW_HANDS]:
        yield f"Fewer than {FEW_HANDS} hands to train on: {', '.join(few)}."
    if unjudged := [entry.label for entry in labels if not entry.validation]:
        yield f"No hand to judge by: {', '.join(unjudged)}."
    trained = [entry.training for entry in labels if entry.training]
    if trained and max(trained) > UNBALANCED * min(trained):
        yield (
            f"The largest class has {max(trained)} hands to train on, the smallest {min(trained)}."
        )
    if not {NO_GESTURE, OTHER_HAND} & {entry.label for entry in labels}:
        yield (
            f"Nothing is labelled {NO_GESTURE} or {OTHER_HAND}: a model trained on this alone "
            "names a gesture for every hand."
        )
    if dataset.split.by is SplitBy.PERSON and len(dataset.split.groups) == 1:
        yield f"A single person is held out ({dataset.split.groups[0]}): figures will vary widely."
    if dataset.split.left_out.get(LeftOut.CONFLICT):
        yield "Some pictures stand under two labels. They are used for none."
