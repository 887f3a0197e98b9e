"""Trials of whole commands against a machine that does not play along: no room, no permission, Scrapy's own command."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from local_site import Site, article, feed, path_of, serving, table

from imbauan.database import open_dataset
from imbauan.database.lock import Lock

ROOT = Path(__file__).parent.parent
PAGES = 20


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        for number in range(PAGES):
            # Long and like no other, so that a small disk is full before the end.
            lines = "".join(
                f"<p>Polisi mencatat laporan warga {hashlib.sha256(f'{number} {line}'.encode()).hexdigest()} malam itu.</p>"
                for line in range(60)
            )
            opened.put(path_of(number), article(number, extra=lines))
        opened.put("/rss", feed(opened.base, [path_of(number) for number in range(PAGES)]), "application/rss+xml")
        yield opened


def catalogue(site: Site, folder: Path, kind: str = "site") -> Path:
    path = folder / "own.toml"
    feeds = f'feeds = ["{site.base}/rss"]'
    path.write_text(
        f'[[source]]\nid = "a"\nname = "A"\nkind = "{kind}"\nhomepage = "{site.base}/"\n{feeds}\ndelay = 0\n'
    )
    return path


def run(*command: str | Path, cwd: Path = ROOT, **options: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", *map(str, command)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=cwd, **options)  # type: ignore[call-overload]
    assert "Traceback" not in done.stderr, done.stderr
    return done  # type: ignore[no-any-return]


# -- no permission ---------------------------------------------------------------------------------------------------


def mounted(*words: str | Path) -> None:
    """Mount something; skips the test where this user may not."""
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, *words], capture_output=True).returncode:
        pytest.skip("this user may not mount")


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """No writing to a path: by its mode, or by a mount where root runs the tests."""
    if os.geteuid():
        mode = path.stat().st_mode
        path.chmod(0o555 if path.is_dir() else 0o444)
        yield
        path.chmod(mode)
        return
    mounted("--bind", path, path)
    try:
        mounted("-o", "remount,ro,bind", path)
        yield
    finally:
        subprocess.run(["umount", path], check=True)


@pytest.mark.parametrize("command", [["crawl"], ["import", "-"]])
def test_folder_that_may_not_be_written_is_one_line(tmp_path: Path, command: list[str]) -> None:
    with read_only(tmp_path):
        done = run("imbauan", *command, "--db", tmp_path / "a.db", stdin=subprocess.DEVNULL)
    assert done.returncode == 1 and done.stdout == "" and not list(tmp_path.iterdir())
    (line,) = done.stderr.splitlines()
    assert "can't be written" in line and "check its folder" in line


@pytest.mark.parametrize("command", [["crawl"], ["import", "-"]])
def test_dataset_that_may_not_be_written_is_one_line_and_stays(tmp_path: Path, command: list[str]) -> None:
    database = tmp_path / "a.db"
    open_dataset(database, create=True).close()
    before = database.read_bytes()
    with read_only(database):
        done = run("imbauan", *command, "--db", database, stdin=subprocess.DEVNULL)
        shown = run("imbauan", "status", "--json", "--db", database)
    assert done.returncode == 1 and done.stdout == "" and len(done.stderr.splitlines()) == 1, done.stderr
    assert "readonly" in done.stderr and "check the permissions" in done.stderr
    assert shown.returncode == 0 and database.read_bytes() == before, shown.stderr


@pytest.mark.parametrize("command", [["export"], ["status", "--json"], ["check"]])
def test_dataset_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path, command: list[str]) -> None:
    open_dataset(tmp_path / "a.db", create=True).close()
    (tmp_path / "a.db.lock").unlink()
    with read_only(tmp_path):
        done = run("imbauan", *command, "--db", tmp_path / "a.db")
    assert done.returncode == 0, done.stderr


# -- no room ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 800 KiB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted("-t", "tmpfs", "-o", "size=800k", "none", place)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_disk_that_fills_up_ends_the_crawl_with_one_line_and_loses_nothing(
    site: Site, small: Path, tmp_path: Path
) -> None:
    own = catalogue(site, tmp_path)
    done = run("imbauan", "crawl", "--sources", own, "--db", small / "a.db")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1, done.stderr
    assert "full" in done.stderr or "No space left" in done.stderr
    stored = table(small / "a.db", "SELECT url, text FROM advisories ORDER BY url")
    assert table(small / "a.db", "PRAGMA integrity_check") == [("ok",)] and len(stored) < PAGES
    for path in (small / "a.db", small / "a.db.archive"):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / path.name)
    again = run("imbauan", "crawl", "--sources", own, "--db", tmp_path / "a.db")
    assert again.returncode == 0, again.stderr
    rows = table(tmp_path / "a.db", "SELECT url, text FROM advisories ORDER BY url")
    assert len(rows) == PAGES and set(stored) <= set(rows)
    assert run("imbauan", "check", "--db", tmp_path / "a.db").returncode == 0


# -- scrapy crawl ----------------------------------------------------------------------------------------------------


def scrapy(site: Site, folder: Path) -> subprocess.CompletedProcess[str]:
    own = catalogue(site, folder, "antara")
    environment = os.environ | {"IMBAUAN_DB": str(folder / "a.db"), "IMBAUAN_SOURCES": str(own)}
    return run("scrapy", "crawl", "antara", env=environment)


def test_scrapys_own_command_crawls_the_sources_of_a_kind(site: Site, tmp_path: Path) -> None:
    done = scrapy(site, tmp_path)
    assert done.returncode == 0, done.stderr
    assert table(tmp_path / "a.db", "SELECT COUNT(*) FROM advisories") == [(PAGES,)]
    assert table(tmp_path / "a.db", "SELECT command, status, advisories_new FROM runs") == [
        ("scrapy crawl", "finished", PAGES)
    ]
    assert table(tmp_path / "a.db", "SELECT state FROM source_health") == [("healthy",)]
    assert run("imbauan", "check", "--db", tmp_path / "a.db").returncode == 0


def test_scrapys_own_command_respects_the_lock(site: Site, tmp_path: Path) -> None:
    open_dataset(tmp_path / "a.db", create=True).close()
    lock = Lock.take(tmp_path / "a.db")
    done = scrapy(site, tmp_path)
    lock.release()
    assert done.returncode == 75 and "in use by process" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not site.asked and table(tmp_path / "a.db", "SELECT COUNT(*) FROM runs") == [(0,)]


# -- a rehearsal -----------------------------------------------------------------------------------------------------


def test_a_dry_run_asks_for_what_a_run_would_and_stores_nothing(site: Site, tmp_path: Path) -> None:
    own, db = catalogue(site, tmp_path), tmp_path / "t.db"
    command = ["imbauan", "crawl", "--sources", own, "--db", db]
    assert "20 new" in run(*command, "--dry-run").stdout
    assert not db.exists()
    assert run(*command).returncode == 0
    site.put(path_of(PAGES), article(PAGES))
    site.put("/rss", feed(site.base, [path_of(number) for number in range(PAGES + 1)]), "application/rss+xml")
    site.forget()
    assert "1 new" in run(*command, "--dry-run").stdout
    assert site.articles_asked() == [path_of(PAGES)]
    assert table(db, "SELECT COUNT(*) FROM advisories") == [(PAGES,)]
