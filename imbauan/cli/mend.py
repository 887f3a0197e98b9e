"""The parts of `imbauan check` that need the dataset to themselves."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from imbauan.check import Finding, search_index
from imbauan.database import open_dataset
from imbauan.database.backup import backup, backup_name
from imbauan.database.lock import Lock
from imbauan.exceptions import DatabaseError, LockedError


def search_findings(db: str, notes: list[str]) -> list[Finding]:
    """The full-text index, where no run is going on; a note where one is."""
    try:
        lock = Lock.take(Path(db))
    except LockedError:
        notes.append("the full-text index was not checked: a run is going on")
        return []
    except DatabaseError as error:
        # A dataset on a read-only disk can be looked at all the same.
        notes.append(f"the full-text index was not checked: {error}")
        return []
    connection = sqlite3.connect(f"{Path(db).resolve().as_uri()}?mode=rw", uri=True)
    try:
        return list(search_index(connection))
    except sqlite3.OperationalError as error:
        notes.append(f"the full-text index was not checked: {error}")
        return []
    finally:
        connection.close()
        lock.release()


def mended(db: str, findings: list[Finding]) -> list[Finding]:
    """Mend what can be derived, in one transaction, with a copy of how it was beside it."""
    possible = [finding for finding in findings if finding.repair]
    if not possible:
        return []
    dataset = open_dataset(db, create=True)
    try:
        backup(dataset, backup_name(Path(db), "before-repair"))
        with dataset.writing() as connection:
            for repair in dict.fromkeys(finding.repair for finding in possible):
                if isinstance(repair, str):
                    connection.execute(repair)
                else:
                    repair(connection)
            # The index follows texts by triggers; where those ran over a wrong index, it is made again.
            connection.execute("INSERT INTO advisories_fts (advisories_fts) VALUES ('rebuild')")
    finally:
        dataset.close()
    return possible
