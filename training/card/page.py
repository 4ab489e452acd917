"""``card.html``: one self-contained page, made from ``card.json`` alone, without scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gesture_app.core.types import NO_GESTURE
from training.card import plots
from training.card.content import Card, Throughput
from training.card.figures import Figures, Share
from training.evaluate import merged

TEMPLATE_NAME = "page.html.j2"

KNOWN_BACKENDS = (
    "PyTorch eager",
    "ONNX Runtime CPU",
    "ONNX Runtime CUDA",
    "ONNX Runtime TensorRT",
    "ONNX Runtime TensorRT RTX",
    "ONNX Runtime DirectML",
    "ONNX Runtime CoreML",
)
"""Those that a reader may ask about; where none was measured, the card says "not run"."""

FEW_PEOPLE = 3

PRECISIONS = ("fp32", "fp16", "int8")


def render_page(card: Card, content: bytes) -> str:
    """The page of a card.

    Args:
        content: bytes of ``card.json``; the page names their sha256, so that a card that was
            changed afterwards does not fit its page.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    # Whatever a card from elsewhere says is escaped; only our own drawings are markup.
    environment = Environment(
        loader=PackageLoader("training.card", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=percent, interval=interval, thousands=thousands, plain=plain, megabytes=megabytes
    )
    drawings = {name: Markup(svg) for name, svg in draw_plots(card).items()}  # noqa: S704
    return environment.get_template(TEMPLATE_NAME).render(
        card=card,
        figures=card.evaluation.figures,
        plots=drawings,
        recipe=flatten(card.training.recipe),
        measured=is_measured(card.evaluation.figures),
        gaps=evaluation_gaps(card),
        not_run=speeds_not_run(card.throughput),
        json_sha256=hashlib.sha256(content).hexdigest(),
    )


def draw_plots(card: Card) -> dict[str, str]:
    """Name → SVG of every plot that the card has figures for."""
    figures = card.evaluation.figures
    drawn = {}
    if is_measured(figures):
        drawn["curve"] = plots.recall_curve(figures.curve, figures, card.references)
        drawn["confusion"] = plots.confusion_matrix(figures.confusion)
    if figures.classes:
        drawn["classes"] = plots.shares(
            "classes", "Recall and precision by gesture", _by_class(figures)
        )
    if people := [(p.person, [("recall", p.recall)]) for p in figures.persons if p.recall]:
        drawn["people"] = plots.shares("people", "Recall by person", people)
    if figures.calibration is not None:
        drawn["reliability"] = plots.reliability(figures.calibration)
    if card.training.losses:
        drawn["loss"] = plots.loss_curve(card.training.losses)
    return drawn


def is_measured(figures: Figures) -> bool:
    """False where no pictures were held out for an evaluation."""
    return figures.gesture_pictures + figures.other_pictures > 0


def evaluation_gaps(card: Card) -> list[str]:
    """What the evaluation cannot say: labels that it lacks or has of very few people."""
    classes = card.evaluation.figures.classes
    evaluated = {c.gesture for c in classes}
    labels = sorted({merged(label) for label in card.model.labels} - {NO_GESTURE} - evaluated)
    few = [c.gesture for c in classes if 0 < c.people < FEW_PEOPLE]
    gaps = []
    if labels:
        gaps.append(f"Not in the evaluation at all: {', '.join(map(plain, labels))}.")
    if few:
        gaps.append(f"Seen of one or two people only: {', '.join(map(plain, few))}.")
    return gaps


def speeds_not_run(measured: tuple[Throughput, ...]) -> list[tuple[str, str]]:
    """Back end and precisions of which there is no measurement."""
    done = {(row.backend, row.precision) for row in measured}
    missing = []
    for backend in dict.fromkeys((*KNOWN_BACKENDS, *(row.backend for row in measured))):
        left = [p for p in PRECISIONS if (backend, p) not in done]
        if left:
            missing.append((backend, ", ".join(left)))
    return missing


def flatten(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Nested settings as (dotted name, text), in order."""
    rows: list[tuple[str, str]] = []
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            rows.extend(flatten(value, f"{name}."))
        elif isinstance(value, list | tuple):
            rows.append((name, ", ".join(map(str, value))))
        else:
            rows.append((name, str(value)))
    return rows


def percent(value: float) -> str:
    """0.9046 → ``90.5 %``, with a narrow space that does not break."""
    return f"{100 * value:.1f}\u202f%"


def interval(share: Share) -> str:
    """The wider interval as text."""
    low, high = share.interval
    return f"{100 * low:.0f}–{100 * high:.0f}\u202f%"


def thousands(value: float) -> str:
    """76800 → ``76,800``."""
    return f"{value:,.0f}"


def plain(name: str) -> str:
    """Names of labels and settings as words."""
    return name.replace("_", " ")


def megabytes(count: int) -> str:
    """Bytes → ``23.8 MB``."""
    return f"{count / 1e6:.1f}\u202fMB"


def _by_class(figures: Figures) -> list[tuple[str, list[tuple[str, Share]]]]:
    return [
        (plain(c.gesture), [("recall", c.recall), ("precision", c.precision)])
        for c in figures.classes
    ]
