"""Reads one time as pages write it: ISO, Indonesian, English, relative, or in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        """januari jan january|februari feb pebruari february|maret mar march|april apr|mei may|juni jun june
        |juli jul july|agustus agu agt ags aug agst august|september sep sept|oktober okt oct october
        |november nov nopember nop|desember des dec december""".split("|"),
        1,
    )
    for name in names.split()
}
_ZONES = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*\(?(?P<zone>WIB|WITA|WIT)(?![A-Za-z])\)?)?"
_GLUE = r"[\s,|\-–—/·•@()]*(?:pukul|jam|at|pk\.?)?[\s:.,]*"
_DATES = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]+(?P<month>{_MONTH})\b\.?,?[\s\-/]+(?P<year>\d{{4}})(?!\d)",
    rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?!\d)",
    r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d{2}|\d{2})(?![\d/])",
)
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for date in _DATES
    for pattern in (rf"{date}{_GLUE}{_CLOCK}", rf"(?<![\d.:]){_CLOCK}[\s,|\-–—/·•()]*(?:[a-z']+,\s*)?{date}")
)
_DAY_ONLY = tuple(re.compile(date, re.IGNORECASE) for date in _DATES)
_AGO = re.compile(
    r"\b(?:(\d{1,3}|se|satu|setengah|an?)\s*(menit|jam|hari|minggu|pekan|minutes?|hours?|days?|weeks?|mins?|hrs?))\s+(?:yang\s+)?(?:lalu|ago)\b",
    re.IGNORECASE,
)
_DAY_NAMED = re.compile(rf"\b(hari ini|kemarin|today|yesterday)\b{_GLUE}{_CLOCK}", re.IGNORECASE)
_MINUTES = (
    ("minggu", 10080), ("pekan", 10080), ("week", 10080), ("hari", 1440), ("day", 1440),
    ("jam", 60), ("h", 60), ("m", 1),
)  # fmt: skip
_ISO_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time; `clock`: hour and minute were stated, `offset`: so was the zone."""

    at: datetime
    clock: bool = True
    offset: bool = False


def read_time(value: str, zone: ZoneInfo, now: datetime) -> Moment | None:
    """The first time in a text. `now` is aware and the moment of the fetch; a time without an offset is in `zone`."""
    value = value.strip()[:300]
    return _iso(value, zone) or _mail(value) or _epoch(value) or _written(value, zone) or _relative(value, zone, now)


def parse_time(value: str, zone: ZoneInfo, now: datetime) -> str | None:
    """`read_time` as ISO 8601; none where there is no time or it is in the future."""
    moment = read_time(value, zone, now)
    return moment.at.isoformat(timespec="seconds") if moment and moment.at <= now + timedelta(days=1) else None


def _iso(value: str, zone: ZoneInfo) -> Moment | None:
    text = _ISO_OFFSET.sub(r"\1", value)
    if not re.match(r"\d{4}-?\d{2}", text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    clock = len(text) > 10 and not (at.hour == at.minute == at.second == 0)
    return Moment(at, clock, True) if at.tzinfo else Moment(at.replace(tzinfo=zone), clock)


def _mail(value: str) -> Moment | None:
    """RFC 2822, as in `Fri, 20 Nov 2026 16:05:00 +0700`."""
    if not re.search(r"\d{2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}|GMT|UTC)\b", value):
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return Moment(at if at.tzinfo else at.replace(tzinfo=UTC), True, True)


def _epoch(value: str) -> Moment | None:
    if not _EPOCH.match(value):
        return None
    return Moment(datetime.fromtimestamp(int(value[:10]), UTC), True, True)


def _written(value: str, zone: ZoneInfo) -> Moment | None:
    for patterns in (_WRITTEN, _DAY_ONLY):
        found = [match for pattern in patterns if (match := pattern.search(value))]
        for match in sorted(found, key=lambda match: match.start()):
            if moment := _moment(match.groupdict(), zone):
                return moment
    return None


def _moment(parts: dict[str, str | None], zone: ZoneInfo) -> Moment | None:
    name, year = str(parts["month"]).lower(), int(parts["year"] or 0)
    month = _MONTHS.get(name) or (int(name) if name.isdigit() else 0)
    day = int(parts["day"] or 0)
    if month > 12 >= day:
        month, day = day, month  # some themes print the month first
    try:
        at = datetime(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return _with_clock(at, parts, zone)


def _with_clock(day: datetime, parts: dict[str, str | None], zone: ZoneInfo) -> Moment:
    if parts.get("hour") is None:
        return Moment(day.replace(tzinfo=zone), False)
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    at = day.replace(hour=hour, minute=minute, second=second)
    if label := parts.get("zone"):
        return Moment(datetime.fromisoformat(at.isoformat() + _ZONES[label.lower()]), True, True)
    return Moment(at.replace(tzinfo=zone))


def _relative(value: str, zone: ZoneInfo, now: datetime) -> Moment | None:
    here = now.astimezone(zone)
    if match := _DAY_NAMED.search(value):
        back = 1 if match.group(1).lower() in ("kemarin", "yesterday") else 0
        day = (here - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        return _with_clock(day, match.groupdict(), zone)
    if match := _AGO.search(value):
        word, unit = match.group(1).lower(), _minutes(match.group(2).lower())
        count = float(word) if word.isdigit() else 0.5 if word == "setengah" else 1.0
        at = (here - timedelta(minutes=count * unit)).replace(second=0, microsecond=0)
        # "3 hari lalu" names no hour.
        return Moment(at, unit < 1440) if unit < 1440 else Moment(at.replace(hour=0, minute=0), False)
    return None


def _minutes(unit: str) -> int:
    return next(minutes for name, minutes in _MINUTES if unit.startswith(name))
