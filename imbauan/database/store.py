"""Write what a page caused: the ledger, the advisory, its dropped paragraphs and its earlier state."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import asdict
from typing import Any

from imbauan.items import AdvisoryItem, Dropped
from imbauan.sources import Source

LINK_ONLY = "link-only"


def store_sources(connection: sqlite3.Connection, sources: list[Source]) -> None:
    """Record the catalogue entries of a run, by id."""
    columns = ("id", "name", "kind", "homepage", "region", "timezone", "language", "official", "rights", "verify")
    for source in sources:
        _upsert(connection, "sources", "id", {name: getattr(source, name) for name in columns})


def store_outcome(
    connection: sqlite3.Connection, run: int, url: str, source: str | None, outcome: str, reason: str | None,
    seen: str, status: int | None = None, sha256: str | None = None,
) -> None:  # fmt: skip
    """Record what became of an address; one row an address, and a stored page is not overwritten by a link to it."""
    connection.execute(
        """INSERT INTO pages (url, source, first_seen, last_fetched, status, outcome, reason, sha256, run)
        VALUES (:url, :source, :seen, CASE WHEN :status IS NULL THEN NULL ELSE :seen END, :status, :outcome, :reason, :sha256, :run)
        ON CONFLICT (url) DO UPDATE SET last_fetched = COALESCE(excluded.last_fetched, last_fetched),
        status = COALESCE(excluded.status, status), outcome = excluded.outcome, reason = excluded.reason,
        sha256 = COALESCE(excluded.sha256, sha256), run = excluded.run""",
        {"url": url, "source": source, "seen": seen, "status": status, "outcome": outcome, "reason": reason,
         "sha256": sha256, "run": run},
    )  # fmt: skip


def store_item(connection: sqlite3.Connection, item: AdvisoryItem, run: int) -> str:
    """Write one described and deduplicated item; `new`, `updated` or `unchanged`. Idempotent by canonical address."""
    article, description, result, page = item.article, item.description, item.deduplicated, item.page
    assert article is not None and description is not None and result is not None
    hidden = page.rights == LINK_ONLY
    text = "" if hidden else "\n".join(line for _, line in result.kept)
    row: dict[str, Any] = {
        "url": article.url, "source": page.source, "title": article.title, "published": article.published,
        "modified": article.modified, "fetched": page.fetched, "author": article.author, "language": article.language,
        "kind": description.kind, "text": text, "new_text": text, "unit": description.unit,
        "region": description.region or page.region, "topic": description.topic,
        "spokesperson": description.spokesperson, "copied_share": 0.0, "paragraphs": len(article.paragraphs),
        "dropped": len(result.dropped), "editor": article.editor, "copyright": article.copyright,
        "evidence": "\n".join(description.evidence), "sha256": hashlib.sha256(page.body).hexdigest(), "run": run,
    }  # fmt: skip
    old = _one(connection, "SELECT id, title, text, modified, fetched FROM advisories WHERE url = ?", (article.url,))
    store_outcome(connection, run, article.url, page.source, "stored", None, page.fetched, page.status, row["sha256"])
    if old and (old["title"], old["text"]) == (row["title"], row["text"]):
        return "unchanged"
    if old:
        change = {"url": article.url, "seen": old["fetched"], "title": old["title"], "text": old["text"], "run": run}
        _insert(connection, "revisions", change)
    _upsert(connection, "advisories", "url", row)
    advisory = _one(connection, "SELECT id FROM advisories WHERE url = ?", (article.url,))
    assert advisory is not None
    # Until statements of several pages are joined, each advisory is a release of its own.
    connection.execute("UPDATE advisories SET release = id WHERE id = ? AND release IS NULL", (advisory["id"],))
    _store_dropped(connection, advisory["id"], article.url, [] if hidden else result.dropped, run)
    return "updated" if old else "new"


def _store_dropped(connection: sqlite3.Connection, advisory: int, url: str, dropped: list[Dropped], run: int) -> None:
    connection.execute("DELETE FROM dropped_paragraphs WHERE advisory = ?", (advisory,))
    for entry in dropped:
        row = {"advisory": advisory, "url": url, "run": run, **asdict(entry)}
        if entry.kept_position is not None:
            row |= {"kept_advisory": advisory, "kept_url": url}
        _insert(connection, "dropped_paragraphs", row)


def _one(connection: sqlite3.Connection, sql: str, parameters: tuple[Any, ...]) -> dict[str, Any] | None:
    cursor = connection.execute(sql, parameters)
    row = cursor.fetchone()
    return None if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})", row)


def _upsert(connection: sqlite3.Connection, table: str, key: str, row: dict[str, Any]) -> None:
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name != key)
    names, values = ", ".join(row), ", ".join(":" + name for name in row)
    connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changes}", row
    )
