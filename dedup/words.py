"""Words as they are compared: abbreviations written out, spellings and inflections folded, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dedup.lexicon import lexicon
from dedup.normalize import clean, strip_dateline

ENDS = frozenset(".!?;:,()%")
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[.!?;:,()%]")
_NUMBER = re.compile(r"\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")
_PREFIX = re.compile(r"(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pel|pe|ber|bel|be|ter|di|ke|se)(?=[a-z]{4})")
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:(?:kan|i|an)?(?:nya|lah|kah|pun)|kan|an|i)$")
_DEGREES = re.compile(r"(?:,?\s+[SMADB]\.(?:\s?[A-Z][A-Za-z]{0,5}\.?){1,3}(?=[\s,.;:]|$))+")
_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
_DATE = re.compile(
    rf"(?<![\d./-])(\d{{1,2}})([/-])(\d{{1,2}})(?:\2(\d{{4}}|\d{{2}}))?(?![\d/-]|\s+(?:{'|'.join(_MONTHS)})\b)",
    re.IGNORECASE,
)
# Somebody's initials: "berinisial RF", "RF (25)".
_INITIALS = re.compile(r"(?:(?<=inisial )[A-Z]{1,4}\b|[A-Z]{2,3}(?= \(\d))")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,3}[A-Z]\b\.?")
_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14}
_RESTORED = {"meny": "s", "peny": "s"}

_VERB_PREFIXES = (
    ("menge", ("",)), ("meng", ("", "k")), ("meny", ("s",)), ("mem", ("", "p")), ("men", ("", "t")), ("me", ("",)), ("diper", ("",)),
    ("di", ("",)), ("memper", ("",)), ("ber", ("", "r")), ("ter", ("", "r")),
)  # fmt: skip
_TEN_MORE = "belas"
_DAY_PARTS_ONLY = frozenset("pagi siang sore petang malam dini subuh kemarin besok lusa".split())
_CLOCK_WORDS = frozenset(["pukul", "jam"])
_COUNTED = frozenset(["sebanyak"])
FUNCTION, SAY, NEGATION, NUMBER, VAGUE, MEASURE, WEEKDAY, MONTH, PART, TITLE, NAME, WORD, STATE = range(13)
"""What a word is. Numbers to days are facts by themselves, names by their capital; `STATE` are function words that have an
opposite (masih, sudah), which count for nothing but that."""


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


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[tuple[str, int, str], ...]:
    """(key, kind, plain) of each word that a lower-case token stands for; kind is never `NAME` here."""
    return tuple(_part(part) for part in _expanded(word, 4))


def key_of(word: str) -> str:
    """The folded form of one ordinary word: its synonym group's first member, without affixes."""
    synonyms = lexicon().synonyms
    known = synonyms.get(word) or synonyms.get(word.removesuffix("nya")) or _synonyms_by_stem().get(stem(word))
    return stem(known or word)


@cache
def _synonyms_by_stem() -> dict[str, str]:
    result: dict[str, str] = {}
    for word, first in lexicon().synonyms.items():
        result.setdefault(stem(word), first)
    return result


def stem(word: str) -> str:
    """A word without the usual Indonesian affixes: crude on purpose, the same for all forms of a word."""
    bare = _SUFFIX.sub("", word)
    match = _PREFIX.match(bare)
    if match is None:
        return bare
    return _RESTORED.get(match.group(), "") + bare[match.end() :]


@lru_cache(maxsize=20_000)
def verb_roots(word: str) -> frozenset[str]:
    """What is left of a word without the prefix of a verb, first letters that the prefix swallows put back."""
    bare = _SUFFIX.sub("", word)
    return frozenset(
        letter + bare[len(prefix) :]
        for prefix, restored in _VERB_PREFIXES
        if bare.startswith(prefix)
        for letter in restored
    )


def is_root(word: str) -> bool:
    """Whether this is an ordinary word without affixes."""
    return len(word) > 2 and (word in lexicon().common or word in lexicon().synonyms)


def is_known(word: str) -> bool:
    """Whether a lower-case word stands in the lexicon; a slip of typing seldom does."""
    words = lexicon()
    return (
        word in words.common or word in words.function or word in words.synonyms or word in words.same
        or word in words.opposites or parts(word)[0][1] != WORD
    )  # fmt: skip


def opposite_groups(word: Word) -> frozenset[int]:
    """The groups of words in which another member would state another fact: truk and bus, buka and tutup."""
    return lexicon().opposites.get(word.plain, frozenset()) | _opposites_by_key().get(word.key, frozenset())


@cache
def _opposites_by_key() -> dict[str, frozenset[int]]:
    result: dict[str, frozenset[int]] = {}
    for word, groups in lexicon().opposites.items():
        result[key_of(word)] = result.get(key_of(word), frozenset()) | groups
    return result


def read(text: str) -> list[Word]:
    """The words of a paragraph in order, function words left out, numbers as values; its dateline does not count."""
    plain = _DATE.sub(_written_date, _DEGREES.sub("", strip_dateline(clean(text))))
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), plain)
    return list(_numbers_joined(_read(plain)))


def _written_date(match: re.Match[str]) -> str:
    day, month = int(match.group(1)), int(match.group(3))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match.group()
    year = match.group(4) or ""
    year = f"20{year}" if len(year) == 2 else year
    return f"{day} {_MONTHS[month - 1]} {year}"


