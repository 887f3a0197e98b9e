"""Parse a page into a tree, however it is written."""

from __future__ import annotations

import re

import lxml.html
from lxml.html import HtmlElement

# Character references to surrogates or beyond Unicode make lxml lose the text around them.
_BAD_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,10}));?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WRAPPER = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|em|strong|center|blockquote|section|table|tbody|tr|td|ul|ol)\b[^<>]*>", re.I
)
MAX_DEPTH = 200
"""Wrappers nested deeper carry no layout anybody meant; libxml2 gives up at 256, and with them goes the text."""


def parse(html: str) -> HtmlElement | None:
    """The tree of a page, or none where there is nothing in it."""
    html = _BAD_REFERENCE.sub(_valid_reference, _CONTROL.sub("", _XML_DECLARATION.sub("", html)))
    if not html.strip():
        return None
    try:
        return lxml.html.document_fromstring(_flatten(html), parser=_parser())
    except (lxml.etree.ParserError, ValueError):
        return None


def fragment(html: str) -> HtmlElement | None:
    """The tree of a piece of HTML, under one `div`."""
    return parse(f"<html><body><div>{html}</div></body></html>")


def class_and_id(element: HtmlElement) -> str:
    """Class names and id of an element, divided by spaces."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)


def _flatten(html: str) -> str:
    """The page less the tags of wrappers nested deeper than `MAX_DEPTH`; linear, and the usual page is untouched."""
    if html.count("<") < MAX_DEPTH:
        return html
    depth = 0
    deep: list[tuple[int, int]] = []
    for match in _WRAPPER.finditer(html):
        if not match.group(1):
            depth += 1
        if depth > MAX_DEPTH:
            deep.append(match.span())
        if match.group(1):
            depth = max(0, depth - 1)
    if not deep:
        return html
    parts, at = [], 0
    for start, end in deep:
        parts.append(html[at:start])
        at = end
    return " ".join([*parts, html[at:]])


def _valid_reference(match: re.Match[str]) -> str:
    number = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    bad = number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number == 0
    return "\ufffd" if bad else match.group()
