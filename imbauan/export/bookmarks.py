"""`--new-since-last NAME`: which rows a bookmark has already delivered, and in which state.

A bookmark holds, for each delivered row, a hash of the delivered values. So a row counts as new whatever changed it: a
correction, a restored paragraph, an earlier copy that arrived late. The bookmark moves only with the finished file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from xxhash import xxh3_64_intdigest

from imbauan.database import Dataset
from imbauan.database.runs import now
from imbauan.export.query import Selection

QUIET = frozenset({"run", "fetched"})
"""Columns that change without news: a page that was looked at again is no new row."""


class Bookmark:
    """One named bookmark of one table, while an export goes on."""

    def __init__(self, dataset: Dataset, name: str, selection: Selection) -> None:
        self._dataset, self._name, self._selection = dataset, name, selection
        self._telling = [place for place, column in enumerate(selection.columns) if column not in QUIET]
        # An unnamed database spills to a temporary file: a million rows in little memory.
        self._delivered = sqlite3.connect("", check_same_thread=False)
        self._delivered.execute("CREATE TABLE rows (key, digest INTEGER)")

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows that are new, or differ from what was delivered last."""
        selection, known = self._selection, "SELECT digest FROM bookmark_rows b WHERE b.bookmark = :bookmark"
        sql = selection.sql.replace(
            "SELECT ",
            f'SELECT t."{selection.key}", ({known} AND b."table" = :table AND b.key = t."{selection.key}"), ',
            1,
        )
        cursor = self._dataset.connection.execute(
            sql, selection.parameters | {"bookmark": self._name, "table": selection.query.table}
        )
        for key, before, *values in cursor:
            digest = self._digest(values)
            if digest != before:
                self._delivered.execute("INSERT INTO rows VALUES (?, ?)", (key, digest))
                yield tuple(values)

    def move(self, publish: Callable[[], None]) -> None:
        """Put the file in place and move the bookmark, or neither: one transaction around both."""
        with self._dataset.writing() as connection, closing(self._delivered) as delivered:
            connection.executemany(
                'INSERT OR REPLACE INTO bookmark_rows (bookmark, "table", key, digest) VALUES (?, ?, ?, ?)',
                (
                    (self._name, self._selection.query.table, key, digest)
                    for key, digest in delivered.execute("SELECT key, digest FROM rows")
                ),
            )
            connection.execute(
                """INSERT INTO bookmarks (name, "table", moved, exports) VALUES (?, ?, ?, 1)
                ON CONFLICT (name, "table") DO UPDATE SET moved = excluded.moved, exports = exports + 1""",
                (self._name, self._selection.query.table, now()),
            )
            publish()

    def _digest(self, values: list[Any]) -> int:
        # Lengths are told apart by repr, null from '' as well; signed, as SQLite's integers are.
        told = repr([values[place] for place in self._telling]).encode("utf-8", "surrogatepass")
        return xxh3_64_intdigest(told) - (1 << 63)
