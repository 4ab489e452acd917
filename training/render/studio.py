"""The one place that puts a picture together: template, surface, renderer, camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gesture_app.core.types import BgrImage
from training.render.background import Background, paint_background
from training.render.body import BodyShape
from training.render.body_cache import load_template
from training.render.body_template import PARTS
from training.render.camera_effects import CameraEffects, through_camera
from training.render.paint import paint_surface
from training.render.person import Person, PosedPerson
from training.render.renderer import Renderer
from training.render.scene import Camera, Lighting, Look
from training.render.surface import build_surface


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything of a picture but the person's posture.

    Attributes:
        mirrored: the gesture is made with the right hand.
    """

    look: Look
    lighting: Lighting
    background: Background
    camera: Camera
    effects: CameraEffects
    mirrored: bool


class Studio:
    """Renders people; owns the OpenGL context.

    Args:
        cache: folder of the body data, see `load_template`.

    Raises:
        BodySourceError, NoRendererError: see `fetch_wheel` and `Renderer`.
    """

    def __init__(self, cache: Path, width: int = 640, height: int = 480) -> None:
        self.template = load_template(cache)
        self._surface = build_surface(self.template)
        self._paint = paint_surface(self.template, self._surface)
        triangles = {part: self._surface.triangles(part) for part in PARTS}
        self._renderer = Renderer(triangles, self._paint, width, height)
        self._size = width, height

    def person(self, shape: BodyShape, look: Look) -> Person:
        """Somebody of that build in those clothes."""
        return Person(
            self.template,
            self._surface,
            self._paint,
            shape,
            looseness=look.clothes.looseness,
            hair=look.hair,
        )

    def photograph(
        self, posed: PosedPerson, setting: Setting, backdrop: BgrImage | None = None
    ) -> BgrImage:
        """One picture, uint8 BGR. ``backdrop`` saves painting a background that stays the same."""
        if backdrop is None:
            backdrop = paint_background(setting.background, *self._size)
        sharp = self._renderer.draw(
            posed.figure, backdrop, setting.camera, setting.lighting, setting.look
        )
        return through_camera(sharp, setting.effects)

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, *_: object) -> None:
        """Give the OpenGL context back."""
        self._renderer.close()
