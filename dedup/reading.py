"""The words of a paragraph, its numbers as values, its phrases as what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from dedup.kinds import FUNCTION, MEASURE, MONTH, NAME, NEGATION, NUMBER, PART, STATE, VAGUE, WEEKDAY, WORD, Word
from dedup.lexicon import lexicon
from dedup.normalize import clean, strip_dateline
from dedup.numbers import BREAK, joined
from dedup.words import ENDS, TOKEN, key_of, parts

_DEGREES = re.compile(r"(?:,?\s+[SMADB]\.(?:\s?[A-Z][A-Za-z]{0,5}\.?){1,3}(?=[\s,.;:]|$))+")
_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
_DATE = re.compile(
    rf"(?<![\d./-])(\d{{1,2}})([/-])(\d{{1,2}})(?:\2(\d{{4}}|\d{{2}}))?(?![\d/-]|\s+(?:{'|'.join(_MONTHS)})\b)",
    re.IGNORECASE,
)
# Somebody's initials: "berinisial RF", "RF (25)".
_INITIALS = re.compile(r"(?:(?<=inisial )[A-Z]{1,4}\b|[A-Z]{2,3}(?= \(\d))")
_INITIALISM = re.compile(r"\s?\(([A-Z][A-Za-z]{1,8})\)")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,3}[A-Z]\b\.?")
_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14}
_DAY_PARTS_ONLY = frozenset("pagi siang sore petang malam dini subuh kemarin besok lusa".split())
# Roots that are verbs of saying only after what was said: "...," kata Budi.
_BARE = frozenset(
    "kata jelas terang tegas tambah tutup sebut cerita pesan tulis nilai lanjut sambung rinci ulas jawab tanya seru klaim".split()
)
_QUOTED = frozenset('",?!')
_MOST_OF = 4
"""Letters of an abbreviation from which all but the first tell that it is said already."""
_TOLD = frozenset([NEGATION, NUMBER, VAGUE, WEEKDAY, MONTH])
_TIMES = frozenset(["lampau", "mendatang"])
_LETTERS = frozenset("ABCDEFGH")
_ARTICLE = frozenset(["bis", "ter", "quater"])
_UNITS = "detik|menit|jam|hari|malam|pekan|minggu|bulan|tahun|orang|ekor|unit|kg|kilogram|liter|sak|meter|ton|gram"
_FORMS = (
    (re.compile(r"\b(k?m|cm)2\b"), r"\1 persegi"),
    (re.compile(r"\bm3\b"), "m kubik"),
    (re.compile(r"\bKM(?= [A-Z][a-z])"), "kapal motor"),
    (re.compile(rf"/(?=(?:{_UNITS})\b)"), " per "),
    (re.compile(r"(?<![\d:.,])(\d{1,3}) ?: ?(\d)(?![\d:.,]*\d)"), r"\1 banding \2"),
    (re.compile(r"(?<=\d) ?[x×] ?(?=\d)"), " kali "),
    (re.compile(r"±"), " sekitar "),
    (re.compile(r"(Rp\.? ?[\d.,]*\d) ?M\b"), r"\1 miliar"),
)
"""What is written otherwise than in words: 20 m2, 5 ton/hari, 1:3, 2x24 jam."""


def read(text: str, phrases: bool = True) -> list[Word]:
    """The words of a paragraph in order, function words left out, numbers as values; its dateline does not count.

    With `phrases`, those of the lexicon are read as what they stand for; without, only those that tell a time or a number.
    """
    plain = _DATE.sub(_written_date, _DEGREES.sub("", _INITIALISM.sub(_unless_said, strip_dateline(clean(text)))))
    plain = _DOTTED.sub(lambda match: match.group().replace(".", ""), plain)
    for form, written in _FORMS:
        plain = form.sub(written, plain)
    return list(_marked(joined(_read(plain, phrases))))


def _unless_said(match: re.Match[str]) -> str:
    """Nothing, where the letters in brackets are those of the words before them: tempat kejadian perkara (TKP)."""
    letters = match.group(1).casefold()
    before = match.string[: match.start()].casefold().split()
    initials = "".join(word[:1] for word in before[-len(letters) :])
    meaning = lexicon().same.get(letters, ())
    # "diberhentikan tidak dengan hormat (PTDH)": the first word in another form.
    nearly = len(letters) >= _MOST_OF and initials[1:] == letters[1:]
    is_said = initials == letters or nearly or (meaning and tuple(before[-len(meaning) :]) == tuple(meaning))
    return "" if is_said else match.group()


def _marked(words: Iterable[Word]) -> Iterator[Word]:
    """The words with the function words that have opposites as marks of what they stand before."""
    marks: set[str] = set()
    for word in words:
        if word.kind == STATE:
            marks.add(word.plain)
        elif marks:
            yield replace(word, marks=frozenset(marks))
            marks.clear()
        else:
            yield word


def _written_date(match: re.Match[str]) -> str:
    day, month = int(match.group(1)), int(match.group(3))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match.group()
    year = match.group(4) or ""
    year = f"20{year}" if len(year) == 2 else year
    return f"{day} {_MONTHS[month - 1]} {year}"


def _read(plain: str, phrases: bool) -> Iterator[Word]:
    shouted = _is_shouted(plain)
    matches = list(TOKEN.finditer(plain))
    lowers = [match.group().casefold() for match in matches]
    starts, skipped = True, 0
    for place, (match, lower) in enumerate(zip(matches, lowers, strict=True)):
        if place < skipped:
            continue
        token = match.group()
        if token in ENDS:
            yield Word("persen", MEASURE, "persen") if token == "%" else BREAK
            starts = token in ".!?:"
            continue
        before = plain[max(0, match.start() - 2) : match.start()].strip()
        # A quotation mark before it begins a sentence as well.
        first = starts or before == '"'
        starts = False
        if (phrase := _phrase_at(lowers, place)) and (phrases or _tells_how_much(phrase[1])):
            skipped = place + phrase[0]
            yield BREAK
            for word in phrase[1]:
                yield from _words_of(word, True)
        elif not shouted and token.isupper() and _INITIALS.match(plain, match.start()):
            yield Word(lower, NAME, lower, True)
        elif _is_article(lowers, place, plain[match.start() - 1 : match.start()], token):
            yield Word(lower, NUMBER, lower)
        elif lower in _BARE and before[-1:] not in _QUOTED:
            yield Word(key_of(lower), WORD, lower)
        else:
            yield from _words_of(token, first or shouted)


def _phrase_at(lowers: list[str], place: int) -> tuple[int, tuple[str, ...]] | None:
    """How many words from here are a phrase, and the words it stands for."""
    for words, meaning in lexicon().phrases.get(lowers[place], ()):
        if tuple(lowers[place : place + len(words)]) == words:
            return len(words), meaning
    return None


@lru_cache(maxsize=2048)
def _tells_how_much(words: tuple[str, ...]) -> bool:
    """Whether a phrase stands for a time, a number or a negation, which its words alone do not tell: last week, next week."""
    kinds = {kind for word in words for _, kind, _ in parts(word)}
    return not kinds.isdisjoint(_TOLD) or not _TIMES.isdisjoint(words)


def _is_article(lowers: list[str], place: int, before: str, token: str) -> bool:
    """Whether this goes on the number of an article or a place: Pasal 303 bis, huruf a, Pasal 27A, KM 43A."""
    previous = lowers[place - 1] if place else ""
    if len(token) == 1 and (previous == "huruf" or (token in _LETTERS and before.isdigit())):
        return True
    return token in _ARTICLE and previous[:1].isdigit() and place > 1 and lowers[place - 2] == "pasal"


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
    # "Rp900 juta sehari" is no larger amount.
    found = [BREAK] if len(folded) > 1 and folded[0][1] == NUMBER else []
    for key, kind, letters in folded:
        if kind == FUNCTION:
            found.append(BREAK)
        elif kind == PART and token.istitle() and not explained and letters not in _DAY_PARTS_ONLY:
            found.append(Word(letters, NAME, letters, True))
        elif kind == WORD and capital and _may_be_name(letters, len(folded) > 1 or not explained):
            found.append(Word(letters, NAME, letters, not explained))
        else:
            found.append(Word(key, kind, letters, capital and not explained and len(folded) == 1))
    words = [word for word in found if word.kind != FUNCTION]
    return tuple(replace(word, further=True) if word in words[1:] and len(folded) > 1 else word for word in found)


def _may_be_name(word: str, certain: bool) -> bool:
    if word in lexicon().common or word in lexicon().synonyms:
        return False
    return certain or not _looks_inflected(word)


def _is_shouted(plain: str) -> bool:
    return sum(map(str.isupper, plain)) > 0.5 * len(plain)


def _looks_inflected(word: str) -> bool:
    """Whether an unknown word at the head of a sentence has the affixes of a verb or a derived noun."""
    return len(word) > 6 and bool(re.match(r"(?:me[mn]|meng|di|ber|ter).{4}|.{5}(?:nya|kan|lah)$", word))
