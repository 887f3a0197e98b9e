"""When a source usually publishes, learned from when it did: a silent weekend may be its habit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

WEEKS = 8
"""Weeks of the past that are looked at."""
HOUR = timedelta(hours=1)
EXPECTED = 4.0
"""Busy hours that should have come before a silence is unusual: by chance all of them stay empty 1 time in 50."""
SHORT_PAST = timedelta(days=14)
LONGER = 3
"""With a past too short for a weekly habit, a silence is unusual past so many times the longest one before it."""
LEAST = timedelta(days=3)


class Rhythm:
    """The hours of the week in which a source published, from the moments when it did (aware, in any order)."""

    def __init__(self, moments: Sequence[datetime]) -> None:
        self._hours = sorted({moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) for moment in moments})

    def silence(self, now: datetime) -> str | None:
        """In words, how unusual it is that nothing came until now; none where it is usual, or nothing is known."""
        if len(self._hours) < 2:
            return None
        last, gap = self._hours[-1], now - self._hours[-1]
        if gap <= timedelta(0) or not self._is_unusual(last, now, gap):
            return None
        return f"nothing new for {_words(gap)}, which is longer than usual"

    def _is_unusual(self, last: datetime, now: datetime, gap: timedelta) -> bool:
        longest = max(after - before for before, after in zip(self._hours, self._hours[1:], strict=False))
        if last - self._hours[0] < SHORT_PAST:
            return gap > max(LONGER * longest, LEAST)
        # A silence as long as one before it is no news, whatever the average says.
        return gap > longest and self.expected(last, now) >= EXPECTED

    def expected(self, start: datetime, end: datetime) -> float:
        """How many busy hours usually fall between two moments."""
        weeks = max((self._hours[-1] - self._hours[0]) / timedelta(weeks=1), 1.0)
        busy = Counter(_hour_of_week(hour) for hour in self._hours)
        total, at = 0.0, start + HOUR
        while at <= min(end, start + timedelta(weeks=WEEKS)):
            total += busy[_hour_of_week(at)] / weeks
            at += HOUR
        return total


def _hour_of_week(moment: datetime) -> int:
    return moment.weekday() * 24 + moment.hour


def _words(gap: timedelta) -> str:
    hours = int(gap / HOUR)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
