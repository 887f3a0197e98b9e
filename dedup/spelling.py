"""Whether two words are one word in two spellings: a slip of typing, or letters that Indonesian writes both ways."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

# Old and new spelling, and names as outlets write them: Mulia/Mulya, Soeharto/Suharto, Achmad/Ahmad, Rizky/Rizki.
_BOTH_WAYS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("ch", "h"), ("kh", "h"), ("ph", "f"), ("v", "f"), ("th", "t"),
    ("dh", "d"), ("y", "i"), ("q", "k"), ("x", "ks"), ("z", "s"), ("ii", "i"),
)  # fmt: skip
# Verbs from Dutch end both ways: terisolir, terisolasi.
_DUTCH = re.compile(r"(?<=....)ir$")
_DOUBLED = re.compile(r"(.)\1")
MIN_SLIP = 4
"""Letters from which one slip of typing leaves a common word the same; shorter ones become another word."""
MIN_TWO_SLIPS, MOST_SLIPS = 9, 2
MIN_NAME = 6
"""Letters from which a letter left out, doubled or swapped leaves a name the same."""


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """A word with letters that are written both ways made one."""
    for one, other in _BOTH_WAYS:
        word = word.replace(one, other)
    return _DOUBLED.sub(r"\1", word)


def same_name(left: str, right: str) -> bool:
    """Whether two names are one: spelt both ways, or a letter left out or swapped. A replaced letter is another name."""
    if min(len(left), len(right)) < MIN_SLIP:
        return left == right  # initials, and short names, have no spellings
    if folded(left) == folded(right):
        return True
    if min(len(left), len(right)) < MIN_NAME:
        return False
    return (
        left[0] == right[0] and (len(left) != len(right) or sorted(left) == sorted(right)) and slips(left, right) == 1
    )


def same_spelling(left: str, right: str) -> bool:
    """Whether two common words are one: spelt both ways, or a slip of typing, two in a long word."""
    shorter = min(len(left), len(right))
    if left[:-1] == right[:-1] and {left[-1:], right[-1:]} == {"a", "i"}:
        return False  # siswa, siswi: a man and a woman
    if folded(left) == folded(right):
        return True
    if "ir" in (left[-2:], right[-2:]) and _DUTCH.sub("asi", left) == _DUTCH.sub("asi", right):
        return True
    if shorter < MIN_SLIP or abs(len(left) - len(right)) > MOST_SLIPS:
        return False
    return slips(left, right) <= (2 if shorter >= MIN_TWO_SLIPS else 1)


def slips(left: str, right: str) -> int:
    """The slips of typing between two words, 3 for three or more (Damerau, 1964: optimal string alignment)."""
    return int(OSA.distance(left, right, score_cutoff=2))
