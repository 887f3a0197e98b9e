"""Rows of the dataset for a page, texts of link-only sources blank."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

CARD = "id, url, source, title, published, kind, unit, region, topic, release, copy_of, copied_share"


def query(connection: sqlite3.Connection, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
    """Rows as dictionaries."""
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def by_ids(connection: sqlite3.Connection, ids: Iterable[int], columns: str = CARD) -> list[dict[str, Any]]:
    """Advisories in the order of these ids, each with its outlet's name."""
    wanted = [int(number) for number in ids]
    marks = ", ".join("?" * len(wanted))
    found = {
        row["id"]: row for row in query(connection, f"SELECT {columns} FROM advisories WHERE id IN ({marks})", wanted)
    }
    outlets = names(connection)
    hidden = link_only(connection)
    rows = [found[number] for number in wanted if number in found]
    for row in rows:
        row["outlet"] = outlets.get(row["source"]) or row["source"]
        row["hidden"] = row["source"] in hidden
        for column in ("text", "new_text"):
            if row["hidden"] and column in row:
                row[column] = ""
    return rows


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Id to name of every source."""
    return {row["id"]: row["name"] for row in query(connection, "SELECT id, name FROM sources")}


def link_only(connection: sqlite3.Connection) -> set[str]:
    """Sources that allow no text."""
    return {row["id"] for row in query(connection, "SELECT id FROM sources WHERE rights = 'link-only'")}


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the dataset has this table or view."""
    return bool(query(connection, "SELECT 1 AS n FROM sqlite_master WHERE name = ?", (name,)))
