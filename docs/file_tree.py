"""Writes the file tree in README.md from the first sentence of each file.

    python docs/file_tree.py

A test compares the two, so the tree cannot go stale: after adding, renaming or re-describing a
file, run this once.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- file tree: begin -->\n", "<!-- file tree: end -->\n"
FOLDERS = ("gesture_app", "training", "installer", "assets", "tests", "docs")

DESCRIBED_HERE = {
    "assets": "What comes with the app",
    "assets/demo": "The demo clip, rendered by this project; no picture of a person",
    "assets/icons": "The app's icon",
    "assets/models": "Gesture models: a folder with a manifest and an ONNX network each",
    "assets/models/default": "The bundled model, its manifest and its card",
    "docs": "For those who carry the project on",
    "docs/catalog.md": "Models as files and in the library: format, checks, commands",
    "docs/decisions.md": "What was decided, why, and what was measured",
    "docs/guide.md": "The code on one page",
    "docs/pictures": "Pictures of the window",
    "docs/rendered-hands.md": "How demo clip and test pictures are rendered, and how good they are",
    "docs/rendered-hands": "Contact sheets of rendered pictures",
    "tests": "Behaviour, a file per part; real parts wherever they run",
    "tests/fixtures": "Pictures that tests look at, rendered by this project",
    "tests/ui": "The window, without a screen",
    "training/recipes": "Recipes: every value of a training run",
    "gesture_app/ui/translations": "A file per language",
    ".ci/run": "What continuous integration runs: exactly the second command above",
    "pyproject.toml": "Dependencies and extras; rules of ruff, mypy, pytest and import-linter",
    "LICENSE": "Apache-2.0, for the code",
    "NOTICE": "Whose data and weights the bundled model stands on",
}
"""What cannot say it of itself: folders without an ``__init__.py`` and files that are no Python."""

DESCRIBED_BY_SUFFIX = {
    ".ts": "Translations, edited with Qt Linguist",
    ".onnx": "The network",
    ".csv": "When the clip shows which gesture",
    ".mp4": "The clip itself",
    ".json": "What the network wants, says and is worth",
}

PICTURES = (".jpg", ".png")
"""Their folder speaks for them."""


def file_tree() -> str:
    """The tree as indented lines, ``name  description``."""
    rows = [row for folder in FOLDERS for row in _rows(ROOT / folder, 0)]
    rows += [(path, DESCRIBED_HERE[path]) for path in ("pyproject.toml", ".ci/run")]
    rows += [(path, DESCRIBED_HERE[path]) for path in ("LICENSE", "NOTICE")]
    width = max(len(name) for name, _ in rows) + 2
    return "".join(f"{name:<{width}}{text}".rstrip() + "\n" for name, text in rows)


def updated(readme: str) -> str:
    """The README's text with the current tree."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}```text\n{file_tree()}```\n{END}{after}"


def _rows(folder: Path, depth: int) -> list[tuple[str, str]]:
    rows = [("  " * depth + folder.name + "/", _describe(folder))]
    children = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for child in children:
        if child.is_dir():
            if _is_shown(child):
                rows += _rows(child, depth + 1)
        elif _is_shown(child) and child.suffix not in PICTURES:
            rows.append(("  " * (depth + 1) + child.name, _describe(child)))
    return rows


def _is_shown(path: Path) -> bool:
    """Everything but what tools leave behind, and ``__init__.py``, which speaks for its folder."""
    if path.name.startswith((".", "__pycache__", "__init__")):
        return False
    return not path.is_dir() or any(_is_shown(child) for child in path.iterdir())


def _describe(path: Path) -> str:
    known = DESCRIBED_HERE.get(path.relative_to(ROOT).as_posix())
    if known is not None:
        return known
    if path.suffix in DESCRIBED_BY_SUFFIX:
        return DESCRIBED_BY_SUFFIX[path.suffix]
    if path.suffix == ".toml":
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        return first.removeprefix("#").strip().split(". ")[0].rstrip(".")
    source = path / "__init__.py" if path.is_dir() else path
    if source.suffix != ".py" or not source.is_file():
        return ""
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".").replace("`", "")


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
