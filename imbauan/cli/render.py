"""What `show` and `status` print on a terminal; where the output is piped they print plain lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from imbauan.cli.output import safe

_FIELDS = (
    "id", "url", "source", "published", "modified", "author", "kind", "unit", "region", "topic", "spokesperson",
    "release", "copy_of", "copied_share",
)  # fmt: skip
_STATES = {"healthy": "green", "new": "green", "finished": "green", "quiet": "yellow", "running": "yellow"}
"""Colours of states; any other is red."""


def advisory(console: Console, row: dict[str, Any], paragraphs: Iterable[dict[str, Any]], whys: dict[int, str]) -> None:
    """One advisory: title, fields, and its paragraphs with what became of them; `whys` by position."""
    console.print()
    console.print(Text(safe(row["title"] or row["url"]), style="bold"))
    fields = Table.grid(padding=(0, 2))
    fields.add_column()
    fields.add_column(overflow="fold")
    for name in _FIELDS:
        if row.get(name) not in (None, ""):
            fields.add_row(Text(name, style="dim"), Text(safe(row[name])))
    for line in (row.get("evidence") or "").splitlines():
        fields.add_row(Text("because", style="dim"), Text(safe(line)))
    console.print(fields)
    for entry in paragraphs:
        _paragraph(console, entry, whys.get(entry["position"]))


def _paragraph(console: Console, entry: dict[str, Any], why: str | None) -> None:
    reason = entry.get("reason")
    colour, style = ("green", "") if not reason else ("cyan", "") if reason == "seen-before" else ("red", "dim strike")
    mark = "+" if not reason else "=" if reason == "seen-before" else "-"
    line = Table.grid(padding=(0, 1))
    line.add_column(width=4, justify="right")
    line.add_column(ratio=1, overflow="fold")
    line.add_row(Text(f"{mark}{entry['position']}", style=colour), Text(safe(entry["text"]), style=style))
    if why:
        line.add_row("", Text(safe(why), style="italic dim"))
    console.print(Padding(line, (1, 0, 0, 0)))


def answer(console: Console, heading: str, what: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """The table that answers a canned question."""
    console.print(Text(safe(heading), style="bold"))
    console.print(Text(safe(what), style="dim"))
    console.print()
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        number = bool(rows) and isinstance(rows[0][place], int | float)
        table.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _cell(value: Any) -> Text:
    if value is None:
        return Text("–", style="dim")
    return Text(f"{value:,}" if isinstance(value, int) else safe(value))


def status(console: Console, runs: list[dict[str, Any]], held: dict[str, int], health: list[dict[str, Any]]) -> None:
    """The last runs, what the dataset holds, and the sources that are not healthy."""
    table = Table(title="Last runs", title_justify="left", box=None, pad_edge=False)
    for name in ("run", "status", "started", "read", "new", "updated", "errors"):
        table.add_column(name, justify="left" if name in ("status", "started") else "right")
    for run in runs:
        table.add_row(
            str(run["id"]), _state(run["status"]), str(run["started"]), *(str(run[name] or 0) for name in (
                "pages_fetched", "advisories_new", "advisories_updated", "errors")),
        )  # fmt: skip
    console.print(table)
    holds = Table(title="Holds", title_justify="left", box=None, pad_edge=False, show_header=False)
    holds.add_column()
    holds.add_column(justify="right")
    for name, count in held.items():
        holds.add_row(name.replace("_", " "), f"{count:,}")
    console.print(holds)
    _health(console, [row for row in health if row["state"] != "healthy"], len(health))


def _health(console: Console, ill: list[dict[str, Any]], sources: int) -> None:
    if not sources:
        return
    if not ill:
        console.print(Text(f"All {sources} sources are healthy.", style="green"))
        return
    table = Table(title="Sources that need a look", title_justify="left", box=None, pad_edge=False)
    for name in ("source", "state", "since", "message"):
        table.add_column(name)
    for row in ill:
        table.add_row(
            safe(row["source"]), _state(row["state"]), str(row["since"] or ""), Text(safe(row["message"] or ""))
        )
    console.print(table)


def _state(state: str) -> Text:
    return Text(safe(state), style=_STATES.get(state, "red"))
