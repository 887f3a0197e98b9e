"""Title, times, author and language of a page: JSON-LD first, then meta tags, then what a reader sees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from imbauan.extraction.times import parse_time

_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "WebPage")
_BYLINE = re.compile(
    r"\b(?:pewarta|penulis|reporter|oleh)\s*:?\s+([^\n|/:]{3,60}?)(?=\s*(?:[|/\n]|editor\b|copyright|$))", re.I
)
_EDITOR = re.compile(r"\beditor\s*:\s*([^\n|/:]{3,60}?)(?=\s*(?:[|/\n]|copyright|$))", re.I)
_SITE_NAME = re.compile(r"\s+(?:[|–—»]|-{1,2})\s+[^|–—»]{2,60}$")
_SPACES = re.compile(r"\s+")
_DATE_CLASSES = "date|time|tanggal|published|posted|list-inline-item|text-secondary|simple-here"
_NO_AUTHOR = re.compile(r"^(?:admin(?:istrator)?|redaksi|editor.*|https?:.*|humas|user\d*)$", re.I)


@dataclass(slots=True)
class Metadata:
    """What a page states of itself; each field null where it states nothing."""

    title: str | None = None
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    editor: str | None = None
    language: str | None = None
    canonical: str | None = None


def read_metadata(tree: HtmlElement, zone: ZoneInfo, now: datetime) -> Metadata:
    """Metadata of a page; `zone` is the outlet's own, `now` the moment of the fetch."""
    linked = next((item for item in _json_ld(tree) if _is_article(item)), {})
    meta = _meta(tree)
    return Metadata(
        title=_title(tree, meta, linked),
        published=_published(tree, meta, linked, zone, now),
        modified=_first_time(
            [linked.get("dateModified"), meta.get("article:modified_time"), meta.get("og:updated_time")], zone, now
        ),
        author=_author(tree, meta, linked),
        editor=_person(_EDITOR, tree),
        language=(tree.get("lang") or "").split("-")[0].split("_")[0].lower() or None,
        canonical=next(iter(tree.xpath("//link[@rel='canonical']/@href")), None),
    )


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # one broken block must not cost the page's others
        stack = [data]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(reversed(item))
            elif isinstance(item, dict):
                yield item
                stack.extend(item.get("@graph") or [] if isinstance(item.get("@graph"), list) else [])


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])) and (
        "datePublished" in item or "headline" in item
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and element.get("content"):
            found.setdefault(key.strip().lower(), element.get("content", "").strip())
    return found


def _title(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    headline = linked.get("headline")
    headings = [_text(heading) for heading in tree.iter("h1")]
    stated = [
        value for value in (headline, meta.get("og:title"), _text(tree.find(".//title"))) if isinstance(value, str)
    ]
    # A heading that a stated title repeats is the title as readers see it; the first heading may be the site's name.
    for heading in headings:
        if heading and any(_fold(heading) in _fold(value) for value in stated):
            return heading
    for value in [*stated, *headings]:
        if value and value.strip():
            return _SITE_NAME.sub("", _SPACES.sub(" ", value).strip())
    return None


def _published(
    tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], zone: ZoneInfo, now: datetime
) -> str | None:
    stated = [linked.get("datePublished"), meta.get("article:published_time"), meta.get("datepublished")]
    marked = tree.xpath("//time[@itemprop='datePublished' or @pubdate or contains(@class, 'published')]/@datetime")
    marked += tree.xpath("//*[@itemprop='datePublished']/@content") + tree.xpath(
        "(//article|//main|//header)//time/@datetime"
    )
    marked += tree.xpath("//time/@datetime")
    if found := _first_time(
        [*stated, *marked, meta.get("date"), meta.get("pubdate"), meta.get("publishdate")], zone, now
    ):
        return found
    return _visible_time(tree, zone, now)


def _visible_time(tree: HtmlElement, zone: ZoneInfo, now: datetime) -> str | None:
    """A written date in an element of its own: a date inside a sentence may be the event's."""
    candidates = [
        el for el in tree.iter() if isinstance(el.tag, str) and re.search(_DATE_CLASSES, el.get("class") or "", re.I)
    ]
    candidates += list(tree.iter("time", "span", "small", "div", "td", "p", "li", "font", "em", "i", "b"))
    for element in candidates:
        text = _SPACES.sub(" ", element.text_content()).strip()
        if 8 <= len(text) <= 90 and (found := parse_time(text, zone, now)):
            return found
    return None


def _first_time(values: list[Any], zone: ZoneInfo, now: datetime) -> str | None:
    for value in values:
        if isinstance(value, str) and (found := parse_time(value, zone, now)):
            return found
    return None


def _author(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    if found := _person(_BYLINE, tree):
        return found
    for value in (linked.get("creator"), linked.get("author"), meta.get("author")):
        people = value if isinstance(value, list) else [value]
        for person in people:
            name = person.get("name") if isinstance(person, dict) else person
            # ANTARA's JSON-LD names the editor as the author.
            if isinstance(name, str) and 2 < len(name.strip()) < 80 and not _NO_AUTHOR.match(name.strip()):
                return name.strip()
    return None


def _person(pattern: re.Pattern[str], tree: HtmlElement) -> str | None:
    for element in tree.iter("p", "div", "span", "small", "td", "li"):
        text = "\n".join(part.strip() for part in element.itertext() if part.strip())
        if len(text) < 300 and (match := pattern.search(text)) and not _NO_AUTHOR.match(match.group(1)):
            return _SPACES.sub(" ", match.group(1)).strip(" .-")
    return None


def _text(element: HtmlElement | None) -> str | None:
    return _SPACES.sub(" ", element.text_content()).strip() if element is not None else None


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
