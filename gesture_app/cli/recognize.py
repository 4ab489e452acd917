"""``gesture-app recognize``: gestures in pictures, folders and videos."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from gesture_app.app import Application, compose
from gesture_app.cli.output import error_line, frame_line, print_error, print_line
from gesture_app.core.errors import AppError, ModelError, SourceError
from gesture_app.core.types import Frame, FrameResult
from gesture_app.engine.pipeline import GesturePipeline
from gesture_app.store.sample_layout import finished_model
from gesture_app.vision.sources import SourceKind, SourceSpec
from gesture_app.vision.sources.pictures import is_picture, read_picture
from gesture_app.vision.sources.video import is_video


def run(args: argparse.Namespace) -> int:
    app = compose(_model_folder(args), args.gesture_set)
    report = _JsonReport() if args.json else _ReadableReport()
    with closing(Recognition(app)) as recognition:
        for path, error in find_files(args.paths):
            if error is not None:
                report.add_error(path, error)
                continue
            try:
                for result in recognition.of_file(path):
                    report.add(path, result)
            except SourceError as failed:
                report.add_error(path, failed)
    return 1 if report.errors else 0


def _model_folder(args: argparse.Namespace) -> Path | None:
    """The model asked for; None for the active one.

    Raises:
        ModelError: the set that was asked for has none.
    """
    if args.gesture_set is None:
        model: Path | None = args.model
        return model
    if args.model is not None:
        raise ModelError(
            "It is not clear which model to recognise with",
            "--set and --model name one each",
            "Leave one of them out.",
        )
    folder = finished_model(args.gesture_set)
    if folder is None:
        raise ModelError(
            "There is no model to recognise with",
            f"{args.gesture_set} has none",
            "Make one with `gesture-app teach --out SET`.",
        )
    return folder


class Recognition:
    """Recognises files with pipelines that are opened when the first file needs them."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._for_pictures: GesturePipeline | None = None

    def of_file(self, path: Path) -> Iterator[FrameResult]:
        """One result for a picture, one per frame for a video.

        Raises:
            SourceError: the file cannot be read (any more).
            ModelError, BackendError: nothing can be recognised here at all.
        """
        if is_video(path):
            yield from self._of_video(path)
            return
        try:
            bgr = read_picture(path)
        except SourceError:
            if is_picture(path):
                raise
            # Named by the user whatever its suffix: perhaps a video.
            yield from self._of_video(path)
            return
        yield self._of_picture(Frame(0, 0.0, time.perf_counter_ns(), bgr))

    def close(self) -> None:
        if self._for_pictures is not None:
            self._for_pictures.close()

    def _of_picture(self, frame: Frame) -> FrameResult:
        if self._for_pictures is None:
            self._for_pictures = self._app.open_pipeline(video=False, notify=print_error)
        result = self._for_pictures.step(frame)
        # Pictures have nothing to do with each other.
        self._for_pictures.end_gestures(frame.media_ms)
        return result

    def _of_video(self, path: Path) -> Iterator[FrameResult]:
        spec = SourceSpec(SourceKind.FILE, str(path))
        # A pipeline for each video: detector and tracker live on its clock.
        with (
            closing(self._app.open_source(spec)) as source,
            closing(self._app.open_pipeline(video=True, notify=print_error)) as pipeline,
        ):
            while (frame := source.read()) is not None:
                yield pipeline.step(frame)


def find_files(paths: Iterable[str]) -> Iterator[tuple[Path, SourceError | None]]:
    """All files to recognise, as absolute paths in order, and why there is none under a path.

    Folders are walked and give their pictures and videos, sorted; links to folders are not
    followed. A file that was named is taken whatever it is called.
    """
    for text in paths:
        path = Path(text).expanduser().absolute()
        if not path.is_dir():
            yield path, None
            continue
        found = _walk(path)
        if not found:
            yield (
                path,
                SourceError(
                    f"There is nothing to recognise in {path.name}",
                    "it holds no picture and no video, or cannot be read",
                    "Name another folder or a file.",
                ),
            )
        yield from ((file, None) for file in found)


def _walk(folder: Path) -> list[Path]:
    return sorted(
        Path(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if is_picture(Path(name)) or is_video(Path(name))
    )


class _JsonReport:
    def __init__(self) -> None:
        self.errors = 0

    def add(self, path: Path, result: FrameResult) -> None:
        print_line(frame_line(path, result))

    def add_error(self, path: Path, error: AppError) -> None:
        self.errors += 1
        print_line(error_line(path, error))


class _ReadableReport(_JsonReport):
    """One line per picture or frame: file, frame, time, and each hand with its gesture."""

    def add(self, path: Path, result: FrameResult) -> None:
        hands = ", ".join(
            f"{hand.hand.handedness} {hand.prediction.gesture} {hand.prediction.prob:.2f}"
            for hand in result.hands
        )
        frame = result.frame
        self._print(f"{path.name:<40} {frame.index:>6} {frame.media_ms / 1000:>8.2f} s  {hands}")

    def add_error(self, path: Path, error: AppError) -> None:
        self.errors += 1
        self._print(f"{path}: {error}")

    def _print(self, text: str) -> None:
        # File names may hold what the terminal's encoding cannot show.
        print(text.encode(errors="backslashreplace").decode(), flush=True)
