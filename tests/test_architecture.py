"""What holds for the repository as a whole and no linter checks."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from docs.file_tree import README, updated
from gesture_app.vision.backends.onnx_offer import PACKAGES

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCES = [
    path
    for folder in ("gesture_app", "training", "installer")
    for path in sorted((REPOSITORY / folder).rglob("*.py"))
]
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


def test_the_readmes_file_tree_is_true() -> None:
    readme = README.read_text(encoding="utf-8")
    assert updated(readme) == readme, "run: python docs/file_tree.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_in_documents_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [t for t in local if not (document.parent / t).exists()] == []


def test_every_source_file_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(REPOSITORY))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_the_installer_needs_the_standard_library_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"installer"}
    for path in (REPOSITORY / "installer").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, path.name


def test_the_two_onnxruntime_packages_are_never_asked_for_together() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    for requirements in [project["dependencies"], *project["optional-dependencies"].values()]:
        names = [re.match(r"[\w-]+", line)[0] for line in requirements]
        assert len(set(names) & set(PACKAGES)) <= 1
