"""Rows out of the dataset: filters as SQL parameters, streamed as CSV or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from imbauan.database import Dataset
from imbauan.exceptions import UsageError

TABLES = ("advisories", "releases", "dropped_paragraphs", "revisions", "runs", "pages", "sources")
FILTERS = {
    "since": ("published", ">="), "until": ("published", "<"), "source": ("source", "="), "region": ("region", "="),
    "unit": ("unit", "="), "topic": ("topic", "="), "kind": ("kind", "="),
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters with which a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""


def select(
    dataset: Dataset,
    table: str = "advisories",
    *,
    filters: dict[str, str] | None = None,
    search: str | None = None,
    unique: bool = False,
    columns: list[str] | None = None,
) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """Column names and rows in the order of their ids; raises `UsageError` for a column or filter that table lacks."""  # fmt: skip
    if table not in TABLES:
        raise UsageError(f"no table {table!r}: one of {', '.join(TABLES)}")
    known = [column.name for column in dataset.db[table].columns]
    chosen = columns or known
    if missing := [name for name in chosen if name not in known]:
        raise UsageError(f"table {table} has no column {missing[0]!r}: one of {', '.join(known)}")
    conditions, parameters = _conditions(table, known, filters or {})
    if search is not None:
        _only_advisories(table, "--search")
        conditions.append("id IN (SELECT rowid FROM advisories_fts WHERE advisories_fts MATCH :search)")
        parameters["search"] = " ".join('"' + word.replace('"', '""') + '"' for word in search.split())
        if not parameters["search"]:
            raise UsageError("--search is empty: give one or more words")
    if unique:
        _only_advisories(table, "--unique")
        conditions.append("id = release")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    names = ", ".join(f'"{name}"' for name in chosen)
    order = "id" if "id" in known else known[0]
    return chosen, dataset.rows(f"SELECT {names} FROM {table}{where} ORDER BY {order}", parameters)


def write_csv(stream: IO[str], columns: list[str], rows: Iterable[dict[str, Any]], spreadsheet: bool = False) -> int:
    """Write rows as CSV (RFC 4180 quoting); with `spreadsheet` a byte order mark and no cell that is a formula."""
    if spreadsheet:
        stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n" if spreadsheet else "\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_safe(row[name]) if spreadsheet else row[name] for name in columns])
        count += 1
    return count


def write_jsonl(stream: IO[str], rows: Iterable[dict[str, Any]]) -> int:
    """Write one JSON object a line."""
    count = 0
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def _only_advisories(table: str, option: str) -> None:
    if table != "advisories":
        raise UsageError(f"{option} works on advisories, not on {table}: leave one of the two out")


def _conditions(table: str, known: list[str], filters: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    for name, value in filters.items():
        column, operator = FILTERS[name]
        if column not in known:
            raise UsageError(f"table {table} has no column {column!r}: --{name} works on advisories")
        if column == "published":
            # Offsets differ from outlet to outlet: compare moments, not texts.
            conditions.append(f"datetime({column}) {operator} datetime(:{name})")
        else:
            conditions.append(f"{column} {operator} :{name}")
        parameters[name] = value
    return conditions, parameters
