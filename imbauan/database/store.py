"""Write what a page caused: the ledger, the advisory, its dropped paragraphs and its earlier state."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from imbauan.items import AdvisoryItem
from imbauan.sources import Source
from imbauan.statements.revisions import change_of
from imbauan.statements.store import Statements

LINK_ONLY = "link-only"
SOURCE_COLUMNS = ("id", "name", "kind", "homepage", "region", "timezone", "language", "official", "rights", "verify")


def store_sources(connection: sqlite3.Connection, sources: list[Source]) -> None:
    """Record the catalogue entries of a run, by id."""
    for source in sources:
        _upsert(connection, "sources", "id", {name: getattr(source, name) for name in SOURCE_COLUMNS})


def store_source_entry(connection: sqlite3.Connection, entry: dict[str, Any]) -> None:
    """Record a source as an archive describes it; what a catalogue said of it before stays."""
    row = {name: entry.get(name) for name in SOURCE_COLUMNS}
    names, values = ", ".join(row), ", ".join(":" + name for name in row)
    connection.execute(f"INSERT INTO sources ({names}) VALUES ({values}) ON CONFLICT (id) DO NOTHING", row)


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


def store_item(connection: sqlite3.Connection, statements: Statements, item: AdvisoryItem, run: int) -> str:
    """Write one described and deduplicated item; `new`, `updated` or `unchanged`. Idempotent by canonical address."""
    article, description, result, page = item.article, item.description, item.deduplicated, item.page
    assert article is not None and description is not None and result is not None
    hidden = page.rights == LINK_ONLY
    row: dict[str, Any] = {
        "url": article.url, "source": page.source, "title": article.title, "published": article.published,
        "published_utc": in_utc(article.published), "official": int(page.official),
        "modified": article.modified, "fetched": page.fetched, "author": article.author, "language": article.language,
        "kind": description.kind, "unit": description.unit,
        "region": description.region or page.region, "topic": description.topic,
        "spokesperson": description.spokesperson, "paragraphs": len(article.paragraphs),
        "topics": _listed(description.topics), "advice": _listed(description.advice),
        "channels": _listed(description.channels), "quoted": _listed(description.quoted),
        "editor": article.editor, "copyright": article.copyright,
        "evidence": "\n".join(description.evidence), "sha256": hashlib.sha256(page.body).hexdigest(), "run": run,
    }  # fmt: skip
    old = _stored(connection, article.url)
    if old and statements.waits(old["id"]):
        statements.settle()
        old = _stored(connection, article.url)
    store_outcome(connection, run, article.url, page.source, "stored", None, page.fetched, page.status, row["sha256"])
    lines = [] if hidden else article.paragraphs
    if old and old["title"] == row["title"] and _lines(connection, old["id"]) == lines:
        return "unchanged"
    if old and page.fetched < old["fetched"]:
        _store_earlier(connection, item, run)
        return "unchanged"
    if old:
        if old["source"] != page.source:
            # Its lines and it are counted with the outlet they stood under.
            statements.store(old["id"], [])
        change = {"url": article.url, "seen": old["fetched"], "title": old["title"], "text": old["text"], "run": run}
    else:
        if item.id is not None:
            row["id"] = item.id
        row |= {"text": "", "new_text": "", "copied_share": 0.0, "dropped": 0}
    _upsert(connection, "advisories", "url", row)
    stored = _one(connection, "SELECT id FROM advisories WHERE url = ?", (article.url,))
    assert stored is not None
    statements.store(stored["id"], [] if hidden else result.paragraphs)
    if old:
        statements.settle()
        now = _one(connection, "SELECT text FROM advisories WHERE url = ?", (article.url,))
        assert now is not None
        change["change"] = change_of(old["title"], old["text"], article.title, now["text"])
        _insert(connection, "revisions", change)
    return "updated" if old else "new"


def _stored(connection: sqlite3.Connection, url: str) -> dict[str, Any] | None:
    return _one(connection, "SELECT id, source, title, text, fetched FROM advisories WHERE url = ?", (url,))


def _store_earlier(connection: sqlite3.Connection, item: AdvisoryItem, run: int) -> None:
    """An earlier state than the one that is stored, as an archive read again gives it: history, not news."""
    article, result = item.article, item.deduplicated
    assert article is not None and result is not None
    text = "" if item.page.rights == LINK_ONLY else "\n".join(paragraph.text for paragraph in result.kept)
    row = {"url": article.url, "seen": item.page.fetched, "title": article.title, "text": text, "run": run}
    known = "SELECT 1 FROM revisions WHERE url = :url AND (seen = :seen OR (title = :title AND text = :text))"
    if connection.execute(known, row).fetchone() is None:
        _insert(connection, "revisions", row)


def _listed(values: list[str]) -> str:
    """A list as JSON, which Datasette facets and SQLite's json_each read."""
    return json.dumps(values, ensure_ascii=False)


def in_utc(moment: str | None) -> str | None:
    """An ISO 8601 time in UTC, to the second, so that times of different offsets sort; null for none."""
    if moment is None:
        return None
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    try:
        return parsed.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        return None


def _lines(connection: sqlite3.Connection, advisory: int) -> list[str]:
    rows = connection.execute("SELECT text FROM paragraphs WHERE advisory = ? ORDER BY position", (advisory,))
    return [text for (text,) in rows]


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
