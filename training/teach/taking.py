"""``gesture-train take``: pictures, videos and zips → samples of the gesture set.

What was taken once is not taken again: each sample knows its origin, and the recording it belongs
to is named after the place it came from. So a run that was killed is simply done again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import AppError, SourceError
from gesture_app.core.variety import Sighting, is_new
from gesture_app.store.samples import RecordingWriter, SampleInfo, SampleStore
from gesture_app.store.training_events import StageName, Taken
from training.data.errors import DataError
from training.teach.footage import Footage, Picture, find_footage
from training.teach.hand_finding import FoundHand, HandFinder, OpenDetector
from training.teach.reporting import StageClock, Tell, counting

COMPARED_WITH = 5
"""Kept frames of a video that a new one must differ from."""

_FURTHER_HAND = re.compile(r"#\d+$")
"""Ends the origin of a picture's second hand; that of the first one is the picture's own."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Pictures of one gesture.

    Attributes:
        paths: files and folders.
    """

    label: str
    paths: tuple[Path, ...]


@dataclass(slots=True)
class _Tally:
    """What became of one request's pictures so far."""

    label: str
    pictures: int = 0
    with_hand: int = 0
    new: int = 0


def take(
    store: SampleStore,
    requests: Sequence[Request],
    open_detector: OpenDetector,
    clock: StageClock,
    tell: Tell,
) -> None:
    """Take all requested pictures that are not in ``store`` yet; tells `Taken` for each request.

    Raises:
        AppError: a path holds nothing, or the store cannot be written. A video or zip that cannot
            be read, once all others are taken. What was taken stays.
    """
    refused: list[AppError] = []
    work: list[tuple[_Tally, Footage]] = []
    total = 0
    for one in requests:
        for footage in find_footage(one.paths, one.label, refused.append):
            with _refusing(refused):
                total += footage.count()
                work.append((_Tally(one.label), footage))
    known = _origins(store.samples())
    with clock.stage(StageName.HANDS, total) as advance, HandFinder(open_detector) as finder:
        note = counting(advance, total)
        for tally, footage in work:
            before = known.get((tally.label, footage.recording), frozenset())
            with _refusing(refused):
                _take_footage(_Taking(store, finder, footage, before, tally, note))
    for label in dict.fromkeys(one.label for one in requests):
        tallies = [tally for tally, _ in work if tally.label == label]
        tell(
            Taken(
                label,
                sum(tally.pictures for tally in tallies),
                sum(tally.with_hand for tally in tallies),
                sum(tally.new for tally in tallies),
            )
        )
    for error in refused[1:]:
        _log.warning("%s", error)
    if refused:
        raise refused[0]


@contextmanager
def _refusing(refused: list[AppError]) -> Iterator[None]:
    """What cannot be read is noted, so that it costs only itself."""
    try:
        yield
    except (SourceError, DataError) as error:
        refused.append(error)


def _origins(samples: Sequence[SampleInfo]) -> dict[tuple[str, str], frozenset[str]]:
    """Label and recording → origins of its samples."""
    origins: dict[tuple[str, str], set[str]] = {}
    for sample in samples:
        origins.setdefault((sample.label, sample.recording), set()).add(sample.origin)
    return {key: frozenset(values) for key, values in origins.items()}


@dataclass(frozen=True, slots=True)
class _Taking:
    """One footage and all that is needed to take it.

    Attributes:
        known: origins of the samples that were taken from it earlier.
        note: called for every picture that was looked at or is known.
    """

    store: SampleStore
    finder: HandFinder
    footage: Footage
    known: frozenset[str]
    tally: _Tally
    note: Callable[[], None]

    @property
    def done(self) -> frozenset[str]:
        """Origins of the pictures that were taken completely."""
        return frozenset(origin for origin in self.known if not _FURTHER_HAND.search(origin))

    def pictures(self) -> Iterator[Picture]:
        """Those that have to be looked at. Of what moves, the last one known too: those that
        follow are compared with it."""
        done, tally = self.done, self.tally
        if self.footage.moves:
            tally.pictures += len(done)
            tally.with_hand += len(done)
            yield from self.footage.pictures(after=max(done, default=""))
            return
        for picture in self.footage.pictures(after=""):
            if picture.origin in done:
                tally.pictures += 1
                tally.with_hand += 1
                self.note()
            else:
                yield picture


def _take_footage(taking: _Taking) -> None:
    """Take one footage; what of it cannot be read costs only itself.

    Raises:
        SourceError: nothing of it can be read.
        SampleError: the store cannot be written.
    """
    tally, done = taking.tally, taking.done
    seen: list[Sighting] = []
    with ExitStack() as writing:
        writer: RecordingWriter | None = None
        try:
            for picture, hands in taking.finder.find(taking.pictures(), tally.label):
                taking.note()
                if picture.origin in done:
                    seen.extend(hand.sighting for hand in hands)
                    continue
                tally.pictures += 1
                tally.with_hand += bool(hands)
                for hand in _new_ones(hands, seen, taking):
                    if writer is None:
                        writer = writing.enter_context(_writer(taking))
                    writer.add(hand.sample)
                    tally.new += 1
        except SourceError as error:
            if not tally.pictures:
                raise
            _log.warning("%s", error)


def _new_ones(
    hands: Sequence[FoundHand], seen: list[Sighting], taking: _Taking
) -> Iterator[FoundHand]:
    """Of what moves, only hands that differ from those just kept; all others in any case."""
    before = seen[-COMPARED_WITH:]
    for hand in hands:
        if hand.sample.origin in taking.known:
            continue
        if taking.footage.moves and not is_new(hand.sighting, before):
            continue
        seen.append(hand.sighting)
        yield hand


def _writer(taking: _Taking) -> closing[RecordingWriter]:
    footage = taking.footage
    return closing(taking.store.begin(taking.tally.label, footage.source, footage.recording))
