"""Sample files and their index when something is wrong with them: each costs only itself."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gesture_app.core.errors import SampleError
from gesture_app.store import sample_listing
from gesture_app.store.jpeg_segments import segments_of
from gesture_app.store.sample_file import (
    MAX_SAMPLE_BYTES,
    DamagedSampleError,
    decode_sample,
    encode_sample,
    parse_facts,
)
from gesture_app.store.sample_index import FileStamp, Row, load_rows, save_rows
from gesture_app.store.sample_layout import INDEX_NAME
from gesture_app.store.samples import SampleStore
from tests.hand_samples import real_samples, record

Spoil = bytes | Callable[[bytes], bytes]
"""What takes the place of a sound sample, or how it is made from that."""

_COMMENT = 0xFE


@pytest.fixture(scope="module")
def content() -> bytes:
    return encode_sample(real_samples()[0])


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "set")


def with_facts(content: bytes, **changes: Any) -> bytes:
    """The sample with other facts in its comment."""
    comment = next(s for s in segments_of(content) if s.marker == _COMMENT)
    facts = json.loads(content[comment.start + 4 : comment.end]) | changes
    return with_comment(without_comment(content), json.dumps(facts).encode())


def without_comment(content: bytes) -> bytes:
    comment = next(s for s in segments_of(content) if s.marker == _COMMENT)
    return content[: comment.start] + content[comment.end :]


def with_comment(content: bytes, text: bytes) -> bytes:
    return content[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + content[2:]


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def of_size(content: bytes, size: int) -> bytes:
    """Its facts beside a picture of another size, and its right checksum."""
    picture = cv2.imencode(".jpg", np.zeros((size, size, 3), np.uint8))[1].tobytes()
    comment = next(s for s in segments_of(content) if s.marker == _COMMENT)
    facts = json.loads(content[comment.start + 4 : comment.end])
    facts["crc32"] = zlib.crc32(picture)
    return with_comment(picture, json.dumps(facts).encode())


def test_any_program_shows_the_picture(content: bytes) -> None:
    assert content.startswith(b"\xff\xd8\xff\xe0")  # JFIF's own segment stays the first
    assert cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR).shape == (192, 192, 3)


def test_a_comment_may_stand_anywhere_before_the_picture(content: bytes) -> None:
    moved = with_facts(content)
    assert moved != content
    assert parse_facts(moved).origin == parse_facts(content).origin


NOT_FINITE = [[float("nan"), 0.0, 0.0], [1e7, 0.0, 0.0], ["0", 0.0, 0.0], [True, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (b"", "not a JPEG"),
        (b"\x80\x04K\x01.", "not a JPEG"),
        (lambda content: content[:-2], "cut off"),
        (lambda content: content[: len(content) // 2], "cut off"),
        (lambda content: content[:3000] + b"\xff\xd9", "altered"),
        (lambda content: flipped(content, 8000), "altered"),
        (lambda content: flipped(content, 40), "its comment|does not say"),
        (b"\xff\xd8\xff\xd9", "do not follow"),
        (b"\xff\xd8\xff\xfe\xff\xff{}\xff\xd9", "longer than the file"),
        (b"\xff\xd8\xff\xfe\x00\x00{}\xff\xd9", "longer than the file"),
        (b"\xff\xd8\xff\xc0\x00\x03\x08\xff\xd9", "how large"),
        (without_comment, "does not say what it shows"),
        (lambda content: with_comment(content, b"{}"), "does not say what it shows"),
        (lambda content: with_comment(without_comment(content), b"{}"), "schema"),
        (lambda content: with_comment(without_comment(content), b"[]"), "no JSON object"),
        (lambda content: with_comment(without_comment(content), b"[" * 9999), "nested too deeply"),
        (lambda content: content[:-2] + bytes(MAX_SAMPLE_BYTES) + b"\xff\xd9", "too large"),
        (lambda content: of_size(content, 191), "another size"),
        (lambda content: of_size(content, 64), "another size"),
        (lambda content: with_facts(content, schema=2), "schema is not known"),
        (lambda content: with_facts(content, crc32=0), "altered"),
        (lambda content: with_facts(content, handedness="Both"), "Both"),
        (lambda content: with_facts(content, taken_s=-1), "not within"),
        (lambda content: with_facts(content, taken_s=10**400), "not within|large"),
        (lambda content: with_facts(content, brightness=256), "not within"),
        (lambda content: with_facts(content, sharpness=True), "not within"),
        (lambda content: with_facts(content, hand_share="1"), "not within"),
        (lambda content: with_facts(content, origin="x" * 201), "no name of a file"),
        (lambda content: with_facts(content, origin=1), "no name of a file"),
        (lambda content: with_facts(content, fingerprint="x" * 16), "hexadecimal"),
        (lambda content: with_facts(content, fingerprint=1), "fingerprint"),
        (lambda content: with_facts(content, landmarks=[0.0] * 62), "too many or few"),
        (lambda content: with_facts(content, landmarks={}), "too many or few"),
        (lambda content: with_facts(content, picture_box=[0.0]), "too many or few"),
        *[
            (lambda content, three=three: with_facts(content, landmarks=three * 21), "not |none")
            for three in NOT_FINITE
        ],
    ],
)
def test_a_file_that_is_not_a_whole_sample_is_refused(
    content: bytes, spoil: Spoil, reason: str
) -> None:
    with pytest.raises(DamagedSampleError, match=reason):
        decode_sample(spoil(content) if callable(spoil) else spoil)


def test_a_damaged_sample_costs_only_itself_and_can_be_deleted(store: SampleStore) -> None:
    ids = record(store, "wave", 3)
    path = store.picture_path(ids[1])
    path.write_bytes(path.read_bytes()[:500])
    assert [info.id for info in store.samples()] == [ids[0], ids[2]]
    (problem,) = store.problems()
    assert problem.sample_id == ids[1]
    assert "is damaged (it is cut off)" in problem.why
    with pytest.raises(SampleError, match="is damaged"):
        store.read(ids[1])
    change = store.delete([problem.sample_id])
    assert store.problems() == ()
    store.undo(change)
    assert len(store.problems()) == 1


def test_what_is_no_sample_is_left_alone(store: SampleStore, tmp_path: Path) -> None:
    (of,) = record(store, "wave", 1, "one")
    folder = store.picture_path(of).parent
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(store.picture_path(of).read_bytes())
    (folder / "000007.jpg").symlink_to(outside)
    (folder / "000008.jpg").mkdir()
    (folder / "Thumbs.db").write_bytes(b"")
    (store.root / "samples" / "linked").symlink_to(folder.parent, target_is_directory=True)
    (store.root / "samples" / "no label!").mkdir()
    assert [info.id for info in SampleStore(store.root).samples()] == [of]
    assert SampleStore(store.root).problems() == ()


def test_half_written_files_are_swept_when_nobody_can_be_writing_them(store: SampleStore) -> None:
    (of,) = record(store, "wave", 1, "one")
    folder = store.picture_path(of).parent
    left = [
        *(folder / ".000001.jpg.ab12_x9z", folder / ".recording.json.ab12_x9z"),
        *(store.root / ".set.json.ab12_x9z", store.root / ".index.jsonl.ab12_x9z"),
    ]
    for path in left:
        path.write_bytes(b"half")
    foreign = folder / ".DS_Store"
    foreign.write_bytes(b"")
    assert len(SampleStore(store.root).samples()) == 1
    assert not any(path.exists() for path in left)
    assert foreign.exists()


def with_saved_index(store: SampleStore, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Five samples, and an index of them on the disk."""
    monkeypatch.setattr(sample_listing, "UNSAVED_ROWS", 0)
    ids = record(store, "wave", 5, "one")
    store.samples()
    assert load_rows(store.root).keys() == set(ids)
    return ids


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def put_another_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":2'))


