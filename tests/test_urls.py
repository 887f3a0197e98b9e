"""One address per article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbauan.urls import article_identity, canonical_url, is_same_site

ARTICLE = "https://kalteng.example.com/berita/834891/polisi-imbau-warga"


@pytest.mark.parametrize(
    "twin",
    [
        "http://kalteng.example.com/berita/834891/polisi-imbau-warga",
        "HTTPS://Kalteng.Example.COM/berita/834891/polisi-imbau-warga/",
        "https://kalteng.example.com:443/berita/834891/polisi-imbau-warga",
        "https://m.kalteng.example.com/berita/834891/polisi-imbau-warga",
        "https://amp.kalteng.example.com/berita/834891/polisi-imbau-warga",
        "https://kalteng.example.com/amp/berita/834891/polisi-imbau-warga",
        "https://kalteng.example.com/berita/834891/polisi-imbau-warga/amp/",
        f"{ARTICLE}?amp",
        f"{ARTICLE}?amp=1",
        f"{ARTICLE}?outputType=amp",
        f"{ARTICLE}?utm_source=fly&utm_medium=web&fbclid=x&source=home",
        f"{ARTICLE}?page=all",
        f"{ARTICLE}?page=1#komentar",
        f"  {ARTICLE}\n",
    ],
)
def test_twins_of_an_article_have_one_address(twin: str) -> None:
    assert canonical_url(twin) == ARTICLE


def test_parameters_that_name_the_article_are_kept_and_sorted() -> None:
    assert canonical_url("https://a.example/?p=12&b=1&utm_source=x&a=2") == "https://a.example/?a=2&b=1&p=12"
    assert canonical_url("https://a.example/x?page=2") == "https://a.example/x?page=2"


def test_www_is_kept_and_the_root_keeps_its_slash() -> None:
    assert canonical_url("http://www.a.example") == "https://www.a.example/"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.2:8080/berita/1", "http://localhost/berita/1", "http://a.example:81/x"]
)
def test_loopback_and_explicit_ports_stay_on_http(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    "junk", ["", "http://", "http://[::1", "javascript:alert(1)", "http://a:b/", "mailto:x@y", "\x00"]
)
def test_junk_comes_back_stripped(junk: str) -> None:
    assert canonical_url(f" {junk} ") == junk.strip()


urls = st.builds(
    "{}://{}{}{}?{}#{}".format,
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(["m.", "amp.", "www.", "m.amp.", ""]),
    st.sampled_from(["a.example", "a.example:80", "a.example:443", "127.0.0.1:9", "é.example", "[::1]:80", "a.b."]),
    st.lists(st.sampled_from(["/", "amp", "/amp", "x", "%e9", "é", " ", "//", ";", "%"])).map(
        lambda parts: "/" + "".join(parts)
    ),
    st.text(alphabet="ab=&amp%é;+/?page1"),
    st.text(max_size=3),
)


@given(urls | st.text())
def test_the_canonical_address_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_canonical_link_on_the_same_site_is_believed() -> None:
    assert article_identity("https://www.a.example/?p=12", "https://a.example/polisi-imbau-warga") == (
        "https://a.example/polisi-imbau-warga"
    )
    assert article_identity(f"{ARTICLE}?x=1", "/berita/834891/polisi-imbau-warga") == ARTICLE
    assert article_identity(ARTICLE, "/berita/834891") == "https://kalteng.example.com/berita/834891"


@pytest.mark.parametrize(
    "link",
    [None, "", "/", "https://kalteng.example.com", "/berita", "https://other.example/berita/834891/x", "http://[::1"],
)
def test_canonical_link_to_homepage_section_or_another_site_is_not_believed(link: str | None) -> None:
    assert article_identity(ARTICLE, link) == ARTICLE


def test_a_site_is_a_host_and_port_whatever_its_edition() -> None:
    assert is_same_site("http://www.a.example/x", "https://m.a.example/")
    assert not is_same_site("https://a.example/", "https://b.example/")
    assert not is_same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")
    assert not is_same_site("junk", "junk")
