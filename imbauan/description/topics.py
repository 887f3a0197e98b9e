"""Finds what an article is about."""

from __future__ import annotations

import re
from functools import cache

from .rules import rules


@cache
def _topics() -> list[tuple[str, int, re.Pattern[str]]]:
    return [
        (topic["name"], topic["weight"], re.compile(rf"\b(?:{'|'.join(topic['words'])})\b"))
        for topic in rules("topics")["topic"]
    ]


def topics_of(title: str, paragraphs: list[str]) -> list[str]:
    """The topics that have enough points, most first; `other` alone where none has."""
    title, lead, body = title.lower(), " ".join(paragraphs[:1]).lower(), " ".join(paragraphs[1:]).lower()
    limits = rules("topics")
    points: dict[str, int] = {}
    for name, weight, words in _topics():
        hits = 3 * min(2, len(words.findall(title))) + 2 * min(3, len(words.findall(lead)))
        points[name] = weight * (hits + min(6, len(words.findall(body))))
    ranked = sorted(points, key=lambda name: -points[name])
    most = points[ranked[0]]
    if most < limits["least"]:
        return ["other"]
    return [name for name in ranked[: limits["most"]] if points[name] >= max(limits["least"], limits["share"] * most)]
