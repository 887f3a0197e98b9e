"""The documents that announce pages (feeds, sitemaps, listings) as they were last read."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(slots=True)
class Document:
    """A feed, a sitemap, or the first page of a listing."""

    url: str
    source: str
    kind: str
    """`feed`, `sitemap`, `listing`, `homepage`, `robots` or `rest`."""
    guessed: int = 0
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    lastmod: str | None = None
    """What the sitemap that named it said of its last change."""
    links: int | None = None
    """Links to articles when it was last read."""
    asked: int = 0
    distrusted: int = 0
    """1 where it repeated an ETag after a change: never asked conditionally again."""
    last_fetched: str | None = None
    last_ok: str | None = None
    open_url: str | None = None
    """The page of the listing at which an earlier run stopped before the end."""
    open_number: int | None = None


_NAMES = [item.name for item in fields(Document)]


def documents_of(connection: sqlite3.Connection, source: str) -> dict[str, Document]:
    """Every document of a source that was ever asked for, by address."""
    rows: Any = connection.execute(f"SELECT {', '.join(_NAMES)} FROM announcements WHERE source = ?", (source,))
    return {row[0]: Document(*row) for row in rows}


def save_document(connection: sqlite3.Connection, document: Document) -> None:
    """Write a document's row."""
    names = ", ".join(_NAMES)
    values = ", ".join(":" + name for name in _NAMES)
    connection.execute(f"INSERT OR REPLACE INTO announcements ({names}) VALUES ({values})", asdict(document))
