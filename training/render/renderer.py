"""Drawing one person before a background with OpenGL, off screen and without a display.

Runs on any EGL driver; Mesa's llvmpipe needs no graphics card. On one machine the same input gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import moderngl
import numpy as np
from numpy.typing import ArrayLike, NDArray

from gesture_app.core.types import BgrImage
from training.render import shaders
from training.render.body_template import Part
from training.render.rotation import Array, unit
from training.render.scene import Camera, Clothes, Lighting, Look
from training.render.visible import casting_triangles, visible_triangles

ATLAS = 2048
"""Side of the shadow atlas: a 1024 tile for the key lamp, 512 tiles for the others."""

_TILES = [
    (0, 0, 1024),
    *((1024 + 512 * (i % 2), 512 * (i // 2), 512) for i in range(4)),
    *((512 * i, 1024, 512) for i in range(4)),
]
_DOME = (
    (0.0, 1.0, 0.2),
    (0.7, 0.6, 0.5),
    (-0.7, 0.6, 0.5),
    (0.0, 0.35, 1.0),
    (0.9, 0.05, 0.3),
    (-0.9, 0.05, 0.3),
    (0.0, -0.8, 0.6),
)
"""Directions of the lamps that stand for light from the whole room."""

SAMPLES = 4


class NoRendererError(Exception):
    """No EGL driver gives an OpenGL 3.3 context on this machine."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A posed person, ready to draw.

    Attributes:
        points, normals: float32 (M, 3).
        mirrored: True if left and right were swapped, which turns every face inside out.
    """

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    mirrored: bool = False


class Renderer:
    """One OpenGL context with one surface loaded. Not to be shared between threads.

    Args:
        triangles_of: part → int32 (T, 3).
        paint: float32 (M, 13), see `paint_surface`.
        width, height: size of the pictures in pixels.

    Raises:
        NoRendererError: no context can be had.
    """

    def __init__(
        self,
        triangles_of: Mapping[Part, NDArray[np.int32]],
        paint: NDArray[np.float32],
        width: int,
        height: int,
    ) -> None:
        self._gl = _context()
        gl = self._gl
        self._size = width, height
        self._shadow = gl.program(shaders.SHADOW_VERTEX, shaders.SHADOW_FRAGMENT)
        back = gl.program(shaders.BACKGROUND_VERTEX, shaders.BACKGROUND_FRAGMENT)
        corners = gl.buffer(np.array([-1, -1, 1, -1, -1, 1, 1, 1], np.float32).tobytes())
        self._back = gl.vertex_array(back, [(corners, "2f", "in_corner")])
        self._picture = gl.texture((width, height), 3, alignment=1)

        count = len(paint)
        self._moving = gl.buffer(reserve=count * 24, dynamic=True)
        fixed = gl.buffer(np.ascontiguousarray(paint, np.float32).tobytes())
        names = ("in_rest", "in_masks", "in_hand", "in_palm", "in_knuckle")
        self._parts, self._indices = {}, {}
        for part, triangles in triangles_of.items():
            index = gl.buffer(reserve=triangles.size * 4)
            self._indices[part] = index
            content = [
                (self._moving, "3f 3f", "in_position", "in_normal"),
                (fixed, "3f 3f 4f 2f 1f", *names),
            ]
            program = gl.program(shaders.SURFACE_VERTEX, shaders.FRAGMENTS[part])
            self._parts[part] = gl.vertex_array(program, content, index, skip_errors=True)
        self._triangles, self._paint = dict(triangles_of), paint
        self._dressed: Clothes | None = None
        self._corners: dict[Part, int] = {}
        self._casting = gl.buffer(reserve=sum(t.size for t in triangles_of.values()) * 4)
        self._caster = gl.vertex_array(
            self._shadow, [(self._moving, "3f 12x1", "in_position")], self._casting
        )
        self._atlas = gl.depth_texture((ATLAS, ATLAS))
        self._atlas.compare_func = "<="
        self._atlas.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._atlas_target = gl.framebuffer(depth_attachment=self._atlas)
        self._noise = _noise_texture(gl)
        self._many = gl.framebuffer(
            gl.renderbuffer((width, height), 4, samples=SAMPLES),
            gl.depth_renderbuffer((width, height), samples=SAMPLES),
        )
        self._single = gl.framebuffer(gl.renderbuffer((width, height), 4))

    def draw(
        self,
        figure: Figure,
        background: BgrImage,
        camera: Camera,
        lighting: Lighting,
        look: Look,
    ) -> BgrImage:
        """uint8 BGR picture. ``background`` has the picture's size and is kept as it is."""
        moving = np.concatenate([figure.points, figure.normals], axis=1).astype(np.float32)
        self._moving.write(moving.tobytes())
        lamps = _lamps(lighting)
        focus = np.asarray(camera.target, float)
        reach = float(np.linalg.norm(np.subtract(camera.eye, camera.target)))
        radius = min(6.0, 0.9 * reach * np.tan(np.deg2rad(camera.fov / 2)) * 1.7 + 1.0)
        matrices = [_light_matrix(direction, focus, radius) for direction, _ in lamps]
        self._dress(look.clothes)
        # Whatever the picture before left on: both sides throw shadows, and the background has no
        # front.
        self._gl.disable(moderngl.CULL_FACE)
        self._draw_shadows(matrices)

        self._many.use()
        self._many.clear()
        self._gl.disable(moderngl.DEPTH_TEST)
        self._picture.write(np.ascontiguousarray(background[::-1, :, ::-1]).tobytes())
        self._picture.use(0)
        self._back.render(moderngl.TRIANGLE_STRIP)
        self._gl.enable(moderngl.DEPTH_TEST)
        self._gl.front_face = "cw" if figure.mirrored else "ccw"
        self._set_light(lamps, matrices, lighting)
        self._set_look(look)
        matrix = camera.projection() @ camera.view()
        self._write("view_projection", matrix.T)
        self._write("eye", camera.eye)
        self._atlas.use(1)
        self._noise.use(2)
        for drawn in self._parts.values():
            drawn.program["shadows"] = 1
            drawn.program["noise"] = 2
        for part, drawn in self._parts.items():
            # Cloth shows its inside at the cuffs; everything else is closed.
            if part is Part.CLOTH:
                self._gl.disable(moderngl.CULL_FACE)
            else:
                self._gl.enable(moderngl.CULL_FACE)
            drawn.render(vertices=self._corners[part])
        self._gl.copy_framebuffer(self._single, self._many)
        width, height = self._size
        raw = np.frombuffer(self._single.read(components=3, alignment=1), np.uint8)
        return np.ascontiguousarray(raw.reshape(height, width, 3)[::-1, :, ::-1])

    def close(self) -> None:
        """Give the context back."""
        self._gl.release()

    def _dress(self, clothes: Clothes) -> None:
        """Load the triangles that these clothes leave to be seen, unless they are loaded."""
        if self._dressed == clothes:
            return
        visible = visible_triangles(self._triangles, self._paint, clothes)
        for part, triangles in visible.items():
            self._indices[part].write(np.ascontiguousarray(triangles, np.int32).tobytes())
            self._corners[part] = int(triangles.size)
        casting = casting_triangles(visible, self._paint, clothes)
        self._casting.write(np.ascontiguousarray(casting, np.int32).tobytes())
        self._casting_corners = int(casting.size)
        self._dressed = clothes

    def _draw_shadows(self, matrices: list[Array]) -> None:
        self._atlas_target.use()
        self._atlas_target.viewport = (0, 0, ATLAS, ATLAS)
        self._atlas_target.clear(depth=1.0)
        self._gl.enable(moderngl.DEPTH_TEST)
        self._gl.polygon_offset = 1.5, 2.0
        for (x, y, side), matrix in zip(_TILES, matrices, strict=True):
            self._atlas_target.viewport = (x, y, side, side)
            _write(self._shadow, "light", matrix.T)
            self._caster.render(vertices=self._casting_corners)
        self._gl.polygon_offset = 0, 0

    def _set_light(
        self, lamps: list[tuple[Array, Array]], matrices: list[Array], lighting: Lighting
    ) -> None:
        self._write("lights", np.stack([m.T for m in matrices]))
        self._write("tiles", np.array([(x, y, s, s) for x, y, s in _TILES]) / ATLAS)
        self._write("light_from", np.stack([direction for direction, _ in lamps]))
        self._write("light_color", np.stack([color for _, color in lamps]))
        self._write("key_softness", lighting.key_softness)

    def _set_look(self, look: Look) -> None:
        skin, clothes, hair = look.skin, look.clothes, look.hair
        self._write("skin_back", skin.back)
        self._write("skin_palm", skin.palm)
        self._write("skin_lip", skin.lip)
        self._write("skin_nail", skin.nail)
        self._write("skin_strengths", (skin.blotch, skin.bump, skin.shine))
        self._write("cloth_color", clothes.color)
        self._write("cloth_accent", clothes.accent)
        self._write("cloth_cut", (clothes.sleeve, clothes.collar, clothes.pattern))
        self._write("hair_color", hair.color)
        self._write("hair_cut", (float(hair.thickness > 0), hair.brow, hair.stubble, hair.drop))
        self._write("iris_color", look.iris)

    def _write(self, name: str, value: ArrayLike) -> None:
        for part in self._parts.values():
            _write(part.program, name, value)


