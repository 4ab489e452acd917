"""Parts of this program that not everybody installs."""

from __future__ import annotations

import sys


def installing_command(extra: str) -> str:
    """What to type into a terminal to get an extra of pyproject.toml into this very environment."""
    return f'"{sys.executable}" -m pip install "gesture-studio[{extra}]"'
