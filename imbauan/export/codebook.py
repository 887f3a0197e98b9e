"""The codebook beside an exported file: what the columns mean, how the file was made, and how to cite it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from imbauan import __version__
from imbauan.database import Dataset
from imbauan.database.runs import now
from imbauan.export.query import Selection

MEANINGS = "dataset.json"
"""Column meanings, made from docs/dataset.md by `make reference`."""


@dataclass(slots=True)
class Written:
    """What was written: counted while the rows went by."""

    rows: int = 0
    filled: list[int] = field(default_factory=list)
    """For each column, how many rows hold a value."""
    sha256: str = ""
    notes: list[str] = field(default_factory=list)


def meanings(table: str) -> dict[str, str]:
    """What each column of a table holds, in one sentence each."""
    text = files("imbauan").joinpath("data", MEANINGS).read_text("utf-8")
    return dict(json.loads(text).get(table, {}).get("columns", {}))


def codebook(dataset: Dataset, selection: Selection, name: str, form: str, written: Written) -> dict[str, Any]:
    """All that a reader of the file needs, as plain data."""
    told = meanings(selection.query.table)
    made = now()
    return {
        "file": name,
        "format": form,
        "sha256": written.sha256,
        "made": made,
        "program": f"imbauan {__version__}",
        "dataset": dataset.path.name,
        "last_run": _last_run(dataset),
        "query": selection.query.told(),
        "rows": written.rows,
        "columns": [
            {"name": column, "meaning": told.get(column, ""), "filled": filled}
            for column, filled in zip(selection.columns, written.filled, strict=True)
        ],
        "rights": _rights(dataset),
        "notes": written.notes,
        "cite": f"{name}, {written.rows} rows of {selection.query.table}, made with Imbauan {__version__} on {made[:10]}, "
        f"sha256 {written.sha256}.",
    }


def write_codebook(book: dict[str, Any], beside: Path) -> list[Path]:
    """Write the codebook for programs (.codebook.json) and for people (.codebook.md)."""
    data = beside.with_name(f"{beside.name}.codebook.json")
    data.write_text(json.dumps(book, ensure_ascii=False, indent=2) + "\n", "utf-8")
    page = beside.with_name(f"{beside.name}.codebook.md")
    page.write_text(_page(book), "utf-8")
    return [data, page]


def _page(book: dict[str, Any]) -> str:
    lines = [f"# Codebook of {book['file']}", "", f"Cite as: {book['cite']}", ""]
    for name in ("format", "sha256", "made", "program", "dataset", "rows"):
        lines.append(f"- {name}: {book[name]}")
    asked = ", ".join(f"{name} = {value}" for name, value in book["query"].items())
    lines += [f"- query: {asked}", "", "| column | what it holds | rows with a value |", "|---|---|---|"]
    lines += [
        f"| `{c['name']}` | {c['meaning'].replace('|', chr(92) + '|')} | {c['filled']} |" for c in book["columns"]
    ]
    lines += ["", "## Rights", ""] + [
        f"- {name}: {', '.join(ids) or 'no source'}" for name, ids in book["rights"].items()
    ]
    lines += ["", "`ask`: ask the publisher before you pass texts on. `link-only`: the texts are left out.", ""]
    return "\n".join(lines + [f"- {note}" for note in book["notes"]] + [""] * bool(book["notes"]))


def _rights(dataset: Dataset) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"open": [], "ask": [], "link-only": []}
    for source, rights in dataset.connection.execute("SELECT id, rights FROM sources ORDER BY id"):
        found.setdefault(rights or "ask", []).append(source)
    return found


def _last_run(dataset: Dataset) -> dict[str, Any] | None:
    return next(dataset.rows("SELECT id, started, finished, status FROM runs ORDER BY id DESC LIMIT 1"), None)
