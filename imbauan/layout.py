"""An advisory paragraph by paragraph: what stands in its text and what was dropped, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

SEEN = "seen-before"
"""The one reason that leaves a paragraph in `text`: it only leaves `new_text`."""


def paragraphs(text: str, drops: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a paragraph: position, text, and for a dropped one the columns of `dropped_paragraphs`.

    `text` is the advisory's; a drop that is not in it stands at its own position, the lines of `text` fill the others.
    """
    by_position = {drop["position"]: drop for drop in drops}
    lines = text.split("\n") if text else []
    found: list[dict[str, Any]] = []
    position = 0
    while lines or any(place >= position for place in by_position):
        drop = by_position.get(position)
        if drop is not None and drop["reason"] != SEEN:
            found.append(drop)
        elif lines:
            line = lines.pop(0)
            found.append({**drop, "text": line} if drop else {"position": position, "text": line, "reason": None})
        position += 1
    return found
