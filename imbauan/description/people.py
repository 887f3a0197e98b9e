"""Finds who speaks for the police: officers with a rank, in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from imbauan.patterns import Pattern

from .rules import any_of, rules
from .units import mentions

NAME = r"(?:[A-Z][\w'’-]*\.?|[A-Z]\.)(?:\s+(?:(?:bin|binti|van|de|al)\s+)?(?:[A-Z][\w'’-]*\.?))*"

BESIDE = 25
"""Characters behind a verb of saying in which whoever speaks is named."""
BEFORE, AFTER, WINDOW = 60, 90, 140
"""Characters between a quoted person's name and the verb, before and behind it, and those that are looked at."""
_BROKEN = re.compile('[.;"“”]')


@dataclass(slots=True)
class Officer:
    """A person with a police rank. `words` are the parts of the name that later paragraphs may use alone."""

    name: str
    unit: str | None
    points: float
    words: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Patterns:
    """What finds officers, posts and verbs of saying."""

    officer: Pattern
    rank: dict[str, str]
    post: Pattern
    says: Pattern
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The ranks and posts of `imbauan/data/ranks.toml`."""
    data = rules("ranks")
    rank = {spelling.lower(): form for form, spellings in data["ranks"].items() for spelling in spellings}
    longest_first = sorted(rank, key=len, reverse=True)
    spelled = "|".join(re.escape(spelling).replace(r"\ ", r"\s+") for spelling in longest_first)
    officer = Pattern(
        rf"\b(?P<rank>(?i:{spelled}))\.?(?:\s*(?i:Pol(?:isi)?)\b\.?)?(?!\s*\(?(?i:TNI|Purn))"
        rf"\s*(?:\(P\)\s*)?,?\s+(?:(?:d(?:r|rg|rh)|apt|ns)\.?\s+)?(?P<name>{NAME})"
    )
    before, after = data["degrees"]["before"], data["degrees"]["after"]
    return Patterns(
        officer,
        rank,
        any_of(rf"\b(?:{post})" for post in data["posts"]["patterns"]),
        Pattern(data["speaking"]["verbs"], re.IGNORECASE),
        re.compile(rf"^(?:(?:{'|'.join(before)})\s+)+"),
        re.compile(rf"(?:[\s,]+(?:{'|'.join(after)}))+$"),
    )


def officers(paragraphs: list[str]) -> list[Officer]:
    """The officers of a text, who speaks most like a spokesperson first."""
    found: dict[str, Officer] = {}
    for place, text in enumerate(paragraphs):
        for match in patterns().officer.finditer(text):
            officer = _officer(match, text, place)
            if officer:
                known = _same(officer, found)
                if known:
                    known.points += 0.5 + (officer.points if officer.points > 2 else 0) / 2
                    known.unit = known.unit or officer.unit
                else:
                    found[officer.name] = officer
    said = [[text[end : end + BESIDE] for _, end in _sayings(text)] for text in paragraphs] if found else []
    for officer in found.values():
        if name := _one_of(officer.words):
            officer.points += sum(0.5 for places in said if any(map(name.search, places)))
    return sorted(found.values(), key=lambda officer: -officer.points)


def quoted_people(paragraphs: list[str], people: list[Officer]) -> list[str]:
    """The officers who are quoted, in the order of the text; nobody without a police rank is named."""
    names = {officer.name: name for officer in people if (name := _one_of(officer.words))}
    found: dict[str, None] = {}
    for text in paragraphs if names else ():
        said = [(text[max(0, start - WINDOW) : start], text[end : end + WINDOW]) for start, end in _sayings(text)]
        for officer, name in names.items():
            if officer not in found and any(_is_near(name, before, after) for before, after in said):
                found[officer] = None
    return list(found)


@lru_cache(maxsize=64)  # Asked for who speaks, and again for who is quoted.
def _sayings(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(said.span() for said in patterns().says.finditer(text))


def _is_near(name: re.Pattern[str], before: str, after: str) -> bool:
    """Whether a name stands close before or after a verb of saying, in the same sentence."""
    return any(
        len(between) <= BEFORE and not _BROKEN.search(between)
        for between in (before[match.end() :] for match in name.finditer(before))
    ) or any(
        len(between) <= AFTER and not _BROKEN.search(between)
        for between in (after[: match.start()] for match in name.finditer(after))
    )


def _officer(match: re.Match[str], text: str, place: int) -> Officer | None:
    name = _bare_name(match["name"])
    if not name:
        return None
    rank = patterns().rank[re.sub(r"\s+", " ", match["rank"]).lower()]
    before = re.split(r"[.;!?”\"](?=\s|$)", text[max(0, match.start() - 140) : match.start()])[-1]
    posts = list(patterns().post.finditer(before))
    units = list(mentions(before[posts[-1].start() :] if posts else before[-50:]))
    after = text[match.end() : match.end() + 90].split('"')[0]
    points = 2.0 * bool(posts) + 3.0 * bool(patterns().says.search(after) or patterns().says.search(before))
    points += 2.0 if re.search(r"(?i)humas|penmas|penum", before) else 0
    points -= 4.0 if re.search(r"(?i)\b(?:dipimpin|melalui|mewakili|didampingi)\b[^,]*$", before) and not posts else 0
    points -= 2.0 if re.search(r"(?i)^[^.]{0,12}\bmelalui\b", after) else 0
    points -= (
        2.5 if re.search(r"(?i)\b(?:dipimpin|didampingi|kepada|digantikan|menggantikan|dari)\b[^,.]*$", before) else 0
    )
    points += (
        2.5 if posts and re.search(r"(?i)\bdari\s+$", before[: posts[0].start()]) else 0
    )  # "Ajakan itu datang dari Kapolres …"
    return Officer(f"{rank} {name}", units[0].unit if units else None, points - 0.2 * place, set(name.split()))


def _bare_name(text: str) -> str | None:
    name = patterns().before.sub("", text.strip())
    name = patterns().after.sub("", name).strip(" ,")
    name = re.split(r"(?<=[a-z]{3})\.", name)[0]
    words = []
    for word in name.split():
        if patterns().post.match(word) or re.match(
            r"(?i)(?:polri|pol(?:da|res|sek)\w*|selaku|senin|selasa|rabu|kamis|jumat|sabtu|minggu)$", word
        ):
            break
        words.append(word.capitalize() if word.isupper() and len(word) > 3 else word)
    name = " ".join(words[:6]).strip()
    return name if len(name) > 2 else None


def _same(officer: Officer, found: dict[str, Officer]) -> Officer | None:
    for known in found.values():
        if officer.words <= known.words:
            return known
        if known.words < officer.words and officer.name.split()[0] == known.name.split()[0]:
            known.name, known.words = officer.name, officer.words
            return known
    return None


def _one_of(words: set[str]) -> re.Pattern[str] | None:
    """The parts of a name that are long enough to stand for a person."""
    names = [re.escape(word) for word in words if len(word) > 2]
    return re.compile(rf"\b(?:{'|'.join(names)})\b") if names else None
