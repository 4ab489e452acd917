"""Contact sheets: many rendered pictures on one page, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from rich.progress import Progress

from gesture_app.core.types import BgrImage
from training.render.background import Background
from training.render.camera_effects import CameraEffects
from training.render.clip_script import FPS, SHOTS
from training.render.draw_scene import Framing, camera_for
from training.render.hand_model import HandPose
from training.render.person import Posture
from training.render.placing import easy_wrist, wrist_before_lips
from training.render.pose_table import HAGRID_GESTURES, PoseEntry, default_table, settle
from training.render.stills import (
    LABEL_CYCLE,
    REACH_HIGH,
    REACH_LOW,
    draw_spec,
    render_still,
)
from training.render.studio import Setting, Studio

STILLS_ON_SHEET = 40
LARGEST_BYTES = 150_000
_FRAMING = Framing(0.62, (0.0, -0.1), yaw=0.0, pitch=0.0, roll=0.0, fov=34.0)


def write_sheets(
    studio: Studio, folder: Path, seed: int, clip: Path | None, progress: Progress
) -> None:
    """``gestures.jpg`` (each gesture by three views), ``stills.jpg`` and, with ``clip``,
    ``clip.jpg`` (one picture a second) in ``folder``; none larger than `LARGEST_BYTES`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = progress.track(HAGRID_GESTURES, description="Gestures by three views")
    gestures = [picture for label in rows for picture in _three_views(studio, label)]
    save_sheet(folder / "gestures.jpg", gestures, columns=9, width=140)
    numbers = progress.track(range(STILLS_ON_SHEET), description="Random stills")
    stills = [_titled(studio, seed, number) for number in numbers]
    save_sheet(folder / "stills.jpg", stills, columns=8, width=160)
    if clip is not None:
        save_sheet(folder / "clip.jpg", _every_second(clip), columns=6, width=200)


def save_sheet(path: Path, pictures: Sequence[BgrImage], *, columns: int, width: int) -> None:
    """Pictures in rows, scaled to ``width`` pixels, as the best JPEG that is small enough."""
    tiles = [_tile(picture, width) for picture in pictures]
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    sheet = np.vstack(rows)
    for quality in (85, 75, 65, 55, 45, 35):
        _, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if data.nbytes <= LARGEST_BYTES:
            break
    path.write_bytes(data.tobytes())


def _tile(picture: BgrImage, width: int) -> BgrImage:
    height = round(width * picture.shape[0] / picture.shape[1])
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _three_views(studio: Studio, label: str) -> list[BgrImage]:
    """The first variants of a gesture from the first views, on three different people."""
    table = default_table()
    entries = table.of(label)
    pictures = []
    for number in range(3):
        entry = entries[number % len(entries)]
        view = entry.views[number % len(entry.views)]
        picture = _one_view(studio, entry, view, number)
        margin = (picture.shape[1] - picture.shape[0]) // 2
        middle = picture[:, margin : margin + picture.shape[0]]
        pictures.append(_labelled(middle, label, scale=1.3))
    return pictures


def _one_view(studio: Studio, entry: PoseEntry, view: str, number: int) -> BgrImage:
    shot = SHOTS[number]
    look = replace(shot.look, clothes=replace(shot.look.clothes, sleeve=1.7))
    person = studio.person(shot.shape, look)
    hand: HandPose = settle(entry, entry.hand, person.hand)
    lips = np.array([0.0, person.rest_lips[1], 0.0])
    posture = Posture(hand, np.array([2.0, -1.7, 3.0]) + lips, default_table().views[view].axes)
    if view.startswith("lips"):
        posture = wrist_before_lips(person, posture)
    else:
        rng = np.random.default_rng(number)
        posture = easy_wrist(person, posture, rng, REACH_LOW + lips, REACH_HIGH + lips)
    posed = person.pose(posture, mirrored=shot.mirrored)
    camera = camera_for(_FRAMING, posed.joints)
    wall = Background("plain", 3 + number, 3.0, 0.95)
    setting = Setting(look, shot.lighting, wall, camera, CameraEffects(), shot.mirrored)
    return studio.photograph(posed, setting)


def _titled(studio: Studio, seed: int, number: int) -> BgrImage:
    spec = draw_spec(LABEL_CYCLE[number % len(LABEL_CYCLE)], seed, number)
    return _labelled(render_still(studio, spec).picture, spec.hand.label, scale=1.4)


def _labelled(picture: BgrImage, text: str, *, scale: float) -> BgrImage:
    out = picture.copy()
    place = (8, int(30 * scale))
    for color, thickness in (((0, 0, 0), 7), ((255, 255, 255), 2)):
        cv2.putText(
            out, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, color, thickness, cv2.LINE_AA
        )
    return out


def _every_second(clip: Path) -> list[BgrImage]:
    """Raises: OSError if the clip cannot be read."""
    video = cv2.VideoCapture(str(clip))
    pictures: list[BgrImage] = []
    index = 0
    while True:
        there, bgr = video.read()
        if not there:
            break
        if index % FPS == FPS // 2:
            pictures.append(np.asarray(bgr, np.uint8))
        index += 1
    video.release()
    if not pictures:
        raise OSError(f"{clip} is not a readable video")
    return pictures
