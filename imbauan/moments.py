"""ISO 8601 texts and moments."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def moment(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """The moment an ISO 8601 text names, in `zone` where it has no offset; none where it names none."""
    try:
        read = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=zone)


def utc_text(text: str | None, zone: tzinfo = UTC) -> str | None:
    """The same moment in UTC, to the second: texts of this form sort by time."""
    read = moment(text, zone)
    try:
        return None if read is None else read.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        return None
