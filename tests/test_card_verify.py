"""`gesture-train card verify` finds what was changed after the card was made, and says what."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.model_cards import make_model, make_source
from training.__main__ import main
from training.card import page, verifying
from training.card.content import Card
from training.card.page import draw_plots
from training.card.verifying import Verdict, verify_card
from training.card.writing import dump_card, load_card, save_card, write_card

BUNDLED = Path(__file__).resolve().parents[1] / "assets" / "models" / "default"


@pytest.fixture(autouse=True, scope="module")
def drawings_are_kept() -> Iterator[None]:
    """Drawing is the slow part; here the same card is drawn once."""
    kept: dict[bytes, dict[str, str]] = {}

    def draw(card: Card) -> dict[str, str]:
        content = dump_card(card)
        if content not in kept:
            kept[content] = draw_plots(card)
        return kept[content]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "draw_plots", draw)
        yield


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_model(tmp_path_factory.mktemp("verify") / "model")
    write_card(folder, make_source(folder))
    return folder


@pytest.fixture
def model(untouched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched, tmp_path / "model"))


def change_text(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text, f"{old} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def change_json(folder: Path, file: str, keys: str, value: object) -> None:
    """Change one value, ``keys`` being its path with dots."""
    tree = json.loads((folder / file).read_text("utf-8"))
    *path, last = keys.split(".")
    branch = tree
    for key in path:
        branch = branch[int(key) if key.isdigit() else key]
    assert branch[last] != value
    branch[last] = value
    (folder / file).write_text(json.dumps(tree, indent=2) + "\n", "utf-8")


def change_card(folder: Path, change: Callable[[Card], Card]) -> None:
    """Change the card and make its page anew, so that both fit each other."""
    save_card(folder, change(load_card(folder)[0]))


def better_recall(card: Card) -> Card:
    figures = card.evaluation.figures
    better = replace(figures, recall=replace(figures.recall, value=0.999))
    return replace(card, evaluation=replace(card.evaluation, figures=better))


def fewer_errors(card: Card) -> Card:
    """One confusion moved onto the diagonal."""
    confusion = card.evaluation.figures.confusion
    counts = [list(row) for row in confusion.counts]
    counts[0][0] += 1
    moved = replace(confusion, counts=tuple(map(tuple, counts)))
    figures = replace(card.evaluation.figures, confusion=moved)
    return replace(card, evaluation=replace(card.evaluation, figures=figures))


def another_threshold(folder: Path) -> None:
    change_json(folder, "manifest.json", "threshold", 0.1)
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()

    def change(card: Card) -> Card:
        return replace(card, model=replace(card.model, threshold=0.1, manifest_sha256=digest))

    change_card(folder, change)


def edited_evaluation(folder: Path) -> None:
    """A wrong answer is made right, and the card states the file's new hash."""
    lines = (folder / "evaluation.jsonl").read_text("utf-8").splitlines()
    index, wrong = next(
        (index, answer)
        for index, answer in enumerate(map(json.loads, lines))
        if answer.get("label") == "like" and answer["gesture"] != "like"
    )
    lines[index] = json.dumps({**wrong, "gesture": "like", "margin": 0.99})
    content = ("\n".join(lines) + "\n").encode()
    (folder / "evaluation.jsonl").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    change_card(folder, lambda c: replace(c, evaluation=replace(c.evaluation, sha256=digest)))


def exchanged_network(folder: Path) -> None:
    """Another network, and a manifest that fits it."""
    (folder / "fake.onnx").write_bytes(b"another network")
    digest = hashlib.sha256(b"another network").hexdigest()
    change_json(folder, "manifest.json", "sha256", digest)
    change_json(folder, "manifest.json", "variants.fp32.sha256", digest)


