"""The rows of distinct texts, read as they are needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

Rank = tuple[str, int, str, int]
"""(moment of publication, not official, address, position): who said it first. Unknown moments come last."""
UNKNOWN = "9"


@dataclass(slots=True)
class Text:
    """A distinct text as it stands in the dataset."""

    id: int
    sketch: bytes
    first: int | None
    """Best-ranked paragraph that has it; null where every paragraph that had it is gone or furniture."""
    keeper: int | None
    """Text that says it before; null where this one is the first to say it."""
    variant_of: int | None
    """Text that says nearly the same with other facts."""
    advisory: int
    text: str
    rank: Rank

    @property
    def is_kept(self) -> bool:
        """Whether it stands somewhere, and is the first to say it."""
        return self.first is not None and self.keeper is None


class Rows:
    """The texts that were read, until `clear`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, Text] = {}

    def __getitem__(self, number: int) -> Text:
        """A text that exists, by its id."""
        if number not in self._known:
            self.load([number])
        return self._known[number]

    def clear(self) -> None:
        """Forget what was read: it has changed, or may have."""
        self._known.clear()

    def load(self, numbers: Iterable[int], *, fresh: bool = False) -> list[Text]:
        """The texts of these ids that exist, many at once; `fresh` ones are read again."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if fresh or number not in self._known]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            rows = self._connection.execute(
                f"""SELECT t.id, t.sketch, t.first, t.keeper, t.variant_of, p.advisory, p.text, a.published_utc, a.official, a.url, p.position
                FROM texts t LEFT JOIN paragraphs p ON p.id = t.first LEFT JOIN advisories a ON a.id = p.advisory
                WHERE t.id IN ({",".join("?" * len(some))})""",
                some,
            )
            for number, sketch, first, keeper, variant, advisory, text, published, official, url, position in rows:
                rank = (published or UNKNOWN, 1 - (official or 0), url or "~", position or 0)
                self._known[number] = Text(number, sketch, first, keeper, variant, advisory or 0, text or "", rank)
        return [self._known[number] for number in wanted if number in self._known]
