"""A crawl over sites that mean harm, all at once, with sites that mean none among them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.announcements import OWN, SITES
from tests.hostile.cases import PAGES
from tests.hostile.pages import article, feed
from tests.hostile.server import Exchange, serving

ROOT = Path(__file__).parent.parent
GOOD = ("baik-satu", "baik-dua", "baik-tiga")
GOOD_PAGES = 4
MEGABYTES = 600
SECONDS = 150


def entry(name: str, base: str, lists: dict[str, list[str]]) -> str:
    """A catalogue entry."""
    lines = ["[[source]]", f'id = "{name}"', f'name = "{name}"', f'homepage = "{base}/"', "delay = 0"]
    lines += [f"{key} = {json.dumps([base + path for path in paths])}" for key, paths in lists.items()]
    return "\n".join(lines) + "\n"


def respond(hosts: dict[str, str], x: Exchange) -> None:
    """The site that an address belongs to."""
    name = hosts.get(x.host, "")
    if name in SITES:
        SITES[name].serve(x)
    elif x.path == "/robots.txt":
        x.answer("", status="404 Not Found")
    elif x.path == "/feed":
        paths = [f"/{name}-{number}" for number in range(GOOD_PAGES)] if name in GOOD else [f"/page-{name}"]
        x.answer(feed(*(x.base + path for path in paths)), "Content-Type: application/rss+xml")
    elif name in GOOD:
        x.answer(article(title=f"Imbauan {x.path}"))
    elif name in PAGES:
        PAGES[name][2](x)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the crawl reported, and what it left in the database."""
    folder = tmp_path_factory.mktemp("hostile")
    hosts: dict[str, str] = {}
    with serving(lambda x: respond(hosts, x)) as server:
        entries = []
        for place, name in enumerate([*GOOD, *PAGES, *SITES]):
            host = f"127.0.{place // 200 + 1}.{place % 200 + 1}:{server.port}"
            hosts[host] = name
            entries.append(entry(name, f"http://{host}", SITES[name].lists if name in SITES else {"feeds": ["/feed"]}))
        (folder / "sources.toml").write_text("".join(entries), "utf-8")
        command = [sys.executable, "-m", "tests.hostile.run", str(folder / "sources.toml"), str(folder / "h.db"), "{}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    with sqlite3.connect(folder / "h.db") as db:
        report["pages"] = db.execute("SELECT url, source, outcome, reason, archive FROM pages").fetchall()
        report["texts"] = dict(db.execute("SELECT source, text FROM advisories"))
        report["check"] = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    yield report


def rows(run: dict[str, Any], name: str) -> list[tuple[str, str, str, str, str]]:
    return [row for row in run["pages"] if row[1] == name]


def test_there_are_at_least_fifty_cases() -> None:
    assert len(PAGES) + len(SITES) >= 70


def test_the_run_ends_in_time_and_memory_with_a_whole_database(run: dict[str, Any]) -> None:
    assert run["status"] == "finished" and run["check"] == "ok"
    assert max(run["megabytes"]) < MEGABYTES and run["seconds"] < SECONDS


@pytest.mark.parametrize("name", GOOD)
def test_other_sites_pages_are_all_stored(run: dict[str, Any], name: str) -> None:
    assert [row[2] for row in rows(run, name)] == ["stored"] * GOOD_PAGES


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_gets_its_outcome_and_reason(run: dict[str, Any], name: str) -> None:
    outcome, reason, _ = PAGES[name]
    found = rows(run, name)
    assert [row[2] for row in found] == [outcome]
    assert reason in (found[0][3] or "") and (outcome == "stored" or found[0][3])
    if outcome in ("stored", "quarantined"):
        assert found[0][4], "its bytes are kept"
    if outcome in ("failed", "quarantined"):
        assert any(f"page-{name}" in problem for problem in run["problems"])


@pytest.mark.parametrize("name", [name for name, site in SITES.items() if site.found])
def test_true_article_of_a_hostile_site_is_stored(run: dict[str, Any], name: str) -> None:
    assert "stored" in [row[2] for row in rows(run, name) if row[0].endswith(OWN)], run["problems"]


@pytest.mark.parametrize("name", [name for name, site in SITES.items() if not site.found])
def test_hostile_site_without_an_article_is_named_in_the_report(run: dict[str, Any], name: str) -> None:
    assert any(name in problem for problem in run["problems"]) or rows(run, name) or run["troubles"].get(name)


def test_odd_but_readable_texts_are_right(run: dict[str, Any]) -> None:
    texts = run["texts"]
    for name in ("utf8-called-latin1", "cp1252-called-utf8"):
        assert "“Jangan panik,” ujarnya – pelan." in texts[name]
    assert "\0" not in texts["nul-bytes"]
    assert "diterima petugas jaga" in texts["lone-surrogates"]
