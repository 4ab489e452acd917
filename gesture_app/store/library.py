"""The user's models: every version kept side by side, each a folder named by its identity.

    MODELS/active.json      which one is in use (see `library_state`)
    MODELS/IDENTITY/        manifest, networks, card …, and ``contents.json``
    MODELS/.incoming-…/     one that is being taken in; left over after a crash, and swept

A model is put together and checked in a folder of its own, flushed, and then takes its name in one
rename: after a crash at any moment it is there completely or not at all.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import ModelManifest
from gesture_app.store.archive import copy_model, unpack_archive
from gesture_app.store.archive_contents import (
    CONTENTS_NAME,
    Contents,
    check_hashes,
    check_sizes,
    files_of_model,
    network_files,
    read_contents,
)
from gesture_app.store.atomic import sync_folder
from gesture_app.store.library_state import BUNDLED, changing, load_state, save_state
from gesture_app.store.models import load_model, read_manifest, read_network

SHORTEST_KEY = 4
_INCOMING, _OUTGOING = ".incoming-", ".outgoing-"
_ID = re.compile(r"[0-9a-f]{64}")

CheckNetworks = Callable[[Sequence[Path], ModelManifest], None]
"""Checks ONNX files against their manifest; raises `RefusalError`. The real one is
`gesture_app.vision.network_check.check_networks`."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model of the library.

    Attributes:
        id: `BUNDLED`, or the identity of its contents, 64 hex digits.
        size: of its files, in bytes.
        added_s: when it was taken in, seconds since 1970; 0 for the bundled one.
    """

    id: str
    folder: Path
    manifest: ModelManifest
    size: int
    added_s: float


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """A model of the library that cannot be used, and why."""

    id: str
    problem: ModelError


class ModelLibrary:
    """Models on disk. Several threads and programs may use it at once.

    Args:
        root: see the top of this file; made when it is first changed.
        bundled: folder of the model that comes with the app.
        check_networks: run on all networks of a model before it is taken in.
    """

    def __init__(self, root: Path, bundled: Path, check_networks: CheckNetworks) -> None:
        self.root = root
        self.bundled = bundled
        self._check_networks = check_networks

    def models(self) -> tuple[InstalledModel, ...]:
        """Those that can be used, the bundled one first, then oldest first."""
        usable = [model for model in self._all() if isinstance(model, InstalledModel)]
        return tuple(sorted(usable, key=lambda model: (model.added_s, model.id)))

    def broken(self) -> tuple[BrokenModel, ...]:
        """Those that cannot be used any more. Contents are compared by size; see `verify`."""
        return tuple(model for model in self._all() if isinstance(model, BrokenModel))

    def find(self, key: str) -> InstalledModel:
        """One model.

        Args:
            key: `BUNDLED`, an identity or at least `SHORTEST_KEY` digits of its beginning, or a
                name that only one model has.

        Raises:
            ModelError: there is none, there are several, or it is broken.
        """
        found = self._only(key)
        if isinstance(found, BrokenModel):
            raise found.problem
        return found

    def verify(self, model: InstalledModel) -> None:
        """Read all files of a model and compare them with what was taken in.

        Raises:
            ModelError: one is missing or altered.
        """
        if model.id == BUNDLED:
            loaded = load_model(model.folder)
            for precision in loaded.manifest.variants:
                read_network(loaded, precision)
        else:
            check_hashes(model.folder, read_contents(model.folder))

    def add_file(self, path: Path) -> InstalledModel:
        """Take in a model file.

        Raises:
            RefusalError: it is no model, damaged or hostile; nothing of it stays.
            AppError: the library cannot be written.
        """
        return self._add(lambda folder: unpack_archive(path, folder))

    def add_folder(self, path: Path) -> InstalledModel:
        """Take in a copy of a model folder, for example one that a training run made.

        Raises:
            ModelError: it is no model, or damaged; nothing of it stays.
            AppError: the library cannot be written.
        """
        return self._add(lambda folder: copy_model(path, folder))

    def remove(self, key: str) -> str:
        """Delete a model, also a broken one; returns its identity.

        Raises:
            ModelError: there is none, it is the bundled one, or the active one.
            AppError: the library cannot be written.
        """
        with changing(self.root):
            model_id = self._only(key).id
            state = load_state(self.root)
            if model_id in (BUNDLED, state.active):
                reason = "it came with the app" if model_id == BUNDLED else "it is the active one"
                raise ModelError("The model is not removed", reason, "Activate another one first.")
            save_state(self.root, state.without(model_id))
            self._discard(self.root / model_id)
        return model_id

    def _add(self, fill: Callable[[Path], Contents]) -> InstalledModel:
        with changing(self.root):
            self._sweep()
            incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.root))
            try:
                contents = fill(incoming)
                manifest = read_manifest(incoming)
                self._check_networks(
                    [incoming / name for name in network_files(manifest)], manifest
                )
                return self._take_in(incoming, contents.id)
            finally:
                shutil.rmtree(incoming, ignore_errors=True)

    def _take_in(self, incoming: Path, model_id: str) -> InstalledModel:
        """Give a finished folder its name, unless the same model is there already, and sound."""
        target = self.root / model_id
        if target.exists():
            try:
                check_hashes(target, read_contents(target))
                return _installed(target)
            except ModelError:
                self._discard(target)
        incoming.rename(target)
        sync_folder(self.root)
        return _installed(target)

    def _discard(self, folder: Path) -> None:
        """Take a folder out of sight in one step, then delete it."""
        outgoing = Path(tempfile.mkdtemp(prefix=_OUTGOING, dir=self.root))
        folder.rename(outgoing / folder.name)
        sync_folder(self.root)
        shutil.rmtree(outgoing, ignore_errors=True)

    def _sweep(self) -> None:
        """Delete what a crash left. Nobody is using it, since the library is locked."""
        for folder in self.root.iterdir():
            if folder.name.startswith((_INCOMING, _OUTGOING)):
                shutil.rmtree(folder, ignore_errors=True)

    def _only(self, key: str) -> InstalledModel | BrokenModel:
        found = [model for model in self._all() if _is_meant(model, key)]
        if len(found) > 1:
            several = ", ".join(model.id[:12] for model in found)
            raise ModelError(
                f"It is not clear which model “{key}” is",
                f"several are meant by it ({several})",
                "Give more of its identity.",
            )
        if not found:
            raise ModelError(
                f"There is no model “{key}”",
                f"none in {self.root} has that name or an identity that begins like it",
                "See all with `gesture-train catalog list`.",
            )
        return found[0]

    def _all(self) -> Iterator[InstalledModel | BrokenModel]:
        yield _look_at(self.bundled, BUNDLED)
        if self.root.is_dir():
            for folder in sorted(self.root.iterdir()):
                if _ID.fullmatch(folder.name):
                    yield _look_at(folder, folder.name)


def _look_at(folder: Path, model_id: str) -> InstalledModel | BrokenModel:
    try:
        return _bundled(folder) if model_id == BUNDLED else _installed(folder)
    except ModelError as error:
        return BrokenModel(model_id, error)
    except OSError as error:  # removed at this moment by another program
        reason = f"{error.filename} cannot be read ({error.strerror})"
        next_step = "Install the model again, or choose another one."
        return BrokenModel(model_id, ModelError("The model cannot be loaded", reason, next_step))


def _installed(folder: Path) -> InstalledModel:
    """Raises: ModelError: it is broken, as far as can be seen without reading large files."""
    contents = read_contents(folder)
    check_sizes(folder, contents)
    manifest = read_manifest(folder)
    added_s = (folder / CONTENTS_NAME).stat().st_mtime
    return InstalledModel(folder.name, folder, manifest, contents.size, added_s)


def _bundled(folder: Path) -> InstalledModel:
    """Raises: ModelError: its manifest is not valid."""
    manifest = read_manifest(folder)
    files = [path for path in files_of_model(folder, manifest) if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return InstalledModel(BUNDLED, folder, manifest, size, 0.0)


def _is_meant(model: InstalledModel | BrokenModel, key: str) -> bool:
    if model.id == key or (isinstance(model, InstalledModel) and model.manifest.name == key):
        return True
    return model.id != BUNDLED and len(key) >= SHORTEST_KEY and model.id.startswith(key.lower())
