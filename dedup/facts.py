"""The fact guard: two paragraphs that differ in a fact are no duplicates, however alike they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from dedup.alignment import BARE_NEAR, CLOCK, THING, Alignment
from dedup.kinds import MEASURE, MONTH, NAME, NEGATION, NUMBER, PART, SAY, TITLE, VAGUE, WEEKDAY, WORD, Word
from dedup.lexicon import lexicon
from dedup.order import otherwise_marked, otherwise_negated, turned_around
from dedup.words import may_stand_for, opposite_groups, stem, voice

LONG_CUT = 4
"""Words in a row that are gone, from which a clause was cut and not a fact changed."""
LONG_ADDITION = 4
"""New words in one place, beyond those they replace, from which the later paragraph says something more."""
PHRASE = 5
"""Words up to which what took the place of a thing may tell another: "mengalami patah kaki" for "tewas"."""
ALWAYS = frozenset([NUMBER, VAGUE, NEGATION, NAME, WEEKDAY, MONTH])
"""Kinds that are a fact wherever the later paragraph has them and the earlier has not."""
REPLACED = frozenset([MEASURE, PART])
"""Kinds that are a fact only where one took another's place: "WIB" added to a time is none."""
PROPER = frozenset([NAME, WORD])
ASIDE = frozenset([PART, SAY])
"""Kinds that may stand beside a thing that took another's place."""
ONE = frozenset(["satu", "1"])
COUNTERS = frozenset(["unit", "orang", "ekor", "lembar", "butir", "pucuk", "batang", "bilah"])
"""Measures that only count: three trucks, three units of trucks."""
ANY_THING = frozenset(["unit"])
"""Counters that stand for what they count: 3,500 units."""
PEOPLE = frozenset(["orang", "warga"])
ABOUT = frozenset(["sekitar"])
THINGS = PROPER | {TITLE, MEASURE}
ROLES = frozenset("tersangka korban pelaku terduga terdakwa saksi pelapor terlapor buron tahanan".split())
RELATIVES = frozenset(
    "keluarga istri suami anak ayah ibu adik kakak kerabat saudara teman rekan tetangga pacar kekasih mertua menantu "
    "paman bibi kakek nenek cucu keponakan pengacara majikan sopir".split()
)
RANKS = frozenset(
    "jenderal komisaris ajun inspektur brigadir bripka briptu bripda aiptu aipda iptu ipda akbp akp kompol kombes irjen brigjen komjen jenderal mayor besar".split()
)


