"""What every test gets: a home of its own, a window system without a screen, a thread guard."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gesture_app.store.hand_model import hand_model_path, load_hand_model
from gesture_app.store.paths import HOME_VARIABLE, user_folders

REPOSITORY = Path(__file__).resolve().parents[1]
CLIPS = REPOSITORY.parent / "shared" / "clips"
THREADS_MAY_TAKE_S = 2.0

_USERS_HAND_MODEL = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Looked up before any test moves the home away.
    config.stash[_USERS_HAND_MODEL] = hand_model_path(user_folders())


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for this test and for the processes it starts."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fails a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    # Threads that a foreign library or Qt started only look like Python's; nobody can join them.
    left = [thread for thread in left if not isinstance(thread, threading._DummyThread)]
    for thread in left:
        thread.join(THREADS_MAY_TAKE_S)
    alive = [thread.name for thread in left if thread.is_alive()]
    if alive:
        pytest.fail(f"threads left running: {', '.join(alive)}")


@pytest.fixture(scope="session")
def hand_model(pytestconfig: pytest.Config) -> bytes:
    """MediaPipe's hand model bundle; ``installer/bootstrap.py test`` puts it into the cache."""
    return load_hand_model(pytestconfig.stash[_USERS_HAND_MODEL])


@pytest.fixture
def home_with_hand_model(home: Path, hand_model: bytes) -> Path:
    """A home as set-up leaves it: the hand model is in its cache. For tests of whole programs."""
    path = hand_model_path(user_folders(home))
    path.parent.mkdir(parents=True)
    path.write_bytes(hand_model)
    return home


@pytest.fixture(scope="session")
def clip() -> Callable[[str], Path]:
    """``clip("negative_street_no_hand")`` → its path; skips where the clips are not at hand."""

    def find(name: str) -> Path:
        path = CLIPS / f"{name}.mp4"
        if not path.is_file():
            pytest.skip(f"needs ../shared/clips/{path.name}, which is not part of the repository")
        return path

    return find