def _read(plain: str) -> Iterator[Word]:
    shouted = _is_shouted(plain)
    starts = True
    for match in TOKEN.finditer(plain):
        token = match.group()
        if token in ENDS:
            if token == "%":
                yield Word("persen", MEASURE, "persen")
            starts = token in ".!?:"
            continue
        # A quotation mark before it begins a sentence as well.
        first = starts or plain[match.start() - 1 : match.start()] == '"'
        starts = False
        if not shouted and token.isupper() and _INITIALS.match(plain, match.start()):
            yield Word(token.casefold(), NAME, token.casefold(), True)
        else:
            yield from _words_of(token, first or shouted)


@lru_cache(maxsize=20_000)
def _words_of(token: str, explained: bool) -> tuple[Word, ...]:
    """The words of one token; `explained` says that its capital may be due to its place."""
    lower = token.casefold()
    if token in _ROMAN:
        return (Word(str(_ROMAN[token]), NUMBER, lower),)
    capital = token[0].isupper()
    folded = parts(lower)
    if lower == "minggu" and capital:
        folded = (("minggu", WEEKDAY, lower),)
    found: list[Word] = []
    for key, kind, letters in folded:
        if kind == FUNCTION:
            continue
        if kind == PART and token.istitle() and not explained and letters not in _DAY_PARTS_ONLY:
            found.append(Word(letters, NAME, letters, True))
        elif kind == WORD and capital and _may_be_name(letters, len(folded) > 1 or not explained):
            found.append(Word(letters, NAME, letters, not explained))
        else:
            found.append(Word(key, kind, letters, capital and not explained and len(folded) == 1))
    return tuple(found)


def _may_be_name(word: str, certain: bool) -> bool:
    if word in lexicon().common or word in lexicon().synonyms:
        return False
    return certain or not _looks_inflected(word)


def _is_shouted(plain: str) -> bool:
    return sum(map(str.isupper, plain)) > 0.5 * len(plain)


def _looks_inflected(word: str) -> bool:
    """Whether an unknown word at the head of a sentence has the affixes of a verb or a derived noun."""
    return len(word) > 6 and bool(re.match(r"(?:me[mn]|meng|di|ber|ter).{4}|.{5}(?:nya|kan|lah)$", word))


def _expanded(word: str, depth: int) -> Iterator[str]:
    meaning = lexicon().same.get(word)
    if meaning is None or not depth or meaning == (word,):
        yield word
    else:
        for part in meaning:
            yield from _expanded(part, depth - 1)


def _part(word: str) -> tuple[str, int, str]:
    words = lexicon()
    if _NUMBER.match(word):
        return number_key(word), NUMBER, word
    if word in _CLOCK_WORDS:
        return "jam", MEASURE, word
    if word in _COUNTED:
        return word, FUNCTION, word
    for kind, table in ((MEASURE, words.measures), (WEEKDAY, words.weekdays), (MONTH, words.months)):
        if word in table:
            return table[word], kind, word
    if word in words.numbers or word in words.multipliers or word == _TEN_MORE:
        return word, NUMBER, word
    for kind, members in (
        (NEGATION, words.negations), (VAGUE, words.vague), (SAY, words.reporting), (PART, words.day_parts),
        (TITLE, words.titles), (FUNCTION, words.function),
    ):  # fmt: skip
        if word in members:
            return word, STATE if kind == FUNCTION and word in words.opposites else kind, word
    return key_of(word), WORD, word


def number_key(digits: str) -> str:
    """A written number by its value: `1.250.000` as 1250000, `2,5` as 2.5, `08.00` and `8:00` as 8:00."""
    if _THOUSANDS.fullmatch(digits):
        return _plain_number(float(digits.replace(".", "").replace(",", ".")))
    if clock := _CLOCK.fullmatch(digits):
        return f"{int(clock.group(1))}:{clock.group(2)}"
    if re.fullmatch(r"\d+,\d+", digits):
        return _plain_number(float(digits.replace(",", ".")))
    return digits if len(digits) > 6 or not digits.isdecimal() else str(int(digits))


def _plain_number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _numbers_joined(words: Iterator[Word]) -> Iterator[Word]:
    """`dua puluh lima` as 25, `2,5 juta` as 2500000: a run of number words is one number."""
    run: list[Word] = []
    for word in words:
        if word.kind == NUMBER and (not run or _goes_on(run[-1], word)):
            run.append(word)
            continue
        yield from _number(run)
        run = [word] if word.kind == NUMBER else []
        if word.kind != NUMBER:
            yield word
    yield from _number(run)


def _goes_on(before: Word, word: Word) -> bool:
    words = lexicon()
    if word.plain in words.multipliers or word.plain == _TEN_MORE:
        return True
    if 0 < words.numbers.get(word.plain, 1) < 1:  # satu setengah
        return True
    return before.plain in words.multipliers and _value(word) is not None


def _number(run: list[Word]) -> Iterator[Word]:
    if not run:
        return
    if len(run) == 1 and run[0].plain not in lexicon().numbers:
        yield run[0]
        return
    total = section = unit = 0.0
    for word in run:
        factor = lexicon().multipliers.get(word.plain)
        if word.plain == _TEN_MORE:
            unit += 10
        elif factor is None:
            value = _value(word) or 0.0
            unit = unit + value if value < 1 else value
        elif factor < 1000:
            section, unit = section + (unit or 1) * factor, 0.0
        else:
            total, section, unit = total + (section + unit or 1) * factor, 0.0, 0.0
    text = " ".join(word.plain for word in run)
    yield Word(_plain_number(total + section + unit), NUMBER, text)


def _value(word: Word) -> float | None:
    known = lexicon().numbers.get(word.plain)
    if known is not None:
        return known
    try:
        return float(word.key)
    except ValueError:
        return None