def differing_facts(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> tuple[str, ...]:
    """The words that make a later paragraph (`words`) state other facts than an earlier one; empty where it adds none."""
    facts = [words[place].plain for place in _changed_roles(found, words, others)]
    facts += _added_clause(found, words)
    facts += [words[place].plain for place in found.new if _is_new_fact(place, found, words, others)]
    facts += [others[place].plain for place in found.gone if _is_lost_fact(place, found, others)]
    facts += _other_things(found, words, others)
    facts += _other_days(found, words, others)
    facts += _other_forms(found, words, others)
    facts += _of_another(found.new, found.matched.keys(), words)
    facts += _of_another(found.gone, found.matched.values(), others)
    facts += otherwise_negated(found, words, others)
    facts += otherwise_marked(found, words, others)
    facts += turned_around(found, words, others)
    facts += _other_ranks(found.new, found.matched.keys(), words)
    facts += _other_ranks(found.gone, found.matched.values(), others)
    for place, change in found.new.items():
        for other, other_change in found.gone.items():
            if _are_opposites(words[place], others[other]) or (
                change == other_change and _are_rivals(words[place], others[other])
            ):
                facts += [words[place].plain, others[other].plain]
    return tuple(dict.fromkeys(facts))


def _other_things(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """A thing in the place of another that is no synonym of it: gold for sand, handed over for seized, a car's boot for a wallet."""
    new, gone = _by_change(found.new), _by_change(found.gone)
    keys, other_keys = {word.key for word in words}, {word.key for word in others}
    facts: list[str] = []
    for change in new.keys() & gone.keys():
        here = [words[place] for place in new[change]]
        there = [others[place] for place in _in_place(found, new[change], gone[change])]
        if any(word.key in ANY_THING for word in (*here, *there)):
            here = [word for word in here if word.key not in ANY_THING | other_keys]
            there = [word for word in there if word.key not in ANY_THING | keys]
        here, there = ([word for word in some if word.kind not in ASIDE] for some in (here, there))
        if all(word.key in PEOPLE for word in (*here, *there)):
            continue
        things = all(word.kind in THINGS for word in (*here, *there))
        things = things and not all(word.plain.removesuffix("nya") in lexicon().light for word in (*here, *there))
        if things and 0 < len(here) <= PHRASE and 0 < len(there) <= THING:
            facts += [word.plain for word in (*here, *there)]
    return facts


def _other_forms(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """Forms of one stem that tell something else: a pupil for a teacher, arson for a fire."""
    pairs = ((words[place], others[other]) for place, other in found.matched.items())
    return [
        part
        for word, other in pairs
        if word.plain != other.plain and word.kind == WORD == other.kind
        if not may_stand_for(word.plain, other.plain)
        for part in (word.plain, other.plain)
    ]


def _of_another(changed: Mapping[int, int], matched: Collection[int], words: Sequence[Word]) -> list[str]:
    """Whose relative it is, where the other paragraph has the person itself: the suspect's family, the suspect."""
    return [
        words[place].plain
        for place in changed
        if words[place].plain in RELATIVES
        and place + 1 in matched
        and words[place + 1].plain.removesuffix("nya") in ROLES
    ]


def _other_days(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[str]:
    """Days of a timetable that stand beside other things: Wednesday at the market, Thursday at the park."""
    days = [place for place in found.matched if words[place].kind == WEEKDAY]
    if len({words[place].key for place in days}) < 2:
        return []
    beside = ((place, found.matched[place]) for place in days)
    return [
        words[place].plain
        for place, other in beside
        if found.matched.get(place - 1) != other - 1 and found.matched.get(place + 1) != other + 1
    ]


def _in_place(found: Alignment, new: list[int], gone: list[int]) -> list[int]:
    """The places that the new words took: of more that were cut with them, those beside what both have."""
    if len(gone) <= THING or len(new) > THING:
        return gone
    return gone[: len(new)] if found.matched.get(new[0] - 1) == gone[0] - 1 else gone[-len(new) :]


def _other_ranks(changed: Mapping[int, int], matched: Collection[int], words: Sequence[Word]) -> list[str]:
    """Words of a rank that stand beside words of it that both have: Kompol, AKBP. A rank that is left out is no fact."""
    return [
        words[place].plain
        for place in changed
        if words[place].plain in RANKS
        and any(at in matched and words[at].plain in RANKS for at in (place - 1, place + 1))
    ]


def _by_change(places: dict[int, int]) -> dict[int, list[int]]:
    result: dict[int, list[int]] = {}
    for place, change in places.items():
        result.setdefault(change, []).append(place)
    return result


def _are_rivals(word: Word, other: Word) -> bool:
    """Words of one kind in one place, of which only one can be true: two measures, two proper nouns."""
    if word.kind in REPLACED and other.kind in REPLACED and word.key != other.key:
        return True
    return word.capital and other.capital and word.kind in PROPER and other.kind in PROPER


def _changed_roles(found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> list[int]:
    """Who did it to whom: words that changed places while the verb did not turn passive, or the other way round."""
    turned = [
        place for place, other in found.matched.items() if voice(words[place].plain) * voice(others[other].plain) < 0
    ]
    if not turned:
        return found.swapped
    return [] if found.swapped else [place for place in turned if _stands_alike(place, found, words, others)]


def _stands_alike(place: int, found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> bool:
    other = found.matched[place]
    return found.matched.get(place - 1) == other - 1 and found.matched.get(place + 1) == other + 1


def _added_clause(found: Alignment, words: Sequence[Word]) -> list[str]:
    """Words of a change that has many more new ones than it replaces: a clause that the earlier paragraph lacks."""
    added = Counter(change for place, change in found.new.items() if _weighs(words[place]))
    replaced = Counter(found.gone.values())
    long = {change for change, count in added.items() if count - replaced[change] >= LONG_ADDITION}
    return [words[place].plain for place, change in found.new.items() if change in long]


def _weighs(word: Word) -> bool:
    return word.kind not in (SAY, TITLE) and not word.further


def _is_new_fact(place: int, found: Alignment, words: Sequence[Word], others: Sequence[Word]) -> bool:
    word = words[place]
    if word.kind not in ALWAYS or _is_said_twice(place, words):
        return False
    gone = (other for other, change in found.gone.items() if change == found.new[place])
    replaced = [others[other] for other in gone if _is_of_a_rank(place, words) or not _is_of_a_rank(other, others)]
    rivals = {other.kind for other in replaced} | {NAME for other in replaced if other.capital}
    if word.kind == NAME:
        return not (_is_fuller_name(place, found, words, others, rivals) or _names_speaker(place, words, others))
    if word.kind == WEEKDAY:
        return WEEKDAY in rivals or not _near(place, found, words, {NUMBER, MONTH})
    if word.kind == NUMBER and NUMBER not in rivals:
        return not (
            _is_fuller_date(place, found, words)
            or (VAGUE not in rivals and (_is_one(place, found, words) or _is_all_of_them(word, others)))
        )
    if word.kind == VAGUE and word.key in ABOUT:
        return _is_of_a_number(place, words)
    if word.kind == MONTH and MONTH not in rivals:
        return not _near(place, found, words, {WEEKDAY})
    return True


def _is_of_a_rank(place: int, words: Sequence[Word]) -> bool:
    """Whether a number counts a rank: inspektur polisi satu."""
    before = words[max(0, place - 2) : place]
    return words[place].kind == NUMBER and any(word.plain in RANKS for word in before)


def _is_said_twice(place: int, words: Sequence[Word]) -> bool:
    """A number written out beside its digits: 14 (empat belas)."""
    word = words[place]
    return word.kind == NUMBER and any(
        words[at].key == word.key and words[at].plain != word.plain
        for at in (place - 1, place + 1)
        if 0 <= at < len(words)
    )


def _is_of_a_number(place: int, words: Sequence[Word]) -> bool:
    """Whether `sekitar` makes a number less exact; people live around, too, and the time of a day is never exact."""
    after = words[place + 1 : place + 3]
    if after and after[0].kind == MEASURE:
        return after[0].key != CLOCK and len(after) > 1 and after[1].kind == NUMBER
    return bool(after) and after[0].kind == NUMBER


def _is_one(place: int, found: Alignment, words: Sequence[Word]) -> bool:
    """`satu` before what is counted, which is one without it: a kiosk, one kiosk."""
    if words[place].plain not in ONE or (place and words[place - 1].kind in (MEASURE, MONTH, NAME)):
        return False
    after = words[place + 1] if place + 1 < len(words) else None
    return after is None or after.kind != MEASURE or after.key in COUNTERS or place + 1 in found.matched


def _is_all_of_them(word: Word, others: Sequence[Word]) -> bool:
    """`ketiganya`, `ketiga tersangka`, where the earlier paragraph tells that they are three."""
    return word.plain[:2] in ("ke", "be") and any(word.key == other.key for other in others)


def _is_fuller_date(place: int, found: Alignment, words: Sequence[Word]) -> bool:
    """A year after a date, or the day and month after a weekday, where the earlier paragraph has none at that place."""
    key = words[place].key
    if not key.isdecimal():
        return False
    before = range(max(0, place - 2), place)
    if len(key) == 4 and key[:2] in ("19", "20"):
        return any(words[at].kind == MONTH for at in before)
    return int(key) <= 31 and any(words[at].kind == WEEKDAY and at in found.matched for at in before)


def _is_fuller_name(
    place: int, found: Alignment, words: Sequence[Word], others: Sequence[Word], rivals: set[int]
) -> bool:
    """A name that the earlier paragraph states elsewhere, or one more part of a person's name that it has."""
    word = words[place]
    if NAME in rivals:
        return False
    if any(word.plain == other.plain for other in others):
        return True
    if opposite_groups(word):
        return False
    beside = any(
        at in found.matched and words[at].kind == NAME for at in (place - 1, place + 1) if 0 <= at < len(words)
    )
    ranked = any(words[at].kind == TITLE or words[at].plain in RANKS for at in range(max(0, place - 4), place))
    return beside and ranked


def _names_speaker(place: int, words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether it is who said what the earlier paragraph has somebody say whom it does not name again: katanya."""
    near = words[max(0, place - BARE_NEAR) : place + BARE_NEAR + 1]
    unnamed = any(word.kind == SAY and word.plain.endswith("nya") for word in others)
    return unnamed and any(word.kind == SAY for word in near)


def _is_lost_fact(place: int, found: Alignment, others: Sequence[Word]) -> bool:
    """A negation or its like that is gone, unless a whole clause went with it; the `bis` of an article."""
    if others[place].kind == NUMBER and others[place].plain.isalpha() and others[place].plain == others[place].key:
        return place - 1 in found.matched.values()
    if others[place].kind != NEGATION:
        return False
    if place + 1 in found.matched.values():
        return True  # what it negated is still there
    change = found.gone[place]
    return sum(other == change for other in found.gone.values()) < LONG_CUT


def _near(place: int, found: Alignment, words: Sequence[Word], kinds: set[int]) -> bool:
    return any(
        at in found.matched and words[at].kind in kinds for at in range(max(0, place - 3), min(len(words), place + 4))
    )


def _are_opposites(word: Word, other: Word) -> bool:
    if word.kind == SAY == other.kind:
        return False
    if word.key == other.key or (stem(word.plain) == stem(other.plain) and voice(word.plain) == voice(other.plain)):
        return False
    return bool(opposite_groups(word) & opposite_groups(other))
