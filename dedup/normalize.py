"""Fold what makes no difference between two paragraphs: case, quotes, dashes, spaces, datelines."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width characters, bidi marks and the byte order mark: invisible, so no difference to a reader.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼ＇", "'") | dict.fromkeys("“”„‟″«»＂", '"') | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
)
# "Palangka Raya (ANTARA) - ", "JAKARTA, KOMPAS.com – ", "Tribratanews.kepri.polri.go.id – ", "Sampit - ":
# at most six words, then a spaced dash; the words before it name the place and the outlet, never the statement.
_DATELINE = re.compile(
    r"^(?:(?:[\w.'/-]+[, ]+){0,5}\([^()]{2,40}\)\s*[-:,]+\s*"  # City (OUTLET) -
    r"|(?:www\.)?[\w-]+(?:\.[\w-]+){1,5}\s*(?:,[^-]{2,40})?\s*[-:|,]\s+"  # host.name -
    r"|(?:[A-Z][\w.']*[, ]+){0,4}[A-Z][\w.']*(?:, [\w.]+)?\s+-{1,2}\s+)"  # City - / CITY, Outlet -
)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+(?:[.,:/]\d+)*", re.UNICODE)


def clean(text: str) -> str:
    """Canonical characters, one space between words; case and dateline stay."""
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_FOLDED)
    return _SPACES.sub(" ", text).strip()


def strip_dateline(text: str) -> str:
    """The cleaned text less the dateline of a lead; a text that is nothing but a dateline stays."""
    return text[match.end() :] or text if (match := _DATELINE.match(text)) else text


def normalize(text: str) -> str:
    """The form in which paragraphs are compared: cleaned, no dateline, no quote marks, case folded."""
    return _SPACES.sub(" ", strip_dateline(clean(text)).replace('"', " ")).strip().casefold()


def words(normalized: str) -> list[str]:
    """Words of a normalised text; a number keeps its separators (`1.250.000`, `16.05`, `20/11/2026`)."""
    return _WORD.findall(normalized)
