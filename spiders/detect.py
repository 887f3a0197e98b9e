"""How an unknown site is built, from its homepage: the entry for a sources file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from imbauan.exceptions import ImbauanError
from imbauan.extraction import extract_article
from imbauan.sources import Source
from spiders.check import Check, check_source
from spiders.discovery import DiscoveryError, feed_entries, robots_sitemaps, sitemap_entries
from spiders.listings import homepage_offers
from spiders.visit import Visit, Visitor

USUAL_FEEDS = ("/rss/terkini.xml", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feeds/posts/default")
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
_ZONES = {"+07:00": "Asia/Jakarta", "+08:00": "Asia/Makassar", "+09:00": "Asia/Jayapura"}
_LETTERS = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_EASTERN = {"ID-MA", "ID-MU", "ID-PA", "ID-PB", "ID-PT", "ID-PD", "ID-PS", "ID-PE"}
_CENTRAL = {"ID-BA", "ID-NB", "ID-NT", "ID-KS", "ID-KI", "ID-KU", "ID-SA", "ID-GO", "ID-ST", "ID-SR", "ID-SN", "ID-SG"}


@dataclass(frozen=True, slots=True)
class Detected:
    """An entry for a site, and what a first look at it found."""

    source: Source
    check: Check


def detect(url: str, visitor: Visitor, taken: Iterable[str] = ()) -> Detected:
    """Look at a site's homepage and a few pages more. Raises `ImbauanError` where it does not answer with a page."""
    home = visitor.get(url)
    if home.trouble is not None:
        raise ImbauanError(f"{url}: {home.trouble}: check the address, or write the entry by hand")
    page = Selector(text=home.text)
    kind = _kind(home, page)
    region = _region(home.url)
    feeds = _feeds(home, visitor)
    sitemaps = [] if feeds and kind == "wordpress" else _sitemaps(home, visitor)
    entry: dict[str, Any] = {
        "id": _id(home.url, set(taken)),
        "name": _name(page, home.url),
        "homepage": home.url,
        "kind": kind,
        "region": region,
        "timezone": _LETTERS["WIT"]
        if region in _EASTERN
        else _LETTERS["WITA"]
        if region in _CENTRAL
        else "Asia/Jakarta",
        "language": _language(page),
        "official": bool(
            re.search(r"(?:\.|^)polri\.go\.id$|polda|polres|tribratanews", urlsplit(home.url).hostname or "")
        ),
        "feeds": feeds,
        "sitemaps": sitemaps,
        "listings": [home.url] if homepage_offers(home.text, home.url).articles and (feeds or sitemaps) else [],
    }
    source = Source(**entry)
    check = check_source(source, visitor)
    zone = _zone(check, home.text) or source.timezone
    found = {item.name: getattr(source, item.name) for item in fields(Source)}
    found |= {"timezone": zone, "article": _pattern(check.articles), "checked": _checked(check)}
    return Detected(Source(**found), check)


def entry_toml(source: Source) -> str:
    """The entry as it stands in a sources file: what is set, in the file's order."""
    default = Source("a", "a", "a")
    lines = ["[[source]]"]
    for item in fields(Source):
        value = getattr(source, item.name)
        if value in (None, []) or (value == getattr(default, item.name) and item.name not in _ALWAYS):
            continue
        lines.append(f"{item.name} = {_toml(value, item.name)}")
    return "\n".join(lines) + "\n"


_ALWAYS = ("id", "name", "homepage", "kind", "timezone", "language", "official", "rights")


def _toml(value: Any, name: str) -> str:
    if name == "article" and "'" not in value:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def _kind(home: Visit, page: Selector) -> str:
    host = urlsplit(home.url).hostname or ""
    generator = (page.xpath("//meta[@name='generator']/@content").get() or "").lower()
    if host.endswith(".antaranews.com"):
        return "antara"
    if "wordpress" in generator or "/wp-content/" in home.text or "/wp-json" in home.text:
        return "wordpress"
    if "odoo" in generator or "o_wblog" in home.text or "/web/assets/" in home.text:
        return "odoo"
    if "__NEXT_DATA__" in home.text or "/_next/" in home.text:
        return "nextjs"
    if "/rss/terkini.xml" in home.text and re.search(r"/berita/\d+", home.text):
        return "antara"
    return "site"


def _feeds(home: Visit, visitor: Visitor) -> list[str]:
    offered = [link.url for link in homepage_offers(home.text, home.url).feeds]
    for url in [*offered, *(urljoin(home.url, path) for path in USUAL_FEEDS)]:
        visit = visitor.get(url)
        try:
            if visit.trouble is None and feed_entries(visit.body, visit.url):
                return [url]
        except DiscoveryError:
            continue
    return []


