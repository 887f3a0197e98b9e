"""Lines that an outlet puts under page after page, learned from the pages that are stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from dedup.furniture import MIN_PAGES, SAMPLE, is_often, unrelated

REASON, RULE = "furniture", "learned/1"
_ACTIVE = "(p.reason IS NULL OR p.reason = 'seen-before')"


class Furniture:
    """The learned lines of each outlet: a function of its pages, kept as they come and go."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count_page(self, source: str, step: int) -> None:
        """An outlet gained a page (1) or lost one (-1)."""
        self._connection.execute(
            "INSERT INTO outlets (source, pages) VALUES (?, 1) ON CONFLICT (source) DO UPDATE SET pages = pages + ?",
            (source, step),
        )

    def is_learned(self, source: str, line: int) -> bool:
        """Whether a line is furniture of this outlet."""
        row = self._connection.execute(
            "SELECT 1 FROM furniture WHERE source = ? AND line = ?", (source, line)
        ).fetchone()
        return row is not None

    def changed(self, source: str, lines: Iterable[int]) -> tuple[list[int], list[int]]:
        """Lines of this outlet that became furniture, and that no longer are, after pages with `lines` came or went."""
        (of,) = self._connection.execute(
            "SELECT COALESCE(MAX(pages), 0) FROM outlets WHERE source = ?", (source,)
        ).fetchone()
        learned: list[int] = []
        for line in set(lines):
            pages = self._pages(source, line)
            if self.is_learned(source, line):
                self._connection.execute(
                    "UPDATE furniture SET pages = ? WHERE source = ? AND line = ?", (pages, source, line)
                )
            elif is_often(pages, of) and unrelated(self._without(source, line)) >= MIN_PAGES:
                self._connection.execute(
                    "INSERT INTO furniture (source, line, pages) VALUES (?, ?, ?)", (source, line, pages)
                )
                learned.append(line)
        rows = self._connection.execute("SELECT line, pages FROM furniture WHERE source = ?", (source,)).fetchall()
        forgotten = [line for line, pages in rows if not is_often(pages, of)]
        for line in forgotten:
            self._connection.execute("DELETE FROM furniture WHERE source = ? AND line = ?", (source, line))
        return learned, forgotten

    def paragraphs(self, source: str, line: int) -> list[tuple[int, int, int]]:
        """(paragraph, text, advisory) of a line under the pages of an outlet, those restored by hand left out."""
        return self._connection.execute(
            """SELECT p.id, p.statement, p.advisory FROM paragraphs p JOIN advisories a ON a.id = p.advisory
            WHERE p.line = ? AND a.source = ? AND p.statement IS NOT NULL AND NOT p.restored""",
            (line, source),
        ).fetchall()

    def _pages(self, source: str, line: int) -> int:
        (count,) = self._connection.execute(
            """SELECT COUNT(DISTINCT p.advisory) FROM paragraphs p JOIN advisories a ON a.id = p.advisory
            WHERE p.line = ? AND a.source = ?""",
            (line, source),
        ).fetchone()
        return int(count)

    def _without(self, source: str, line: int) -> list[list[str]]:
        """The other lines of the first pages that have a line."""
        pages = self._connection.execute(
            """SELECT DISTINCT a.id FROM paragraphs p JOIN advisories a ON a.id = p.advisory WHERE p.line = ? AND a.source = ?
            ORDER BY COALESCE(a.published_utc, '9'), a.url LIMIT ?""",
            (line, source, SAMPLE),
        ).fetchall()
        return [
            [
                text
                for (text,) in self._connection.execute(
                    f"SELECT p.text FROM paragraphs p WHERE p.advisory = ? AND p.line IS NOT ? AND {_ACTIVE} ORDER BY p.position",
                    (page, line),
                )
            ]
            for (page,) in pages
        ]
