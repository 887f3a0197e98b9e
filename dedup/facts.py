"""The fact guard: two paragraphs that differ in a fact are no duplicates, however alike they are."""

from __future__ import annotations

from collections.abc import Sequence

from dedup.alignment import Alignment
from dedup.words import (
    MEASURE, MONTH, NAME, NEGATION, NUMBER, PART, TITLE, VAGUE, WEEKDAY, Word, opposite_groups,
)  # fmt: skip

LONG_CUT = 5
"""Words in a row that are gone, from which a clause was cut and not a fact changed."""
ALWAYS = frozenset([NUMBER, VAGUE, NEGATION, NAME, WEEKDAY, MONTH])
"""Kinds that are a fact wherever the later paragraph has them and the earlier has not."""
REPLACED = frozenset([MEASURE, PART])
"""Kinds that are a fact only where one took another's place: "WIB" added to a time is none."""
RANKS = frozenset(
    "jenderal komisaris ajun inspektur brigadir bripka briptu bripda aiptu aipda iptu ipda akbp akp kompol kombes".split()
)


def differing_facts(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> tuple[str, ...]:
    """The words that make a later paragraph (`words`) state other facts than an earlier one; empty where it adds none."""
    facts = [words[place].plain for place in found.swapped]
    facts += [words[place].plain for place in found.new if _is_new_fact(place, found, words, others)]
    facts += [others[place].plain for place in found.gone if _is_lost_fact(place, found, others)]
    for place, change in found.new.items():
        for other, other_change in found.gone.items():
            if _are_opposites(words[place], others[other]) or (
                change == other_change and words[place].kind == others[other].kind and words[place].kind in REPLACED
            ):
                facts += [words[place].plain, others[other].plain]
    return tuple(dict.fromkeys(facts))


def _is_new_fact(place: int, found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> bool:
    word = words[place]
    if word.kind not in ALWAYS:
        return False
    rivals = {others[other].kind for other, change in found.gone.items() if change == found.new[place]}
    if word.kind == NAME:
        return not _is_fuller_name(place, found, words, others, rivals)
    if word.kind == WEEKDAY:
        return WEEKDAY in rivals or not _near(place, found, words, {NUMBER, MONTH})
    if word.kind == NUMBER and NUMBER not in rivals:
        return not _is_fuller_date(place, found, words)
    return True


def _is_fuller_date(place: int, found: Alignment, words: Sequence[Word]) -> bool:
    """A year after a date, or the day and month after a weekday, where the earlier paragraph has none at that place."""
    key = words[place].key
    if not key.isdecimal():
        return False
    if len(key) == 4 and key[:2] in ("19", "20"):
        return any(
            words[at].kind in (NUMBER, MONTH) and int(words[at].key) <= 31 if words[at].key.isdecimal() else words[at].kind == MONTH
            for at in range(max(0, place - 2), place)
        )
    return int(key) <= 31 and any(words[at].kind == WEEKDAY and at in found.matched for at in range(max(0, place - 3), place))


def _is_fuller_name(place: int, found: Alignment, words: Sequence[Word], others: Sequence[Word], rivals: set[int]) -> bool:
    """A name that the earlier paragraph states elsewhere, or one more part of a person's name that it has."""
    word = words[place]
    if any(word.plain == other.plain for other in others):
        return True
    if NAME in rivals or opposite_groups(word):
        return False
    beside = any(at in found.matched and words[at].kind == NAME for at in (place - 1, place + 1) if 0 <= at < len(words))
    ranked = any(words[at].kind == TITLE or words[at].plain in RANKS for at in range(max(0, place - 4), place))
    return beside and ranked


def _is_lost_fact(place: int, found: Alignment, others: Sequence[Word]) -> bool:
    """A negation or its like that is gone, unless a whole clause went with it."""
    if others[place].kind != NEGATION:
        return False
    change = found.gone[place]
    return sum(other == change for other in found.gone.values()) < LONG_CUT


def _near(place: int, found: Alignment, words: Sequence[Word], kinds: set[int]) -> bool:
    return any(
        at in found.matched and words[at].kind in kinds for at in range(max(0, place - 3), min(len(words), place + 4))
    )


def _are_opposites(word: Word, other: Word) -> bool:
    return word.key != other.key and bool(opposite_groups(word) & opposite_groups(other))
