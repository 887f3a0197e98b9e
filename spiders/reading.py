"""A fetched document, whatever its kind, read into articles and further documents. Pure, so that a thread can do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from imbauan.sources import Source
from spiders.discovery import DiscoveryError, Link, feed_entries, robots_sitemaps, sitemap_entries
from spiders.kinds import Seed, article_pattern
from spiders.listings import homepage_offers, listing_links, next_pages
from spiders.rest import PER_PAGE, rest_posts
from spiders.shapes import likely_articles, may_be_article


@dataclass(frozen=True, slots=True)
class Read:
    """What a document leads to."""

    articles: list[Link] = field(default_factory=list)
    documents: list[tuple[Seed, str | None]] = field(default_factory=list)
    """Further documents, each with what was said of its last change."""
    following: str | None = None
    """The next page of a listing."""


def read_document(seed: Seed, body: bytes, text: str | None, url: str, source: Source, number: int) -> Read:
    """Read page `number` of a document. Raises `DiscoveryError` where it is not what was expected of it.

    `body` are its bytes, `text` the same decoded where it is text, `url` the address that answered.
    """
    pattern = article_pattern(source)
    if seed.how == "feed":
        return Read(_matching(feed_entries(body, url), pattern))
    if seed.how == "rest":
        posts = rest_posts(body, url)
        return Read(_matching(posts, pattern), following=_numbered(seed, number) if len(posts) == PER_PAGE else None)
    if seed.how == "sitemap":
        sitemap = sitemap_entries(body, url)
        newest_first = sorted(sitemap.sitemaps, key=lambda link: link.lastmod or "", reverse=True)
        found = [(Seed(link.url, "sitemap"), link.lastmod) for link in newest_first if not _of_no_articles(link.url)]
        return Read(_of_sitemap(sitemap.pages, pattern), found)
    if seed.how == "robots":
        return Read(documents=[(Seed(link.url, "sitemap"), None) for link in robots_sitemaps(text or "", url)])
    if text is None or not text.strip():
        raise DiscoveryError(url, f"a {seed.how} page", "an empty page" if text is not None else "no text")
    if seed.how == "homepage":
        return _homepage(text, url, source)
    links = listing_links(text, url, pattern)
    named = next(iter(next_pages(text, url, number)), None)
    return Read(links, following=_numbered(seed, number) or (named.url if named else None))


def first_address(seed: Seed) -> str:
    """The address of the first page of a document."""
    return seed.url.replace("{page}", "1")


def _numbered(seed: Seed, number: int) -> str | None:
    return seed.url.replace("{page}", str(number + 1)) if "{page}" in seed.url else None


def _homepage(text: str, url: str, source: Source) -> Read:
    offers = homepage_offers(text, url)
    pattern = article_pattern(source)
    articles = listing_links(text, url, pattern) if pattern else offers.articles
    found = [(Seed(link.url, "feed", guessed=True), None) for link in offers.feeds]
    found += [(Seed(link.url, "listing", guessed=True), None) for link in offers.sections]
    return Read(articles, list(found), offers.next_pages[0].url if offers.next_pages else None)


def _matching(links: list[Link], pattern: str | None) -> list[Link]:
    return [link for link in links if re.search(pattern, link.url)] if pattern else links


def _of_sitemap(links: list[Link], pattern: str | None) -> list[Link]:
    """A sitemap names every page of a site; where no pattern tells articles, their shape does."""
    if pattern:
        return _matching(links, pattern)
    likely = likely_articles((link.url, link) for link in links)
    return likely or [link for link in links if may_be_article(link.url)]


def _of_no_articles(url: str) -> bool:
    """Whether a sitemap's name says that it lists tags, authors, images or the site's own pages."""
    name = urlsplit(url).path.rpartition("/")[2].lower()
    words = r"(?:categor|kategori|tag|topi[ck]|author|penulis|user|image|foto|photo|video|taxonom)"
    return bool(re.search(rf"(?:^|[-_]){words}", name)) and "post-" not in name.replace("posts-post", "post-")
