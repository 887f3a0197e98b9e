"""When a page says it was published and changed: the best of what is stated, marked up, printed and in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block
from imbauan.extraction.times import Moment, read_time
from imbauan.extraction.tree import class_and_id

_PUBLISHED_META = """article:published_time og:article:published_time og:published_time datepublished article:published
    publishdate publish-date publish_date dtk:publishdate pubdate pub_date published published_time publication_date parsely-pub-date
    sailthru.date cxenseparse:recs:publishtime article.published content_publisheddate content_publishdate dc.date.issued dcterms.issued dc.date
    dcterms.date dcterms.created date""".split()
_MODIFIED_META = (
    "article:modified_time og:updated_time article:modified datemodified lastmod last-modified dcterms.modified".split()
)
_ELSEWHERE = re.compile(
    r"(?i)\b(?:related|comment|komentar|sidebar|(?<!elementor-)widget(?!\s+Blog\b)|site-footer|recommend|terkait|populer|popular|trending|latest|terbaru|ticker|topbar|top-bar|header-date|today|hari-ini|current-?date|clock|menu|nav|list-news|card__post)"
)
_MARKED = re.compile(r"(?i)publish|entry-date|pubdate|post-date|posted|date|waktu|tanggal|timestamp")
_DATE_BOX = re.compile(
    r"(?i)(?:^|\s)(?:post|entry|blog|article|news|meta)?-?(?:date|tanggal|tgl)(?:-box|-meta|-wrap)?(?=\s|$)"
)
_CHANGED = re.compile(
    r"(?i)^\W*(?:di)?(?:perbarui|update[d]?|terakhir|last|diubah|modified|diedit|edited)\b|terakhir\s+(?:di)?(?:ubah|perbarui|edit|update)|\b(?:diperbarui|diubah\s+pada|updated|last update)\b"
)
_BODY_ONLY = re.compile(r"(?i)[.!?][\"”']?$")
_CLOCK_ONLY = re.compile(r"(?i)^\W*(?:pukul|jam|pk\.?)?\s*\d{1,2}[:.]\d{2}(?:\s*(?:WIB|WITA|WIT|[ap]m))?\W*$")
_LATEST = timedelta(minutes=15)
"""How far a page's clock may be ahead of ours; a later time is nobody's publication."""
_NEAR = 14
"""Blocks before and after the heading in which a printed date is the article's."""
_URL_DATE = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/([01]\d|2[0-3])([0-5]\d)([0-5]\d)\d{0,2}(?=[/-]))?(?=[/-]|$)"
)
_URL_DIGITS = re.compile(r"[/_-](20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_JSON_DATE = re.compile(
    r'"(?:date_?published|published_?(?:at|date|time|on)?|publish_?(?:date|at|time|ed_?at)|post_?date|tanggal(?:_?(?:publish|terbit|posting))?|created_?at)"\s*:\s*"?([^",}]{8,40})',
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """How to read a time without an offset, and what is in the future."""

    zone: ZoneInfo
    now: datetime


def published_time(
    tree: HtmlElement,
    linked: dict[str, Any],
    meta: dict[str, str],
    blocks: list[Block],
    title: str | None,
    url: str,
    clock: Clock,
) -> str | None:
    """ISO 8601 with the page's offset, else the outlet's; none where the page gives no believable time."""
    stated = [value for value in (linked.get("datePublished"), linked.get("dateCreated")) if isinstance(value, str)]
    stated += [meta[name] for name in _PUBLISHED_META if name in meta]
    around = {box for block in blocks if title and block.text == title for box in block.element.iterancestors()}
    stated += _marked(tree, around)
    # Day and month in elements of their own: "05" above "Agu 2026".
    stated += [" ".join(" ".join(element.itertext()).split()) for element in tree.iter("div", "span", "p")
               if 1 < len(element) < 5 and _DATE_BOX.search(class_and_id(element)) and not _is_elsewhere(element, around)]  # fmt: skip
    moments = list(_believable(stated, clock))
    printed = list(_believable(_printed(blocks, title, around), clock)) or list(
        _believable(_beside(tree, around), clock)
    )
    best = next(iter(moments), None)
    if best is None or not best.clock:
        best = _with_clock(best, [*moments, *printed]) or best or next(iter(printed), None)
    if best is None or not best.clock:
        rest = list(_believable([*_embedded(tree), *_in_address(url)], clock))
        best = _with_clock(best, rest) or best or next(iter(rest), None)
    return _iso(_corrected(best, printed), clock) if best else None


def modified_time(
    tree: HtmlElement, linked: dict[str, Any], meta: dict[str, str], blocks: list[Block], clock: Clock
) -> str | None:
    """ISO 8601 of the last change that the page states."""
    values = [linked["dateModified"]] if isinstance(linked.get("dateModified"), str) else []
    values += [meta[name] for name in _MODIFIED_META if name in meta]
    values += tree.xpath("//*[@itemprop='dateModified']/@content | //*[@itemprop='dateModified']/@datetime")
    values += tree.xpath("//time[contains(concat(' ', @class, ' '), ' updated ')]/@datetime")
    values += [block.text for block in blocks if len(block.text) < 90 and _CHANGED.search(block.text)]
    best = next(_believable(values, clock), None)
    return _iso(best, clock) if best else None


def _believable(values: list[str], clock: Clock) -> Iterator[Moment]:
    for value in values:
        moment = read_time(value, clock.zone, clock.now)
        if moment and datetime(1996, 1, 1, tzinfo=UTC) < moment.at <= clock.now + _LATEST:
            yield moment


def _with_clock(best: Moment | None, others: list[Moment]) -> Moment | None:
    """A time of the same day that names the hour, where the best one does not."""
    return next(
        (other for other in others if other.clock and (best is None or abs(other.at - best.at) < timedelta(days=1.5))),
        None,
    )


def _corrected(best: Moment, printed: list[Moment]) -> Moment:
    """The printed zone where the stated one is wrong: a local hour under the offset of UTC, or no offset at all."""
    for other in printed:
        # No offset, and what a reader sees is the same moment in UTC: a theme that states the time of its database.
        if (
            not best.offset
            and best.clock
            and other.clock
            and other.at == best.at.replace(tzinfo=UTC, second=other.at.second)
        ):
            return other
        same = (other.at.replace(tzinfo=None, second=0) == best.at.replace(tzinfo=None, second=0)) and other.clock
        if same and other.offset and (not best.offset or best.at.utcoffset() == timedelta(0)):
            return Moment(best.at.replace(tzinfo=other.at.tzinfo), True, True)
    return best


def _iso(moment: Moment, clock: Clock) -> str:
    at = moment.at.astimezone(clock.zone) if moment.at.utcoffset() == timedelta(0) else moment.at
    return at.isoformat(timespec="seconds")


def _marked(tree: HtmlElement, around: Set[HtmlElement]) -> list[str]:
    """Times in the markup, surest first, less those of boxes that tell of other articles."""
    sure: list[str] = []
    likely: list[str] = []
    other: list[str] = []
    for element in tree.iter("time", "abbr", "span", "meta", "p", "div", "li"):
        value = (
            element.get("datetime")
            or element.get("content")
            or (element.get("title") if element.tag in ("abbr", "span") else None)
        )
        if not value or (element.tag == "meta" and element.get("itemprop") != "datePublished"):
            continue
        names = f"{class_and_id(element)} {element.get('property') or ''}"
        if element.get("itemprop") == "dateModified" or (
            element.tag == "time" and "updated" in names.split() and "published" not in names
        ):
            continue
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            target = sure
        elif element.tag == "time" or (_MARKED.search(names) and re.match(r"\d{4}-\d", value)):
            target = likely if _MARKED.search(names) else other
        else:
            continue
        if not _is_elsewhere(element, around):
            target.append(value)
    return sure + likely + other[:1]


def _is_elsewhere(element: HtmlElement, around: Set[HtmlElement]) -> bool:
    """Whether an element stands in a box that is not the article's; the footer of an article is, and what is around the title."""
    for parent in element.iterancestors():
        if parent.tag == "article" or parent in around:
            return False
        if parent.tag in ("aside", "nav"):
            return True
        if parent.tag == "footer" and next(parent.iterancestors("article"), None) is None:
            return True
        if parent.tag not in ("body", "html", "main") and _ELSEWHERE.search(class_and_id(parent)):
            return True
    return False


def _printed(blocks: list[Block], title: str | None, around: Set[HtmlElement]) -> list[str]:
    """Lines that print a date, nearest to the heading first; a date inside a sentence may be the event's."""
    headings = [at for at, block in enumerate(blocks) if title and block.text == title]
    near: list[tuple[float, str]] = []
    for at, block in enumerate(blocks):
        if not 6 <= len(block.text) <= 130 or _BODY_ONLY.search(block.text) or _CHANGED.search(block.text):
            continue
        if not re.search(r"\d", block.text) and "lalu" not in block.text:
            continue
        distance = min((at - heading for heading in headings), key=abs, default=at)
        marked = bool(_MARKED.search(class_and_id(block.element))) or block.tag == "time"
        if (not headings or -_NEAR // 2 <= distance <= _NEAR or marked) and not _is_elsewhere_block(block, around):
            # Before the heading stands more often the day of the visit.
            following = blocks[at + 1].text if at + 1 < len(blocks) else ""
            text = f"{block.text} {following}" if _CLOCK_ONLY.match(following) else block.text
            near.append((distance if distance > 0 else 2 * -distance + 5, text))
    return [text for _, text in sorted(near, key=lambda entry: entry[0])]


def _beside(tree: HtmlElement, around: Set[HtmlElement]) -> list[str]:
    """Dates below the heading in elements of their own, where what stands beside them runs into them: 28 November 2025 | 364 views."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return []
    following = heading.xpath(
        "following::*[self::span or self::time or self::small or self::div][not(*)][position() <= 20]"
    )
    texts = ((element, (element.text or "").strip()) for element in following)
    return [text for element, text in texts if 8 <= len(text) <= 60 and not _is_elsewhere(element, around)]


def _is_elsewhere_block(block: Block, around: Set[HtmlElement]) -> bool:
    return bool(_ELSEWHERE.search(class_and_id(block.element))) or _is_elsewhere(block.element, around)


def _embedded(tree: HtmlElement) -> list[str]:
    return [match.group(1) for script in tree.xpath("//script[@type='application/json' or @id='__NEXT_DATA__']")
            for match in _JSON_DATE.finditer((script.text or "")[:400_000])]  # fmt: skip


def _in_address(url: str) -> list[str]:
    if match := _URL_DATE.search(url):
        year, month, day, hour, minute, second = match.groups()
        date = f"{year}-{int(month):02}-{int(day):02}"
        return [f"{date}T{hour}:{minute}:{second}" if hour else date]
    match = _URL_DIGITS.search(url)
    return ["-".join(match.groups())] if match else []
