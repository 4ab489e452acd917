"""The body data and real pictures, where EGL and the body data are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.progress import Progress

from gesture_app.core.types import NO_GESTURE

pytest.importorskip("scipy", reason="the render extra is not installed")
pytest.importorskip("moderngl", reason="the render extra is not installed")
pytest.importorskip("av", reason="the render extra is not installed")

from training.render import body_source
from training.render.background import paint_background
from training.render.body_cache import template_path
from training.render.body_source import BodySourceError, default_cache, fetch_wheel
from training.render.camera_effects import CameraEffects
from training.render.renderer import NoRendererError
from training.render.stills import draw_spec, render_still, write_stills
from training.render.studio import Studio


def test_a_wheel_with_other_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / body_source.WHEEL_NAME).write_bytes(b"not the wheel")
    with pytest.raises(BodySourceError, match="SHA-256"):
        fetch_wheel(tmp_path)


def test_a_failed_download_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_source, "PACKAGE", "no such package")
    with pytest.raises(BodySourceError, match="pip"):
        fetch_wheel(tmp_path)


@pytest.fixture(scope="session")
def users_cache() -> Path:
    """Looked up before any test moves the home away."""
    return default_cache()


@pytest.fixture
def studio(users_cache: Path) -> Iterator[Studio]:
    if not template_path(users_cache).is_file():
        pytest.skip("no body data; `gesture-train render stills` fetches it once")
    try:
        opened = Studio(users_cache)
    except NoRendererError as error:
        pytest.skip(str(error))
    with opened:
        yield opened


def test_stills_of_one_seed_are_the_same_files(studio: Studio, tmp_path: Path) -> None:
    for run in ("one", "two"):
        with Progress(disable=True) as progress:
            write_stills(
                studio,
                tmp_path / run,
                seed=4,
                count=2,
                labels=["ok", NO_GESTURE],
                progress=progress,
            )
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    assert [str(f) for f in files] == ["labels.jsonl", "no_gesture/000001.jpg", "ok/000000.jpg"]
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    record = json.loads((tmp_path / "one" / "labels.jsonl").read_text().splitlines()[0])
    assert record["label"] == "ok"
    assert np.shape(record["joints"]) == (21, 2)
    picture = cv2.imread(str(tmp_path / "one" / record["file"]))
    assert picture.shape == (480, 640, 3)
    # A person stands there: the picture is not just the background's few colours.
    assert picture.std() > 15


def test_a_still_does_not_depend_on_the_ones_before_it_and_has_its_background(
    studio: Studio,
) -> None:
    spec = draw_spec("palm", 4, 1)
    other = replace(draw_spec("ok", 4, 0), mirrored=not spec.mirrored)
    first = render_still(studio, spec)
    render_still(studio, other)
    again = render_still(studio, spec)
    assert np.array_equal(first.picture, again.picture)
    # Nobody stands in the picture's upper corners both.
    wall = paint_background(spec.background, 640, 480)
    for mirrored in (False, True):
        clean = replace(spec, mirrored=mirrored, effects=CameraEffects())
        picture = render_still(studio, clean).picture
        same = (picture == wall).all(axis=2)
        assert same[:40, :40].all() or same[:40, -40:].all()
