"""What ``gesture-train card`` does: show a model's card, check it, add to it."""

from __future__ import annotations

import argparse
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from gesture_app.store.archive_contents import CARD_PAGE_NAME
from training.card.content import Card
from training.card.figures import Share
from training.card.gathering import parse_attributes
from training.card.page import interval, percent, render_page
from training.card.verifying import Verdict, verify_card
from training.card.writing import load_card, save_card


def verify(options: argparse.Namespace) -> int:
    """Print what does not fit; 1 if anything was altered."""
    findings = verify_card(options.model)
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        console.print(f"{finding.verdict}: {finding.file}: {finding.text}", markup=False)
    if any(finding.verdict is Verdict.ALTERED for finding in findings):
        console.print("This model is not what its card says.")
        return 1
    rest = "everything else fits" if findings else "every figure and every hash fits"
    console.print(f"{options.model}: {rest}. Who wrote the card is not proven by that.")
    return 0


def show_card(options: argparse.Namespace) -> int:
    """Print the card in short, or write its page."""
    card, content = load_card(options.model)
    if options.html is not None:
        options.html.write_text(render_page(card, content), encoding="utf-8")
        return 0
    console = Console(highlight=False)
    console.print(_summary(card))
    for limit in card.limits:
        console.print(f"- {limit}", markup=False)
    page = options.model / CARD_PAGE_NAME
    whole = f"{page}" if page.is_file() else "--html PAGE makes it"
    console.print(f"The whole card: {whole}", markup=False, soft_wrap=True)
    return 0


def add_attributes(options: argparse.Namespace) -> int:
    """Add, replace or remove attributes of a card that fits its model."""
    # Adding to a card that does not fit would make its page fit it again.
    if any(finding.verdict is Verdict.ALTERED for finding in verify_card(options.model)):
        raise ValueError("the card does not fit the model; see `gesture-train card verify`")
    card, _ = load_card(options.model)
    attributes = {**card.attributes, **parse_attributes(options.pairs)}
    save_card(options.model, replace(card, attributes={k: v for k, v in attributes.items() if v}))
    return 0


def _summary(card: Card) -> Table:
    figures = card.evaluation.figures
    table = Table(title=card.model.name, show_header=False, title_justify="left")
    rows = {
        "gestures named rightly": _with_interval(figures.recall),
        "others taken for a gesture": _with_interval(figures.false_positives),
        "accuracy over both": _with_interval(figures.accuracy),
        "threshold, temperature": f"{card.model.threshold:.3f}, {card.model.temperature:.3f}",
        "measured on": f"{card.evaluation.data}, {figures.people or 'unknown'} people",
        "trained on": ", ".join(s.name for s in card.data_sets if s.role == "training"),
        "pictures seen": f"{card.training.pictures_seen:,}, precision {card.training.precision}",
        "licence": card.model.licence,
        **card.attributes,
    }
    for name, value in rows.items():
        table.add_row(name, value)
    return table


def _with_interval(share: Share) -> str:
    return f"{percent(share.value)} (95 %: {interval(share)}; {share.pictures:,} pictures)"
