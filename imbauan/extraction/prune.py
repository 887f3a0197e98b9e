"""Removes the boxes of a page that are no part of its article: share bars, comments, related lists, sidebars."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from imbauan.extraction.blocks import HEADINGS
from imbauan.extraction.columns import narrow_columns
from imbauan.extraction.hints import hints
from imbauan.extraction.lines import RELATED
from imbauan.extraction.tree import class_and_id

_KEPT = frozenset("html body main article".split())
_BOXES = frozenset("div section ul".split())
_PEOPLE = frozenset("author publisher comment".split())
_HEADING = 60
LARGE = 0.6
"""Share of the text from which a box is not believed to be furniture, whatever it is called."""
_LABELLED = 300
"""Letters up to which a box that begins with "Baca juga" is a line of the body, told as a paragraph."""


def prune(tree: HtmlElement, bodies: Iterable[HtmlElement]) -> None:
    """Remove the boxes in place; what holds the page's heading, a named body or most of the text stays."""
    for element in list(tree.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    guarded = _guarded(tree, bodies)
    total = len(tree.text_content())
    for column in narrow_columns(tree):
        if column not in guarded:
            _drop(column, total)
    tags = hints().remove_tags
    stack = list(tree)
    while stack:
        element = stack.pop()
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag not in _KEPT and element not in guarded:
            # A paragraph's id is made of its first words.
            names = element.get("class") or "" if tag == "p" else class_and_id(element)
            named = element.attrib and (_is_box_name(names) or _is_hidden(element) or _tells_of(element))
            if (tag in tags or named or _is_headed_elsewhere(element)) and _drop(element, total):
                continue
        stack.extend(element)


@lru_cache(maxsize=20_000)
def _is_box_name(names: str) -> bool:
    return bool(names) and hints().remove.search(f" {names} ") is not None


def _tells_of(element: HtmlElement) -> bool:
    """Whether microdata says that a box tells of the author or the outlet; read before, as metadata."""
    return element.get("itemprop") in _PEOPLE


def _is_headed_elsewhere(element: HtmlElement) -> bool:
    """Whether a box begins with a heading that announces other articles: "Rekomendasi"."""
    if element.tag not in _BOXES or len(element) < 2 or (element.text or "").strip():
        return False
    first = element[0]
    if first.tag not in HEADINGS:
        return False
    text = " ".join(first.text_content().split())
    return 0 < len(text) < _HEADING and hints().residue["related-heading"].search(text) is not None


def _drop(element: HtmlElement, total: int) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    text = element.text_content().strip()
    if len(text) > LARGE * total or (len(text) < _LABELLED and RELATED.match(text) and element.tag != "ul"):
        return False
    tail = element.tail
    if tail and tail.strip():
        before = element.getprevious()
        if before is not None and before.tag == "p" and _goes_on(before, tail):
            # A parser closes the paragraph before a box that stands in its middle.
            last = before[-1] if len(before) else None
            if last is None:
                before.text = (before.text or "") + " " + tail
            else:
                last.tail = (last.tail or "") + " " + tail
        elif before is not None:
            before.tail = (before.tail or "") + " " + tail
        else:
            parent.text = (parent.text or "") + " " + tail
    parent.remove(element)
    return True


def _goes_on(paragraph: HtmlElement, tail: str) -> bool:
    """Whether a paragraph ends within a sentence that what follows the box goes on with."""
    text = paragraph.text_content().rstrip()
    return bool(text) and tail.lstrip()[0].islower() and not text.endswith((".", "!", "?", '"', "”", ":"))


def _guarded(tree: HtmlElement, bodies: Iterable[HtmlElement]) -> set[HtmlElement]:
    """Elements that hold the page's heading or a body that says so: never a box."""
    guarded: set[HtmlElement] = set()
    for element in tree.iter("h1"):
        guarded.add(element)
        guarded.update(element.iterancestors())
    for element in bodies:
        guarded.add(element)
        guarded.update(element.iterancestors())
    return guarded


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is None and element.get("aria-hidden") != "true":
        style = element.get("style")
        if not style or "none" not in style or "display:none" not in style.replace(" ", "").lower():
            return False
    # A second copy of the body may be hidden from some readers; deduplication accounts for it.
    return len(element.text_content()) < _LABELLED
