"""A rebuild makes the dataset again from what was kept, tells first, and changes all or nothing."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from imbauan.database import open_dataset
from imbauan.database.schema import DERIVED
from tests.datasets import corpus, dump, imbauan

STAY = {
    "sources",
    "runs",
    "pages",
    "restored",
    "bookmarks",
    "bookmark_rows",
    "announcements",
    "source_runs",
    "source_health",
    "dropped_of_first_edition",
    "_sqlite_migrations",
}
"""Tables that are history or settings: a rebuild leaves them."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    imbauan("import", "-", "--db", tmp_path / "a.db", text=corpus(), code=1)
    return tmp_path / "a.db"


def change(database: Path, *statements: str) -> None:
    with sqlite3.connect(database) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def ids(database: Path) -> dict[str, int]:
    with sqlite3.connect(database) as db:
        found = dict(db.execute("SELECT url, id FROM advisories").fetchall())
    db.close()
    return found


def test_unchanged_archive_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    assert "nothing changes" in imbauan("rebuild", "--db", database).stdout
    assert "nothing changes" in imbauan("rebuild", "--apply", "--db", database).stdout
    assert database.read_bytes() == before
    assert {path.name for path in database.parent.iterdir()} == {"a.db", "a.db.archive", "a.db.lock"}


def test_what_would_change_is_told_and_changed_only_with_apply(database: Path, tmp_path: Path) -> None:
    before = dump(database)
    wrong = ("UPDATE advisories SET title = 'salah', unit = NULL WHERE url LIKE '%1-lahan'",
             "DELETE FROM paragraphs WHERE advisory IN (SELECT id FROM advisories WHERE url LIKE '%dua%')",
             "DELETE FROM advisories WHERE url LIKE '%dua%'")  # fmt: skip
    change(database, *wrong)
    numbers = ids(database)
    told = json.loads(imbauan("rebuild", "--db", database, "--json", "--diff", tmp_path / "d.jsonl").stdout)
    assert told["rows"]["advisories added"] == 1 and told["fields"]["advisories.title"] == 1 and not told["applied"]
    differences = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text().splitlines()]
    assert {"table": "advisories", "url": "https://satu.example/berita/1-lahan", "change": "changed", "field": "title",
            "before": "salah", "after": "Polda Kalteng imbau warga tidak bakar lahan"} in differences  # fmt: skip
    assert "salah" in [row["title"] for row in dump(database)["advisories"]]
    imbauan("rebuild", "--apply", "--db", database)
    assert dump(database) == before
    assert {url: number for url, number in ids(database).items() if url in numbers} == numbers


def test_runs_notes_and_ledger_stay(database: Path) -> None:
    change(
        database,
        "INSERT INTO restored (url, hash, restored) VALUES ('https://x.example/', 7, '2026-11-20T00:00:00+00:00')",
        "INSERT INTO pages (url, source, first_seen, outcome, reason) VALUES ('https://x.example/off', 'satu', '2026-11-01', 'off-site', 'there')",
        "UPDATE pages SET first_seen = '2026-01-01T00:00:00+00:00', outcome = 'removed', reason = 'HTTP 410' WHERE url LIKE '%dua%'",
        "UPDATE advisories SET title = 'salah' WHERE url LIKE '%1-lahan'",
        "INSERT INTO revisions (url, seen, title, text) VALUES ('https://satu.example/berita/1-lahan', '2025-01-01T00:00:00+00:00', 'dulu', 'dulu')",
    )
    keep = dump(database)
    imbauan("rebuild", "--apply", "--db", database)
    after = dump(database)
    assert after["pages"] == keep["pages"] and after["revisions"] == keep["revisions"]
    with sqlite3.connect(database) as db:
        assert db.execute("SELECT hash FROM restored").fetchall() == [(7,)]
        assert db.execute("SELECT command, status FROM runs").fetchall() == [
            ("import", "finished"),
            ("rebuild", "finished"),
        ]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'rebuild%'").fetchall() == []
    db.close()


def test_pages_without_archive_are_made_again_from_their_text(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    imbauan("import", "-", "--db", database, "--no-archive", text=corpus(), code=1)
    before = dump(database)
    assert not (tmp_path / "a.db.archive").exists()
    done = imbauan("rebuild", "--db", database)
    assert "3 from their stored text" in done.stdout and "nothing changes" in done.stdout
    change(database, "UPDATE advisories SET unit = 'salah'")
    imbauan("rebuild", "--apply", "--db", database)
    assert dump(database) == before


def test_quarantined_page_is_judged_again_without_a_fetch(database: Path) -> None:
    change(database, "UPDATE pages SET outcome = 'stored', reason = NULL WHERE url LIKE '%4-hilang'")
    imbauan("rebuild", "--apply", "--db", database)
    (row,) = [row for row in dump(database)["pages"] if row["url"].endswith("4-hilang")]
    assert row["outcome"] == "quarantined" and row["reason"].startswith("soft 404")


def test_every_table_is_either_derived_or_stays(tmp_path: Path) -> None:
    dataset = open_dataset(tmp_path / "a.db", create=True)
    tables = {name for name in dataset.db.table_names() if "_fts" not in name}
    dataset.close()
    assert tables == set(DERIVED) | STAY


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_killed_rebuild_leaves_the_old_dataset_or_the_new_one(database: Path, share: float) -> None:
    whole = dump(database)
    change(database, "UPDATE advisories SET title = 'salah'")
    old = dump(database)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(database), str(share)], stdin=subprocess.DEVNULL)
    assert process.wait(60) == -signal.SIGKILL
    found = dump(database)
    assert found in (old, whole)
    with sqlite3.connect(database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    imbauan("rebuild", "--apply", "--db", database)
    assert dump(database) == whole
    assert not list(database.parent.glob("*.rebuild*"))


# The switch copies page by page: killed after a share of them.
KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from imbauan.database import open_dataset
from imbauan.rebuild import rebuilt
dataset = open_dataset(sys.argv[1], create=True)
with rebuilt(dataset, Path(sys.argv[1] + ".archive"), workers=1, seconds=20) as made:
    def progress(status, left, total):
        if left <= total * (1 - float(sys.argv[2])):
            os.kill(os.getpid(), signal.SIGKILL)
    sqlite3.connect(made.path).backup(dataset.connection, pages=5, progress=progress)
"""
