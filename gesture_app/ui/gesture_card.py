"""One of the person's gestures, or "anything else": picture, counts, and what to do with it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
)

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import MAX_NAME_LENGTH
from gesture_app.ui.gesture_collection import GestureCollection, GestureEntry
from gesture_app.ui.gesture_menu import GestureMenu
from gesture_app.ui.gesture_picture import GesturePicture
from gesture_app.ui.icons import icon
from gesture_app.ui.switch import Switch
from gesture_app.ui.theme import Appearance, scaled_font
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.widgets import SqueezableLabel, make_label, make_tool

_PICTURE = 76


class NameEdit(QLineEdit):
    """A name being changed: Enter takes it, Escape or going elsewhere leaves it as it was."""

    given_up = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class GestureCard(QFrame):
    """Shows an entry; changes go to the collection, whose answer is shown."""

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
        self._collection = collection
        self.entry = entry
        self._own = not entry.built_in
        self.setObjectName("card" if self._own else "accent_card")
        self.picture = GesturePicture(appearance, thumbnails, _PICTURE)
        self.name = SqueezableLabel("heading")
        self.name.setFont(scaled_font(self.font(), 1.15, self.font().Weight.DemiBold))
        self.edit = NameEdit()
        self.edit.setMaxLength(MAX_NAME_LENGTH)
        self._counts, self._advice = make_label("caption"), make_label("caption", wraps=True)
        self.switch = Switch(appearance)
        self.record, self.review = make_tool(), make_tool()
        self.more = make_more_button()
        self.menu = GestureMenu(appearance, collection, self)
        self.more.setMenu(self.menu)
        self._lay_out()
        self._connect()
        self.show_entry(entry)
        self.tint()

    def show_entry(self, entry: GestureEntry) -> None:
        self.entry = entry
        self.picture.show_entry(entry)
        self.menu.show_entry(entry)
        self.name.setText(entry.name)
        self.review.setEnabled(entry.samples > 0)
        self.more.setEnabled(self._own or entry.samples > 0)
        self.switch.setChecked(entry.on)
        self.retranslate()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        entry = self.entry
        self._counts.setText(count_words(self.tr("Pictures: %1 · Recordings: %2"), entry))
        self._advice.setText(self._advise())
        self._advice.setVisible(bool(self._advice.text()))
        self.setAccessibleName(entry.name)
        self.setAccessibleDescription(f"{self._counts.text()} {self._advice.text()}".strip())
        for button, text, description in (
            (self.record, self.tr("Record"), self.tr("Record pictures of “%1”")),
            (self.review, self.tr("Review"), self.tr("Review the pictures of “%1”")),
            (self.more, "", self.tr("More for “%1”")),
            (self.switch, "", self.tr("Recognise “%1”")),
            (self.edit, "", self.tr("New name of “%1”")),
        ):
            described = description.replace("%1", entry.name)
            button.setAccessibleName(described)
            button.setToolTip(described)
            if isinstance(button, QToolButton) and text:
                button.setText(text)

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.record.setIcon(icon("record", tokens.danger))
        self.review.setIcon(icon("review", tokens.muted))
        self.more.setIcon(icon("more", tokens.muted))
        self.picture.update()

    def rename(self) -> None:
        """Let the name be changed in its place."""
        self.edit.setText(self.entry.name)
        self._names.setCurrentWidget(self.edit)
        self.edit.selectAll()
        self.edit.setFocus()

    def _advise(self) -> str:
        """The one thing to do next for this gesture; empty if nothing is missing."""
        entry = self.entry
        if entry.label == NO_GESTURE:
            if entry.samples:
                return self.tr("The more it sees of this, the seldomer it is wrong.")
            return self.tr(
                "Record half a minute of what is no gesture: typing, drinking, scratching your "
                "nose. From it the app learns when to stay silent."
            )
        if not entry.samples:
            return self.tr("Not recorded yet.")
        if entry.recordings == 1:
            return self.tr("Record it once more in another place: only that shows how good it is.")
        return ""

    def _lay_out(self) -> None:
        self._names = QStackedWidget()
        self._names.addWidget(self.name)
        self._names.addWidget(self.edit)
        self._names.setMinimumHeight(self.edit.sizeHint().height())
        title = QHBoxLayout()
        title.addWidget(self._names, 1)
        title.addWidget(self.switch)
        # Not `setVisible(True)`: until the card is laid out that would show a window of its own.
        if not self._own:
            self.switch.hide()
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addLayout(title)
        texts.addWidget(self._counts)
        texts.addWidget(self._advice)
        texts.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.record)
        buttons.addWidget(self.review)
        buttons.addStretch(1)
        buttons.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 12, 12)
        layout.setSpacing(10)
        layout.addLayout(top, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.record.clicked.connect(lambda: self.record_asked.emit(self.entry.label))
        self.review.clicked.connect(lambda: self.review_asked.emit(self.entry.label))
        self.switch.clicked.connect(lambda on: self._collection.switch(self.entry.label, on))
        self.menu.rename_asked.connect(self.rename)
        self.edit.returnPressed.connect(self._take_name)
        self.edit.given_up.connect(self._leave_edit)
        self.edit.editingFinished.connect(self._leave_edit)
        if self._own:
            for keys, run in (("F2", self.rename), ("Del", self._remove)):
                shortcut = QShortcut(QKeySequence(keys), self, run)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _take_name(self) -> None:
        name = self.edit.text()
        if name.strip() and name != self.entry.name:
            self._collection.rename(self.entry.label, name)
        self._leave_edit()

    def _leave_edit(self) -> None:
        had_focus = self.edit.hasFocus()
        self._names.setCurrentWidget(self.name)
        if had_focus:
            self.more.setFocus()

    def _remove(self) -> None:
        if not self.edit.hasFocus():
            self._collection.remove(self.entry.label)


def count_words(template: str, entry: GestureEntry) -> str:
    """Fill in %1 (pictures) and %2 (recordings)."""
    return template.replace("%1", str(entry.samples)).replace("%2", str(entry.recordings))


def make_more_button() -> QToolButton:
    """Three dots that open a menu."""
    button = make_tool("compact")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
