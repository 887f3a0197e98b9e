"""Pages that are no article though the server says so: walls, soft 404s, mojibake; pure, judged again in a rebuild."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files

MAX_WALL_WORDS = 80
"""Words of text from which a page is believed to be an article whatever boxes stand around it."""
MAX_WEAK_WORDS = 25
"""Words under which a banner or a form is taken for the page itself."""
MAX_TAGS = 100_000
"""A news page has 1,000 to 5,000 tags; past this, reading it costs minutes and gives nothing."""
_TITLE = re.compile(r"<(title|h1)\b[^>]{0,500}>(.{0,400}?)</\1", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(
    r"<(script|style|template|svg)\b.{0,200000}?</\1\s*>|<!--.{0,200000}?-->", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_IS_NEWS = re.compile(rb'"@type":\s*"NewsArticle"')
_PARTS = re.compile(r"\s[|–—»:·-]+\s|\s*[|»]\s*")
LONGEST_GUARD = 60_000
"""Bytes: a longer page is one of the site, which may well load a guard's script of its own."""
FIRST_OF_GUARD = 20_000
"""Bytes that are looked at for a guard's signs: it says what it is at once."""
_FIRST = 300_000
"""Characters of a page that are looked at: a wall is short."""
# UTF-8 read as Windows-1252 or Latin-1, once or twice: Ã©, â€œ, Â·.
_MOJIBAKE = re.compile(r"[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Ã\u0192|ï¿½")
MOJIBAKE_EVERY = 400
"""Characters of text for each broken one from which a page is unreadable; a stray one is the outlet's own slip."""


@dataclass(frozen=True, slots=True)
class _Wall:
    name: str
    title: tuple[re.Pattern[str], ...]
    text: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    html: tuple[re.Pattern[str], ...]


def challenge_of(body: bytes) -> str | None:
    """What kind of challenge or block stands in the place of a page; null for an ordinary page.

    Told from the bytes alone, so that feeds and listings can be asked too.
    """
    if len(body) > LONGEST_GUARD or b"<article" in body or _IS_NEWS.search(body):
        return None
    html = body[:FIRST_OF_GUARD].decode("utf-8", "replace")
    titles = [" ".join(unescape(match[2]).split()) for match in _TITLE.finditer(html) if match[1].lower() == "title"]
    for guard in _rules("guard"):
        if any(pattern.match(title) for pattern in guard.title for title in titles[:1]):
            return guard.name
        if _any(guard.html, html) and len(_shown(body.decode("utf-8", "replace")).split()) < MAX_WALL_WORDS:
            return guard.name
    return None


def wall_of(html: str, words: int, dated: bool) -> str | None:
    """Why a page is no article but a wall, as `soft 404: …`; null where it may be one.

    `words` were read as its article; `dated`: it states when it was published.
    """
    html = html[:_FIRST]
    headings = [" ".join(unescape(_TAG.sub(" ", match[2])).split()) for match in _TITLE.finditer(html)][:3]
    parts = [part for heading in headings for part in (heading, *_PARTS.split(heading)) if part]
    short = words < MAX_WALL_WORDS
    for wall in _rules("wall"):
        if short and (found := next((part for part in parts if _any(wall.title, part, whole=True)), None)):
            return f"{wall.name}: titled {found[:80]!r}"
    if not short or dated:
        return None
    shown = _shown(html)
    for wall in _rules("wall"):
        if found := _any(wall.text, shown):
            return f"{wall.name}: says {found[:80]!r}"
    for wall in _rules("wall"):
        if words < MAX_WEAK_WORDS and (found := _any(wall.weak, shown) or _any(wall.weak, html)):
            return f"{wall.name}: holds {found[:80]!r}"
    return None


def _shown(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _HIDDEN.sub(" ", html))).split())


def garbled(text: str, html: str = "") -> str | None:
    """Why a text is mojibake, if it is; `html` is the page, with what could not be decoded as U+FFFD."""
    lost = html.count("\ufffd")
    if lost >= 3 and lost * MOJIBAKE_EVERY >= len(html):
        return f"mojibake: {lost} bytes that are no text in its character set"
    broken = len(_MOJIBAKE.findall(text))
    if broken < 3 or broken * MOJIBAKE_EVERY < len(text):
        return None
    return f"mojibake: {broken} broken characters, the first near {_around(text)!r}"


def too_many_tags(body: bytes) -> str | None:
    """Why a page is not parsed at all, if so."""
    tags = body.count(b"<")
    return f"too many tags: {tags}, a news page has some thousand" if tags > MAX_TAGS else None


def _around(text: str) -> str:
    match = _MOJIBAKE.search(text)
    return text[max(0, match.start() - 15) : match.end() + 15] if match else ""


def _any(patterns: tuple[re.Pattern[str], ...], text: str, whole: bool = False) -> str | None:
    for pattern in patterns:
        if match := pattern.fullmatch(text) if whole else pattern.search(text):
            return match[0]
    return None


@cache
def _rules(kind: str) -> list[_Wall]:
    document = tomllib.loads(files("imbauan").joinpath("data/walls.toml").read_text("utf-8"))

    def compiled(entry: dict[str, list[str]], name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry.get(name, []))

    return [
        _Wall(str(entry["name"]), *(compiled(entry, name) for name in ("title", "text", "weak", "html")))
        for entry in document[kind]
    ]
