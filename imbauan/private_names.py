"""Finds the names of private people in a text, as far as its words tell them, and masks them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dedup.lexicon import lexicon
from imbauan.description.people import patterns
from imbauan.description.rules import rules
from imbauan.description.units import gazetteer

MASK = "[nama]"

_WORD = r"[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?"
_NAME = rf"{_WORD}(?:\s+(?:(?:bin|binti|al|van|de)\s+)?(?:{_WORD}|[A-Z]\b\.?)){{0,4}}|[A-Z]{{3,}}(?:\s+[A-Z]{{3,}}){{1,3}}\b"
_AGE = r"(?=\s*\(\s*\d{1,2}\s*(?:tahun|thn|th)?\s*[,)]|,?\s+(?:berusia\s+)?\d{1,2}\s+tahun\b)"
_HEADLINE = 0.8
"""Share of words with a capital from which a text is a headline: there a capital tells nothing."""


def names_in(texts: Iterable[str]) -> set[str]:
    """The full names of private people that are told as such in any of the texts; officers and officials are none."""
    found: set[str] = set()
    public: set[str] = set()
    for text in (line for whole in texts for line in whole.split("\n")):
        public |= _public_words(text)
        for name in _candidates(text):
            found |= {bare} if (bare := _bare(name)) else set()
    return {name for name in found if not set(name.split()) <= public}


def mask_names(text: str, names: set[str]) -> str:
    """The text with each name masked, and each longer word of one that stands alone."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}(?!\w)", MASK, text)
    public = _public_words(text)
    alone = {
        word for name in names for word in name.split() if len(word) > 2 and word not in public and not _no_name(word)
    }
    if alone:
        either = "|".join(sorted(map(re.escape, alone), key=len, reverse=True))
        text = re.sub(rf"(?P<before>\b[\w.]+\s+)?\b(?:{either})\b", _unless_place, text)
    return re.sub(rf"{re.escape(MASK)}(?:\s+{re.escape(MASK)})+", MASK, text)


def _unless_place(found: re.Match[str]) -> str:
    """Masked, but not where the word belongs to a place or firm: "Desa Slamet"."""
    before = found["before"] or ""
    word = before.strip()
    return found.group() if word[:1].isupper() and _no_name(word) and word.lower() not in _PERSONAL else before + MASK


_PERSONAL = (
    "korban",
    "pelaku",
    "tersangka",
    "saksi",
    "ibu",
    "bapak",
    "pak",
    "bu",
    "warga",
    "namun",
    "menurut",
    "saat",
    "haji",
)


def _candidates(text: str) -> Iterable[str]:
    always, behind, ahead, aged = _patterns()
    for pattern in (always, aged):
        yield from (found["name"] for found in pattern.finditer(text))
    if not _headline(text):
        yield from (found["name"] for found in behind.finditer(text) if not _part_of_a_title(found))
        yield from (found["name"] for found in ahead.finditer(text))


def _part_of_a_title(found: re.Match[str]) -> bool:
    """Whether the word of a part is itself within capitals: "Pelindungan Pekerja Migran"."""
    before = found.string[: found.start()].rstrip(" ")
    return found.group()[0].isupper() and bool(before) and before[-1].isalnum()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = rules("private")
    named, roles, apposition = (
        "|".join(data["named"]),
        "|".join(data["roles"] + data["relatives"]),
        "|".join(data["apposition"]),
    )
    return (
        re.compile(rf"\b(?i:{named})\s+[\"“'‘]?(?P<name>{_NAME})"),
        re.compile(rf"(?<![\w-])(?i:{roles}),?\s+(?P<name>{_NAME})"),
        re.compile(rf"\b(?P<name>{_NAME}),\s+(?:{apposition})\b"),
        re.compile(rf"\b(?P<name>{_NAME})(?:\s+alias\s+{_NAME})?{_AGE}"),
    )  # fmt: skip


def _headline(text: str) -> bool:
    words = re.findall(r"\b[^\W\d]{4,}", text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)


def _bare(name: str) -> str | None:
    """The name without words that are none; null where nothing is left, or a place."""
    words: list[str] = []
    for word in name.split():
        if _no_name(word):
            if words:
                break
            return None
        words.append(word)
    if patterns().officer.match(name):
        return None
    bare = " ".join(words).rstrip(".")
    if bare.lower() in lexicon().common:
        return None  # "Sebanyak 27 tahun": an ordinary word at the head of a sentence
    return bare if len(bare) > 2 and not _is_place(bare) else None


def _is_place(name: str) -> bool:
    return name.lower() in gazetteer().regions or name.split()[0].lower() in gazetteer().poldas


@cache
def _no_names() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(rules('private')['no_name'])})")


def _no_name(word: str) -> bool:
    return bool(_no_names().fullmatch(word.rstrip(".,").lower()))


def _public_words(text: str) -> set[str]:
    """The words of names that stand with a police rank or a public post."""
    found = {word for match in patterns().officer.finditer(text) for word in match["name"].split()}
    for match in _officials().finditer(text):
        found |= set(re.findall(r"\b[A-Z][\w'’-]+", match.group()))
    return found


@cache
def _officials() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?i:{'|'.join(rules('private')['officials'])})(?:\s+(?:[A-Z\d][\w.&/’'-]*|\([A-Z]+\)|dan|bidang|daerah|urusan|pada|untuk|anak|hukum|pidana|forensik|politik|sosial|klinis))*"
    )
