"""The catalogue: which sites are crawled, read from a TOML file and checked whole before anything runs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from imbauan.exceptions import CatalogueError, UsageError

KINDS = ("site", "antara", "wordpress", "odoo", "nextjs", "humas")
RIGHTS = ("open", "ask", "link-only")


@dataclass(frozen=True, slots=True)
class Source:
    """One site of the catalogue; see docs/add-a-source.md for each field."""

    id: str
    name: str
    homepage: str
    kind: str = "site"
    region: str | None = None
    timezone: str = "Asia/Jakarta"
    language: str = "id"
    official: bool = False
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    article: str | None = None
    delay: float = 1.0
    enabled: bool = True
    rights: str = "ask"
    verify: bool = True
    """Whether the site's certificate must be valid; false is an exception, and is recorded."""
    checked: str | None = None
    """How the entry was checked: seen, listed or by analogy."""

    @property
    def zone(self) -> ZoneInfo:
        """The outlet's own time zone."""
        return ZoneInfo(self.timezone)


def load_sources(path: str | Path | None = None) -> list[Source]:
    """Read and check a sources file; the built-in catalogue where no path is given.

    Raises `UsageError` where the file can't be read and `CatalogueError` at the first bad entry.
    """
    where = str(path) if path else "the built-in catalogue"
    try:
        text = Path(path).read_text("utf-8") if path else files("imbauan").joinpath("sources.toml").read_text("utf-8")
        document = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{where}: can't be read ({error.strerror}): name a TOML file with --sources") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{where}: is not UTF-8 text: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{where}: is not valid TOML: {error}") from error
    unknown = sorted(set(document) - {"source"})
    entries = document.get("source")
    if unknown or not isinstance(entries, list) or not entries:
        found = f"unknown table {unknown[0]!r}" if unknown else "no [[source]] entry"
        raise CatalogueError(f"{where}: {found}: begin each site with a line [[source]]")
    sources = [_checked(entry, number, where) for number, entry in enumerate(entries, 1)]
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise CatalogueError(f"{where}: source {source.id!r}: field 'id' should be unique: it stands twice")
        seen.add(source.id)
    return sources


def select_sources(sources: list[Source], ids: list[str]) -> list[Source]:
    """The entries with these ids; every enabled one where no id is given. Raises `UsageError` for an unknown id."""
    if not ids:
        return [source for source in sources if source.enabled]
    known = {source.id: source for source in sources}
    for wanted in ids:
        if wanted not in known:
            import difflib

            near = difflib.get_close_matches(wanted, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "see `imbauan sources list`"
            raise UsageError(f"no source {wanted!r} in the catalogue: {hint}")
    return [known[wanted] for wanted in dict.fromkeys(ids)]


@cache
def _timezones() -> set[str]:
    # Looking them up reads the disk: 45 entries cost a second.
    return available_timezones()


def _checked(entry: Any, number: int, where: str) -> Source:
    name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"

    def refuse(field_name: str, should: str) -> CatalogueError:
        found = entry.get(field_name) if isinstance(entry, dict) else entry
        return CatalogueError(f"{where}: source {name!r}: field {field_name!r} should be {should}, not {found!r}")

    if not isinstance(entry, dict):
        raise CatalogueError(f"{where}: source {name!r} should be a table: begin it with a line [[source]]")
    known = {item.name: item for item in fields(Source)}
    for key in entry:
        if key not in known:
            import difflib

            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known fields: {', '.join(known)}"
            raise CatalogueError(f"{where}: source {name!r}: unknown field {key!r}: {hint}")
    for key, item in known.items():
        if item.default is MISSING and item.default_factory is MISSING and key not in entry:
            raise CatalogueError(f"{where}: source {name!r}: field {key!r} is missing")
    for key, should, good in _checks():
        if key in entry and not good(entry[key]):
            raise refuse(key, should)
    return Source(**entry)


def _checks() -> list[tuple[str, str, Any]]:
    def text(value: Any) -> bool:
        return isinstance(value, str) and bool(value.strip())

    def address(value: Any) -> bool:
        try:
            parts = urlsplit(value)
        except (ValueError, TypeError, AttributeError):
            return False
        return isinstance(value, str) and parts.scheme in ("http", "https") and bool(parts.hostname)

    def addresses(value: Any) -> bool:
        return isinstance(value, list) and all(address(item) for item in value)

    def pattern(value: Any) -> bool:
        try:
            re.compile(value)
        except (re.error, TypeError):
            return False
        return True

    def seconds(value: Any) -> bool:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 3600

    def flag(value: Any) -> bool:
        return isinstance(value, bool)

    return [
        (
            "id",
            "lower-case letters, digits and hyphens",
            lambda v: isinstance(v, str) and re.fullmatch("[a-z0-9-]+", v),
        ),
        ("name", "a text", text),
        ("homepage", "an http or https address", address),
        ("kind", f"one of {', '.join(KINDS)}", lambda v: v in KINDS),
        (
            "region",
            "an ISO 3166-2 code such as ID-KT",
            lambda v: isinstance(v, str) and re.fullmatch("[A-Z]{2}(-[A-Z0-9]{1,3})?", v),
        ),
        ("timezone", "an IANA zone such as Asia/Jakarta", lambda v: isinstance(v, str) and v in _timezones()),
        (
            "language",
            "a language code such as id",
            lambda v: isinstance(v, str) and re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]+)*", v),
        ),
        ("official", "true or false", flag),
        ("feeds", "a list of http or https addresses", addresses),
        ("sitemaps", "a list of http or https addresses", addresses),
        ("listings", "a list of http or https addresses", addresses),
        ("article", "a regular expression", pattern),
        ("delay", "seconds between 0 and 3600", seconds),
        ("enabled", "true or false", flag),
        ("verify", "true or false", flag),
        ("rights", f"one of {', '.join(RIGHTS)}", lambda v: v in RIGHTS),
        ("checked", "a text", text),
    ]
