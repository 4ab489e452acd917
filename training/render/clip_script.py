"""The demo clip as data: who is in it, and what their hand does when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gesture_app.core.types import NO_GESTURE
from training.render.background import Background
from training.render.body import BodyShape
from training.render.scene import Camera, Clothes, Hair, Lighting, Look, Vec3
from training.render.skin_tones import hair_color, iris_color, linear, skin_of

FPS = 30
WIDTH, HEIGHT = 640, 480
TRANSITION = "transition"
MOVE_S = 0.5


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that the hand does: move there, then hold.

    Attributes:
        pose: name of the pose in the table, "label/name".
        view: name of the view in the table.
        wrist: where the wrist is, decimetres in body axes of a left hand; the height counts
            from the lips.
        hold_s, move_s: seconds of holding and of moving there.
        at_lips: ignore ``wrist`` and bring the index finger before the lips.
    """

    pose: str
    view: str
    wrist: Vec3
    hold_s: float = 1.1
    move_s: float = MOVE_S
    at_lips: bool = False

    @property
    def label(self) -> str:
        return self.pose.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Shot:
    """One person in one room.

    Attributes:
        mirrored: the gestures are made with the right hand.
        smile: strength of the smile in [0, 1].
    """

    shape: BodyShape
    look: Look
    lighting: Lighting
    background: Background
    camera: Camera
    mirrored: bool
    smile: float
    beats: Sequence[Beat] = field(default_factory=tuple)


REST = Beat("no_gesture/relaxed, fingers hanging", "hanging", (2.4, -7.6, 0.7), hold_s=0.5)
SIDE: Vec3 = (2.05, -1.75, 3.0)
"""Where a hand is shown: beside the face, well before the body."""

_CAMERA = Camera(eye=(0.45, -0.5, 11.6), target=(0.45, -0.95, 0.6), fov=35.0)
"""Heights count from the lips, so that tall and small people are framed alike."""

# The key light stands opposite the gesturing hand: from its own side it would throw a shadow on the
# chest that looks so much like a hand that MediaPipe finds one there.
_WARM_ROOM = Lighting(
    key_from=(0.6, 0.55, 0.8),
    key=(0.95, 0.88, 0.78),
    key_softness=3.0,
    sky=(0.62, 0.64, 0.68),
    ground=(0.36, 0.32, 0.28),
    side=(0.30, 0.34, 0.42),
    side_from=(-1.0, 0.35, 0.1),
)
_DAY_ROOM = Lighting(
    key_from=(-0.7, 0.5, 0.75),
    key=(0.92, 0.94, 1.0),
    key_softness=3.5,
    sky=(0.66, 0.68, 0.72),
    ground=(0.36, 0.35, 0.34),
    side=(0.36, 0.30, 0.22),
    side_from=(1.0, 0.3, 0.1),
)
_EVENING = Lighting(
    key_from=(0.5, 0.6, 0.9),
    key=(1.1, 0.94, 0.74),
    key_softness=3.0,
    sky=(0.60, 0.58, 0.58),
    ground=(0.38, 0.34, 0.30),
    side=(0.22, 0.30, 0.46),
    side_from=(-1.0, 0.2, -0.1),
)

