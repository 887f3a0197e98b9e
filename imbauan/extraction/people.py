"""Who wrote and who edited an article, as its page prints or states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from imbauan.extraction.blocks import Block

_NAME = r"[^\n|/:•·]{3,60}?"
_END = r"(?=\s*(?:[|/•·\n]|\beditor\b|\bcopyright\b|\bfoto\b|©|-\s|\d|$))"
_AUTHOR = re.compile(
    rf"^\W*(?:(?:pewarta|penulis|reporter|wartawan|jurnalis|laporan|kontributor|oleh|by|rep)\s*[:：]|(?:pewarta|oleh)(?=\s+(?-i:[A-Z])))\s*({_NAME}){_END}",
    re.I,
)
_EDITOR = re.compile(rf"\b(?:editor|penyunting|redaktur|red)\s*[:：]\s*({_NAME}){_END}", re.I)
_NOBODY = re.compile(
    r"^(?:admin\w*|administrator|redaksi\w*|tim redaksi|editor.*|https?:.*|humas\w*|user\d*|author|penulis|web\s?master|super\s?admin|root|-+)$",
    re.I,
)
_SPACES = re.compile(r"\s+")
_XPATH = (
    "//*[@rel='author'] | //*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(*)] | "
    "//*[contains(concat(' ', @class, ' '), ' author ')]//a | //*[contains(concat(' ', @class, ' '), ' fn ')]"
)


def author_of(tree: HtmlElement, blocks: list[Block], linked: dict[str, Any], meta: dict[str, str]) -> str | None:
    """The author: the printed byline first, as ANTARA's JSON-LD names the editor as the author."""
    return _printed(_AUTHOR, blocks) or _stated(linked, meta) or _marked(tree)


def editor_of(blocks: list[Block], linked: dict[str, Any]) -> str | None:
    """The editor, printed or stated."""
    return _printed(_EDITOR, blocks) or next(_names(linked.get("editor")), None)


def _printed(pattern: re.Pattern[str], blocks: list[Block]) -> str | None:
    for block in blocks:
        if len(block.text) < 200 and (match := pattern.search(block.text)):
            name = _SPACES.sub(" ", match.group(1)).strip(" .-,")
            if len(name) > 2 and not _NOBODY.match(name) and len(name.split()) <= 6:
                return str(name)
    return None


def _stated(linked: dict[str, Any], meta: dict[str, str]) -> str | None:
    for value in (linked.get("creator"), linked.get("author"), meta.get("author"), meta.get("article:author")):
        if name := next(_names(value), None):
            return name
    return None


def _names(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else [value]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, str) and 2 < len(name.strip()) < 80 and not _NOBODY.match(name.strip()):
            yield _SPACES.sub(" ", name).strip()


def _marked(tree: HtmlElement) -> str | None:
    for element in tree.xpath(_XPATH):
        name = _SPACES.sub(" ", element.text_content()).strip()
        if 2 < len(name) < 60 and not _NOBODY.match(name):
            return name
    return None
