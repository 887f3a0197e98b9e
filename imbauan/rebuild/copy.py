"""The file in which the dataset is made again: a copy of all, less what is derived from pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from imbauan.database.schema import DERIVED

KEPT_PAGES, KEPT_ADVISORIES, KEPT_REVISIONS = "rebuild_pages", "rebuild_advisories", "rebuild_revisions"
"""The old rows, in the new file until it is done: their ids and bookkeeping are carried over."""

JUDGED = "('stored', 'unchanged', 'not-relevant', 'quarantined')"
"""Outcomes that a page's text decides."""


def emptied_copy(source: sqlite3.Connection, path: Path) -> None:
    """Copy a dataset to a path and take out what comes from pages; runs, restored drops and the like stay."""
    remove(path)
    copy = sqlite3.connect(path)
    try:
        source.backup(copy)
        # Thrown away after a crash: only the switch at the end needs to be durable.
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("BEGIN")
        for table, kept in (("pages", KEPT_PAGES), ("advisories", KEPT_ADVISORIES), ("revisions", KEPT_REVISIONS)):
            copy.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")
            copy.execute(f"CREATE INDEX {kept}_url ON {kept}(url)")
        existing = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in DERIVED:
            if table in existing:
                copy.execute(f"DELETE FROM {table}")
        copy.execute(f"UPDATE pages SET outcome = 'waiting' WHERE outcome IN {JUDGED}")
        copy.commit()
    finally:
        copy.close()


def remove(path: Path) -> None:
    """Remove a database file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", ".lock", ".spool"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def carry_over(connection: sqlite3.Connection) -> None:
    """Give the new rows the bookkeeping of the old ones, and drop the old ones."""
    _carry_pages(connection)
    _carry_advisories(connection)
    names = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(revisions)") if row[1] != "id")
    connection.execute(
        f"""UPDATE revisions AS new SET run = old.run FROM {KEPT_REVISIONS} old
        WHERE old.url = new.url AND old.seen IS new.seen"""
    )
    # An earlier state that the archive does not hold is not lost.
    connection.execute(
        f"""INSERT INTO revisions ({names}) SELECT {names} FROM {KEPT_REVISIONS} old WHERE NOT EXISTS
        (SELECT 1 FROM revisions new WHERE new.url = old.url AND new.seen IS old.seen)"""
    )
    for table in (KEPT_PAGES, KEPT_ADVISORIES, KEPT_REVISIONS):
        connection.execute(f"DROP TABLE {table}")


def _carry_pages(connection: sqlite3.Connection) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({KEPT_PAGES})")]
    judged = ("outcome", "reason", "sha256")
    rest = ", ".join(f"{name} = old.{name}" for name in columns if name not in ("url", *judged))
    # Only the judgement of the page's text can change; that it was removed, or found again unchanged, is history.
    same = "(new.outcome = old.outcome OR (old.outcome = 'unchanged' AND new.outcome = 'stored'))"
    keep = f"({same} AND old.outcome <> 'quarantined') OR old.outcome NOT IN {JUDGED} OR new.outcome = 'waiting'"
    connection.execute(
        f"""UPDATE pages AS new SET {rest}, sha256 = COALESCE(old.sha256, new.sha256),
          outcome = CASE WHEN {keep} THEN old.outcome ELSE new.outcome END,
          reason = CASE WHEN {keep} THEN old.reason ELSE new.reason END
        FROM {KEPT_PAGES} old WHERE old.url = new.url"""
    )


def _carry_advisories(connection: sqlite3.Connection) -> None:
    connection.execute(
        f"""UPDATE advisories AS new SET run = old.run, fetched = old.fetched, sha256 = old.sha256
        FROM {KEPT_ADVISORIES} old WHERE old.url = new.url"""
    )
