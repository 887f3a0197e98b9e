"""A second opinion on the text: what a page says of its article in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from imbauan.extraction.blocks import read_blocks
from imbauan.extraction.tree import fragment

_KEYS = frozenset(
    "articlebody body content contents text isi konten description detail html article_body deskripsi".split()
)
_TAGS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_MAX_VALUES = 50_000


def stated_lines(text: str) -> list[str]:
    """Paragraphs of an `articleBody`: HTML, lines, or one long line."""
    if _TAGS.search(text):
        tree = fragment(text)
        return [block.text for block in read_blocks(tree)] if tree is not None else []
    lines = [" ".join(line.split()) for line in re.split(r"\n+|\s{3,}", text)]
    return [line for line in lines if line]


def embedded_body(tree: HtmlElement, least: int) -> list[str]:
    """The longest article-like text in the data that a script page carries (`__NEXT_DATA__` and its like)."""
    best: tuple[int, str] = (least, "")
    for script in tree.xpath("//script[@type='application/json' or @id='__NEXT_DATA__' or @id='__NUXT_DATA__']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for key, value in _strings(data):
            weight = len(value) * (2 if key.lower() in _KEYS or _TAGS.search(value) else 1)
            if weight > best[0] and value.count(" ") > len(value) / 15:
                best = (weight, value)
    return stated_lines(best[1])


def letters(text: str) -> str:
    """Letters and digits only, case folded: how texts are compared across markups."""
    return "".join(filter(str.isalnum, text)).casefold()


def coverage(wanted: list[str], lines: list[str]) -> float:
    """Share of the word five-grams of the wanted lines that stand in the given ones."""
    want, have = _grams(wanted), _grams(lines)
    return len(want & have) / len(want) if want else 1.0


def _grams(lines: list[str]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(lines).casefold())
    return {tuple(words[at : at + 5]) for at in range(max(1, len(words) - 4))} if words else set()


def _strings(data: Any) -> Iterator[tuple[str, str]]:
    stack: list[tuple[str, Any]] = [("", data)]
    seen = 0
    while stack and seen < _MAX_VALUES:
        key, value = stack.pop()
        seen += 1
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            stack.extend((str(name), part) for name, part in value.items())
        elif isinstance(value, list):
            stack.extend((key, part) for part in value)
