"""The paragraphs of an article: structure and hints find the body, trafilatura where they do not."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block, read_blocks
from imbauan.extraction.captions import without_captions
from imbauan.extraction.container import (
    MIN_BODY,
    common_container,
    is_prose,
    matter,
    named_bodies,
    named_elements,
    prose,
)
from imbauan.extraction.engine import main_text
from imbauan.extraction.hints import hints
from imbauan.extraction.opinion import coverage, embedded_body, letters, stated_lines
from imbauan.extraction.prune import prune

ENOUGH = 0.6
"""Share of the page's own `articleBody` that a reading must hold to be believed."""
DOUBTFUL = 0.5
"""Share of the page's prose under which a named container is checked against trafilatura."""
_SHORT = 25
_LIST_LINKED = 0.8
_BULLET_LINKED, _BULLETS = 0.5, ("•", "»", "›", "►", "*")
_PARTS = 6
"""Containers of one name up to which they may be the parts of one article; more are a list."""
_LINKS = 2
"""Links in a row that end an article."""
_TAIL = 0.8
_TEASER = 300
_HALF = 0.5
_FLOW = frozenset(["li", "h2", "h3", "h4"])
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
        other = _by_text(page, main_text(tree))
        if not blocks or prose(other) > prose(blocks) / ENOUGH:
            blocks = other
    lines = _joined_datelines([block.text for block in without_captions(blocks)])
    if _size(wanted) > ENOUGH * _size(lines) and coverage(wanted, lines) < ENOUGH:
        lines = [block.text for block in _by_text(page, wanted)] or wanted
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
        section = _section(element, longest[0])
        beside = element.getparent() is longest[0].getparent() or section is not None
        is_part = len(read) <= _PARTS and (beside or prose(blocks) >= _TEASER)
        if element is longest[0] or is_copy or (is_part and not _is_teaser(blocks)):
            heading = section if chosen and not is_copy else None
            chosen += [block for block in heading or [] if block.tag in HEADINGS] + blocks
    return chosen


def _is_teaser(blocks: list[Block]) -> bool:
    return any(block.tag in HEADINGS and block.linked > _LIST_LINKED for block in blocks)


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


