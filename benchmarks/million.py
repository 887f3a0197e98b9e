"""A dataset of a million advisories: seconds of the front page and a search, export rows a second, memory.

    python benchmarks/million.py [--rows 1000000] [--keep FILE]

Prints JSON. The texts are made of a list of words, some 250 words an advisory, as on news pages; a million takes 8 GB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from imbauan.database import open_dataset

_WORDS = (
    "polisi warga imbauan daerah kepala bidang humas masyarakat agar tidak membuka tautan berkas nomor dikenal segera "
    "melapor pos terdekat layanan darurat lahan kebakaran asap hujan banjir kendaraan pengendara jalan pasar anak orang "
    "tua sekolah pinjaman judi daring penipuan akun rekening bank informasi benar hoaks saring waspada malam pagi hari"
).split()
_PLACES = ["Katingan", "Seruyan", "Lamandau", "Sukamara", "Kapuas", "Murung", "Barito", "Pulang", "Gunung", "Tanah"]
_REGIONS = ["ID-KT", "ID-KS", "ID-JB", "ID-JT", "ID-JI", "ID-SU", "ID-RI", "ID-SN", "ID-PA", "ID-BA", "ID-AC", "ID-NT"]
_TOPICS = ["fire", "flood", "phishing", "online-gambling", "hoax", "traffic", "illegal-loans", "narcotics", "other"]
_START = datetime(2016, 1, 1)
_COLUMNS = (
    "id", "url", "source", "title", "published", "published_utc", "fetched", "language", "kind", "text", "new_text",
    "unit", "region", "topic", "release", "copy_of", "copied_share", "paragraphs", "dropped", "official", "run",
)  # fmt: skip
_CHUNK = 10_000
_RELATED = "Baca juga: Polisi imbau warga waspada musim hujan"
_FURNITURE = "Ikuti kami di Google Berita dan saluran resmi"

Row = tuple[Any, ...]


class Invention:
    """Advisories in published order, a third of them copies, each with its paragraphs and their texts."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        self._pool = [self._sentence() for _ in range(4000)]
        self._recent: deque[tuple[int, list[str], list[int]]] = deque(maxlen=40)
        self._paragraph = self._text = 0
        self.advisories: list[Row] = []
        self.paragraphs: list[Row] = []
        self.texts: list[Row] = []

    def add(self, number: int) -> None:
        """Invent one more."""
        chance = self._chance
        copied = chance.choice(self._recent) if self._recent and chance.random() < 0.33 else None
        if copied:
            first, lines, statements = copied
        else:
            first = number
            lines = [f"{chance.choice(self._pool)} Nomor {number}-{place}." for place in range(chance.randint(4, 6))]
            statements = [self._text + place + 1 for place in range(len(lines))]
            self._text += len(lines)
            self._recent.append((number, lines, statements))
        self._add_paragraphs(number, lines, statements, copied is not None)
        text, moment = "\n".join(lines), _START + timedelta(seconds=number * 300)
        self.advisories.append((
            number, f"https://outlet{number % 150}.example/berita/{number}", f"outlet{number % 150}",
            f"Polisi {chance.choice(_PLACES)} imbau {' '.join(chance.choices(_WORDS, k=6))}", f"{moment.isoformat()}+07:00",
            f"{(moment - timedelta(hours=7)).isoformat()}+00:00", "2026-01-01T00:00:00+00:00", "id",
            "advisory" if number % 3 else "police_news", text, "" if copied else text,
            f"Polres {chance.choice(_PLACES)} {number % 40}", chance.choice(_REGIONS), chance.choice(_TOPICS), first,
            first if copied else None, 1.0 if copied else 0.0, len(lines) + 2, 2, int(number % 150 < 5), 1,
        ))  # fmt: skip

    def _add_paragraphs(self, number: int, lines: list[str], statements: list[int], copied: bool) -> None:
        for place, (line, statement) in enumerate(zip(lines, statements, strict=True)):
            reason = "seen-before" if copied else None
            self._add_paragraph(number, place + (place > 1), line, statement, None, reason, None)
            if not copied:
                self.texts.append((statement, self._chance.getrandbits(62), bytes(64), self._paragraph))
        self._add_paragraph(number, 2, _RELATED, None, number % 900, "related-link", "related-line/1")
        self._add_paragraph(number, len(lines) + 1, _FURNITURE, None, 1000 + number % 150, "furniture", "learned/1")

    def _add_paragraph(self, *row: Any) -> None:
        self._paragraph += 1
        number, place, line, statement, furniture, reason, rule = row
        self.paragraphs.append((self._paragraph, number, place, line, statement, furniture, 40, reason, rule))

    def _sentence(self) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(35, 60))).capitalize() + "."


