from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from imbauan.demo.newsroom import Newsroom
from imbauan.sources import Source, load_sources


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        yield opened


@pytest.fixture
def sources(newsroom: Newsroom, tmp_path: Path) -> list[Source]:
    path = tmp_path / "sources.toml"
    path.write_text(newsroom.catalogue_toml(), "utf-8")
    return load_sources(path)


def fetched(url: str) -> str:
    with urlopen(url, timeout=5) as response:
        body: bytes = response.read()
        encoding = response.headers.get_content_charset() or "utf-8"
    return (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode(encoding)


def announced(url: str) -> set[str]:
    """What a document of any kind links to, sitemaps and following pages followed."""
    text = fetched(url)
    tags = re.findall(r"<(?:loc|link)>([^<]+)<", text) + re.findall(r'<a [^>]*href="([^"]+)"', text)
    links = {urljoin(url, unescape(link)).partition("#")[0] for link in tags}
    for link in list(links):
        if re.search(r"\.xml|/page/\d+/$", link) and link != url:
            links |= announced(link)
    return links


def entrances(source: Source) -> list[str]:
    urls = [*source.feeds, *source.sitemaps]
    for listing in source.listings:
        urls += [listing.replace("{page}", str(page)) for page in range(1, 4 if source.id == "demo-mahakam" else 3)]
    return list(dict.fromkeys(urls)) or [source.homepage]


def plain(url: str) -> str:
    return re.sub(r"[?&]utm_[^#]*", "", url).replace("/amp/", "/")


def test_every_article_is_announced_where_the_catalogue_says_and_every_link_answers(
    newsroom: Newsroom, sources: list[Source]
) -> None:
    found: set[str] = set()
    for source in sources:
        for url in entrances(source):
            found |= announced(url)
    for url in found:
        if not url.endswith("/kontak"):
            assert fetched(url)
    assert {story.url for story in newsroom.stories} <= {plain(url) for url in found}


def test_the_newsroom_is_as_large_as_promised(newsroom: Newsroom, sources: list[Source]) -> None:
    expected = newsroom.expected
    assert len(sources) >= 5
    assert len({story.url for story in newsroom.stories}) == sum(expected.articles.values()) >= 60
    assert expected.kinds["advisory"] + expected.kinds["police_news"] >= 45
    assert expected.kinds["other"] >= 10
    assert len(expected.twins) >= 10


def test_the_correction_changes_one_page(newsroom: Newsroom) -> None:
    before = {story.url: fetched(story.url) for story in newsroom.stories}
    newsroom.correct()
    changed = [url for url, html in before.items() if fetched(url) != html]
    assert changed == [newsroom.expected.corrected]
    assert "naik 70 sentimeter" in fetched(changed[0])


def test_short_links_lead_to_the_article_and_unknown_paths_are_not_found(newsroom: Newsroom) -> None:
    story = next(story for story in newsroom.stories if story.outlet == "Suara Pesisir")
    assert fetched(f"{story.base}/?p={story.number}") == fetched(story.url)
    for base in {story.base for story in newsroom.stories}:
        assert fetched(f"{base}/robots.txt")
        with pytest.raises(HTTPError) as error:
            urlopen(f"{base}/tidak-ada", timeout=5)
        assert error.value.code == 404
        error.value.close()
