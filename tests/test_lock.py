"""One writer at a time; who comes second is told at once, and a killed holder leaves no obstacle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imbauan.database import open_dataset
from imbauan.database.lock import Lock
from imbauan.exceptions import LockedError

HOLD = """
import sys, time
from imbauan.recorder import Recorder
recorder = Recorder.open(sys.argv[1], "test")
print("held", flush=True)
sys.stdin.read()
recorder.finish("finished")
"""


def holder(database: Path) -> subprocess.Popen[str]:
    """A process that has the dataset."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def imbauan(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imbauan", *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", [["import", "-"], ["crawl"]])
def test_second_run_exits_75_with_one_line_that_names_the_first(tmp_path: Path, command: list[str]) -> None:
    database = tmp_path / "a.db"
    with holder(database) as first:
        began = time.monotonic()
        second = imbauan(*command, "--db", database)
        seconds = time.monotonic() - began
        first.communicate("")
    assert second.returncode == 75 and second.stdout == ""
    (line,) = second.stderr.splitlines()
    assert f"process {first.pid} " in line and "since 20" in line and "nothing was done" in line
    assert seconds < 10  # about 0.5 s on a quiet machine; this only tells waiting from refusing
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT status FROM runs").fetchall() == [("finished",)]
    db.close()


@pytest.mark.parametrize("command", [["import", "-"], ["crawl"], ["rebuild", "--apply"]])
def test_second_run_ends_before_anything_heavy_is_loaded(tmp_path: Path, command: list[str]) -> None:
    database = tmp_path / "a.db"
    open_dataset(database, create=True).close()
    lock = Lock.take(database)
    words = [sys.executable, "-X", "importtime", "-m", "imbauan", *command, "--db", str(database)]
    second = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    lock.release()
    assert second.returncode == 75
    loaded = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines() if line.startswith("import time:")}
    assert "imbauan.database.lock" in loaded
    assert not loaded & {"scrapy", "numpy", "sqlite_utils", "warcio", "rich", "lxml", "trafilatura"}


def test_killed_run_leaves_no_lock_and_is_found_interrupted(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with holder(database) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert (tmp_path / "a.db.lock").read_text() != ""
    assert imbauan("import", "-", "--db", database).returncode == 0
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT status FROM runs ORDER BY id").fetchall() == [("interrupted",), ("finished",)]
    db.close()


def test_readers_are_not_blocked_while_a_run_has_the_dataset(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with holder(database) as first:
        done = imbauan("export", "--table", "runs", "--db", database)
        first.communicate("")
    assert done.returncode == 0 and "running" in done.stdout


def test_same_file_by_another_name_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "a.db")
    first = open_dataset(tmp_path / "a.db", create=True)
    with pytest.raises(LockedError):
        open_dataset(tmp_path / "link.db", create=True)
    first.close()
    open_dataset(tmp_path / "link.db", create=True).close()


def test_a_dataset_is_opened_without_what_sqlite_utils_loads_beside(tmp_path: Path) -> None:
    """pandas costs each run half a second and 60 MB where somebody has it installed; the tests do."""
    code = (
        "import sys; from imbauan.database import open_dataset; open_dataset(sys.argv[1], create=True).close();"
        "print('pandas' in sys.modules); import pandas; print(pandas.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.db")], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "pandas"], done.stderr
