"""The rows of `source_runs` and `source_health`: what each run met at each source, and how the source is."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta

from imbauan.health import Health, SourceRun
from imbauan.moments import moment
from imbauan.rhythm import WEEKS

HISTORY = 60
"""Runs of the past from which a state is judged."""
_NAMES = [item.name for item in fields(SourceRun)]


def source_history(connection: sqlite3.Connection, source: str) -> list[SourceRun]:
    """The last runs over a source, oldest first."""
    rows = connection.execute(
        f"SELECT {', '.join(_NAMES)} FROM source_runs WHERE source = ? ORDER BY run DESC LIMIT ?", (source, HISTORY)
    ).fetchall()
    return [SourceRun(*row) for row in reversed(rows)]


def source_run(counts: Mapping[str, int], started: str, problem: str | None) -> SourceRun:
    """What a run met at a source, from its counts."""
    known = {name: int(counts.get(name, 0)) for name in _NAMES if name not in ("started", "problem")}
    return SourceRun(started, problem=problem, **known)


def save_source_run(connection: sqlite3.Connection, run: int, source: str, row: SourceRun) -> None:
    """Write what a run met at a source."""
    values = {"run": run, "source": source, **asdict(row)}
    names, marks = ", ".join(values), ", ".join(":" + name for name in values)
    connection.execute(f"INSERT OR REPLACE INTO source_runs ({names}) VALUES ({marks})", values)


def published_moments(connection: sqlite3.Connection, source: str, now: datetime) -> list[datetime]:
    """When a source published in the last weeks: as its pages or announcements say, else when they were found.

    What the first run found without a date came from the past, and says nothing.
    """
    rows = connection.execute(
        """SELECT COALESCE(a.published, p.announced, CASE WHEN p.found_run > (SELECT MIN(run) FROM source_runs WHERE
        source = :source) THEN p.first_seen END) FROM pages p LEFT JOIN advisories a ON a.url = p.url
        WHERE p.source = :source AND p.outcome NOT IN ('off-site', 'twin')""",
        {"source": source},
    )
    moments = [at for row in rows if (at := moment(row[0]))]
    return [at for at in moments if now - timedelta(weeks=WEEKS) <= at <= now]


def last_new(connection: sqlite3.Connection, source: str) -> str | None:
    """When a source last had something new."""
    sql = "SELECT MAX(first_seen) FROM pages WHERE source = ? AND outcome NOT IN ('off-site', 'twin')"
    row = connection.execute(sql, (source,)).fetchone()
    return None if row is None else row[0]


def health_state(connection: sqlite3.Connection, source: str) -> str | None:
    """The state that was recorded last."""
    row = connection.execute("SELECT state FROM source_health WHERE source = ?", (source,)).fetchone()
    return None if row is None else str(row[0])


def save_health(connection: sqlite3.Connection, source: str, health: Health, last_run: str) -> None:
    """Write how a source is."""
    connection.execute(
        """INSERT OR REPLACE INTO source_health (source, state, since, last_run, last_new, message, failures)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (source, health.state, health.since, last_run, last_new(connection, source), health.message, health.failures),
    )


def now_utc() -> datetime:
    """This moment."""
    return datetime.now(UTC)
