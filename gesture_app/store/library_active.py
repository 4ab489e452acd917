"""Which model of the library is in use: switching, going back, and what happens if it is broken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.errors import ModelError
from gesture_app.store.library import InstalledModel, ModelLibrary
from gesture_app.store.library_state import (
    BUNDLED,
    LibraryState,
    changing,
    load_state,
    save_state,
)
from gesture_app.store.models import LoadedModel, load_model


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The model folder to use.

    Attributes:
        problem: why it is the bundled model although another one was chosen, or None. To be told.
    """

    folder: Path
    problem: ModelError | None = None


class ActiveModel:
    """Decides, for a library, which model is in use."""

    def __init__(self, library: ModelLibrary) -> None:
        self._library = library

    def choice(self) -> ModelChoice:
        """The active model by a quick look, without reading its networks; the bundled one if the
        active one is broken."""
        bundled = self._library.bundled
        try:
            active = load_state(self._library.root).active
            return ModelChoice(bundled if active == BUNDLED else self._library.find(active).folder)
        except ModelError as error:
            return ModelChoice(bundled, _not_used(error))

    def load(self) -> tuple[LoadedModel, ModelError | None]:
        """The active model with its network, or the bundled one with the reason.

        Raises:
            ModelError: the bundled one cannot be loaded either.
        """
        choice = self.choice()
        try:
            return load_model(choice.folder), choice.problem
        except ModelError as error:
            if choice.folder == self._library.bundled:
                raise
            return load_model(self._library.bundled), _not_used(error)

    def id(self) -> str:
        """Identity of the model that `choice` names."""
        return self.id_of(self.choice().folder)

    def id_of(self, folder: Path) -> str:
        """Identity of the model of the library that lies in this folder."""
        return BUNDLED if folder == self._library.bundled else folder.name

    def earlier(self) -> str | None:
        """Identity of the model that `roll_back` would bring back; None for none."""
        try:
            return next(iter(load_state(self._library.root).earlier), None)
        except ModelError:
            return None

    def activate(self, key: str) -> InstalledModel:
        """Use another model from now on, after reading all its files.

        Args:
            key: see `ModelLibrary.find`.

        Raises:
            ModelError: there is none, or it is broken; nothing was changed.
            AppError: the library cannot be written.
        """
        with changing(self._library.root):
            model = self._library.find(key)
            self._library.verify(model)
            save_state(self._library.root, self._state().activating(model.id))
        return model

    def roll_back(self) -> InstalledModel:
        """Use the model that was in use before this one. May be repeated.

        Raises:
            ModelError: there is none, or it is broken; nothing was changed.
            AppError: the library cannot be written.
        """
        with changing(self._library.root):
            state = load_state(self._library.root)
            if not state.earlier:
                raise ModelError(
                    "There is nothing to go back to",
                    "no other model was in use before this one",
                    "See all with `gesture-train catalog list`.",
                )
            model = self._library.find(state.earlier[0])
            self._library.verify(model)
            save_state(self._library.root, LibraryState(model.id, state.earlier[1:]))
        return model

    def _state(self) -> LibraryState:
        """For activating, which mends a state that cannot be read."""
        try:
            return load_state(self._library.root)
        except ModelError:
            return LibraryState()


def _not_used(error: ModelError) -> ModelError:
    return ModelError(
        "The bundled model is used",
        f"{error.what}: {error.why}",
        "Install the model again, or choose another one.",
    )
