"""Which words of a later paragraph stand in an earlier one: in order, moved as a block, or in another spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dedup.kinds import MEASURE, MONTH, NAME, NUMBER, PART, SAY, TITLE, VAGUE, WEEKDAY, WORD, Word
from dedup.lexicon import lexicon
from dedup.spelling import folded, same_name, same_spelling, slips
from dedup.words import is_known, key_of, opposite_groups, same_meaning, stem, verb_roots, with_roots

NEAR = 6
"""Words within which a verb of saying belongs to the name beside it."""
BARE_NEAR = 3
"""The same for a name without rank or title."""
COUNTED = 4
"""Words that tell what a number counts."""
HOPELESS = 0.25
"""Share of the shorter one's words in common, in order, under which looking for moved and misspelt ones is in vain."""
THING = 3
"""Words that name one thing, or what befell somebody."""
INITIALS = 3
"""Letters from which initials tell what they stand for."""
JOINED = 4
"""Letters of a function word that was written together with the word before it."""
CLOCK = "jam"
"""The word before the time of a day, in its compared form."""
_ORDINARY, _CLOSED = (WORD, NAME), (MONTH, VAGUE)
MIN_CLOSED = 6
"""Letters from which a slip of typing in a month or a word of amount is told from another word."""
RIVALS = frozenset([WORD, NAME, NUMBER, MEASURE])
"""Kinds of which one can't stand for another."""
FREE = frozenset([SAY, WEEKDAY, MONTH, PART, MEASURE, TITLE])
"""Kinds whose place in the sentence says nothing."""


@dataclass(slots=True)
class Alignment:
    """Places in the later paragraph (`matched`, `new`) and in the earlier one (`gone`)."""

    matched: dict[int, int] = field(default_factory=dict)
    """Place in the later paragraph to the place of the same word in the earlier one."""
    new: dict[int, int] = field(default_factory=dict)
    """Unmatched place of the later paragraph to the number of the change that it stands in."""
    gone: dict[int, int] = field(default_factory=dict)
    """Unmatched place of the earlier paragraph to the number of its change."""
    swapped: list[int] = field(default_factory=list)
    """Places in the later paragraph of words that changed places with another: who did what to whom."""


def align(words: Sequence[Word], others: Sequence[Word]) -> Alignment:
    """Match the words of a later paragraph (`words`) with those of an earlier one."""
    found = Alignment()
    matcher = SequenceMatcher(None, [w.key for w in words], [w.key for w in others], autojunk=False)
    for change, (kind, a, b, c, d) in enumerate(matcher.get_opcodes()):
        if kind == "equal":
            found.matched.update(zip(range(a, b), range(c, d), strict=True))
        elif kind != "replace" or not _match_divided(found, words, others, range(a, b), range(c, d)):
            found.new.update(dict.fromkeys(range(a, b), change))
            found.gone.update(dict.fromkeys(range(c, d), change))
    if len(found.matched) < HOPELESS * min(len(words), len(others)):
        return found
    _match_spellings(found, words, others, same_change=True)
    _match_moved(found, words, others)
    _match_spellings(found, words, others, same_change=False)
    return found


def _match_divided(
    found: Alignment, words: Sequence[Word], others: Sequence[Word], places: range, other_places: range
) -> bool:
    """Match words that differ in where they are divided, or in being abbreviated: "pas foto" and "pasfoto", "RSSA"."""
    if len(places) == len(other_places):
        return False
    plain, other_plain = [words[at].plain for at in places], [others[at].plain for at in other_places]
    if "".join(plain) != "".join(other_plain) and not (
        _is_abbreviation(plain, other_plain) or _is_abbreviation(other_plain, plain)
    ):
        return False
    found.matched.update({place: other_places[min(at, len(other_places) - 1)] for at, place in enumerate(places)})
    return True


def _is_abbreviation(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) >= INITIALS and short[0] == "".join(word[:1] for word in long)


def _match_spellings(found: Alignment, words: Sequence[Word], others: Sequence[Word], *, same_change: bool) -> None:
    for place in list(found.new):
        for other in list(found.gone):
            if same_change and found.new[place] != found.gone[other]:
                continue
            if _same_word(words[place], others[other], same_change):
                _match(found, place, other)
                break


def _same_word(word: Word, other: Word, same_change: bool) -> bool:
    if word.plain == other.plain and same_change:
        return True
    if same_change and _is_slip_of(word, other):
        return True
    kinds = word.kind, other.kind
    if not (kinds[0] in _ORDINARY and kinds[1] in _ORDINARY):
        return False
    if same_change and _joined_to(word.plain, other.plain):
        return True
    if NAME in kinds:
        return same_change and same_name(word.plain.removesuffix("nya"), other.plain.removesuffix("nya"))
    if same_spelling(word.plain, other.plain) and not _are_two_words(word.plain, other.plain):
        return True
    if same_change and (stem(word.plain) == stem(other.plain) or same_meaning(word.plain, other.plain)):
        return True  # mendalami, melakukan pendalaman
    return not with_roots(word.plain).isdisjoint(with_roots(other.plain))


def _is_slip_of(word: Word, other: Word) -> bool:
    """Whether one is no word, but a slip of typing away from a month or a word of amount in the other's place: agutsus."""
    for slip, meant in ((word, other), (other, word)):
        if meant.kind in _CLOSED and slip.kind in _ORDINARY and len(meant.plain) >= MIN_CLOSED:
            return not is_known(slip.plain) and slips(slip.plain, meant.plain) == 1
    return False


