"""The gesture set and its page on real files, and ways to operate them."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QMenu

from gesture_app.core.errors import AppError
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import Gesture
from gesture_app.store.samples import SampleStore
from gesture_app.ui.background import Background
from gesture_app.ui.built_in_tile import BuiltInTile
from gesture_app.ui.gesture_card import GestureCard
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.gesture_menu import GestureMenu
from gesture_app.ui.gestures_page import GesturesPage
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from tests.fakes import PATIENCE_S
from tests.hand_samples import record
from tests.ui.stage import settle, wait_until

BASE = ("fist", "like", NO_GESTURE)


class Heard:
    """What a collection told."""

    def __init__(self, collection: GestureCollection) -> None:
        self.changes = 0
        self.errors: list[AppError] = []
        self.undoable: list[str] = []
        collection.changed.connect(self._count)
        collection.failed.connect(self.errors.append)
        collection.undoable.connect(self.undoable.append)

    def _count(self) -> None:
        self.changes += 1


def load(collection: GestureCollection, heard: Heard) -> None:
    """Read the files and wait for it."""
    before = heard.changes
    collection.reload()
    wait_until(lambda: heard.changes > before)


def add(collection: GestureCollection, name: str) -> Gesture:
    added: list[Gesture] = []
    collection.add(name, added.append)
    wait_until(lambda: bool(added))
    return added[0]


def wait_for_change(heard: Heard, change: int) -> None:
    wait_until(lambda: heard.changes >= change or bool(heard.errors))
    assert heard.errors == []


def labels(collection: GestureCollection) -> list[str]:
    return [entry.label for entry in collection.entries]


class Shown:
    """A page on its own, shown, with what it told."""

    def __init__(self, appearance: Appearance, folder: Path) -> None:
        self.background = Background()
        self.store = SampleStore(folder / "gestures")
        self.collection = GestureCollection(self.store, BASE, folder / "features", self.background)
        self.thumbnails = Thumbnails(self.store)
        self.page = GesturesPage(appearance, self.collection, self.thumbnails, self.background)
        self.asked: list[tuple[str, str]] = []
        self.errors: list[AppError] = []
        self.page.record_asked.connect(lambda label: self.asked.append(("record", label)))
        self.page.review_asked.connect(lambda label: self.asked.append(("review", label)))
        self.page.train_asked.connect(lambda: self.asked.append(("train", "")))
        self.collection.failed.connect(self.errors.append)
        self.page.resize(800, 600)
        self.page.show()
        self.page.activateWindow()
        assert QTest.qWaitForWindowActive(self.page)
        self.read()

    def read(self) -> None:
        """Read the files again and wait until they are shown."""
        self.collection.reload()
        wait_until(lambda: not self.collection._reloading and self._complete())

    def _complete(self) -> bool:
        return self.page.tiles.keys() == {entry.label for entry in self.collection.entries}

    def add(self, name: str, samples: int = 0) -> GestureCard:
        """By typing."""
        QTest.keyClicks(self.page.name, name)
        QTest.keyClick(self.page.name, Qt.Key.Key_Return)
        wait_until(lambda: bool(self.asked))
        _, label = self.asked.pop()
        if samples:
            record(self.store, label, samples)
        self.read()
        return self.card(label)

    def card(self, label: str) -> GestureCard:
        tile = self.page.tiles[label]
        assert isinstance(tile, GestureCard)
        return tile

    def tile(self, label: str) -> BuiltInTile:
        tile = self.page.tiles[label]
        assert isinstance(tile, BuiltInTile)
        return tile

    def close(self) -> None:
        self.page.shut_down()
        self.background.close(PATIENCE_S)
        self.thumbnails.close()
        for part in (self.page, self.collection, self.thumbnails, self.background):
            part.deleteLater()
        settle()


def action(menu: QMenu, *path: str) -> QAction:
    """The entry of a menu and its menus below."""
    if isinstance(menu, GestureMenu):
        menu.fill()
    found = next(one for one in menu.actions() if one.text().split("\t")[0] == path[0])
    inner = found.menu()
    return found if len(path) == 1 or inner is None else action(inner, *path[1:])
