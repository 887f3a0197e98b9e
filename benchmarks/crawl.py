"""A whole crawl against a bare Scrapy spider that only calls trafilatura and writes JSON lines.

Run: python -m benchmarks.crawl [--pages 400] [--rounds 3]. Prints seconds of each, their ratio, and pages a second.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

REPLACED = 0.8
"""Share of the lower-case words of a paragraph that are exchanged: enough that no two are alike."""

BARE_SPIDER = """
import scrapy, trafilatura
class Bare(scrapy.Spider):
    name = "bare"
    custom_settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": True, "LOG_ENABLED": False}
    async def start(self):
        yield scrapy.Request(self.home)
    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href, self.article)
    def article(self, response):
        yield {"url": response.url, "text": trafilatura.extract(response.text)}
"""


@cache
def originals() -> tuple[list[str], list[str]]:
    """The paragraphs of the demo's articles, and their lower-case words, each as often as it stands there."""
    articles = [
        entry["body"].replace("${day}", "Selasa").strip().splitlines()
        for name in ("advisories", "news")
        for entry in tomllib.loads((files("imbauan.demo") / f"{name}.toml").read_text("utf-8"))["article"]
    ]
    paragraphs = [line for lines in articles for line in lines]
    return paragraphs, [word for line in paragraphs for word in line.split() if word.islower() and word.isalpha()]


def paragraph(chance: random.Random) -> str:
    """A paragraph in the words and frames of news that is like no other: random words would be no language to any rule."""
    paragraphs, words = originals()
    return " ".join(
        chance.choice(words) if word.islower() and word.isalpha() and chance.random() < REPLACED else word
        for word in chance.choice(paragraphs).split()
    )


def article(number: int) -> str:
    """One small page (about 8 KB) with ten paragraphs that no other page has."""
    chance = random.Random(number)
    paragraphs = [paragraph(chance) for _ in range(9)]
    lead = f"Sampit - {paragraph(chance)}"
    menu = "".join(f'<li><a href="/rubrik/{n}">Rubrik {n}</a></li>' for n in range(30))
    body = "".join(f"<p>{text}</p>\n" for text in [lead, *paragraphs])
    return (
        f"<html lang='id'><head><title>Imbauan polisi nomor {number}</title></head><body><ul>{menu}</ul>"
        f"<article><h1>Imbauan polisi nomor {number}</h1><time datetime='2026-11-20T16:05:00+07:00'>20 November</time>"
        f"{body}</article><footer>{menu}</footer></body></html>"
    )


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """A site of that many articles on loopback, listed on its homepage; gives its address."""
    bodies = {f"/berita/{n}/imbauan-polisi-nomor-{n}": article(n).encode() for n in range(1, pages + 1)}
    home = "".join(f'<p><a href="{path}">Imbauan polisi</a></p>' for path in bodies).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else the second write of an answer waits for a delayed acknowledgement

        def do_GET(self) -> None:
            body = home if self.path == "/" else bodies.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # with the usual 5 a burst of connections waits a second for a second SYN

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def seconds(command: list[str], folder: Path | None = None) -> float:
    """Wall seconds of a command that must succeed."""
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return time.monotonic() - began


def main() -> None:
    """Run both in turns and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ours: list[float] = []
    bare: list[float] = []
    with serving(options.pages) as home, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE_SPIDER)
        (folder / "s.toml").write_text(
            f'[[source]]\nid = "bench"\nname = "Bench"\nhomepage = "{home}"\nlistings = ["{home}"]\ndelay = 0\n'
        )
        for turn in range(options.rounds):
            database = folder / f"{turn}.db"
            catalogue = ["--sources", str(folder / "s.toml")]
            ours.append(seconds([sys.executable, "-m", "imbauan", "crawl", *catalogue, "--db", str(database)]))
            out = folder / f"{turn}.jsonl"
            spider = [str(folder / "bare.py"), "-a", f"home={home}", "-o", str(out)]
            # In its own folder: in ours Scrapy would find our settings.
            bare.append(seconds([sys.executable, "-m", "scrapy", "runspider", *spider], folder))
            got = len(out.read_text("utf-8").splitlines())
            if got != options.pages:
                raise SystemExit(f"the bare spider wrote {got} of {options.pages} pages: no figure")
    mine, peer = statistics.median(ours), statistics.median(bare)
    figures = {
        "pages": options.pages,
        "imbauan_seconds": round(mine, 2),
        "bare_scrapy_trafilatura_seconds": round(peer, 2),
    }
    print(
        json.dumps(
            figures | {"ratio": round(mine / peer, 2), "imbauan_pages_per_second": round(options.pages / mine, 1)}
        )
    )


if __name__ == "__main__":
    main()
