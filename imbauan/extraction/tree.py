"""Parse a page and mend the structures that hide its article from trafilatura."""

from __future__ import annotations

import re

import lxml.html
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

BLOCKS = frozenset(
    """address article blockquote center dd div dl dt fieldset figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section
    table tbody td th thead tr ul""".split()
)
# Character references to surrogates or beyond Unicode make lxml lose the text around them.
_BAD_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,10}));?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LAYOUT_TEXT = 400


def decode(body: bytes, encoding: str | None = None) -> str:
    """Text of a page by its byte order mark, its own bytes, HTTP charset, meta charset, or UTF-8; never raises.

    Bytes that are UTF-8 with letters beyond ASCII are UTF-8 whatever is stated: by chance that does not happen.
    """
    header = f"text/html; charset={encoding}" if encoding else None
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")) and not body.isascii():
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    stated, text = html_to_unicode(header, body, default_encoding="utf-8")
    # Stated as UTF-8, and most of what is not ASCII is not: old templates are in the Windows charset.
    if stated == "utf-8" and (broken := text.count("\ufffd")) and 2 * broken > sum(byte > 127 for byte in body):
        return body.decode("cp1252", "replace")
    return str(text)


def parse(html: str) -> HtmlElement | None:
    """The tree of a page, or none where there is nothing in it."""
    html = _BAD_REFERENCE.sub(_valid_reference, _CONTROL.sub("", _XML_DECLARATION.sub("", html)))
    if not html.strip():
        return None
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=False, remove_comments=True))
    except (lxml.etree.ParserError, ValueError):
        return None
    return tree


def mend(tree: HtmlElement) -> None:
    """Turn layout tables into blocks and lines divided by double `<br>` into paragraphs, in place."""
    _unwrap_layout_tables(tree)
    for element in list(tree.iter("div", "td", "article", "section", "p", "span", "font", "main")):
        if sum(1 for child in element if child.tag == "br") >= 2 and _has_double_break(element):
            _split_at_breaks(element)


def _valid_reference(match: re.Match[str]) -> str:
    number = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    bad = number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number == 0
    return "\ufffd" if bad else match.group()


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """A table is layout where a cell holds long text, blocks, breaks or a table; data tables stay."""
    for table in list(tree.iter("table")):
        if any(_is_layout_cell(cell) for cell in table.iter("td")):
            for part in table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
                part.tag = "div"


def _is_layout_cell(cell: HtmlElement) -> bool:
    if next(cell.iter("table"), None) is not None or len(cell.findall(".//p")) + len(cell.findall(".//br")) >= 3:
        return True
    return len(cell.text_content()) > _LAYOUT_TEXT


def _has_double_break(element: HtmlElement) -> bool:
    return any(
        child.tag == "br"
        and not (child.tail or "").strip()
        and (after := child.getnext()) is not None
        and after.tag == "br"
        for child in element
    )


def _split_at_breaks(element: HtmlElement) -> None:
    """Group the inline content between double breaks in `<p>`; single breaks become spaces, blocks stay."""
    parts: list[HtmlElement] = []
    current = lxml.html.Element("p")
    current.text = element.text

    def close() -> None:
        nonlocal current
        if len(current) or (current.text or "").strip():
            parts.append(current)
        current = lxml.html.Element("p")

    children = list(element)
    element.text = None
    skip = False
    for index, child in enumerate(children):
        tail, child.tail = child.tail, None
        element.remove(child)
        if child.tag == "br":
            following = children[index + 1] if index + 1 < len(children) else None
            double = not (tail or "").strip() and following is not None and following.tag == "br"
            if double or skip:
                close()
            skip = double
            _append_text(current, f" {tail or ''}")
        elif child.tag in BLOCKS:
            close()
            parts.append(child)
            _append_text(current, tail or "")
        else:
            current.append(child)
            child.tail = tail
    close()
    wrapper = element
    if element.tag in ("p", "span", "font"):
        wrapper.tag = "div"
    for part in parts:
        wrapper.append(part)


def _append_text(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
