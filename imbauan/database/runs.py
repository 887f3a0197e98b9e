"""The rows of `runs`: what each run did, and which one was cut off."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime

from imbauan import __version__
from imbauan.database.connection import Dataset

COUNTS = (
    "pages_fetched", "pages_unchanged", "advisories_new", "advisories_updated", "paragraphs_kept",
    "paragraphs_dropped", "errors",
)  # fmt: skip


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def start_run(dataset: Dataset, command: str) -> int:
    """Begin a run; one that was left `running` by a process that is gone becomes `interrupted`."""
    with dataset.writing() as connection:
        for run, pid in connection.execute("SELECT id, pid FROM runs WHERE status = 'running'").fetchall():
            if not _alive(pid):
                connection.execute("UPDATE runs SET status = 'interrupted', finished = ? WHERE id = ?", (now(), run))
        cursor = connection.execute(
            "INSERT INTO runs (started, status, version, command, pid) VALUES (?, 'running', ?, ?, ?)",
            (now(), __version__, command, os.getpid()),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


def finish_run(dataset: Dataset, run: int, status: str, counts: Counter[str]) -> None:
    """End a run with its counts."""
    settings = ", ".join(f"{name} = :{name}" for name in COUNTS)
    with dataset.writing() as connection:
        connection.execute(
            f"UPDATE runs SET finished = :finished, status = :status, {settings} WHERE id = :id",
            {"finished": now(), "status": status, "id": run, **{name: counts[name] for name in COUNTS}},
        )


def _alive(pid: int | None) -> bool:
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return bool(pid) and pid != os.getpid()
