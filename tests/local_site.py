"""A site on loopback for the tests of finding pages: a table of answers, a record of what was asked, and a crawl of it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from imbauan.conclusion import conclude
from imbauan.import_pages import process
from imbauan.items import AdvisoryItem
from imbauan.recorder import Recorder, recorder_of
from imbauan.sources import Source
from spiders.site import SiteSpider

HTML = "text/html; charset=utf-8"
CITIES = "Sampit Buntok Kasongan Pulang-Pisau Muara-Teweh Tamiang-Layang Sukamara Nanga-Bulik Kuala-Kapuas Puruk-Cahu".split()


@dataclass(slots=True)
class Document:
    """One answer."""

    body: bytes
    kind: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validators: bool = False
    """Whether it is sent with an ETag and a matching If-None-Match is answered with 304."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    at: float
    path: str
    headers: dict[str, str]
    status: int


class Site(ThreadingHTTPServer):
    """Answers from a table, and remembers what was asked when, and how many requests were in work at once."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Answer)
        self.base = f"http://{host}:{self.server_address[1]}"
        self.pages: dict[str, Document] = {}
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def put(self, path: str, body: str, kind: str = HTML, status: int = 200, **headers: str) -> None:
        """Serve a body at a path."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Document(body.encode(), kind, status, named)

    def paths(self) -> list[str]:
        """The paths asked for, in order, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def articles_asked(self) -> list[str]:
        """The article paths asked for."""
        return [path for path in self.paths() if path.startswith("/berita/")]

    def forget(self) -> None:
        """Begin a new record."""
        self.asked.clear()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that hangs up is no news."""


class Answer(BaseHTTPRequestHandler):
    """One request."""

    server: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        document = self.server.pages.get(self.path) or Document(b"<h1>Tidak ditemukan</h1>", status=404)
        tag = f'"{hashlib.md5(document.body).hexdigest()}"'
        same = document.validators and self.headers.get("If-None-Match") == tag
        status, body = (304, b"") if same else (document.status, document.body)
        headers = dict(self.headers.items())
        self.server.asked.append(Asked(time.monotonic(), self.path, headers, status))
        self.send_response(status)
        self.send_header("Content-Type", document.kind)
        for name, value in document.headers.items():
            self.send_header(name, value)
        if document.validators:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # Before the last bytes leave: the next request may come as soon as they arrive.
        with self.server.lock:
            self.server.at_once -= 1
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A site until the end of the block."""
    site = Site(host)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


def path_of(number: int) -> str:
    """The path of an article."""
    return f"/berita/{10_000 + number}/imbauan-polres-soal-banjir-nomor-{number}"


def article(number: int, dead: int = 0, extra: str = "") -> str:
    """An advisory of its own; `dead` is a fact that a correction may change."""
    city = CITIES[number % len(CITIES)].replace("-", " ")
    lines = (
        f"{city} - Polres setempat mengimbau warga {city} agar waspada banjir di RT {number}, kata Kapolres AKBP Seno Prawira.",
        f"Air di posko nomor {number} naik {number + 12} sentimeter sejak subuh dan {dead} orang dilaporkan hanyut.",
        f"Warga di jalan nomor {number} diminta menyimpan dokumen di tempat tinggi dan menghubungi layanan 110.",
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html lang=id><head><title>Imbauan Polres soal banjir nomor {number}</title></head><body><article><h1>Imbauan Polres"
        f" soal banjir nomor {number}</h1><time datetime='2026-11-20T16:05:00+07:00'>20 November 2026</time>"
        f"{paragraphs}{extra}</article></body></html>"
    )


def feed(base: str, paths: list[str], date: str = "Fri, 20 Nov 2026 08:00:00 GMT") -> str:
    """An RSS feed."""
    items = "".join(
        f"<item><title>Berita {path}</title><link>{base}{path}</link><pubDate>{date}</pubDate></item>" for path in paths
    )
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def links(paths: list[str], foot: str = "") -> str:
    """A listing page."""
    return (
        "<html><body>"
        + "".join(f"<h2><a href={path}>Berita {path}</a></h2>" for path in paths)
        + foot
        + "</body></html>"
    )


def source(site: Site, **fields: Any) -> Source:
    """The catalogue entry of a site."""
    return Source(id=fields.pop("id", "a"), name="A", homepage=site.base + "/", **{"delay": 0, **fields})


class Inline:
    """Every step of the pipeline in this process: a pool of workers would take longer than the tests."""

    def __init__(self, crawler: Crawler) -> None:
        self.recorder = recorder_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Inline:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_item(self, item: AdvisoryItem) -> AdvisoryItem:
        """Read and store."""
        if process(item).article is None:
            self.recorder.outcome(item.page.url, item.page.source, "quarantined", "no text found in the page")
        else:
            self.recorder.store(item)
        return item


SETTINGS = {
    "TWISTED_REACTOR_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "RETRY_TIMES": 0,
    "DOWNLOAD_TIMEOUT": 15,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "CRITICAL",
    "COOKIES_ENABLED": False,
    "IMBAUAN_FIRST_PAUSE": 0.1,
    "ITEM_PIPELINES": {Inline: 1},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "spiders.robots.RobotsMiddleware": 100,
        "spiders.backoff.BackOffMiddleware": 560,
    },
}


@dataclass(slots=True)
class Done:
    """A finished run."""

    status: str
    counts: dict[str, int]
    problems: list[str]
    notes: list[str]
    stats: dict[str, Any]


async def crawl(db: Path, *sources: Source, spider: type[SiteSpider] = SiteSpider, **arguments: Any) -> Done:
    """One run over the sources, as `imbauan crawl` makes it."""
    recorder = Recorder.open(db, "crawl", keep_other=arguments.pop("keep_other", False))
    recorder.sources(list(sources))
    runner = AsyncCrawlerRunner({**SETTINGS, **arguments.pop("settings", {})})
    crawler = runner.create_crawler(spider)
    crawler.recorder = recorder  # type: ignore[attr-defined]
    await runner.crawl(crawler, entries=list(sources), **arguments)
    assert crawler.stats is not None
    stats = dict(crawler.stats.get_stats())
    status = conclude(recorder, list(sources), crawler, str(stats.get("finish_reason")))
    recorder.finish(status)
    return Done(status, dict(recorder.counts), recorder.problems, recorder.notes, stats)


def table(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the dataset."""
    import sqlite3

    connection = sqlite3.connect(db)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def change(db: Path, sql: str) -> None:
    """Change the dataset, to let time pass."""
    import sqlite3

    connection = sqlite3.connect(db)
    try:
        connection.execute(sql)
        connection.commit()
    finally:
        connection.close()


def outcomes(db: Path, base: str) -> dict[str, str]:
    """The ledger: outcome by path."""
    return {str(url).removeprefix(base): str(outcome) for url, outcome in table(db, "SELECT url, outcome FROM pages")}
