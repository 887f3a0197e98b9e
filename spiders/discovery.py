"""Where articles are announced to machines: feeds, sitemaps and robots.txt, read into links.

Pure functions: bytes or text in, links out; fetching is the spider's.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser  # type: ignore[import-untyped,unused-ignore]
from lxml import etree

MAX_BYTES = 50 * 1024 * 1024
"""Largest feed or sitemap once decompressed: the limit of sitemaps.org."""
MAX_LINKS = 50_000
"""Most links taken from one document: the limit of sitemaps.org."""
MAX_URL = 2_048
"""Longest address in characters: the limit of sitemaps.org."""
_MOVING = re.compile(
    r"\d+\s*(?:detik|menit|jam|hari|minggu|bulan|tahun)(?:\s+(?:yang\s+)?lalu)|baru saja"
    r"|[\d.,]+\s*[kx]?\s*(?:kali dibaca|kali|views?|dibaca|pembaca)\b",
    re.IGNORECASE,
)
"""What cards say of hours and readers, which moves while the article stays."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that was announced, and what was said of it."""

    url: str
    lastmod: str | None = None
    """When it was published or last changed, ISO 8601 as stated; feeds in UTC."""
    title: str | None = None
    summary: str | None = field(default=None, compare=False)
    """What else a feed says of it; a correction may show there first."""

    @property
    def mark(self) -> str | None:
        """A digest of all that was said; another one means that the page changed. Null where nothing was said."""
        said = [self.lastmod or "", _MOVING.sub("", self.title or ""), self.summary or ""]
        return (
            hashlib.blake2b("\n".join(said).encode("utf-8", "replace"), digest_size=5).hexdigest()
            if any(said)
            else None
        )


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names: further sitemaps, or pages."""

    sitemaps: list[Link] = field(default_factory=list)
    pages: list[Link] = field(default_factory=list)


class DiscoveryError(ValueError):
    """A document announces nothing because it is not what was expected."""

    def __init__(self, url: str, expected: str, got: str) -> None:
        super().__init__(f"{url}: expected {expected}, got {got}")
        self.url, self.expected, self.got = url, expected, got


def feed_entries(body: bytes, url: str) -> list[Link]:
    """The entries of an RSS or Atom feed, in its order. Raises `DiscoveryError` where it is no feed."""
    expected = "an RSS or Atom feed"
    body = _plain(body, url, expected)
    # A file object: feedparser takes bare bytes for the name of a local file before it takes them for a feed.
    feed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url})
    if not feed.version or (feed.bozo and not feed.entries):
        raise DiscoveryError(url, expected, _kind_of(body))
    return unique_links(_feed_link(url, entry) for entry in feed.entries)


def sitemap_entries(body: bytes, url: str) -> Sitemap:
    """The links of a sitemap index, an XML or news sitemap, a text sitemap or a feed that serves as one.

    A sitemap cut off half way gives what stood before the cut. Raises `DiscoveryError` where it is no sitemap.
    """
    expected = "a sitemap"
    body = _plain(body, url, expected)
    if not body.startswith(b"<"):
        return Sitemap(pages=_text_sitemap(body, url))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    name = _local_name(root)
    if name in ("rss", "feed", "RDF"):
        return Sitemap(pages=feed_entries(body, url))
    if root is None or name not in ("urlset", "sitemapindex"):
        raise DiscoveryError(url, expected, _kind_of(body))
    links = unique_links(_sitemap_link(url, node) for node in root)
    return Sitemap(sitemaps=links) if name == "sitemapindex" else Sitemap(pages=links)


def robots_sitemaps(text: str, url: str) -> list[Link]:
    """The addresses of the `Sitemap:` lines of a robots.txt."""
    return unique_links(link_to(url, line) for line in re.findall(r"(?im)^[ \t\ufeff]*sitemap[ \t]*:[ \t]*(\S+)", text))


def _plain(body: bytes, url: str, expected: str) -> bytes:
    """The document without gzip (some servers compress the file itself), byte order mark and leading space."""
    if body.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise DiscoveryError(url, expected, "a broken gzip file") from error
    if len(body) > MAX_BYTES:
        raise DiscoveryError(url, expected, f"more than {MAX_BYTES // 1024**2} MiB")
    body = body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise DiscoveryError(url, expected, "an empty document")
    return body


def _kind_of(body: bytes) -> str:
    start = body[:2000].lower()
    if b"<html" in start or b"<!doctype html" in start:
        return "an HTML page"
    if start.startswith(b"<"):
        return "broken or other XML"
    return "JSON" if start[:1] in (b"{", b"[") else f"something that begins {body[:30]!r}"


def link_to(base: str, href: str | None, lastmod: str | None = None, title: str | None = None) -> Link | None:
    """The link with its address made absolute; null where it is malformed, too long or not http."""
    try:
        url = urljoin(base, re.sub(r"[\t\r\n]", "", (href or "").strip()))
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        url.encode("utf-8")  # a lone surrogate would fail later, in the request
    except ValueError:
        return None
    if not valid or not (href or "").strip() or len(url) > MAX_URL or re.search(r"[\x00-\x1f\x7f]", url):
        return None
    return Link(url.partition("#")[0], lastmod or None, " ".join((title or "").split()) or None)


def unique_links(links: Iterable[Link | None]) -> list[Link]:
    """The links once each, in order; where an address comes again with a title, the title is kept."""
    found: dict[str, Link] = {}
    for link in links:
        if link is None:
            continue
        known = found.get(link.url)
        if known is None:
            if len(found) == MAX_LINKS:
                break
            found[link.url] = link
        elif link.title and not known.title:
            found[link.url] = Link(link.url, known.lastmod or link.lastmod, link.title)
    return list(found.values())


def _feed_link(url: str, entry: Any) -> Link | None:
    link = link_to(url, _address(entry), _entry_date(entry), entry.get("title"))
    return None if link is None else replace(link, summary=str(entry.get("summary") or "") or None)


def _address(entry: Any) -> str | None:
    address = entry.get("feedburner_origlink") or entry.get("link") or entry.get("id")
    return address if isinstance(address, str) else None


def _entry_date(entry: Any) -> str | None:
    # `in` first: asking feedparser for a missing `updated` warns and answers with `published`.
    stated = ("updated_parsed" in entry and entry["updated_parsed"]) or entry.get("published_parsed")
    if not stated:
        return None
    try:
        year, month, day, hour, minute, second = stated[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
    except ValueError:
        return None


def _local_name(node: Any) -> str:
    tag = getattr(node, "tag", None)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _sitemap_link(base: str, node: Any) -> Link | None:
    texts: dict[str, str] = {}
    for child in node.iter():
        # The first of each name: an image inside an entry has a title and a location of its own.
        texts.setdefault(_local_name(child), (child.text or "").strip())
    return link_to(base, texts.get("loc"), texts.get("lastmod") or texts.get("publication_date"), texts.get("title"))


def _text_sitemap(body: bytes, url: str) -> list[Link]:
    lines = body.decode("utf-8", "replace").split()
    links = unique_links(link_to(url, line) for line in lines if line.startswith(("http://", "https://")))
    if not links:
        raise DiscoveryError(url, "a sitemap", _kind_of(body))
    return links
