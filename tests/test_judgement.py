"""The file that says how good a taught model is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.errors import ModelError, RefusalError
from gesture_app.store.judgement import (
    JUDGEMENT_NAME,
    MAX_JUDGEMENT_BYTES,
    Collision,
    dump_judgement,
    load_judgement,
    parse_judgement,
    save_judgement,
)
from tests.judgements import make_judgement, make_own

JUDGEMENT = make_judgement(
    collisions=(Collision("B", "stop", 0.05), Collision("B", "four", 0.4, True))
)


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    save_judgement(tmp_path, JUDGEMENT)
    assert load_judgement(tmp_path) == JUDGEMENT


def test_names_in_any_script_are_kept(tmp_path: Path) -> None:
    judgement = make_judgement(gestures=(make_own("gesture-1", 3, name="안녕하세요"),), cells=())
    save_judgement(tmp_path, judgement)
    assert "안녕하세요" in (tmp_path / JUDGEMENT_NAME).read_text("utf-8")
    assert load_judgement(tmp_path) == judgement


def test_a_model_that_was_not_judged_has_none(tmp_path: Path) -> None:
    assert load_judgement(tmp_path) is None


def test_one_that_cannot_be_read_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / JUDGEMENT_NAME).write_bytes(b"{")
    with pytest.raises(ModelError) as failure:
        load_judgement(tmp_path)
    assert failure.value.what == "How the model was judged cannot be shown"


def test_a_folder_in_its_place_is_said_to_be_unreadable(tmp_path: Path) -> None:
    (tmp_path / JUDGEMENT_NAME).mkdir()
    with pytest.raises(ModelError, match="cannot be shown"):
        load_judgement(tmp_path)


def _in_gesture(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda file: file["gestures"][0].__setitem__(key, value)


HOSTILE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another schema": lambda file: file.update(schema=2),
    "a field too much": lambda file: file.update(code="import os"),
    "a field missing": lambda file: file.pop("cells"),
    "an unknown mode": lambda file: file.update(mode="magic"),
    "no list of gestures": lambda file: file.update(gestures={}),
    "a gesture that is none": lambda file: file["gestures"].append(3),
    "a gesture with a field too much": _in_gesture("extra", 1),
    "a name that is a number": _in_gesture("name", 7),
    "an empty label": _in_gesture("label", ""),
    "a name that a window could take for markup": _in_gesture("name", "<img src='//elsewhere'>"),
    "a name without end": _in_gesture("name", "x" * 401),
    "built_in that is neither true nor false": _in_gesture("built_in", 1),
    "a negative support": _in_gesture("support", -1),
    "a support that is true": _in_gesture("support", True),
    "a share above one": lambda file: file["false_alarms"].update(share=1.5, high=1.6),
    "a share outside its interval": lambda file: file["false_alarms"].update(low=0.9, high=1.0),
    "more hits than hands": lambda file: file["false_alarms"].update(count=101),
    "too many samples in a cell": lambda file: file["cells"][0].update(samples=["B/r/1"] * 51),
    "a sample that is no text": lambda file: file["cells"][0].update(samples=[None]),
    "too many collisions": lambda file: file.update(collisions=file["collisions"] * 501),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_does_not_fit_is_refused(how: str) -> None:
    file = json.loads(dump_judgement(JUDGEMENT))
    HOSTILE[how](file)
    with pytest.raises(RefusalError):
        parse_judgement(json.dumps(file).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"schema": 1, "schema": 1}',
        dump_judgement(JUDGEMENT).replace(b"0.02", b"NaN"),
        b" " * (MAX_JUDGEMENT_BYTES + 1),
    ],
    ids=["nothing", "a list", "nested", "a key twice", "NaN", "too large"],
)
def test_what_is_no_plain_json_is_refused(content: bytes) -> None:
    with pytest.raises(RefusalError):
        parse_judgement(content)