def _by_text(blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks of the page that hold the given text, and those between them that belong to it."""
    joined = letters(" ".join(lines))
    short = {letters(line) for line in lines}
    dense = _densest(blocks)
    hits = {at for at, block in enumerate(blocks) if _is_in(block, joined, short)}
    hits = {at for at in hits if at in dense or not _follows_link(blocks, at)}
    if sum(at in hits for at in dense) < len(dense) / 2 and _letters(blocks, hits) < _letters(blocks, dense):
        hits = dense  # what was found is beside the article
    if 2 * sum(blocks[at].linked > _HALF for at in hits) > len(hits):
        hits = dense  # menus and lists: the whole page
    hits -= _tail(blocks, hits, dense)
    end = _comments(blocks, hits)
    hits = {at for at in hits if at < end}
    hits = hits or dense  # a few short lines: trafilatura finds nothing worth its while
    container = common_container([blocks[at] for at in hits])
    if container is None:
        return []
    inside = set(container.iter())
    places = [at for at, block in enumerate(blocks[:end]) if block.element in inside]
    parents = {(blocks[at].element.getparent(), blocks[at].tag) for at in hits if is_prose(blocks[at])}
    first, last = min(hits), max(hits)
    kept = []
    for at in places:
        block = blocks[at]
        sibling = (block.element.getparent(), block.tag) in parents
        between = first < at < last
        sentence = is_prose(block) and not _follows_link(blocks, at)
        listed = between and _is_in_flow(blocks, at)
        if (
            at in hits
            or (sibling and (between or _is_sentence(block)))
            or (between and sentence)
            or listed
            or block.is_related
        ):
            kept.append(block)
    return _cleaned(kept)


def _is_in_flow(blocks: list[Block], at: int) -> bool:
    """Whether a heading, or an item of a list, stands among the paragraphs of the article and heads no list of links."""
    block = blocks[at]
    if block.tag not in _FLOW or block.linked > 0.4:
        return False
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    return block.tag == "li" or (following is not None and following.linked < 0.4 and not following.is_related)


def _tail(blocks: list[Block], hits: set[int], dense: set[int]) -> set[int]:
    """The little that was found beyond the lists of links below the article: notices of a side column."""
    links = [at for at in range(max(dense, default=0), len(blocks)) if _is_link_list(blocks[at])]
    beyond = {at for at in hits if len(links) >= _LINKS and at > links[_LINKS - 1] and at not in dense}
    small = _letters(blocks, beyond) < _TAIL * _letters(blocks, dense)
    return beyond if small else set()


def _comments(blocks: list[Block], hits: set[int]) -> int:
    """The place of the heading of the comments, where most of what was found stands before it; else the end."""
    rule = dict(hints().residue)["comments"]
    for at, block in enumerate(blocks):
        if at > min(hits, default=0) and len(block.text) < 2 * _SHORT and rule.search(block.text):
            told = {hit for hit in hits if is_prose(blocks[hit])}
            before = {hit for hit in told if hit < at}
            return at if _letters(blocks, before) > _letters(blocks, told - before) else len(blocks)
    return len(blocks)


def _is_sentence(block: Block) -> bool:
    return block.linked < 0.4 and len(block.text) >= 15 and block.text.rstrip().endswith((".", "!", "?", '"', "”"))


def _densest(blocks: list[Block]) -> set[int]:
    """Places of the blocks under the one parent that holds most prose."""
    groups: dict[HtmlElement, set[int]] = {}
    for at, block in enumerate(blocks):
        if (is_prose(block) or _is_sentence(block)) and block.tag != "li" and not _follows_link(blocks, at):
            parent = block.element if _is_shared(blocks, at) else block.element.getparent()
            groups.setdefault(parent if parent is not None else block.element, set()).add(at)
    return max(groups.values(), key=lambda places: _letters(blocks, places), default=set())


def _letters(blocks: list[Block], places: set[int]) -> int:
    return sum(len(blocks[at].text) for at in places)


def _is_shared(blocks: list[Block], at: int) -> bool:
    """Whether the block's element holds its neighbour too: paragraphs divided by line breaks."""
    element = blocks[at].element
    return any(0 <= other < len(blocks) and blocks[other].element is element for other in (at - 1, at + 1))


def _follows_link(blocks: list[Block], at: int) -> bool:
    """Whether a block stands below a linked heading in a box of their own: the teaser of another article."""
    before = blocks[at - 1] if at else None
    if before is None or before.linked < _LIST_LINKED or before.is_related:
        return False
    box = blocks[at].element.getparent()
    return box is not None and (before.element.getparent() is box or box in before.element.iterancestors())


def _teasers(blocks: list[Block]) -> set[HtmlElement]:
    """Small boxes that hold a linked heading, or a link and words below it: each the teaser of another article."""
    boxes: set[HtmlElement | None] = set()
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.linked < _LIST_LINKED or block.is_related:
            continue
        if block.tag in HEADINGS:
            boxes.add(_box(block))
        elif following is not None and _box(following) is block.element:
            boxes.add(block.element)
    return {box for box in boxes if box is not None and len(box.text_content()) < _TEASER}


def _box(block: Block) -> HtmlElement | None:
    """What a block stands in, a link around it aside."""
    box = block.element.getparent()
    while box is not None and box.tag == "a":
        box = box.getparent()
    return box


def _is_in(block: Block, joined: str, short: set[str]) -> bool:
    plain = letters(block.text)
    return bool(plain) and (plain in joined if len(plain) >= _SHORT else plain in short)


def _cleaned(blocks: list[Block]) -> list[Block]:
    """Less the lists of links and the boxes they stand in; "Baca juga" lines stay, for deduplication to account for."""
    last = max((at for at, block in enumerate(blocks) if is_prose(block)), default=len(blocks))
    kept: list[Block] = []
    in_box = False
    teasers = _teasers(blocks)
    for at, block in enumerate(blocks):
        if block.is_related:
            kept.append(block)
        elif _is_link_list(block):
            in_box = at > last
        elif not in_box and teasers.isdisjoint((block.element, _box(block))):
            kept.append(block)
    # A heading after the last paragraph is the title of a box that stood below the article.
    while kept and kept[-1].tag in HEADINGS and not kept[-1].is_related:
        kept.pop()
    return kept


def _is_link_list(block: Block) -> bool:
    if block.linked < (_BULLET_LINKED if block.text.startswith(_BULLETS) else _LIST_LINKED):
        return False
    return (
        block.tag in ("li", "td", "tr", *HEADINGS)
        or len(block.text) < 2 * _SHORT
        or not block.text.rstrip().endswith((".", "”", '"'))
    )