def _sitemaps(home: Visit, visitor: Visitor) -> list[str]:
    robots = visitor.robots(home.url)
    named = [link.url for link in robots_sitemaps(robots.text, robots.url)] if robots.status == 200 else []
    for url in [*named, *(urljoin(home.url, path) for path in USUAL_SITEMAPS)]:
        visit = visitor.get(url)
        try:
            if (
                visit.trouble is None
                and (found := sitemap_entries(visit.body, visit.url))
                and (found.pages or found.sitemaps)
            ):
                return [url]
        except DiscoveryError:
            continue
    return []


def _pattern(articles: list[str]) -> str | None:
    """The regular expression that a site's articles share: a leading path and an id; none where they share neither."""
    paths = [urlsplit(url).path for url in articles]
    if len(paths) < 5:
        return None
    forms = Counter(form for path in paths if (form := _form(path)))
    form, count = forms.most_common(1)[0] if forms else (None, 0)
    return form if count == len(paths) else None


def _form(path: str) -> str | None:
    if match := re.match(r"((?:/[a-z_]+){0,2}/)\d{3,}(?:[/_-]|$)", path):
        return re.escape(match[1]).replace("/", "/") + r"\d+"
    if match := re.match(r"((?:/[a-z_]+){1,2}/)[^/]*-\d{3,}/?$", path):
        return re.escape(match[1]) + r"[^/]+-\d+"
    if re.match(r"/(?:19|20)\d\d/\d{1,2}/\d{1,2}/[^/]+", path):
        return r"/\d{4}/\d{1,2}/\d{1,2}/[^/]+"
    return None


def _zone(check: Check, home: str) -> str | None:
    """The outlet's zone: by the letters its pages print beside a time, else by the offset they state."""
    text = home + (check.page.body.decode("utf-8", "replace") if check.page else "")
    letters = Counter(re.findall(r"\d{1,2}[.:]\d{2}\s*(WITA|WIT|WIB)\b", text))
    if letters:
        return _LETTERS[letters.most_common(1)[0][0]]
    article = extract_article(check.page) if check.page else None
    stated = re.findall(r"T\d\d:\d\d(?::\d\d)?(\+0[789]:?00)", text)
    if article is None or not stated:
        return None
    offset = Counter(one[:3] + ":00" for one in stated).most_common(1)[0][0]
    return _ZONES.get(offset)


def _language(page: Selector) -> str:
    named = (page.xpath("/html/@lang").get() or "").strip().lower().replace("_", "-").partition("-")[0]
    return named if re.fullmatch("[a-z]{2,3}", named) and named not in ("en", "in") else "id"


def _name(page: Selector, url: str) -> str:
    named = page.xpath("//meta[@property='og:site_name']/@content").get() or page.xpath("string(//title)").get() or ""
    name = " ".join(re.split(r"\s[|–—-]\s", named.strip())[0].split())
    return name[:80] or (urlsplit(url).hostname or url)


def _id(url: str, taken: set[str]) -> str:
    host = re.sub(r"^(?:www|m|amp)\.", "", urlsplit(url).hostname or "site")
    stem = re.sub(r"\.(?:co|go|or|ac|my|web|desa|com|net|org|id|info|news)(?=\.|$)", "", host)
    stem = re.sub(r"[^a-z0-9]+", "-", f"{stem}".lower()).strip("-") or "site"
    number = 2
    found = stem
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def _region(url: str) -> str | None:
    words = set(re.split(r"[^a-z]+", (urlsplit(url).hostname or "").lower()))
    joined = "".join(re.split(r"[^a-z]+", (urlsplit(url).hostname or "").lower()))
    for name, region in _places().items():
        if name in words or (len(name) > 5 and name in joined):
            return region
    return None


@cache
def _places() -> dict[str, str]:
    """Names of provinces without spaces, the longest first, with their regions."""
    poldas = loads(files("imbauan").joinpath("data/units.toml").read_text("utf-8"))["polda"]
    names = {re.sub(r"[^a-z]", "", place.lower()): polda["region"] for polda in poldas for place in polda["places"]}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


def _checked(check: Check) -> str:
    today = datetime.now().astimezone().date().isoformat()
    return (
        f"seen: {len(check.articles)} articles found and one read on {today}"
        if check.ok
        else f"seen: homepage answered on {today}"
    )
