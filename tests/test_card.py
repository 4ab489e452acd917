"""Model cards: their figures, and their page as a browser would meet it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gesture_app.core.types import NO_GESTURE
from gesture_app.store.archive_check import check_card_page
from tests.fakes import LABELS
from tests.model_cards import PEOPLE, make_answers, make_model, make_source
from training.__main__ import main
from training.card.computing import compute_figures
from training.card.content import Card
from training.card.page import KNOWN_BACKENDS, render_page
from training.card.writing import dump_card, load_card, write_card
from training.evaluate import operating_point
from training.evaluation_file import EvaluationHeader

VOID = {"meta", "link", "br", "img", "input", "hr"}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_model(tmp_path_factory.mktemp("cards") / "model")
    write_card(folder, make_source(folder))
    return folder


@pytest.fixture(scope="module")
def card(model: Path) -> Card:
    return load_card(model)[0]


class Page(HTMLParser):
    """Collects what a page consists of and fails on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "srcset", "data"):
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += f"{data} "


def test_figures_are_those_of_the_answers() -> None:
    answers = make_answers()
    figures = compute_figures(answers, LABELS, 0.2)
    point = operating_point(answers, 0.2)
    assert figures.recall.value == pytest.approx(point.recall, abs=1e-4)
    assert figures.false_positives.value == pytest.approx(point.false_positives, abs=1e-4)
    assert (figures.gesture_pictures, figures.other_pictures) == (60, 59)
    assert figures.lookalike_pictures == 1
    assert figures.hands_missed == pytest.approx(1 / 60, abs=1e-4)
    assert [p.person for p in figures.persons] == list(PEOPLE)
    for share in (figures.recall, figures.false_positives, figures.accuracy):
        assert share.people is not None
        low, high = share.interval
        assert low <= share.people[0] <= share.value <= share.people[1] <= high


def test_confusions_and_class_figures_agree() -> None:
    figures = compute_figures(make_answers(), LABELS, 0.2)
    confusion = figures.confusion
    assert sum(map(sum, confusion.counts)) == 120
    like = confusion.shown.index("like"), confusion.named.index("like")
    row = confusion.counts[like[0]]
    (of_like,) = (c for c in figures.classes if c.gesture == "like")
    assert of_like.recall.value == pytest.approx(row[like[1]] / sum(row), abs=1e-4)
    column = [
        counts[like[1]]
        for shown, counts in zip(confusion.shown, confusion.counts, strict=True)
        if shown != "look-alike letter"
    ]
    assert of_like.precision.pictures == sum(column)
    assert confusion.named[-1] == NO_GESTURE


def test_labels_that_count_as_one_are_calibrated_as_one() -> None:
    """Half sure of palm and half of stop is wholly sure of what the sources call palm."""
    first = replace(make_answers()[1], label="palm", gesture="palm", probabilities=(0.5, 0.5, 0.0))
    figures = compute_figures([first], ("palm", "stop", NO_GESTURE), 0.2)
    assert figures.calibration is not None
    (only,) = figures.calibration.bins
    assert (only.low, only.confidence, only.accuracy) == (0.9, 1.0, 1.0)


def test_conditions_are_told_apart_and_missed_hands_stand_under_light_alone() -> None:
    figures = compute_figures(make_answers(), LABELS, 0.2)
    rows = {(s.condition, s.value.split(" (")[0]): s for s in figures.conditions}
    assert rows["light", "dark"].recall is not None
    assert rows["light", "dark"].recall.value == 0
    assert rows["light", "dark"].false_positives is None
    sizes = [s.recall.pictures for s in figures.conditions if s.condition == "hand" and s.recall]
    assert sum(sizes) == 59, "sixty gestures, one hand missed"
    assert ("focus", "blurred") not in rows, "no such picture, no row"


def test_people_who_are_not_known_or_few_give_no_interval_over_people() -> None:
    answers = make_answers()
    unknown = [replace(a, person="") for a in answers]
    few = [a for a in answers if a.person in PEOPLE[:4]]
    for some in (unknown, few):
        recall = compute_figures(some, LABELS, 0.2).recall
        assert recall.people is None
        assert recall.interval == recall.wilson


def test_a_card_survives_being_saved_and_is_the_same_each_time(model: Path, card: Card) -> None:
    assert dump_card(card) == (model / "card.json").read_bytes()
    written = {name: (model / name).read_bytes() for name in ("card.json", "card.html")}
    write_card(model, make_source(model))
    assert all((model / name).read_bytes() == content for name, content in written.items())


