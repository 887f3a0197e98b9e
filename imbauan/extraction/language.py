"""The language of a text, by its function words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 4
"""Hits under which a text is too short to tell."""
_SAMPLE = 4000


def language_of(paragraphs: list[str], stated: str | None, outlet: str | None) -> str | None:
    """BCP 47 code: what the words say, else what the page states, else the outlet's; themes often state `en`."""
    words = _WORD.findall(" ".join(paragraphs)[:_SAMPLE].lower())
    hits = {code: sum(word in known for word in words) for code, known in _words().items()}
    best = max(hits, key=lambda code: (hits[code], code == "id"))
    if hits[best] >= _LEAST and hits[best] >= 0.06 * len(words):
        if best == "ms" and hits["ms"] - hits["id"] < 4:
            return "id"
        return best
    return stated or outlet


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("imbauan").joinpath("data/languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in data["words"].items()}
