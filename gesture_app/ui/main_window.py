"""The window: the rail with its pages and choices on the left, the page beside it."""

from __future__ import annotations

import logging

from PyQt6.QtCore import QByteArray, QEvent, QSize, Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gesture_app.core.errors import AppError
from gesture_app.store.settings import Settings
from gesture_app.ui.background import Background
from gesture_app.ui.banner import Banner
from gesture_app.ui.camera_search import CameraSearch
from gesture_app.ui.choices import Choices
from gesture_app.ui.gesture_collection import GestureCollection
from gesture_app.ui.gestures_page import GesturesPage
from gesture_app.ui.icons import app_icon
from gesture_app.ui.live_page import LivePage
from gesture_app.ui.model_shelf import ModelShelf
from gesture_app.ui.models_page import ModelsPage
from gesture_app.ui.pages import Page, PageStack
from gesture_app.ui.rail import Rail
from gesture_app.ui.record_page import RecordPage
from gesture_app.ui.review_page import ReviewPage
from gesture_app.ui.services import WindowServices
from gesture_app.ui.session import LiveSession
from gesture_app.ui.settings_page import SettingsPage
from gesture_app.ui.theme import Appearance
from gesture_app.ui.thumbnails import Thumbnails
from gesture_app.ui.train_page import TrainPage
from gesture_app.ui.translation import Translation
from gesture_app.vision.sources import SourceKind, SourceSpec

MINIMUM_SIZE = QSize(900, 600)
_DEFAULT_SIZE = QSize(1180, 760)
_SEARCH_TIMEOUT_S = 0.3
_WORK_TIMEOUT_S = 1.0

