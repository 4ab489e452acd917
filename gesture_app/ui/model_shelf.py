"""The models of the library as the pages see them: one observable value, never blocking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from gesture_app.core.errors import AppError
from gesture_app.core.manifest import ModelManifest
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.archive import write_archive
from gesture_app.store.archive_contents import CARD_PAGE_NAME
from gesture_app.store.judgement import Judgement
from gesture_app.store.library import BrokenModel, InstalledModel, ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.library_state import BUNDLED
from gesture_app.store.model_figures import ModelFigures, read_figures
from gesture_app.ui.background import Background


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A model of the library that can be used.

    Attributes:
        size: of its files, in bytes.
        added_s: when it was taken in, seconds since 1970; 0 for the bundled one.
        figures, judgement: what its files say of how good it is, None where they do not.
        card_page: an HTML page about it, None without one.
    """

    id: str
    folder: Path
    manifest: ModelManifest
    size: int
    added_s: float
    figures: ModelFigures | None = None
    judgement: Judgement | None = None
    card_page: Path | None = None

    @property
    def bundled(self) -> bool:
        return self.id == BUNDLED

    @property
    def own_labels(self) -> tuple[str, ...]:
        """Gestures that somebody taught."""
        return tuple(label for label in self.manifest.labels if label in self.manifest.names)

    @property
    def built_in_labels(self) -> tuple[str, ...]:
        names = self.manifest.names
        return tuple(
            label for label in self.manifest.labels if label != NO_GESTURE and label not in names
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """All models.

    Attributes:
        versions: the bundled one first, then the newest first.
        active: identity of the one in use.
        earlier: identity of the one before it, None for none.
    """

    versions: tuple[ModelVersion, ...] = ()
    broken: tuple[BrokenModel, ...] = ()
    active: str = BUNDLED
    earlier: str | None = None

    def find(self, model_id: str | None) -> ModelVersion | BrokenModel | None:
        every: tuple[ModelVersion | BrokenModel, ...] = (*self.versions, *self.broken)
        return next((model for model in every if model.id == model_id), None)

    def at(self, folder: Path) -> ModelVersion | None:
        return next((model for model in self.versions if model.folder == folder), None)


class ModelShelf(QObject):
    """Reads and changes the library on `Background`. Which model is used is not decided here, see
    `ModelActivation`."""

    changed = pyqtSignal()
    failed = pyqtSignal(AppError)
    """Nothing was changed."""

    def __init__(
        self,
        library: ModelLibrary,
        active: ActiveModel,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._active = active
        self._background = background
        self._shelf = Shelf()

    @property
    def shelf(self) -> Shelf:
        return self._shelf

    def reload(self) -> None:
        self._run(lambda: None, lambda _: None)

    def remove(self, model_id: str) -> None:
        """For good; neither the bundled nor the active one can be."""
        self._run(lambda: self._library.remove(model_id), lambda _: None)

    def add_file(self, path: Path, done: Callable[[InstalledModel], None]) -> None:
        """Take in a model file after checking it. Args: done: told it, after `changed`."""
        self._run(lambda: self._library.add_file(path), done)

    def export(self, version: ModelVersion, target: Path, done: Callable[[Path], None]) -> None:
        """Write a model into one file, which is replaced as a whole or not at all."""
        self._background.run(
            lambda: write_archive(version.folder, target), lambda _: done(target), self.failed.emit
        )

    def _run(self, change: Callable[[], object], done: Callable[..., None]) -> None:
        def finish(result: tuple[object, Shelf]) -> None:
            value, self._shelf = result
            self.changed.emit()
            done(value)

        self._background.run(
            lambda: (change(), read_shelf(self._library, self._active)), finish, self.failed.emit
        )


def read_shelf(library: ModelLibrary, active: ActiveModel) -> Shelf:
    """All models with what their files say. Reads no network."""
    versions = [_version(model) for model in library.models()]
    bundled = [model for model in versions if model.bundled]
    taught = [model for model in reversed(versions) if not model.bundled]
    return Shelf((*bundled, *taught), library.broken(), active.id(), active.earlier())


def _version(model: InstalledModel) -> ModelVersion:
    figures, judgement = read_figures(model.folder)
    page = model.folder / CARD_PAGE_NAME
    return ModelVersion(
        model.id,
        model.folder,
        model.manifest,
        model.size,
        model.added_s,
        figures,
        judgement,
        page if page.is_file() else None,
    )
