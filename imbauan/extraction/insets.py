"""Boxes set into the flow of an article: summaries, promotions, forms, other articles."""

from __future__ import annotations

from collections import Counter

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS, Block
from imbauan.extraction.container import is_prose

FLOW = 0.6
"""Share of an article's prose that stands side by side in one element, from which what stands in a box there is set in."""
MIN_FLOW = 3
"""Paragraphs side by side under which nothing can be told."""
INSET, MOST = 0.15, 3
"""Share of the prose, and lines, up to which a box is an inset."""
_BOXES = frozenset(["div", "section", "aside"])
_ASKING = ("form", "input", "button", "textarea")
LINKED = 0.2
"""Share of letters in links from which a box leads elsewhere."""


def without_insets(blocks: list[Block]) -> list[Block]:
    """The blocks of an article less those in named boxes beside its paragraphs that have a heading, links or a form of their own."""
    flow = _flow(blocks)
    if flow is None:
        return blocks
    boxes: dict[HtmlElement, list[Block]] = {}
    for block in blocks:
        box = _child_of(flow, block.element)
        if box is not None and box.tag in _BOXES and (box.get("class") or box.get("id")):
            boxes.setdefault(box, []).append(block)
    total = sum(len(block.text) for block in blocks)
    alike = Counter(box.get("class") for box in boxes)
    dropped: set[int] = set()
    for box, inside in boxes.items():
        if sum(len(block.text) for block in inside) > INSET * total:
            continue
        # Boxes of one class, each with a heading, are sections of the article.
        headed = 1 < len(inside) <= MOST and inside[0].tag in HEADINGS and alike[box.get("class")] == 1
        if headed or _leads_elsewhere(box, inside):
            dropped.update(id(block) for block in inside if not block.is_related)
    return [block for block in blocks if id(block) not in dropped]


def _flow(blocks: list[Block]) -> HtmlElement | None:
    """The element whose own children are most of the paragraphs."""
    letters: Counter[HtmlElement] = Counter()
    number: Counter[HtmlElement] = Counter()
    for block in blocks:
        parent = block.element.getparent()
        if block.tag == "p" and is_prose(block) and parent is not None:
            letters[parent] += len(block.text)
            number[parent] += 1
    if not letters:
        return None
    flow, size = letters.most_common(1)[0]
    prose = sum(len(block.text) for block in blocks if is_prose(block))
    return flow if size >= FLOW * prose and number[flow] >= MIN_FLOW else None


def _child_of(flow: HtmlElement, element: HtmlElement) -> HtmlElement | None:
    """The child of the flow that an element stands in, or is."""
    while element is not None and element.getparent() is not flow:
        element = element.getparent()
    return element


def _leads_elsewhere(box: HtmlElement, inside: list[Block]) -> bool:
    """Whether a box asks for something, or much of it is links."""
    if next(box.iter(*_ASKING), None) is not None:
        return True
    return sum(block.linked * len(block.text) for block in inside) >= LINKED * sum(len(block.text) for block in inside)
