"""What a rebuild would change: rows, fields and paragraphs, each difference once."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_ADVISORIES = (
    "source", "title", "published", "modified", "fetched", "author", "language", "kind", "text", "new_text", "unit",
    "region", "topic", "spokesperson", "copied_share", "paragraphs", "dropped", "editor", "copyright", "evidence",
)  # fmt: skip
_DROPPED = ("text", "reason", "similarity", "kept_url", "kept_position", "kept_text", "rule")
_PAGES = ("outcome", "reason")
_REVISIONS = ("title", "text", "change")
_FIRST_OF_RELEASE = "(SELECT f.url FROM {schema}.advisories f WHERE f.id = a.{column})"


@dataclass(slots=True)
class Changes:
    """Counts of differences: (table, `added` | `removed` | `changed`), and (table, field) of changed rows."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.rows)


def differences(connection: sqlite3.Connection, changes: Changes) -> Iterator[dict[str, Any]]:
    """Every difference between `old` (attached) and `main`, counted in `changes` as it passes."""
    links = {
        schema: ", ".join(
            f"{_FIRST_OF_RELEASE.format(schema=schema, column=column)} AS {column}" for column in ("release", "copy_of")
        )
        for schema in ("old", "main")
    }
    plain = ", ".join(f"a.{name}" for name in _ADVISORIES)
    yield from _compared(
        connection, changes, "advisories", ("url",), (*_ADVISORIES, "release", "copy_of"),
        {s: f"SELECT a.url, {plain}, {links[s]} FROM {s}.advisories a ORDER BY a.url" for s in links},
    )  # fmt: skip
    for table, key, columns in (
        ("dropped_paragraphs", ("url", "position"), _DROPPED),
        ("revisions", ("url", "seen"), _REVISIONS),
        ("pages", ("url",), _PAGES),
    ):
        names = ", ".join((*key, *columns))
        queries = {s: f"SELECT {names} FROM {s}.{table} ORDER BY {', '.join(key)}" for s in ("old", "main")}
        yield from _compared(connection, changes, table, key, columns, queries)


def _compared(
    connection: sqlite3.Connection, changes: Changes, table: str, key: tuple[str, ...], columns: tuple[str, ...],
    queries: dict[str, str],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    old, new = connection.execute(queries["old"]), connection.execute(queries["main"])
    before, after = old.fetchone(), new.fetchone()
    width = len(key)
    while before is not None or after is not None:
        left = None if before is None else _order(before[:width])
        right = None if after is None else _order(after[:width])
        if right is None or (left is not None and left < right):
            yield _whole(changes, table, "removed", key, before)
            before = old.fetchone()
        elif left is None or right < left:
            yield _whole(changes, table, "added", key, after)
            after = new.fetchone()
        else:
            if before != after:
                changes.rows[table, "changed"] += 1
                for name, was, now in zip(columns, before[width:], after[width:], strict=True):
                    if was != now:
                        changes.fields[table, name] += 1
                        yield {"table": table, **dict(zip(key, before, strict=False)), "change": "changed",
                               "field": name, "before": was, "after": now}  # fmt: skip
            before, after = old.fetchone(), new.fetchone()


def _order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    # As SQLite sorts: null first, texts by their bytes.
    return tuple((value is not None, value.encode() if isinstance(value, str) else value) for value in key)


def _whole(changes: Changes, table: str, change: str, key: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    changes.rows[table, change] += 1
    return {"table": table, **dict(zip(key, row, strict=False)), "change": change}
