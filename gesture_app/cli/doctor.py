"""``gesture-app doctor``: what is here, what works, what does not and why, on one screen."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import metadata

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gesture_app import __version__
from gesture_app.app import Application, compose
from gesture_app.cli.display import has_display
from gesture_app.cli.output import print_line
from gesture_app.core.errors import AppError, ModelError
from gesture_app.core.manifest import ModelManifest
from gesture_app.engine.engine_start import EngineStart
from gesture_app.store.hand_model import hand_model_path
from gesture_app.store.settings import load_settings, settings_path
from gesture_app.vision.backends.onnx_offer import check_one_package, installed_packages
from gesture_app.vision.backends.select import merged
from gesture_app.vision.sources import list_cameras

PACKAGES = (
    *("mediapipe", "opencv-contrib-python", "numpy", "PyQt6", "rich", "platformdirs"),
    *("onnx", "safetensors", "filelock"),
)
_OLDEST_PYTHON = (3, 11)


class State(StrEnum):
    """OK, worth knowing, or the app cannot work like this."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: about what, how it stands, and the facts or the reason."""

    topic: str
    state: State
    text: str


def run(args: argparse.Namespace) -> int:
    findings = tuple(examine(compose(args.model)))
    usable = all(finding.state is not State.FAULT for finding in findings)
    if args.json:
        print_line({"usable": usable, "findings": [asdict(finding) for finding in findings]})
    else:
        _print_table(findings, usable)
    return 0 if usable else 1


def examine(app: Application) -> Iterator[Finding]:
    """Everything that a person who asks for help would be asked for."""
    yield _python()
    yield from _packages()
    yield from _onnxruntime()
    yield from _backends(app)
    yield from _gesture_model(app)
    yield _checked("hand model", lambda: _hand_model(app))
    yield from _cameras()
    yield _display()
    yield from _settings(app)
    yield from _folders(app)


def _python() -> Finding:
    state = State.OK if sys.version_info >= _OLDEST_PYTHON else State.FAULT
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    text = f"Gesture Studio {__version__}, Python {platform.python_version()}, {system}"
    return Finding("versions", state, text)


def _packages() -> Iterator[Finding]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding("packages", State.OK, ", ".join(found))
    if missing:
        advice = "run `python3 installer/bootstrap.py`"
        yield Finding("packages", State.FAULT, f"missing: {', '.join(missing)}; {advice}")


def _onnxruntime() -> Iterator[Finding]:
    installed = installed_packages()
    try:
        check_one_package(installed)
    except AppError as error:
        yield Finding("onnxruntime", State.FAULT, str(error))
        return
    text = ", ".join(f"{name} {version}" for name, version in installed.items())
    yield Finding("onnxruntime", State.OK, text)


def _backends(app: Application) -> Iterator[Finding]:
    """What a run starts on first, then the others and why they are not used (yet)."""
    order = app.backend_providers
    try:
        choice = EngineStart(app.load_model(), order, app.engine_cache).explain()
    except ModelError:  # told below; what is installed matters all the same
        for probed in merged(one.probe() for one in order.all):
            yield Finding("back end", State.NOTE, f"{probed.name}: {probed.reason}")
        return
    except AppError as error:
        yield Finding("back end", State.FAULT, str(error))
        return
    active = choice.active
    yield Finding("back end", State.OK, f"{active.name}: available and in use, {active.reason}")
    for other in choice.passed_over:
        answer = "available" if other.available else "not used"
        state = State.OK if other.available else State.NOTE
        yield Finding("back end", state, f"{other.name}: {answer}, {other.reason}")


def _checked(topic: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(topic, State.OK, look())
    except AppError as error:
        return Finding(topic, State.FAULT, str(error))


def _gesture_model(app: Application) -> Iterator[Finding]:
    problems: list[AppError] = []
    yield _checked("gesture model", lambda: _model_card(app.load_model(problems.append).manifest))
    for problem in problems:
        yield Finding("gesture model", State.NOTE, str(problem))


def _model_card(manifest: ModelManifest) -> str:
    metrics = ", ".join(f"{name} {value:g}" for name, value in manifest.metrics.items())
    return (
        f"{manifest.name}: {len(manifest.labels)} labels, {manifest.preprocess.input_size} px, "
        f"threshold {manifest.threshold:g}, {manifest.licence}, sha256 {manifest.sha256[:12]}…"
        + (f"; {metrics}" if metrics else "")
    )


def _hand_model(app: Application) -> str:
    size = len(app.load_hand_model())
    return f"{hand_model_path(app.folders)}, {size / 1e6:.1f} MB, both networks as expected"


def _cameras() -> Iterator[Finding]:
    cameras = list_cameras()
    for camera in cameras:
        yield Finding("camera", State.OK, f"{camera.index}: {camera.name}")
    if not cameras:
        yield Finding("camera", State.NOTE, "none found; the app opens with the demo clip")


def _display() -> Finding:
    if has_display():
        return Finding("display", State.OK, "there is one")
    return Finding("display", State.NOTE, "there is none; the app runs in the terminal")


def _settings(app: Application) -> Iterator[Finding]:
    path = settings_path(app.folders)
    problems = load_settings(path).problems
    for problem in problems:
        yield Finding("settings", State.NOTE, problem)
    if not problems:
        yield Finding("settings", State.OK, str(path) if path.exists() else "all at their defaults")


def _folders(app: Application) -> Iterator[Finding]:
    for name, folder in asdict(app.folders).items():
        # What does not exist yet is made in the nearest folder above it that does.
        existing = next((place for place in (folder, *folder.parents) if place.exists()), folder)
        writable = existing.is_dir() and os.access(existing, os.W_OK)
        state = State.OK if writable else State.NOTE
        yield Finding(f"{name} folder", state, f"{folder}{'' if writable else ', not writable'}")


def _print_table(findings: tuple[Finding, ...], usable: bool) -> None:
    marks = {State.OK: "[green]ok", State.NOTE: "[yellow]note", State.FAULT: "[red]fault"}
    table = Table(box=None, show_header=False, padding=(0, 1))
    last_topic = ""
    for finding in findings:
        topic = "" if finding.topic == last_topic else finding.topic
        table.add_row(marks[finding.state], topic, Text(finding.text, overflow="fold"))
        last_topic = finding.topic
    console = Console()
    console.print(table)
    console.print("Gesture Studio can run here." if usable else "Mend what is marked fault first.")
