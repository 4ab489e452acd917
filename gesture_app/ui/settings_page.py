"""What a person can set; each setting takes effect at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt6.QtCore import QEvent, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.store.paths import UserFolders
from gesture_app.store.settings import Settings
from gesture_app.ui.folder_view import show_folder
from gesture_app.ui.icons import icon
from gesture_app.ui.setting_row import Choice, SettingRow, SettingSection
from gesture_app.ui.switch import Switch
from gesture_app.ui.theme import Appearance, Theme
from gesture_app.ui.translation import LANGUAGES
from gesture_app.ui.widgets import make_heading, make_label, make_tool

_SIZES = ((640, 480), (1280, 720), (1920, 1080))
_RATES = (15.0, 30.0, 60.0)
_STEP = 5
_SLIDER_WIDTH = 170
_WIDEST = 760
_SETTLED_MS = 400
"""A slider that has stood still for so long is where it was meant to be."""


class SettingsPage(QWidget):
    """Tells what was chosen; keeping it is the window's business."""

    language_chosen = pyqtSignal(str)
    theme_chosen = pyqtSignal(Theme)
    mirror_changed = pyqtSignal(bool)
    camera_chosen = pyqtSignal(int, int, float)
    """Width, height and frames per second to ask cameras for."""
    share_chosen = pyqtSignal(int)
    """Per cent of all processors."""
    problem = pyqtSignal(AppError)

    def __init__(self, appearance: Appearance, settings: Settings, folders: UserFolders) -> None:
        super().__init__()
        self._appearance = appearance
        self._folders = (folders.data, folders.config, folders.cache, folders.logs)
        self._title = make_heading(1.35)
        self.language, self.theme, self.camera_size, self.camera_rate = (
            Choice(appearance) for _ in range(4)
        )
        self.mirror = Switch(appearance)
        self.share = QSlider(Qt.Orientation.Horizontal)
        self._percent = make_label("text")
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self.open_buttons = [make_tool("flat") for _ in self._folders]
        share = _beside(self._percent, self.share)
        controls = (
            self.language,
            self.theme,
            self.mirror,
            self.camera_size,
            self.camera_rate,
            share,
        )
        self._rows = [SettingRow(control) for control in controls]
        self._places = [SettingRow(button) for button in self.open_buttons]
        self._sections = [
            SettingSection(rows)
            for rows in (self._rows[:2], self._rows[2:5], self._rows[5:], self._places)
        ]
        self._fill(settings)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()

    def set_mirrored(self, mirrored: bool) -> None:
        self.mirror.setChecked(mirrored)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Settings"))
        titles = (self.tr("Looks"), self.tr("Camera"), self.tr("Processors"), self.tr("Files"))
        for section, title in zip(self._sections, titles, strict=True):
            section.title.setText(title)
        system = self.tr("As the system")
        self.language.name((system, *LANGUAGES.values()))
        self.theme.name((system, self.tr("Light"), self.tr("Dark")))
        self.camera_size.name(
            [f"{width} × {height}" for width, height in self._offered(self.camera_size)]
        )
        rates = self._offered(self.camera_rate)
        self.camera_rate.name(
            [self.tr("%1 per second").replace("%1", f"{rate:g}") for rate in rates]
        )
        texts = (
            (self.tr("Language"), ""),
            (self.tr("Theme"), ""),
            (self.tr("Mirror"), self.tr("Show the picture as in a mirror")),
            (
                self.tr("Picture size"),
                self.tr("What cameras are asked for; they may answer with another one."),
            ),
            (
                self.tr("Pictures"),
                self.tr("What cameras are asked for; in dim light they may give fewer."),
            ),
            (
                self.tr("Most that recognition may take"),
                self.tr("Of all processors. With less, pictures are left out, and counted."),
            ),
        )
        for row, (name, hint) in zip(self._rows, texts, strict=True):
            row.describe(name, hint)
        self.share.setAccessibleName(texts[-1][0])
        self.share.setAccessibleDescription(texts[-1][1])
        self._show_percent()
        self._name_folders()

    def tint(self) -> None:
        for button in self.open_buttons:
            button.setIcon(icon("folder", self._appearance.tokens.muted))
        self.mirror.update()

    def _name_folders(self) -> None:
        names = (
            self.tr("Your pictures and models"),
            self.tr("Settings"),
            self.tr("What can be made or fetched again"),
            self.tr("Logs"),
        )
        for row, button, name, folder in zip(
            self._places, self.open_buttons, names, self._folders, strict=True
        ):
            row.describe(name, str(folder))
            button.setText(self.tr("Show folder"))
            button.setAccessibleName(self.tr("Show the folder: %1").replace("%1", name))

    def _fill(self, settings: Settings) -> None:
        self.language.fill(("", *LANGUAGES), settings.language)
        self.theme.fill(tuple(Theme), Theme(settings.theme))
        self.mirror.setChecked(settings.mirror)
        size = (settings.camera_width, settings.camera_height)
        self.camera_size.fill(sorted({*_SIZES, size}), size)
        self.camera_rate.fill(sorted({*_RATES, settings.camera_fps}), settings.camera_fps)
        self.share.setRange(5, 100)
        self.share.setSingleStep(_STEP)
        self.share.setPageStep(_STEP * 3)
        self.share.setFixedWidth(_SLIDER_WIDTH)
        self.share.setValue(settings.processor_percent)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(12)
        for section in self._sections:
            inside.addWidget(section)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("plain")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(scroll, 1)

    def _connect(self) -> None:
        # `activated`: chosen by a person, not set by the program.
        self.language.activated.connect(
            lambda _index: self.language_chosen.emit(self.language.currentData())
        )
        self.theme.activated.connect(
            lambda _index: self.theme_chosen.emit(Theme(self.theme.currentData()))
        )
        self.mirror.clicked.connect(self.mirror_changed)
        self.camera_size.activated.connect(lambda _index: self._tell_camera())
        self.camera_rate.activated.connect(lambda _index: self._tell_camera())
        self.share.valueChanged.connect(self._show_percent)
        self.share.valueChanged.connect(lambda _value: self._settled.start())
        self._settled.timeout.connect(lambda: self.share_chosen.emit(self.share.value()))
        for button, folder in zip(self.open_buttons, self._folders, strict=True):
            button.clicked.connect(lambda _checked, folder=folder: self._show_folder(folder))

    def _tell_camera(self) -> None:
        width, height = self.camera_size.currentData()
        self.camera_chosen.emit(width, height, float(self.camera_rate.currentData()))

    def _show_percent(self) -> None:
        value = self.share.value()
        no_limit = self.tr("no limit")
        self._percent.setText(no_limit if value == self.share.maximum() else f"{value} %")

    def _show_folder(self, folder: Path) -> None:
        if (problem := show_folder(folder)) is not None:
            self.problem.emit(problem)

    @staticmethod
    def _offered(choice: Choice) -> list[Any]:
        return [choice.itemData(index) for index in range(choice.count())]


def _beside(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for widget in widgets:
        layout.addWidget(widget)
    return row
