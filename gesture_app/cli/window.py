"""``gesture-app`` without a command: the window, or what comes closest to it on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gesture_app.app import as_configured, compose
from gesture_app.app_window import run_window
from gesture_app.cli.display import has_display
from gesture_app.cli.output import print_error
from gesture_app.cli.watch import play_once, watch
from gesture_app.core.errors import AppError
from gesture_app.store.settings import LoadedSettings, Settings, load_settings, settings_path
from gesture_app.vision.sources import (
    CameraInfo,
    SourceKind,
    SourceSpec,
    list_cameras,
    parse_source,
)

DEMO = SourceSpec(SourceKind.DEMO, paced=True, loop=True)

NO_DISPLAY = AppError(
    "The app runs in the terminal",
    "there is no display that a window could be opened on",
    "Start it on a desktop to see the window; `gesture-app watch --source 0` reads a camera here.",
)
NO_CAMERA = AppError(
    "The demo clip plays",
    "no camera was found",
    "Plug a camera in and choose it as the source, or open a file.",
)


@dataclass(frozen=True, slots=True)
class Route:
    """Where to go, with which source, and what the person should know about it.

    Attributes:
        window: True for the window, False for the terminal.
        notice: why it is not what one would expect, or None.
    """

    window: bool
    source: SourceSpec
    notice: AppError | None = None


def run(args: argparse.Namespace) -> int:
    app = compose(args.model)
    loaded = load_settings(settings_path(app.folders))
    route = choose_route(args.source, loaded.settings, has_display(), list_cameras)
    notice = route.notice or _about_settings(loaded)
    if route.window:
        return run_window(app, route.source, notice)
    if notice is not None:
        print_error(notice)
    source = route.source if args.source else play_once(app, route.source)
    return watch(app, source, as_json=False)


def _about_settings(loaded: LoadedSettings) -> AppError | None:
    if not loaded.problems:
        return None
    return AppError(
        "Some settings are at their defaults",
        " ".join(loaded.problems).rstrip("."),
        "Choose them again.",
    )


def choose_route(
    requested: str | None,
    settings: Settings,
    display: bool,
    find_cameras: Callable[[], Sequence[CameraInfo]],
) -> Route:
    """Decide what opens.

    A source that was asked for is opened whatever it is, and says itself what is wrong with it.
    Otherwise a window opens the source used last, or the first camera, or else the demo; a
    terminal plays the demo.

    Args:
        requested: the source named on the command line.
        find_cameras: asked only if it matters, since it can take seconds.

    Raises:
        SourceError: an empty text was requested.
    """
    if not display:
        return Route(False, parse_source(requested) if requested else DEMO, NO_DISPLAY)
    if requested is not None:
        return Route(True, _for_window(parse_source(requested), settings))
    remembered = parse_source(settings.source) if settings.source.strip() else None
    if remembered is not None and remembered.kind is not SourceKind.CAMERA:
        return Route(True, _for_window(remembered, settings))
    return _with_camera(remembered, settings, find_cameras())


def _with_camera(
    remembered: SourceSpec | None, settings: Settings, cameras: Sequence[CameraInfo]
) -> Route:
    if not cameras:
        return Route(True, DEMO, NO_CAMERA)
    first = cameras[0].name
    known = {name for camera in cameras for name in (camera.name, str(camera.index))}
    notice = None
    if remembered is None:
        target = first
    elif remembered.target in known:
        target = remembered.target
    else:
        target = first
        notice = AppError(
            f"{first} is used",
            f"the camera used last, {remembered.target}, was not found",
            "Plug it in and choose it as the source.",
        )
    return Route(True, as_configured(SourceSpec(SourceKind.CAMERA, target), settings), notice)


def _for_window(spec: SourceSpec, settings: Settings) -> SourceSpec:
    """Cameras as the settings ask for them; files at their own speed, for people to look at."""
    return replace(as_configured(spec, settings), paced=spec.kind is not SourceKind.CAMERA)