TAMPERING: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a figure of the card": (
        lambda f: change_json(f, "card.json", "evaluation.figures.recall.value", 0.999),
        "card.json",
        "recall.value is stated as 0.999",
    ),
    "a figure of card and page": (
        lambda f: change_card(f, better_recall),
        "card.json",
        "recall.value is stated as 0.999",
    ),
    "a confusion": (lambda f: change_card(f, fewer_errors), "card.json", "confusion.counts[0][0]"),
    "a figure that no answer gives": (
        lambda f: change_json(f, "card.json", "throughput.0.images_per_second", 9999.0),
        "card.json",
        "is not the one that card.html was made from",
    ),
    "a figure of the page": (
        lambda f: change_text(f, "card.html", "a machine", "a fast machine"),
        "card.html",
        "is not what card.json gives",
    ),
    "the manifest's threshold": (
        lambda f: change_json(f, "manifest.json", "threshold", 0.1),
        "manifest.json",
        "threshold is 0.1",
    ),
    "the threshold everywhere": (another_threshold, "card.json", "the rule"),
    "the manifest's temperature": (
        lambda f: change_json(f, "manifest.json", "temperature", 2.0),
        "manifest.json",
        "temperature is 2.0",
    ),
    "the manifest's labels": (
        lambda f: change_json(f, "manifest.json", "labels", ["dislike", "like", "no_gesture"]),
        "manifest.json",
        "labels is",
    ),
    "the manifest's normalisation": (
        lambda f: change_json(f, "manifest.json", "preprocess.mean", [0.5, 0.5, 0.5]),
        "manifest.json",
        "was changed after the card was made",
    ),
    "the manifest's figures": (
        lambda f: change_json(f, "manifest.json", "metrics", {"made_up_people recall": 0.999}),
        "manifest.json",
        "made_up_people recall is 0.999",
    ),
    "the network": (
        lambda f: (f / "fake.onnx").write_bytes(b"another"), "fake.onnx", "sha256 is",
    ),
    "the network and the manifest": (exchanged_network, "manifest.json", "networks is"),
    "a variant": (
        lambda f: (f / "fake.int8.onnx").write_bytes(b"x"), "fake.int8.onnx", "sha256 is",
    ),
    "a network that is gone": (
        lambda f: (f / "fake.int8.onnx").unlink(), "fake.int8.onnx", "cannot be read",
    ),
    "the evaluation": (
        lambda f: change_text(f, "evaluation.jsonl", '"hands":0', '"hands":1'),
        "evaluation.jsonl",
        "sha256 is",
    ),
    "the evaluation and its hash": (edited_evaluation, "card.json", "recall.value is stated as"),
    "an answer against its probabilities": (
        edited_evaluation, "evaluation.jsonl", "does not fit its probabilities",
    ),
    "an evaluation of another network": (
        lambda f: change_text(f, "evaluation.jsonl", '"model_sha256":"', '"model_sha256":"0'),
        "evaluation.jsonl",
        "of another network",
    ),
    "an evaluation that is gone": (
        lambda f: (f / "evaluation.jsonl").unlink(), "evaluation.jsonl", "cannot be read",
    ),
    "a card that is none": (
        lambda f: (f / "card.json").write_text("{}"), "card.json", "schema None",
    ),
    "an evaluation from elsewhere": (
        lambda f: change_json(f, "card.json", "evaluation.file", "../evaluation.jsonl"),
        "card.json",
        "outside the model's folder",
    ),
}  # fmt: skip


def test_an_untouched_model_fits_its_card(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_card(model) == []
    assert main(["card", "verify", str(model)]) == 0
    assert "every figure and every hash fits" in capsys.readouterr().out


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_and_named(what: str, model: Path) -> None:
    tamper, file, text = TAMPERING[what]
    tamper(model)
    findings = verify_card(model)
    assert any(f.file == file and text in f.text for f in findings), findings
    assert all(f.verdict is Verdict.ALTERED for f in findings)


def test_verify_says_what_was_altered_and_fails(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_json(model, "manifest.json", "threshold", 0.1)
    assert main(["card", "verify", str(model)]) == 1
    assert "altered: manifest.json: threshold is 0.1" in capsys.readouterr().out


def test_a_page_drawn_by_other_versions_is_unchecked_and_not_called_altered(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change_text(model, "card.html", "a machine", "some machine")
    monkeypatch.setattr(verifying, "package_versions", lambda: {"matplotlib": "0.0"})
    (finding,) = verify_card(model)
    assert finding.verdict is Verdict.UNCHECKED
    assert "(here 0.0)" in finding.text
    assert main(["card", "verify", str(model)]) == 0
    assert "unchecked: card.html" in capsys.readouterr().out


def test_a_card_without_a_page_is_unchecked_there_and_not_called_altered(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (model / "card.html").unlink()
    (finding,) = verify_card(model)
    assert finding.verdict is Verdict.UNCHECKED
    assert finding.file == "card.html"
    assert main(["card", "show", str(model)]) == 0
    assert "--html PAGE makes it" in capsys.readouterr().out


def test_attributes_can_be_added_to_a_card_that_fits_and_to_no_other(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["card", "attribute", str(model), "site=Seoul <1>", "team="]) == 0
    assert load_card(model)[0].attributes == {"site": "Seoul <1>"}
    assert "Seoul &lt;1&gt;" in (model / "card.html").read_text("utf-8")
    assert verify_card(model) == []

    change_json(model, "card.json", "throughput.0.images_per_second", 9999.0)
    assert main(["card", "attribute", str(model), "site=here"]) == 1
    assert "does not fit the model" in capsys.readouterr().err


def test_the_bundled_model_fits_its_card() -> None:
    altered = [f for f in verify_card(BUNDLED) if f.verdict is Verdict.ALTERED]
    assert altered == []
