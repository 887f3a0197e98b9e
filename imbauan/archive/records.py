"""One archived page: what is written to a WARC file and read from it, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SOURCE_FIELD = "Imbauan-Source"
"""Extension field of a WARC record: the id of the catalogue entry. Other readers ignore it, as the standard says."""
CUT_FIELD = "Imbauan-Cut"
"""Extension field: why the body may not be whole."""
PART_FIELD = "Imbauan-Part"
"""Extension field: the record is this part (from 2) of an article that is divided over several pages."""
PART_OF_FIELD = "Imbauan-Part-Of"
"""Extension field: the time and the address of the article's first page, divided by a space."""
SOURCE_URI = "urn:imbauan:source:"
"""Target of the metadata record that holds a catalogue entry."""
SOURCE_FIELDS = ("id", "name", "kind", "homepage", "region", "timezone", "language", "official", "rights")

CUT_OFF = "cut off"
"""The connection broke, or the body is shorter than its stated length."""
NO_LENGTH = "no length"
"""The server stated no length and closed: whole or not, only the text can tell."""


Key = tuple[str, str]
"""Address and time of a page."""


@dataclass(slots=True)
class Raw:
    """A page as it came over the wire, or as it was given to `imbauan import`."""

    url: str
    fetched: str
    """ISO 8601 in UTC."""
    body: bytes
    """As sent: still in its content encoding."""
    headers: list[tuple[str, str]] | None = None
    """HTTP headers; null where the page came from a file (a WARC `resource`)."""
    status: int = 200
    content_type: str = "text/html"
    """Of a resource."""
    cut: str | None = None
    source: dict[str, Any] = field(default_factory=dict)
    """The catalogue entry, as far as it is known: `SOURCE_FIELDS`."""
    part: int = 0
    """Which part of a divided article it is, from 2; 0 for a page of its own."""
    part_of: Key | None = None
    """The first page of that article."""

    @property
    def key(self) -> Key:
        """By what its further parts name it; it stays the same when a page is put in another archive."""
        return self.url, self.fetched
