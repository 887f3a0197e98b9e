"""The spider against real servers on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner

from imbauan.exceptions import UsageError
from imbauan.sources import Source
from spiders.site import SiteSpider

HTML = "text/html; charset=windows-1252"


class Newsroom(ThreadingHTTPServer):
    """Answers from a table, and remembers what was asked when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.pages: dict[str, tuple[int, str, str]] = {}
        self.asked: list[tuple[float, str]] = []

    def put(self, path: str, body: str = "<p>Imbauan.</p>", kind: str = HTML, status: int = 200) -> None:
        """Serve a body at a path; for a redirect the body is the target."""
        self.pages[path] = (status, kind, body)

    def paths(self) -> list[str]:
        """The paths asked for, in order, without robots.txt."""
        return [path for _, path in self.asked if path != "/robots.txt"]


class Answer(BaseHTTPRequestHandler):
    """One request."""

    server: Newsroom

    def do_GET(self) -> None:
        self.server.asked.append((time.monotonic(), self.path))
        status, kind, body = self.server.pages.get(self.path, (404, HTML, "not here"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if 300 <= status < 400:
            self.send_header("Location", body)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    server = Newsroom()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def crawl(source: Source, **arguments: Any) -> tuple[list[Any], dict[str, tuple[str, str]], dict[str, Any]]:
    """The pages, the outcomes by address and the stats of a crawl."""
    outcomes: dict[str, tuple[str, str]] = {}
    pages: list[Any] = []
    settings = {"TWISTED_REACTOR_ENABLED": False, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "RETRY_ENABLED": False}
    settings |= {"TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "ERROR", "COOKIES_ENABLED": False}
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(SiteSpider)

    def heard(url: str, source_id: str, outcome: str, reason: str, status: int | None) -> None:
        assert url not in outcomes and source_id == source.id
        outcomes[url] = (outcome, reason)

    def scraped(item: Any) -> None:
        pages.append(item.page)

    crawler.signals.connect(scraped, signals.item_scraped)
    await runner.crawl(crawler, entries=[source], on_outcome=heard, **arguments)
    assert crawler.stats is not None
    return pages, outcomes, dict(crawler.stats.get_stats())


def feed(base: str, *paths: str, date: str = "Fri, 20 Nov 2026 08:00:00 GMT") -> str:
    items = "".join(f"<item><link>{base}{path}</link><pubDate>{date}</pubDate></item>" for path in paths)
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def source(newsroom: Newsroom, **fields: Any) -> Source:
    return Source(id="a", name="A", homepage=newsroom.base + "/", **{"delay": 0, **fields})


async def test_feed_leads_to_pages_and_twins_are_asked_once(newsroom: Newsroom) -> None:
    newsroom.put("/rss", feed(newsroom.base, "/berita/1", "/amp/berita/1", "/berita/1?utm_source=x", "/berita/2"))
    newsroom.put("/berita/1")
    newsroom.put("/berita/2")
    pages, outcomes, _ = await crawl(source(newsroom, feeds=[newsroom.base + "/rss"]))
    assert sorted(newsroom.paths()) == ["/berita/1", "/berita/2", "/rss"]
    assert {page.url for page in pages} == {newsroom.base + "/berita/1", newsroom.base + "/berita/2"}
    assert (pages[0].source, pages[0].encoding, pages[0].fetched[-6:]) == ("a", "cp1252", "+00:00")
    assert outcomes == {}


async def test_every_announced_address_without_a_page_has_one_outcome(newsroom: Newsroom) -> None:
    base = newsroom.base
    newsroom.put("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
    paths = ["/gone", "/denied", "/pdf", "/private/x", "/moved", "/away", "/busy", "/empty"]
    newsroom.put(
        "/rss", feed(base, *paths).replace("</channel>", "<item><link>http://b.example/x</link></item></channel>")
    )
    newsroom.put("/denied", status=403)
    newsroom.put("/busy", status=503)
    newsroom.put("/pdf", kind="application/pdf")
    newsroom.put("/empty", "")
    newsroom.put("/", "home")
    newsroom.put("/moved", "/", status=302)
    newsroom.put("/away", base.replace("127.0.0.1", "localhost"), status=302)
    pages, outcomes, stats = await crawl(source(newsroom, feeds=[base + "/rss"]))
    assert pages == []
    assert {url.removeprefix(base): outcome for url, (outcome, _) in outcomes.items()} == {
        "/gone": "failed",
        "/denied": "forbidden",
        "/pdf": "failed",
        "/private/x": "forbidden",
        "/moved": "failed",
        "/away": "off-site",
        "/busy": "waiting",
        "/empty": "failed",
        "http://b.example/x": "off-site",
    }
    assert outcomes[base + "/pdf"][1] == "not HTML (application/pdf)"
    assert outcomes[base + "/gone"][1] == "HTTP 404"
    assert stats["imbauan/source/a/errors"] == stats["site/failed"] == 7


async def test_listing_is_followed_until_a_page_holds_nothing_new(newsroom: Newsroom) -> None:
    for number in (1, 2, 3):
        shown = min(number, 2)  # the third page repeats the second, as many sites do past their end
        newsroom.put(f"/terkini?page={number}", f"<a href=/berita/1000{shown}/x>x</a><a href=/tag/y>y</a>")
        newsroom.put(f"/berita/1000{shown}/x")
    pages, _, _ = await crawl(source(newsroom, listings=[newsroom.base + "/terkini?page={page}"]))
    assert len(pages) == 2
    assert "/terkini?page=3" in newsroom.paths() and "/terkini?page=4" not in newsroom.paths()


async def test_homepage_alone_leads_to_its_feed_its_articles_and_the_sitemaps_of_robots(newsroom: Newsroom) -> None:
    base = newsroom.base
    newsroom.put("/robots.txt", f"Sitemap: {base}/index.xml", "text/plain")
    newsroom.put("/index.xml", f"<sitemapindex><sitemap><loc>{base}/s.xml</loc></sitemap>"
                 f"<sitemap><loc>{base}/index.xml</loc></sitemap></sitemapindex>", "text/xml")  # fmt: skip
    newsroom.put("/s.xml", f"<urlset><url><loc>{base}/c</loc></url></urlset>", "text/xml")
    link = "<link rel=alternate type=application/rss+xml href=/rss>"
    newsroom.put("/", f"<html><head>{link}</head><body><a href=/polisi-imbau-warga-kota>b</a></body></html>")
    newsroom.put("/rss", feed(base, "/a"))
    for path in ("/a", "/polisi-imbau-warga-kota", "/c"):
        newsroom.put(path)
    pages, _, stats = await crawl(source(newsroom))
    assert {page.url.removeprefix(base) for page in pages} == {"/a", "/polisi-imbau-warga-kota", "/c"}
    assert "site/failed" not in stats


async def test_known_and_old_pages_are_left_and_the_rest_waits_at_the_limit(newsroom: Newsroom) -> None:
    base = newsroom.base
    newsroom.put("/rss", feed(base, "/known", "/changed", "/new", "/later"))
    newsroom.put("/old", feed(base, "/old/1", date="Mon, 02 Nov 2026 08:00:00 GMT"))
    for path in ("/changed", "/new", "/later", "/known"):
        newsroom.put(path)
    known = {base + "/known": "2026-11-20T09:00:00+00:00", base + "/changed": "2026-11-20T07:00:00+00:00"}
    feeds = [base + "/rss", base + "/old"]
    pages, outcomes, _ = await crawl(source(newsroom, feeds=feeds), known=known, since="2026-11-10", max_pages="2")
    assert {page.url.removeprefix(base) for page in pages} == {"/changed", "/new"}
    assert {url.removeprefix(base): outcome for url, (outcome, _) in outcomes.items()} == {
        "/later": "waiting",
        "/old/1": "waiting",
    }


async def test_broken_announcements_are_problems_of_their_source(newsroom: Newsroom) -> None:
    base = newsroom.base
    newsroom.put("/rss", "<html><p>consent</p></html>")
    newsroom.put("/terkini", "<a href=/tag/x>x</a>")
    entry = source(
        newsroom, feeds=[base + "/rss", base + "/none"], listings=[base + "/terkini"], article=r"/berita/\d+"
    )
    _, _, stats = await crawl(entry)
    assert {(one["url"].removeprefix(base), one["expected"], one["got"]) for one in stats["site/problems"]} == {
        ("/rss", "an RSS or Atom feed", "an HTML page"),
        ("/none", "an answer", "HTTP 404"),
        ("/terkini", r"links matching '/berita/\\d+'", "none"),
    }
    assert stats["imbauan/source/a/errors"] == 3


@pytest.mark.parametrize(("delay", "robots"), [(0.3, ""), (0.0, "User-agent: *\nCrawl-delay: 0.3\n")])
async def test_requests_keep_the_delay_of_the_source_or_of_its_robots(
    newsroom: Newsroom, delay: float, robots: str
) -> None:
    paths = [f"/{number}" for number in range(4)]
    newsroom.put("/robots.txt", robots, "text/plain")
    newsroom.put("/rss", feed(newsroom.base, *paths))
    for path in paths:
        newsroom.put(path)
    await crawl(source(newsroom, feeds=[newsroom.base + "/rss"], delay=delay))
    moments = [moment for moment, path in newsroom.asked if path != "/robots.txt"]
    gaps = [after - before for before, after in pairwise(moments)]
    assert len(gaps) == 4 and min(gaps) > 0.28


@pytest.mark.parametrize(
    "wrong", [{"since": "yesterday"}, {"max_pages": "0"}, {"max_pages": "x"}, {"sources": "nobody"}]
)
def test_senseless_arguments_are_refused(wrong: dict[str, str]) -> None:
    entries = None if "sources" in wrong else []
    with pytest.raises(UsageError):
        SiteSpider(entries=entries, **wrong)  # type: ignore[arg-type]