def _joined_to(word: str, other: str) -> bool:
    """Whether a function word was written together with it: "di kunci" for "dikunci", "Sampitpada"."""
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    if short not in long:
        return False
    if long.removesuffix(short) == "di":
        return True
    more = long.removeprefix(short)
    return len(short) >= JOINED <= len(more) < len(long) and more in lexicon().function


def _are_two_words(word: str, other: str) -> bool:
    """Whether words that differ in a letter are both in the lexicon: no slip makes `gedung` of `gudang`."""
    if folded(word) == folded(other) or key_of(word) == key_of(other) or not (is_known(word) and is_known(other)):
        return False
    return verb_roots(word).isdisjoint(with_roots(other)) and word not in verb_roots(other)


def _match_moved(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> None:
    """Longest common blocks among what is left, until none is left: a quotation's speaker moved to its end."""
    moves: dict[tuple[int, int], list[int]] = {}
    arrivals: list[tuple[int, list[int]]] = []
    while found.new and found.gone:
        new, gone = _with_gaps(found.new, words, "<"), _with_gaps(found.gone, others, ">")
        keys, other_keys = [key for _, key in new], [key for _, key in gone]
        block = SequenceMatcher(None, keys, other_keys, autojunk=False).find_longest_match()
        if not block.size:
            break
        places = [place for place, _ in new[block.a : block.a + block.size]]
        other_places = [place for place, _ in gone[block.b : block.b + block.size]]
        if not _may_move(found, words, places, others, other_places):
            found.swapped += places
        elif not {words[place].kind for place in places} <= FREE:
            moves.setdefault((found.new[places[0]], found.gone[other_places[0]]), []).extend(places)
        arrivals.append((found.new[places[0]], places))
        for place, other in zip(places, other_places, strict=True):
            _match(found, place, other)
    found.swapped += [
        place for here, places in arrivals for place in places if _takes_a_place(found, here, places, others)
    ]
    for (here, there), places in moves.items():
        # Each stands where the other stood: the owner and the worker, the town and the village.
        if here != there and (there, here) in moves:
            found.swapped += places


def _takes_a_place(found: Alignment, here: int, places: list[int], others: Sequence[Word]) -> bool:
    """Whether a few words that stood elsewhere stand where the earlier paragraph has others: the injured for the dead."""
    rivals = [others[other].kind for other, change in found.gone.items() if change == here]
    return 0 < len(rivals) <= THING and len(places) <= THING and set(rivals) <= RIVALS


def _with_gaps(left: dict[int, int], words: Sequence[Word], mark: str) -> list[tuple[int, str]]:
    result: list[tuple[int, str]] = []
    for place in sorted(left):
        if result and result[-1][0] != place - 1:
            result.append((-1, f"{mark}{place}"))
        result.append((place, words[place].key))
    return result


def _may_move(
    found: Alignment, words: Sequence[Word], places: list[int], others: Sequence[Word], other_places: list[int]
) -> bool:
    kinds = {words[place].kind for place in places if not _is_of_a_time(words, place)}
    if kinds <= FREE:
        return True
    if kinds <= {NAME, TITLE}:
        return _near_saying(words, places) and _near_saying(others, other_places)
    if NUMBER in kinds and WORD not in kinds:
        if words[places[-1]].kind == MEASURE:
            return True  # what it counts goes with it: two days
        if [words[place].key for place in places] == ["1"] and _is_uncounted(found, places[0] + 1, others):
            return True  # one and seorang, which is not read
        return _counted(words, places[-1]) == _counted(others, other_places[-1])
    return len(places) > THING or not _passes_rival(found, words, places, other_places)


def _is_uncounted(found: Alignment, place: int, others: Sequence[Word]) -> bool:
    other = found.matched.get(place)
    return other is not None and (not other or others[other - 1].kind not in (NUMBER, VAGUE))


def _is_of_a_time(words: Sequence[Word], place: int) -> bool:
    """Whether a word belongs to the time of a day or a date, or says how exact these are."""
    word = words[place]
    if word.kind not in (NUMBER, VAGUE):
        return False
    after = words[place + 1] if place + 1 < len(words) else None
    before = words[place - 1] if place else None
    if word.kind == VAGUE:
        return after is not None and after.key == CLOCK
    if len(word.key) == 4 and word.key[:2] in ("19", "20"):
        return True
    return (before is not None and (before.key == CLOCK or before.kind == MONTH)) or (
        after is not None and after.kind == MONTH
    )


def _passes_rival(found: Alignment, words: Sequence[Word], places: list[int], other_places: list[int]) -> bool:
    """Whether a moved word stands before a rival in one paragraph and behind it in the other: the truck hit the bus."""
    groups = {group for place in places for group in opposite_groups(words[place])}
    if not groups:
        return False
    moved = {words[place].key for place in places}
    return any(
        (place < places[0]) != (other < other_places[0])
        and words[place].key not in moved
        and not groups.isdisjoint(opposite_groups(words[place]))
        for place, other in found.matched.items()
    )


def _counted(words: Sequence[Word], place: int) -> list[str]:
    """What a number counts: the next words that are no measures, up to the next number."""
    counted: list[str] = []
    for word in words[place + 1 : place + 8]:
        if word.kind == NUMBER or len(counted) == COUNTED:
            break
        if word.kind in (WORD, NAME):
            counted.append(word.key)
    return counted


def _near_saying(words: Sequence[Word], places: list[int]) -> bool:
    near = NEAR if any(words[place].kind == TITLE for place in places) else BARE_NEAR
    return any(word.kind == SAY for word in words[max(0, places[0] - near) : places[-1] + near + 1])


def _match(found: Alignment, place: int, other: int) -> None:
    found.matched[place] = other
    del found.new[place]
    del found.gone[other]
