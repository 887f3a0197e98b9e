"""Numbers as values, however they are written, and lengths of time in the unit that fits them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dedup.kinds import FUNCTION, MEASURE, NUMBER, WEEKDAY, Word
from dedup.lexicon import lexicon

TEN_MORE = "belas"
BREAK = Word("", FUNCTION, "")
"""Stands where a function word or a mark parts two numbers: "Rp150 juta pada 12 Januari"."""
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")
_SPOKEN = (("triliun", 10**12), ("miliar", 10**9), ("juta", 10**6), ("ribu", 10**3))
_LARGER = {
    "detik": ("menit", 60),
    "menit": ("jam", 60),
    "jam": ("hari", 24),
    "hari": ("pekan", 7),
    "bulan": ("tahun", 12),
}
_SMALLER = {unit: (smaller, factor) for smaller, (unit, factor) in _LARGER.items()}


def number_key(digits: str) -> str:
    """A written number by its value: `1.250.000` as 1250000, `2,5` as 2.5, `08.00` and `8:00` as 8:00."""
    if _THOUSANDS.fullmatch(digits):
        return _plain_number(float(digits.replace(".", "").replace(",", ".")))
    if clock := _CLOCK.fullmatch(digits):
        return f"{int(clock.group(1))}:{clock.group(2)}"
    if re.fullmatch(r"\d+,\d+", digits):
        return _plain_number(float(digits.replace(",", ".")))
    return digits if len(digits) > 6 or not digits.isdecimal() else str(int(digits))


def spoken(key: str) -> tuple[str, ...]:
    """A number as it is said, in digits: `3000000` and `3 juta` as 3 and juta, `dua` as 2."""
    known = lexicon().numbers.get(key)
    if known is not None:
        return (_plain_number(known),)
    if key.isdecimal():
        for name, factor in _SPOKEN:
            if int(key) >= factor and int(key) % (factor // 100) == 0:
                return (_plain_number(int(key) / factor), name)
    return (key,)


def joined(words: Iterable[Word]) -> list[Word]:
    """Words with each run of number words as one number (`dua puluh lima` as 25, `2,5 juta` as 2500000), `BREAK` left out."""
    found = list(_joined(words))
    for place in range(len(found) - 1):
        after = found[place + 2] if place + 2 < len(found) else None
        if _is_length(found[place - 1] if place else None, found[place], found[place + 1], after):
            found[place : place + 2] = _fitting(found[place], found[place + 1])
    return found


def _is_length(before: Word | None, word: Word, unit: Word, after: Word | None) -> bool:
    if word.kind != NUMBER or unit.kind != MEASURE or unit.plain == "pukul":
        return False
    if unit.key not in _LARGER and unit.key not in _SMALLER:
        return False
    if before is not None and before.kind == MEASURE and before.key in ("jam", "tahun"):
        return False  # pukul 7 hari Sabtu
    return after is None or (after.kind != WEEKDAY and (after.kind != NUMBER or unit.key != "jam"))


def _fitting(word: Word, unit: Word) -> tuple[Word, Word]:
    """14 days as two weeks, half an hour as 30 minutes."""
    value = _value(word)
    if value is None:
        return word, unit
    key = unit.key
    while value != int(value) and key in _SMALLER:
        key, factor = _SMALLER[key]
        value = round(value * factor, 3)
    while value and key in _LARGER and value % _LARGER[key][1] == 0:
        value, key = value / _LARGER[key][1], _LARGER[key][0]
    if key == unit.key:
        return word, unit
    text = f"{word.plain} {unit.plain}"
    return Word(_plain_number(value), NUMBER, text), Word(key, MEASURE, key)


def _plain_number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _joined(words: Iterable[Word]) -> Iterator[Word]:
    run: list[Word] = []
    for word in words:
        if word.kind == NUMBER and (not run or _goes_on(run[-1], word)):
            run.append(word)
            continue
        yield from _number(run)
        run = [word] if word.kind == NUMBER else []
        if word.kind not in (NUMBER, FUNCTION):
            yield word
    yield from _number(run)


def _goes_on(before: Word, word: Word) -> bool:
    words = lexicon()
    if word.plain in words.multipliers or word.plain == TEN_MORE:
        return True
    if 0 < words.numbers.get(word.plain, 1) < 1:  # satu setengah
        return True
    return _factor(before) is not None and _value(word) is not None


def _factor(word: Word) -> float | None:
    """What a word multiplies by: `ratus`, and `seratus`, which is one of them."""
    multipliers = lexicon().multipliers
    return multipliers.get(word.plain) or multipliers.get(word.plain.removeprefix("se"))


def _number(run: list[Word]) -> Iterator[Word]:
    if not run:
        return
    if len(run) == 1 and run[0].plain not in lexicon().numbers:
        yield run[0]
        return
    total = section = unit = 0.0
    for word in run:
        factor = _factor(word)
        if word.plain == TEN_MORE:
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
