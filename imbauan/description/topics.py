"""Finds what an article is about."""

from __future__ import annotations

import re
from functools import cache

from .rules import rules


@cache
def _topics() -> list[tuple[str, int, re.Pattern[str]]]:
    return [
        (topic["name"], topic["weight"], re.compile(rf"\b(?:{'|'.join(topic['words'])})\b", re.IGNORECASE))
        for topic in rules("topics")["topic"]
    ]


def topic_of(title: str, paragraphs: list[str]) -> str:
    """The topic with most points, `other` where none has enough."""
    lead, body = " ".join(paragraphs[:1]), " ".join(paragraphs[1:])
    best, most = "other", rules("topics")["least"] - 1
    for name, weight, words in _topics():
        hits = 3 * min(2, len(words.findall(title))) + 2 * min(3, len(words.findall(lead)))
        points = weight * (hits + min(6, len(words.findall(body))))
        if points > most:
            best, most = name, points
    return best
