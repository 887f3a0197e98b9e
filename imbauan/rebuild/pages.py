"""The pages that a rebuild reads: those of the archive, and, from their stored text, those that are not in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from imbauan.items import AdvisoryItem, Article, Page
from imbauan.pages_on_disk import Bad, Given, read_pages
from imbauan.rebuild.copy import KEPT_ADVISORIES
from imbauan.sources import Source


def archived_pages(folder: Path, catalogue: Sequence[Source]) -> Iterator[Given | Bad]:
    """Every page of the archive in the order it came; none where there is no archive."""
    if folder.is_dir():
        yield from read_pages([str(folder)], catalogue, folder)


def stored_pages(connection: sqlite3.Connection, urls: set[str]) -> Iterator[AdvisoryItem]:
    """Advisories whose raw page is not kept: their text is described and deduplicated again."""
    for row in _rows(connection, f"SELECT * FROM {KEPT_ADVISORIES} ORDER BY id"):
        if row["url"] in urls:
            continue
        source = next(iter(_rows(connection, "SELECT * FROM sources WHERE id = ?", row["source"])), {})
        named = {key: source[key] for key in ("timezone", "language", "region", "rights") if source.get(key)}
        page = Page(
            row["url"],
            row["source"],
            b"",
            row["fetched"],
            official=bool(source.get("official") or row["official"]),
            **named,
        )
        # From the file that is being replaced, attached as `old`.
        lines = connection.execute(
            "SELECT text FROM old.paragraphs WHERE advisory = ? ORDER BY position", (row["id"],)
        ).fetchall()
        yield AdvisoryItem(
            page,
            Article(
                row["url"],
                row["title"],
                [text for (text,) in lines],
                row["published"],
                row["modified"],
                row["author"],
                row["language"],
                row["editor"],
                row["copyright"],
            ),
        )


def _rows(connection: sqlite3.Connection, sql: str, *parameters: Any) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
