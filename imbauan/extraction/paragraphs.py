"""The paragraphs of an article: structure and hints find the body, trafilatura where they do not."""

from __future__ import annotations

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block, read_blocks
from imbauan.extraction.container import MIN_BODY, common_container, is_prose, named_bodies, prose
from imbauan.extraction.engine import main_text
from imbauan.extraction.opinion import coverage, embedded_body, letters, stated_lines
from imbauan.extraction.prune import prune

ENOUGH = 0.6
"""Share of the page's own `articleBody` that a reading must hold to be believed."""
_SHORT = 25
_LIST_LINKED = 0.8


def read_paragraphs(tree: HtmlElement, stated: str | None = None) -> list[str]:
    """Paragraphs in the order of the page, related links and repeats included; empty where there is no article.

    `stated` is the page's own `articleBody`. A container that a hint names is read whole, block by block:
    faithful, and safe from the fallback that trafilatura takes under 250 characters, which returns menus.
    Elsewhere trafilatura says which blocks are text. The tree is pruned in place.
    """
    wanted = stated_lines(stated) if stated and len(stated) >= MIN_BODY else []
    embedded = embedded_body(tree, MIN_BODY)
    prune(tree)
    lines = _texts(_by_hints(tree))
    if not lines or (wanted and coverage(wanted, lines) < ENOUGH):
        other = _texts(_by_trafilatura(tree))
        if not lines or coverage(wanted, other) > coverage(wanted, lines):
            lines = other
    if wanted and coverage(wanted, lines) < ENOUGH:
        lines = _texts(_by_text(tree, wanted)) or wanted
    if embedded and sum(map(len, lines)) < sum(map(len, embedded)) / 2:
        return embedded
    return lines


def _texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


def _by_hints(tree: HtmlElement) -> list[Block]:
    for elements in named_bodies(tree):
        read = [(element, read_blocks(element)) for element in elements]
        full = [(element, blocks) for element, blocks in read if prose(blocks) >= MIN_BODY]
        if not full:
            continue
        chosen = _one_article(full)
        if chosen:
            return _cleaned(chosen)
    return []


def _one_article(full: list[tuple[HtmlElement, list[Block]]]) -> list[Block]:
    """The blocks of one article: one container, its parts, or its copies; none where they are teasers of many."""
    longest = max(full, key=lambda entry: prose(entry[1]))
    if len(full) == 1:
        return longest[1]
    known = {letters(block.text) for block in longest[1]}
    chosen: list[Block] = []
    for element, blocks in full:
        again = sum(len(block.text) for block in blocks if letters(block.text) in known)
        same_parent = element.getparent() is longest[0].getparent()
        if element is longest[0] or again > 0.5 * sum(len(block.text) for block in blocks) or same_parent:
            chosen += blocks
    if longest[0].tag == "article" and len(full) > 3:
        return []
    return chosen


def _by_trafilatura(tree: HtmlElement) -> list[Block]:
    return _by_text(tree, main_text(tree))


def _by_text(tree: HtmlElement, lines: list[str]) -> list[Block]:
    """The blocks of the page that hold the given text, and those between them that belong to it."""
    if not lines:
        return []
    blocks = read_blocks(tree)
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
        if picked[at] or (sibling and (between or is_prose(block))) or (between and is_prose(block)) or block.is_related:
            kept.append(block)
    return _cleaned(kept)


def _is_in(block: Block, joined: str, short: set[str]) -> bool:
    plain = letters(block.text)
    return bool(plain) and (plain in joined if len(plain) >= _SHORT else plain in short)


def _cleaned(blocks: list[Block]) -> list[Block]:
    """Less the blocks that are lists of links; "Baca juga" lines stay, for deduplication to account for."""
    kept = [block for block in blocks if block.is_related or not _is_link_list(block)]
    # A heading after the last paragraph is the title of a box that stood below the article.
    while kept and kept[-1].tag in HEADINGS and not kept[-1].is_related:
        kept.pop()
    return kept


def _is_link_list(block: Block) -> bool:
    if block.linked < _LIST_LINKED:
        return False
    return block.tag in ("li", "td", "tr", *HEADINGS) or len(block.text) < 2 * _SHORT or not block.text.rstrip().endswith((".", "”", '"'))


