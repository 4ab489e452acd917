"""Which model of the library is used, and which ones were before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gesture_app.core.errors import AppError, ModelError
from gesture_app.store.atomic import write_atomically
from gesture_app.store.strict_json import parse_object

BUNDLED = "bundled"
"""Identity of the model that comes with the app. It lies outside and cannot be removed."""

STATE_NAME = "active.json"
STATE_SCHEMA = 1
MAX_EARLIER = 20
"""Steps back that are remembered."""

_MAX_BYTES = 64 * 1024
_ID = re.compile(r"bundled|[0-9a-f]{64}")
LOCK_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Identities of models.

    Attributes:
        active: the one in use.
        earlier: those used before it, newest first.
    """

    active: str = BUNDLED
    earlier: tuple[str, ...] = ()

    def activating(self, model_id: str) -> LibraryState:
        """The state after switching to another model."""
        if model_id == self.active:
            return self
        return LibraryState(model_id, (self.active, *self.earlier)[:MAX_EARLIER])

    def without(self, model_id: str) -> LibraryState:
        """The state after removing a model that is not active. A model is never followed by
        itself, so that each step back changes something."""
        kept = [self.active]
        kept += [earlier for earlier in self.earlier if earlier != model_id]
        distinct = [one for one, before in zip(kept, [None, *kept], strict=False) if one != before]
        return LibraryState(self.active, tuple(distinct[1:]))


def load_state(root: Path) -> LibraryState:
    """The state of the library in ``root``; where none was written, the bundled model is in use.

    Raises:
        ModelError: what was written cannot be read.
    """
    path = root / STATE_NAME
    try:
        with path.open("rb") as file:
            value = parse_object(file.read(_MAX_BYTES), STATE_NAME)
    except FileNotFoundError:
        return LibraryState()
    except OSError as error:
        raise _unreadable(f"{path} cannot be read ({error.strerror})") from error
    except ModelError as error:
        raise _unreadable(error.why) from error
    ids = [value.get("active"), *_list(value.get("earlier"))]
    if value.get("schema") != STATE_SCHEMA or not all(map(_is_id, ids)):
        raise _unreadable(f"{path} does not say which model it is")
    return LibraryState(str(ids[0]), tuple(map(str, ids[1:])))


def save_state(root: Path, state: LibraryState) -> None:
    """Raises: OSError: nothing was changed."""
    value = {"schema": STATE_SCHEMA, "active": state.active, "earlier": list(state.earlier)}
    write_atomically(root / STATE_NAME, (json.dumps(value, indent=2) + "\n").encode("ascii"))


@contextmanager
def changing(root: Path) -> Iterator[None]:
    """For the one who changes the library in ``root``, which is made if needed.

    Raises:
        AppError: another program is changing it, or it cannot be written.
    """
    # Here, since the start of the app, which only reads the library, need not wait for it.
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".lock", timeout=LOCK_PATIENCE_S):
            yield
    except Timeout as error:
        raise AppError(
            "The models cannot be changed now",
            "another program is changing them",
            "Try again when it is done.",
        ) from error
    except OSError as error:
        raise AppError(
            "The models cannot be changed",
            f"{error.filename or root} cannot be written ({error.strerror})",
            "Make room on the disk, or the folder writable.",
        ) from error


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _unreadable(reason: str) -> ModelError:
    return ModelError("The model that you chose is not known", reason, "Choose a model again.")
