"""Stand-ins for OpenCV's captures: `FakeCapture` → `Capture`, `FakePort` → `OpenCapture`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gesture_app.core.types import BgrImage


class FakeCapture:
    """A ``cv2.VideoCapture`` that delivers given pictures and then fails for ever.

    Args:
        pictures: what `read` delivers; None stands for a read that fails, an exception is raised.
        properties: what `get` answers, by ``cv2.CAP_PROP_*``.
    """

    def __init__(
        self,
        pictures: Iterable[BgrImage | Exception | None] = (),
        properties: dict[int, float] | None = None,
    ) -> None:
        self._pictures = iter(pictures)
        self._properties = properties or {}
        self.asked: list[tuple[int, float]] = []
        self.released = False

    def read(self) -> tuple[bool, BgrImage | None]:
        assert not self.released, "read after release"
        picture = next(self._pictures, None)
        if isinstance(picture, Exception):
            raise picture
        return picture is not None, picture

    def get(self, prop: int, /) -> float:
        return self._properties.get(prop, 0.0)

    def set(self, prop: int, value: float, /) -> bool:
        self.asked.append((prop, value))
        return True

    def release(self) -> None:
        self.released = True


class FakePort:
    """Where captures are plugged in: an `OpenCapture` that hands out one after the other.

    Args:
        captures: the outcome of each attempt to open, None if nothing is there; when they are
            used up, nothing is there any more.
    """

    def __init__(self, *captures: FakeCapture | None) -> None:
        self._captures = iter(captures)
        self.attempts: list[int | str] = []

    def __call__(
        self, target: int | str, _api: int, _params: Sequence[int] = (), /
    ) -> FakeCapture | None:
        self.attempts.append(target)
        return next(self._captures, None)