SHOTS = (
    Shot(
        shape=BodyShape(0.1, 0.45, (0.15, 0.25, 0.6), 0.5, 0.45, {"head-oval": 0.4}),
        look=Look(
            skin_of(0.24, 0.2, blotch=0.22, bump=0.7, shine=0.75),
            Clothes(linear((60, 100, 120)), linear((200, 205, 205)), 0, 1.75, 0.85, 0.06),
            Hair(hair_color(0.22), 0.20, 0.75, 0.65, 0.0),
            iris_color(0.2),
        ),
        lighting=_WARM_ROOM,
        background=Background("room", 31, 3.0, 1.0),
        camera=_CAMERA,
        mirrored=True,
        smile=0.35,
        beats=(
            replace(REST, hold_s=0.5, move_s=0.0),
            Beat("palm/wide open", "palm_front", SIDE),
            Beat("fist/thumb across", "palm_front", (2.05, -1.55, 3.0)),
            Beat("peace/thumb on the ring finger", "palm_front", SIDE),
            Beat("no_gesture/half closed", "flat_up", (1.7, -2.4, 3.0), hold_s=0.7),
            Beat("like/thumb up", "thumb_up_knuckles", (1.9, -2.2, 3.4)),
        ),
    ),
    Shot(
        shape=BodyShape(0.95, 0.42, (0.75, 0.1, 0.15), 0.6, 0.5, {"head-square": 0.3}),
        look=Look(
            skin_of(0.78, 0.3, blotch=0.25, bump=0.8, shine=0.9),
            Clothes(linear((214, 170, 84)), linear((240, 236, 226)), 0, 1.1, 0.8, 0.07),
            Hair(hair_color(0.0), 0.12, 0.0, 0.85, 0.55),
            iris_color(0.0),
        ),
        lighting=_DAY_ROOM,
        background=Background("room", 22, 3.0, 1.0),
        camera=_CAMERA,
        mirrored=False,
        smile=0.4,
        beats=(
            replace(REST, hold_s=0.3, move_s=0.0),
            Beat("one/thumb beside the palm", "palm_front", SIDE),
            Beat("rock/thumb over two fingers", "palm_front", SIDE),
            Beat("ok/round ring", "palm_quarter", SIDE),
            Beat(
                "no_gesture/open hand down or across", "across_down", (1.6, -2.2, 2.9), hold_s=0.7
            ),
            Beat("four/thumb folded in", "palm_front", SIDE),
        ),
    ),
    Shot(
        shape=BodyShape(0.75, 0.62, (0.1, 0.8, 0.1), 0.45, 0.55, {"head-round": 0.4}),
        look=Look(
            skin_of(0.42, 0.5, blotch=0.25, bump=0.8, shine=0.7),
            Clothes(linear((120, 50, 60)), linear((60, 36, 44)), 0, 1.85, 0.9, 0.06),
            Hair(hair_color(0.05), 0.22, 0.08, 0.75, 0.15),
            iris_color(0.1),
        ),
        lighting=_EVENING,
        background=Background("room", 10, 3.0, 0.85),
        camera=_CAMERA,
        mirrored=True,
        smile=0.3,
        beats=(
            replace(REST, hold_s=0.3, move_s=0.0),
            Beat("stop/fingers closed", "palm_front", SIDE),
            Beat("three2/thumb out", "palm_front", SIDE),
            Beat("call/shaka", "call_palm", (2.2, -1.6, 3.0)),
            Beat("mute/finger to the lips", "lips_edge", SIDE, at_lips=True, move_s=0.6),
            replace(REST, hold_s=0.4),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of frames with one label; ``last_frame`` belongs to it."""

    first_frame: int
    last_frame: int
    label: str


def beat_frames(beat: Beat) -> tuple[int, int]:
    """Frames of moving and of holding."""
    return round(beat.move_s * FPS), round(beat.hold_s * FPS)


def segments(shots: Sequence[Shot] = SHOTS) -> list[Segment]:
    """The clip's labels in order, without gaps; neighbours of one label are merged."""
    out: list[Segment] = []
    frame = 0
    for shot in shots:
        for beat in shot.beats:
            for label, count in zip((TRANSITION, beat.label), beat_frames(beat), strict=True):
                if count:
                    out.append(Segment(frame, frame + count - 1, label))
                    frame += count
    merged: list[Segment] = []
    for segment in out:
        if merged and merged[-1].label == segment.label == NO_GESTURE:
            merged[-1] = replace(merged[-1], last_frame=segment.last_frame)
        else:
            merged.append(segment)
    return merged
