"""Lists of links, and the teasers of other articles, which stand in and below an article and are no part of it."""

from __future__ import annotations

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block
from imbauan.extraction.container import is_prose

SHORT = 25
"""Letters under which a line says too little to be told by."""
LIST_LINKED = 0.8
"""Share of a line's letters in links from which it is a link."""
TEASER = 300
"""Letters up to which a box may be the teaser of another article."""
_BULLET_LINKED, _BULLETS = 0.5, ("•", "»", "›", "►", "*")


def cleaned(blocks: list[Block]) -> list[Block]:
    """Less the lists of links and the boxes they stand in; "Baca juga" lines stay, for deduplication to account for."""
    last = max((at for at, block in enumerate(blocks) if is_prose(block)), default=len(blocks))
    kept: list[Block] = []
    in_box = False
    teasers = _teasers(blocks)
    for at, block in enumerate(blocks):
        if block.is_related:
            kept.append(block)
        elif is_link_list(block):
            in_box = at > last
        elif not in_box and teasers.isdisjoint((block.element, _box(block))):
            kept.append(block)
    # A heading after the last paragraph is the title of a box that stood below the article.
    while kept and kept[-1].tag in HEADINGS and not kept[-1].is_related:
        kept.pop()
    return kept


def is_link_list(block: Block) -> bool:
    if block.linked < (_BULLET_LINKED if block.text.startswith(_BULLETS) else LIST_LINKED):
        return False
    return (
        block.tag in ("li", "td", "tr", *HEADINGS)
        or len(block.text) < 2 * SHORT
        or not block.text.rstrip().endswith((".", "”", '"'))
    )


def follows_link(blocks: list[Block], at: int) -> bool:
    """Whether a block stands below a linked heading in a box of their own: the teaser of another article."""
    before = blocks[at - 1] if at else None
    if before is None or before.linked < LIST_LINKED or before.is_related:
        return False
    box = blocks[at].element.getparent()
    return box is not None and (before.element.getparent() is box or box in before.element.iterancestors())


def _teasers(blocks: list[Block]) -> set[HtmlElement]:
    """Small boxes that hold a linked heading, or a link and words below it: each the teaser of another article."""
    boxes: set[HtmlElement | None] = set()
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.linked < LIST_LINKED or block.is_related:
            continue
        if block.tag in HEADINGS:
            boxes.add(_box(block))
        elif following is not None and _box(following) is block.element:
            boxes.add(block.element)
    return {box for box in boxes if box is not None and len(box.text_content()) < TEASER}


def _box(block: Block) -> HtmlElement | None:
    """What a block stands in, a link around it aside."""
    box = block.element.getparent()
    while box is not None and box.tag == "a":
        box = box.getparent()
    return box
