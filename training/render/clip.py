"""Rendering the demo clip and writing it with its labels."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.progress import Progress

from gesture_app.core.types import BgrImage
from training.render.background import paint_background
from training.render.camera_effects import CameraEffects
from training.render.clip_script import (
    FPS,
    HEIGHT,
    SHOTS,
    WIDTH,
    Beat,
    Segment,
    Shot,
    beat_frames,
    segments,
)
from training.render.motion import Sway, between_postures, with_idle_motion
from training.render.person import Person, Posture
from training.render.placing import wrist_before_lips
from training.render.pose_table import default_table, settle
from training.render.rotation import frame
from training.render.scene import Camera
from training.render.studio import Setting, Studio
from training.render.video import write_video

BLINK_EVERY_S = 3.1
BLINK_S = 0.24
HANGING = "hanging"
HANGING_AXES = frame((0.1, -1.0, 0.15), (0.9, 0.1, 0.4))
"""A hand at the end of an arm that hangs down, out of the picture."""


def clip_frames(studio: Studio, shots: Sequence[Shot], seed: int) -> Iterator[BgrImage]:
    """All frames in order, uint8 BGR."""
    for number, shot in enumerate(shots):
        yield from _shot_frames(studio, shot, np.random.default_rng([seed, number]))


def write_clip(studio: Studio, folder: Path, seed: int, progress: Progress) -> None:
    """``demo.mp4`` and ``demo.labels.csv`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = segments()
    total = parts[-1].last_frame + 1
    frames = progress.track(
        clip_frames(studio, SHOTS, seed), total=total, description="Rendering the clip"
    )
    write_video(folder / "demo.mp4", frames, FPS, (WIDTH, HEIGHT))
    write_labels(folder / "demo.labels.csv", parts)


def write_labels(path: Path, parts: Sequence[Segment]) -> None:
    """CSV with times in seconds; ``t_end`` is where the last frame ends."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("first_frame", "last_frame", "t_start", "t_end", "label"))
        for part in parts:
            start, end = part.first_frame / FPS, (part.last_frame + 1) / FPS
            row = (part.first_frame, part.last_frame, f"{start:.3f}", f"{end:.3f}", part.label)
            out.writerow(row)


def _shot_frames(studio: Studio, shot: Shot, rng: np.random.Generator) -> Iterator[BgrImage]:
    person = studio.person(shot.shape, shot.look)
    camera = camera_of(person, shot)
    setting = Setting(
        shot.look, shot.lighting, shot.background, camera, CameraEffects(), shot.mirrored
    )
    backdrop = paint_background(shot.background, WIDTH, HEIGHT)
    sway = Sway(rng, 12, (1.6, 5.0))
    for index, posture in enumerate(_postures(person, shot.beats)):
        seconds = index / FPS
        expression = {"smile": shot.smile, "blink": _blink(seconds)}
        alive = with_idle_motion(posture, sway.at(seconds), expression)
        posed = person.pose(alive, mirrored=shot.mirrored)
        yield studio.photograph(posed, setting, backdrop)


def camera_of(person: Person, shot: Shot) -> Camera:
    """The shot's camera at the height of this person's face, on the gesturing hand's side."""
    height = float(person.rest_lips[1])
    side = -1.0 if shot.mirrored else 1.0
    eye, target = (
        (point[0] * side, point[1] + height, point[2])
        for point in (shot.camera.eye, shot.camera.target)
    )
    return replace(shot.camera, eye=eye, target=target)


def _postures(person: Person, beats: Sequence[Beat]) -> Iterator[Posture]:
    previous: Posture | None = None
    for beat in beats:
        goal = _goal(person, beat)
        moving, holding = beat_frames(beat)
        for step in range(moving):
            assert previous is not None, "the first beat of a shot has nothing to move from"
            yield between_postures(previous, goal, (step + 1) / (moving + 1))
        for _ in range(holding):
            yield goal
        previous = goal


def _goal(person: Person, beat: Beat) -> Posture:
    table = default_table()
    name = beat.pose.partition("/")[2]
    entry = next(p for p in table.of(beat.label) if p.name == name)
    axes = HANGING_AXES if beat.view == HANGING else table.views[beat.view].axes
    across, above_lips, forward = beat.wrist
    wrist = np.array([across, above_lips + float(person.rest_lips[1]), forward])
    posture = Posture(settle(entry, entry.hand, person.hand), wrist, axes)
    if beat.at_lips:
        posture = wrist_before_lips(person, posture)
    return Posture(posture.hand, posture.wrist, axes, swivel=person.carry(posture).swivel)


def _blink(seconds: float) -> float:
    phase = (seconds + 1.2) % BLINK_EVERY_S
    return float(np.sin(np.pi * phase / BLINK_S)) if phase < BLINK_S else 0.0
