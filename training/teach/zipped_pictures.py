"""Pictures of one gesture in a zip: samples of a Teachable Machine class, or plain pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from gesture_app.core.types import BgrImage
from training.data.errors import DataError
from training.data.find_hands import decode_picture
from training.data.picture_archive import PictureArchive
from training.data.teachable_machine import samples_of
from training.teach.footage import Picture, recording_of, shortened


class ZippedPictures:
    """Footage in a zip, read member by member.

    Args:
        label: chooses among several classes.

    Raises:
        DataError: it is no zip, not a safe one, or it is not clear which of its classes is meant.
    """

    def __init__(self, path: Path, label: str) -> None:
        self._path = path
        archive = PictureArchive(path)
        try:
            self._members = _members_of(archive, label)
        finally:
            archive.close()

    @property
    def recording(self) -> str:
        return recording_of(self._path)

    @property
    def source(self) -> str:
        return self._path.name

    @property
    def moves(self) -> bool:
        return False

    def count(self) -> int:
        return len(self._members)

    def pictures(self, after: str) -> Iterator[Picture]:  # noqa: ARG002
        archive = PictureArchive(self._path)
        try:
            for name in self._members:
                yield Picture(shortened(name), _reading(archive, name))
        finally:
            archive.close()


def _members_of(archive: PictureArchive, label: str) -> tuple[str, ...]:
    """Of the only class, or of the one that is called like the label."""
    samples = samples_of(archive)
    classes = sorted({name for _, name in samples})
    meant = classes if len(classes) == 1 else [name for name in classes if _is_called(name, label)]
    if len(meant) == 1:
        return tuple(member for member, name in samples if name == meant[0])
    listed = ", ".join(classes[:10])
    raise DataError(
        f"{archive.path.name} is not taken",
        f"it holds several classes ({listed}), and none is called “{label}”"
        if classes
        else "it holds no pictures",
        "Save the samples of one class (“Download samples”), or call the gesture like its class.",
    )


def _is_called(name: str, label: str) -> bool:
    return "_".join(name.split()).casefold() == label.casefold()


def _reading(archive: PictureArchive, name: str) -> Callable[[], BgrImage]:
    """Reads the member now, since a zip is read by one thread, and decodes it when asked."""
    try:
        content = archive.read(name)
    except OSError as error:
        reason = error

        def fail() -> BgrImage:
            raise reason

        return fail
    return lambda: decode_picture(content)
