"""When an article was published: ISO 8601 with the outlet's offset, or null."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        """januari jan january|februari feb pebruari february|maret mar march|april apr|mei may|juni jun june
        |juli jul july|agustus agu agt ags aug august|september sep sept|oktober okt oct october
        |november nov nopember nop|desember des dec december""".split("|"),
        1,
    )
    for name in names.split()
}
_ZONES = {"wib": "+07:00", "wita": "+08:00", "wit": "+09:00"}
_WRITTEN = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?:[\s,|\-–—/]*(?:pukul|jam|at)?[\s:]*(\d{1,2})[:.](\d{2})"
    r"(?:[:.](\d{2}))?)?\s*(WIB|WITA|WIT\b)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\s,|\-–—]*(?:pukul|jam)?[\s:]*(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?\s*(WIB|WITA|WIT\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(\d{1,3}|se)\s*(menit|jam|hari|minggu)\s+(?:yang\s+)?lalu\b", re.IGNORECASE)
_MINUTES = {"menit": 1, "jam": 60, "hari": 1440, "minggu": 10080}


def parse_time(value: str, zone: ZoneInfo, now: datetime) -> str | None:
    """An ISO, Indonesian ("Jumat, 20 November 2026 16:05 WITA", "20/11/2026 09.30"), or relative time.

    `now` is aware and the moment of the fetch; a time more than a day after it is nobody's publication and gives none.
    A time without an offset is in the outlet's zone.
    """
    for reader in (_iso, _written, _digits):
        moment = reader(value, zone)
        if moment is not None:
            return moment.isoformat(timespec="seconds") if moment <= now + timedelta(days=1) else None
    if match := _AGO.search(value):
        count = 1 if match.group(1).lower() == "se" else int(match.group(1))
        moment = now.astimezone(zone) - timedelta(minutes=count * _MINUTES[match.group(2).lower()])
        return moment.replace(second=0, microsecond=0).isoformat(timespec="seconds")
    return None


def _iso(value: str, zone: ZoneInfo) -> datetime | None:
    text = re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", value.strip())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _written(value: str, zone: ZoneInfo) -> datetime | None:
    for match in _WRITTEN.finditer(value):
        month = _MONTHS.get(match.group(2).lower())
        if month:
            return _moment(match.group(3), month, match.group(1), match.groups()[3:6], match.group(7), zone)
    return None


def _digits(value: str, zone: ZoneInfo) -> datetime | None:
    match = _DIGITS.search(value)
    if match is None:
        return None
    return _moment(match.group(3), int(match.group(2)), match.group(1), match.groups()[3:6], match.group(7), zone)


def _moment(
    year: str, month: int, day: str, clock: tuple[str | None, ...], label: str | None, zone: ZoneInfo
) -> datetime | None:
    hour, minute, second = (int(part) if part else 0 for part in clock)
    try:
        moment = datetime(int(year), month, int(day), hour, minute, second)
    except ValueError:
        return None
    if label:
        return datetime.fromisoformat(f"{moment.isoformat()}{_ZONES[label.lower()]}")
    return moment.replace(tzinfo=zone)
