"""Articles, following pages, sections and feeds that a page of a site links to. Pure: HTML in, links out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector
from w3lib.html import get_base_url

from imbauan.urls import canonical_url, is_same_site
from spiders.discovery import Link, link_to, unique_links
from spiders.shapes import likely_articles, may_be_section

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_NEXT_WORDS = re.compile(
    r"^\W*(?:selanjutnya|berikutnya|lanjut|next(?: page)?|older(?: posts?)?|(?:pos(?:t|ting)an?|artikel|berita|tulisan)?\s*"
    r"(?:lama|sebelumnya|lebih lama)|halaman (?:berikut|selanjut)nya|muat lebih banyak|load more|lihat lainnya)?\W*$",
    re.IGNORECASE,
)
_ARROWS = ("»", "›", "→", ">", ">>")
_PAGE_NAMES = ("page", "p", "hal", "halaman", "paged", "pg", "pages", "offset", "start", "per_page")
MAX_SECTIONS = 40
"""Most sections that are followed from a homepage."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a homepage leads to, all on its own site."""

    feeds: list[Link]
    next_pages: list[Link]
    articles: list[Link]
    sections: list[Link]


def listing_links(html: str, url: str, article_pattern: str | None) -> list[Link]:
    """The articles a listing page links to: by pattern, of any site; with none, what looks like one on this site."""
    links = _anchors(Selector(text=html), get_base_url(html, url))
    if article_pattern:
        pattern = re.compile(article_pattern)
        return [link for link in links if pattern.search(link.url)]
    own = [link for link in links if is_same_site(link.url, url) and not _is_page_of(link.url, url)]
    return likely_articles((link.url, link) for link in own)


def next_pages(html: str, url: str, number: int = 1) -> list[Link]:
    """The page after page `number` of a listing, as the page links to it, the surest first.

    That is a `rel=next`, a link with the next number as its text and this listing's form of address, or one that says
    "Selanjutnya" and the like.
    """
    base, page = get_base_url(html, url), Selector(text=html)
    hrefs = page.xpath("//*[self::link or self::a][contains(concat(' ', @rel, ' '), ' next ')]/@href").getall()
    anchors = [
        (node.attrib["href"], " ".join(node.xpath("string(.)").get("").split())) for node in page.xpath("//a[@href]")
    ]
    hrefs += [href for href, text in anchors if text == str(number + 1) and _may_page(base, href, url)]
    hrefs += page.xpath("//a[contains(concat(' ', @class, ' '), ' next ')]/@href").getall()
    hrefs += [
        href
        for href, text in anchors
        if (text in _ARROWS or (text and _NEXT_WORDS.match(text))) and _may_page(base, href, url)
    ]
    links = unique_links(link_to(base, href) for href in hrefs)
    return [link for link in links if is_same_site(link.url, url) and canonical_url(link.url) != canonical_url(url)]


def homepage_offers(html: str, url: str) -> Offers:
    """The feeds, the following page, the articles and the sections that a homepage offers."""
    base, page = get_base_url(html, url), Selector(text=html)
    alternates = page.xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')][@href]")
    feeds = unique_links(
        link_to(base, node.attrib["href"], title=node.attrib.get("title"))
        for node in alternates
        if node.attrib.get("type", "").strip().lower() in _FEED_TYPES
    )
    articles = listing_links(html, url, None)
    taken = {link.url for link in articles}
    sections = [
        link
        for link in _anchors(page, base)
        if link.url not in taken
        and is_same_site(link.url, url)
        and may_be_section(link.url)
        and not _is_page_of(link.url, url)
    ]
    return Offers(
        # WordPress offers the feed of comments beside that of posts.
        feeds=[link for link in feeds if is_same_site(link.url, url) and "/comments/" not in link.url],
        next_pages=next_pages(html, url),
        articles=articles,
        sections=sections[:MAX_SECTIONS],
    )


def _anchors(page: Selector, base: str) -> list[Link]:
    """Every link with the longest text that leads to it: an image, a short teaser and a headline lead to one page."""
    anchors = page.xpath("//a[@href]")
    links = unique_links(link_to(base, node.attrib["href"]) for node in anchors)
    texts: dict[str, str] = {}
    for node in anchors:
        link = link_to(base, node.attrib["href"], title=node.xpath("string(.)").get())
        if link is not None and link.title and len(link.title) > len(texts.get(link.url, "")):
            texts[link.url] = link.title
    return [Link(link.url, None, texts.get(link.url)) for link in links]


def _may_page(base: str, href: str, url: str) -> bool:
    """Whether an address is a page of the listing at `url`: it differs in a page number, and in little else."""
    link = link_to(base, href)
    return link is not None and _is_page_of(link.url, url)


def _is_page_of(candidate: str, url: str) -> bool:
    there, here = _without_page(candidate), _without_page(url)
    return there is not None and here is not None and there == here and candidate != url


def _without_page(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _PAGE_NAMES or not pair[1].isdecimal()]
    path = re.sub(r"/(?:(?:page|hal|halaman|p)[/-])?\d{1,4}(?:\.html?)?/?$", "", parts.path.rstrip("/")).rstrip("/")
    path = re.sub(r"/index\.(?:php|html?)$", "", path)
    return urlunsplit(("", parts.netloc, path, urlencode(pairs), ""))
