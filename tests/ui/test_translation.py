"""English is in the code; every other language has to be complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PyQt6.lupdate.lupdate import lupdate
from PyQt6.QtCore import QCoreApplication, QDate, QLocale
from PyQt6.QtWidgets import QApplication

import gesture_app.ui
from gesture_app.ui.gesture_names import gesture_name
from gesture_app.ui.translation import LANGUAGES, TRANSLATIONS, Translation, read_ts

SOURCES = Path(gesture_app.ui.__file__).parent
OTHERS = [code for code in LANGUAGES if code != "en"]
_PLACE = re.compile(r"%\d")


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """Every text in the window's source, found by PyQt's own tool."""
    empty = tmp_path_factory.mktemp("texts") / "all.ts"
    lupdate([str(SOURCES)], [str(empty)])
    # The tool marks all as unfinished, which `read_ts` leaves out.
    marked = empty.read_text(encoding="utf-8")
    empty.write_text(marked.replace('type="unfinished" /', "/"), encoding="utf-8")
    filled = re.sub(r"<translation\s*/>", "<translation>x</translation>", empty.read_text("utf-8"))
    empty.write_text(filled, encoding="utf-8")
    return set(read_ts(empty))


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_nothing_else(
    code: str, texts: set[tuple[str, str, str]]
) -> None:
    assert len(texts) > 100
    translated = set(read_ts(TRANSLATIONS / f"{code}.ts"))
    assert sorted(texts - translated) == [], "without a translation"
    assert sorted(translated - texts) == [], "no longer in the code"


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_has_its_place_in_the_translation(code: str) -> None:
    wrong = [
        source
        for (_, source, _), text in read_ts(TRANSLATIONS / f"{code}.ts").items()
        if sorted(_PLACE.findall(source)) != sorted(_PLACE.findall(text))
    ]
    assert wrong == []


def test_the_system_decides_where_no_language_is_chosen(app: QApplication) -> None:
    translation = Translation(app, "")
    assert translation.choice == ""
    assert translation.language in LANGUAGES
    translation.set_choice("ko")
    assert QCoreApplication.translate("Gesture", "Like") == "좋아요"
    translation.set_choice("en")
    assert QCoreApplication.translate("Gesture", "Like") == "Like"


def test_a_language_nobody_knows_is_as_none_chosen(app: QApplication) -> None:
    translation = Translation(app, "xx")
    assert translation.choice == ""
    translation.set_choice("en")


def test_dates_are_written_as_the_language_does(app: QApplication) -> None:
    day = QDate(2026, 11, 24)
    translation = Translation(app, "ko")
    assert QLocale().toString(day, QLocale.FormatType.LongFormat) == "2026년 11월 24일 화요일"
    translation.set_choice("en")
    assert "November" in QLocale().toString(day, QLocale.FormatType.LongFormat)


def test_qts_own_dialogs_speak_the_language_too(app: QApplication) -> None:
    translation = Translation(app, "ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    translation.set_choice("en")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("like", "Like"),
        ("two_up", "Two together"),
        ("my_own_wave", "My own wave"),
        ("okSign", "OkSign"),
    ],
)
def test_gestures_have_names_for_people(app: QApplication, label: str, name: str) -> None:
    assert gesture_name(label) == name


def test_an_own_gesture_is_called_what_the_person_calls_it(app: QApplication) -> None:
    assert gesture_name("gesture-1", {"gesture-1": "안녕"}) == "안녕"
    assert gesture_name("like", {"gesture-1": "안녕"}) == "Like"
