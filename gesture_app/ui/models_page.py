"""Every version of the model: what is in use, what was before, what else there is."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices, QShowEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gesture_app.core.errors import AppError
from gesture_app.store.library import BrokenModel, InstalledModel
from gesture_app.ui.banner import Banner
from gesture_app.ui.icons import icon
from gesture_app.ui.model_activation import ModelActivation
from gesture_app.ui.model_shelf import ModelShelf, ModelVersion
from gesture_app.ui.session import LiveSession
from gesture_app.ui.state_card import CardAction, CardContent, StateCard
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.version_details import VersionDetails
from gesture_app.ui.version_dialogs import VersionDialogs
from gesture_app.ui.version_list import VersionList
from gesture_app.ui.version_words import VersionWords
from gesture_app.ui.widgets import make_heading, make_label, make_tool
from gesture_app.ui.wording import filled

_LIST_WIDTH = 264


class ModelsPage(QWidget):
    """Lists a `ModelShelf`; switching goes through the `ModelActivation`."""

    gestures_asked = pyqtSignal()
    live_asked = pyqtSignal()

    def __init__(
        self,
        appearance: Appearance,
        shelf: ModelShelf,
        activation: ModelActivation,
        session: LiveSession,
        thumbnails: Thumbnails,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._shelf = shelf
        self._activation = activation
        self._session = session
        self._words = VersionWords()
        self._dialogs = VersionDialogs(self)
        self._new: str | None = None
        """Identity of the model that was just taken in, to be chosen once it is listed."""
        self.question: QMessageBox | None = None
        self._title, self._subtitle = make_heading(1.35), make_label("muted", wraps=True)
        self.go_back, self.take_in = make_tool(), make_tool()
        self.banner = Banner(appearance)
        self.list = VersionList(appearance)
        self.details = VersionDetails(appearance, thumbnails)
        self.empty = StateCard(appearance)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.tint()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._shelf.reload()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Models"))
        self.go_back.setText(self.tr("Go back"))
        self.take_in.setText(self.tr("Import…"))
        self.take_in.setToolTip(self.tr("Take in a model file; it is checked first"))
        for button in (self.go_back, self.take_in):
            button.setAccessibleName(button.text())
        self.take_in.setAccessibleDescription(self.take_in.toolTip())
        self.empty.show_content(
            CardContent(
                "gestures",
                self.tr("Only the built-in model so far"),
                self.tr("Teach it a gesture of your own: each training makes a new version here."),
                actions=(CardAction(self.tr("Teach it a gesture"), self.gestures_asked.emit),),
            )
        )
        for part in (self.banner, self.list, self.details):
            part.retranslate()
        self._follow()

    def tint(self) -> None:
        tokens = self._appearance.tokens
        self.go_back.setIcon(icon("undo", tokens.text))
        self.take_in.setIcon(icon("import", tokens.text))
        self.details.export.setIcon(icon("export", tokens.muted))
        self.details.card.setIcon(icon("review", tokens.muted))
        self.details.remove.setIcon(icon("delete", tokens.muted))
        for part in (self.banner, self.details, self.empty):
            part.tint()
        self.list.update()

    def import_file(self, path: Path) -> None:
        """Take in a model file; refused ones are said in the banner."""
        self.banner.dismiss()
        self._shelf.add_file(path, self._take_new)

    def export_to(self, target: Path) -> None:
        """The chosen version, as one file."""
        version = self.details.model
        if isinstance(version, ModelVersion):
            self.banner.dismiss()
            self._shelf.export(version, target, self._say_exported)

    def _connect(self) -> None:
        self._shelf.changed.connect(self._follow)
        self._shelf.failed.connect(self.banner.show_notice)
        self._activation.activated.connect(lambda _model: self._shelf.reload())
        self._activation.failed.connect(self._take_refusal)
        self._session.models_changed.connect(lambda _models: self._show_use())
        self.list.chosen.connect(self._show_chosen)
        self.go_back.clicked.connect(self._go_back)
        self.take_in.clicked.connect(self._ask_what_to_import)
        self.details.switch_asked.connect(self._switch_on)
        self.details.tryout_asked.connect(self._try_out)
        self.details.export_asked.connect(self._ask_where_to_export)
        self.details.card_asked.connect(self._show_card)
        self.details.remove_asked.connect(self._ask_whether_to_remove)

    def _follow(self) -> None:
        shelf = self._shelf.shelf
        self.list.show_shelf(shelf)
        if self._new is not None:
            self.list.choose(self._new)
            self._new = None
        self.empty.setVisible(bool(shelf.versions) and len(shelf.versions) + len(shelf.broken) == 1)
        earlier = shelf.find(shelf.earlier)
        self.go_back.setVisible(isinstance(earlier, ModelVersion))
        if earlier is not None:
            text = filled(self.tr("Recognise with “%1” again"), self._words.name(earlier))
            self.go_back.setToolTip(text)
            self.go_back.setAccessibleDescription(text)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.details.show_model(self.list.current, self._shelf.shelf)
        self._show_use()

    def _show_use(self) -> None:
        """What the live run does with the chosen version, and whether it is behind."""
        chosen, models = self.details.model, self._session.models
        active = self._shelf.shelf.find(self._shelf.shelf.active)
        text = self.tr("Every version is kept. Switching takes a moment, and there is a way back.")
        if models.active is not None and isinstance(active, ModelVersion):
            live = models.active
            if live.folder != active.folder and not models.opening:
                text = self.tr("The live picture is still recognised with “%1”.")
                text = filled(text, live.manifest.name)
        self._subtitle.setText(text)
        if isinstance(chosen, ModelVersion):
            self.details.show_use(
                live=models.active is None or models.active.folder == chosen.folder,
                tried=models.candidate is not None and models.candidate.folder == chosen.folder,
                opening=chosen.folder in models.opening,
            )

    def _switch_on(self) -> None:
        version = self.details.model
        if version is not None:
            self.banner.dismiss()
            self._activation.activate(version.id)

    def _go_back(self) -> None:
        self.banner.dismiss()
        self._activation.go_back()

    def _try_out(self, begin: bool) -> None:
        version = self.details.model
        if not isinstance(version, ModelVersion):
            return
        self.banner.dismiss()
        self._session.try_out(version.folder if begin else None)
        if begin:
            self.live_asked.emit()

    def _take_refusal(self, error: AppError) -> None:
        if self.isVisible():
            self.banner.show_notice(error)
        self._shelf.reload()

    def _take_new(self, model: InstalledModel) -> None:
        self._new = model.id
        self._follow()

    def _say_exported(self, target: Path) -> None:
        self.banner.show_notice(
            AppError(
                self.tr("The model is exported"),
                filled(self.tr("it is in %1"), target),
                self.tr("Import it on this page on another computer."),
            )
        )

    def _ask_what_to_import(self) -> None:
        path = self._dialogs.what_to_import()
        if path is not None:
            self.import_file(path)

    def _ask_where_to_export(self) -> None:
        version = self.details.model
        path = None if version is None else self._dialogs.where_to_export(self._words.name(version))
        if path is not None:
            self.export_to(path)

    def _show_card(self) -> None:
        version = self.details.model
        if isinstance(version, ModelVersion) and version.card_page is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(version.card_page)))

    def _ask_whether_to_remove(self) -> None:
        model = self.details.model
        if model is not None:
            self.question = self._dialogs.whether_to_remove(
                self._words.name(model), lambda: self._remove(model)
            )

    def _remove(self, model: ModelVersion | BrokenModel) -> None:
        tried = self._session.models.candidate
        if isinstance(model, ModelVersion) and tried and tried.folder == model.folder:
            self._session.try_out(None)
        self._shelf.remove(model.id)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addLayout(texts, 1)
        top.addWidget(self.go_back)
        top.addWidget(self.take_in)
        self.list.setFixedWidth(_LIST_WIDTH)
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inside = QVBoxLayout(scrolled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(18)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self.empty)
        centred.addStretch(1)
        inside.addLayout(centred)
        inside.addWidget(self.details)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.list)
        body.addWidget(area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(14)
        layout.addLayout(top)
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)
