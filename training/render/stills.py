"""Rendering labelled stills into folders, with everything that was drawn in a JSON Lines file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.progress import Progress

from gesture_app.core.types import NO_GESTURE, BgrImage
from training.render.background import Background
from training.render.body import BodyShape
from training.render.camera_effects import CameraEffects
from training.render.draw_hand import HandDraw, Place, draw_hand
from training.render.draw_person import draw_look, draw_shape
from training.render.draw_scene import (
    Framing,
    camera_for,
    draw_background,
    draw_effects,
    draw_framing,
    draw_lighting,
)
from training.render.person import PosedPerson, Posture
from training.render.placing import easy_wrist, wrist_before_lips, wrist_near_face
from training.render.pose_table import HAGRID_GESTURES, default_table
from training.render.rotation import Array
from training.render.scene import Camera, Lighting, Look
from training.render.studio import Setting, Studio
from training.render.thumb_contact import settle_thumb

LABEL_CYCLE = (*HAGRID_GESTURES, *[NO_GESTURE] * 4)
"""Labels take turns, so that any run of stills is balanced."""

REACH_LOW, REACH_HIGH = np.array([0.9, -3.0, 1.9]), np.array([3.0, -0.4, 3.8])
"""Box for the wrist in decimetres from the lips' height: before the body, at the hand's side."""

JPEG_QUALITY = 92


@dataclass(frozen=True, slots=True)
class StillSpec:
    """Everything that is drawn for one still; the same spec gives the same picture."""

    hand: HandDraw
    mirrored: bool
    shape: BodyShape
    look: Look
    lighting: Lighting
    background: Background
    framing: Framing
    effects: CameraEffects
    head: tuple[float, float, float]
    expression: dict[str, float]
    placing_seed: int


@dataclass(frozen=True, slots=True)
class Still:
    """A rendered spec.

    Attributes:
        picture: uint8 BGR.
        joints: float64 (21, 2), the rig's joints in pixels, in MediaPipe's order. They differ from
            MediaPipe's own points by several pixels: no ground truth for landmarks.
    """

    picture: BgrImage
    joints: Array
    posed: PosedPerson
    camera: Camera


def draw_spec(label: str, seed: int, index: int) -> StillSpec:
    """All random choices for still ``index`` of a run; needs no mesh and no renderer.

    Raises:
        KeyError: no pose has that label.
    """
    rng = np.random.default_rng([seed, index])
    hand = draw_hand(label, default_table(), rng)
    mirrored = bool(rng.random() < 0.5)
    shape = draw_shape(rng)
    nod, turn, tilt = rng.normal(0, (5, 9, 4))
    look = draw_look(rng, shape)
    return StillSpec(
        hand,
        mirrored,
        shape,
        look,
        draw_lighting(rng, look.skin.back),
        draw_background(rng),
        draw_framing(rng, mirrored=mirrored),
        draw_effects(rng),
        head=(float(nod), float(turn), float(tilt)),
        expression={
            "smile": float(rng.uniform(0, 0.6)),
            "blink": float(rng.random() < 0.08),
            "brows-up": float(rng.uniform(0, 0.4)),
        },
        placing_seed=int(rng.integers(2**31)),
    )


def render_still(studio: Studio, spec: StillSpec) -> Still:
    """Fit the spec to a body, place the hand, look at it through the camera."""
    person = studio.person(spec.shape, spec.look)
    hand = settle_thumb(person.hand, spec.hand.pose, spec.hand.contact)
    start = np.array([1.9, person.rest_lips[1] - 1.8, 3.0])
    posture = Posture(hand, start, spec.hand.axes, spec.head, expression=spec.expression)
    rng = np.random.default_rng(spec.placing_seed)
    if spec.hand.place is Place.LIPS:
        posture = wrist_before_lips(person, posture)
    elif spec.hand.place is Place.FACE:
        posture = wrist_near_face(person, posture, rng)
    else:
        lift = np.array([0.0, person.rest_lips[1], 0.0])
        posture = easy_wrist(person, posture, rng, REACH_LOW + lift, REACH_HIGH + lift)
    posed = person.pose(posture, mirrored=spec.mirrored)
    camera = camera_for(spec.framing, posed.joints)
    setting = Setting(
        spec.look, spec.lighting, spec.background, camera, spec.effects, spec.mirrored
    )
    picture = studio.photograph(posed, setting)
    return Still(picture, camera.project(posed.joints), posed, camera)


def write_stills(
    studio: Studio,
    folder: Path,
    *,
    seed: int,
    count: int,
    labels: Sequence[str] | None,
    progress: Progress,
) -> None:
    """``LABEL/NNNNNN.jpg`` and ``labels.jsonl`` in ``folder``; starts over what is there.

    Raises:
        ValueError: a label that the table does not know.
    """
    cycle = LABEL_CYCLE if labels is None else tuple(labels)
    unknown = set(cycle) - set(LABEL_CYCLE)
    if unknown:
        raise ValueError(f"no pose has the label {', '.join(sorted(unknown))}")
    for label in cycle:
        (folder / label).mkdir(parents=True, exist_ok=True)
    with (folder / "labels.jsonl").open("w", encoding="utf-8") as file:
        for index in progress.track(range(count), description="Rendering stills"):
            spec = draw_spec(cycle[index % len(cycle)], seed, index)
            still = render_still(studio, spec)
            name = f"{spec.hand.label}/{index:06}.jpg"
            _, data = cv2.imencode(".jpg", still.picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
            (folder / name).write_bytes(data.tobytes())
            file.write(json.dumps(to_record(name, spec, still)) + "\n")


def to_record(name: str, spec: StillSpec, still: Still) -> dict[str, Any]:
    """One line of ``labels.jsonl``: file, label, hand, joints in pixels, camera, drawn values."""
    return {
        "file": name,
        "label": spec.hand.label,
        "hand": "Right" if spec.mirrored else "Left",
        "joints": still.joints.round(2).tolist(),
        "strain": round(still.posed.strain, 3),
        "camera": asdict(still.camera),
        "drawn": plain(asdict(spec)),
    }


def plain(value: Any) -> Any:
    """Arrays inside nested dictionaries → lists, floats rounded to six places for JSON."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value