def _write(program: moderngl.Program, name: str, value: ArrayLike) -> None:
    # The GLSL compiler drops uniforms that end up unused; that is no error.
    uniform = program.get(name, None)
    if isinstance(uniform, moderngl.Uniform):
        uniform.write(np.ascontiguousarray(value, np.float32).tobytes())


def _context() -> moderngl.Context:
    settings: dict[str, Any] = {"backend": "egl"}
    try:
        return moderngl.create_context(standalone=True, require=330, **settings)
    except Exception as error:  # moderngl raises bare Exception when EGL is missing
        raise NoRendererError(
            "no EGL driver with OpenGL 3.3; on Debian: "
            f"apt-get install libegl1 libegl-mesa0 libgl1-mesa-dri ({error})"
        ) from error


def _lamps(lighting: Lighting) -> list[tuple[Array, Array]]:
    """(direction to the lamp, colour): the key lamp first, the side window, then the dome."""
    out = [
        (unit(lighting.key_from), np.asarray(lighting.key)),
        (unit(lighting.side_from), np.asarray(lighting.side)),
    ]
    for direction in _DOME:
        towards = unit(direction)
        share = (towards[1] + 1) / 2
        color = np.asarray(lighting.sky) * share + np.asarray(lighting.ground) * (1 - share)
        out.append((towards, color / len(_DOME) * 1.6))
    return out


def _light_matrix(direction: Array, focus: Array, radius: float) -> Array:
    """Orthographic view of a ball of ``radius`` dm around ``focus`` from ``direction``."""
    up = np.array([0.0, 0, 1]) if abs(direction[1]) > 0.95 else np.array([0.0, 1, 0])
    right = unit(np.cross(up, direction))
    axes = np.stack([right, np.cross(direction, right), direction])
    reach = 12.0
    out = np.eye(4)
    out[:3, :3] = axes / np.array([[radius], [radius], [-reach]])
    out[:3, 3] = -out[:3, :3] @ focus
    return out


def _noise_texture(gl: moderngl.Context) -> moderngl.Texture3D:
    """A tiling cube of smooth random numbers; the same on every machine."""
    side = 32
    values = np.random.default_rng(7).random((side, side, side, 3), dtype=np.float32)
    texture = gl.texture3d(
        (side, side, side), 3, (values * 255).astype(np.uint8).tobytes(), alignment=1
    )
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    return texture
