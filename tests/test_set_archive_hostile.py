"""Gesture sets that are damaged or mean harm: each refused for its own reason, without a trace."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from gesture_app.core.errors import SampleError
from gesture_app.store import archive_zip
from gesture_app.store.gesture_set import SET_NAME
from gesture_app.store.sample_file import encode_sample
from gesture_app.store.samples import SampleStore
from gesture_app.store.set_archive import import_set
from tests.hand_samples import real_samples, record

FACTS = b'{"schema": 1, "started_s": 5.0, "source": "camera"}'


@pytest.fixture
def other(tmp_path: Path) -> SampleStore:
    """Where sets are imported."""
    return SampleStore(tmp_path / "other")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "theirs.gestureset"


def write_set(path: Path, **others: bytes) -> Path:
    members = {
        SET_NAME: b'{"schema": 1, "gestures": [], "switched_off": []}',
        "samples/wave/one/recording.json": FACTS,
        "samples/wave/one/000000.jpg": encode_sample(real_samples()[0]),
        **others,
    }
    return write_members(path, members)


def write_members(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def assert_refused(path: Path, other: SampleStore, reason: str) -> None:
    """And nothing of it stays."""
    record(other, "mine", 1, "one")
    before = other.samples()
    with pytest.raises(SampleError, match=reason) as caught:
        import_set(path, other, frozenset(), lambda *_: None)
    assert caught.value.what == "The gesture set is refused"
    assert other.samples() == before
    assert {path.name for path in other.root.iterdir()} == {".lock", "samples"}


@pytest.mark.parametrize(
    "name",
    [
        "../outside.jpg",
        "/etc/cron.d/x",
        "C:outside.jpg",
        "samples\\wave\\one\\000001.jpg",
        "samples/../one/000001.jpg",
        "samples/wave/../000001.jpg",
        "samples/wave/one/../000001.jpg",
        "samples/wave/one/two/000001.jpg",
        "samples/wave/000001.jpg",
        "samples/wave/one/1.jpg",
        "samples/wave/one/٠٠٠٠٠١.jpg",
        "samples/wave/one/000001.png",
        "samples/wave/one/000001.jpg.exe",
        "samples/con/one/000001.jpg",
        "samples/wave/nul/000001.jpg",
        "samples/wave/o\x1b[2Jne/000001.jpg",
        "samples/흔들기/one/000001.jpg",
        "samples/wave/one/",
        "trash/1/change.json",
        "model/manifest.json",
        "index.json",
        ".lock",
    ],
)
def test_a_file_that_no_set_holds(path: Path, other: SampleStore, name: str) -> None:
    assert_refused(write_set(path, **{name: b"x"}), other, "is not a file of a gesture set")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (SET_NAME, b"{", "set.json is not valid JSON"),
        (SET_NAME, b'{"schema": 9}', "schema that is not known"),
        (SET_NAME, b" " * 1024 * 1025, "more than the 1048576 allowed"),
        ("samples/wave/one/recording.json", b"[]", "recording.json holds no JSON object"),
        ("samples/wave/one/recording.json", b'{"schema": 2}', "schema that is not known"),
        ("samples/wave/one/recording.json", FACTS.replace(b"5.0", b"NaN"), "not a number of JSON"),
        ("samples/wave/one/recording.json", FACTS.replace(b"5.0", b"-1"), "say when it was"),
        ("samples/wave/one/recording.json", FACTS.replace(b'"camera"', b"1"), "say from what"),
        ("samples/wave/one/recording.json", FACTS + b" " * 5000, "more than the 4096 allowed"),
        ("samples/wave/one/000001.jpg", b"\x80\x04K\x01.", "not a JPEG"),
        ("samples/wave/one/000001.jpg", b"\xff\xd8\xff\xd9", "is damaged"),
        ("samples/wave/one/000001.jpg", bytes(300_000), "more than the 262144 allowed"),
        ("samples/Wave/one/000001.jpg", b"x", "differ in case only"),
        ("samples/wave/ONE/000001.jpg", b"x", "differ in case only"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(
    path: Path, other: SampleStore, name: str, content: bytes, reason: str
) -> None:
    assert_refused(write_set(path, **{name: content}), other, reason)


def test_a_set_without_its_gestures(path: Path, other: SampleStore) -> None:
    content = encode_sample(real_samples()[0])
    write_members(path, {"samples/wave/one/000000.jpg": content})
    assert_refused(path, other, "set.json is missing")


def test_a_damaged_or_cut_archive(path: Path, other: SampleStore) -> None:
    content = write_set(path).read_bytes()
    path.write_bytes(content[:-30])
    assert_refused(path, other, "its end is missing")


def test_a_link_in_an_archive(path: Path, other: SampleStore) -> None:
    write_set(path)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("samples/wave/one/000001.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert_refused(path, other, "is a link")


def test_an_archive_that_is_too_large(
    path: Path, other: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = write_set(path).stat().st_size
    monkeypatch.setattr(archive_zip, "MAX_ARCHIVE_BYTES", size - 1)
    assert_refused(path, other, "more than the .* allowed")
