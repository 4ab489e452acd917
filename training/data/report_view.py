"""A report in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from training.data.dataset_file import DataSet
from training.data.report import SetReport

NAMED_GROUPS = 12


def show_report(dataset: DataSet, report: SetReport, console: Console) -> None:
    """Print what a person should know of a data set."""
    split = dataset.split
    console.print(f"[bold]{escape(dataset.name)}[/bold]  (licence: {escape(dataset.licence)})")
    console.print(
        f"{report.pictures} pictures, {report.hands} hands, {report.people} known people, "
        f"{report.sessions} known sessions"
    )
    console.print(_label_table(report))
    for reason, count in report.missing.items():
        console.print(f"  {count} x {reason}")
    console.print(
        f"Same picture again: {report.exact_duplicates}; under two labels: {report.conflicts}; "
        f"nearly the same: {report.near_pairs} pairs, {report.near_across_labels} of them with two "
        f"labels, {report.near_across_people} of two people"
    )
    for kind, pairs in report.examples.items():
        for a, b in pairs[:3]:
            console.print(f"  {kind}: {escape(a)} = {escape(b)}", soft_wrap=True)
    held = ", ".join(split.groups[:NAMED_GROUPS])
    more = len(split.groups) - NAMED_GROUPS
    console.print(
        f"Split by {split.by}, seed {split.seed}: "
        f"{sum(entry.training for entry in report.labels)} to train on, "
        f"{len(split.validation)} held out"
        + (f" ({escape(held)}{f' and {more} more' if more > 0 else ''})" if held else "")
    )
    for reason, count in report.left_out.items():
        console.print(f"  {count} on neither side: {reason}")
    for what, names in (
        ("people", report.people_on_both_sides),
        ("sessions", report.sessions_on_both_sides),
    ):
        if names:
            console.print(f"  {what} on both sides: {escape(', '.join(names[:NAMED_GROUPS]))}")
    for note in report.notes:
        console.print(escape(note))
    for warning in report.warnings:
        console.print(f"[yellow]![/yellow] {escape(warning)}")


def _label_table(report: SetReport) -> Table:
    table = Table("label", box=None, pad_edge=False)
    for heading in ("hands", "not found", "training", "validation"):
        table.add_column(heading, justify="right")
    for entry in report.labels:
        cells = (entry.found, entry.missing, entry.training, entry.validation)
        table.add_row(escape(entry.label), *map(str, cells))
    return table
