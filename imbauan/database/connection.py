"""Open a dataset: one writer, durable writes, one clear line where it can't be opened."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imbauan.database.durability import make_durable
from imbauan.database.lock import Lock
from imbauan.exceptions import DatabaseError, UsageError

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_SECONDS = 30
"""How long a connection waits for another's short transaction; sqlite3's own default is 5."""
COMMIT_SECONDS = 600
"""How long a commit waits for readers that hold the file (an export, a look at a long table): it then fails."""


class Dataset:
    """A connection to one SQLite file. `writing` is the only way to change it."""

    def __init__(self, path: Path, db: Database, lock: Lock | None = None) -> None:
        self.path = path
        self.db = db
        self.connection: sqlite3.Connection = db.conn
        self.on_group: Callable[[], object] | None = None
        """Set by a run that gathers: called when a group of writings begins, which `commit` ends."""
        self._lock = lock

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: one transaction, or a part of the transaction of a run that gathers (`on_group`).

        BEGIN IMMEDIATE takes the write lock at once: a deferred one fails at its first write where two writers meet.
        """
        with self._told("nothing of this page was stored"), self._whole() if self.on_group is None else self._part():
            yield self.connection

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._commit()
        except BaseException:
            self.connection.rollback()
            raise

    @contextmanager
    def _part(self) -> Iterator[None]:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
            assert self.on_group is not None
            self.on_group()
        self.connection.execute("SAVEPOINT part")
        try:
            yield
            self.connection.execute("RELEASE part")
        except BaseException:
            # A full disk may have ended the whole transaction by itself.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO part")
                self.connection.execute("RELEASE part")
            raise

    def commit(self) -> None:
        """End the group of writings that is open, if one is: after this it outlasts a power cut."""
        if self.connection.in_transaction:
            with self._told("the last pages were not stored"):
                try:
                    self._commit()
                except BaseException:
                    self.connection.rollback()
                    raise

    @contextmanager
    def _told(self, lost: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise DatabaseError(
                f"{self.path}: could not be written ({error}), so {lost}: {_hint(str(error))}"
            ) from error

    def _commit(self) -> None:
        deadline = time.monotonic() + COMMIT_SECONDS
        while True:
            try:
                self.connection.commit()
                return
            except sqlite3.OperationalError as error:
                # The transaction stays whole while a reader holds the file: only the wait was too short.
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise

    def rows(self, sql: str, parameters: Any = ()) -> Iterator[dict[str, Any]]:
        """Rows of a query as dictionaries, one at a time."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def close(self) -> None:
        """Close the file, and let the next writer in."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def open_dataset(path: str | Path, *, create: bool = False, alone: bool = True, lock: Lock | None = None) -> Dataset:
    """Open a dataset to read it; with `create` to write it, made first where there is none.

    One of an older form is brought to this version's, also to be read, with a copy kept of how it was.

    A writer holds the dataset's lock until `close`, unless it is not `alone`: a note of one short transaction may be
    written beside a run. A `lock` that the caller took before becomes the dataset's. Raises `UsageError` where there is
    none to read, `LockedError` where another process writes, `DatabaseError` where it can't be opened or is no dataset.
    """
    path = Path(path)
    if not create and not path.exists():
        raise UsageError(f"{path}: no such dataset: run `imbauan crawl` or `imbauan demo` first, or name one with --db")
    if create and not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --db")
    if create and alone and lock is None:
        lock = Lock.take(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={'rwc' if create else 'ro'}", uri=True, timeout=BUSY_SECONDS
        )
        db = _prepared(path, connection, create)
        if not create and _is_of_an_older_form(db):
            connection.close()
            # With a copy beside it, as before a crawl: a reader can't make sense of the old form.
            open_dataset(path, create=True).close()
            return open_dataset(path)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if lock is not None:
            lock.release()
        if isinstance(error, sqlite3.Error):
            raise DatabaseError(f"{path}: can't be opened ({error}): {_hint(str(error))}") from error
        raise
    return Dataset(path, db, lock)


def _is_of_an_older_form(db: Database) -> bool:
    from imbauan.database.schema import migrations

    return bool(migrations.pending(db))


def _prepared(path: Path, connection: sqlite3.Connection, create: bool) -> Database:
    # Here, for sqlite_utils takes its time to import: a run that finds the lock taken ends before.
    with _without_pandas():
        from sqlite_utils import Database

    from imbauan.database.migrate import migrate, refuse_newer

    db = Database(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    refuse_newer(path, db)
    # A first run that was killed may have left nothing but the list of migrations.
    tables = set(db.table_names()) - {"_sqlite_migrations"}
    if "advisories" not in tables and (tables or not create):
        raise UsageError(f"{path}: is not a dataset of imbauan: name another with --db")
    if create:
        make_durable(connection)
        migrate(path, db)
    return db


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Where pandas is installed sqlite-utils loads it, half a second and 60 MB, for types of columns that we have none of."""
    modules: dict[str, Any] = sys.modules
    if "pandas" in modules or "sqlite_utils" in modules:
        yield
        return
    modules["pandas"] = None
    try:
        yield
    finally:
        del modules["pandas"]


def _hint(error: str) -> str:
    if "not a database" in error or "malformed" in error:
        return "see `imbauan check`, put a backup in its place, or make it again from the archive with `imbauan import`"
    if "full" in error:
        return "make room on the disk; what is stored stays"
    return "check the permissions of the file and its folder, or use --db"
