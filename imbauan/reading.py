"""From a page to its article, or the reason why it is set aside; what every worker process runs."""

from __future__ import annotations

from dataclasses import replace

from imbauan.exceptions import Quarantined
from imbauan.extraction import extract_article
from imbauan.extraction.charset import decode
from imbauan.items import Article, Page, Part
from imbauan.quarantine import MAX_WEAK_WORDS, challenge_of, garbled, too_many_tags, wall_of


def read_page(page: Page) -> Article:
    """Read a page; raises `Quarantined` with the reason where it holds no whole, readable article.

    The same bytes are judged the same way in a crawl, an import and a rebuild: nothing needs to be fetched again.
    """
    if reason := page.cut or too_many_tags(page.body):
        raise Quarantined(reason)
    if challenge := challenge_of(page.body):
        raise Quarantined(f"challenge page: {challenge}")
    article = extract_article(page)
    words = sum(len(line.split()) for line in article.paragraphs) if article else 0
    dated = article is not None and article.published is not None
    html = decode(page.body, page.encoding)
    if reason := wall_of(html, words, dated):
        raise Quarantined(reason)
    if article is None:
        raise Quarantined(garbled("", html) or "no text found in the page")
    for part in page.more:
        _join(article, page, part)
    if reason := garbled("\n".join([article.title, *article.paragraphs]), html):
        raise Quarantined(reason)
    return article


def _join(article: Article, page: Page, part: Part) -> None:
    """Add what a further part says; each paragraph once, where the part repeats the lead or is the whole."""
    challenge = challenge_of(part.body)
    if reason := too_many_tags(part.body) or (challenge and f"challenge page: {challenge}"):
        raise Quarantined(f"its part {part.url}: {reason}")
    further = extract_article(replace(page, url=part.url, body=part.body, encoding=part.encoding, more=[]))
    lines = further.paragraphs if further else []
    # A last part may be a line or two beside a banner, so these don't count.
    words = max(MAX_WEAK_WORDS, sum(len(line.split()) for line in lines))
    if reason := wall_of(decode(part.body, part.encoding), words, bool(further and further.published)):
        raise Quarantined(f"its part {part.url}: {reason}")
    own = set(article.paragraphs)
    article.paragraphs += [line for line in lines if line not in own]
