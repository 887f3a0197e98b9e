"""Title, times, people and language of a page: JSON-LD first, then meta tags, then what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from imbauan.extraction.blocks import read_blocks
from imbauan.extraction.linked import article_data, meta_tags
from imbauan.extraction.people import author_of, editor_of
from imbauan.extraction.published import Clock, modified_time, published_time
from imbauan.extraction.title import title_of


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
    body: str | None = None
    """The page's own `articleBody`, if any."""


def read_metadata(tree: HtmlElement, url: str, zone: ZoneInfo, now: datetime) -> Metadata:
    """Metadata of a page; `zone` is the outlet's own, `now` the moment of the fetch."""
    linked, meta, blocks = article_data(tree), meta_tags(tree), read_blocks(tree)
    title = title_of(tree, linked, meta, blocks)
    clock = Clock(zone, now)
    body = linked.get("articleBody")
    return Metadata(
        title=title,
        published=published_time(tree, linked, meta, blocks, title, url, clock),
        modified=modified_time(tree, linked, meta, blocks, clock),
        author=author_of(tree, blocks, linked, meta, url),
        editor=editor_of(blocks, linked),
        language=(tree.get("lang") or "").split("-")[0].split("_")[0].lower() or None,
        canonical=next(iter(tree.xpath("//link[@rel='canonical']/@href")), None),
        body=body if isinstance(body, str) else None,
    )
