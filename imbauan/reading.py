"""From a page to its article, or the reason why it is set aside; what every worker process runs."""

from __future__ import annotations

from imbauan.exceptions import Quarantined
from imbauan.extraction import extract_article
from imbauan.extraction.charset import decode
from imbauan.items import Article, Page
from imbauan.quarantine import garbled, too_many_tags, wall_of


def read_page(page: Page) -> Article:
    """Read a page; raises `Quarantined` with the reason where it holds no whole, readable article.

    The same bytes are judged the same way in a crawl, an import and a rebuild: nothing needs to be fetched again.
    """
    if reason := page.cut or too_many_tags(page.body):
        raise Quarantined(reason)
    article = extract_article(page)
    words = sum(len(line.split()) for line in article.paragraphs) if article else 0
    dated = article is not None and article.published is not None
    html = decode(page.body, page.encoding)
    if reason := wall_of(html, words, dated):
        raise Quarantined(reason)
    if article is None:
        raise Quarantined(garbled("", html) or "no text found in the page")
    if reason := garbled("\n".join([article.title, *article.paragraphs]), html):
        raise Quarantined(reason)
    return article
