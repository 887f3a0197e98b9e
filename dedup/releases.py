"""Whether two pages carry the same release, by the words of the paragraphs that they have in common."""

from __future__ import annotations

COMMON = 0.5
"""Share of the words of the shorter page that must stand in the longer: a cut or a lengthened copy counts."""
LEAST_WORDS = 10
"""Common words under which two pages are one release only where nearly all of both is common."""
NEARLY_ALL = 0.8
VARIANTS = 0.5
"""Words that state other facts, as a share of the common ones, up to which it is still one release: an outlet prints a
wrong day; next week's report changes more."""


def share(common: int, words: int, others: int) -> float:
    """The share of common words in the page where it is larger, 0 to 1."""
    return common / max(1, min(words, others))


def is_same_release(common: int, variant: int, words: int, others: int) -> bool:
    """Whether pages of `words` and `others` words, with so many in common and so many in variants, are one release."""
    if common < LEAST_WORDS and common < NEARLY_ALL * max(words, others):
        return False
    return share(common, words, others) >= COMMON and variant <= VARIANTS * common
