"""The one item that flows from spider to database: page, then article, then advisory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Brings numpy, which only those who compare texts need.
    from dedup.fingerprints import Fingerprint

IMPORTED = "imported"
"""Source id of pages whose outlet nobody named."""


@dataclass(frozen=True, slots=True)
class Part:
    """A further page of an article that is divided over several."""

    url: str
    """Address that answered."""
    body: bytes
    """Bytes of the body, decompressed."""
    encoding: str | None = None
    """Character set named by the HTTP header, if any."""
    archive: str | None = None
    """Where its raw bytes are kept."""


@dataclass(slots=True)
class Page:
    """A page as fetched."""

    url: str
    """Address that answered, after redirects."""
    source: str
    """Id of the catalogue entry."""
    body: bytes
    """Bytes of the body, decompressed. Empty where the article was read elsewhere (`imbauan import`)."""
    fetched: str
    """When it was fetched, ISO 8601 in UTC."""
    encoding: str | None = None
    """Character set named by the HTTP header, if any."""
    timezone: str = "Asia/Jakarta"
    """IANA zone of the outlet, for times without an offset."""
    language: str = "id"
    """BCP 47 language of the outlet, for pages that state none."""
    region: str | None = None
    """ISO 3166-2 code of the outlet."""
    official: bool = False
    """Whether the outlet is a police portal."""
    rights: str = "ask"
    """`open`, `ask` or `link-only`."""
    status: int = 200
    """HTTP status."""
    archive: str | None = None
    """Where its raw bytes are kept: `file:offset` in the archive's folder."""
    cut: str | None = None
    """Why the body is not the whole page, if so: such a page is set aside, not stored."""
    found: str | None = None
    """Canonical address under which it was found, where that differs from `url`."""
    etag: str | None = None
    last_modified: str | None = None
    """Validators of the answer, for the next conditional request."""
    more: list[Part] = field(default_factory=list)
    """The further parts of an article that is divided over several pages, in order."""


@dataclass(slots=True)
class Article:
    """What was read from a page, before anything is dropped."""

    url: str
    """Canonical address."""
    title: str
    paragraphs: list[str]
    """Plain text, one entry a paragraph, as published and in order; no line breaks inside."""
    published: str | None = None
    """ISO 8601 with the outlet's offset; null where unknown."""
    modified: str | None = None
    """ISO 8601 with the outlet's offset; null where unknown."""
    author: str | None = None
    language: str | None = None
    """BCP 47 code."""
    editor: str | None = None
    copyright: str | None = None
    """Copyright and legal lines that stood in the body."""


@dataclass(slots=True)
class Description:
    """What the article is, and who speaks about what, where."""

    kind: str
    """`advisory`, `police_news` or `other`."""
    unit: str | None = None
    """Police unit in one spelling, such as `Polda Kalimantan Tengah`."""
    region: str | None = None
    """ISO 3166-2 code of the event."""
    topic: str | None = None
    """Main topic."""
    spokesperson: str | None = None
    """Who speaks for the police, with rank."""
    topics: list[str] = field(default_factory=list)
    """All topics, the main one first."""
    advice: list[str] = field(default_factory=list)
    """The sentences that tell people what to do, as published."""
    channels: list[str] = field(default_factory=list)
    """Where to turn: `110`, hotline and WhatsApp numbers of the police, sites."""
    quoted: list[str] = field(default_factory=list)
    """People who are quoted, the spokesperson among them; officials with rank or post only."""
    evidence: list[str] = field(default_factory=list)
    """Why `kind` was chosen: one readable line for each rule that fired."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a page, and why it is not in the text, if it is not."""

    position: int
    """0-based place in the page."""
    text: str
    fingerprint: Fingerprint
    """By what the same text elsewhere is found."""
    line: int
    """Signed 64-bit key by which lines of an outlet are counted."""
    words: int
    reason: str | None = None
    """`repeat-in-page`, `furniture` or `related-link`; null where it is in the text."""
    rule: str | None = None
    """Name and version of the rule, such as `near/2`."""
    similarity: float | None = None
    """Exact Jaccard similarity, 0 to 1; null for a rule that compares nothing."""
    kept_position: int | None = None
    """Place of the paragraph of this page that was kept instead."""


@dataclass(slots=True)
class Deduplicated:
    """The paragraphs of an article, divided in kept and dropped."""

    paragraphs: list[Paragraph]

    @property
    def kept(self) -> list[Paragraph]:
        """Those of the text, in order."""
        return [paragraph for paragraph in self.paragraphs if paragraph.reason is None]

    @property
    def dropped(self) -> list[Paragraph]:
        """Those that are not in the text, in order."""
        return [paragraph for paragraph in self.paragraphs if paragraph.reason is not None]


@dataclass(slots=True)
class AdvisoryItem:
    """The item: a page to which each pipeline adds what it found."""

    page: Page
    article: Article | None = None
    description: Description | None = None
    deduplicated: Deduplicated | None = None
    id: int | None = None
    """Id to give it in a dataset that does not hold it yet: a rebuild keeps those that people have noted."""