def make(path: Path, count: int) -> None:
    """Write the dataset, with its paragraphs and texts as the engine leaves them."""
    dataset = open_dataset(path, create=True)
    dataset.connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000")
    with dataset.writing() as connection:
        connection.executemany(
            "INSERT INTO sources (id, name, kind, homepage, region, timezone, language, official, rights) "
            "VALUES (?, ?, 'site', '', 'ID-KT', 'Asia/Jakarta', 'id', ?, 'ask')",
            [(f"outlet{number}", f"Outlet {number}", int(number < 5)) for number in range(150)],
        )
        connection.execute("INSERT INTO runs (id, started, status) VALUES (1, '2026-01-01T00:00:00+00:00', 'finished')")
    invention = Invention()
    for start in range(1, count + 1, _CHUNK):
        for number in range(start, min(start + _CHUNK, count + 1)):
            invention.add(number)
        with dataset.writing() as connection:
            _insert(connection, "advisories", _COLUMNS, invention.advisories)
            _insert(connection, "texts", ("id", "hash", "sketch", "first"), invention.texts)
            _insert(
                connection,
                "paragraphs",
                ("id", "advisory", "position", "text", "statement", "line", "words", "reason", "rule"),
                invention.paragraphs,
            )
    dataset.close()


def _insert(connection: Any, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.executemany(sql, rows)
    rows.clear()


def exported(path: Path, form: str, rows: int) -> dict[str, float]:
    """Rows a second and MB of memory of `imbauan export` in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        began = time.monotonic()
        command = [sys.executable, "-m", "imbauan", "export", "--db", str(path), "--out", f"{folder}/x.{form}"]
        subprocess.run(command, check=True, capture_output=True)
        seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"rows_a_second": round(rows / seconds), "peak_mb_of_all_exports_so_far": round(peak)}


PAGES = {
    "front": "/", "search": "/search?q=polisi", "search_second_page": "/search?q=polisi&page=2", "search_two_words":
    "/search?q=rekening+asap", "facet": "/search?topic=fire&region=ID-KT", "verbatim": "/questions/verbatim",
    "silent": "/questions/silent", "week": "/questions/week", "rising": "/questions/rising", "corrections":
    "/questions/corrections", "drops": "/drops", "drops_of_a_reason": "/drops?reason=seen-before", "drops_older":
    "/drops?before={last}", "release": "/release/1", "advisory": "/advisory/{middle}", "advisory_last": "/advisory/{last}",
}  # fmt: skip


def pages(path: Path, rows: int) -> dict[str, Any]:
    """Seconds of pages of `imbauan browse`, cold and warm, and its memory in MB."""
    command = [sys.executable, "-m", "imbauan", "browse", "--db", str(path), "--no-open", "--port", "8765"]
    figures: dict[str, Any] = {}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for name, address in PAGES.items():
                times = [
                    _seconds(f"http://127.0.0.1:8765{address.format(middle=rows // 2, last=rows - 1)}")
                    for _ in range(4)
                ]
                figures[name] = {"first": round(times[0], 3), "warm": round(sorted(times[1:])[1], 3)}
            status = Path(f"/proc/{server.pid}/status").read_text()
            figures["peak_mb"] = int(status.partition("VmHWM:")[2].split()[0]) // 1024
        finally:
            server.terminate()
    return figures


def _seconds(address: str) -> float:
    for _ in range(600):
        began = time.monotonic()
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                answer.read()
            return time.monotonic() - began
        except (urllib.error.URLError, ConnectionError) as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


def main() -> None:
    """Make the dataset, measure, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "million.db"
        if not path.exists():
            make(path, asked.rows)
        figures: dict[str, Any] = {"benchmark": "million", "rows": asked.rows, "file_mb": path.stat().st_size >> 20}
        figures["pages"] = pages(path, asked.rows)
        for form in ("csv", "jsonl", "parquet"):
            figures[form] = exported(path, form, asked.rows)
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
