"""Whether a changed page says something else: decided by the fact guard, paragraph by paragraph."""

from __future__ import annotations

from dedup.compare import SAME, compare
from dedup.normalize import normalize

COSMETIC, SUBSTANTIVE = "cosmetic", "substantive"


def change_of(title: str, text: str, new_title: str, new_text: str) -> str:
    """`cosmetic` where every paragraph and the title say what they said, both ways; else `substantive`."""
    before, after = [title, *text.split("\n")], [new_title, *new_text.split("\n")]
    return COSMETIC if _all_said(after, before) and _all_said(before, after) else SUBSTANTIVE


def _all_said(lines: list[str], others: list[str]) -> bool:
    forms = {normalize(line) for line in others}
    return all(
        normalize(line) in forms or any(compare(line, other).relation == SAME for other in others) for line in lines
    )
