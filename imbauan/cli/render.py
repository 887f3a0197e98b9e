"""What `show` and `status` print on a terminal; where the output is piped they print plain lines."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from imbauan.cli.output import safe
from imbauan.layout import SEEN

_FIELDS = (
    "id", "url", "source", "published", "modified", "author", "kind", "unit", "region", "topic", "spokesperson",
    "release", "copy_of", "copied_share",
)  # fmt: skip
_STATES = {"healthy": "green", "new": "green", "finished": "green", "quiet": "yellow", "running": "yellow"}
"""Colours of states; any other is red."""


def advisory(
    console: Console, row: dict[str, Any], paragraphs: list[dict[str, Any]], revisions: list[dict[str, Any]]
) -> None:
    """One advisory: title, fields, and its paragraphs with what became of them."""
    console.print()
    console.print(Text(safe(row["title"] or row["url"]), style="bold"))
    fields = Table.grid(padding=(0, 2))
    fields.add_column()
    fields.add_column(overflow="fold")
    for name in _FIELDS:
        if row.get(name) not in (None, ""):
            fields.add_row(Text(name, style="dim"), Text(safe(row[name])))
    if row.get("evidence"):
        fields.add_row(Text("because", style="dim"), Text(", ".join(safe(row["evidence"]).splitlines())))
    for revision in revisions:
        fields.add_row(Text("earlier state", style="dim"), Text(f"seen {revision['seen']}: {safe(revision['title'])}"))
    fields.add_row(Text("paragraphs", style="dim"), Text(_counted(paragraphs)))
    console.print(fields)
    before = False
    for entry in paragraphs:
        out = entry.get("reason") not in (None, SEEN)
        # Dropped paragraphs that follow each other stand close: they are not what one came to read.
        console.print(Padding(_paragraph(entry, row["url"]), (0 if out and before else 1, 0, 0, 0)))
        before = out


def _counted(paragraphs: list[dict[str, Any]]) -> str:
    reasons = Counter(entry["reason"] for entry in paragraphs if entry.get("reason"))
    seen = reasons.pop(SEEN, 0)
    told = [f"{len(paragraphs) - seen - reasons.total()} kept and new"]
    told += [f"{seen} kept, not new"] * bool(seen)
    told += [
        f"{reasons.total()} dropped: " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    ] * bool(reasons)
    return ", ".join(told)


def _paragraph(entry: dict[str, Any], url: str) -> Table:
    reason = entry.get("reason")
    mark, colour = ("+", "green") if not reason else ("=", "cyan") if reason == SEEN else ("-", "red")
    # What repeats a paragraph of this page to the letter can be read there.
    whole = reason != "repeat-in-page" or entry["text"] != entry.get("kept_text")
    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(width=4, justify="right")
    line.add_column(ratio=1, overflow="fold" if whole else "ellipsis", no_wrap=not whole)
    line.add_row(
        Text(f"{mark}{entry['position']}", style=colour),
        Text(safe(entry["text"]), style="dim" if colour == "red" else ""),
    )
    if not reason and not entry.get("variant_url"):
        return line
    whys = Table.grid(padding=(0, 1), expand=True)
    whys.add_column(width=4)
    whys.add_column(ratio=1, overflow="fold")
    whys.add_row("", Text(safe(_why(entry, url)), style=f"italic {colour}" if reason else "italic dim"))
    both = Table.grid(expand=True)
    both.add_row(line)
    both.add_row(whys)
    return both


def _why(entry: dict[str, Any], url: str) -> str:
    if not entry.get("reason"):
        return f"kept: other facts than in {entry['variant_url']}: {entry['variant_text']}"
    where = ""
    if entry.get("kept_position") is not None:
        page = "this page" if entry["kept_url"] == url else f"{entry['kept_advisory']} {entry['kept_url']}"
        where = f", as paragraph {entry['kept_position']} of {page}, {100 * entry['similarity']:.0f} % alike"
    return f"{entry['reason']}{where} (rule {entry['rule']}, id {entry['id']})"


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


def demo(console: Console, held: list[tuple[str, int]], following: list[tuple[str, str]]) -> None:
    """What the demo's dataset holds, and what to type next."""
    table = Table(title="Every statement once", title_justify="left", box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, count in held:
        table.add_row(Text(label), f"{count:,}")
    console.print(table)
    console.print()
    console.print(Text("Next", style="italic"))
    for command, what in following:
        console.print(Text(what, style="dim"))
        # Never folded: a command is there to be copied.
        console.print(Text(f"  {command}", style="cyan"), soft_wrap=True)


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
