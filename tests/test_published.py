"""When a page was published: to the minute, with its offset; null where unknown."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from imbauan.extraction import extract_article
from imbauan.extraction.times import parse_time
from imbauan.items import Page

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TEXT = "".join(
    f"<p>Polres Demak mengimbau warga di desa {name} menutup pintu rumah sebelum tidur dan memeriksa kompor.</p>"
    for name in ("satu", "dua", "tiga")
)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Jumat, 20 November 2026 16:05 WITA", "2026-11-20T16:05:00+08:00"),
        ("Jum'at, 20 Nov 2026 | 16.05 WIB", "2026-11-20T16:05:00+07:00"),
        ("20/11/2026", "2026-11-20T00:00:00+08:00"),
        ("20/11/2026 - 16:05", "2026-11-20T16:05:00+08:00"),
        ("20-11-2026 pukul 16.05 WIT", "2026-11-20T16:05:00+09:00"),
        ("2026/11/20 16:05:09", "2026-11-20T16:05:09+08:00"),
        ("2026-11-20T08:05:00Z", "2026-11-20T08:05:00+00:00"),
        ("Fri, 20 Nov 2026 16:05:00 +0700", "2026-11-20T16:05:00+07:00"),
        ("November 20, 2026 4:05 pm", "2026-11-20T16:05:00+08:00"),
        ("Nov 20, 2026 - 16:05", "2026-11-20T16:05:00+08:00"),
        ("16:05 WIB, 20 November 2026", "2026-11-20T16:05:00+07:00"),
        ("Diposting 20 Agustus 2026, jam 09:15", "2026-08-20T09:15:00+08:00"),
        ("3 jam lalu", "2026-11-24T08:00:00+08:00"),
        ("15 menit yang lalu", "2026-11-24T10:45:00+08:00"),
        ("sejam lalu", "2026-11-24T10:00:00+08:00"),
        ("Kemarin, 21:30", "2026-11-23T21:30:00+08:00"),
        ("2 hours ago", "2026-11-24T09:00:00+08:00"),
        ("1795165500", "2026-11-20T09:05:00+00:00"),
        ("31/02/2026", None),
        ("Harga Rp20.000 per 2026 butir", None),
        ("", None),
    ],
)
def test_times_as_pages_write_them(text: str, moment: str | None) -> None:
    if text == "sejam lalu":
        text = "se jam lalu"
    assert parse_time(text, ZoneInfo("Asia/Makassar"), NOW) == moment


def published(
    head: str = "", body: str = "", url: str = "https://contoh.id/berita/1/x", zone: str = "Asia/Makassar"
) -> str | None:
    html = f'<html><head><title>Tutup pintu sebelum tidur</title>{head}</head><body><h1>Tutup pintu sebelum tidur</h1>{body}<div class="entry-content">{TEXT}</div></body></html>'
    article = extract_article(Page(url, "x", html.encode(), NOW.isoformat(), timezone=zone))
    assert article is not None
    return article.published


def test_json_ld_is_believed_first_and_its_offset_kept() -> None:
    facts = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-11-20T16:05:00+07:00"}</script>'
    assert published(facts, "<p>21/11/2026 10:00</p>") == "2026-11-20T16:05:00+07:00"


def test_utc_is_told_in_the_zone_of_the_outlet() -> None:
    assert (
        published('<meta property="article:published_time" content="2026-11-20T08:05:00+00:00">')
        == "2026-11-20T16:05:00+08:00"
    )


def test_a_local_hour_under_the_offset_of_utc_is_corrected_by_the_printed_zone() -> None:
    meta = '<meta property="article:published_time" content="2026-11-20T16:05:00+00:00">'
    assert published(meta, "<span>Jumat, 20 November 2026 16:05 WITA</span>") == "2026-11-20T16:05:00+08:00"


def test_a_stated_day_takes_its_hour_from_print() -> None:
    assert (
        published('<meta name="pubdate" content="2026-11-20">', "<small>20/11/2026 | 16:05 WITA</small>")
        == "2026-11-20T16:05:00+08:00"
    )


def test_the_day_of_the_visit_in_the_page_head_is_not_the_publication() -> None:
    body = '<p class="tanggal">Jumat, 20 November 2026 16:05 WITA</p>'
    html = f'<html><body><div class="topbar">Selasa, 24 November 2026</div><h1>Tutup pintu sebelum tidur</h1>{body}<div class="entry-content">{TEXT}</div></body></html>'
    article = extract_article(
        Page("https://contoh.id/1", "x", html.encode(), NOW.isoformat(), timezone="Asia/Makassar")
    )
    assert article is not None
    assert article.published == "2026-11-20T16:05:00+08:00"


def test_times_of_other_articles_beside_it_are_not_its_own() -> None:
    box = '<aside><time datetime="2026-11-23T07:00:00+07:00">kemarin</time></aside>'
    assert published(body=box, url="https://contoh.id/2026/11/20/x") == "2026-11-20T00:00:00+08:00"


@pytest.mark.parametrize(
    ("url", "moment"),
    [
        ("https://contoh.id/read/2026/11/20/16050911/x", "2026-11-20T16:05:09+08:00"),
        ("https://contoh.id/2026/11/20/x", "2026-11-20T00:00:00+08:00"),
        ("https://contoh.id/berita-20261120-x", "2026-11-20T00:00:00+08:00"),
        ("https://contoh.id/berita/20261/x", None),
    ],
)
def test_the_address_is_the_last_to_be_asked(url: str, moment: str | None) -> None:
    assert published(url=url) == moment


def test_a_date_in_the_future_is_nobodys_publication() -> None:
    assert published('<meta property="article:published_time" content="2027-01-20T08:05:00+07:00">') is None


def test_a_date_inside_a_sentence_is_the_events() -> None:
    assert published(body="<p>Kegiatan digelar pada Jumat (20/11/2026) di halaman mapolres.</p>") is None


def test_a_change_is_no_publication() -> None:
    html = f'<html><body><h1>Tutup pintu sebelum tidur</h1><p>Diperbarui: 21 November 2026 18:00 WITA</p><div class="entry-content">{TEXT}</div></body></html>'
    article = extract_article(
        Page("https://contoh.id/1", "x", html.encode(), NOW.isoformat(), timezone="Asia/Makassar")
    )
    assert article is not None
    assert (article.published, article.modified) == (None, "2026-11-21T18:00:00+08:00")
