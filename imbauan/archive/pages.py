"""From a raw page to the item that the pipeline takes: decompressed, with what the catalogue says of its outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from w3lib.encoding import http_content_type_encoding

from imbauan.archive.records import CUT_OFF, NO_LENGTH, SOURCE_FIELDS, Raw
from imbauan.download.decompress import CutOff, TooLarge, decompressed
from imbauan.items import IMPORTED, Page
from imbauan.settings import DOWNLOAD_MAXSIZE
from imbauan.sources import Source
from imbauan.urls import is_same_site

_OPENS = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)
_CLOSES = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)


def page_of_raw(raw: Raw, catalogue: Sequence[Source] = (), archive: str | None = None) -> Page:
    """The page; its outlet is the one the archive names, else the catalogue's entry for its site."""
    headers = raw.headers or []
    body, cut = whole_body(raw.body, _values(headers, "content-encoding"), raw.cut)
    content_type = next(iter(_values(headers, "content-type")), raw.content_type)
    source = raw.source or entry_of(raw.url, catalogue)
    known = {name: source[name] for name in ("timezone", "language", "region", "official", "rights") if name in source}
    return Page(
        url=raw.url,
        source=str(source.get("id", IMPORTED)),
        body=body,
        fetched=raw.fetched,
        encoding=http_content_type_encoding(content_type),
        status=raw.status,
        archive=archive,
        cut=cut,
        **known,
    )


def whole_body(body: bytes, encodings: Sequence[str], cut: str | None, limit: int = DOWNLOAD_MAXSIZE) -> Any:
    """The decompressed body, and why it is not the whole page, if so."""
    names = [name for value in encodings for name in value.split(",")]
    try:
        body = decompressed(body, names, limit)
    except CutOff as error:
        return error.body, f"half a body: {error}"
    except TooLarge as error:
        return b"", f"too large: {error}"
    if cut == CUT_OFF:
        return body, "half a body: the connection broke before its end"
    if cut == NO_LENGTH and _OPENS.search(body) and not _CLOSES.search(body):
        return body, "half a body: no length was stated, and the page does not end"
    return body, None if cut == NO_LENGTH else cut


def entry_of(url: str, catalogue: Sequence[Source]) -> dict[str, Any]:
    """The catalogue entry of a page's site; empty where there is none."""
    for source in catalogue:
        addresses = (source.homepage, *source.feeds, *source.sitemaps, *source.listings)
        if any(is_same_site(url, address) for address in addresses):
            return description(source)
    return {}


def description(source: Source) -> dict[str, Any]:
    """What the archive keeps of a catalogue entry."""
    return {name: getattr(source, name) for name in SOURCE_FIELDS}


def _values(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in headers if key.lower() == name]
