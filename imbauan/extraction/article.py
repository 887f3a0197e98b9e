"""From a page to an article; pure, so it runs in the crawler, in a worker process and in `imbauan import`."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from imbauan.extraction.charset import decode
from imbauan.extraction.hints import hints
from imbauan.extraction.language import language_of
from imbauan.extraction.metadata import read_metadata
from imbauan.extraction.paragraphs import read_paragraphs
from imbauan.extraction.tree import parse
from imbauan.items import Article, Page
from imbauan.urls import article_identity

_PUNCTUATION = re.compile(r"\W+")
_SIGNED = 3
"""Lines at the end among which the author's name may stand alone."""
_HEAD = 8
"""Lines from the top among which the title may stand again, below section and author."""
_LONG = 25
"""Letters from which a title that stands in a longer line is no accident."""
_AROUND = 80
"""Letters around a title under which they are no paragraph."""
_DATE = re.compile(
    r"(?i)(?:(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu)\W{1,3})?\d{1,2}[\s/.-](?:\d{1,2}|[a-z]{3,9})[\s/.-]\d{4}\b|\b[a-z]{3,9}\s\d{1,2},\s\d{4}\b"
    r"|\b\d{1,2}\s+(?:menit|jam|hari)\s+(?:yang\s+)?lalu\b"
)


def extract_article(page: Page) -> Article | None:
    """Read a page; none where it holds no paragraph of text."""
    tree = parse(decode(page.body, page.encoding))
    if tree is None:
        return None
    metadata = read_metadata(tree, page.url, ZoneInfo(page.timezone), datetime.fromisoformat(page.fetched))
    paragraphs = _without_heading(read_paragraphs(tree, metadata.body), metadata.title)
    if metadata.author and len(paragraphs) > _SIGNED:
        tail = [line for line in paragraphs[-_SIGNED:] if _fold(line) != _fold(metadata.author)]
        paragraphs = paragraphs[:-_SIGNED] + tail
    if not paragraphs:
        return None
    rights = hints().residue
    legal = [line for line in paragraphs if rights["copyright"].search(line) or rights["legal"].search(line)]
    return Article(
        url=article_identity(page.url, metadata.canonical),
        title=metadata.title or paragraphs[0][:120],
        paragraphs=paragraphs,
        published=metadata.published,
        modified=metadata.modified,
        author=metadata.author,
        editor=metadata.editor,
        language=language_of(paragraphs, metadata.language, page.language),
        copyright="\n".join(dict.fromkeys(legal)) or None,
    )


def _without_heading(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs less the title at either end, what stands above it, and the dates beside it."""
    plain = _fold(title or "")
    if plain:
        at = next((at for at, line in enumerate(paragraphs[:_HEAD]) if _is_heading(line, plain)), None)
        if at is not None and sum(map(len, paragraphs[:at])) < sum(map(len, paragraphs[at:])):
            paragraphs = paragraphs[at + 1 :] or paragraphs
        # A second copy of the body has one, too.
        paragraphs = [line for line in paragraphs if _fold(line) != plain] or paragraphs
    while len(paragraphs) > 1 and _is_date_line(paragraphs[0]):
        paragraphs = paragraphs[1:]
    while len(paragraphs) > 1 and _is_date_line(paragraphs[-1]):
        paragraphs = paragraphs[:-1]
    return paragraphs


def _is_heading(line: str, title: str) -> bool:
    """Whether a line is the title, alone or with what old pages print around it: the section, the date, the reporter."""
    folded = _fold(line)
    if folded == title:
        return True
    is_sentence = line.endswith((".", '"', "”"))
    return len(title) >= _LONG and title in folded and not is_sentence and len(folded) - len(title) < _AROUND


def _is_date_line(line: str) -> bool:
    """Whether a line is a printed date with at most a counter, a place or a name beside it."""
    found = _DATE.search(line) if len(line) < 110 and not line.rstrip().endswith((".", '"', "”")) else None
    return found is not None and len(line) - len(found.group()) < 60


def _fold(text: str) -> str:
    return _PUNCTUATION.sub("", text).casefold()
