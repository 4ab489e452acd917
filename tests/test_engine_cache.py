"""The cache of compiled engines: an intact one is found again, anything else is built anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from gesture_app.store.engine_cache import (
    INDEX_NAME,
    KEPT_ENGINES,
    VERDICT_DAYS,
    EngineCache,
    EngineKey,
    Verdict,
)

KEY = EngineKey("a" * 64, "TensorRT", "fp16", "GeForce sm_89", "580.1", "onnxruntime 1.31")


def build(cache: EngineCache, key: EngineKey = KEY, content: bytes = b"engine") -> None:
    with cache.building(key) as folder:
        (folder / "a.engine").write_bytes(content)


def entry(cache_folder: Path) -> Path:
    """The one sealed engine."""
    (index,) = cache_folder.glob(f"*/{INDEX_NAME}")
    return index.parent


def test_what_was_built_is_found_again(tmp_path: Path) -> None:
    build(EngineCache(tmp_path))
    cache = EngineCache(tmp_path)
    assert cache.holds(KEY)
    with cache.opened(KEY) as folder:
        assert folder is not None
        assert (folder / "a.engine").read_bytes() == b"engine"


@pytest.mark.parametrize("changed", [field.name for field in fields(EngineKey)])
def test_an_engine_of_anything_else_is_not_used(tmp_path: Path, changed: str) -> None:
    cache = EngineCache(tmp_path)
    build(cache)
    other = replace(KEY, **{changed: "another"})
    assert not cache.holds(other)
    with cache.opened(other) as folder:
        assert folder is None


def flip_a_bit(folder: Path) -> None:
    path = folder / "a.engine"
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


def cut_short(folder: Path) -> None:
    (folder / "a.engine").write_bytes(b"eng")


def remove_engine(folder: Path) -> None:
    (folder / "a.engine").unlink()


def add_foreign_file(folder: Path) -> None:
    (folder / "b.engine").write_bytes(b"from elsewhere")


def put_a_link(folder: Path) -> None:
    original = folder.parent / "elsewhere"
    (folder / "a.engine").rename(original)
    (folder / "a.engine").symlink_to(original)


def break_index(folder: Path) -> None:
    (folder / INDEX_NAME).write_text("{")


def remove_index(folder: Path) -> None:
    (folder / INDEX_NAME).unlink()


def put_the_index_of_another(folder: Path) -> None:
    index = folder / INDEX_NAME
    index.write_text(index.read_text().replace("580.1", "999.9"))


@pytest.mark.parametrize(
    "damage",
    [
        flip_a_bit,
        cut_short,
        remove_engine,
        add_foreign_file,
        put_a_link,
        break_index,
        remove_index,
        put_the_index_of_another,
    ],
)
def test_a_damaged_or_foreign_engine_is_removed(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    cache = EngineCache(tmp_path)
    build(cache)
    damage(entry(tmp_path))
    assert not cache.holds(KEY)
    assert not list(tmp_path.glob("*/a.engine"))
    build(cache, content=b"built again")
    assert cache.holds(KEY)


def test_what_a_runtime_writes_does_not_reach_the_sealed_engine(tmp_path: Path) -> None:
    cache = EngineCache(tmp_path)
    build(cache)
    with cache.opened(KEY) as folder:
        assert folder is not None
        (folder / "a.engine").write_bytes(b"rewritten")
        (folder / "more").write_bytes(b"")
    assert cache.holds(KEY)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_build_that_fails_leaves_the_engine_before_it(tmp_path: Path) -> None:
    cache = EngineCache(tmp_path)
    build(cache)
    with pytest.raises(ZeroDivisionError), cache.building(KEY) as folder:
        (folder / "a.engine").write_bytes(b"half")
        raise ZeroDivisionError
    with cache.opened(KEY) as folder:
        assert folder is not None
        assert (folder / "a.engine").read_bytes() == b"engine"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_a_killed_build_left_is_cleared_away_after_a_day(tmp_path: Path) -> None:
    old, young = tmp_path / ".workshop-old", tmp_path / ".workshop-young"
    for folder in (old, young):
        folder.mkdir()
    long_ago = time.time() - 2 * 86400
    os.utime(old, (long_ago, long_ago))
    build(EngineCache(tmp_path))
    assert (old.exists(), young.exists()) == (False, True)


def test_engines_that_were_replaced_long_ago_go(tmp_path: Path) -> None:
    cache = EngineCache(tmp_path)
    keys = [replace(KEY, driver=str(number)) for number in range(KEPT_ENGINES + 2)]
    for age, key in zip(range(len(keys), 0, -1), keys, strict=True):
        build(cache, key)
        os.utime(tmp_path / key.digest, (time.time() - age * 60, time.time() - age * 60))
    build(cache)
    assert [cache.holds(key) for key in keys[:3]] == [False, False, False]
    assert all(cache.holds(key) for key in (*keys[3:], KEY))


def test_a_verdict_is_remembered_for_that_engine_only(tmp_path: Path) -> None:
    EngineCache(tmp_path).remember(KEY, Verdict(False, "it is slower"))
    cache = EngineCache(tmp_path)
    assert cache.verdict(KEY) == Verdict(False, "it is slower")
    assert cache.verdict(replace(KEY, driver="580.2")) is None


def test_a_verdict_is_forgotten_in_time_and_if_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = EngineCache(tmp_path)
    cache.remember(KEY, Verdict(True, "it is faster"))
    later = time.time() + VERDICT_DAYS * 86400 + 1
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: later)
        assert cache.verdict(KEY) is None
    (file,) = tmp_path.iterdir()
    file.write_text('{"schema": 1, "time": "yesterday"}')
    assert cache.verdict(KEY) is None
