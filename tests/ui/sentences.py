"""What the layers below the window can say, read out of their source code.

Used to hold the window's message catalogue against it: every sentence needs its translation.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

ERRORS = frozenset(
    {
        *("AppError", "SourceError", "ModelError", "RefusalError", "BackendError"),
        *("SettingsError", "SampleError", "TrainingError", "Failed"),
    }
)
PLACE = "%{}"


def collect_sentences(folders: list[Path]) -> dict[str, str]:
    """Sentences of all errors and probe results → where they stand, with ``%1`` … for values."""
    found: dict[str, str] = {}
    files = itertools.chain.from_iterable(
        [folder] if folder.is_file() else sorted(folder.rglob("*.py")) for folder in folders
    )
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for scope in ast.walk(tree):
            if isinstance(scope, ast.FunctionDef | ast.Module):
                for sentence, line in _of_scope(scope):
                    found.setdefault(sentence, f"{path.name}:{line}")
    return found


def _of_scope(scope: ast.FunctionDef | ast.Module) -> Iterator[tuple[str, int]]:
    values = _assignments(scope)
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name == "ProbeResult":
            arguments = arguments[2:]
        elif name not in ERRORS:
            continue
        for argument in arguments:
            for sentence in _texts(argument, values):
                yield sentence, node.lineno


def _assignments(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """Name → what is assigned to it within a function."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    return values


def _texts(node: ast.expr, values: dict[str, list[ast.expr]]) -> list[str]:
    """The texts that an expression can have; none where it is made elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return _texts(node.body, values) + _texts(node.orelse, values)
        case ast.Name(id=name) if name in values:
            return [text for value in values[name] for text in _texts(value, {})]
        case ast.JoinedStr():
            return [_template(node)]
    return []


def _template(node: ast.JoinedStr) -> str:
    places = itertools.count(1)
    return "".join(
        part.value if isinstance(part, ast.Constant) else PLACE.format(next(places))
        for part in node.values
    )
