"""What a word of a paragraph is."""

from __future__ import annotations

from dataclasses import dataclass

FUNCTION, SAY, NEGATION, NUMBER, VAGUE, MEASURE, WEEKDAY, MONTH, PART, TITLE, NAME, WORD, STATE = range(13)
"""What a word is. Numbers to days are facts by themselves, names by their capital; `STATE` are function words that have an
opposite (masih and sudah, dari and ke, dan and atau), which count for nothing but that."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a paragraph."""

    key: str
    """The form in which it is compared."""
    kind: int
    plain: str
    """Its letters, lower case, for comparing spellings."""
    capital: bool = False
    """Whether it has a capital that the head of a sentence does not explain."""
    marks: frozenset[str] = frozenset()
    """The `STATE` words before it: how far it has come, where from or where to, with what it is joined."""
    further: bool = False
    """Whether it is a further word of an abbreviation that was written out."""
