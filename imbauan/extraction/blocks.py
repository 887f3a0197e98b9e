"""Reads a container block by block: every paragraph that a reader sees, in order, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from imbauan.extraction.lines import BREAK, CELL, ENDS, LABEL_LENGTH, RELATED, divided_lines

BLOCKS = frozenset(
    """address article blockquote body caption center dd details dir div dl dt fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead title tr
    ul""".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SILENT = frozenset(
    "script style noscript template iframe object embed svg math canvas head title textarea select".split()
)
_INLINE = frozenset("span b strong em i a u font".split())
_SPANS = frozenset("span small".split())
_LAYOUT_TEXT = 400
_TITLE, _LISTED = 20, 3
"""Letters of a link that may be the title of an article, and so many of them in a row are a list."""
_SENTENCE = 60


@dataclass(slots=True)
class Block:
    """A paragraph as read: `linked` is the share of its letters in links, `element` its innermost block."""

    text: str
    tag: str
    element: HtmlElement
    linked: float = 0.0
    opens: bool = False
    """Whether it opens with a link."""

    @property
    def is_related(self) -> bool:
        """Whether it points to another article ("Baca juga: …")."""
        return bool(RELATED.match(self.text))


def read_blocks(container: HtmlElement) -> list[Block]:
    """Text of each innermost block, in order; inline text between blocks is a paragraph of its own."""
    return _Reader(container).read()


class _Reader:
    def __init__(self, container: HtmlElement) -> None:
        self.container = container
        self.data_tables = _data_tables(container)
        self.spans = _spans_as_blocks(container)
        self.owners: list[HtmlElement] = [container]
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.linked = [0]
        """Letters in links, by the parts between line breaks."""
        self.links = 0
        self.rows = 0
        self.preformatted = 0
        self.opens = False

    def read(self) -> list[Block]:
        # Events of a walk instead of recursion: pages nest deeper than Python recurses.
        skipped: HtmlElement | None = None
        for event, element in etree.iterwalk(self.container, events=("start", "end", "comment", "pi")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._add(element.tail)
            elif event == "start":
                if element.tag in SILENT:
                    skipped = element
                else:
                    self._enter(element, element.tag)
            elif event == "end":
                self._leave(element, element.tag)
            else:
                self._add(element.tail)
        self._close()
        _tell_lists(self.blocks)
        return self.blocks

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if element.attrib and _keeps_lines(element):
            self.preformatted += 1
        if tag in BLOCKS or element in self.spans or _is_set_as_block(element, tag):
            if self.rows and tag not in ("table", "tr"):
                if tag in ("td", "th"):
                    self.pieces.append(CELL)
            else:
                self._close()
                self.owners.append(element)
                if tag == "table" and element in self.data_tables:
                    self.rows += 1
        elif tag == "br":
            for _ in range(2 if _parts_spans(element) else 1):
                self.pieces.append(BREAK)
                self.linked.append(0)
        elif tag in _INLINE:
            if tag == "a":
                self.links += 1
            if _is_inline_related(element):
                self._close()
        if element.text:
            self._add(element.text)

    def _leave(self, element: HtmlElement, tag: str) -> None:
        if tag in BLOCKS or element in self.spans or _is_set_as_block(element, tag):
            if not self.rows or tag in ("table", "tr"):
                self._close()
                self.owners.pop()
                if tag == "table" and element in self.data_tables:
                    self.rows -= 1
        elif tag in _INLINE:
            if _is_inline_related(element) and len(element.text_content().strip()) > LABEL_LENGTH:
                self._close()
            if tag == "a":
                self.links -= 1
        if self.preformatted and element.attrib and _keeps_lines(element):
            self.preformatted -= 1
        if element is not self.container and element.tail:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            if self.links and not any(self.linked) and not any(map(str.strip, self.pieces)):
                self.opens = True
            if self.preformatted and "\n" in text:
                text, *others = text.split("\n")
                self.pieces += [text, *(part for other in others for part in (BREAK, other))]
                self.linked[-1] += len(text) if self.links else 0
                self.linked += [len(part) if self.links else 0 for part in others]
                return
            self.pieces.append(text)
            if self.links:
                self.linked[-1] += len(text)

    def _close(self) -> None:
        if not self.pieces:
            return
        raw = "".join(self.pieces)
        self.pieces.clear()
        linked, self.linked = self.linked, [0]
        opens, self.opens = self.opens, False
        if raw.isspace():
            return
        owner = self.owners[-1]
        for line, letters, whole in divided_lines(raw, linked):
            self.blocks.append(Block(line, owner.tag, owner, letters / whole, opens))


def _parts_spans(element: HtmlElement) -> bool:
    """Whether a line break stands between two spans of different classes, each a line of its own: the title, the byline."""
    before, after = element.getprevious(), element.getnext()
    if before is None or after is None or before.tag != "span" or after.tag != "span":
        return False
    apart = not (before.tail or "").strip() and not (element.tail or "").strip()
    return apart and before.get("class") != after.get("class")


def _is_set_as_block(element: HtmlElement, tag: str) -> bool:
    """Whether an inline element is shown as a paragraph of its own, by its style or by Bootstrap's class for it."""
    if tag not in _SPANS or not element.attrib:
        return False
    return "display:block" in (element.get("style") or "").replace(" ", "") or "d-block" in (element.get("class") or "")


def _keeps_lines(element: HtmlElement) -> bool:
    """Whether line breaks of the source are seen: `white-space: pre-line`, or Tailwind's class for it."""
    kept: str = element.get("style") or ""
    return "whitespace-pre" in (element.get("class") or "") or ("white-space" in kept and "pre" in kept)


def _tell_lists(blocks: list[Block]) -> None:
    """Lines that each open with a long link, side by side, are a list of other articles, whatever is told below each link."""
    for parent, run in groupby(blocks, _listed_in):
        items = list(run)
        if parent is not None and len(items) >= _LISTED:
            for item in items:
                item.linked = 1.0


def _listed_in(block: Block) -> HtmlElement | None:
    """Where a line stands that opens with what may be a title; none for another line."""
    is_item = block.opens and block.linked * len(block.text) >= _TITLE and not block.is_related
    return block.element.getparent() if is_item else None


def _spans_as_blocks(container: HtmlElement) -> set[HtmlElement]:
    """Spans that stand side by side in a box, several of them sentences and nothing between: its paragraphs."""
    found: set[HtmlElement] = set()
    for box in container.iter("div", "section", "article"):
        if len(box) > 1 and box[0].tag == "span" and not (box.text or "").strip():
            spans = [child for child in box if child.tag == "span"]
            if any((child.tail or "").strip() for child in box):
                continue
            told = [" ".join(child.text_content().split()) for child in spans]
            if sum(len(text) > _SENTENCE and bool(ENDS.search(text)) for text in told) > 1:
                found.update(spans)
    return found


def _is_inline_related(element: HtmlElement) -> bool:
    """A "Baca juga" that stands inside a paragraph, in an element of its own."""
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