def test_the_page_is_whole_and_needs_nothing_but_itself(model: Path) -> None:
    text = (model / "card.html").read_text("utf-8")
    page = Page(text)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(page.ids)
    assert "http:" not in text
    assert "https:" not in text
    assert "prefers-color-scheme: dark" in text
    check_card_page(text.encode())  # what the catalog demands of a page from elsewhere
    assert not re.search(r"#(0[1-6])\1\1", text), "a stand-in colour was left in a plot"


def test_the_page_states_what_the_card_holds(model: Path, card: Card) -> None:
    text = " ".join(Page((model / "card.html").read_text("utf-8")).text.split())
    figures = card.evaluation.figures
    for stated in (
        f"{100 * figures.recall.value:.1f} % of the gestures named rightly",
        "It recognises nothing.",
        "CC0-1.0",
        "loop.rate 0.1",
        "fp16 trains 1.50 times as fast as fp32 on a GPU",
        "pruned 0 35.0 % 4 not measured",
        "ONNX Runtime CPU fp32 1 104.2 9.60 ms a machine",
        "ONNX Runtime CPU fp16, int8 not run",
        "ONNX Runtime CUDA fp32, fp16, int8 not run",
        "team gestures",
        card.model.files[0].sha256,
        "There is no signature",
    ):
        assert stated in text, stated


def test_what_was_not_measured_is_said_to_be_so(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    bare = replace(
        make_source(folder), throughput=(), pruning=(), parity=(), references=(), attributes={},
        limits=(),
    )  # fmt: skip
    run = replace(bare.training, losses=(), amp=None)
    answers = [replace(a, probabilities=(), conditions=None) for a in bare.evaluation.answers]
    evaluation = replace(bare.evaluation, answers=tuple(answers))
    card = write_card(folder, replace(bare, training=run, evaluation=evaluation))
    text = " ".join(Page((folder / "card.html").read_text("utf-8")).text.split())
    assert card.evaluation.figures.calibration is None
    assert "Loss curve: not recorded" in text
    assert "Mixed precision not run it needs a GPU" in text
    assert "Not pruned." in text
    assert "Measured by condition not measured" in text
    assert text.count("not run") == 1 + len(KNOWN_BACKENDS)


def test_a_hostile_card_stays_text(card: Card) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>$x$ 김민준"
    figures = card.evaluation.figures
    hostile = replace(
        card,
        intended_use=evil,
        attributes={evil: evil},
        model=replace(card.model, name=f'"{evil}'),
        evaluation=replace(
            card.evaluation,
            figures=replace(figures, persons=(replace(figures.persons[0], person=evil),)),
        ),
        references=(replace(card.references[0], name=evil),),
    )
    page = Page(render_page(hostile, dump_card(hostile)))
    assert not page.tags & {"script", "img"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema": 2', '"schema": 1'),
        ('"schema": 2', '"schema": "2"'),
        ('"created"', '"made"'),
        ('"pictures_seen": 192', '"pictures_seen": "many"'),
        ('"pictures_seen": 192', '"pictures_seen": NaN'),
        ("{", "["),
        ('"name": "made up"', '"name": ' + "[" * 100_000),
        ('"shown": [', '"shown": ["more",'),
        ('"images_per_second": 900.0', '"images_per_second": 0'),
    ],
)
def test_a_malformed_card_is_refused(old: str, new: str, model: Path, tmp_path: Path) -> None:
    text = (model / "card.json").read_text("utf-8")
    assert old in text
    (tmp_path / "card.json").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=r"card\.json"):
        load_card(tmp_path)


def test_answers_of_another_network_are_refused(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "model")
    source = make_source(folder)
    header = source.evaluation.header
    others: dict[str, EvaluationHeader] = {
        "another network": replace(header, model_sha256="f" * 64),
        "other labels": replace(header, labels=("dislike", "like", NO_GESTURE)),
        "temperature": replace(header, temperature=2.0),
    }
    for complaint, other in others.items():
        evaluation = replace(source.evaluation, header=other)
        with pytest.raises(ValueError, match=complaint):
            write_card(folder, replace(source, evaluation=evaluation))
    assert not (folder / "card.json").exists()


def test_show_prints_the_card_or_writes_its_page(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["card", "show", str(model)]) == 0
    assert "gestures named rightly" in capsys.readouterr().out
    assert main(["card", "show", str(model), "--html", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").read_bytes() == (model / "card.html").read_bytes()
    assert main(["card", "show", str(tmp_path)]) == 1
    assert "card.json" in capsys.readouterr().err
