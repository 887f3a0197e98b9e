"""Writes the saved pages and their expected output from `texts.txt`; run it after a change of texts or shapes.

The texts are ours, and so are the people in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from shapes import SHAPES, Story

HERE = Path(__file__).parent
CENTRAL = frozenset("ID-BA ID-NB ID-NT ID-KS ID-KI ID-KU ID-SA ID-GO ID-ST ID-SR ID-SN ID-SG".split())
EASTERN = frozenset("ID-MA ID-MU ID-PA ID-PB ID-PD ID-PE ID-PS ID-PT".split())
FETCHED = "2026-11-24T03:00:00+00:00"


def entries(path: Path) -> Iterator[tuple[list[str], str, list[str]]]:
    """(fields of the first line, title, paragraphs) of each text."""
    for part in path.read_text("utf-8").strip().split("\n\n"):
        first, title, *paragraphs = part.split("\n")
        yield [field.strip() for field in first.split("|")], title, paragraphs


def write(texts: Path, folder: Path, first: int = 0) -> int:
    """Write a page and its expected output for each text, and every sixth text in a second shape."""
    count = 0
    for number, (fields, title, paragraphs) in enumerate(entries(texts), first):
        for step in range(2 if number % 6 == 0 else 1):
            shape = SHAPES[(number + 7 * step) % len(SHAPES)]
            _write_one(folder, shape, number + 100 * step, fields, title, paragraphs)
            count += 1
    return count


def _write_one(folder: Path, shape, number: int, fields: list[str], title: str, paragraphs: list[str]) -> None:  # type: ignore[no-untyped-def]
    name, kind, unit, region, topics, spokesperson, city = (None if field == "-" else field for field in fields)
    zone = "Asia/Makassar" if region in CENTRAL else "Asia/Jayapura" if region in EASTERN else "Asia/Jakarta"
    label = {"Asia/Makassar": "WITA", "Asia/Jayapura": "WIT", "Asia/Jakarta": "WIB"}[zone]
    at = datetime(2026, 10, 5, 6, 13, tzinfo=ZoneInfo(zone)) + timedelta(hours=number * 7, minutes=number * 11)
    host = ("kabar.contoh.id", "warta.contoh.co.id", "suara-daerah.com", "lintas.contoh.id")[number % 4]
    story = Story(str(name), number, title, paragraphs, str(city), at, label, host)
    url, html, dateline, author, editor = shape(story)
    charset = "cp1252" if "windows-1252" in html else "utf-8"
    target = folder / shape.__name__
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}.html").write_bytes(html.encode(charset))
    expected = {
        "url": url, "fetched": FETCHED, "timezone": zone, "title": title, "published": at.isoformat(), "author": author, "editor": editor,
        "language": "id", "kind": kind, "unit": unit, "region": region if kind != "other" else None, "topics": (topics or "").split(",") if topics else [],
        "spokesperson": spokesperson, "text": [dateline + paragraphs[0], *paragraphs[1:]],
    }  # fmt: skip
    (target / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    print(write(HERE / "texts.txt", HERE), "pages")
