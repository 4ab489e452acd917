"""Archives that are damaged or mean harm: each refused for its own reason, without a trace.

What their members hold is in test_archive_hostile_files.py, networks in test_network_check.py.
"""

from __future__ import annotations

import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gesture_app.core.manifest import MANIFEST_NAME
from gesture_app.store import archive_zip
from gesture_app.store.archive_check import CARD_PAGE_START
from gesture_app.store.archive_contents import CONTENTS_NAME
from gesture_app.store.library import ModelLibrary
from tests.model_files import (
    NETWORK,
    assert_refused,
    listed,
    model_files,
    never_reached,
    write_folder,
    write_zip,
)

Spoil = bytes | Callable[[bytes], bytes]
"""What takes the place of a sound archive, or how it is made from that."""

_CENTRAL = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    bundled = write_folder(tmp_path / "bundled", model_files())
    return ModelLibrary(tmp_path / "library", bundled, never_reached)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test puts its model file."""
    return tmp_path / "model.gesture"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.onnx", "climbs out of its folder"),
        ("a/../../outside.onnx", "climbs out of its folder"),
        ("/etc/cron.d/model.onnx", "is an absolute path"),
        ("..\\outside.onnx", "has a backslash"),
        ("C:outside.onnx", "names a drive"),
        ("networks/model.onnx", "lies in a folder"),
        ("networks/", "lies in a folder"),
        ("CON.onnx", "name of a device on Windows"),
        ("lpt1", "name of a device on Windows"),
        ("inner.zip", "archive within the archive"),
        ("inner.gesture", "archive within the archive"),
        ("model.pkl", "may hold a pickle"),
        ("checkpoint.pt", "may hold a pickle"),
        ("setup.py", "is a program"),
        ("model.so", "is a program"),
        ("readme.txt", "is not a file that belongs there"),
        ("mod\x1b[2Jel.onnx", r'^"mod\\u001b\[2Jel.onnx" is not a plain file name'),
        ("모델.onnx", "is not a plain file name"),
        ("model.onnx.", "is not a plain file name"),
        (f"{'a' * 200}.onnx", "is not a plain file name"),
        ("surplus.onnx", f"surplus.onnx is not listed in {CONTENTS_NAME}"),
    ],
)
def test_a_file_that_no_model_holds(
    library: ModelLibrary, path: Path, name: str, reason: str
) -> None:
    write_zip(path, {**listed(model_files()), name: b"content"})
    assert_refused(library, path, reason)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (b"", "the file is empty"),
        (lambda archive: b"\x7fELF" + archive, "does not start as a zip archive"),
        (pickle.dumps({"weights": 1}), "does not start as a zip archive"),
        (lambda archive: b"#!/bin/sh\n" + archive, "does not start as a zip archive"),
        (b"PK\x05\x06" + bytes(18), "an archive without files"),
        (lambda archive: archive[: len(archive) // 2], "its end is missing"),
        (lambda archive: archive[:-5], "its end is missing"),
        (lambda archive: archive[:4], "its end is missing"),
        (lambda archive: archive + b"more", "its end is missing, or something follows it"),
        (lambda archive: _LOCAL + archive, "its directory is not where it says"),
        (lambda archive: _with_end(archive, count=100_000 % 65536), "more than 16 files"),
        (lambda archive: _with_end(archive, directory_bytes=10**6), "its directory is too large"),
        (lambda archive: archive.replace(_CENTRAL, b"PK\x01\x03", 1), "its directory is damaged"),
        (lambda archive: _flipped(archive, b"Fake model"), "is damaged"),
        (lambda archive: _with_field(archive, 8, "<H", 1), "is encrypted"),
        (lambda archive: _with_field(archive, 10, "<H", 12), "packed in a way that is not known"),
        (lambda archive: _with_field(archive, 24, "<L", 2**31), "more than the .* allowed"),
        (lambda archive: _with_field(archive, 42, "<L", 0, entry=1), "share the same bytes"),
        (lambda archive: _with_field(archive, 24, "<L", 2000), "is (damaged|shorter than it says)"),
        (
            lambda archive: archive.replace(b"fake.onnx\x08", b"fame.onnx\x08"),
            "fake.onnx is damaged",
        ),
        (lambda archive: archive.replace(b"fake.onnx", b"fake\0onnx"), "zero byte in its name"),
    ],
)
def test_an_archive_that_is_damaged_or_contrived(
    library: ModelLibrary, path: Path, spoil: Spoil, reason: str
) -> None:
    write_zip(path, listed(model_files()))
    path.write_bytes(spoil(path.read_bytes()) if callable(spoil) else spoil)
    assert_refused(library, path, reason)


def test_a_hundred_thousand_members(library: ModelLibrary, path: Path) -> None:
    # By hand: zipfile takes long for so many.
    local = struct.pack("<4s5H3L2H", _LOCAL, 20, 0, 0, 0, 33, 0, 0, 0, 10, 0)
    entry = struct.pack("<4s6H3L5H2L", _CENTRAL, 20, 20, 0, 0, 0, 33, 0, 0, 0, 10, *[0] * 6)
    names = [b"%05d.onnx" % number for number in range(100_000)]
    files, directory = (b"".join(part + name for name in names) for part in (local, entry))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), len(files), 0)
    path.write_bytes(files + directory + end)
    assert_refused(library, path, "more than 16 files")


def test_the_zip64_format(library: ModelLibrary, path: Path) -> None:
    write_zip(path, listed(model_files()))
    content = path.read_bytes()
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 0, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(content) - 22, 1)
    path.write_bytes(content[:-22] + record + locator + content[-22:])
    assert_refused(library, path, "zip64")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (stat.S_IFLNK | 0o777, '^"card.html" is a link'),
        (stat.S_IFIFO | 0o644, '^"card.html" is not an ordinary file'),
        (stat.S_IFDIR | 0o755, '^"card.html" is not an ordinary file'),
    ],
)
def test_a_member_that_is_no_file(
    library: ModelLibrary, path: Path, mode: int, reason: str
) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in listed(model_files()).items():
            member = zipfile.ZipInfo(name)
            member.external_attr = (mode if name == "card.html" else 0o100644) << 16
            archive.writestr(member, b"/etc/passwd" if name == "card.html" else content)
    assert_refused(library, path, reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [(NETWORK, '"fake.onnx" stands in it twice'), (NETWORK.upper(), "differ in case only")],
)
def test_a_name_that_stands_twice(
    library: ModelLibrary, path: Path, name: str, reason: str
) -> None:
    write_zip(path, listed(model_files()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what this test wants
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, b"another network")
    assert_refused(library, path, reason)


def test_a_bomb_by_ratio(library: ModelLibrary, path: Path) -> None:
    files = {**model_files(), "card.html": bytes(4_000_000)}
    write_zip(path, listed(files), packed=True)
    assert_refused(library, path, '"card.html" unpacks to more than 100 times its size')


def test_a_file_beyond_its_limit(library: ModelLibrary, path: Path) -> None:
    write_zip(path, listed({**model_files(), MANIFEST_NAME: b" " * 1_100_000}))
    assert_refused(library, path, '"manifest.json" is 1100000 bytes, more than the 1048576')


@pytest.mark.parametrize(
    ("limit", "reason"),
    [(1000, "it is .* bytes, more than the 1000"), (8000, "its files are .* bytes, more than")],
)
def test_an_archive_beyond_its_limit(
    library: ModelLibrary,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    reason: str,
) -> None:
    files = {**model_files(), "card.html": CARD_PAGE_START + bytes(range(256)) * 60}
    write_zip(path, listed(files), packed=True)
    assert 1000 < path.stat().st_size < 8000
    monkeypatch.setattr(archive_zip, "MAX_ARCHIVE_BYTES", limit)
    assert_refused(library, path, reason)


def _with_end(archive: bytes, **fields: int) -> bytes:
    """Another count of members, or size of the directory, in the end record."""
    end = list(struct.unpack("<4s4H2LH", archive[-22:]))
    if "count" in fields:
        end[3] = end[4] = fields["count"]
    if "directory_bytes" in fields:
        end[5] = fields["directory_bytes"]
    return archive[:-22] + struct.pack("<4s4H2LH", *end)


def _with_field(archive: bytes, offset: int, form: str, value: int, entry: int = 2) -> bytes:
    """Another value in an entry of the directory; offsets as in PKWARE's APPNOTE, 4.3.12."""
    place = -1
    for _ in range(entry + 1):
        place = archive.index(_CENTRAL, place + 1)
    spoilt = bytearray(archive)
    struct.pack_into(form, spoilt, place + offset, value)
    return bytes(spoilt)


def _flipped(archive: bytes, after: bytes) -> bytes:
    """One bit changed, in the last place where ``after`` stands."""
    spoilt = bytearray(archive)
    spoilt[archive.index(after)] ^= 1
    return bytes(spoilt)
