"""Says what an article is, which police unit speaks, who for it, where and about what."""

from __future__ import annotations

import re

from imbauan.extraction.hints import residue_of
from imbauan.items import Article, Description

from .advice import advice_sentences, channels_of
from .kinds import kind_of
from .people import officers, quoted_people
from .topics import topics_of
from .units import dateline_region, polda_of, region_of_place, region_of_unit, speaking_unit

RELATED = re.compile(
    r"(?i)^\W*(?:baca|simak|lihat|tonton)\s+(?:juga|pula)\b|^\W*(?:berita|artikel)\s+(?:terkait|lainnya)\b"
)

MOST_CHARACTERS, MOST_OF_A_PARAGRAPH = 30_000, 4_000
"""What is read of an article, and of one paragraph: several times the longest real one, so that no page costs more than a moment."""

ALONE = -3.0
"""Points from which the only officer who is named speaks for the police."""

HEADQUARTERS, CAPITAL = "Polri", "ID-JK"

MOST_OF_A_LINE = 400
"""Characters up to which a paragraph may be furniture."""

__all__ = ["describe"]


def describe(article: Article, source_region: str | None = None, official: bool = False) -> Description:
    """Describe an article; `source_region` (ISO 3166-2) and `official` are the outlet's. Pure: the same in, the same out."""
    paragraphs = _read(article.paragraphs)
    people = officers(paragraphs)
    kind, evidence = kind_of(article.title, paragraphs, people, official)
    place = dateline_region(paragraphs[0]) if paragraphs else None
    if kind == "other":
        return Description(kind, region=place or source_region, evidence=evidence)
    speaker = people[0] if people and people[0].points > (ALONE if len(people) == 1 else 0) else None
    unit = speaking_unit(article.title, paragraphs, speaker.unit if speaker else None)
    if unit is None and official:
        unit = polda_of(source_region)
    told = [article.title, *paragraphs]
    if unit == HEADQUARTERS:
        # It speaks in the capital of what happened elsewhere.
        place, told = place if place != CAPITAL else None, told[:2]
    region = (region_of_unit(unit, place or source_region) if unit else None) or place or region_of_place(told)
    topics = topics_of(article.title, paragraphs)
    return Description(
        kind,
        unit=unit,
        region=region or (source_region if unit != HEADQUARTERS else None),
        topic=topics[0],
        spokesperson=speaker.name if speaker else None,
        topics=topics,
        advice=advice_sentences(paragraphs) if kind == "advisory" else [],
        channels=channels_of(paragraphs),
        quoted=quoted_people(paragraphs, people),
        evidence=evidence,
    )


def _read(paragraphs: list[str]) -> list[str]:
    """The statements of an article, each once, as far as they are read."""
    read: list[str] = []
    left = MOST_CHARACTERS
    for text in dict.fromkeys(text[:MOST_OF_A_PARAGRAPH] for text in paragraphs):
        if left <= 0:
            break
        if _is_statement(text):
            read.append(text[:left])
            left -= len(text)
    return read


def _is_statement(text: str) -> bool:
    """Whether a paragraph is the article's: no link to another, no byline, no furniture (which is short)."""
    return bool(text.strip()) and (len(text) > MOST_OF_A_LINE or not (RELATED.match(text) or residue_of(text)))
