"""What function words and negations say of the words behind them: from or to, and or or, first or then, not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dedup.alignment import Alignment
from dedup.kinds import NAME, NEGATION, NUMBER, WORD, Word
from dedup.lexicon import lexicon
from dedup.words import key_of, opposite_groups, voice

SINGLE = frozenset(["seorang", "sebuah"])
"""One of what is counted."""
PIVOTS = frozenset(
    "setelah sebelum kemudian lalu lantas selanjutnya melalui lewat via karena lantaran akibat kepada terhadap oleh".split()
)
"""Words whose two sides are no more the same when they are exchanged: Vietnam through Malaysia."""
THEN = frozenset("kemudian lalu lantas selanjutnya".split())
"""Those that only tell that something came next."""
AROUND = 6
"""Words on each side of such a word that belong to it."""
NEGATED = 3
"""Words after a negation within which what it negates stands."""


def otherwise_marked(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """Function words before what both have, of which only one can be true: still and already, from and to, and and or."""
    facts: list[str] = []
    for place, other, start, other_start in _gaps(found):
        mine, theirs = _marks(words, start, place), _marks(others, other_start, other)
        here, there = mine - theirs, theirs - mine
        if not here and not there:
            continue
        new, gone = words[start:place], others[other_start:other]
        facts += _opposed(here, there)
        for marks, rivals in ((here, gone), (there, new)):
            for word in rivals:
                facts += [part for mark in marks if _is_opposite(mark, word) for part in (mark, word.plain)]
    return facts


def _gaps(found: Alignment) -> Iterator[tuple[int, int, int, int]]:
    """Each matched place, its other, and the places from which on only unmatched words stand before them."""
    after, end = {}, 0
    for other in sorted(found.matched.values()):
        after[other], end = end, other + 1
    start = 0
    for place in sorted(found.matched):
        other = found.matched[place]
        yield place, other, start, after[other]
        start = place + 1


def _marks(words: Sequence[Word], start: int, end: int) -> frozenset[str]:
    return frozenset().union(*(word.marks for word in words[start : end + 1]))


def _opposed(marks: Collection[str], others: Collection[str]) -> list[str]:
    return [part for mark in marks for other in others if _groups(mark) & _groups(other) for part in (mark, other)]


def _is_opposite(mark: str, word: Word) -> bool:
    if mark in SINGLE and word.kind == NUMBER:
        return word.key != "1"
    return bool(_groups(mark) & opposite_groups(word)) and key_of(mark) != word.key


def _groups(mark: str) -> frozenset[int]:
    return lexicon().opposites.get(mark, frozenset())


def turned_around(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """What stood before a verb or a word like `kemudian` stands behind it, and the other way round: who did it to whom."""
    facts: list[str] = []
    turned = [
        place for place, other in found.matched.items() if voice(words[place].plain) * voice(others[other].plain) < 0
    ]
    for pivot, place in _pivots(words):
        if (pivot not in PIVOTS or pivot in THEN) and any(abs(place - at) <= AROUND for at in turned):
            continue  # a verb beside it turned passive
        for other_pivot, other in _pivots(others):
            if pivot != other_pivot:
                continue
            near = [at for at in found.matched if place - AROUND <= at < place + AROUND]
            near = [
                at
                for at in near
                if other - AROUND <= found.matched[at] < other + AROUND and words[at].kind in (NAME, WORD)
            ]
            before = [at for at in near if at < place and found.matched[at] >= other]
            behind = [at for at in near if at >= place and found.matched[at] < other]
            if before and behind:
                facts += [words[before[-1]].plain, words[behind[0]].plain]
    return facts


def _pivots(words: Sequence[Word]) -> Iterator[tuple[str, int]]:
    for place, word in enumerate(words):
        if word.plain in PIVOTS or (word.kind == WORD and voice(word.plain)):
            yield word.plain, place
        for mark in word.marks & PIVOTS:
            yield mark, place


def otherwise_negated(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """Words after a negation that both have, where each negates what the other says: drowned and not beaten, or the reverse."""
    facts: list[str] = []
    back = {other: place for place, other in found.matched.items()}
    for place, other in found.matched.items():
        if words[place].kind != NEGATION:
            continue
        mine = next((at for at in range(place + 1, len(words)) if at in found.matched), None)
        theirs = next((at for at in range(other + 1, len(others)) if at in back), None)
        if mine is None or theirs is None or found.matched[mine] == theirs:
            continue
        if not (other < found.matched[mine] <= other + NEGATED and place < back[theirs] <= place + NEGATED):
            facts += [words[mine].plain, others[theirs].plain]
    return facts
