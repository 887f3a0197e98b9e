"""The words that were searched for, marked where they stand."""

from __future__ import annotations

import re

from imbauan.export.words import parts

AROUND = 150
"""Characters shown before and after the first match of a text."""

Piece = tuple[bool, str]
"""(whether it is a match, text)"""


def marked(text: str, words: str) -> list[Piece]:
    """The text in pieces, matches marked."""
    pattern = _pattern(words)
    if pattern is None:
        return [(False, text)]
    return [(bool(place % 2), piece) for place, piece in enumerate(pattern.split(text)) if piece]


def excerpt(text: str, words: str, length: int = 2 * AROUND) -> list[Piece]:
    """The surroundings of the first match; the beginning of the text where none is found."""
    pattern = _pattern(words)
    found = pattern.search(text) if pattern else None
    start = max(0, found.start() - AROUND) if found else 0
    if start:
        start = text.find(" ", start, start + 30) + 1 or start
    end = start + length
    if end < len(text):
        end = text.rfind(" ", start + length - 30, end) if " " in text[start + length - 30 : end] else end
    cut = text[start:end].replace("\n", " ")
    return marked(("… " if start else "") + cut + (" …" if end < len(text) else ""), words)


def _pattern(words: str) -> re.Pattern[str] | None:
    tokens = [r"\W+".join(map(re.escape, re.findall(r"\w+", part))) for part in parts(words)]
    return re.compile(rf"\b({'|'.join(sorted(tokens, key=len, reverse=True))})\b", re.I) if tokens else None
