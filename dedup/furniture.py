"""Furniture: lines that an outlet puts under page after page, told from statements that it repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dedup.fingerprints import form_hash, jaccard, shingles
from dedup.normalize import normalize

MIN_PAGES = 4
"""Pages of one outlet, nothing else in common, under which a line must stand: chance and stock phrases rarely do."""
MASKED_WORDS = 12
"""Words up to which the digits of a line are left out of the comparison: "Dibaca 1.245 kali" is one line."""
RELATED = 0.35
"""Similarity of what else stands in two pages from which they are about one thing (weekly reports reach 0.5 to 0.9)."""
COPIED = 0.5
"""Share of a page's other lines that stand in the other page, from which it is a second copy of it."""
SAMPLE = 12
"""Pages that are compared with each other, best-ranked first."""
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")


def line_key(text: str) -> int:
    """The 64-bit key by which a line is counted; in short lines numbers count as one another."""
    form = normalize(text)
    return form_hash(_DIGITS.sub("0", form) if len(form.split()) <= MASKED_WORDS else form)


def is_often(pages: int, of: int) -> bool:
    """Whether a line stands under enough pages of its outlet: four, and no fewer than the square root of all."""
    return pages >= MIN_PAGES and pages * pages >= of


def unrelated(pages: Sequence[Sequence[str]]) -> int:
    """How many of these pages, given without the line in question, have nothing in common with one another."""
    chosen: list[tuple[str, ...]] = []
    for page in map(tuple, pages[:SAMPLE]):
        if not any(_related(page, other) for other in chosen):
            chosen.append(page)
    return len(chosen)


@lru_cache(maxsize=512)  # A line's first pages are asked about again with every page that has it.
def _related(page: tuple[str, ...], other: tuple[str, ...]) -> bool:
    lines, others = {normalize(line) for line in page}, {normalize(line) for line in other}
    rest, other_rest = " ".join(lines - others), " ".join(others - lines)
    words, common = len(rest.split()), len(" ".join(lines & others).split())
    if common and words <= COPIED * (words + common):
        return True
    return bool(rest and other_rest) and jaccard(shingles(rest), shingles(other_rest)) >= RELATED
