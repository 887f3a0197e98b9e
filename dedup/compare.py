"""Whether a later paragraph says what an earlier one said, says it with other facts, or says something else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, islice
from operator import ne

from dedup.alignment import Alignment, align
from dedup.facts import differing_facts
from dedup.fingerprints import jaccard, neighbours, shingles
from dedup.kinds import SAY, WORD, Word
from dedup.normalize import clean, strip_dateline
from dedup.reading import read
from dedup.spelling import same_spelling
from dedup.words import is_known, is_ordinary, key_of, may_stand_for, voice

SAME, VARIANT, DIFFERENT = "same", "variant", "different"
JACCARD = 0.6
"""Share of all content words that two paragraphs have in common, aligned, from which they say the same."""
CONTAINED = 0.8
"""Share of the later one's content words found in the earlier, from which the later one is a shortened copy."""
EXACT = 0.8
"""Share of the words that two paragraphs must have in common which is so to the letter; the others are spelt otherwise."""
UNORDERED = 0.1
"""Share of words that follow each other in both under which the same words make other sentences."""
MIN_CONTAINED = 6
"""Content words under which a paragraph is not taken for a shortened copy: too little to tell."""
MIN_WHOLE = 4
"""Content words from which a sentence that stands whole in the earlier paragraph is taken for a part of it."""
SHORT, SHORT_JACCARD = 8, 0.7
"""Under eight content words one changed word weighs more, so more of them must agree."""
MANY_WORDS, SLIPS = 12, 3
"""Words from which up to three slips of typing leave a paragraph the same."""
REMEMBERED = 1024
"""Texts of which what was read is kept: one text is compared with many. Some 20 kB each."""
TRIMMED = ".,;:!?()\"'"
MIN_WORDS = 3
"""Content words under which only the same text is a repeat."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a later paragraph stands to an earlier one."""

    relation: str
    """`same` (it adds nothing), `variant` (other facts in the same words) or `different`."""
    similarity: float
    """Exact Jaccard similarity of their shingles, 0 to 1."""
    rule: str
    """Name and version of the rule that decided."""
    facts: tuple[str, ...] = ()
    """The words in which a variant differs."""


@lru_cache(maxsize=REMEMBERED)
def _words(text: str, phrases: bool = True) -> tuple[Word, ...]:
    return tuple(read(text, phrases))


@lru_cache(maxsize=REMEMBERED)
def _shingles(text: str) -> frozenset[int]:
    return frozenset(shingles(text))


@lru_cache(maxsize=REMEMBERED)
def _pairs(text: str) -> frozenset[tuple[int, int]]:
    return frozenset(neighbours(text))


@lru_cache(maxsize=REMEMBERED)
def _as_written(text: str) -> list[str]:
    return strip_dateline(clean(text)).split()


def similarity(left: str, right: str) -> float:
    """Exact Jaccard similarity of the shingles of two paragraphs, 0 to 1."""
    return jaccard(_shingles(left), _shingles(right))


def may_be_alike(later: str, earlier: str) -> bool:
    """Whether aligning two paragraphs may find one in the other: told by their shingles, a hundred times faster."""
    hashes, others = _shingles(later), _shingles(earlier)
    mine, theirs = len(hashes), len(others)
    needed = min(JACCARD / (1 + JACCARD) * (mine + theirs), CONTAINED * mine)
    return len(hashes & others) >= EXACT * needed


def compare(later: str, earlier: str) -> Verdict:
    """Compare two paragraphs; not symmetric, since a shortened copy adds nothing and a lengthened one does."""
    alike = similarity(later, earlier)
    if not may_be_alike(later, earlier):
        return Verdict(DIFFERENT, alike, "unlike/1")
    if _only_slips(later, earlier):
        return Verdict(SAME, alike, "near/2")
    pairs, other_pairs = _pairs(later), _pairs(earlier)
    if len(pairs & other_pairs) < UNORDERED * min(len(pairs), len(other_pairs)):
        return Verdict(DIFFERENT, alike, "unlike/1")
    words, others = _words(later), _words(earlier)
    verdict = _told(alike, words, others)
    if verdict.relation == VARIANT:
        # A phrase that only one of them has in the very words of the lexicon: read again as written.
        written, other_written = _words(later, False), _words(earlier, False)
        if (written, other_written) != (words, others):
            as_written = _told(alike, written, other_written)
            verdict = as_written if as_written.relation == SAME else verdict
    return verdict


def _told(alike: float, words: tuple[Word, ...], others: tuple[Word, ...]) -> Verdict:
    if list(map(_as_compared, words)) == list(map(_as_compared, others)) and all(map(_same_form, words, others)):
        return Verdict(SAME, alike, "same-words/1")
    if min(len(words), len(others)) < MIN_WORDS:
        return Verdict(DIFFERENT, alike, "too-short/1")
    found = align(words, others)
    rule = _alike(found, words, others)
    if rule is None:
        return Verdict(DIFFERENT, alike, "unlike/1")
    facts = differing_facts(found, words, others)
    if facts:
        return Verdict(VARIANT, alike, "fact-guard/6", facts)
    return Verdict(SAME, alike, rule)


def _as_compared(word: Word) -> tuple[str, frozenset[str], int]:
    return word.key, word.marks, voice(word.plain)


def _same_form(word: Word, other: Word) -> bool:
    return word.plain == other.plain or word.kind != WORD or may_stand_for(word.plain, other.plain)


def _alike(found: Alignment, words: tuple[Word, ...], others: tuple[Word, ...]) -> str | None:
    matched = sum(words[place].kind != SAY for place in found.matched)
    mine = sum(word.kind != SAY for word in words)
    theirs = sum(word.kind != SAY for word in others)
    share = matched / max(1, mine + theirs - matched)
    if share >= (SHORT_JACCARD if min(mine, theirs) < SHORT else JACCARD):
        return "near/2"
    if (mine >= MIN_CONTAINED and matched / mine >= CONTAINED) or (mine >= MIN_WHOLE and matched == mine):
        return "contained/1"
    return None


def _only_slips(later: str, earlier: str) -> bool:
    """Whether it is the commonest edit, a few slips of typing in plain words: told without reading all the words."""
    words, others = _as_written(later), _as_written(earlier)
    if len(words) != len(others) or len(words) < MANY_WORDS:
        return False
    differing = compress(zip(words, others, strict=True), map(ne, words, others))
    pairs = list(islice(differing, SLIPS + 1))
    return len(pairs) <= SLIPS and all(_is_slip(word, other) for word, other in pairs)


def _is_slip(word: str, other: str) -> bool:
    """A typing slip in lower-case letters that makes no word, or another form of the same word."""
    one, two = word.strip(TRIMMED), other.strip(TRIMMED)
    if one == two:
        return True
    if not (one.isalpha() and two.isalpha() and one.islower() and two.islower() and same_spelling(one, two)):
        return False
    if not (is_known(one) and is_known(two)):
        return True
    return key_of(one) == key_of(two) and is_ordinary(one) and may_stand_for(one, two)
