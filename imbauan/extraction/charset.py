"""Text of a page from its bytes, also where the page names the wrong character set."""

from __future__ import annotations

import re

from w3lib.encoding import html_to_unicode

# UTF-8 that was once read as windows-1252: a lead letter and the letters that its following bytes became.
_CONTINUATION = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df][{_CONTINUATION}]|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}|\u00f0[{_CONTINUATION}]{{3}}"
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decode(body: bytes, encoding: str | None = None) -> str:
    """Text of a page; never raises. Bytes that are valid UTF-8 are UTF-8, whatever header or meta tag say."""
    text = None if body.startswith(_BOMS) else _strict_utf8(body)
    if text is None:
        header = f"text/html; charset={encoding}" if encoding else None
        text = str(html_to_unicode(header, body, default_encoding="utf-8", auto_detect_fun=_detect)[1])
        if "\ufffd" in text and not body.startswith(_BOMS):
            text = _western(body, text)
    return mend_mojibake(text)


def mend_mojibake(text: str) -> str:
    """Undo UTF-8 that was read as windows-1252 and encoded again (`â€œ` for a quotation mark)."""
    return _MOJIBAKE.sub(_mended, text) if any(mark in text for mark in ("â€", "Ã", "Â")) else text


def _strict_utf8(body: bytes) -> str | None:
    if body.isascii():
        return None  # nothing to choose; UTF-7 and UTF-16 without a mark are left to the header
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _detect(body: bytes) -> str:
    return "cp1252"


def _western(body: bytes, text: str) -> str:
    """windows-1252 where the stated character set reads fewer letters beyond ASCII than it fails at."""
    failed = text.count("\ufffd")
    read = sum(letter > "\x7f" for letter in text) - failed
    return body.decode("cp1252", "replace") if failed > read else text


def _mended(match: re.Match[str]) -> str:
    raw = b""
    for letter in match.group():
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            raw += letter.encode("latin-1") if ord(letter) < 256 else b"?"
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
