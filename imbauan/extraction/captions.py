"""The words that stand with a picture, which are no paragraph of the article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block
from imbauan.extraction.container import common_container
from imbauan.extraction.opinion import letters

LONGEST = 200
"""Letters up to which the words beside a picture are its caption."""
SHARE = 0.25
"""Share of an article's letters from which a box with a picture is no mere picture."""
_ICON = 32
"""Pixels up to which a picture is a sign and not a picture."""
_SENTENCES = re.compile(r"[.!?][\"”]?\s+[\"“]?[A-Z]")
_PARAGRAPHS = frozenset(["p", "li"])
_EMPHASIS = frozenset(["em", "i", "small", "font", "center"])
_PICTURES = ("img", "amp-img")


def without_captions(blocks: list[Block]) -> list[Block]:
    """The blocks of an article less those that share a box with a picture and nothing else."""
    container = common_container(blocks)
    if container is None or next(container.iter(*_PICTURES), None) is None:
        return blocks
    most = SHARE * sum(len(block.text) for block in blocks)
    captions: set[HtmlElement] = set()
    told = {letters(picture.get("alt") or "") for picture in container.iter(*_PICTURES)} - {""}
    for picture in container.iter(*_PICTURES):
        if _is_small(picture):
            continue
        box = _box_of(picture, container)
        if box is not None:
            inside = set(box.iter())
            words = [block for block in blocks if block.element in inside]
            if 0 < sum(len(block.text) for block in words) < most and all(map(_may_be_caption, words)):
                captions.update(block.element for block in words)
    return [
        block
        for block in blocks
        # The same words stand for the picture where it can't be seen.
        if block.element not in captions and not (len(block.text) <= LONGEST and letters(block.text) in told)
    ]


def _is_small(picture: HtmlElement) -> bool:
    """Whether it stands in a line of text: an emoji, an icon."""
    sizes = (picture.get("width") or "", picture.get("height") or "")
    name = f"{picture.get('class') or ''} {picture.get('src') or ''}".lower()
    return any(size.isdigit() and int(size) <= _ICON for size in sizes) or "emoji" in name or "icon" in name


def _box_of(picture: HtmlElement, container: HtmlElement) -> HtmlElement | None:
    """The largest box inside the article that holds a picture and few words; a paragraph only where all are set apart."""
    box: HtmlElement | None = None
    for element in picture.iterancestors():
        if element is container or len(" ".join(element.text_content().split())) > LONGEST:
            break
        if element.tag not in _PARAGRAPHS or _is_set_apart(element):
            box = element
    return box


def _is_set_apart(paragraph: HtmlElement) -> bool:
    """Whether a paragraph says something, and all in small or slanted letters."""
    own = [paragraph.text, *(child.tail for child in paragraph)]
    if any(text and text.strip() for text in own):
        return False
    return any(child.tag in _EMPHASIS and child.text_content().strip() for child in paragraph)


def _may_be_caption(block: Block) -> bool:
    return len(block.text) <= LONGEST and not _SENTENCES.search(block.text)
