"""Finds police units and brings each to one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .rules import rules

HEAD = re.compile(
    r"\b(?:(?P<polda>(?:wa)?kapold[ao]|mapolda|polda|kepolisian\s+daerah)"
    r"|(?P<polres>(?:waka|ka|ma)?polres(?P<size>tabes|ta)?|kepolisian\s+resort?(?P<long>\s+kota(?:\s+besar)?)?)"
    r"|(?P<polsek>(?:waka|ka|ma)?polsek(?:ta)?|kepolisian\s+sektor))\b"
    r"(?:\s*\((?:polda|polres\w*|polsek)\))?(?=(?P<metro>\s+metro(?:politan)?)?\s+(?P<words>[\w'’.-]+(?:\s+[\w'’.-]+){0,5}))"
    r"|\b(?P<centre>(?:mabes|div(?:isi)?\s?humas|bareskrim|korlantas|baharkam|pusiknas|ssdm|divisi\s+hubungan\s+masyarakat)"
    r"\s+polri|waka?polri|kapolri|bareskrim|korlantas|densus\s+88|kepolisian\s+(?:negara\s+)?republik\s+indonesia)\b"
    r"|\b(?P<polri>polri)\b",
    re.IGNORECASE,
)
BRANCH = re.compile(
    r"\b(?i:(?:sat(?:uan)?\s?(?:lantas|reskrim|res\s?narkoba|samapta|binmas|intelkam|polairud)|kasat\s?(?:lantas|reskrim|res\s?narkoba|"
    r"samapta|binmas|intelkam|polairud)|kasi\s?humas|polisi|polantas))\s+(?P<words>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})",
)
DATELINE = re.compile(r"^\W*([A-Z][\w .'’/-]{2,34}?)\s*(?:,[^()–—]{1,40})?\s*(?:\([^)]{2,30}\)|[–—]|\s-\s|\|\||:\s)")
NOT_A_PLACE = re.compile(
    r"(?i)^(?:akbp|akp|kompol|kombes\w*|ip[dt]u|ai?p[dt]u|aipda|bripka|brig\w*|irjen|komjen|jenderal|pol(?:da|ri|isi|res\w*|sek)?|"
    r"ka(?:pol\w+|sat|nit|bid|si)|di|dan|yang|ini|itu|setempat|bersama|senin|selasa|rabu|kamis|jumat|sabtu|minggu)$"
)
IN_PLACE = re.compile(r"\b(?:di|Kabupaten|Kota|Provinsi|wilayah|warga)\s+((?:[A-Z][\w'’-]+)(?:\s+[A-Z][\w'’-]+){0,3})")
DISTRICTS = frozenset(["Kabupaten", "Kota", "Provinsi", "Kecamatan"])
SERVICE = 0.25
"""Weight of "Polri" alone."""
SIZES = {"tabes": "Polrestabes", "ta": "Polresta", "metro": "Polres Metro"}

AND_PLACE = re.compile(r"di\s+[^.,;]{3,40}?,?\s+(?:dan|serta)\s+([A-Z]\w+(?:\s[A-Z]\w+)?)")
WORDS_TOO = frozenset(["puncak", "buru"])
"""Regencies whose names are words that a title writes large: "di Puncak Arus Balik"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit at a place of the text; `weight` is how much it says about who speaks."""

    start: int
    unit: str
    region: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places in lower case: of Poldas and of Polres to (name, region), of towns and provinces to region."""

    poldas: dict[str, tuple[str, str]]
    polres: dict[str, tuple[str, str]]
    sizes: dict[str, str]
    regions: dict[str, str]
    shared: dict[str, frozenset[str]]
    """Places of which two provinces have a Polres, with these."""


@cache
def gazetteer() -> Gazetteer:
    """The units of `imbauan/data/units.toml`."""
    data = rules("units")
    poldas: dict[str, tuple[str, str]] = {}
    polres: dict[str, tuple[str, str]] = {}
    sizes: dict[str, str] = {}
    regions: dict[str, str] = {}
    shared: dict[str, frozenset[str]] = {}
    for entry in data["polda"]:
        region = entry["region"]
        poldas |= {place.lower(): (entry["name"], region) for place in entry["places"]}
        for place in entry["polres"]:
            known = polres.setdefault(place.lower(), (place, region))
            if known[1] != region:
                shared[place.lower()] = shared.get(place.lower(), frozenset([known[1]])) | {region}
        for key, kind in (("polresta", "Polresta"), ("polrestabes", "Polrestabes"), ("metro", "Polres Metro")):
            sizes |= {place.lower(): kind for place in entry.get(key, ())}
        for place in entry["polres"] + entry["towns"] + entry["places"]:
            regions.setdefault(place.lower(), region)
    for spelling, place in data["spellings"].items():
        polres[spelling.lower()] = (place, polres[place.lower()][1])
        regions.setdefault(spelling.lower(), polres[place.lower()][1])
    return Gazetteer(poldas, polres, sizes, regions, shared)


def region_of_unit(unit: str, near: str | None = None) -> str | None:
    """ISO 3166-2 code of a unit in its one spelling; null for Polri and for a Polsek. `near` tells which of two of one name."""
    level, _, place = unit.partition(" ")
    if near in gazetteer().shared.get(place.lower(), ()):
        return near
    if level == "Polda":
        return next((region for name, region in gazetteer().poldas.values() if name == unit), None)
    found = gazetteer().polres.get(place.removeprefix("Metro ").lower() or place.lower())
    return found[1] if found and level != "Polsek" else None


