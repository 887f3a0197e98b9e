"""A live look at one source: does what announces its articles answer, and does one of them read well?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from imbauan.extraction import extract_article
from imbauan.items import Page
from imbauan.sources import Source
from imbauan.urls import is_same_site
from spiders.discovery import DiscoveryError, Link
from spiders.kinds import Seed, seeds
from spiders.reading import Read, first_address, read_document
from spiders.visit import Visit, Visitor

MAX_DOCUMENTS = 12
TRIED_ARTICLES = 3
SHORT = 30
"""Words: an article that reads shorter than this was hardly read."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried."""

    what: str
    """`robots`, `feed`, `sitemap`, `listing`, `homepage`, `rest` or `article`."""
    url: str
    ok: bool
    found: str
    """What came of it, in words."""
    fix: str | None = None
    """What to try, where it went wrong."""
    guessed: bool = False


@dataclass(slots=True)
class Check:
    """What a look at a source came to."""

    source: str
    steps: list[Step] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    """Addresses that a first crawl would ask for."""
    page: Page | None = None
    """The article that was read."""

    @property
    def ok(self) -> bool:
        """Whether nothing that was promised is broken, articles were found, and one of them reads well."""
        promised = all(step.ok for step in self.steps if not step.guessed)
        return promised and bool(self.articles) and self.page is not None


def check_source(source: Source, visitor: Visitor) -> Check:
    """Try everything that a crawl of a source begins with, and read one article."""
    check = Check(source.id)
    today = datetime.now(source.zone).date()
    waiting = seeds(source, None, today)
    tried: set[str] = set()
    while waiting and len(tried) < MAX_DOCUMENTS:
        seed = waiting.pop(0)
        if first_address(seed) in tried:
            continue
        tried.add(first_address(seed))
        waiting += _try(seed, source, visitor, check)
    if not check.articles and not any(not step.ok and not step.guessed for step in check.steps):
        advice = "name a feed, a sitemap or a listing in its entry, or a pattern in `article`"
        check.steps.append(Step("homepage", source.homepage, False, "no article was found anywhere", advice))
    if check.articles:
        _try_articles(source, visitor, check)
    return check


def _try(seed: Seed, source: Source, visitor: Visitor, check: Check) -> list[Seed]:
    """Read one document; further documents to read."""
    url = first_address(seed)
    visit = visitor.robots(url) if seed.how == "robots" else visitor.get(url)
    if visit.trouble is not None:
        check.steps.append(Step(seed.how, url, False, visit.trouble, _fix(visit), seed.guessed))
        return list(seed.otherwise)
    try:
        read = read_document(seed, visit.body, visit.text, visit.url, source, 1)
    except DiscoveryError as error:
        fix = "the address leads to something else now: look for the new one on the homepage"
        check.steps.append(Step(seed.how, url, False, f"expected {error.expected}, got {error.got}", fix, seed.guessed))
        return list(seed.otherwise)
    own = [link for link in read.articles if is_same_site(link.url, source.homepage) or is_same_site(link.url, url)]
    check.articles += [link.url for link in own if link.url not in check.articles]
    further = [found for found, _ in read.documents]
    check.steps.append(_step(seed, url, source, read, own))
    # One sitemap of an index shows whether the others will do.
    return further[:2] + ([] if own or further else list(seed.otherwise))


def _step(seed: Seed, url: str, source: Source, read: Read, own: list[Link]) -> Step:
    if own or read.documents or seed.how == "robots":
        found = f"{len(own)} articles" + (f", {len(read.documents)} further documents" if read.documents else "")
        return Step(seed.how, url, True, found, None, seed.guessed)
    if read.articles:
        fix = "its links lead to another site: correct `homepage`"
    elif source.article:
        fix = f"no link matches {source.article!r}: compare it with the addresses of today's articles"
    else:
        fix = "no link looks like an article: give a pattern in `article`"
    return Step(seed.how, url, False, "no articles", fix, seed.guessed)


def _try_articles(source: Source, visitor: Visitor, check: Check) -> None:
    problems: list[Step] = []
    for url in check.articles[:TRIED_ARTICLES]:
        visit = visitor.get(url)
        if visit.trouble is not None:
            problems.append(Step("article", url, False, visit.trouble, _fix(visit)))
            continue
        page = _page(visit, source)
        article = extract_article(page)
        words = sum(len(text.split()) for text in article.paragraphs) if article else 0
        if article is None or words < SHORT:
            fix = "its pages may be drawn by JavaScript or built in a new way: see `imbauan extract` on this address"
            problems.append(Step("article", url, False, f"{words} words read", fix))
            continue
        check.page = page
        dated = f"published {article.published}" if article.published else "no date found"
        found = f"{article.title!r}: {len(article.paragraphs)} paragraphs, {words} words, {dated}"
        check.steps.append(Step("article", url, True, found))
        return
    check.steps += problems


def _page(visit: Visit, source: Source) -> Page:
    return Page(
        visit.url, source.id, visit.body, datetime.now(UTC).isoformat(timespec="seconds"), visit.charset,
        source.timezone, source.language, source.region, source.official, source.rights, visit.status or 200,
    )  # fmt: skip


def _fix(visit: Visit) -> str:
    trouble = visit.trouble or ""
    if visit.status in (404, 410):
        return "it is gone: take the address out, or look for the new one on the homepage"
    if visit.status in (401, 403) or "challenge" in trouble or "robots.txt forbids" in trouble:
        return "the site does not want it: ask the publisher for access"
    if "CERTIFICATE" in trouble.upper():
        return "its certificate is not valid: ask the publisher, or set `verify = false` for this source"
    if visit.status == 429 or (visit.status or 0) >= 500 or "stay away" in trouble:
        return "the site has trouble or is busy: try later, or lengthen `delay`"
    return "check the address and the network"
