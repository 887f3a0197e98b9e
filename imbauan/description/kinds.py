"""Tells advisories from police news and from everything else, with reasons."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache

from dedup.normalize import strip_dateline
from imbauan.patterns import Pattern, PatternSet

from .people import Officer, patterns
from .rules import any_of, rules
from .units import dateline_region

QUOTE = re.compile(r"[\"“][^\"“”]*[\"”]?")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“]?[A-Z])")
DOMESTIC = re.compile(
    r"(?i)\b(?:wa?ka|ka|ma|korps\s)?pol(?:da|res|sek|ri)|\bkepolisian\s+(?:daerah|resor|sektor)|\b(?:sat|dit)\s?(?:lantas|res)"
)
CLAUSE = re.compile(r"[.,;:?!|()–—\"“”]\s*|\s-\s*|\]\s*")
# "Minta Uang Seragam? Polres Gresik: Abaikan!"
ATTRIBUTED = re.compile(r"(?:^|[?!.,;–—-])\s*((?:[A-Z][\w.'’]*\s*){1,6}):\s")
MOST_SUBJECT = 8
"""Words before a verb that may still be its subject alone."""
STARTS_WITHIN = 12
"""Characters from the start of a paragraph within which whoever is named acts in it."""
RUMOUR = re.compile(r"(?i)\b(?:cek fakta|hoaks|hoax|kabar bohong|isu|pesan berantai|tidak benar)\b")
EXPLAINS = 0.5
"""Points of an officer who explains what happened, however late in the text."""
CASES = ("penangkapan", "pengungkapan", "penyelidikan")
"""Rules of news that tell of a case."""
EVENTS = frozenset(["pengamanan dan patroli", "kegiatan"])
"""Rules of news that tell of an event."""
PLACES = ("title", "lead", "second", "body")


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled rules of `imbauan/data/kinds.toml`.

    All but `no_police` are for texts in lower case: three times as fast as ignoring case.
    """

    police: Pattern
    no_police: Pattern
    foreign: Pattern
    others: Pattern
    internal: Pattern
    idioms: Pattern
    invitation: Pattern
    warning: Pattern
    crime: Pattern
    incident: Pattern
    same: Pattern
    addressed: Pattern
    advises: Pattern
    no_subject: Pattern
    process: Pattern
    outreach: Pattern
    advice_rules: tuple[tuple[str, float, bool], ...]
    """Name, weight, and whether it is for the body only, of each rule of `advice`."""
    advice: PatternSet
    news_names: tuple[str, ...]
    news: PatternSet


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence that advises: by which rule, how strongly, and where it stands."""

    rule: str
    points: float
    where: str
    paragraph: int | None


@cache
def _rules() -> Rules:
    data = rules("kinds")
    presence, audience = data["presence"], data["audience"]
    heaviest_first = sorted(data["advice"], key=lambda rule: -rule["weight"])
    advice = [(rule, rule["pattern"].replace("{audience}", audience["pattern"])) for rule in heaviest_first]
    return Rules(
        any_of([*presence["police"], patterns().post.exact.pattern], 0),
        any_of(presence["no_police"]),
        Pattern(presence["foreign"]),
        Pattern(presence["others"]),
        Pattern(audience["internal"]),
        Pattern(audience["idioms"]),
        Pattern(audience["invitation"]),
        Pattern(audience["warning"]),
        Pattern(presence["crime"]),
        Pattern(presence["incident"]),
        Pattern(presence["same_speaker"]),
        Pattern(presence["addressed"]),
        Pattern(presence["advises"]),
        Pattern(presence["no_subject"]),
        Pattern(data["process"]["pattern"]),
        Pattern(data["outreach"]["pattern"]),
        tuple((rule["name"], rule["weight"], rule.get("body_only", False)) for rule, _ in advice),
        PatternSet(re.compile(text) for _, text in advice),
        tuple(rule["name"] for rule in data["news"]),
        PatternSet(re.compile(rule["pattern"]) for rule in data["news"]),
    )


def kind_of(title: str, paragraphs: list[str], people: list[Officer], official: bool) -> tuple[str, list[str]]:
    """`advisory`, `police_news` or `other`, and one line for each rule that fired."""
    told = _speakers(title, paragraphs, people)
    presence, evidence = _presence(title, paragraphs, told, people, official)
    limits = rules("kinds")["thresholds"]
    if presence < limits["presence"]:
        return "other", evidence
    advice = _advice(title, paragraphs, told)
    evidence += [f"+{found.points:g} {found.rule} ({found.where})" for found in advice]
    opening = " ".join([title, *paragraphs[:1]]).lower()
    news = [_rules().news_names[number] for number, _ in _rules().news.search(opening)]
    if RUMOUR.search(title):
        news = [name for name in news if name in CASES]  # what a false report says that police do
    if _is_case(paragraphs):
        news.append("perkara")
    evidence += [f"+0 {name} (title, lead)" for name in news]
    outreach = bool(_rules().outreach.search(title.lower())) and set(news) <= EVENTS
    if outreach:
        evidence.append("+0 penyuluhan (title)")
        news = []
    beside_much = _share(advice, len(paragraphs)) >= limits["share_beside_headline"]
    if news and not beside_much and _news_first(title, paragraphs, advice):
        advice = [found for found in advice if found.where != "title"]
    is_advisory = _is_advisory(advice, len(paragraphs), bool(news), outreach)
    return ("advisory" if is_advisory else "police_news"), evidence


def _news_first(title: str, paragraphs: list[str], advice: list[Advice]) -> bool:
    """Whether title and lead tell news and the appeal is only an afterthought of the title."""
    if any(found.where == "lead" for found in advice):
        return False
    title, lead = title.lower(), paragraphs[0].lower() if paragraphs else ""
    first = min((match.start() for _, match in _rules().news.search(title)), default=len(title))
    appeal = min((match.start() for _, match in _rules().advice.search(title)), default=len(title))
    return first < appeal and any(_rules().news.search(lead))


def _tells_a_case(title: str, paragraphs: list[str]) -> bool:
    """Whether it is about a crime or its suspects, whoever is named first."""
    opening = " ".join([title, *paragraphs[:1]]).lower()
    told = any(_rules().news_names[number] in CASES for number, _ in _rules().news.search(opening))
    return told or bool(_rules().crime.search(opening)) or _is_case(paragraphs)


def _is_case(paragraphs: list[str]) -> bool:
    """Whether much of the article tells of a case at law: suspects, exhibits, charges."""
    limits = rules("kinds")["process"]
    told = sum(bool(_rules().process.search(text.lower())) for text in paragraphs)
    return bool(told >= limits["paragraphs"] and told >= limits["share"] * len(paragraphs))


def _share(advice: list[Advice], paragraphs: int) -> float:
    """The share of paragraphs that hold advice."""
    return len({found.paragraph for found in advice if found.paragraph is not None}) / max(1, paragraphs)


def _points(advice: list[Advice]) -> float:
    """Points of all advice; one paragraph gives no more than a full rule and a half, so that a closing line is no article."""
    limits, places = rules("kinds")["thresholds"], rules("kinds")["places"]
    of: dict[tuple[str, int | None], float] = {}
    for found in advice:
        key = (found.where, found.paragraph)
        of[key] = min(of.get(key, 0.0) + found.points, places[found.where] * limits["most_a_paragraph"])
    return sum(of.values())


def _is_advisory(advice: list[Advice], paragraphs: int, beside_news: bool, outreach: bool) -> bool:
    """Whether the advice is what the article is for, and no closing line of news; of an event held to advise, one is enough."""
    limits = rules("kinds")["thresholds"]
    share, total = _share(advice, paragraphs), _points(advice)
    near = _points([found for found in advice if found.where != "body"])
    if beside_news:
        opening = _points([found for found in advice if found.where in ("title", "lead")])
        much = total >= limits["body_beside_news"] and share >= limits["share_beside_news"]
        headed = near >= limits["opening_beside_news"] and share >= limits["share_beside_headline"]
        return bool(opening >= limits["opening_beside_news"] or much or headed)
    places = len({found.paragraph for found in advice if found.paragraph is not None})
    body = (
        total >= limits["body"]
        and share >= limits["body_share"]
        and places >= (1 if outreach else limits["body_places"])
    )
    return bool(near >= limits["opening"] or body or (advice and share >= limits["share"]))


def _actor(text: str, own: Set[str] = frozenset(), theirs: Set[str] = frozenset()) -> str | None:
    """`police`, `others`, `both` (others first) or null: who acts in a text."""
    masked = _rules().no_police.sub(" ", text) if _rules().police.search(text.lower()) else text
    lower = _rules().addressed.sub(" ", masked.lower())
    police = _rules().police.search(lower)
    others = _rules().others.search(lower)
    first = min((found.start() for found in _ranked(masked, police)), default=None)
    if first is None and others is None:
        words = set(re.findall(r"\b[A-Z][\w'’-]+", masked))
        return "police" if words & own else "others" if words & theirs else None
    if first is None:
        same = _rules().same.search(lower)
        return None if same and others and same.start() < others.start() else "others"
    return "police" if others is None or first < others.start() else "both"


def _someone_else_advises(text: str) -> bool:
    """Whether the first active verb of advising has a subject of its own that is not the police: "Masjid Raya Imbau Jemaah"."""
    outside = QUOTE.sub(" ", text)
    verb = _rules().advises.search(outside.lower())
    if not verb:
        return False
    subject = CLAUSE.split(outside[: verb.start()])[-1]
    lower = subject.lower()
    if lower.rstrip().endswith(" yang"):
        return False  # of whom something is told: "Nomor yang Minta Sumbangan Itu Milik Penipu"
    if len(subject.split()) > MOST_SUBJECT or not subject.strip()[:1].isupper() or _rules().no_subject.search(lower):
        return False
    return not (_rules().police.search(lower) or patterns().officer.search(subject))


def _takes_over(text: str, own: Set[str]) -> bool:
    """Whether somebody else, named after the police spoke, says or advises something, and is no mere object of the sentence."""
    lower = text.lower()
    others = _rules().others.search(lower)
    if not others or any(re.search(rf"\b{re.escape(word)}\b", text[: others.start()]) for word in own):
        return False
    return bool(patterns().says.search(text) or _rules().advises.search(lower) or others.start() < STARTS_WITHIN)


def _ranked(text: str, police: re.Match[str] | None) -> list[re.Match[str]]:
    officer = patterns().officer.search(text)
    return [found for found in (police, officer) if found]


def _speakers(title: str, paragraphs: list[str], people: list[Officer]) -> list[str | None]:
    """Who speaks in each paragraph; one that names nobody goes on with who spoke before, the first one with the title."""
    own = {word for officer in people for word in officer.words if len(word) > 2}
    theirs: set[str] = set()
    told: list[str | None] = []
    headed = _heading(title)
    for text in paragraphs:
        outside = QUOTE.sub(" ", text)
        actor = _actor(outside, own, theirs)
        if not told and _someone_else_advises(text):
            actor = "others"
        before = told[-1] if told else headed
        if actor == "others" and before == "police" and not _takes_over(outside, own):
            actor = "police"
        if actor == "both":
            actor = "police" if before == "police" else "others"
        actor = actor or before
        if actor == "others":
            theirs |= set(re.findall(r"\b[A-Z][a-z'’-]{2,}\b", outside)) - own
        told.append(actor)
    return told


@lru_cache(maxsize=64)  # Title and lead are asked about several times.
def _heading(title: str) -> str | None:
    """Who acts in a title or lead."""
    if any(_rules().police.search(found[1].lower()) for found in ATTRIBUTED.finditer(title)):
        return "police"
    return "others" if _someone_else_advises(title) else _actor(title)


def _presence(
    title: str, paragraphs: list[str], told: list[str | None], people: list[Officer], official: bool
) -> tuple[int, list[str]]:
    points = rules("kinds")["presence"]["points"]
    fired: list[tuple[str, str]] = []
    lead = paragraphs[0] if paragraphs else ""
    for name, text in (("title", title), ("lead", lead)):
        actor = _heading(text)
        if actor == "police":
            fired.append((name, f"polisi ({name})"))
        elif actor == "others":
            silent = name == "lead" and not (patterns().says.search(text) or _rules().advises.search(text.lower()))
            fired.append(("silent_lead" if silent else f"other_{name}", f"pihak lain ({name})"))
    if len(paragraphs) > 1 and _actor(paragraphs[1]) == "police":
        fired.append(("second", "polisi (second)"))
    share = told.count("police") / len(told) if told else 0
    if share >= 1 / 3:
        fired.append(("half", "separuh paragraf") if share >= 1 / 2 else ("third", "sepertiga paragraf"))
    voice = next((told[place] for place, text in enumerate(paragraphs) if patterns().says.search(text)), None)
    if people and voice == "police":
        fired.append(("voice", "perwira berbicara pertama"))
    first = next((actor for actor in told if actor), None)
    if people and people[0].points >= 1 and first == "police":
        fired.append(("officer", "perwira berbicara"))
    if official:
        fired.append(("portal", "portal polisi"))
    text = " ".join([title, *paragraphs])
    if DOMESTIC.search(text) and _heading(title) != "others":
        explains = bool(people) and people[0].points >= EXPLAINS and told.count("others") <= told.count("police")
        opening = " ".join([title, *paragraphs[:2]]).lower()
        case = _tells_a_case(title, paragraphs)
        if explains and (case or _rules().incident.search(opening)):
            fired.append(("explained", "peristiwa yang diterangkan polisi"))
        elif case:
            fired.append(("case", "perkara yang ditangani polisi"))
    if (
        not people
        and not DOMESTIC.search(text)
        and _rules().foreign.search(f"{title} {paragraphs[0] if paragraphs else ''}".lower())
    ):
        fired.append(("foreign", "polisi luar negeri"))
    elif not (people or official or DOMESTIC.search(text) or dateline_region(lead)):
        fired.append(("unnamed", "tanpa nama satuan"))
    return sum(points[rule] for rule, _ in fired), [f"{points[rule]:+d} {why}" for rule, why in fired]


def _advice(title: str, paragraphs: list[str], told: list[str | None]) -> list[Advice]:
    texts: list[tuple[str, str, int | None]] = [(title, "title", None)] if _heading(title) != "others" else []
    for place, (text, actor) in enumerate(zip(paragraphs, told, strict=True)):
        if actor is None and _someone_else_advises(text):
            actor = "others"
        if actor != "others":
            text = text if place else strip_dateline(text)
            # Nobody is known to speak: what is quoted may be the swindler's word.
            text = text if actor else QUOTE.sub(" ", text)
            texts += [(sentence, PLACES[min(3, place + 1)], place) for sentence in SENTENCE_END.split(text)]
    found = [(Advice(*_best(text, where), where, place)) for text, where, place in texts]
    return [advice for advice in found if advice.points]


def advice_points(sentence: str) -> float:
    """How strongly a sentence tells the public what to do, 0 for none; 1 for an open appeal."""
    return _best(sentence, "body")[1] / float(rules("kinds")["places"]["body"])


def _best(sentence: str, where: str) -> tuple[str, float]:
    name, weight = _best_rule(sentence.lower(), where == "title")
    return name, weight * float(rules("kinds")["places"][where])


@lru_cache(maxsize=256)  # Sentences are asked about for the kind and again for the advice.
def _best_rule(sentence: str, title: bool) -> tuple[str, float]:
    sentence = _rules().idioms.sub(" ", sentence)
    if found := _rules().internal.search(sentence):
        sentence = sentence[: found.start()]
    if _rules().invitation.search(sentence) and not _rules().warning.search(sentence):
        return "", 0.0
    for number, _ in _rules().advice.search(sentence):
        name, weight, body_only = _rules().advice_rules[number]
        if not (title and body_only):
            return name, weight
    return "", 0.0
