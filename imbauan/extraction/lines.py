"""The text between the borders of two blocks, divided into lines where line breaks divide paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

RELATED = re.compile(
    r"(?i)^[\W_]*(?:baca|simak|lihat|tonton|cek)\s*(?:juga|pula|lainnya)\b|^[\W_]*(?:baca|pilihan\s+editor)\s*[:：]\s*\S|^[\W_]*(?:also\s+read|read\s+also)\b"
)
"""The beginning of a line that points to another article; such a line is a paragraph, which deduplication drops."""
_SPACES = re.compile(r"\s+")
BREAK = "\x00"
CELL = "\x01"
ENDS = re.compile(r"[.!?:;)\]\"”’»…]\s*$")
_STARTS = re.compile(r"^\s*(?:[A-Z0-9\"“‘«(\[•*–—-]|$)")
LABEL_LENGTH = 20
"""Letters from which an inline "Baca juga" holds its link too; a shorter one is the label of what follows it."""
_LABEL = re.compile(
    r"(?i)^\W*(?:pewarta|penulis|editor|reporter|kontributor|copyright|sumber|foto|rep|red)\s*[:©]|^copyright\b|^©"
    r"|^(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu)\W{1,3}\d{1,2}[\s/.-]|^\d{1,2}(?:\s+[a-z]{3,9}\s+|[/.-]\d{1,2}[/.-])\d{4}\b"
)


def divided_lines(raw: str, linked: list[int]) -> Iterator[tuple[str, int, int]]:
    """The text between two block borders, divided where line breaks divide paragraphs; with each its letters in links, and all.

    `linked` are the letters in links of each part between two breaks.
    """
    if CELL in raw:
        cells = (_SPACES.sub(" ", cell.replace(BREAK, " ")).strip() for cell in raw.split(CELL))
        row = " | ".join(cell for cell in cells if cell)
        if row:
            yield row, sum(linked), len(raw)
        return
    if len(linked) == 1:
        if line := _SPACES.sub(" ", raw).strip():
            yield line, linked[0], len(raw)
        return
    lines: list[list[str]] = []
    counts: list[tuple[int, int]] = []
    apart = True
    for part, letters in zip(raw.split(BREAK), linked, strict=True):
        text = _SPACES.sub(" ", part).strip()
        if not text:
            apart = True
            continue
        before = lines[-1][-1] if lines else ""
        is_label = bool(before) and len(before) <= LABEL_LENGTH and bool(RELATED.match(before))
        if lines and (is_label or not (apart or _divided(" ".join(lines[-1]), text))):
            lines[-1].append(text)
            counts[-1] = counts[-1][0] + letters, counts[-1][1] + len(part)
        else:
            lines.append([text])
            counts.append((letters, len(part)))
        apart = False
    for told, (letters, whole) in zip(lines, counts, strict=True):
        yield " ".join(told), letters, whole


def _divided(before: str, after: str) -> bool:
    """Whether a single break divides two paragraphs: the first has ended, or one of them is a line of its own."""
    if RELATED.match(after) or RELATED.match(before) or _LABEL.match(after) or _LABEL.match(before):
        return True
    return bool(ENDS.search(before) and _STARTS.match(after))
