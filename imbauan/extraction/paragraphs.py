"""The paragraphs of an article: structure and hints find the body, trafilatura where they do not."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block, read_blocks
from imbauan.extraction.captions import without_captions
from imbauan.extraction.container import MIN_BODY, matter, named_bodies, named_elements, prose
from imbauan.extraction.engine import main_text
from imbauan.extraction.flow import by_text
from imbauan.extraction.insets import without_insets
from imbauan.extraction.lists import LIST_LINKED, TEASER, cleaned
from imbauan.extraction.opinion import coverage, embedded_body, letters, stated_lines
from imbauan.extraction.prune import prune

ENOUGH = 0.6
"""Share of the page's own `articleBody` that a reading must hold to be believed."""
DOUBTFUL = 0.5
"""Share of the page's prose under which a named container is checked against trafilatura."""
_PARTS = 6
"""Containers of one name up to which they may be the parts of one article; more are a list."""
_DATELINE = re.compile(r"(?:[A-Z][\w.'’/()-]*,?\s+){1,6}[-–—]+")
"""A place, an outlet and a dash, and nothing else."""
_MOST = 0.97
"""Share of the prose that a container inside the container must hold to stand for it."""


def read_paragraphs(tree: HtmlElement, stated: str | None = None) -> list[str]:
    """Paragraphs in the order of the page, related links and repeats included; empty where there is no article.

    `stated` is the page's own `articleBody`. A container that a hint names is read whole, block by block:
    faithful, and safe from the fallback that trafilatura takes under 250 characters, which returns menus.
    Elsewhere trafilatura says which blocks are text. The tree is pruned in place.
    """
    wanted = stated_lines(stated) if stated and len(stated) >= MIN_BODY else []
    embedded = embedded_body(tree, MIN_BODY)
    named = named_elements(tree)
    prune(tree, named)
    page = read_blocks(tree)
    blocks = _by_hints(named)
    if not blocks or prose(blocks) < DOUBTFUL * prose(page):
        other = by_text(page, main_text(tree))
        if not blocks or prose(other) > prose(blocks) / ENOUGH:
            blocks = other
    lines = _joined_datelines([block.text for block in without_insets(without_captions(blocks))])
    if _size(wanted) > ENOUGH * _size(lines) and coverage(wanted, lines) < ENOUGH:
        lines = [block.text for block in by_text(page, wanted)] or wanted
    if embedded and _size(lines) < _size(embedded) / 2:
        return embedded
    return lines


def _joined_datelines(lines: list[str]) -> list[str]:
    """A dateline that stands before the first paragraph is its beginning."""
    if len(lines) > 1 and _DATELINE.fullmatch(lines[0]):
        return [f"{lines[0]} {lines[1]}", *lines[2:]]
    return lines


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _by_hints(named: dict[HtmlElement, int]) -> list[Block]:
    for elements in named_bodies(named):
        read = [(element, blocks) for element in elements if (blocks := read_blocks(element))]
        if any(matter(blocks) >= MIN_BODY for _, blocks in read):
            return cleaned(_innermost(_one_article(read), named))
    return []


def _one_article(read: list[tuple[HtmlElement, list[Block]]]) -> list[Block]:
    """The blocks of one article: one container, its parts, or its copies; not the teasers beside it."""
    longest = max(read, key=lambda entry: prose(entry[1]))
    if len(read) == 1:
        return longest[1]
    known = {letters(block.text) for block in longest[1]}
    chosen: list[Block] = []
    for element, blocks in read:
        again = sum(len(block.text) for block in blocks if letters(block.text) in known)
        is_copy = again > 0.5 * sum(len(block.text) for block in blocks)
        section = _section(element, longest[0])
        beside = element.getparent() is longest[0].getparent() or section is not None
        is_part = len(read) <= _PARTS and (beside or prose(blocks) >= TEASER)
        if element is longest[0] or is_copy or (is_part and not _is_teaser(blocks)):
            heading = section if chosen and not is_copy else None
            chosen += [block for block in heading or [] if block.tag in HEADINGS] + blocks
    return chosen


def _is_teaser(blocks: list[Block]) -> bool:
    return any(block.tag in HEADINGS and block.linked > LIST_LINKED for block in blocks)


def _section(element: HtmlElement, longest: HtmlElement) -> list[Block] | None:
    """What stands above a body in a section like that of the longest, beside it; none where it is no such section."""
    parent, other = element.getparent(), longest.getparent()
    if parent is None or other is None or parent.getparent() is not other.getparent():
        return None
    if parent.get("class") is None or (parent.get("class") or "").split()[0] != (other.get("class") or "-").split()[0]:
        return None
    inside = set(element.iter())
    above = [block for block in read_blocks(parent) if block.element not in inside]
    return None if _is_teaser(above) else above


def _innermost(blocks: list[Block], named: dict[HtmlElement, int]) -> list[Block]:
    """The blocks of the smallest named container that still holds the prose: outer ones hold heading and byline too."""
    chosen, total = blocks, prose(blocks)
    for element in named:
        inside = set(element.iter())
        inner = [block for block in chosen if block.element in inside]
        if inner and len(inner) < len(chosen) and prose(inner) >= _MOST * total:
            chosen = inner
    return chosen
