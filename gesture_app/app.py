"""The composition root: the one place that knows which concrete classes make up the application.

A run comes about in this order, each step on the thread that will own what it makes:

1. `compose`: the user's folders and the model's folder are named; nothing is read.
2. `Application.make_runner`: two threads are prepared; the caller returns at once.
3. `Application.open_pipeline`, on the inference thread: the model is read and its hash checked, a
   back end is chosen and warmed up, then the hand detector is loaded.
4. `Application.open_source`, on the capture thread, meanwhile: the camera is opened.

Commands get what they need from here, the window through `app_window`, and never construct it
themselves. MediaPipe, ONNX Runtime and Qt are imported by those who use them, so that
`gesture-app --help` needs none.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gesture_app.core.errors import SampleError
from gesture_app.core.manifest import ModelManifest
from gesture_app.core.tracker import TrackerRules
from gesture_app.store.engine_cache import EngineCache
from gesture_app.store.gesture_set import load_gesture_set
from gesture_app.store.hand_model import hand_model_path, load_hand_model
from gesture_app.store.library import ModelLibrary
from gesture_app.store.library_active import ActiveModel
from gesture_app.store.models import LoadedModel, load_model
from gesture_app.store.paths import (
    UserFolders,
    assets_dir,
    gesture_set_folder,
    models_folder,
    user_folders,
)
from gesture_app.store.settings import Settings, SettingsFile, settings_path
from gesture_app.vision.backends.onnx_offer import check_one_package, installed_packages
from gesture_app.vision.backends.select import ProviderOrder, known_providers
from gesture_app.vision.network_check import check_networks
from gesture_app.vision.sources import (
    FrameSource,
    Notify,
    SourceKind,
    SourceSpec,
    log_notice,
    open_source,
)
from gesture_app.vision.sources.video import Playback, open_video

if TYPE_CHECKING:
    from gesture_app.engine.model_switch import ModelSwitch
    from gesture_app.engine.pipeline import GesturePipeline
    from gesture_app.engine.recognition import ReadyModel
    from gesture_app.engine.runner import PipelineRunner, RunnerListener
    from gesture_app.vision.hands import HandDetector

END_MARGIN = -0.1
"""A gesture ends when "no gesture" has become clearly likelier than it. Until then it is merely
less sure: in dim light its probability wanders, and ending at once would start it again."""

LEAST_HYSTERESIS = 0.25
"""For models whose threshold is itself that low."""


@dataclass(frozen=True, slots=True)
class Application:
    """Builds the parts of the application.

    Attributes:
        folders: of the user.
        bundled_model: folder of the gesture model that comes with the app.
        demo_clip: plays where there is no camera.
        model_folder: use the model in this folder, whichever is active in the library.
        gesture_set: folder of the set whose switched-off gestures count; without one, none do for
            ``model_folder``, and those of the user's own set for a model of the library.
    """

    folders: UserFolders
    bundled_model: Path
    demo_clip: Path
    model_folder: Path | None = None
    gesture_set: Path | None = None

    @property
    def settings(self) -> SettingsFile:
        return SettingsFile(settings_path(self.folders))

    @property
    def engine_cache(self) -> EngineCache:
        return EngineCache(self.folders.cache / "engines")

    @property
    def backend_providers(self) -> ProviderOrder:
        return known_providers(self.engine_cache)

    @property
    def training_command(self) -> tuple[str, ...]:
        """Program and first arguments of ``gesture-train``, which is never imported."""
        return sys.executable, "-m", "training"

    @property
    def library(self) -> ModelLibrary:
        return ModelLibrary(models_folder(self.folders), self.bundled_model, check_networks)

    @property
    def active_model(self) -> ActiveModel:
        return ActiveModel(self.library)

    def load_model(self, notify: Notify = log_notice) -> LoadedModel:
        """The model to use: the one asked for, or else the active one of the library.

        Args:
            notify: told if the active one is broken and the bundled one is used instead.

        Raises:
            ModelError: the one asked for is broken, or the bundled one is too.
        """
        if self.model_folder is not None:
            return load_model(self.model_folder)
        model, problem = self.active_model.load()
        if problem is not None:
            notify(problem)
        return model

    def switched_off(self, notify: Notify = log_notice) -> frozenset[str]:
        """Labels that count as no gesture.

        Args:
            notify: told if it cannot be read which ones they are; none is switched off then.
        """
        root = self.gesture_set
        if root is None and self.model_folder is None:
            root = gesture_set_folder(self.folders)
        try:
            return frozenset() if root is None else load_gesture_set(root).switched_off
        except SampleError as error:
            notify(error)
            return frozenset()

    def load_hand_model(self) -> bytes:
        """Raises: ModelError: it has to be fetched with ``gesture-app setup`` first."""
        return load_hand_model(hand_model_path(self.folders))

    def open_detector(self, *, video: bool) -> HandDetector:
        """Raises: ModelError."""
        from gesture_app.vision.attention import AttentiveHands
        from gesture_app.vision.mediapipe_hands import MediaPipeHands

        detector = MediaPipeHands(self.load_hand_model(), video=video)
        return AttentiveHands(detector) if video else detector

    def open_mediapipe(self) -> HandDetector:
        """MediaPipe alone, on a stream: what the benchmark measures against. Raises: ModelError."""
        from gesture_app.vision.mediapipe_hands import MediaPipeHands

        return MediaPipeHands(self.load_hand_model(), video=True, alone=True)

    def open_model(self, model: LoadedModel, notify: Notify, *, upgrades: bool) -> ReadyModel:
        """A model on a back end that runs at once. The caller closes it.

        Args:
            notify: told when a back end has failed and another one has taken over.
            upgrades: look for a better engine in the background.

        Raises:
            ModelError: a file of the model was altered.
            BackendError: nothing here can run it.
        """
        from gesture_app.engine.engine_start import EngineStart
        from gesture_app.engine.recognition import ReadyModel
        from gesture_app.vision.classifier import GestureClassifier

        start = EngineStart(model, self.backend_providers, self.engine_cache)
        backend = start.open(notify, upgrades=upgrades)
        classifier = GestureClassifier(backend, model.manifest)
        return ReadyModel(
            model.folder, classifier, tracker_rules(model.manifest), lambda: backend.choice
        )

    def open_pipeline(
        self,
        *,
        video: bool = True,
        notify: Notify = log_notice,
        upgrades: bool = True,
        switch: ModelSwitch | None = None,
    ) -> GesturePipeline:
        """The whole recognition. The calling thread owns it and closes it.

        Args:
            video: True for frames that follow each other, False for single pictures.
            notify: told what is not as it was chosen.
            upgrades: look for a better engine while frames come; single pictures never do.
            switch: brings other models while frames come.

        Raises:
            ModelError: a model is missing, altered or does not fit.
            BackendError: nothing here can run the gesture model.
        """
        from gesture_app.engine.pipeline import GesturePipeline

        check_one_package(installed_packages())

        def open_default() -> ReadyModel:
            return self.open_model(self.load_model(notify), notify, upgrades=video and upgrades)

        model = open_default() if switch is None else switch.open_first(open_default)
        try:
            off = self.switched_off(notify)
            detector = self.open_detector(video=video)
        except BaseException:
            model.close()  # ends its thread, which would keep the program alive
            raise
        return GesturePipeline(detector, model, switch, off=off, reuse_still=video)

    def make_switch(self, notify: Notify) -> ModelSwitch:
        """For one run: brings it other models, a candidate on what starts at once."""
        from gesture_app.engine.model_switch import ModelSwitch, Role

        def open_model(folder: Path, role: Role) -> ReadyModel:
            return self.open_model(load_model(folder), notify, upgrades=role is Role.ACTIVE)

        return ModelSwitch(open_model)

    def open_source(self, spec: SourceSpec, notify: Notify = log_notice) -> FrameSource:
        """Raises: SourceError."""
        return open_source(spec, self.demo_clip, notify)

    def open_as_camera(self, clip: Path) -> FrameSource:
        """A video, once, at its own speed and live: nobody waits for it. Raises: SourceError."""
        return open_video(clip, Playback(paced=True, live=True), log_notice)

    def make_runner(self, spec: SourceSpec, listener: RunnerListener) -> PipelineRunner:
        """A runner that is not started yet; what fails later, the listener hears."""
        from gesture_app.engine.allowance import ProcessorAllowance
        from gesture_app.engine.runner import PipelineRunner

        switch = self.make_switch(listener.on_notice)
        return PipelineRunner(
            lambda: self.open_source(spec, listener.on_notice),
            lambda: self.open_pipeline(notify=listener.on_notice, switch=switch),
            listener,
            ProcessorAllowance(self.settings.load().processor_percent / 100),
            switch,
        )


def compose(model_folder: Path | None = None, gesture_set: Path | None = None) -> Application:
    """The application for this user and machine.

    Args:
        model_folder: use the model in this folder instead of the library's active one.
        gesture_set: folder of the set whose switched-off gestures count, see `Application`.

    Raises:
        AppError: the app's own files are missing.
    """
    assets = assets_dir()
    bundled = assets / "models" / "default"
    demo = assets / "demo" / "demo.mp4"
    return Application(user_folders(), bundled, demo, model_folder, gesture_set)


def tracker_rules(manifest: ModelManifest) -> TrackerRules:
    """How the tracker treats this model's probabilities."""
    return TrackerRules(
        labels=manifest.labels,
        no_gesture_index=manifest.no_gesture_index,
        start_margin=manifest.threshold,
        end_margin=min(END_MARGIN, manifest.threshold - LEAST_HYSTERESIS),
    )


def as_configured(spec: SourceSpec, settings: Settings) -> SourceSpec:
    """A camera with the size and rate that the settings ask for; other sources as they are."""
    if spec.kind is not SourceKind.CAMERA:
        return spec
    return replace(
        spec,
        width=settings.camera_width,
        height=settings.camera_height,
        fps=settings.camera_fps,
    )
