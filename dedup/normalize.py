"""Fold what makes no difference between two paragraphs: case, quotes, dashes, spaces, datelines."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width characters, bidi marks and the byte order mark: invisible, so no difference to a reader.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FOLDED = dict.fromkeys("‘’‚‛′`´ʼ＇", "'") | dict.fromkeys("“”„‟″«»＂", '"') | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
# A pattern: str.translate costs ten times more on a text with one curly quote.
_ODD = re.compile(f"[{_INVISIBLE}{''.join(_FOLDED)}]")
# A place, an outlet, a day, a host, in any order before a dash or colon: never part of the statement.
#   Palangka Raya (ANTARA) - | JAKARTA, KOMPAS.com – | Tribratanews.kepri.polri.go.id – Batam. | Sampit, 12/11 - | Mataram:
#   Manado, Sulut: | CIANJUR. | Jambi, 12 Mei 2026 -
_HOST = r"(?:www\.)?[A-Za-z][\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,6}"
_PLACE = r"[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}"
_OUTLET = r"\([^()]{2,40}\)"
_DAY = r"\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?| [A-Z][a-z]+(?: \d{4})?)"
_PROVINCE = (
    r"(?:Aceh|Sum(?:ut|bar|sel)|Riau|Kepri|Jambi|Bengkulu|Lampung|Babel|Banten|DKI|Jabar|Jateng|Jatim|DIY|Yogyakarta|Bali"
    r"|NT[BT]|Kal(?:bar|teng|sel|tim|tara)|Sul(?:ut|teng|sel|tra|bar)|Gorontalo|Malut|Maluku|Papua"
    r"|(?:Sumatera|Jawa|Kalimantan|Sulawesi|Kepulauan|Nusa Tenggara|Bangka|Maluku|Papua)(?: [A-Z][a-z]+){1,2})"
)
_DATELINE = re.compile(
    rf"(?:{_HOST}(?: ?[,|] ?{_PLACE})? ?(?:--?|:|\|)+ (?:{_PLACE}\. )?"
    rf"|{_PLACE}(?:, ?(?:{_HOST}|{_PLACE}|{_DAY}))?(?: ?{_OUTLET})? ?(?:,? ?-{{1,2}} |,? ?(?<=\)) ?[:,] )"
    rf"|{_PLACE}(?: ?{_OUTLET}| ?, ?{_HOST}) ?(?:--?|:) ?"
    rf"|{_PLACE} ?\| ?{_PLACE} ?--? "
    rf"|{_PLACE}(?:, ?{_PROVINCE})?: (?=[A-Z\"])"
    # A place in capitals before a sentence: CIANJUR. Polisi ...
    rf"|[A-Z]{{4,}}(?: [A-Z]{{4,}})?(?:, ?(?:{_PROVINCE}|{_DAY}))?\. (?=[A-Z][a-z]|\"))"
)
_HEAD = 120
"""Characters in which a dateline stands."""
_WORD = re.compile(r"\w+(?:[.,:/]\d+)*", re.UNICODE)


def clean(text: str) -> str:
    """Canonical characters, one space between words; case and dateline stay."""
    if not text.isascii():
        text = _ODD.sub(lambda match: _FOLDED.get(match.group(), ""), unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def strip_dateline(text: str) -> str:
    """The cleaned text less the datelines of a lead; a text that is nothing but a dateline stays."""
    for _ in range(2):
        head = text[:_HEAD]
        if "-" not in head and ":" not in head and "|" not in head and not head[:4].isupper():
            break
        match = _DATELINE.match(head)
        if match is None or not text[match.end() :].strip():
            break
        text = text[match.end() :]
    return text


def normalize(text: str) -> str:
    """The form in which paragraphs are compared: cleaned, no dateline, no quote marks, case folded."""
    form = strip_dateline(clean(text)).casefold()
    return " ".join(form.replace('"', " ").split()) if '"' in form else form


def words(normalized: str) -> list[str]:
    """Words of a normalised text; a number keeps its separators (`1.250.000`, `16.05`, `20/11/2026`)."""
    return _WORD.findall(normalized)
