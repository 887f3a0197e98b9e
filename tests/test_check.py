"""`imbauan check` finds what is broken, mends what can be derived, and `imbauan backup` gives whole copies."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from imbauan.database import open_dataset
from imbauan.database.backup import backup
from imbauan.database.durability import has_wal_reset_bug
from imbauan.statements import index
from tests.datasets import corpus, dump, imbauan
from tests.hostile.pages import LINES


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    imbauan("import", "-", "--db", folder / "a.db", text=corpus(), code=1)
    return folder


@pytest.fixture
def database(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path / "a.db"


def change(database: Path, statement: str) -> None:
    with sqlite3.connect(database) as db:
        db.execute(statement)
    db.close()


def test_whole_dataset_is_whole_and_names_its_durability(database: Path) -> None:
    before = database.read_bytes()
    lines = imbauan("check", "--db", database).stdout.splitlines()
    mode = "journal DELETE, synchronous EXTRA" if has_wal_reset_bug() else "journal WAL, synchronous FULL"
    assert lines[0].startswith(mode) and sqlite3.sqlite_version in lines[0] and lines[-1] == "all is whole"
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "what", "is_mended"),
    [
        ("UPDATE advisories SET copy_of = 999 WHERE id = 1", "a copy of none", True),
        ("UPDATE advisories SET release = 999 WHERE id = 1", "a release that is not there", True),
        ("UPDATE advisories SET new_text = text || 'x' WHERE id = 1", "not that of their paragraphs", True),
        ("UPDATE advisories SET text = 'x' WHERE id = 1", "not that of their paragraphs", True),
        ("DELETE FROM pages WHERE url LIKE '%1-lahan'", "without a row in pages", True),
        ("INSERT INTO advisories_fts (advisories_fts) VALUES ('delete-all')", "full-text index", True),
        ("DELETE FROM index_recent WHERE text = (SELECT MIN(text) FROM index_recent)", "does not hold", True),
        ("DELETE FROM index_recent", "does not hold", True),
        ("INSERT INTO index_recent (text, keys) SELECT 9999, keys FROM index_recent LIMIT 1", "without a text", True),
        (
            "UPDATE paragraphs SET text = text || '.' || id WHERE statement IS NOT NULL",
            "differ from their statement's hash",
            False,
        ),
        ("UPDATE index_scheme SET scheme = 'content-words/1'", "index of another version", False),
        ("UPDATE pages SET archive = 'imbauan-9.warc.gz:5' WHERE archive IS NOT NULL", "not in the archive", False),
    ],
)
def test_what_is_broken_is_found_and_mended_where_it_can_be_derived(
    database: Path, statement: str, what: str, is_mended: bool
) -> None:
    before = dump(database)
    change(database, statement)
    found = json.loads(imbauan("check", "--db", database, "--json", code=1).stdout)["findings"]
    assert any(what in finding["what"] for finding in found), found
    # A repaired text is derived from its paragraphs, so that only these must be right.
    imbauan("check", "--repair", "--db", database, code=0 if is_mended else 1)
    if is_mended:
        assert imbauan("check", "--db", database).stdout.endswith("all is whole\n")
        assert len(list(database.parent.glob("a.db.before-repair-*"))) == 1
        after = dump(database)
        assert [row["text"] for row in after["advisories"]] == [row["text"] for row in before["advisories"]]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM index_parts WHERE id = (SELECT MAX(id) FROM index_parts)", "not whole"),
        ("UPDATE index_segments SET filter = zeroblob(LENGTH(filter))", "not whole"),
        ("DELETE FROM index_parts", "does not hold"),
        ("DELETE FROM texts WHERE id = (SELECT MAX(id) FROM texts)", "without a text"),
    ],
)
def test_segments_of_the_index_are_compared_with_the_texts(
    database: Path, monkeypatch: pytest.MonkeyPatch, statement: str, what: str
) -> None:
    # So small that this dataset has segments.
    monkeypatch.setattr(index, "RECENT_TEXTS", 2)
    change(database, "DELETE FROM index_recent WHERE text = 1")
    imbauan("check", "--repair", "--db", database)
    assert imbauan("check", "--db", database).stdout.endswith("all is whole\n")
    change(database, statement)
    found = json.loads(imbauan("check", "--db", database, "--json", code=1).stdout)["findings"]
    assert any(what in finding["what"] for finding in found), found


def test_mended_index_finds_repeats_again(database: Path) -> None:
    change(database, "DELETE FROM index_recent")
    imbauan("check", "--repair", "--db", database)
    copy = {"url": "https://empat.example/berita/9", "title": "Polda imbau warga", "text": "\n".join(LINES),
            "published": "2026-11-22T12:00:00+08:00", "source": "empat"}  # fmt: skip
    imbauan("import", "-", "--db", database, text=json.dumps(copy) + "\n")
    (row,) = [row for row in dump(database)["advisories"] if row["url"] == copy["url"]]
    assert row["new_text"] == "" and row["copied_share"] == 1


def test_damaged_archive_is_found(database: Path) -> None:
    (file,) = Path(f"{database}.archive").glob("*.warc.gz")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    done = imbauan("check", "--db", database, code=1)
    assert "records of the archive that can't be read" in done.stdout and file.name in done.stdout


def test_damaged_database_file_is_found_without_a_traceback(database: Path) -> None:
    data = bytearray(database.read_bytes())
    for at in range(4096 * 20, len(data), 4096):
        data[at : at + 60] = b"\xaa" * 60
    database.write_bytes(data)
    done = imbauan("check", "--db", database, code=1)
    told = done.stdout + done.stderr
    assert ("damage in the database file" in told or "malformed" in told) and "backup" in told


def test_backup_is_equal_and_never_overwrites(database: Path, tmp_path: Path) -> None:
    done = imbauan("backup", tmp_path / "copy.db", "--db", database)
    assert "whole" in done.stdout and dump(tmp_path / "copy.db") == dump(database)
    assert "exists already" in imbauan("backup", tmp_path / "copy.db", "--db", database, code=2).stderr
    imbauan("backup", tmp_path / "none" / "copy.db", "--db", database, code=1)
    assert not list(tmp_path.glob("*.part*"))


def test_backups_under_writing_load_are_whole(tmp_path: Path) -> None:
    writer = open_dataset(tmp_path / "a.db", create=True)
    with writer.writing() as connection:
        connection.execute("CREATE TABLE pair (left INTEGER, right INTEGER, filler TEXT)")
    writer.close()
    stop = threading.Event()

    def write() -> None:
        own = open_dataset(tmp_path / "a.db", create=True)
        number = 0
        while not stop.is_set():
            number += 1
            with own.writing() as connection:
                connection.execute("INSERT INTO pair VALUES (?, NULL, ?)", (number, "x" * 3000))
                connection.execute("UPDATE pair SET right = left WHERE left = ?", (number,))
        own.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            reader = open_dataset(tmp_path / "a.db")
            backup(reader, tmp_path / f"copy-{number}.db")
            reader.close()
    finally:
        stop.set()
        thread.join()
    for number in range(5):
        with sqlite3.connect(tmp_path / f"copy-{number}.db") as db:
            assert db.execute("SELECT COUNT(*) FROM pair WHERE right IS NOT left").fetchone() == (0,)
            assert db.execute("SELECT COUNT(*) = COALESCE(MAX(left), 0) FROM pair").fetchone() == (1,)
        db.close()
