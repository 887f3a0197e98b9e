"""A thousand sources of twenty pages each in one process: memory, the delays kept, and dead hosts that slow no other.

Run: python -m benchmarks.many_sources [--sources 1000] [--pages 20] [--delay 0.5] [--hanging 10] [--dead 10].
Every source is a host of its own on loopback (127.1.x.y). Prints what was stored, peak memory, and each host's pauses.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

HEAD = "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"


SYLLABLES = [a + b for a in "bcdghjklmnprstw" for b in "aeiou"]


def article(number: int) -> str:
    """One small page with paragraphs that no other page has, in words as many as a language has."""
    chance = random.Random(number)

    def sentence(words: int) -> str:
        return (
            " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(words)).capitalize()
            + "."
        )

    lead = f"Sampit - Polres Kotawaringin Timur mengimbau masyarakat agar waspada, kata Kapolres AKBP Seno, {number}."
    body = "".join(f"<p>{text}</p>" for text in [lead, *(sentence(40) for _ in range(5))])
    return (
        f"<html lang='id'><head><title>Imbauan polisi nomor {number}</title></head><body><article><h1>Imbauan polisi nomor"
        f" {number}</h1><time datetime='2026-11-20T16:05:00+07:00'>20 November</time>{body}</article></body></html>"
    )


def host_of(number: int) -> str:
    """The loopback address of a source."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


class Hosts:
    """All hosts in one asyncio server: it tells them apart by the Host header, and notes when each was asked."""

    def __init__(self, pages: int, hanging: set[str]) -> None:
        self.pages = pages
        self.hanging = hanging
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.at_once: dict[str, int] = defaultdict(int)
        self.most_at_once = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split()[1]
                host = next(line[6:].partition(":")[0] for line in lines if line.lower().startswith("host: "))
                self.asked[host].append(time.monotonic())
                if host in self.hanging:
                    await asyncio.sleep(3600)
                self.at_once[host] += 1
                self.most_at_once = max(self.most_at_once, self.at_once[host])
                status, kind, body = self.page(host, path)
                self.at_once[host] -= 1
                writer.write(HEAD.format(status=status, kind=kind, length=len(body)).encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # the crawler or this server goes
        finally:
            writer.close()

    def page(self, host: str, path: str) -> tuple[str, str, bytes]:
        """Status, type and body of an address."""
        number = int(host.split(".")[2]) * 250 + int(host.split(".")[3]) - 1
        if path == "/rss":
            items = "".join(
                f"<item><link>http://{host}:{PORT}/berita/{n}/x</link></item>" for n in range(1, self.pages + 1)
            )
            return "200 OK", "application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        if path.startswith("/berita/"):
            page = article(number * self.pages + int(path.split("/")[2]))
            return "200 OK", "text/html; charset=utf-8", page.encode()
        return "404 Not Found", "text/plain", b"-"


PORT = 18473


def serve(pages: int, hanging: set[str], pipe: Connection) -> None:
    """Serve until told to stop, then send what was noted."""

    async def run() -> None:
        hosts = Hosts(pages, hanging)
        server = await asyncio.start_server(hosts.answer, "0.0.0.0", PORT, backlog=4096)
        pipe.send("ready")
        await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
        pipe.send((dict(hosts.asked), hosts.most_at_once))
        server.close()

    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(run())


def catalogue(sources: int, dead: int, delay: float) -> str:
    """The sources file; the dead hosts are addresses where nothing listens."""
    entries = []
    for number in range(sources + dead):
        port = PORT if number < sources else 9
        base = f"http://{host_of(number)}:{port}"
        entries.append(
            f'[[source]]\nid = "s{number}"\nname = "S{number}"\nhomepage = "{base}/"\nfeeds = ["{base}/rss"]\ndelay = {delay}\n'
        )
    return "\n".join(entries)


def main() -> None:
    """Run the crawl and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--delay", type=float, default=0.5)
    parser.add_argument("--hanging", type=int, default=10)
    parser.add_argument("--dead", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=None, help="end the crawl then; what is left waits")
    options = parser.parse_args()
    hanging = {host_of(number) for number in range(options.hanging)}
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(options.pages, hanging, theirs), daemon=True
    )
    server.start()
    assert ours.recv() == "ready"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "s.toml").write_text(catalogue(options.sources, options.dead, options.delay))
        command = [
            sys.executable,
            "-m",
            "imbauan",
            "crawl",
            "--sources",
            str(folder / "s.toml"),
            "--db",
            str(folder / "a.db"),
        ]
        if options.minutes:
            command += ["--max-minutes", str(options.minutes)]
        began = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        print(done.stdout.strip(), done.stderr.strip()[-600:], file=sys.stderr)
        ours.send("stop")
        asked, most = ours.recv()
        connection = sqlite3.connect(folder / "a.db")
        (stored,) = connection.execute("SELECT COUNT(*) FROM advisories").fetchone()
        connection.close()
    healthy = {host: moments for host, moments in asked.items() if host not in hanging}
    gaps = [after - before for moments in healthy.values() for before, after in pairwise(moments)]
    print(
        json.dumps(
            {
                "sources": options.sources,
                "stored": stored,
                "of": (options.sources - options.hanging) * options.pages,
                "seconds": round(seconds, 1),
                "last_healthy_answer_seconds": round(max(m[-1] for m in healthy.values()) - began, 1),
                # The crawling process alone: children are counted by the largest of them.
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
                # As the server sees it, which is late by chance on a busy machine.
                "shortest_pause": round(min(gaps), 3),
                "pauses_shorter_than_the_delay": sum(gap < options.delay * 0.98 for gap in gaps),
                "pauses": len(gaps),
                "most_requests_at_once_per_host": most,
            }
        )
    )


if __name__ == "__main__":
    main()
