"""When a page is looked at again: soon after it was found for corrections, and after a failure, each time later."""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
"""Ages, counted from when a page was found, at which it is looked at again. Corrections come in the first hours."""
RECENT = timedelta(days=30)
"""A page published longer than this before it was found came by a back-fill, and is not looked at again."""
PATIENCE = (timedelta(0), timedelta(0), timedelta(hours=6), timedelta(days=1))
"""Pause before each further try of an address that failed: twice in the next runs, then later; then it is given up."""


def is_due(found: datetime, fetched: datetime, published: datetime | None, now: datetime) -> bool:
    """Whether one of the steps has passed since the last look."""
    if published is not None and found - published > RECENT:
        return False
    return any(fetched < found + step <= now for step in STEPS)


def is_unconditional(found: datetime, now: datetime) -> bool:
    """Whether this look asks for the body whatever the ETag says: some servers repeat one after a change."""
    return now - found >= STEPS[2]


def may_retry(attempts: int, asked: datetime | None, now: datetime) -> bool:
    """Whether an address that failed so many times is asked again in this run."""
    if attempts < 1 or attempts > len(PATIENCE):
        return attempts < 1
    return asked is None or now - asked >= PATIENCE[attempts - 1]
