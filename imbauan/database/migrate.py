"""Bring a dataset to this version's form, with a copy kept of how it was before."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from imbauan.database.schema import migrations
from imbauan.exceptions import DatabaseError


def refuse_newer(path: Path, db: Database) -> None:
    """Raise `DatabaseError` where a later imbauan has changed the form: reading it wrong would be worse."""
    known = {migration.name for migration in migrations._migrations}
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        raise DatabaseError(f"{path}: was written by a newer imbauan (step {newer[-1]!r}): upgrade imbauan to use it")


def migrate(path: Path, db: Database) -> Path | None:
    """Apply the steps that are missing, each in a transaction; the copy made before, where there was anything to copy."""
    waiting = migrations.pending(db)
    if not waiting:
        return None
    copy = None
    if "advisories" in db.table_names():
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        copy = path.with_name(f"{path.name}.before-{waiting[0].name}-{stamp}")
        part = copy.with_name(copy.name + ".part")
        part.unlink(missing_ok=True)
        db.execute("VACUUM INTO ?", [str(part)])
        os.replace(part, copy)
    migrations.apply(db)
    return copy