def dateline_region(lead: str) -> str | None:
    """ISO 3166-2 code of the town before the lead's dash or bracket."""
    found = DATELINE.match(lead)
    return gazetteer().regions.get(found[1].strip().lower()) if found else None


def region_of_place(texts: list[str]) -> str | None:
    """ISO 3166-2 code of the first other unit that is named, else of the first place that the opening names after "di"."""
    named = [mention.region for text in texts for mention in mentions(text) if mention.region]
    if named:
        return named[0]
    for text in texts[:4]:
        for found in IN_PLACE.finditer(text):
            words = found[1].split()
            bare = words[1:] if words[0] in DISTRICTS else []
            for name in (*_shortened(words), *_shortened(bare)):
                region = gazetteer().regions.get(name.lower().strip(".,"))
                if region and (bare or not found[0].startswith("di ") or name.lower() not in WORDS_TOO):
                    return None if _goes_on(text[found.start() :], region) else region
    return None


def _goes_on(text: str, region: str) -> bool:
    """Whether another province is named in one breath: what happened in both is of neither alone."""
    found = AND_PLACE.match(text)
    other = gazetteer().poldas.get(found[1].lower()) if found else None
    return other is not None and other[1] != region


def _shortened(words: list[str]) -> Iterator[str]:
    """The words of a name, ever fewer of them."""
    return (" ".join(words[:length]) for length in range(len(words), 0, -1))


def polda_of(region: str | None) -> str | None:
    """The Polda of a region, for a police portal that does not name itself."""
    return next((name for name, iso in gazetteer().poldas.values() if iso == region), None)


def mentions(text: str, prose: bool = True) -> Iterator[Mention]:
    """The units of a text, in order; a unit unknown to the gazetteer is read off its capitals in prose only."""
    for found in HEAD.finditer(text):
        if found["centre"]:
            yield Mention(found.start(), "Polri", None, 1.0)
        elif found["polri"]:
            yield Mention(found.start(), "Polri", None, SERVICE)
        else:
            named = _named(found, prose)
            if named:
                yield Mention(found.start(), named[0], named[1], 0.8 if found["polsek"] else 1.0)


def _named(found: re.Match[str], prose: bool) -> tuple[str, str | None] | None:
    if found["polda"]:
        known = _longest(found["words"], gazetteer().poldas)
        if not known and found["metro"]:
            return "Polda Metro Jaya", "ID-JK"
        if found["metro"] and found["words"].lower().startswith("jaya"):
            return "Polda Metro Jaya", "ID-JK"
        return known
    if found["polsek"]:
        place = _capitals(found["words"]) if prose else None
        return (f"Polsek {place}", None) if place else None
    known = _longest(found["words"], gazetteer().polres)
    if not known and found["metro"]:
        return "Polres Metro", "ID-LA"
    if not known:
        place = _capitals(found["words"]) if prose else None
        return (f"Polres{found['size'] or ''} {place}", None) if place else None
    size = "metro" if found["metro"] else found["size"] or _long_size(found["long"])
    return _sized(known[0], size), known[1]


def _long_size(words: str | None) -> str | None:
    return None if not words else "tabes" if "besar" in words.lower() else "ta"


def _sized(place: str, size: str | None) -> str:
    sizes = gazetteer().sizes
    if size in ("ta", "metro") and place.lower() not in sizes and f"{place} Kota".lower() in sizes:
        place = f"{place} Kota"
    return f"{SIZES[size.lower()] if size else sizes.get(place.lower(), 'Polres')} {place}"


def _longest(words: str, known: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    parts = words.replace("Kabupaten ", "").lower().split()
    for length in range(len(parts), 0, -1):
        place = " ".join(parts[:length])
        found = known.get(place) or known.get(place.rstrip(".'’"))
        if found:
            return found
    return None


def _capitals(words: str) -> str | None:
    place: list[str] = []
    for word in words.split()[:3]:
        if not word[0].isupper() or NOT_A_PLACE.match(word.rstrip(".")):
            break
        place.append(word.rstrip(".'’"))
        if word.endswith("."):
            break
    return " ".join(place) or None


def speaking_unit(title: str, paragraphs: list[str], officer: str | None) -> str | None:
    """The unit that speaks: the spokesperson's weighs most, then title and lead, then how often each is named."""
    points: dict[str, float] = {}
    service = 0.0
    for place, text in enumerate([title, *paragraphs]):
        worth = (4.0, 4.0, 2.0)[place] if place < 3 else 1.0
        for mention in mentions(text, prose=place > 0):
            if mention.weight == SERVICE:
                service += mention.weight * worth
            else:
                points[mention.unit] = points.get(mention.unit, 0.0) + mention.weight * worth
            worth *= 0.6
    if service and max(points.values(), default=0.0) < 1.0:
        # "Polri" alone is as often the whole service that a unit belongs to as its headquarters.
        points["Polri"] = points.get("Polri", 0.0) + service
    if officer:
        points[officer] = points.get(officer, 0.0) + 6.0
    if max(points.values(), default=0.0) < 1.0 and (branch := _branch([title, *paragraphs])):
        return branch
    return max(points, key=lambda unit: points[unit], default=None)


def _branch(texts: list[str]) -> str | None:
    """The Polres of a branch that is named with its town alone: "Satlantas Boyolali", "polisi Tabalong"."""
    for text in texts:
        for found in BRANCH.finditer(text):
            if known := _longest(found["words"], gazetteer().polres):
                return _sized(known[0], None)
    return None
