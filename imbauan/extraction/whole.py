"""An article that is divided over several pages, read as one."""

from __future__ import annotations

from dataclasses import replace

from imbauan.extraction.article import extract_article
from imbauan.items import Article, Page


def extract_whole(page: Page) -> Article | None:
    """Read a page and its further parts; each paragraph once, where a part repeats the lead or is the whole."""
    article = extract_article(page)
    for body in page.more:
        part = extract_article(replace(page, body=body, more=[]))
        if article is None:
            article = part
        elif part is not None:
            own = set(article.paragraphs)
            article.paragraphs += [text for text in part.paragraphs if text not in own]
    return article
