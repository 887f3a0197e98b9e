"""The ledger as a frontier: which addresses wait, which are asked again, and what was last heard of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from imbauan.items import Page

CHUNK = 500
"""Addresses in one query; SQLite's oldest limit is 999 variables."""
RETRIED = ("failed", "forbidden", "quarantined", "removed")
_LOOK = "url, COALESCE(address, url) AS address, etag, last_modified, sha256, claims, found_run, attempts, last_asked"


def known_pages(connection: sqlite3.Connection, urls: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The ledger's rows of these addresses, by address."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(urls), CHUNK):
        chunk = urls[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = _rows(
            connection,
            f"SELECT url, source, outcome, claims, last_fetched, found_run, attempts FROM pages WHERE url IN ({marks})",
            chunk,
        )
        found |= {row["url"]: row for row in rows}
    return found


def add_pages(connection: sqlite3.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """New addresses: url, address, source, first_seen, outcome, reason, announced, claims, run."""
    connection.executemany(
        """INSERT INTO pages (url, address, source, first_seen, outcome, reason, announced, claims, run, found_run)
        VALUES (:url, :address, :source, :first_seen, :outcome, :reason, :announced, :claims, :run, :run)
        ON CONFLICT (url) DO NOTHING""",
        rows,
    )


def set_claims(connection: sqlite3.Connection, claims: Iterable[tuple[str, str]]) -> None:
    """Remember (claims, url): what each document last said of an address."""
    connection.executemany("UPDATE pages SET claims = ? WHERE url = ?", claims)


def waiting_pages(
    connection: sqlite3.Connection, source: str, since: str | None, limit: int
) -> Iterator[dict[str, Any]]:
    """The addresses of a source that wait to be fetched, the newest first."""
    return _rows(
        connection,
        f"""SELECT {_LOOK} FROM pages WHERE source = ? AND outcome = 'waiting'
        AND (? IS NULL OR announced IS NULL OR announced >= ?) ORDER BY announced DESC, rowid LIMIT ?""",
        (source, since, since, limit),
    )


def failed_pages(connection: sqlite3.Connection, source: str, limit: int) -> Iterator[dict[str, Any]]:
    """The addresses of a source that failed and were never given up; one that was stored once is no longer missed."""
    marks = ", ".join(f"'{outcome}'" for outcome in RETRIED)
    return _rows(
        connection,
        f"""SELECT {_LOOK} FROM pages WHERE source = ? AND outcome IN ({marks}) AND attempts BETWEEN 1 AND ?
        AND NOT EXISTS (SELECT 1 FROM advisories WHERE advisories.url = pages.url)""",
        (source, limit),
    )


def recent_pages(connection: sqlite3.Connection, source: str, since: str) -> Iterator[dict[str, Any]]:
    """The stored pages of a source that were found since, with the times that say whether a look is due."""
    return _rows(
        connection,
        """SELECT p.url, COALESCE(p.address, p.url) AS address, p.etag, p.last_modified, p.sha256, p.claims, p.found_run,
        p.attempts, p.last_asked, p.first_seen, p.last_fetched, a.published FROM pages p JOIN advisories a ON a.url = p.url
        WHERE p.source = ? AND p.outcome IN ('stored', 'unchanged') AND p.first_seen >= ? ORDER BY p.first_seen DESC""",
        (source, since),
    )


def published_times(connection: sqlite3.Connection, urls: Sequence[str]) -> list[str]:
    """When these addresses were published, in UTC, as far as that is known: from the page, else as announced."""
    times: list[str] = []
    for start in range(0, len(urls), CHUNK):
        chunk = urls[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = connection.execute(
            f"""SELECT COALESCE(strftime('%Y-%m-%dT%H:%M:%S+00:00', a.published), p.announced) FROM pages p
            LEFT JOIN advisories a ON a.url = p.url WHERE p.url IN ({marks})""",
            tuple(chunk),
        )
        times += [row[0] for row in rows if row[0]]
    return times


def record_fetch(
    connection: sqlite3.Connection, url: str, page: Page, address: str | None, sha256: str, claims: str | None, asked: str
) -> None:  # fmt: skip
    """What the answer of a page that could be read said of itself, for the next look at it."""
    connection.execute(
        """UPDATE pages SET etag = :etag, last_modified = :last_modified, sha256 = :sha256, attempts = 0,
        last_asked = :asked, claims = COALESCE(:claims, claims), address = COALESCE(:address, address) WHERE url = :url""",
        {"etag": page.etag, "last_modified": page.last_modified, "sha256": sha256, "asked": asked, "claims": claims,
         "address": address, "url": url},
    )  # fmt: skip


def record_try(connection: sqlite3.Connection, url: str, asked: str, failed: bool, claims: str | None) -> None:
    """Count a try of an address that gave no page; `claims` are remembered once nothing more is expected of it."""
    connection.execute(
        """UPDATE pages SET last_asked = ?, attempts = CASE WHEN ? THEN COALESCE(attempts, 0) + 1 ELSE 0 END,
        claims = COALESCE(?, claims) WHERE url = ?""",
        (asked, failed, claims, url),
    )


def _rows(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(sql, tuple(parameters))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
