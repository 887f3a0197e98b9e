"""The catalogue: every built-in entry is sound, and a bad entry is refused by id and field."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from imbauan.exceptions import CatalogueError, UsageError
from imbauan.sources import KINDS, Source, load_sources, select_sources
from spiders.kinds import KINDS as SPIDER_KINDS
from spiders.kinds import article_pattern, seeds

CATALOGUE = load_sources()

GOOD = """
[[source]]
id = "warta-kota"
name = "Warta Kota"
homepage = "https://warta.example/"
"""


@pytest.mark.parametrize("source", CATALOGUE, ids=lambda source: source.id)
def test_every_entry_says_where_and_how_it_was_checked(source: Source) -> None:
    assert source.homepage.startswith("https://")
    assert source.zone.utcoffset(None) is None
    assert source.checked and re.match(r"(seen|listed|by analogy): ", source.checked)
    assert source.rights == "ask"
    assert not re.search(r"antaranews", source.homepage) or source.kind == "antara"
    assert not source.official or re.search(r"polri|polda|tribratanews", source.homepage)


@pytest.mark.parametrize("source", CATALOGUE, ids=lambda source: source.id)
def test_every_entry_leads_the_spider_of_its_kind_somewhere(source: Source) -> None:
    found = seeds(source, date(2026, 11, 1), date(2026, 11, 24))
    assert found and all(seed.url.startswith("https://") for seed in found)
    assert not re.search(r"[{}]", "".join(seed.url.replace("{page}", "") for seed in found))
    assert article_pattern(source) is None or re.compile(str(article_pattern(source)))


def test_every_province_has_an_outlet_and_the_offset_of_its_zone() -> None:
    offsets = {region: zone for region, zone in ((s.region, s.timezone) for s in CATALOGUE) if region}
    # Sulawesi Barat and Papua Barat Daya have no outlet of their own: Makassar and Manokwari cover them.
    assert len(offsets) == 34
    for source in CATALOGUE:
        if source.region:
            assert source.timezone == offsets[source.region], source.id


def test_kinds_of_the_catalogue_are_those_that_scrapy_lists() -> None:
    listed = set(SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders"]})).list())
    assert listed == set(KINDS) == set(SPIDER_KINDS)


def test_ids_and_homepages_are_unique() -> None:
    assert len({source.id for source in CATALOGUE}) == len(CATALOGUE)
    assert len({source.homepage for source in CATALOGUE}) == len(CATALOGUE)


def test_all_33_antara_portals_are_listed_and_none_is_official() -> None:
    portals = [source for source in CATALOGUE if source.homepage.endswith(".antaranews.com/")]
    assert len(portals) == 33
    assert not any(source.official for source in portals)


def test_antara_article_pattern_matches_articles_only() -> None:
    kalteng = select_sources(CATALOGUE, ["antara-kalteng"])[0]
    assert kalteng.article
    assert re.search(kalteng.article, "https://kalteng.antaranews.com/berita/834891/contoh-judul")
    assert re.search(kalteng.article, "https://kalteng.antaranews.com/amp/berita/834891/contoh-judul")
    assert not re.search(kalteng.article, "https://kalteng.antaranews.com/tag/polda")


def test_portals_outside_western_time_have_their_own_zone() -> None:
    zones = {source.id: source.timezone for source in CATALOGUE}
    assert zones["antara-kaltim"] == "Asia/Makassar"
    assert zones["antara-papua"] == "Asia/Jayapura"


def test_entry_with_the_required_fields_only_is_enough(tmp_path: Path) -> None:
    source = load_sources(written(tmp_path, GOOD))[0]
    assert (source.kind, source.rights, source.enabled, source.feeds) == ("site", "ask", True, [])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('feed = ["https://warta.example/feed/"]', ["warta-kota", "'feed'", "did you mean 'feeds'?"]),
        ('timezone = "Asia/Palangkaraya"', ["warta-kota", "'timezone'", "IANA zone", "'Asia/Palangkaraya'"]),
        ('region = "Kalteng"', ["warta-kota", "'region'", "ISO 3166-2"]),
        ("article = '/berita/(\\d+'", ["warta-kota", "'article'", "regular expression"]),
        ('feeds = "https://warta.example/feed/"', ["warta-kota", "'feeds'", "list"]),
        ('delay = "1"', ["warta-kota", "'delay'", "seconds"]),
        ('rights = "all"', ["warta-kota", "'rights'", "open, ask, link-only"]),
    ],
)
def test_bad_field_is_refused_with_id_field_and_what_it_should_be(tmp_path: Path, line: str, names: list[str]) -> None:
    with pytest.raises(CatalogueError) as refused:
        load_sources(written(tmp_path, GOOD + line))
    for name in names:
        assert name in str(refused.value)


def test_bad_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"'Warta Kota'.*'id'.*lower-case letters"):
        load_sources(written(tmp_path, GOOD.replace('"warta-kota"', '"Warta Kota"')))


def test_missing_homepage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"'warta-kota'.*'homepage' is missing"):
        load_sources(written(tmp_path, re.sub("homepage.*", "", GOOD)))


def test_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"'warta-kota'.*'id'.*unique"):
        load_sources(written(tmp_path, GOOD + GOOD))


@pytest.mark.parametrize("text", ["", "this is no TOML", GOOD.replace("[[source]]", "[[sources]]")])
def test_file_without_entries_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(CatalogueError, match=r"own\.toml"):
        load_sources(written(tmp_path, text))


def test_file_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml"):
        load_sources(tmp_path / "absent.toml")


def test_unknown_source_is_answered_with_the_nearest_id() -> None:
    with pytest.raises(UsageError, match="did you mean 'antara-kalteng'"):
        select_sources(CATALOGUE, ["antara-kaltng"])


def written(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path
