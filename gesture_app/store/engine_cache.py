"""Compiled engines on disk, and what was found out about them: checked before use, never trusted.

An engine is executable: a runtime that reads a foreign one may do anything. So a folder of engine
files is used only if its index, written when it was built here, names this very model, device,
driver and versions and the hash of each file. Anything else is thrown away and built again. This
finds damage, left-overs and mix-ups; whoever can write to the user's cache can write an index too.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gesture_app.store.atomic import write_atomically

ENGINE_CACHE_SCHEMA = 1
INDEX_NAME = "index.json"
KEPT_ENGINES = 8
"""Older ones go: of models no longer used, and of drivers and versions that were replaced."""

VERDICT_DAYS = 7
"""A refusal is forgotten after this time: machines change in ways that no key shows."""

_WORKSHOP = ".workshop-"
_ABANDONED_S = 24 * 3600.0
_MAX_INDEX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class EngineKey:
    """All that an engine depends on; if any of it differs, the engine is another one.

    Attributes:
        model_sha256: of the ONNX file that it is built from.
        runtime: name of the execution provider.
        precision: what it computes in.
        device: GPU or processor that it is built for.
        driver: version of the GPU's driver; empty for processors.
        versions: of ONNX Runtime and the compiler below it.
    """

    model_sha256: str
    runtime: str
    precision: str
    device: str
    driver: str
    versions: str

    @property
    def digest(self) -> str:
        """Names its files; differs whenever a field does."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an engine when it was tried on this machine.

    Attributes:
        accepted: it agreed with the model and was faster than what it would replace.
        reason: why (not), one sentence without a full stop.
    """

    accepted: bool
    reason: str


class EngineCache:
    """A folder of sealed engines and verdicts. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holds(self, key: EngineKey) -> bool:
        """Whether there is an intact engine for ``key``; a damaged or foreign one is removed."""
        entry = self._folder / key.digest
        if not entry.exists():
            return False
        if _is_intact(entry, key):
            return True
        shutil.rmtree(entry, ignore_errors=True)
        return False

    @contextlib.contextmanager
    def opened(self, key: EngineKey) -> Iterator[Path | None]:
        """A private copy of the intact engine for ``key``, as long as the block lasts.

        It is the copy that is checked, so nobody can exchange it afterwards, and the runtime may
        write into it without breaking the seal.

        Raises:
            OSError: the cache cannot be written.
        """
        if not self.holds(key):
            yield None
            return
        with self._workshop() as copy:
            shutil.copytree(self._folder / key.digest, copy, dirs_exist_ok=True)
            yield copy if _is_intact(copy, key) else None

    @contextlib.contextmanager
    def building(self, key: EngineKey) -> Iterator[Path]:
        """An empty folder to build an engine in; it is sealed when the block ends well.

        Raises:
            OSError: the cache cannot be written; on leaving the block the engine is not kept.
        """
        with self._workshop() as workshop:
            yield workshop
            self._seal(workshop, key)

    def verdict(self, key: EngineKey) -> Verdict | None:
        """What `remember` was told about ``key``, unless that is too long ago."""
        try:
            value = _read_json(self._verdict_file(key))
            age_s = time.time() - float(value["time"])
            if value["schema"] != ENGINE_CACHE_SCHEMA or not 0 <= age_s < VERDICT_DAYS * 86400:
                return None
            return Verdict(value["accepted"] is True, str(value["reason"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def remember(self, key: EngineKey, verdict: Verdict) -> None:
        """Keep ``verdict`` for the next start.

        Raises:
            OSError: it cannot be written.
        """
        content = {"schema": ENGINE_CACHE_SCHEMA, "time": time.time(), **asdict(verdict)}
        write_atomically(self._verdict_file(key), json.dumps(content).encode())

    @contextlib.contextmanager
    def _workshop(self) -> Iterator[Path]:
        """A folder of our own within the cache, which only this user may enter."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._remove_abandoned()
        workshop = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=self._folder))
        try:
            yield workshop
        finally:
            shutil.rmtree(workshop, ignore_errors=True)

    def _verdict_file(self, key: EngineKey) -> Path:
        return self._folder / f"{key.digest}.verdict.json"

    def _seal(self, workshop: Path, key: EngineKey) -> None:
        """Write the index and give the folder its name, in one step for whoever looks."""
        index = {
            "schema": ENGINE_CACHE_SCHEMA,
            "key": asdict(key),
            "files": {path.name: _sha256(path) for path in sorted(workshop.iterdir())},
        }
        write_atomically(workshop / INDEX_NAME, json.dumps(index, indent=2).encode())
        entry = self._folder / key.digest
        if entry.exists():
            shutil.rmtree(entry)
        workshop.rename(entry)
        self._remove_old()

    def _remove_old(self) -> None:
        entries = [path for path in self._folder.iterdir() if (path / INDEX_NAME).is_file()]
        entries = [path for path in entries if not path.name.startswith(_WORKSHOP)]
        entries.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[KEPT_ENGINES:]:
            shutil.rmtree(path, ignore_errors=True)

    def _remove_abandoned(self) -> None:
        """Left behind by builds that were killed."""
        for path in self._folder.glob(f"{_WORKSHOP}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_S:
                    shutil.rmtree(path, ignore_errors=True)


def _is_intact(entry: Path, key: EngineKey) -> bool:
    """Whether the folder holds exactly what its index says, and the index is of ``key``."""
    try:
        index = _read_json(entry / INDEX_NAME)
        if index["schema"] != ENGINE_CACHE_SCHEMA or index["key"] != asdict(key):
            return False
        files = {path for path in entry.iterdir() if path.name != INDEX_NAME}
        if {path.name for path in files} != set(index["files"]) or not files:
            return False
        return all(
            path.is_file() and not path.is_symlink() and _sha256(path) == index["files"][path.name]
            for path in files
        )
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _read_json(path: Path) -> Any:
    """Raises: OSError, ValueError."""
    if path.stat().st_size > _MAX_INDEX_BYTES:
        raise ValueError("too large")
    return json.loads(path.read_text("utf-8"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
