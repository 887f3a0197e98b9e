"""A small dataset with every case the face has to show; all people and events are invented."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from imbauan.database import open_dataset

ODD = 'Kutip "ganda", koma, 😀 emoji, nol\u200blebar, \u202ebidi, tab\t, CR\rdi tengah, <b>tag</b> &amp; akhir'
"""Characters that break careless writers."""
LEAD = (
    "Palangka Raya - Kepolisian Daerah Kalimantan Tengah mengimbau warga agar tidak membuka lahan dengan cara membakar "
    "selama musim kemarau karena asap mengganggu penerbangan."
)
SECOND = "Kabid Humas Kombes Pol Sari Wening menyebut 14 laporan titik panas diterima pos terpadu sejak Senin (2/11)."
APPEAL = "Warga yang melihat api diminta segera menghubungi layanan darurat 110 atau pos polisi terdekat."
_RELATED = "Baca juga: Jadwal pasar murah pekan ini"
_SOURCES = [
    ("humas-kalteng", "Humas Polda Kalteng", "ID-KT", 1, "open"),
    ("kabar-sebangau", "Kabar Sebangau", "ID-KT", 0, "ask"),
    ("warta-meratus", "Warta Meratus", "ID-KS", 0, "ask"),
    ("tautan-saja", "Tautan Saja", "ID-RI", 0, "link-only"),
]


def make_sample(path: Path) -> Path:
    """Write the sample dataset to `path`."""
    dataset = open_dataset(path, create=True)
    with dataset.writing() as connection:
        connection.executemany(
            "INSERT INTO sources (id, name, kind, homepage, region, timezone, language, official, rights) "
            "VALUES (?, ?, 'site', 'https://' || ?1 || '.example/', ?, 'Asia/Jakarta', 'id', ?, ?)",
            _SOURCES,
        )
        connection.execute(
            "INSERT INTO runs (id, started, finished, status, version, command, pid) VALUES "
            "(1, '2026-11-20T01:00:00+00:00', '2026-11-20T01:02:00+00:00', 'finished', '0.1.0', 'crawl', 1)"
        )
        _release(connection)
        _others(connection)
    dataset.close()
    return path


def add(connection: sqlite3.Connection, **row: Any) -> None:
    """Insert an advisory with sensible values for what is not given."""
    text = row.setdefault("text", LEAD)
    positions = row.pop("positions", range(text.count("\n") + 1))
    row = {
        "url": f"https://{row['source']}.example/{row['id']}", "title": f"Imbauan nomor {row['id']}",
        "fetched": "2026-11-20T01:00:00+00:00", "language": "id", "kind": "advisory", "new_text": text,
        "unit": "Polda Kalimantan Tengah", "region": "ID-KT", "topic": "fire", "release": row["id"],
        "copied_share": 0.0, "paragraphs": text.count("\n") + 1, "dropped": 0, "run": 1,
        "official": int(row["source"] == "humas-kalteng"),
    } | row  # fmt: skip
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO advisories ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for position, line in zip(positions, text.split("\n"), strict=True):
        if position is None:
            continue
        connection.execute(
            "INSERT INTO paragraphs (id, advisory, position, text, words) VALUES (?, ?, ?, ?, 1)",
            (_number(row["id"], position), row["id"], position, line),
        )


def drop(connection: sqlite3.Connection, **row: Any) -> None:
    """Insert a dropped paragraph; `kept` names the (advisory, position) that was kept instead."""
    kept = row.pop("kept", None)
    row |= {"id": _number(row["advisory"], row["position"]), "kept": _number(*kept) if kept else None, "words": 1}
    names = ", ".join(row)
    connection.execute(f"INSERT INTO paragraphs ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def _number(advisory: int, position: int) -> int:
    return 1000 * advisory + position


def _release(connection: sqlite3.Connection) -> None:
    add(
        connection,
        id=1,
        source="humas-kalteng",
        title="Polda Kalteng imbau warga tidak membakar lahan",
        published="2026-11-03T08:00:00+07:00",
        text=f"{LEAD}\n{SECOND}\n{APPEAL}",
        spokesperson="Kombes Pol Sari Wening",
    )
    changed = SECOND.replace("14 laporan", "17 laporan")
    add(
        connection,
        id=2,
        source="kabar-sebangau",
        title="Warga diminta tidak bakar lahan",
        published="2026-11-03T10:30:00+07:00",
        text=f"{LEAD}\n{changed}\n{APPEAL}",
        new_text=changed,
        release=1,
        copy_of=1,
        copied_share=0.72,
        paragraphs=5,
        dropped=4,
        positions=(None, 1, None),
    )
    for position, text in ((0, LEAD), (3, APPEAL)):
        drop(
            connection, advisory=2, position=position, text=text, reason="seen-before", rule="exact/1",
            kept=(1, position and 2),
        )  # fmt: skip
    drop(connection, advisory=2, position=2, text=_RELATED, reason="related-link", rule="related-link/1")
    drop(
        connection, advisory=2, position=4, text=LEAD.replace("agar", "supaya"), reason="repeat-in-page",
        rule="near-jaccard/1", similarity=0.86, kept=(2, 0),
    )  # fmt: skip
    add(connection, id=3, source="warta-meratus", title="Asap ganggu penerbangan, polisi imbau warga",
        published="2026-11-04T07:00:00+08:00", text=f"{LEAD}\n{APPEAL}", new_text="", release=1, copy_of=1,
        copied_share=1.0)  # fmt: skip


def _others(connection: sqlite3.Connection) -> None:
    add(
        connection,
        id=4,
        source="warta-meratus",
        title="Waspada tautan undangan palsu",
        topic="phishing",
        region="ID-KS",
        unit="Polda Kalimantan Selatan",
        published="2026-11-10T09:00:00+08:00",
        text="Polda Kalimantan Selatan mengingatkan warga agar tidak membuka berkas undangan dari nomor tak dikenal.",
    )
    add(
        connection,
        id=5,
        source="kabar-sebangau",
        title='=HYPERLINK("x") <script>alert(1)</script>',
        topic="hoax",
        published=None,
        text=ODD,
        author="",
        kind="police_news",
        unit=None,
    )
    add(
        connection,
        id=6,
        source="tautan-saja",
        title="Polda Riau imbau pengendara",
        topic="traffic",
        region="ID-RI",
        unit="Polda Riau",
        published="2026-11-11T09:00:00+07:00",
        text="Teks yang tidak boleh tampil.",
    )
    for number in range(7, 40):
        add(
            connection,
            id=number,
            source="kabar-sebangau",
            topic="traffic",
            unit="Polres Katingan",
            published=f"2026-10-{number - 6 if number < 37 else 30:02}T12:00:00+07:00",
            text=f"Polres Katingan mengatur lalu lintas pasar nomor {number} dan mengimbau pengendara bersabar.",
        )
    connection.execute(
        "INSERT INTO revisions (url, seen, title, text, change, run) VALUES "
        "('https://warta-meratus.example/4', '2026-11-12T00:00:00+00:00', 'Waspada tautan undangan', ?, 'substantive', 1)",
        ("Polda Kalimantan Selatan mengingatkan warga agar tidak membuka berkas tilang dari nomor tak dikenal.",),
    )  # fmt: skip
