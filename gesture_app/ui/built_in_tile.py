"""A built-in gesture: its sign, its name, and whether it is recognised."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gesture_app.ui.gesture_card import count_words, make_more_button
from gesture_app.ui.gesture_collection import GestureCollection, GestureEntry
from gesture_app.ui.gesture_menu import GestureMenu
from gesture_app.ui.gesture_picture import GesturePicture
from gesture_app.ui.icons import icon
from gesture_app.ui.switch import Switch
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.widgets import make_label

_PICTURE = 46


class BuiltInTile(QFrame):
    """Shows an entry; the switch works at once."""

    record_asked = pyqtSignal(str)
    review_asked = pyqtSignal(str)

    def __init__(
        self,
        appearance: Appearance,
        collection: GestureCollection,
        thumbnails: Thumbnails,
        entry: GestureEntry,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self.entry = entry
        self.setObjectName("card")
        self.picture = GesturePicture(appearance, thumbnails, _PICTURE)
        self.name, self._counts = make_label("text", wraps=True), make_label("caption")
        self.switch = Switch(appearance)
        self.more = make_more_button()
        self.menu = GestureMenu(appearance, collection, self)
        self.more.setMenu(self.menu)
        self._lay_out()
        self.switch.clicked.connect(lambda on: collection.switch(self.entry.label, on))
        self.menu.record_asked.connect(lambda: self.record_asked.emit(self.entry.label))
        self.menu.review_asked.connect(lambda: self.review_asked.emit(self.entry.label))
        self.show_entry(entry)
        self.tint()

    def show_entry(self, entry: GestureEntry) -> None:
        self.entry = entry
        self.picture.show_entry(entry)
        self.menu.show_entry(entry)
        self.name.setText(entry.name)
        self.switch.setChecked(entry.on)
        self._counts.setVisible(entry.samples > 0)
        self.retranslate()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        name = self.entry.name
        self._counts.setText(count_words(self.tr("Pictures: %1"), self.entry))
        self.setAccessibleName(name)
        self.switch.setAccessibleName(self.tr("Recognise “%1”").replace("%1", name))
        self.switch.setToolTip(self.switch.accessibleName())
        self.more.setAccessibleName(self.tr("More for “%1”").replace("%1", name))
        self.more.setToolTip(self.more.accessibleName())

    def tint(self) -> None:
        self.more.setIcon(icon("more", self._appearance.tokens.muted))
        self.picture.update()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.name)
        texts.addWidget(self._counts)
        texts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self.picture)
        layout.addLayout(texts, 1)
        layout.addWidget(self.switch)
        layout.addWidget(self.more)
