"""A page's links never lead the crawler into the machine's own network."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from imbauan.download.addresses import is_public, places_on_purpose
from imbauan.sources import Source
from tests.hostile.pages import article, feed
from tests.hostile.server import Exchange, serving
from tests.test_hostile_web import ROOT, entry

# The canary listens on all of 127.0.0.0/8 and ::1; {port} is its port.
SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.000.000.001",
    "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "127.9.9.9", "0.0.0.0", "0", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "%31%32%37.0.0.1",
    "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "orang@127.0.0.1", "127.0.0.1%00.example", "10.0.0.1", "172.16.0.1",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "[fe80::1]",
    "[fd00::1]", "[fec0::1]", "[ff02::1]", "2852039166", "0xa9fea9fe",
]  # fmt: skip
WAYS = ("start", "link", "sitemap", "redirect", "redirect-after-503", "meta-refresh", "robots")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One crawl over every spelling by every way, with a canary that must hear nothing."""
    folder = tmp_path_factory.mktemp("ssrf")
    targets: dict[str, tuple[str, str]] = {}
    with serving(lambda x: x.answer(article("Rahasia"))) as canary, serving(lambda x: respond(x, targets)) as web:
        entries = []
        for place, (way, spelling) in enumerate((way, spelling) for way in WAYS for spelling in SPELLINGS):
            host = f"127.1.{place // 200}.{place % 200 + 1}:{web.port}"
            secret = f"http://{spelling}:{canary.port}/rahasia/{place}-satu-dua-tiga"
            targets[host] = (way, secret)
            lists = {"sitemaps": ["/sitemap.xml"]} if way == "sitemap" else {"feeds": ["/feed"]}
            text = entry(f"s{place}", f"http://{host}", lists)
            if way == "start" and not places_on_purpose([Source(id="a", name="a", homepage=secret)]):
                text = text.replace(f"http://{host}/feed", secret)
            entries.append(text)
        (folder / "sources.toml").write_text("".join(entries), "utf-8")
        command = [sys.executable, "-m", "tests.hostile.run", str(folder / "sources.toml"), str(folder / "s.db")]
        done = subprocess.run([*command, json.dumps({"RETRY_TIMES": 1})], cwd=ROOT, capture_output=True, text=True, timeout=300)  # fmt: skip
        accepted = canary.accepted
        asked = {host: sum(1 for who, _ in web.asked if who == host) for host in targets}
    assert done.returncode == 0, done.stderr[-3000:]
    with sqlite3.connect(folder / "s.db") as db:
        pages = db.execute("SELECT url, source, outcome, reason FROM pages").fetchall()
        texts = db.execute("SELECT title FROM advisories").fetchall()
    db.close()
    yield {"accepted": accepted, "pages": pages, "titles": texts, "targets": targets, "asked": asked}


def respond(x: Exchange, targets: dict[str, tuple[str, str]]) -> None:
    """A site that leads to its target in its own way."""
    way, secret = targets[x.host]
    header = secret.encode("utf-8").decode("latin-1")
    page = f"{x.base}/berita/12345-judul-berita-ini"
    if x.path == "/robots.txt":
        if way == "robots":
            x.answer(b"", f"Location: {header}", status="302 Found")
        else:
            x.answer("", status="404 Not Found")
    elif x.path == "/feed":
        x.answer(feed(secret if way in ("link", "start") else page), "Content-Type: application/rss+xml")
    elif x.path == "/sitemap.xml":
        x.answer(f"<sitemapindex><sitemap><loc>{secret}</loc></sitemap></sitemapindex>", "Content-Type: text/xml")
    elif way == "redirect-after-503" and x.number == 1:
        x.answer("<p>sebentar", status="503 Service Unavailable")
    elif way.startswith("redirect"):
        x.answer(b"", f"Location: {header}", status="302 Found")
    elif way == "meta-refresh":
        x.answer(f'<meta charset=utf-8><meta http-equiv="refresh" content="0; url={secret}"><p>tunggu')
    else:
        x.answer(article())


def test_no_spelling_by_no_way_makes_a_connection(run: dict[str, Any]) -> None:
    assert len(SPELLINGS) >= 30 and len(run["targets"]) == len(WAYS) * len(SPELLINGS)
    asked = {host for host, number in run["asked"].items() if number}
    assert asked >= {host for host, (way, _) in run["targets"].items() if way != "start"}
    assert run["accepted"] == 0
    assert ("Rahasia",) not in run["titles"]


def test_every_refusal_is_a_row_with_its_reason(run: dict[str, Any]) -> None:
    by_source: dict[str, list[tuple[str, str]]] = {}
    for _, source, outcome, reason in run["pages"]:
        by_source.setdefault(source, []).append((outcome, reason or ""))
    for place, (way, secret) in enumerate(run["targets"].values()):
        if way in ("redirect", "redirect-after-503", "meta-refresh"):
            (outcome, reason), *more = by_source[f"s{place}"]
            assert not more and outcome in ("forbidden", "failed", "off-site", "quarantined", "waiting") and reason, (
                way,
                secret,
            )


def test_sources_that_name_a_private_place_may_reach_it_and_no_other() -> None:
    own = Source(
        id="a", name="a", homepage="http://127.0.0.1:8000/", feeds=["http://localhost:9000/x", "http://berita.id/"]
    )
    assert places_on_purpose([own]) == {("127.0.0.1", 8000), ("localhost", 9000)}


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.1.1", "2606:4700::1111", "2001:4860:4860::8888"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


REBINDING = """
import sys
from twisted.internet.asyncioreactor import install
install()
from twisted.internet import reactor
from twisted.internet.address import IPv4Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.protocol import Factory, Protocol
from imbauan.download.resolver import GuardedResolver

class Rebinding:
    answers = [{answers}]
    def resolveHostName(self, receiver, name, port=0, *a, **k):
        receiver.resolutionBegan(None)
        for host in self.answers.pop(0):
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.resolutionComplete()
        return receiver

reactor.installNameResolver(Rebinding())
guard = GuardedResolver(reactor, 0)
guard.install_on_reactor()
outcomes = []
def ask(left):
    done = HostnameEndpoint(reactor, "berita.example", {port}, timeout=2).connect(Factory.forProtocol(Protocol))
    def heard(result):
        outcomes.append("connected" if not hasattr(result, "value") else type(result.value).__name__)
        ask(left - 1) if left > 1 else (print(outcomes, dict(guard.refused)), reactor.stop())
    done.addBoth(heard)
reactor.callWhenRunning(ask, {count})
reactor.run()
"""


def test_a_name_whose_answer_turns_private_is_not_connected_to() -> None:
    with serving(lambda x: None) as canary:
        # 192.0.2.1 stands in documents only: public names would need a network.
        script = REBINDING.format(answers='["127.0.0.1"], ["10.0.0.1", "127.0.0.1"]', port=canary.port, count=2)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=30)
        assert "['DNSLookupError', 'DNSLookupError']" in done.stdout, done.stderr
        assert "127.0.0.1" in done.stdout and canary.accepted == 0


def test_the_test_machine_can_reach_the_canary() -> None:
    with serving(lambda x: None) as canary:
        socket.create_connection(("127.9.9.9", canary.port), timeout=5).close()
        # Accepted in the server's thread: a second exchange is behind the first.
        with socket.create_connection(("127.0.0.1", canary.port), timeout=5) as second:
            second.sendall(b"GET / HTTP/1.0\r\n\r\n")
            second.recv(10)
        assert canary.accepted == 2