def put_nonsense(path: Path) -> None:
    path.write_bytes(b'{"schema":1,"recordings":{"wave/one":{"000000":[1,2]}}}')


def put_a_list(path: Path) -> None:
    path.write_bytes(b'{"schema":1,"recordings":[[1,2]]}')


def put_a_pickle(path: Path) -> None:
    path.write_bytes(b"\x80\x04K\x01.")


@pytest.mark.parametrize(
    "damage", [remove, cut, put_another_version, put_nonsense, put_a_list, put_a_pickle]
)
def test_an_index_that_cannot_be_used_is_made_anew(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    with_saved_index(store, monkeypatch)
    before = store.samples()
    damage(store.root / INDEX_NAME)
    assert SampleStore(store.root).samples() == before
    assert len(load_rows(store.root)) == 5


def test_an_index_that_disagrees_with_the_files_is_mended(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = with_saved_index(store, monkeypatch)
    store.picture_path(ids[0]).unlink()
    store.picture_path(ids[1]).rename(store.picture_path(ids[1]).with_name("000123.jpg"))
    store.picture_path(ids[2]).write_bytes(encode_sample(real_samples()[9]))
    (store.root / "samples/wave/one").rename(store.root / "samples/wave/two")
    found = {info.number: info for info in SampleStore(store.root).samples()}
    assert sorted(found) == [2, 3, 4, 123]
    assert {info.recording for info in found.values()} == {"two"}
    assert found[2].origin == real_samples()[9].origin
    assert len(load_rows(store.root)) == 4


def test_files_that_the_index_knows_are_not_opened(
    store: SampleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = with_saved_index(store, monkeypatch)
    rows = load_rows(store.root)
    stamp = FileStamp(10, 20)
    save_rows(store.root, {of: Row(stamp, row.info) for of, row in rows.items()})
    for of in ids:
        path = store.picture_path(of)
        path.write_bytes(b"not a JPEG")
        path.touch()
    monkeypatch.setattr(sample_listing, "_stamp", lambda _: stamp)
    assert len(SampleStore(store.root).samples()) == 5