_log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Puts the parts together and knows the ways between the pages."""

    def __init__(
        self,
        services: WindowServices,
        settings: Settings,
        appearance: Appearance,
        translation: Translation,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._choices = Choices(services.settings, settings, appearance, translation, self)
        self._search = CameraSearch(services.list_cameras, self)
        self._background = Background(self)
        self._unchanged: AppError | None = None
        self._of_training: AppError | None = None
        teaching = services.teaching
        self.session = LiveSession(services, self)
        self.collection = GestureCollection(
            teaching.store, teaching.base_labels, teaching.features_cache, self._background, self
        )
        self.thumbnails = Thumbnails(teaching.store, parent=self)
        self.rail = Rail(appearance)
        self.banner = Banner(appearance)
        self.pages = PageStack()
        self.live = LivePage(appearance, self.session, self._search, services.model_name)
        self.gestures = GesturesPage(appearance, self.collection, self.thumbnails, self._background)
        self.settings = SettingsPage(appearance, settings, services.folders)
        self.record = RecordPage(
            appearance, self.session, self._search, self.collection, teaching.training_command
        )
        self.review = ReviewPage(
            appearance, self.collection, self.thumbnails, self._background, teaching.open_model
        )
        self.train = TrainPage(
            appearance, self.collection, self.session, teaching, self._background, self.thumbnails
        )
        shelf = ModelShelf(teaching.library, teaching.active, self._background, self)
        self.models = ModelsPage(
            appearance, shelf, self.train.activation, self.session, self.thumbnails
        )
        self._lay_out()
        self._connect()
        self._connect_choices()
        self._connect_pages()
        self._set_mirrored(settings.mirror)
        self._restore_geometry(settings.window_geometry)
        self.retranslate()
        self.collection.reload()

    def start(self, source: SourceSpec | None, notice: AppError | None) -> None:
        """Open the first source and say what is to be said about it."""
        self._search.start()
        if source is not None:
            self.live.open(source)
        if notice is not None:
            self.live.banner.show_notice(notice)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Gesture Studio"))
        self.pages.setAccessibleName(self.tr("Page"))
        self.banner.retranslate()
        self.collection.retranslate()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        # Here and not as shortcuts, which would take these keys from what has the focus.
        if event is not None and not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_Space and self.pages.page is Page.LIVE:
                self.live.toggle_pause()
                return
            if event.key() == Qt.Key.Key_Escape:
                self.pages.go_back()
                return
        super().keyPressEvent(event)

    def end(self) -> None:
        """Close without asking anything: the terminal or the system wants the program to end."""
        self.train.agree_to_close()
        self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if event is not None and not self.train.may_close(self.close):
            event.ignore()
            return
        # Gone from the screen first; the threads then have their moment to end.
        self.hide()
        for page in (self.gestures, self.record, self.review, self.train):
            page.shut_down()
        if not self.session.close():
            _log.warning("The source did not let go in time and ends with the program")
        self._search.close(_SEARCH_TIMEOUT_S)
        self.thumbnails.close()
        if not self._background.close(_WORK_TIMEOUT_S):
            _log.warning("A disk did not answer in time")
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._choices.close(geometry)
        super().closeEvent(event)

    def _lay_out(self) -> None:
        for page, widget in (
            (Page.LIVE, self.live),
            (Page.GESTURES, self.gestures),
            (Page.TRAIN, self.train),
            (Page.MODELS, self.models),
            (Page.SETTINGS, self.settings),
            (Page.RECORD, self.record),
            (Page.REVIEW, self.review),
        ):
            self.pages.add(page, widget)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        layout.addLayout(column, 1)
        self.setCentralWidget(body)
        self.banner.setProperty("place", "window")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(MINIMUM_SIZE)
        # The keyboard starts on the window itself: Space pauses, Tab goes to the first control.
        body.setFocus()

    def _connect(self) -> None:
        changed = self._appearance.changed
        for tint in (
            self.banner.tint,
            self.rail.tint,
            self.live.tint,
            self.gestures.tint,
            self.train.tint,
            self.models.tint,
            self.settings.tint,
            self.record.tint,
            self.review.tint,
        ):
            changed.connect(tint)
        for failed in (
            self._choices.failed,
            self._background.failed,
            self.settings.problem,
            self.review.problem,
        ):
            failed.connect(self.banner.show_notice)
        self.collection.failed.connect(self._say_unchanged)
        self.train.noticed.connect(self._say_of_training)
        self.collection.changed.connect(self._follow_collection)
        self.train.activation.failed.connect(self.live.banner.show_notice)
        self.live.candidate_chosen.connect(self.train.activation.activate_candidate)

    def _connect_choices(self) -> None:
        self.settings.language_chosen.connect(self._choices.choose_language)
        self.settings.theme_chosen.connect(self._choices.choose_theme)
        self.settings.camera_chosen.connect(self._choose_camera)
        self.settings.share_chosen.connect(self._choose_share)
        for mirror_changed in (self.live.mirror_changed, self.settings.mirror_changed):
            mirror_changed.connect(self._set_mirrored)
        for source_chosen in (self.live.source_chosen, self.record.source_chosen):
            source_chosen.connect(self._choose_source)

    def _connect_pages(self) -> None:
        self.rail.page_chosen.connect(self.pages.show_page)
        self.pages.shown.connect(self._follow_page)
        for page in (self.gestures, self.train, self.review):
            page.record_asked.connect(self._record)
        for review_asked in (self.gestures.review_asked, self.record.review_asked):
            review_asked.connect(self._review)
        for back in (self.record.back, self.review.back):
            back.connect(self.pages.go_back)
        for asked, target in (
            (self.gestures.train_asked, Page.TRAIN),
            (self.record.train_asked, Page.TRAIN),
            (self.train.gestures_asked, Page.GESTURES),
            (self.models.gestures_asked, Page.GESTURES),
            (self.train.live_asked, Page.LIVE),
            (self.models.live_asked, Page.LIVE),
        ):
            asked.connect(lambda target=target: self.pages.show_page(target))

    def _record(self, label: str) -> None:
        self.record.show_gesture(label)
        self.pages.show_page(Page.RECORD)

    def _review(self, label: str) -> None:
        self.review.show_gesture(label)
        self.pages.show_page(Page.REVIEW)

    def _say_unchanged(self, problem: AppError) -> None:
        """Until a change succeeds."""
        self._unchanged = problem
        self.banner.show_notice(problem)

    def _say_of_training(self, notice: AppError) -> None:
        """Until its page is opened, which says more."""
        self._of_training = notice
        self.banner.show_notice(notice)

    def _follow_page(self, page: Page) -> None:
        self.rail.show_page(self.pages.rail_page)
        if page is Page.TRAIN:
            self.banner.withdraw(self._of_training)

    def _follow_collection(self) -> None:
        """Names and switches of gestures hold at once in the live run."""
        self.banner.withdraw(self._unchanged)
        if self.collection.loaded:
            self.session.switch_off(self.collection.switched_off)
        own = (entry for entry in self.collection.entries if not entry.built_in)
        self.live.set_own_names({entry.label: entry.name for entry in own})

    def _choose_source(self, spec: SourceSpec) -> None:
        self.live.open(self._choices.configured(spec))
        self._choices.keep_source(spec)

    def _choose_camera(self, width: int, height: int, fps: float) -> None:
        """Also of the camera in use, at once."""
        self._choices.keep_camera(width, height, fps)
        spec = self.session.state.spec
        if spec is not None and spec.kind is SourceKind.CAMERA:
            self.live.open(self._choices.configured(spec))

    def _choose_share(self, percent: int) -> None:
        self.session.set_share(percent / 100)
        self._choices.keep_share(percent)

    def _set_mirrored(self, mirrored: bool) -> None:
        self.live.set_mirrored(mirrored)
        self.record.set_mirrored(mirrored)
        self.settings.set_mirrored(mirrored)
        self._choices.keep_mirrored(mirrored)

    def _restore_geometry(self, saved: str) -> None:
        geometry = QByteArray.fromBase64(saved.encode("ascii", "ignore"))
        # What cannot be read, or lies outside every screen, is ignored by Qt.
        if not self.restoreGeometry(geometry):
            self.resize(_DEFAULT_SIZE)
