"""A dataset of a million advisories: seconds of the front page and a search, export rows a second, memory.

    python benchmarks/million.py [--rows 1000000] [--keep FILE]

Prints JSON. The texts are made of a list of words, 250 to 400 words an advisory, as on news pages.
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
from collections.abc import Iterator
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
    "id", "url", "source", "title", "published", "fetched", "language", "kind", "text", "new_text", "unit", "region",
    "topic", "release", "copy_of", "copied_share", "paragraphs", "dropped", "run",
)  # fmt: skip


def advisories(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows in published order; a third of them copies."""
    chance = random.Random(7)
    paragraphs = [" ".join(chance.choices(_WORDS, k=chance.randint(35, 60))).capitalize() + "." for _ in range(4000)]
    for number in range(1, count + 1):
        copy = chance.random() < 0.33 and number > 50
        first = number - chance.randint(1, 40) if copy else None
        text = "\n".join(chance.choices(paragraphs, k=chance.randint(5, 8)))
        moment = _START + timedelta(seconds=number * 300)
        yield (
            number, f"https://outlet{number % 150}.example/berita/{number}", f"outlet{number % 150}",
            f"Polisi {chance.choice(_PLACES)} imbau {' '.join(chance.choices(_WORDS, k=6))}", f"{moment.isoformat()}+07:00",
            "2026-01-01T00:00:00+00:00", "id", "advisory" if number % 3 else "police_news", text, "" if copy else text,
            f"Polres {chance.choice(_PLACES)} {number % 40}", chance.choice(_REGIONS), chance.choice(_TOPICS),
            first or number, first, 0.9 if copy else 0.0, text.count("\n") + 1, 0, 1,
        )  # fmt: skip


def make(path: Path, count: int) -> None:
    """Write the dataset."""
    dataset = open_dataset(path, create=True)
    dataset.connection.execute("PRAGMA synchronous = OFF")
    sql = f"INSERT INTO advisories ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
    with dataset.writing() as connection:
        connection.executemany(
            "INSERT INTO sources VALUES (?, ?, 'site', '', 'ID-KT', 'Asia/Jakarta', 'id', ?, 'ask')",
            [(f"outlet{number}", f"Outlet {number}", int(number < 5)) for number in range(150)],
        )
        connection.execute("INSERT INTO runs (id, started, status) VALUES (1, '2026-01-01T00:00:00+00:00', 'finished')")
    rows = advisories(count)
    while True:
        with dataset.writing() as connection:
            before = connection.total_changes
            connection.executemany(sql, (row for _, row in zip(range(50_000), rows, strict=False)))
            if connection.total_changes == before:
                break
    dataset.close()


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
    "silent": "/questions/silent", "drops": "/drops", "release": "/release/1",
}  # fmt: skip


def pages(path: Path) -> dict[str, Any]:
    """Seconds of pages of `imbauan browse`, cold and warm, and its memory in MB."""
    command = [sys.executable, "-m", "imbauan", "browse", "--db", str(path), "--no-open", "--port", "8765"]
    figures: dict[str, Any] = {}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for name, address in PAGES.items():
                times = [_seconds(f"http://127.0.0.1:8765{address}") for _ in range(4)]
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
        figures["pages"] = pages(path)
        for form in ("csv", "jsonl", "parquet"):
            figures[form] = exported(path, form, asked.rows)
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
