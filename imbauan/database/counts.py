"""How many rows a table or view has, without a look at what is not counted."""

from __future__ import annotations

import sqlite3

_SHORT = {
    "releases": "SELECT COUNT(DISTINCT release) FROM advisories",
    "dropped_paragraphs": "SELECT COUNT(*) FROM paragraphs WHERE reason IS NOT NULL",
}
"""Views whose joins add and take away no row: an index answers in a hundredth of the time."""


def count_rows(connection: sqlite3.Connection, table: str) -> int:
    """The number of rows; `table` is a name of ours, never a user's text."""
    is_view = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?", (table,)).fetchone()
    sql = _SHORT[table] if is_view and table in _SHORT else f"SELECT COUNT(*) FROM {table}"
    return int(connection.execute(sql).fetchone()[0])
