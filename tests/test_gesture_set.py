"""A person's own gestures: names, labels and colours as a value, and on the disk."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from gesture_app.core.errors import SampleError
from gesture_app.core.manifest import is_label
from gesture_app.core.types import NO_GESTURE
from gesture_app.store.gesture_set import (
    COLORS,
    MAX_NAME_LENGTH,
    MAX_SET_BYTES,
    SET_NAME,
    Gesture,
    GestureSet,
    label_for,
    load_gesture_set,
    save_gesture_set,
)

BUILT_IN = ("fist", "palm")


def gestures(*names: str) -> GestureSet:
    value = GestureSet()
    for name in names:
        value, _ = value.adding(name, BUILT_IN)
    return value


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Wave", "Wave"),
        ("B", "B"),
        ("my wave", "my_wave"),
        ("  my   wave ", "my_wave"),
        ("Café & Bar", "Cafe_Bar"),
        ("C'est ça!", "C_est_ca"),
        ("손 흔들기", "gesture-1"),
        ("👋", "gesture-1"),
        ("con", "gesture-1"),
        ("-_-", "gesture-1"),
        ("손 wave", "wave"),
        ("x" * 40, "x" * 40),
        ("여기 " + "x" * 37, "x" * 37),
    ],
)
def test_a_label_is_the_name_or_close_to_it(name: str, label: str) -> None:
    value, gesture = GestureSet().adding(name, BUILT_IN)
    assert gesture.label == label
    assert gesture.name == " ".join(name.split())
    assert value.gestures == (gesture,)


def test_labels_never_differ_in_case_only_and_stay_labels() -> None:
    taken: list[str] = [NO_GESTURE, "WAVE", "x" * 40]
    for name in ["wave", "wave", "wave!", "x" * 40, "흔들기", "잡기", "No_Gesture", "x" * 60] * 3:
        label = label_for(name, taken)
        assert is_label(label)
        assert label.casefold() not in {one.casefold() for one in taken}
        taken.append(label)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it is empty"),
        (" \t\n", "it is empty"),
        ("x" * (MAX_NAME_LENGTH + 1), "more than 40 characters"),
        ("wa\x07ve", "cannot be shown"),
        ('<img src="//elsewhere">', "cannot be shown"),
        ("Wave", "there is a gesture “Wave” already"),
        ("Fist", "there is a gesture “Fist” already"),
        (NO_GESTURE, "already"),
        ("손 흔들기", "already"),
    ],
)
def test_a_name_that_cannot_be_given(name: str, reason: str) -> None:
    value = gestures("wave", "손 흔들기")
    with pytest.raises(SampleError, match=reason):
        value.adding(name, BUILT_IN)
    value, other = value.adding("other", BUILT_IN)
    with pytest.raises(SampleError, match=reason):
        value.renaming(other.label, name, BUILT_IN)


def test_ten_gestures_have_ten_colours_and_the_least_used_comes_next() -> None:
    value = gestures(*(f"gesture {number}" for number in range(len(COLORS))))
    assert {one.color for one in value.gestures} == set(COLORS)
    freed = value.gestures[3]
    assert value.without(freed.label).adding("another", ())[1].color == freed.color


def test_a_gesture_is_changed_and_the_others_stay() -> None:
    value = gestures("wave", "snap")
    value = value.renaming("wave", "Wave").renaming("wave", "큰 손짓").recoloring("wave", "#ABCDEF")
    assert value.find("wave") == Gesture("wave", "큰 손짓", "#abcdef")
    assert value.find("snap") == gestures("wave", "snap").find("snap")
    assert value.without("snap").find("snap") is None
    with pytest.raises(ValueError, match="not a colour"):
        value.recoloring("wave", "red")


def test_own_and_built_in_gestures_are_switched_off_and_on() -> None:
    value = gestures("wave").switching("wave", on=False).switching("fist", on=False)
    assert value.switched_off == {"wave", "fist"}
    assert value.switching("fist", on=True).switched_off == {"wave"}
    assert value.without("wave").switched_off == {"fist"}


def test_labels_with_samples_but_without_a_gesture_get_one() -> None:
    value = gestures("wave").including(["wave", "snap", "snap"])
    assert [one.label for one in value.gestures] == ["wave", "snap"]
    assert value.gestures[1] == Gesture("snap", "snap", COLORS[1])


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    root = tmp_path / "set"
    assert load_gesture_set(root) == GestureSet()
    value = gestures("손 흔들기", "wave").switching("fist", on=False)
    save_gesture_set(root, value)
    assert load_gesture_set(root) == value
    assert "손 흔들기" in (root / SET_NAME).read_text("utf-8")


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        {},
        {"label": "../x", "name": "x", "color": "#000000"},
        {"label": "nul", "name": "x", "color": "#000000"},
        {"label": NO_GESTURE, "name": "x", "color": "#000000"},
        {"label": "WAVE", "name": "twice", "color": "#000000"},
        {"label": "x", "name": "", "color": "#000000"},
        {"label": "x", "name": "x" * 41, "color": "#000000"},
        {"label": "x", "name": 1, "color": "#000000"},
    ],
)
def test_an_entry_that_cannot_be_used_costs_only_itself(
    tmp_path: Path, entry: Any, caplog: pytest.LogCaptureFixture
) -> None:
    save_gesture_set(tmp_path, gestures("wave", "snap"))
    value = json.loads((tmp_path / SET_NAME).read_text("utf-8"))
    value["gestures"].insert(1, entry)
    value["switched_off"] = ["fist", 1, "../x"]
    (tmp_path / SET_NAME).write_text(json.dumps(value))
    with caplog.at_level(logging.WARNING):
        found = load_gesture_set(tmp_path)
    assert [one.label for one in found.gestures] == ["wave", "snap"]
    assert found.switched_off == {"fist"}
    assert "an entry of set.json cannot be used" in caplog.text


def test_a_colour_that_is_none_becomes_one(tmp_path: Path) -> None:
    save_gesture_set(tmp_path, gestures("wave"))
    path = tmp_path / SET_NAME
    path.write_text(path.read_text().replace(COLORS[0], "url(x)"))
    assert load_gesture_set(tmp_path).gestures[0].color == COLORS[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not valid JSON"),
        (b"[]", "no JSON object"),
        (b'{"schema": 2}', "schema that is not known"),
        (b'{"schema": 1, "schema": 1}', "a key stands twice"),
        (b" " * (MAX_SET_BYTES + 1), "larger than any"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_once_and_kept(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / SET_NAME).write_bytes(content)
    with pytest.raises(SampleError, match=reason) as caught:
        load_gesture_set(tmp_path)
    assert "kept as set.json.old" in caught.value.next_step
    assert (tmp_path / f"{SET_NAME}.old").read_bytes() == content
    assert load_gesture_set(tmp_path) == GestureSet()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SampleError, match="samples cannot be saved"):
        save_gesture_set(tmp_path / "file" / "set", GestureSet())
