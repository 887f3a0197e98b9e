"""An article by its text: the blocks that hold what trafilatura found, and what stands between them."""

from __future__ import annotations

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block, is_layout
from imbauan.extraction.container import common_container, is_prose
from imbauan.extraction.hints import hints
from imbauan.extraction.lists import SHORT, cleaned, follows_link, is_link_list
from imbauan.extraction.opinion import letters

_LINKS = 2
"""Links in a row that end an article."""
_TAIL = 0.8
"""Share of the densest text's letters under which what stands beyond such links is a side column's, and from which the
article is told."""
_HALF = 0.5
_FLOW = frozenset(["li", "h2", "h3", "h4"])


def by_text(blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks of the page that hold the given text, and those between them that belong to it."""
    joined = letters(" ".join(lines))
    short = {letters(line) for line in lines}
    dense = _densest(blocks)
    hits = {at for at, block in enumerate(blocks) if _is_in(block, joined, short)}
    hits = {at for at in hits if at in dense or not follows_link(blocks, at)}
    if sum(at in hits for at in dense) < len(dense) / 2 and _letters(blocks, hits) < _letters(blocks, dense):
        hits = dense  # what was found is beside the article
    if 2 * sum(blocks[at].linked > _HALF for at in hits) > len(hits):
        hits = dense  # menus and lists: the whole page
    hits -= _beside(blocks, hits, dense) | _announced(blocks, hits, dense)
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
        sentence = is_prose(block) and not follows_link(blocks, at)
        listed = between and _is_in_flow(blocks, at)
        if (
            at in hits
            or (sibling and (between or _is_sentence(block)))
            or (between and sentence)
            or listed
            or block.is_related
        ):
            kept.append(block)
    return cleaned(kept)


def _is_in_flow(blocks: list[Block], at: int) -> bool:
    """Whether a heading, or an item of a list, stands among the paragraphs of the article and heads no list of links."""
    block = blocks[at]
    if block.tag not in _FLOW or block.linked > 0.4:
        return False
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    return block.tag == "li" or (following is not None and following.linked < 0.4 and not following.is_related)


def _beside(blocks: list[Block], hits: set[int], dense: set[int]) -> set[int]:
    """What was found in other columns of the layout table that holds the densest text, and in small tables set into it."""
    cells = _cells(blocks[min(dense)].element) if dense else []
    told = {at for at in hits if is_prose(blocks[at])}
    if not cells or _letters(blocks, told & dense) < _HALF * _letters(blocks, told):
        return set()
    rows = {cell.getparent(): cell for cell in cells}
    found: set[int] = set()
    for at in hits - dense:
        others = _cells(blocks[at].element)
        is_column = any(rows.get(cell.getparent(), cell) is not cell for cell in others)
        is_set_in = cells[0] in others[1:] and is_layout(next(others[0].iterancestors("table")))
        if is_column or is_set_in:
            found.add(at)
    return found


def _announced(blocks: list[Block], hits: set[int], dense: set[int]) -> set[int]:
    """What was found below a line that announces other articles, once most of the densest text has been told."""
    rule, most = hints().residue["related-heading"], _TAIL * _letters(blocks, dense)
    for at in range(min(dense, default=len(blocks)), len(blocks)):
        text = blocks[at].text
        if len(text) < 2 * SHORT and rule.search(text) and _letters(blocks, {d for d in dense if d < at}) >= most:
            return {hit for hit in hits if hit > at and hit not in dense}
    return set()


def _cells(element: HtmlElement) -> list[HtmlElement]:
    """The cells that an element stands in, or is, innermost first."""
    own = [element] if element.tag == "td" else []
    return [*own, *element.iterancestors("td")]


def _tail(blocks: list[Block], hits: set[int], dense: set[int]) -> set[int]:
    """The little that was found beyond the lists of links below the article: notices of a side column."""
    links = [at for at in range(max(dense, default=0), len(blocks)) if is_link_list(blocks[at])]
    beyond = {at for at in hits if len(links) >= _LINKS and at > links[_LINKS - 1] and at not in dense}
    small = _letters(blocks, beyond) < _TAIL * _letters(blocks, dense)
    return beyond if small else set()


def _comments(blocks: list[Block], hits: set[int]) -> int:
    """The place of the heading of the comments, where most of what was found stands before it; else the end."""
    rule = hints().residue["comments"]
    for at, block in enumerate(blocks):
        if at > min(hits, default=0) and len(block.text) < 2 * SHORT and rule.search(block.text):
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
        if (is_prose(block) or _is_sentence(block)) and block.tag != "li" and not follows_link(blocks, at):
            parent = block.element if _is_shared(blocks, at) else block.element.getparent()
            groups.setdefault(parent if parent is not None else block.element, set()).add(at)
    return max(groups.values(), key=lambda places: _letters(blocks, places), default=set())


def _letters(blocks: list[Block], places: set[int]) -> int:
    return sum(len(blocks[at].text) for at in places)


def _is_shared(blocks: list[Block], at: int) -> bool:
    """Whether the block's element holds its neighbour too: paragraphs divided by line breaks."""
    element = blocks[at].element
    return any(0 <= other < len(blocks) and blocks[other].element is element for other in (at - 1, at + 1))


def _is_in(block: Block, joined: str, short: set[str]) -> bool:
    plain = letters(block.text)
    return bool(plain) and (plain in joined if len(plain) >= SHORT else plain in short)
