"""What a person types into a search box, as an FTS5 query that can't fail."""

from __future__ import annotations

import re

_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"\w")


def parts(search: str) -> list[str]:
    """Words and quoted phrases; what holds no letter or digit is left out."""
    found = (match[1] if match[1] is not None else match[2] for match in _PART.finditer(search.replace("\0", " ")))
    return [part for part in found if _WORD.search(part)]


def match_expression(search: str) -> str:
    """An FTS5 expression that all words and phrases must fulfil; empty where there is no word.

    Each part is an FTS5 string, so `COVID-19`, `a:b`, `NOT` and a lone quote are words like any other.
    """  # fmt: skip
    return " ".join(f'"{part}"' for part in parts(search))
