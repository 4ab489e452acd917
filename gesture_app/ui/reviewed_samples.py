"""One gesture's samples and all that is suspicious about them, worked out off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.engine.recognition import ReadyModel
from gesture_app.engine.sample_check import SampleAnswer, SampleCheck
from gesture_app.engine.suspicion import Suspicion, all_suspicions
from gesture_app.store.samples import SampleInfo
from gesture_app.ui.background import Background
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.sample_rows import Arrangement, Material, Order, arrange, gather

_CLOSE_TIMEOUT_S = 1.0


class ReviewedSamples(QObject):
    """Follows the collection while it is watched, and asks the model about every sample once.

    Args:
        open_model: the model that is asked.
    """

    arranged = pyqtSignal(Arrangement)
    """Other samples, or the same in another order."""

    marked = pyqtSignal(dict, tuple)
    """Suspicions of all, and the ids of the samples that the model has now been asked about."""

    failed = pyqtSignal(AppError)
    """The model cannot be asked; everything else goes on."""

    _answered = pyqtSignal(tuple)
    _checked = pyqtSignal(object)

    def __init__(
        self,
        collection: GestureCollection,
        background: Background,
        open_model: Callable[[], ReadyModel],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._background = background
        self._check = SampleCheck(open_model, collection.store, self)
        self._label = ""
        self._order, self._recording = Order.SESSIONS, ""
        self._watched = False
        self._material = Material()
        self._by_id: dict[str, SampleInfo] = {}
        self._suspicions: dict[str, tuple[Suspicion, ...]] = {}
        self._answers: dict[str, SampleAnswer] = {}
        self._asked = 0
        self._ticket = 0
        """Of the newest arrangement that was ordered; older ones are not shown."""
        # (The stubs lack the second argument.)
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._take_answers, queued)  # type: ignore[call-arg]
        self._checked.connect(self._end_check, queued)  # type: ignore[call-arg]
        collection.changed.connect(self._follow)

    @property
    def order(self) -> Order:
        return self._order

    @property
    def progress(self) -> tuple[int, int]:
        """How many samples the model was asked about, and how many there are to ask about; (0, 0)
        when it is not being asked."""
        return (len(self._answers), self._asked) if self._asked else (0, 0)

    def watch(self, label: str) -> None:
        """From now on this gesture; the model may be another one than last time."""
        self._label, self._recording = label, ""
        self._answers = {}
        self._asked = 0
        self._material = Material()
        self._check.cancel()
        if self._watched:
            self._follow()

    def resume(self) -> None:
        """The page is seen: catch up with the collection and follow it."""
        self._watched = True
        self._follow()

    def pause(self) -> None:
        """The page is not seen: no work for it."""
        self._watched = False
        self._asked = 0
        self._check.cancel()

    def set_order(self, order: Order) -> None:
        self._order = order
        self._arrange()

    def set_recording(self, recording: str) -> None:
        """Only this session's samples; empty for all."""
        self._recording = recording
        self._arrange()

    def answer(self, sample_id: str) -> SampleAnswer | None:
        """What the model says of a sample; None if it was not asked yet."""
        return self._answers.get(sample_id)

    def shut_down(self) -> None:
        """End the check's thread; the window closes."""
        self._watched = False
        self._check.close(_CLOSE_TIMEOUT_S)

    # `CheckListener`, on the check's thread.

    def on_answers(self, answers: tuple[SampleAnswer, ...]) -> None:
        self._answered.emit(answers)

    def on_checked(self, error: AppError | None) -> None:
        self._checked.emit(error)

    def _follow(self) -> None:
        if self._watched and self._label and self._collection.loaded:
            self._arrange()

    def _arrange(self) -> None:
        samples = self._collection.samples(self._label)
        recordings = self._collection.recordings(self._label)
        known, answers = self._material, dict(self._answers)
        order, recording = self._order, self._recording
        self._ticket += 1
        ticket = self._ticket

        def work() -> tuple[Material, Arrangement]:
            current = known.samples == samples and known.recordings == recordings
            material = known if current else gather(samples, recordings)
            return material, arrange(material, answers, order, recording)

        def done(result: tuple[Material, Arrangement]) -> None:
            if ticket == self._ticket:
                self._show(*result, answers)

        self._background.run(work, done)

    def _show(
        self, material: Material, arrangement: Arrangement, used: Mapping[str, SampleAnswer]
    ) -> None:
        """Args: used: the answers that the arrangement knew of."""
        if material is not self._material:
            self._material = material
            self._by_id = {sample.id: sample for sample in material.samples}
            self._ask()
        newer = [self._by_id[one] for one in self._answers if one not in used]
        reasons = all_suspicions(newer, material.by_picture, self._answers)
        self._suspicions = {**arrangement.suspicions, **reasons}
        self.arranged.emit(Arrangement(arrangement.sections, self._suspicions))

    def _ask(self) -> None:
        """Ask about what was not asked about yet."""
        self._answers = {one: said for one, said in self._answers.items() if one in self._by_id}
        left = [sample for sample in self._material.samples if sample.id not in self._answers]
        if self._watched and left:
            self._asked = len(self._by_id)
            self._check.start(left)
        else:
            self._asked = 0
            self._check.cancel()

    def _take_answers(self, answers: tuple[SampleAnswer, ...]) -> None:
        new = {one.sample_id: one for one in answers if one.sample_id in self._by_id}
        self._answers.update(new)
        samples = [self._by_id[one] for one in new]
        reasons = all_suspicions(samples, self._material.by_picture, new)
        self._suspicions.update(reasons)
        self.marked.emit(self._suspicions, tuple(new))

    def _end_check(self, error: object) -> None:
        self._asked = 0
        self.marked.emit(self._suspicions, ())
        if error is not None:
            self.failed.emit(cast(AppError, error))
        elif self._order is Order.SUSPICION:
            self._arrange()
