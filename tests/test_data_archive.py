"""Zips from anywhere: what could do harm is refused with its reason, and nothing is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.picture_sets import hand_picture, write_zip
from training.data import picture_archive
from training.data.errors import DataError
from training.data.picture_archive import PictureArchive


def zip_bytes(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def symbolic_link() -> bytes:
    info = zipfile.ZipInfo("like/1.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zip_bytes((info, b"/etc/passwd"))


def twice_the_same_name() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zip_bytes(("like/1.jpg", b"a"), ("like/1.jpg", b"b"))


def encrypted() -> bytes:
    content = bytearray(zip_bytes(("like/1.jpg", b"a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    content = zip_bytes(("like/1.jpg", b"a" * 40), ("like/2.jpg", b"a" * 40))
    start = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", start + 4)
    first_size = content.index(b"PK\x03\x04", 4)
    end = content.index(b"PK\x05\x06")
    directory = bytearray(content[start:end])
    struct.pack_into("<I", directory, second - start + 42, 0)
    # Claims more packed bytes than the file has.
    for offset in (0, second - start):
        struct.pack_into("<I", directory, offset + 20, len(content))
    assert first_size > 0
    return content[:start] + bytes(directory) + content[end:]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbs": (lambda: zip_bytes(("../like/1.jpg", b"")), "plain relative name"),
    "climbs inside": (lambda: zip_bytes(("like/../../1.jpg", b"")), "plain relative name"),
    "absolute": (lambda: zip_bytes(("/like/1.jpg", b"")), "plain relative name"),
    "drive": (lambda: zip_bytes(("C:/like/1.jpg", b"")), "plain relative name"),
    "backslashes": (lambda: zip_bytes(("..\\like\\1.jpg", b"")), "plain relative name"),
    "control character": (lambda: zip_bytes(("like/\x1b[2J.jpg", b"")), "plain relative name"),
    "link": (symbolic_link, "symbolic link"),
    "encrypted": (encrypted, "encrypted"),
    "bomb": (lambda: zip_bytes(("like/1.jpg", bytes(4_000_000))), "times"),
    "large": (lambda: zip_bytes(("like/1.jpg", bytes(33 * 1024 * 1024))), "larger"),
    "twice": (twice_the_same_name, "twice"),
    "overlap": (overlapping, "overlap"),
    "no zip": (lambda: b"GIF89a", "not a readable zip"),
    "empty": (lambda: b"", "not a readable zip"),
    "cut off": (lambda: zip_bytes(("like/1.jpg", b"abc" * 99))[:-30], "not a readable zip"),
}


@pytest.mark.parametrize(("make", "complaint"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_with_its_reason(
    tmp_path: Path, make: Callable[[], bytes], complaint: str
) -> None:
    path = tmp_path / "project.zip"
    path.write_bytes(make())
    with pytest.raises(DataError, match=complaint):
        PictureArchive(path)
    assert list(tmp_path.iterdir()) == [path]


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_archive, "MAX_MEMBERS", 2)
    path = write_zip(tmp_path / "project.zip", {f"a/{n}.jpg": b"" for n in range(3)})
    with pytest.raises(DataError, match="more than 2 members"):
        PictureArchive(path)


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_archive, "MAX_TOTAL_BYTES", 10)
    path = write_zip(tmp_path / "project.zip", {f"a/{n}.jpg": b"123456" for n in range(2)})
    with pytest.raises(DataError, match="more than 10 bytes"):
        PictureArchive(path)


def test_a_sound_archive_gives_its_pictures(tmp_path: Path) -> None:
    picture = hand_picture("like_1")
    archive = PictureArchive(write_zip(tmp_path / "project.zip", {"like/1.jpg": picture}))
    try:
        assert archive.names() == ["like/1.jpg"]
        assert archive.read("like/1.jpg") == picture
    finally:
        archive.close()


def test_a_damaged_member_is_an_error_of_that_member_alone(tmp_path: Path) -> None:
    members = {"like/1.jpg": hand_picture("like_1"), "like/2.jpg": b"sound"}
    path = write_zip(tmp_path / "project.zip", members)
    content = bytearray(path.read_bytes())
    content[200:400] = bytes(200)
    path.write_bytes(content)
    archive = PictureArchive(path)
    try:
        with pytest.raises(OSError, match="cannot be unpacked"):
            archive.read("like/1.jpg")
        assert archive.read("like/2.jpg") == b"sound"
    finally:
        archive.close()
