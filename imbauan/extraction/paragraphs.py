"""The paragraphs of an article: structure and hints find the body, trafilatura where they do not."""

from __future__ import annotations

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block, read_blocks
from imbauan.extraction.container import MIN_BODY, common_container, is_prose, named_bodies, named_elements, prose
from imbauan.extraction.engine import main_text
from imbauan.extraction.opinion import coverage, embedded_body, letters, stated_lines
from imbauan.extraction.prune import prune

ENOUGH = 0.6
"""Share of the page's own `articleBody` that a reading must hold to be believed."""
DOUBTFUL = 0.5
"""Share of the page's prose under which a named container is checked against trafilatura."""
_SHORT = 25
_LIST_LINKED = 0.8
_PARTS = 6
"""Containers of one name up to which they may be the parts of one article; more are a list."""
_TEASER = 300
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
    if prose(blocks) < DOUBTFUL * prose(page):
        other = _by_text(page, main_text(tree))
        if not blocks or prose(other) > prose(blocks) / ENOUGH:
            blocks = other
    lines = [block.text for block in blocks]
    if _size(wanted) > ENOUGH * _size(lines) and coverage(wanted, lines) < ENOUGH:
        lines = [block.text for block in _by_text(page, wanted)] or wanted
    if embedded and _size(lines) < _size(embedded) / 2:
        return embedded
    return lines


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))


def _by_hints(named: dict[HtmlElement, int]) -> list[Block]:
    for elements in named_bodies(named):
        read = [(element, blocks) for element in elements if (blocks := read_blocks(element))]
        if any(prose(blocks) >= MIN_BODY for _, blocks in read):
            return _cleaned(_innermost(_one_article(read), named))
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
        is_part = len(read) <= _PARTS and (element.getparent() is longest[0].getparent() or prose(blocks) >= _TEASER)
        if element is longest[0] or is_copy or (is_part and not _is_teaser(blocks)):
            chosen += blocks
    return chosen


def _is_teaser(blocks: list[Block]) -> bool:
    return any(block.tag in HEADINGS and block.linked > _LIST_LINKED for block in blocks)


def _innermost(blocks: list[Block], named: dict[HtmlElement, int]) -> list[Block]:
    """The blocks of the smallest named container that still holds the prose: outer ones hold heading and byline too."""
    chosen, total = blocks, prose(blocks)
    for element in named:
        inside = set(element.iter())
        inner = [block for block in chosen if block.element in inside]
        if inner and len(inner) < len(chosen) and prose(inner) >= _MOST * total:
            chosen = inner
    return chosen


def _by_text(blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks of the page that hold the given text, and those between them that belong to it."""
    if not lines:
        return []
    joined = letters(" ".join(lines))
    short = {letters(line) for line in lines}
    picked = [_is_in(block, joined, short) for block in blocks]
    chosen = [block for block, hit in zip(blocks, picked, strict=True) if hit]
    container = common_container(chosen)
    if container is None:
        return []
    inside = set(container.iter())
    places = [at for at, block in enumerate(blocks) if block.element in inside]
    parents = {(block.element.getparent(), block.tag) for block in chosen if is_prose(block)}
    hits = [at for at in places if picked[at]]
    kept = []
    for at in places:
        block = blocks[at]
        sibling = (block.element.getparent(), block.tag) in parents
        between = hits[0] < at < hits[-1]
        if (
            picked[at]
            or (sibling and (between or is_prose(block)))
            or (between and is_prose(block))
            or block.is_related
        ):
            kept.append(block)
    return _cleaned(kept)


def _is_in(block: Block, joined: str, short: set[str]) -> bool:
    plain = letters(block.text)
    return bool(plain) and (plain in joined if len(plain) >= _SHORT else plain in short)


def _cleaned(blocks: list[Block]) -> list[Block]:
    """Less the lists of links and the boxes they stand in; "Baca juga" lines stay, for deduplication to account for."""
    last = max((at for at, block in enumerate(blocks) if is_prose(block)), default=len(blocks))
    kept: list[Block] = []
    in_box = False
    for at, block in enumerate(blocks):
        if block.is_related:
            kept.append(block)
        elif _is_link_list(block):
            in_box = at > last
        elif not in_box:
            kept.append(block)
    # A heading after the last paragraph is the title of a box that stood below the article.
    while kept and kept[-1].tag in HEADINGS and not kept[-1].is_related:
        kept.pop()
    return kept


def _is_link_list(block: Block) -> bool:
    if block.linked < _LIST_LINKED:
        return False
    return (
        block.tag in ("li", "td", "tr", *HEADINGS)
        or len(block.text) < 2 * _SHORT
        or not block.text.rstrip().endswith((".", "”", '"'))
    )
