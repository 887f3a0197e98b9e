"""Single words as they are compared: abbreviations written out, spellings and inflections folded, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from dedup.kinds import FUNCTION, MEASURE, MONTH, NEGATION, NUMBER, PART, SAY, STATE, TITLE, VAGUE, WEEKDAY, WORD, Word
from dedup.lexicon import lexicon
from dedup.numbers import TEN_MORE, number_key

ENDS = frozenset(".!?;:,()%")
MIN_ROOT = 3
"""Letters of the root of a verb, at the least."""
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.!?;:,()%]")
_NUMBER = re.compile(r"\d")
_JOINED = re.compile(r"(antar|pasca|non|pra|anti|multi|semi)([a-z]{4,})")
"""What is written together with the word behind it, or apart: antarkampung, antar kampung, non-prosedural."""
_PREFIX = re.compile(r"(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pel|pe|ber|bel|be|ter|di|ke|se)(?=[a-z]{4})")
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:(?:kan|i|an)?(?:nya|lah|kah|pun)|kan|an|i)$")
_RESTORED = {"meny": "s", "peny": "s"}

_VERB_PREFIXES = (
    ("menge", ("",)), ("meng", ("", "k")), ("meny", ("s",)), ("mem", ("", "p")), ("men", ("", "t")), ("me", ("",)), ("diper", ("",)),
    ("di", ("",)), ("memper", ("",)), ("ber", ("", "r")), ("ter", ("", "r")),
)  # fmt: skip
_NOUN_PREFIXES = (
    ("penge", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s",)),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("pe", ("",)),
)
_CLOCK_WORDS = frozenset(["pukul", "jam"])


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[tuple[str, int, str], ...]:
    """(key, kind, plain) of each word that a lower-case token stands for; kind is never `NAME` here."""
    return tuple(_part(part) for part in _expanded(word, 4))


def key_of(word: str) -> str:
    """The folded form of one ordinary word: its synonym group's first member, without affixes."""
    synonyms = lexicon().synonyms
    known = synonyms.get(word) or synonyms.get(word.removesuffix("nya")) or _synonyms_by_stem().get(stem(word))
    key = stem(known or word)
    return word if key in lexicon().negations else key  # sebelum is not belum


@cache
def _synonyms_by_stem() -> dict[str, str]:
    result: dict[str, str] = {}
    for word, first in lexicon().synonyms.items():
        result[stem(word)] = first  # the first group is read last
    return result


def same_meaning(word: str, other: str) -> bool:
    """Whether two ordinary words stand in one group of synonyms; a word may stand in several, only the first is its key."""
    return not _groups_of(word).isdisjoint(_groups_of(other))


@lru_cache(maxsize=20_000)
def _groups_of(word: str) -> frozenset[int]:
    groups = lexicon().synonym_groups
    return groups.get(word) or groups.get(word.removesuffix("nya")) or _groups_by_stem().get(stem(word), frozenset())


