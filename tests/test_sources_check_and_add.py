"""`imbauan sources check` and `add` against sites on loopback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_site import Site, article, feed, links, path_of, serving

from imbauan.sources import load_sources
from spiders.detect import detect, entry_toml
from spiders.visit import Visitor


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        paths = [path_of(number) for number in range(8)]
        for number, path in enumerate(paths):
            opened.put(path, article(number).replace("20 November 2026<", "20 November 2026 17:05 WITA<"))
        opened.put("/rss", feed(opened.base, paths), "application/rss+xml")
        head = (
            "<head><title>Warta Kahayan - Berita</title><link rel=alternate type=application/rss+xml href=/rss></head>"
        )
        opened.put("/", f"<html lang=id>{head}" + links(paths).removeprefix("<html>"))
        opened.put("/terkini", links(paths))
        yield opened


def imbauan(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imbauan", "sources", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def catalogue(folder: Path, site: Site, line: str) -> str:
    path = folder / "own.toml"
    path.write_text(f'[[source]]\nid = "a"\nname = "A"\nhomepage = "{site.base}/"\ndelay = 0\n{line}\n')
    return str(path)


def test_source_that_works_is_said_to_and_an_article_is_read(site: Site, tmp_path: Path) -> None:
    done = imbauan("check", "--json", "--sources", catalogue(tmp_path, site, f'feeds = ["{site.base}/rss"]'))
    found = json.loads(done.stdout)
    assert (done.returncode, found["ok"], found["articles"]) == (0, True, 8)
    assert [step["what"] for step in found["steps"]] == ["feed", "article"]
    assert "words" in found["steps"][1]["found"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('feeds = ["{base}/none"]', ["HTTP 404", "look for the new one"]),
        ('feeds = ["{base}/terkini"]', ["expected an RSS or Atom feed, got an HTML page"]),
        ("listings = [\"{base}/terkini\"]\narticle = '/artikel/[0-9]+'", ["no link matches '/artikel/[0-9]+'"]),
    ],
)
def test_what_broke_is_named_with_the_likely_fix(site: Site, tmp_path: Path, line: str, says: list[str]) -> None:
    done = imbauan("check", "--sources", catalogue(tmp_path, site, line.replace("{base}", site.base)))
    assert done.returncode == 1 and "BROKEN" in done.stdout and done.stderr == ""
    for words in says:
        assert words in done.stdout


def test_pages_without_text_and_challenges_are_broken(site: Site, tmp_path: Path) -> None:
    own = catalogue(tmp_path, site, f'feeds = ["{site.base}/rss"]')
    for number in range(8):
        site.put(path_of(number), "<html><div id=app></div></html>")
    assert "JavaScript" in imbauan("check", "--sources", own).stdout
    site.put("/rss", "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>")
    done = imbauan("check", "--sources", own)
    assert done.returncode == 1 and "challenge page (Cloudflare" in done.stdout and "ask the publisher" in done.stdout


def test_added_site_is_written_with_what_was_found(site: Site, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('# Ours.\n[[source]]\nid = "b"\nname = "B"\nhomepage = "https://b.example/"\n')
    done = imbauan("add", site.base + "/", "--sources", str(own), "--json", "--delay", "0")
    assert done.returncode == 0, done.stderr
    first, added = load_sources(own)
    assert first.id == "b" and own.read_text().startswith("# Ours.")
    assert (added.name, added.kind, added.feeds) == ("Warta Kahayan", "site", [site.base + "/rss"])
    assert (added.timezone, added.language, added.article) == ("Asia/Makassar", "id", r"/berita/\d+")
    assert json.loads(done.stdout)["articles"] == 8
    again = imbauan("add", site.base + "/", "--sources", str(own))
    assert again.returncode == 2 and "has" in again.stderr and len(load_sources(own)) == 2


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("<meta name=generator content='WordPress 6.7'>", "wordpress"),
        ("<meta name=generator content=Odoo>", "odoo"),
        ("<script id=__NEXT_DATA__ type=application/json>{}</script>", "nextjs"),
        ("<link rel=alternate type=application/rss+xml href=/rss/terkini.xml>", "antara"),
    ],
)
def test_kind_of_a_site_is_recognised(site: Site, head: str, kind: str) -> None:
    site.pages["/"].body = site.pages["/"].body.replace(b"<head>", b"<head>" + head.encode())
    found = detect(site.base + "/", Visitor(delay=0, allowed=[("127.0.0.1", site.server_address[1])]))
    assert found.source.kind == kind and f'kind = "{kind}"' in entry_toml(found.source)


def test_site_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = imbauan("add", "http://127.0.0.1:9/", "--sources", str(tmp_path / "own.toml"))
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and not (tmp_path / "own.toml").exists()


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/rss", "http://localhost:{port}/rss", "http://0x7f.1:{port}/rss",
                                    "http://[::ffff:127.0.0.1]:{port}/rss", "file:///etc/hostname"])  # fmt: skip
def test_look_at_a_source_is_led_to_no_other_place_of_this_machine(site: Site, tmp_path: Path, target: str) -> None:
    with serving("0.0.0.0") as inner:
        inner.put("/rss", feed(site.base, [path_of(0)]), "application/rss+xml")
        location = target.format(port=inner.server_address[1])
        site.put("/moved", "", status=302, Location=location)
        site.put("/robots.txt", "", status=302, Location=location)
        found = imbauan("check", "--json", "--sources", catalogue(tmp_path, site, f'feeds = ["{site.base}/moved"]'))
        (step, *_) = json.loads(found.stdout)["steps"]
        site.pages.pop("/robots.txt")
        feeds = imbauan("check", "--json", "--sources", catalogue(tmp_path, site, f'feeds = ["{site.base}/moved"]'))
        (other, *_) = json.loads(feeds.stdout)["steps"]
        assert (found.returncode, feeds.returncode) == (1, 1) and not step["ok"] and not other["ok"]
        for found_step in (step, other):
            assert re.search("not public|no address of the web", found_step["found"]), found_step
        added = imbauan("add", site.base + "/moved", "--delay", "0")
        assert added.returncode == 1 and re.search("not public|no address of the web", added.stderr)
        assert not inner.asked
