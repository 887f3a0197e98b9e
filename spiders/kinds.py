"""What is known of each kind of site: where it announces its articles, and how their addresses look. All data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote_plus

from imbauan.sources import Source
from spiders.rest import posts_address

SEARCH_WORDS = ("polda", "polres", "polisi")
"""What ANTARA's archive is searched for in a back-fill."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One address where a crawl of a source begins."""

    url: str
    how: str
    """`feed`, `sitemap`, `listing`, `homepage`, `robots` or `rest`: how the answer is read."""
    guessed: bool = False
    """Whether the kind of site suggests it, and nobody promised it: its absence is no problem."""
    otherwise: tuple[Seed, ...] = ()
    """What is tried where this one does not serve."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of site. `{home}` in an address is the homepage without its last slash, `{page}` a page's number."""

    name: str
    article: str | None = None
    """Regular expression of article addresses, for an entry that has none."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    chain: bool = False
    """Whether what is suggested is tried in turn, each where the one before did not serve, and not all of it."""
    first: Callable[[Source], Seed | None] = field(default=lambda source: None)
    """Something better than all others, tried first."""
    archive: tuple[str, ...] = ()
    """Listings between two days, for a back-fill: `{words}`, `{from}`, `{to}` and `{page}`."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("site"),
        Kind(
            "antara",
            article=r"/(?:amp/)?berita/\d+",
            feeds=("{home}/rss/terkini.xml",),
            listings=("{home}/terkini", "{home}/kabar-daerah"),
            archive=("{home}/search/{words}/{from}/{to}/{page}",),
        ),
        Kind(
            "wordpress",
            feeds=("{home}/feed/",),
            sitemaps=("{home}/wp-sitemap.xml", "{home}/sitemap_index.xml", "{home}/sitemap.xml"),
            listings=("{home}/",),
            chain=True,
            first=lambda source: Seed(posts_address(source.homepage), "rest", guessed=True),
        ),
        Kind(
            "odoo",
            article=r"/blog/[^/?#]+-\d+/[^/?#]*-?\d+/?(?:[?#]|$)",
            sitemaps=("{home}/sitemap.xml",),
            listings=("{home}/blog",),
        ),
        Kind(
            "nextjs", article=r"/(?:news|berita|artikel)/(?:detail|read|baca)/[^/?#]*\d", listings=("{home}/news/all",)
        ),
        Kind(
            "humas", article=r"/(?:news|berita|artikel)/(?:detail|read|baca)/[^/?#]*\d", listings=("{home}/news/all",)
        ),
    )
}


def kind_of(source: Source) -> Kind:
    """What is known of a source's kind."""
    return KINDS[source.kind]


def article_pattern(source: Source) -> str | None:
    """The regular expression of a source's article addresses: its entry's, or its kind's."""
    return source.article or kind_of(source).article


def seeds(source: Source, since: date | None, today: date) -> list[Seed]:
    """Where a crawl of a source begins: at what its entry names, else what its kind suggests, else its homepage."""
    named = {"feed": source.feeds, "sitemap": source.sitemaps, "listing": source.listings}
    found = [Seed(url, how) for how, urls in named.items() for url in urls]
    found += _suggested(source, [how for how, urls in named.items() if urls])
    return (found or _from_homepage(source)) + (_archive(source, since, today) if since else [])


def _suggested(source: Source, named: list[str]) -> list[Seed]:
    """What the kind of a source suggests, for each way of announcing that its entry names no address of."""
    kind, home = kind_of(source), source.homepage.rstrip("/")
    ways = (("feed", kind.feeds), ("sitemap", kind.sitemaps), ("listing", kind.listings))
    suggested = {how: [Seed(url.replace("{home}", home), how, guessed=True) for url in urls] for how, urls in ways}
    if kind.chain:
        suggested["sitemap"] = _in_turn(suggested["sitemap"])
    rest = [seed for how, found in suggested.items() if how not in named for seed in found]
    first = None if named else kind.first(source)
    return [Seed(first.url, first.how, first.guessed, tuple(rest))] if first else rest


def _from_homepage(source: Source) -> list[Seed]:
    home = source.homepage
    root = "/".join(home.split("/", 3)[:3])
    usual = _in_turn([Seed(f"{root}/{name}", "sitemap", guessed=True) for name in ("sitemap.xml", "sitemap_index.xml")])
    return [
        Seed(home, "homepage", guessed=True),
        Seed(f"{root}/robots.txt", "robots", guessed=True, otherwise=tuple(usual)),
    ]


def _in_turn(seeds: list[Seed]) -> list[Seed]:
    chain: tuple[Seed, ...] = ()
    for seed in reversed(seeds):
        chain = (Seed(seed.url, seed.how, seed.guessed, chain),)
    return list(chain)


def _archive(source: Source, since: date, today: date) -> list[Seed]:
    days = {"{from}": since.isoformat(), "{to}": today.isoformat()}
    found = []
    for template in kind_of(source).archive:
        url = template.replace("{home}", source.homepage.rstrip("/"))
        for name, value in days.items():
            url = url.replace(name, value)
        found += [Seed(url.replace("{words}", quote_plus(word)), "listing", guessed=True) for word in SEARCH_WORDS]
    return found