@cache
def _groups_by_stem() -> dict[str, frozenset[int]]:
    result: dict[str, frozenset[int]] = {}
    for word, groups in lexicon().synonym_groups.items():
        result[stem(word)] = result.get(stem(word), frozenset()) | groups
    return result


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the usual Indonesian affixes: crude on purpose, the same for all forms of a word."""
    bare = _SUFFIX.sub("", word)
    match = _PREFIX.match(bare)
    if match is None:
        return bare
    return _RESTORED.get(match.group(), "") + bare[match.end() :]


@lru_cache(maxsize=20_000)
def verb_roots(word: str) -> frozenset[str]:
    """What is left of a word without the prefix of a verb or of the noun for what it does, first letters that the prefix swallows put back."""
    is_act = word.removesuffix("nya").endswith("an")  # penahanan, but not penjual
    return frozenset(
        letter + bare[len(prefix) :]
        for prefix, restored in (*_VERB_PREFIXES, *(_NOUN_PREFIXES if is_act else ()))
        for bare in (word, _SUFFIX.sub("", word))
        if bare.startswith(prefix) and len(bare) - len(prefix) >= MIN_ROOT
        for letter in restored
    )


@lru_cache(maxsize=20_000)
def with_roots(word: str) -> frozenset[str]:
    """A word and its roots as a verb."""
    return verb_roots(word) | {word}


def is_known(word: str) -> bool:
    """Whether a lower-case word stands in the lexicon; a slip of typing seldom does."""
    words = lexicon()
    return (
        word in words.common or word in words.function or word in words.synonyms or word in words.same
        or word in words.opposites or parts(word)[0][1] != WORD
    )  # fmt: skip


def is_ordinary(word: str) -> bool:
    """Whether a lower-case word is one ordinary word and no opposite of another."""
    found = parts(word)
    return len(found) == 1 and found[0][1] == WORD and not opposite_groups(Word(*found[0]))


def opposite_groups(word: Word) -> frozenset[int]:
    """The groups of words in which another member would state another fact: truk and bus, buka and tutup."""
    return lexicon().opposites.get(word.plain, frozenset()) | _opposites_by_key().get(word.key, frozenset())


@cache
def _opposites_by_key() -> dict[str, frozenset[int]]:
    result: dict[str, frozenset[int]] = {}
    for word, groups in lexicon().opposites.items():
        if word in lexicon().function:
            continue  # seorang is not orang
        result[key_of(word)] = result.get(key_of(word), frozenset()) | groups
    return result


def _expanded(word: str, depth: int) -> Iterator[str]:
    meaning = lexicon().same.get(word) or _divided(word)
    if meaning is None or not depth or meaning == (word,):
        yield word
    else:
        for part in meaning:
            yield from _expanded(part, depth - 1)


def _divided(word: str) -> tuple[str, str] | None:
    found, words = _JOINED.fullmatch(word), lexicon().common
    return (found[1], found[2]) if found and word not in words and found[2] in words else None


def _part(word: str) -> tuple[str, int, str]:
    words = lexicon()
    if _NUMBER.match(word):
        return number_key(word), NUMBER, word
    if word in _CLOCK_WORDS:
        return "jam", MEASURE, word
    for kind, table in ((MEASURE, words.measures), (WEEKDAY, words.weekdays), (MONTH, words.months)):
        if word in table:
            return table[word], kind, word
    if word in words.numbers or word in words.multipliers or word == TEN_MORE:
        return word, NUMBER, word
    for kind, members in (
        (NEGATION, words.negations), (VAGUE, words.vague), (SAY, words.reporting), (PART, words.day_parts),
        (TITLE, words.titles), (FUNCTION, words.function),
    ):  # fmt: skip
        if word in members:
            if kind == PART:
                return word.removesuffix("nya"), kind, word
            return word, STATE if kind == FUNCTION and word in words.opposites else kind, word
    return key_of(word), WORD, word


@lru_cache(maxsize=20_000)
def voice(verb: str) -> int:
    """1 for a verb of one who acts, -1 for one of somebody to whom it is done or who it befalls."""
    if verb.startswith("me"):
        return 1
    return -1 if verb.startswith("di") or (verb.startswith("ter") and _bare(verb)[3:] in lexicon().common) else 0


@lru_cache(maxsize=20_000)
def may_stand_for(word: str, other: str) -> bool:
    """Whether two forms of one stem tell the same: no pupil for a teacher, no fire for arson, no word of another root."""
    one, two = _bare(word), _bare(other)
    groups, opposites = lexicon().synonym_groups, lexicon().opposites
    if one == two or not groups.get(one, frozenset()).isdisjoint(groups.get(two, ())):
        return True
    if voice(one) * voice(two) >= 0 and not opposites.get(one, frozenset()).isdisjoint(opposites.get(two, ())):
        return False  # form by form: to rent and to let
    if stem(one) != stem(two):
        return True
    roots, other_roots = _known_roots(one), _known_roots(two)
    if roots and other_roots and roots.isdisjoint(other_roots):
        return False
    if _is_agent(one) or _is_agent(two):
        return bool(_verb_prefix(one) or _verb_prefix(two))
    if lexicon().deeds.isdisjoint(roots | other_roots):
        return True
    return _befalls(one) == _befalls(two)


def _bare(word: str) -> str:
    return word.removesuffix("nya").removesuffix("lah").removesuffix("pun")


def _known_roots(word: str) -> frozenset[str]:
    """The ordinary words that a word may be made of, itself among them where it has no affix."""
    found = verb_roots(word) | {_SUFFIX.sub("", word), word} | _noun_roots(word)
    known = lexicon().common, lexicon().deeds
    return frozenset(
        root for root in found if any(root in words for words in known) and (root != word or not _verb_prefix(word))
    )


def _noun_roots(word: str) -> set[str]:
    return {
        letter + _SUFFIX.sub("", word)[len(prefix) :]
        for prefix, restored in (*_NOUN_PREFIXES, ("pel", ("",)), ("per", ("",)), ("ke", ("",)))
        if word.startswith(prefix)
        for letter in restored
    }


def _verb_prefix(word: str) -> str:
    """`me`, `di`, `ter` or `ber` where a word has it before a known root."""
    return next((p for p in ("me", "di", "ter", "ber") if word.startswith(p) and len(word) > len(p) + MIN_ROOT), "")


def _is_agent(word: str) -> bool:
    """Whether a noun names who does it: pelajar, perawat; not what is done, pelajaran."""
    return word.startswith("pe") and not word.endswith("an") and not _noun_roots(word).isdisjoint(lexicon().common)


def _befalls(word: str) -> bool:
    """Whether a form tells what befell somebody and not what somebody did: terbakar, kebakaran, jatuh."""
    return not word.startswith(("me", "di", "pe"))
