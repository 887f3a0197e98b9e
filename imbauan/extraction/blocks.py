"""Reads a container block by block: every paragraph that a reader sees, in order, with what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

BLOCKS = frozenset(
    """address article blockquote body caption center dd details dir div dl dt fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead title tr
    ul""".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SILENT = frozenset("script style noscript template iframe object embed svg math canvas head title textarea select".split())
RELATED = re.compile(
    r"(?i)^[\W_]*(?:baca|simak|lihat|tonton|cek)\s*(?:juga|pula|lainnya)\b|^[\W_]*(?:also\s+read|read\s+also)\b"
)
"""The beginning of a line that points to another article; such a line is a paragraph, which deduplication drops."""
_SPACES = re.compile(r"\s+")
_BREAK = "\x00"
_CELL = "\x01"
_ENDS = re.compile(r"[.!?:;)\]\"”’»…]\s*$")
_STARTS = re.compile(r"^\s*(?:[A-Z0-9\"“‘«(\[•*–—-]|$)")
_LAYOUT_TEXT = 400
_LABEL_LENGTH = 20
"""Letters from which an inline "Baca juga" holds its link too; a shorter one is the label of what follows it."""


@dataclass(slots=True)
class Block:
    """A paragraph as read: `linked` is the share of its letters in links, `element` its innermost block."""

    text: str
    tag: str
    element: HtmlElement
    linked: float = 0.0

    @property
    def is_related(self) -> bool:
        """Whether it points to another article ("Baca juga: …")."""
        return bool(RELATED.match(self.text))


def read_blocks(container: HtmlElement) -> list[Block]:
    """Text of each innermost block, in order; inline text between blocks is a paragraph of its own."""
    return list(_Reader(container).read())


class _Reader:
    def __init__(self, container: HtmlElement) -> None:
        self.container = container
        self.data_tables = _data_tables(container)
        self.owners: list[HtmlElement] = [container]
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0
        self.rows = 0

    def read(self) -> Iterator[Block]:
        # An explicit stack: pages nest deeper than Python recurses.
        stack: list[tuple[HtmlElement, bool]] = [(self.container, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                yield from self._leave(element)
                continue
            if not isinstance(element.tag, str) or element.tag in SILENT:
                self._add(element.tail)
                continue
            yield from self._enter(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))

    def _enter(self, element: HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if self.rows and tag in ("td", "th"):
            self.pieces.append(_CELL)
        elif self._divides(element):
            yield from self._close()
            self.owners.append(element)
        elif _is_inline_related(element):
            yield from self._close()
        if element in self.data_tables:
            self.rows += 1
        if tag == "br":
            self.pieces.append(_BREAK)
        if tag == "a":
            self.links += 1
        self._add(element.text)

    def _leave(self, element: HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag == "a":
            self.links -= 1
        if self._divides(element) and not (self.rows and tag in ("td", "th")):
            yield from self._close()
            self.owners.pop()
        elif _is_inline_related(element) and len(element.text_content().strip()) > _LABEL_LENGTH:
            yield from self._close()
        if element in self.data_tables:
            self.rows -= 1
        if element is not self.container:
            self._add(element.tail)

    def _divides(self, element: HtmlElement) -> bool:
        if self.rows and element.tag not in ("table", "tr"):
            return False
        return element.tag in BLOCKS

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text)

    def _close(self) -> Iterator[Block]:
        raw = "".join(self.pieces)
        owner = self.owners[-1]
        share = self.linked / max(1, len(raw)) if self.linked else 0.0
        self.pieces.clear()
        self.linked = 0
        for line in _lines(raw):
            yield Block(line, owner.tag, owner, share)


def _lines(raw: str) -> list[str]:
    """The text between two block borders, divided where line breaks divide paragraphs."""
    if _CELL in raw:
        cells = (_SPACES.sub(" ", cell.replace(_BREAK, " ")).strip() for cell in raw.split(_CELL))
        row = " | ".join(cell for cell in cells if cell)
        return [row] if row else []
    parts = [_SPACES.sub(" ", part).strip() for part in raw.split(_BREAK)]
    lines: list[str] = []
    apart = True
    for part in parts:
        if not part:
            apart = True
            continue
        if apart or _divided(lines[-1], part):
            lines.append(part)
        else:
            lines[-1] += " " + part
        apart = False
    return lines


def _divided(before: str, after: str) -> bool:
    """Whether a single break divides two paragraphs: the first has ended, or one of them is a line of its own."""
    if RELATED.match(after) or RELATED.match(before) or _LABEL.match(after) or _LABEL.match(before):
        return True
    return bool(_ENDS.search(before) and _STARTS.match(after))


_LABEL = re.compile(r"(?i)^\W*(?:pewarta|penulis|editor|reporter|kontributor|copyright|sumber|foto|rep|red)\s*[:©]|^copyright\b|^©")


def _is_inline_related(element: HtmlElement) -> bool:
    """A "Baca juga" that stands inside a paragraph, in an element of its own."""
    if element.tag not in ("span", "b", "strong", "em", "i", "a", "u", "font"):
        return False
    text = element.text or ""
    if not text.strip() and len(element) and isinstance(element[0].tag, str):
        text = element[0].text or ""
    return bool(RELATED.match(text))


def _data_tables(container: HtmlElement) -> set[HtmlElement]:
    """Tables of data; a table is layout where a cell holds long text, paragraphs, breaks or a table."""
    return {table for table in container.iter("table") if not is_layout(table)}


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only puts text in place."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = 0
    for cell in table.iter("td"):
        cells += 1
        if len(cell.findall(".//p")) + len(cell.findall(".//br")) >= 3 or len(cell.text_content()) > _LAYOUT_TEXT:
            return True
    return cells <= 1
