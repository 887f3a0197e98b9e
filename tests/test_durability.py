"""What may go wrong with the file itself: each is one line, and nothing is destroyed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from imbauan.archive import Raw
from imbauan.database import open_dataset
from imbauan.database.durability import has_wal_reset_bug
from imbauan.database.migrate import migrations
from imbauan.exceptions import DatabaseError, UsageError
from imbauan.recorder import Recorder


def run(*arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "imbauan", *map(str, arguments)], input="", capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


def pragma(database: Path, name: str) -> object:
    dataset = open_dataset(database, create=True)
    value = dataset.connection.execute(f"PRAGMA {name}").fetchone()[0]
    dataset.close()
    return value


@pytest.mark.parametrize(
    ("version", "bug"),
    [((3, 40, 1), True), ((3, 51, 2), True), ((3, 44, 5), True), ((3, 45, 0), True), ((3, 50, 6), True),
     ((3, 51, 0), True), ((3, 51, 3), False), ((3, 52, 0), False), ((3, 44, 6), False), ((3, 50, 7), False), ((4, 0, 0), False)],
)  # fmt: skip
def test_versions_with_the_wal_reset_bug_are_known(version: tuple[int, ...], bug: bool) -> None:
    assert has_wal_reset_bug(version) is bug


def test_every_commit_is_on_the_disk(tmp_path: Path) -> None:
    expected = ("delete", 3) if has_wal_reset_bug() else ("wal", 2)
    assert (pragma(tmp_path / "a.db", "journal_mode"), pragma(tmp_path / "a.db", "synchronous")) == expected


def test_database_in_wal_changes_over_once_it_is_alone(tmp_path: Path) -> None:
    open_dataset(tmp_path / "a.db", create=True).close()
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT * FROM runs").fetchall()
        dataset = open_dataset(tmp_path / "a.db", create=True)
        with dataset.writing() as connection:
            connection.execute("INSERT INTO runs (started, status) VALUES ('2026-11-20T00:00:00+00:00', 'finished')")
        assert dataset.connection.execute("PRAGMA synchronous").fetchone()[0] >= 2
        dataset.close()
    other.close()
    assert pragma(tmp_path / "a.db", "journal_mode") == ("delete" if has_wal_reset_bug() else "wal")


@pytest.mark.parametrize("command", [("import", "-"), ("status",), ("export",)])
def test_database_of_a_newer_version_is_refused_unchanged(tmp_path: Path, command: tuple[str, ...]) -> None:
    database = tmp_path / "a.db"
    open_dataset(database, create=True).close()
    with sqlite3.connect(database) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('imbauan', 'later', '2027')"
        )
    db.close()
    before = database.read_bytes()
    code, line = run(*command, "--db", database)
    assert code == 1 and "newer imbauan" in line and "\n" not in line
    assert database.read_bytes() == before


@pytest.mark.parametrize("command", [("import", "-"), ("status",), ("export",)])
def test_file_that_is_no_database_is_refused_unchanged(tmp_path: Path, command: tuple[str, ...]) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(b"Bukan basis data. " * 500)
    code, line = run(*command, "--db", database)
    assert code == 1 and "not a database" in line and "\n" not in line
    assert database.read_bytes() == b"Bukan basis data. " * 500


def test_somebody_elses_database_is_refused_unchanged(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    with pytest.raises(UsageError, match="not a dataset"):
        open_dataset(tmp_path / "a.db", create=True)
    with sqlite3.connect(tmp_path / "a.db") as db:
        assert [name for (name,) in db.execute("SELECT name FROM sqlite_master")] == ["theirs"]
    db.close()


def test_change_of_form_leaves_a_copy_of_how_it_was(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    open_dataset(database, create=True).close()
    last = migrations._migrations[-1].name
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO runs (started, status) VALUES ('2026-11-20T00:00:00+00:00', 'finished')")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (last,))
    db.close()
    with pytest.raises((DatabaseError, sqlite3.Error)):
        # The step's tables are there already: it fails, is rolled back, and the copy stands beside.
        open_dataset(database, create=True)
    (copy,) = tmp_path.glob(f"a.db.before-{last}-*")
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT COUNT(*) FROM runs").fetchone() == (1,)
    db.close()


def test_first_run_killed_before_its_tables_is_no_obstacle(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute(
            "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
        )
    db.close()
    open_dataset(tmp_path / "a.db", create=True).close()


def outcomes(database: Path) -> int:
    with sqlite3.connect(database) as other:
        (count,) = other.execute("SELECT COUNT(*) FROM pages").fetchone()
    other.close()
    return int(count)


def test_what_comes_in_one_moment_is_one_commit_and_a_page_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    recorder = Recorder.open(tmp_path / "a.db", "test")
    due: list[Callable[[], None]] = []
    recorder.gather(due.append)
    recorder.outcome("https://a.example/1", None, "failed", "no answer")
    with pytest.raises(DatabaseError), recorder.dataset.writing() as connection:
        connection.execute("INSERT INTO pages (url, outcome) VALUES ('https://a.example/2', 'failed')")
        connection.execute("INSERT INTO nowhere VALUES (1)")
    recorder.outcome("https://a.example/3", None, "failed", "no answer")
    assert len(due) == 1 and outcomes(tmp_path / "a.db") == 0
    due.pop()()
    assert outcomes(tmp_path / "a.db") == 2
    recorder.outcome("https://a.example/4", None, "failed", "no answer")
    recorder.finish("finished")
    assert len(due) == 1 and outcomes(tmp_path / "a.db") == 3


def test_a_commit_that_fails_ends_the_run_and_counts_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder.open(tmp_path / "a.db", "test")
    due: list[Callable[[], None]] = []
    recorder.gather(due.append)
    recorder.outcome("https://a.example/1", None, "failed", "no answer")
    due.pop()()
    recorder.outcome("https://a.example/2", None, "failed", "no answer")
    stopped: list[bool] = []
    recorder.on_fatal = lambda: stopped.append(True)

    def full() -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(recorder.dataset, "_commit", full)
    due.pop()()
    monkeypatch.undo()
    assert stopped and recorder.fatal is not None and "make room" in str(recorder.fatal)
    assert recorder.counts["failed"] == 1 and outcomes(tmp_path / "a.db") == 1
    recorder.finish("failed")
    with sqlite3.connect(tmp_path / "a.db") as other:
        assert other.execute("SELECT status, errors FROM runs").fetchall() == [("failed", 1)]
    other.close()


def test_an_archive_that_cannot_be_synced_ends_the_run_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder.open(tmp_path / "a.db", "test")
    recorder.gather(lambda commit: None)
    assert recorder.archive is not None
    recorder.keep(Raw("https://a.example/1", "2026-11-20T00:00:00+00:00", b"<p>x</p>", [], 200))
    recorder.outcome("https://a.example/1", None, "failed", "no answer")

    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("imbauan.archive.writer.os.fsync", broken)
        recorder.commit()
    assert "could not be archived (Input/output error)" in str(recorder.fatal)
    recorder.finish("failed")
    assert outcomes(tmp_path / "a.db") == 0
