"""Small corpora, and what two datasets have in common: everything but ids and the bookkeeping of runs."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from imbauan.cli import main
from tests.hostile.pages import LINES, article

IDS = {"id", "run", "advisory", "kept_advisory"}
TIMES = {"first_seen", "last_fetched", "last_asked", "attempts", "found_run"}


@dataclass(frozen=True)
class Done:
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


def imbauan(*arguments: str | Path, text: str = "", code: int = 0) -> Done:
    """The command, in this process (its workers stay warm); its exit code is checked. `-` reads `text`."""
    out, err = io.StringIO(), io.StringIO()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as stdin:
        stdin.write(text)
        stdin.flush()
        words = [stdin.name if word == "-" else str(word) for word in arguments]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["imbauan", *words])
            try:
                main()
                status = 0
            except SystemExit as exit:
                status = int(exit.code or 0)
    assert status == code, (status, err.getvalue())
    return Done(status, out.getvalue(), err.getvalue())


def corpus() -> str:
    """JSON lines: html and text, a correction, a copy at another outlet, no police matter, and pages that are set aside."""
    extra = "Kapolda berterima kasih kepada warga yang ikut menjaga lahan gambut di sekitar permukiman."
    first = {"url": "https://satu.example/berita/1-lahan", "html": article(extra=f"<p>{extra}</p><p>{LINES[0]}</p>")}
    records: list[dict[str, Any]] = [
        first | {"source": "satu"},
        {"url": "https://dua.example/berita/2-lahan", "title": "Polda imbau warga", "text": "\n".join(LINES),
         "published": "2026-11-20T12:00:00+08:00", "source": "dua"},
        {"url": "https://dua.example/berita/3-resep", "html": article("Resep sup ikan", lines=("Rebus ikan dengan jahe dan serai sampai matang.",) * 3)},
        {"url": "https://satu.example/berita/4-hilang", "html": "<title>Halaman tidak ditemukan</title><p>Maaf."},
        {"url": "https://satu.example/berita/1-lahan", "source": "satu",
         "html": article(lines=(LINES[0].replace("kering", "kemarau panjang"), *LINES[1:]))},
        {"url": "https://tiga.example/berita/5", "title": "Polres ajak warga waspada", "text": LINES[1] + "\n" + extra, "fetched": "2026-11-21T01:02:03Z"},
    ]  # fmt: skip
    return "".join(json.dumps(record) + "\n" for record in records)


def dump(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The dataset, by address."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    urls = dict(db.execute("SELECT id, url FROM advisories").fetchall())
    tables: dict[str, list[dict[str, Any]]] = {}
    for table, order in (("advisories", "url"), ("dropped_paragraphs", "url, position"), ("revisions", "url, seen"),
                         ("sources", "id"), ("pages", "url")):  # fmt: skip
        rows = [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}")]
        for row in rows:
            for name in ("release", "copy_of"):
                if name in row:
                    row[name] = urls.get(row[name])
            for name in (IDS - {"id"} if table == "sources" else IDS) | TIMES:
                row.pop(name, None)
        tables[table] = rows
    db.close()
    return tables
