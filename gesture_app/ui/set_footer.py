"""Where the pictures are, and what can be done with all of them at once."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.store.set_archive import SUFFIX
from gesture_app.ui.folder_view import show_folder
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.icons import icon
from gesture_app.ui.set_transfer import SetTransfer
from gesture_app.ui.theme import Appearance
from gesture_app.ui.widgets import SqueezableLabel, make_label, make_tool


class SetFooter(QWidget):
    """A line of text and buttons; what takes long is the collection's work."""

    problem = pyqtSignal(AppError)

    def __init__(
        self, appearance: Appearance, collection: GestureCollection, transfer: SetTransfer
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._collection = collection
        self._transfer = transfer
        self._promise = make_label("caption")
        self._place = SqueezableLabel("caption")
        self.show_folder, self.export, self.take_in, self.delete = (
            make_tool("flat") for _ in range(4)
        )
        self.question: QMessageBox | None = None
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._promise)
        texts.addWidget(self._place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(texts, 1)
        for button in (self.show_folder, self.take_in, self.export, self.delete):
            layout.addWidget(button)
        self.show_folder.clicked.connect(self._show_folder)
        self.take_in.clicked.connect(self._ask_what_to_import)
        self.export.clicked.connect(self._ask_where_to_export)
        self.delete.clicked.connect(self._ask_whether_to_delete)
        collection.changed.connect(self._enable)
        transfer.ended.connect(self._enable)
        self.retranslate()
        self.tint()
        self._enable()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._promise.setText(self.tr("Nothing leaves this machine."))
        place = str(self._collection.store.root)
        self._place.setText(self.tr("Your pictures: %1").replace("%1", place))
        self._place.setToolTip(place)
        for button, text, description in (
            (self.show_folder, self.tr("Show folder"), self.tr("Show the folder of your pictures")),
            (self.take_in, self.tr("Import…"), self.tr("Add gestures from a file")),
            (self.export, self.tr("Export…"), self.tr("Save all your gestures to one file")),
            (
                self.delete,
                self.tr("Delete everything…"),
                self.tr("Delete all your gestures and pictures"),
            ),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setAccessibleDescription(description)
            button.setToolTip(description)

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.show_folder.setIcon(icon("folder", tokens.muted))
        self.take_in.setIcon(icon("import", tokens.muted))
        self.export.setIcon(icon("export", tokens.muted))
        self.delete.setIcon(icon("delete", tokens.danger))

    def _enable(self) -> None:
        entries = self._collection.entries
        something = any(not entry.built_in or entry.samples for entry in entries)
        self.export.setEnabled(something)
        # Also for what cannot be listed: pictures that cannot be read are still on the disk.
        self.delete.setEnabled(something or bool(self._collection.problems))
        self.show_folder.setEnabled(something or bool(self._collection.problems))

    def _show_folder(self) -> None:
        if (problem := show_folder(self._collection.store.root)) is not None:
            self.problem.emit(problem)

    def _ask_what_to_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Import gestures"), "", self._file_filter()
        )
        if path:
            self._transfer.take_in(Path(path))

    def _ask_where_to_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Export gestures"), f"gestures{SUFFIX}", self._file_filter()
        )
        if path:
            target = Path(path)
            self._transfer.export(target if target.suffix else target.with_suffix(SUFFIX))

    def _file_filter(self) -> str:
        return f"{self.tr('Gestures')} (*{SUFFIX})"

    def _ask_whether_to_delete(self) -> None:
        samples = sum(entry.samples for entry in self._collection.entries)
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete everything"))
        box.setText(
            self.tr("Delete all your gestures and pictures (%1)?").replace("%1", str(samples))
        )
        box.setInformativeText(
            self.tr(
                "They are deleted for good, with everything that was computed from them. Models "
                "that you have trained stay; remove those on the page Models."
            )
        )
        delete = box.addButton(self.tr("Delete everything"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
        assert delete is not None
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(self._collection.delete_everything)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question = box
        box.open()
