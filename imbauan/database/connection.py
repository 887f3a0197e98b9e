"""Open a dataset: WAL, durable writes, one clear line where it can't be opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from imbauan.database.schema import migrations
from imbauan.exceptions import DatabaseError, UsageError

BUSY_SECONDS = 30
"""How long a writer waits for another process's short transaction; sqlite3's own default is 5."""


class Dataset:
    """A connection to one SQLite file. `writing` is the only way to change it."""

    def __init__(self, path: Path, db: Database) -> None:
        self.path = path
        self.db = db
        self.connection: sqlite3.Connection = db.conn

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, all or nothing.

        BEGIN IMMEDIATE takes the write lock at once: a deferred one fails at its first write where two writers meet.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.rollback()
                raise
            self.connection.commit()
        except sqlite3.Error as error:
            raise DatabaseError(
                f"{self.path}: could not be written ({error}): nothing of this page was stored"
            ) from error

    def rows(self, sql: str, parameters: Any = ()) -> Iterator[dict[str, Any]]:
        """Rows of a query as dictionaries, one at a time."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def open_dataset(path: str | Path, *, create: bool = False) -> Dataset:
    """Open a dataset, made and migrated first where `create` is set.

    Raises `UsageError` where there is none to read, `DatabaseError` where it can't be opened or is no dataset.
    """
    path = Path(path)
    if not create and not path.exists():
        raise UsageError(f"{path}: no such dataset: run `imbauan crawl` or `imbauan demo` first, or name one with --db")
    if create and not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --db")
    try:
        uri = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'ro'}"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
        db = Database(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        if create:
            connection.execute("PRAGMA journal_mode = WAL")
            # WAL with NORMAL lost acknowledged rows at simulated power cuts, with FULL none.
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(path, db)
        elif "advisories" not in db.table_names():
            raise UsageError(f"{path}: is not a dataset of imbauan: name another with --db")
    except sqlite3.Error as error:
        raise DatabaseError(
            f"{path}: can't be opened ({error}): check its folder's permissions, or use --db"
        ) from error
    return Dataset(path, db)


def _migrate(path: Path, db: Database) -> None:
    known = {migration.name for migration in migrations._migrations}
    newer = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if newer:
        raise DatabaseError(f"{path}: was written by a newer imbauan (step {newer[-1]!r}): upgrade imbauan to use it")
    migrations.apply(db)
