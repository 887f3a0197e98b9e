"""The headline of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block
from imbauan.extraction.tree import class_and_id

_SENTENCE_ENDS = (".", '."', ".”", ".'", ".’")
_SPACES = re.compile(r"\s+")
_DIVIDER = re.compile(r"\s+(?:[|–—»«·•:]|-{1,2}|::)\s+")
_TITLE_CLASS = re.compile(r"(?i)\b(?:judul|title|headline|entry-title|post-title)\b")
_SITE_WORDS = re.compile(r"(?i)\b(?:home|beranda|portal|news|berita|online|\w+\.(?:com|id|net|co))\b")
_LARGE = frozenset("4567")

MIN_HEADLINE = 4
"""Words from which a heading is a headline and no section's name."""


def title_of(tree: HtmlElement, linked: dict[str, Any], meta: dict[str, str], blocks: list[Block]) -> str | None:
    """The heading that a stated title repeats; else a stated title less the site's name; else the first heading."""
    stated = _stated(tree, linked, meta)
    folded_stated = [_fold(value) for value in stated]
    site = _fold(meta.get("og:site_name") or "")
    best: tuple[float, str] = (0.0, "")
    for place, heading in enumerate(_headings(tree, blocks)):
        folded = _fold(heading)
        if not folded or folded == site:
            continue
        share = max((_share(folded, value) for value in folded_stated), default=0.0) - place / 1e6
        if share > best[0]:
            best = (share, heading)
        if share > 0.99:
            break
    # A title tag that has the site's name, or its section's, and no more.
    only = _only_heading(tree, folded_stated[0]) if len(stated) == 1 else None
    if only and (best[0] < 0.45 or len(best[1].split()) < MIN_HEADLINE):
        return only
    if best[0] >= 0.45:
        return best[1]
    if len(stated) == 1 and len(stated[0].split()) < 4 and (first := _first_heading(tree)):
        return first
    for value in stated:
        named = _without_site(value, site)
        if named:
            return named
    return _first_heading(tree) or (stated[0] if stated else None)


def _headings(tree: HtmlElement, blocks: list[Block]) -> Iterator[str]:
    """Candidates, likeliest first: old pages print the headline in a block of no heading's name."""
    for tag in ("h1", "h2", "h3"):
        yield from (_text(element) for element in tree.iter(tag) if not _is_home(element))
    # A sentence that a title was cut from, as blogs do, is the article's first, and no heading.
    yield from (
        block.text
        for block in blocks
        if 15 <= len(block.text) <= 250 and block.linked < 0.5 and not block.text.endswith(_SENTENCE_ENDS)
    )


def _stated(tree: HtmlElement, linked: dict[str, Any], meta: dict[str, str]) -> list[str]:
    values = (linked.get("headline"), meta.get("og:title"), meta.get("twitter:title"), _text(tree.find(".//title")))
    return [_SPACES.sub(" ", unescape(value)).strip() for value in values if isinstance(value, str) and value.strip()]


def _share(heading: str, stated: str) -> float:
    """How much of a stated title a heading is: 1 for all of it, 0 where it is something else."""
    if heading == stated:
        return 1.0
    if stated.startswith(heading) or stated.endswith(heading):
        return len(heading) / len(stated) * (1.0 if stated.startswith(heading) else 0.95)
    if heading.startswith(stated.rstrip(" …")) and len(stated) > 25:
        return 0.9  # the stated title is cut short
    return 0.0


def _without_site(value: str, site: str) -> str | None:
    parts = [part.strip() for part in _DIVIDER.split(value) if part.strip()]
    if not parts:
        return None
    named = [part for part in parts if _fold(part) != site]
    longest = max(named or parts, key=len)
    if len(longest.split()) < 3 and len(parts) == 1:
        return None
    if len(parts) > 1 and longest == parts[0]:
        # "Judul - lanjutan judul | Situs": only the last part, short, is the site's name.
        tail = parts[-1]
        end = value.rfind(tail)
        head = _DIVIDER.sub(lambda match: match.group(), value[:end]).rstrip(" |–—»«·•:-")
        return head if len(tail) < len(head) else value
    return longest


def _first_heading(tree: HtmlElement) -> str | None:
    for element in tree.iter("h1", "h2", "h3", "font", "div", "td", "span", "p", "b"):
        if _is_home(element):
            continue
        if element.tag in ("h1", "h2") or _TITLE_CLASS.search(class_and_id(element)) or _is_large(element):
            text = _text(element)
            if text and 3 <= len(text.split()) <= 30 and not (len(text.split()) < 5 and _SITE_WORDS.search(text)):
                return text
    return None


def _is_large(element: HtmlElement) -> bool:
    """Whether pages of before style sheets set it in the letters of a headline."""
    return element.tag == "font" and (element.get("size") or "").lstrip("+") in _LARGE and element.find(".//a") is None


def _only_heading(tree: HtmlElement, stated: str) -> str | None:
    """The one heading of the first rank, unless the title tag has it too, as it has the site's name."""
    headings = [text for element in tree.iter("h1") if not _is_home(element) and (text := _text(element))]
    alone = headings[0] if len(headings) == 1 and len(headings[0].split()) >= MIN_HEADLINE else None
    return alone if alone and _fold(alone) not in stated else None


def _is_home(element: HtmlElement) -> bool:
    """Whether a heading is the site's name, a link to its front page."""
    return element.tag in ("h1", "h2", "h3") and element.find(".//a[@href='/']") is not None


def _text(element: HtmlElement | None) -> str:
    return _SPACES.sub(" ", element.text_content()).strip() if element is not None else ""


def _fold(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
