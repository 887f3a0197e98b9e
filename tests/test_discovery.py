"""Feeds, sitemaps, listings and homepages read into links."""

from __future__ import annotations

import gzip

import pytest

from spiders import discovery
from spiders.discovery import (
    DiscoveryError,
    Link,
    feed_entries,
    robots_sitemaps,
    sitemap_entries,
)
from spiders.listings import homepage_offers, listing_links, next_pages
from spiders.shapes import looks_like_article

SITE = "https://a.example/"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Terkini</title>
<item><title>Imbauan &amp; banjir</title><link>https://a.example/berita/1/x</link>
<pubDate>Fri, 20 Nov 2026 16:05:00 +0800</pubDate></item>
<item><link>http://[broken</link></item><item><link>/berita/2/y</link></item></channel></rss>"""
URLSET = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/berita/1/x</loc>
<news:news><news:publication_date>2026-11-20T16:05:00+08:00</news:publication_date><news:title>Imbauan</news:title>
</news:news></url><url><loc>javascript:x</loc></url><url><loc>https://a.example/berita/2/y</loc>
<lastmod>2026-11-21</lastmod></url></urlset>"""


@pytest.mark.parametrize("body", [RSS, b"\xef\xbb\xbf" + RSS, b"\n " + RSS, gzip.compress(RSS)])
def test_feed_gives_addresses_times_in_utc_and_titles(body: bytes) -> None:
    assert feed_entries(body, SITE + "rss") == [
        Link("https://a.example/berita/1/x", "2026-11-20T08:05:00+00:00", "Imbauan & banjir"),
        Link("https://a.example/berita/2/y"),
    ]


@pytest.mark.parametrize(
    ("body", "got"),
    [(b"", "empty"), (b"<!doctype html><html><p>x</html>", "HTML"), (b"{}", "JSON"), (b"\x1f\x8bxx", "gzip")],
)
def test_what_is_no_feed_or_sitemap_is_refused_with_address_expected_and_got(body: bytes, got: str) -> None:
    for read in (feed_entries, sitemap_entries):
        with pytest.raises(DiscoveryError, match=rf"https://a\.example/f: expected .*, got .*{got}"):
            read(body, SITE + "f")


@pytest.mark.parametrize("body", [URLSET, gzip.compress(URLSET)])
def test_sitemap_gives_pages_with_news_dates_and_titles(body: bytes) -> None:
    assert sitemap_entries(body, SITE + "sitemap.xml").pages == [
        Link("https://a.example/berita/1/x", "2026-11-20T16:05:00+08:00", "Imbauan"),
        Link("https://a.example/berita/2/y", "2026-11-21"),
    ]


def test_sitemap_cut_off_half_way_gives_what_stood_before_the_cut() -> None:
    assert sitemap_entries(URLSET[:-60], SITE).pages[0].url == "https://a.example/berita/1/x"


def test_index_gives_sitemaps_and_text_gives_pages() -> None:
    index = b"<sitemapindex><sitemap><loc>/s1.xml</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>"
    assert sitemap_entries(index, SITE).sitemaps == [Link("https://a.example/s1.xml", "2026-11-20")]
    assert sitemap_entries(b"https://a.example/x\nhttps://a.example/y\n", SITE).pages[1].url == "https://a.example/y"


def test_sitemap_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MAX_BYTES", 1024)
    with pytest.raises(DiscoveryError, match="more than"):
        sitemap_entries(gzip.compress(b" " * 100_000), SITE)


def test_external_entities_are_not_read() -> None:
    evil = b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    assert all("root" not in link.url for link in sitemap_entries(evil, SITE).pages)


LISTING = """<html><head><link rel="next" href="/terkini?page=2">
<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="alternate" type="application/rss+xml"
 href="/comments/feed/"></head><body><a href="http://[bad">x</a><a href="mailto:x@y">m</a><a href="/berita/834891/x#k">
 <img></a><a href="/berita/834891/x">Imbauan  banjir</a><a href="/tag/polisi-imbau-warga-kota">t</a>
 <a href="https://b.example/berita/834899/x">b</a><a href="/2026/11/20/banjir">d</a></body></html>"""


def test_one_malformed_link_does_not_cost_the_others() -> None:
    assert listing_links(LISTING, SITE, None) == [
        Link("https://a.example/berita/834891/x", None, "Imbauan banjir"),
        Link("https://a.example/2026/11/20/banjir", None, "d"),
    ]


def test_pattern_decides_which_links_are_articles() -> None:
    found = [link.url for link in listing_links(LISTING, SITE, r"/berita/\d+")]
    assert found == ["https://a.example/berita/834891/x", "https://b.example/berita/834899/x"]


def test_homepage_offers_feeds_the_next_page_and_articles() -> None:
    offers = homepage_offers(LISTING, SITE)
    assert [link.url for link in offers.feeds] == ["https://a.example/feed/"]
    assert [link.url for link in offers.next_pages] == ["https://a.example/terkini?page=2"]
    assert len(offers.articles) == 2
    assert next_pages("", SITE) == []


def test_robots_names_sitemaps() -> None:
    text = "\ufeffSitemap: https://a.example/s.xml\nUser-agent: *\r\nsitemap:/t.xml\nDisallow: /sitemap: x"
    assert [link.url for link in robots_sitemaps(text, SITE)] == ["https://a.example/s.xml", "https://a.example/t.xml"]


@pytest.mark.parametrize(
    "path",
    [
        "berita/834891/x",
        "berita/530734/",
        "blog/hukum-4/kapolda-106038",
        "news/detail/2331476-x",
        "polisi-imbau-warga-kota",
        "2026/11/20/banjir",
        "2026/11/banjir.html",
        "?p=123",
        "read/polisi-imbau-warga-kota.html",
    ],
)
def test_article_addresses_are_recognised(path: str) -> None:
    assert looks_like_article(SITE + path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tag/polisi-imbau-warga-kota",
        "category/a",
        "search?q=x",
        "foto/834891/x",
        "video/834891/x",
        "author/834891",
        "page/2",
        "2026/11/",
        "2026/",
        "redaksi",
        "berita/834891.jpg",
        "berita/834891.pdf",
        "s-12345.xml",
        "login",
        "?page=2",
    ],
)
def test_other_addresses_are_not_taken_for_articles(path: str) -> None:
    assert not looks_like_article(SITE + path)
