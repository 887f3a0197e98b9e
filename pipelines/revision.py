"""How much a correction changes: whether the new text of a page states other facts than the old one."""

from __future__ import annotations

from difflib import SequenceMatcher

from dedup.facts import differing_facts
from dedup.normalize import clean, normalize, words

REWRITTEN = 0.8
"""Below this share of common words, in order, a paragraph was written anew, whatever facts it names."""


def change_between(before: str, after: str) -> str:
    """`cosmetic` or `substantive`, for two texts with one paragraph a line.

    Substantive: a paragraph came or went whole, one that was reworded differs in a fact, or little of it is left.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("delete", "insert"):
            return "substantive"
        # Joined: a paragraph that was only divided says the same.
        if kind == "replace" and _says_something_else(" ".join(old[a:b]), " ".join(new[c:d])):
            return "substantive"
    return "cosmetic"


def _says_something_else(old: str, new: str) -> bool:
    before, after = words(normalize(old)), words(normalize(new))
    if before == after:
        return False
    alike = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return alike < REWRITTEN or bool(differing_facts(old, new))


def _paragraphs(text: str) -> list[str]:
    return [line for line in (clean(line).strip() for line in text.split("\n")) if line]
