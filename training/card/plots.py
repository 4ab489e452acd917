"""The plots of a card as SVG that takes its colours from the page around it.

matplotlib draws with stand-in colours; they are replaced by the page's CSS variables, so that one
drawing serves light and dark.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from gesture_app.core.types import NO_GESTURE
from training.card.content import LossPoint, ReferenceCurve
from training.card.figures import Calibration, Confusion, CurvePoint, Figures, Share
from training.datasets import OTHER_HAND

INK, MUTED, LINE, ACCENT, SECOND, GROUND = (f"#{i:02x}{i:02x}{i:02x}" for i in range(1, 7))
VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    LINE: "var(--line)",
    ACCENT: "var(--accent)",
    SECOND: "var(--second)",
    GROUND: "var(--panel)",
}
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",  # comes with matplotlib, so the layout is the same everywhere
    "font.size": 9,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "axes.grid": True,
    "axes.axisbelow": True,
    "legend.frameon": False,
}
RIGHT_ANSWERS = {OTHER_HAND: NO_GESTURE}
"""What has to be named where it is not what is shown."""

SMOOTHED_PARTS = 40
"""The loss curve is averaged over this part of the run."""


def recall_curve(
    points: Sequence[CurvePoint], shipped: Figures, references: Sequence[ReferenceCurve]
) -> str:
    """Recall against the false-positive rate, with the interval over people as a band."""

    def draw(axes: Any) -> None:
        rates = [100 * p.false_positives for p in points]
        bands = [p.recall.interval for p in points]
        lows, highs = ([100 * band[side] for band in bands] for side in (0, 1))
        axes.fill_between(rates, lows, highs, color=ACCENT, alpha=0.14, linewidth=0)
        axes.plot(rates, [100 * p.recall.value for p in points], color=ACCENT, label="this model")
        for number, reference in enumerate(references):
            x, y = ([100 * point[axis] for point in reference.points] for axis in (0, 1))
            dashes = (4 + 2 * number, 2)
            axes.plot(x, y, color=SECOND, marker="s", ms=4, dashes=dashes, label=reference.name)
        here = (100 * shipped.false_positives.value, 100 * shipped.recall.value)
        axes.plot(*here, "o", ms=8, color=ACCENT, mec=GROUND, mew=1.5, label="threshold that ships")
        axes.set(xlabel="others taken for a gesture, %", ylabel="gestures named rightly, %")
        axes.set(xlim=(0, max(1, *rates)), ylim=(0, 102))
        axes.legend(loc="lower right")

    return _svg("curve", (5.6, 3.9), draw, "Recall against false-positive rate")


def reliability(calibration: Calibration) -> str:
    """Accuracy of the predictions of each confidence; on the diagonal they mean what they say."""

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, dashes=(3, 3))
        for part in calibration.bins:
            center, width = (part.low + part.high) / 2, part.high - part.low
            axes.bar(center, part.accuracy, width * 0.9, color=ACCENT, alpha=0.75)
            axes.text(center, part.accuracy + 0.015, str(part.pictures), ha="center", fontsize=7.5)
        axes.set(xlabel="how sure the model is", ylabel="share that is right")
        axes.set(xlim=(0, 1), ylim=(0, 1.08))

    return _svg("reliability", (5.6, 3.9), draw, "Reliability diagram")


def confusion_matrix(confusion: Confusion) -> str:
    """Rows show, columns name; shaded by the share of the row."""
    rows, columns = len(confusion.shown), len(confusion.named)

    def draw(axes: Any) -> None:
        from matplotlib.patches import Rectangle

        for y, counts in enumerate(confusion.counts):
            total = max(sum(counts), 1)
            for x, count in enumerate(counts):
                if not count:
                    continue
                right = (
                    RIGHT_ANSWERS.get(confusion.shown[y], confusion.shown[y])
                    == (confusion.named[x])
                )
                share = count / total
                cell = Rectangle(
                    (x + 0.04, y + 0.04), 0.92, 0.92, color=ACCENT if right else SECOND,
                    alpha=0.12 + 0.6 * share, linewidth=0,
                )  # fmt: skip
                axes.add_patch(cell)
                axes.text(x + 0.5, y + 0.5, str(count), ha="center", va="center", fontsize=8)
        named = ["nothing" if n == NO_GESTURE else _plain(n) for n in confusion.named]
        axes.set(xlim=(0, columns), ylim=(rows, 0))
        axes.set_xticks([x + 0.5 for x in range(columns)], named)
        axes.tick_params(axis="x", rotation=45)
        for label in axes.get_xticklabels():
            label.set(ha="left", rotation_mode="anchor")
        axes.set_yticks([y + 0.5 for y in range(rows)], [_plain(name) for name in confusion.shown])
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set(xlabel="named", ylabel="shown")
        axes.grid(visible=False)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    size = (1.9 + 0.46 * columns, 1.3 + 0.34 * rows)
    return _svg("confusion", size, draw, "Confusion matrix")


def shares(name: str, title: str, rows: Sequence[tuple[str, Sequence[tuple[str, Share]]]]) -> str:
    """Points with their intervals, a line for each name.

    Args:
        rows: (name, ((series, share), …)); at most two series.
    """
    colors = (ACCENT, SECOND)
    markers = ("o", "D")

    def draw(axes: Any) -> None:
        labelled: set[str] = set()
        for y, (_, series) in enumerate(rows):
            for index, (label, share) in enumerate(series):
                at = y + (index - (len(series) - 1) / 2) * 0.3
                low, high = share.interval
                axes.plot([100 * low, 100 * high], [at, at], color=colors[index], lw=2.2, alpha=0.4)
                shown = None if label in labelled else label
                labelled.add(label)
                axes.plot(
                    100 * share.value, at, markers[index], ms=5, color=colors[index], label=shown
                )
        axes.set(xlim=(0, 101), ylim=(len(rows) - 0.4, -0.6), xlabel="%")
        axes.set_yticks(range(len(rows)), [row[0] for row in rows])
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        if len(labelled) > 1:
            axes.legend(loc="lower left")

    return _svg(name, (6.0, 0.9 + 0.3 * len(rows)), draw, title)


def loss_curve(points: Sequence[LossPoint]) -> str:
    """Loss by step: each batch faintly, their running mean, and validation where there is one."""

    def draw(axes: Any) -> None:
        steps, losses = [p.step for p in points], [p.loss for p in points]
        window = max(len(points) // SMOOTHED_PARTS, 1)
        smooth = [
            sum(losses[max(i - window + 1, 0) : i + 1]) / min(i + 1, window)
            for i in range(len(losses))
        ]
        axes.plot(steps, losses, color=ACCENT, alpha=0.25, linewidth=0.8)
        axes.plot(steps, smooth, color=ACCENT, label=f"training, mean of {window} reports")
        checked = [(p.step, p.validation_loss) for p in points if p.validation_loss is not None]
        if checked:
            x, y = zip(*checked, strict=True)
            axes.plot(x, y, "o-", ms=3.5, color=SECOND, label="validation")
        axes.set(xlabel="step", ylabel="loss", xlim=(0, steps[-1]), ylim=(0, None))
        axes.legend(loc="upper right")

    return _svg("loss", (6.4, 3.2), draw, "Loss by training step")


def _svg(name: str, size: tuple[float, float], draw: Callable[[Any], None], title: str) -> str:
    """Draw on axes of ``size`` inches and return an ``<svg>`` element for HTML."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # Identifiers depend on the salt alone: same figures, same bytes, and no clash on one page.
    # A user's own matplotlib settings must not change the page either. matplotlib warns of signs
    # that its font lacks, Korean names for one; the page shows them in the reader's own font.
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="Glyph .* missing from font", category=UserWarning
        )
        mpl.rcdefaults()
        settings: Any = mpl.rcParams
        settings.update({**STYLE, "svg.hashsalt": name})
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_alpha(0)
        draw(figure.subplots())
        out = io.StringIO()
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None})  # type: ignore[no-untyped-call]
    return _embedded(out.getvalue(), title, size[0])


def _embedded(text: str, title: str, inches: float) -> str:
    """matplotlib's SVG file → an element that fits into the page and its colours."""
    view_box = re.search(r'viewBox="[^"]*"', text)
    assert view_box is not None
    body = text[text.index('<g id="figure_1"') :]
    body = re.sub(r' id="[A-Za-z.]+[0-9a-z]*_\d+"', "", body)  # groups; nothing refers to them
    body = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", body)
    body = re.sub(r" font-family: [^;\"]+;", "", body)
    body = re.sub(r"\s*\n\s*", " ", body)
    for color, variable in VARIABLES.items():
        body = body.replace(color, variable)
    style = f"max-width: {inches}in"
    return f'<svg class="plot" role="img" aria-label="{title}" style="{style}" {view_box[0]}>{body}'


def _plain(name: str) -> str:
    return name.replace("_", " ")
