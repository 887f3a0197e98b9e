"""Which advisories carry one release, and which of them is the first."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dedup.greedy import settle
from dedup.releases import is_same_release, share
from imbauan.statements.rows import UNKNOWN

CARRIERS = 400
"""Pages that carry a statement from which it tells no release from another: a stock phrase."""
_ACTIVE = "(p.reason IS NULL OR p.reason = 'seen-before')"


@dataclass(slots=True)
class _Page:
    rank: tuple[str, int, str]
    copy_of: int | None
    words: int = 0
    statements: dict[int, int] = field(default_factory=dict)
    """Statement (the text that says it first) to the number of words."""
    variants: dict[int, int] = field(default_factory=dict)
    """Statement to the one of which it is a variant."""


class Releases:
    """`release` and `copy_of` of the advisories, decided by rank as the texts are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pages: dict[int, _Page] = {}
        self._carried: dict[int, list[int]] = {}
        self._first: set[int] = set()

    def settle(self, advisories: Iterable[int]) -> None:
        """Decide these advisories, whose paragraphs changed, and whatever leans on them."""
        self._pages.clear()
        self._carried.clear()
        self._first = set(advisories)
        settle(self._first, lambda number: self._page(number).rank, self._decide, self._dependents)

    def _decide(self, number: int) -> bool:
        page = self._page(number)
        best: tuple[float, tuple[str, int, str], int] | None = None
        for other, common in self._common(number).items():
            there = self._page(other)
            if there.copy_of is not None or there.rank >= page.rank or not self._is_same(page, there, common):
                continue
            place = (-share(common, page.words, there.words), there.rank, other)
            best = min(best, place) if best else place
        copy_of = best[2] if best else None
        changed = copy_of != page.copy_of or number in self._first
        self._connection.execute(
            "UPDATE advisories SET copy_of = ?, release = ? WHERE id = ? AND (copy_of IS NOT ? OR release IS NOT ?)",
            (copy_of, copy_of or number, number, copy_of, copy_of or number),
        )
        page.copy_of = copy_of
        return changed

    def _is_same(self, page: _Page, other: _Page, common: int) -> bool:
        variant = min(_other_facts(page, other), _other_facts(other, page))
        return is_same_release(common, variant, page.words, other.words)

    def _dependents(self, number: int) -> set[int]:
        leaning = self._connection.execute("SELECT id FROM advisories WHERE copy_of = ?", (number,))
        return {*self._common(number), *(row[0] for row in leaning)} - {number}

    def _common(self, number: int) -> Counter[int]:
        """Advisories with a statement in common, and how many words they share."""
        common: Counter[int] = Counter()
        for statement, words in self._page(number).statements.items():
            for other in self._carriers(statement):
                if other != number:
                    common[other] += words
        return common

    def _carriers(self, statement: int) -> list[int]:
        if statement not in self._carried:
            rows = self._connection.execute(
                f"""SELECT DISTINCT p.advisory FROM texts t JOIN paragraphs p ON p.statement = t.id
                WHERE (t.id = ? OR t.keeper = ?) AND {_ACTIVE} LIMIT {CARRIERS + 1}""",
                (statement, statement),
            ).fetchall()
            self._carried[statement] = [row[0] for row in rows] if len(rows) <= CARRIERS else []
        return self._carried[statement]

    def _page(self, number: int) -> _Page:
        if number not in self._pages:
            published, official, url, copy_of = self._connection.execute(
                "SELECT published_utc, official, url, copy_of FROM advisories WHERE id = ?", (number,)
            ).fetchone()
            page = _Page((published or UNKNOWN, 1 - official, url), copy_of)
            rows = self._connection.execute(
                f"""SELECT COALESCE(t.keeper, t.id), COALESCE(v.keeper, v.id), p.words FROM paragraphs p
                JOIN texts t ON t.id = p.statement LEFT JOIN texts v ON v.id = t.variant_of
                WHERE p.advisory = ? AND {_ACTIVE}""",
                (number,),
            )
            for statement, variant, words in rows:
                page.words += words
                page.statements[statement] = page.statements.get(statement, 0) + words
                if variant is not None:
                    page.variants[statement] = variant
            self._pages[number] = page
        return self._pages[number]


def _other_facts(page: _Page, other: _Page) -> int:
    """Words of a page's statements that the other page makes with other facts."""
    theirs = {
        other.variants.get(statement, statement) for statement in other.statements if statement not in page.statements
    }
    return sum(
        words
        for statement, words in page.statements.items()
        if statement not in other.statements and page.variants.get(statement, statement) in theirs
    )
