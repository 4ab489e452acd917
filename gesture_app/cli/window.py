"""``gesture-app`` without a command: the window, or what comes closest to it on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gesture_app.app import camera_spec, compose, run_window
from gesture_app.cli.display import has_display
from gesture_app.cli.output import print_error
from gesture_app.cli.watch import play_once, watch
from gesture_app.core.errors import AppError
from gesture_app.store.settings import Settings
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
    route = choose_route(args.source, app.settings.load(), has_display(), list_cameras)
    if route.window:
        return run_window(app, route.source, route.notice)
    if route.notice is not None:
        print_error(route.notice)
    source = route.source if args.source else play_once(app, route.source)
    return watch(app, source, as_json=False)


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
    if remembered is None:
        return Route(True, camera_spec(settings, first))
    known = {name for camera in cameras for name in (camera.name, str(camera.index))}
    if remembered.target in known:
        return Route(True, camera_spec(settings, remembered.target))
    notice = AppError(
        f"{first} is used",
        f"the camera used last, {remembered.target}, was not found",
        "Plug it in and choose it as the source.",
    )
    return Route(True, camera_spec(settings, first), notice)


def _for_window(spec: SourceSpec, settings: Settings) -> SourceSpec:
    """Cameras as the settings ask for them; files at their own speed, for people to look at."""
    if spec.kind is SourceKind.CAMERA:
        return camera_spec(settings, spec.target)
    return replace(spec, paced=True)
