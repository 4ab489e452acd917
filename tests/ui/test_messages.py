"""Sentences of the lower layers in the language of the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

import gesture_app
from gesture_app.ui.message_catalog import MESSAGES
from gesture_app.ui.messages import to_sentence, translated
from gesture_app.ui.translation import Translation
from tests.ui.sentences import collect_sentences

PACKAGE = Path(gesture_app.__file__).parent
_SENTENCES = re.compile(r"(?:(?<=[.!?])|(?<=%\d)) (?=[A-Z])")
_ONLY_PLACES = re.compile(r"[\s:.%\d]*")


@pytest.fixture
def korean(app: QApplication) -> Iterator[Translation]:
    translation = Translation(app, "ko")
    yield translation
    translation.set_choice("en")


def test_every_sentence_that_may_be_shown_is_in_the_catalogue() -> None:
    folders = [PACKAGE / name for name in ("core", "store", "vision", "engine", "ui")]
    # The window shows what teaching says of its failures.
    folders.append(PACKAGE.parent / "training" / "teach")
    found = collect_sentences(folders)
    assert len(found) > 50
    missing = {
        part: place
        for sentence, place in found.items()
        for part in _SENTENCES.split(sentence)
        if part not in MESSAGES and not _ONLY_PLACES.fullmatch(part)
    }
    assert missing == {}, "add them to message_catalog.py and translate them"


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("no camera was found", "카메라를 찾지 못했습니다"),
        ("The camera HD Pro cannot be opened", "카메라 HD Pro을(를) 열 수 없습니다"),
        ("a.mp4: the file is empty", "a.mp4: 파일이 비어 있습니다"),
        (
            "Plug a camera in. Choose another camera, a file or the demo.",
            "카메라를 연결하세요. 다른 카메라, 파일 또는 데모를 선택하세요.",
        ),
        (
            "3 of its 9 frames could be read, so the file is damaged or was not copied completely",
            "9프레임 중 3프레임만 읽을 수 있어, 파일이 손상되었거나 다 복사되지 않은 것 같습니다",
        ),
        ("something nobody wrote down", "something nobody wrote down"),
        ("", ""),
    ],
)
def test_sentences_are_recognised_by_their_shape(
    korean: Translation, english: str, expected: str
) -> None:
    assert translated(english) == expected


def test_in_english_everything_stays_as_it_is(app: QApplication) -> None:
    for message in MESSAGES:
        filled = re.sub(r"%\d", "value", message)
        assert translated(filled) == filled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is in use", "It is in use."),
        ("Wait…", "Wait…"),
        ("a.mp4 is empty", "a.mp4 is empty."),
        ("", ""),
    ],
)
def test_a_reason_can_stand_as_a_sentence(text: str, expected: str) -> None:
    assert to_sentence(text) == expected
