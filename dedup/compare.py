"""Whether a later paragraph says what an earlier one said, says it with other facts, or says something else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dedup.alignment import Alignment, align
from dedup.facts import differing_facts
from dedup.fingerprints import jaccard, shingles
from dedup.words import SAY, Word, read

SAME, VARIANT, DIFFERENT = "same", "variant", "different"
JACCARD = 0.6
"""Share of all content words that two paragraphs have in common, aligned, from which they say the same."""
CONTAINED = 0.8
"""Share of the later one's content words found in the earlier, from which the later one is a shortened copy."""
MIN_CONTAINED = 6
"""Content words under which a paragraph is not taken for a shortened copy: too little to tell."""
SHORT, SHORT_JACCARD = 8, 0.7
"""Under eight content words one changed word weighs more, so more of them must agree."""
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


@lru_cache(maxsize=4096)
def prepared(text: str) -> tuple[tuple[Word, ...], frozenset[int]]:
    """The words and shingles of a paragraph; kept for a while, since neighbours are compared often."""
    return tuple(read(text)), frozenset(shingles(text))


def compare(later: str, earlier: str) -> Verdict:
    """Compare two paragraphs; not symmetric, since a shortened copy adds nothing and a lengthened one does."""
    words, hashes = prepared(later)
    others, other_hashes = prepared(earlier)
    similarity = jaccard(set(hashes), set(other_hashes))
    if [word.key for word in words] == [word.key for word in others]:
        return Verdict(SAME, similarity, "same-words/1")
    if min(len(words), len(others)) < MIN_WORDS:
        return Verdict(DIFFERENT, similarity, "too-short/1")
    found = align(words, others)
    rule = _alike(found, words, others)
    if rule is None:
        return Verdict(DIFFERENT, similarity, "unlike/1")
    facts = differing_facts(found, words, others)
    if facts:
        return Verdict(VARIANT, similarity, "fact-guard/2", facts)
    return Verdict(SAME, similarity, rule)


def _alike(found: Alignment, words: tuple[Word, ...], others: tuple[Word, ...]) -> str | None:
    matched = sum(words[place].kind != SAY for place in found.matched)
    mine = sum(word.kind != SAY for word in words)
    theirs = sum(word.kind != SAY for word in others)
    share = matched / max(1, mine + theirs - matched)
    if share >= (SHORT_JACCARD if min(mine, theirs) < SHORT else JACCARD):
        return "near/2"
    if mine >= MIN_CONTAINED and matched / mine >= CONTAINED:
        return "contained/1"
    return None
