"""Sites whose announcements mean harm: robots.txt, sitemaps, feeds and listings. Each has one true article as well."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.pages import article, feed
from tests.hostile.server import Exchange

OWN = "/berita/12345-warga-diimbau-tidak-bakar-lahan"
"""The true article of each site."""


@dataclass(frozen=True)
class Site:
    """What the catalogue says of it, and whether its true article can be found."""

    serve: Callable[[Exchange], None]
    lists: dict[str, list[str]]
    found: bool = True


SITES: dict[str, Site] = {}
FEED = {"feeds": ["/feed"]}
SITEMAP = {"sitemaps": ["/sitemap.xml"]}
XML = "Content-Type: application/xml"
TEXT = "Content-Type: text/plain"


def site(lists: dict[str, list[str]], found: bool = True) -> Callable[[Callable[[Exchange], None]], None]:
    """Register a site under its function's name."""

    def register(serve: Callable[[Exchange], None]) -> None:
        SITES[serve.__name__.replace("_", "-")] = Site(serve, lists, found)

    return register


def rest(x: Exchange, announcement: str | bytes = "", kind: str = XML) -> None:
    """The ordinary part of a site."""
    if x.path == OWN:
        x.answer(article())
    elif x.path in ("/feed", "/sitemap.xml", "/terkini"):
        x.answer(announcement or feed(x.base + OWN), kind)
    else:
        x.answer("<p>tidak ada", status="404 Not Found")


def urlset(*urls: str) -> str:
    """A sitemap."""
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(*urls: str) -> str:
    """A sitemap index."""
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>"


@site(FEED)
def robots_of_50_megabytes(x: Exchange) -> None:
    if x.path == "/robots.txt":
        x.send(f"HTTP/1.1 200 OK\r\n{TEXT}\r\nContent-Length: 50000000\r\n\r\n".encode())
        line = b"User-agent: *\nDisallow: /tertutup\n" + b"# isi\n" * 100
        for _ in range(50_000_000 // len(line)):
            x.send(line)
    else:
        rest(x)


@site(FEED)
def robots_bomb(x: Exchange) -> None:
    if x.path == "/robots.txt":
        x.answer(gzip.compress(b"Disallow: /x\n" * 4_000_000), "Content-Encoding: gzip", TEXT)
    else:
        rest(x)


@site(FEED, found=False)
def robots_that_drips(x: Exchange) -> None:
    if x.path == "/robots.txt":
        x.send(f"HTTP/1.1 200 OK\r\n{TEXT}\r\n\r\n".encode())
        x.drip(b"#")
    else:
        rest(x)


@site(SITEMAP)
def sitemap_loop(x: Exchange) -> None:
    page = index(f"{x.base}/sitemap.xml", f"{x.base}/more.xml")
    if x.path == "/more.xml":
        x.answer(urlset(x.base + OWN), XML)
    else:
        rest(x, page)


@site(SITEMAP, found=False)
def sitemaps_without_end(x: Exchange) -> None:
    number = int("".join(filter(str.isdigit, x.path)) or 0) if x.path.startswith("/s") else 0
    if x.path.startswith("/s"):
        x.answer(index(*(f"{x.base}/s{number * 10 + place}.xml" for place in range(1, 10))), XML)
    else:
        rest(x)


@site(SITEMAP, found=False)
def sitemap_of_a_million_pages(x: Exchange) -> None:
    if x.path == "/sitemap.xml":
        entry = f"<url><loc>{x.base}/berita/%07d-judul</loc></url>"
        x.send(f"HTTP/1.1 200 OK\r\n{XML}\r\nConnection: close\r\n\r\n<urlset>".encode())
        for start in range(0, 1_000_000, 1000):
            x.send("".join(entry % number for number in range(start, start + 1000)).encode())
    else:
        rest(x)


@site(SITEMAP, found=False)
def sitemap_bomb(x: Exchange) -> None:
    if x.path == "/sitemap.xml":
        x.answer(gzip.compress(b"<urlset>" + b" " * 100_000_000), "Content-Type: application/gzip")
    else:
        rest(x)


@site(SITEMAP)
def sitemap_with_entities(x: Exchange) -> None:
    bomb = '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    rest(x, bomb + urlset(f"{x.base}/&b;", f"{x.base}/&f;", x.base + OWN))


@site(SITEMAP)
def sitemap_cut_off(x: Exchange) -> None:
    rest(x, urlset(x.base + OWN) + "<url><loc>http")


@site(SITEMAP, found=False)
def sitemap_that_is_a_page(x: Exchange) -> None:
    rest(x, article(), "Content-Type: text/html")


@site(SITEMAP)
def sitemap_gzip_at_an_xml_address(x: Exchange) -> None:
    rest(x, gzip.compress(urlset(x.base + OWN).encode()))


@site(SITEMAP)
def sitemap_with_foreign_schemes(x: Exchange) -> None:
    odd = ("file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x", "gopher://127.0.0.1/")
    rest(x, urlset(*odd, x.base + OWN))


@site(FEED, found=False)
def feed_bomb(x: Exchange) -> None:
    if x.path == "/feed":
        x.answer(gzip.compress(b"<rss>" + b" " * 100_000_000), "Content-Encoding: gzip", XML)
    else:
        rest(x)


@site(FEED)
def feed_with_entities(x: Exchange) -> None:
    bomb = (
        '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    rest(x, bomb + feed(x.base + OWN).replace('<?xml version="1.0"?>', "").replace("<title>t", "<title>&b;&f;"))


@site(FEED)
def feed_with_malformed_links(x: Exchange) -> None:
    rest(x, feed("http://[", "http://a:b/", "//", " ", "http://" + "a" * 3000 + "/", x.base + OWN))


@site({"listings": ["/kalender?page={page}"]})
def calendar_without_end(x: Exchange) -> None:
    if x.path.startswith("/kalender"):
        number = x.path.rpartition("=")[2]
        x.answer(f'<a href="{OWN}">a</a><a href="/kalender?page={int(number) + 1}" rel=next>besok</a>')
    else:
        rest(x)


@site({"listings": ["/terkini"]})
def listing_with_broken_links(x: Exchange) -> None:
    rest(x, f"<a href='http://[x'>1</a><a href='http://a:b:c'>2</a><a href='{OWN}'>3</a>", "Content-Type: text/html")


@site({"listings": ["/terkini"]}, found=False)
def listing_nested_100_000_deep(x: Exchange) -> None:
    rest(x, "<div>" * 100_000 + f"<a href='{OWN}'>3</a>", "Content-Type: text/html")
