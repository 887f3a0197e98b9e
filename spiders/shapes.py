"""The shapes of addresses: which look like an article's, which never are, and which go with their neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

_NO_ARTICLES = frozenset(
    """tag tags topik topic topics category categories kategori kanal rubrik section search cari pencarian page halaman
    foto photo photos galeri gallery video videos infografik infografis author authors penulis user users login register
    daftar feed feeds rss rilis-pers indeks index arsip archive archives slug about tentang tentang-kami kontak contact
    contact-us hubungi hubungi-kami redaksi privacy privacy-policy disclaimer terms karier karir iklan sitemap amp
    wp-content wp-admin wp-json wp-login.php wp-includes cart checkout assets static cdn-cgi share print epaper
    live jadwal struktur-organisasi visi-misi profil profile faq comment comments reply""".split()
)
"""Path segments of sections, files and functions of a site."""
_STATIC = re.compile(
    r"^(?:pedoman-(?:pemberitaan-)?media-(?:siber|cyber)|kode-etik|kebijakan-(?:privasi|privacy|cookie|redaksi)"
    r"|syarat-(?:dan-)?ketentuan|ketentuan-(?:layanan|penggunaan)|susunan-redaksi|(?:tentang|hubungi|kontak)-(?:kami|redaksi)"
    r"|box-redaksi|perlindungan-(?:data|wartawan)|info-iklan|pasang-iklan|privacy-policy|terms-(?:of|and)-|about-us"
    r"|(?:cookie|disclaimer|peta-situs|visi-(?:dan-)?misi|struktur-organisasi|sejarah-singkat))"
)
"""Beginnings of slugs under which nearly every outlet keeps the same pages about itself."""
_ARTICLE_SECTIONS = frozenset(
    """berita artikel article articles news read baca detail post posts blog story warta info siaran-pers pengumuman
    imbauan himbauan rilis pers-release""".split()
)
_ID_NAMES = ("p", "id", "nid", "aid", "berita", "artikel", "news", "newsid", "id_berita", "idberita", "post", "read")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|avif|pdf|docx?|xlsx?|pptx?|zip|rar|gz|xml|rss|atom|json|js|css|mp[34]|webm|apk|txt)$"
)
_Item = TypeVar("_Item")


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of an article's: an id, a dated path, or a slug of four words or more."""
    if not may_be_article(url):
        return False
    parts = urlsplit(url)
    segments = _segments(parts.path)
    if any(name.lower() in _ID_NAMES and value.isdecimal() for name, value in parse_qsl(parts.query)):
        return True
    if not segments:
        return False
    path, slug = "/".join(segments), _slug(segments)
    if re.search(r"(?:^|[/_-])(?!(?:19|20)\d\d(?:/|$))\d{4,}(?:[/._-]|$)", path):
        return True
    if re.search(r"(?:^|/)(?:19|20)\d\d/\d{1,2}/(?:\d{1,2}/)?[^/]*[a-z]", path):
        return True
    words = len(re.findall(r"[^\W_]+", slug))
    return words >= 4 or (words >= 2 and len(segments) > 1 and segments[-2] in _ARTICLE_SECTIONS)


def may_be_article(url: str) -> bool:
    """Whether nothing in the address says that it is a section, a file, a function or a page about the site."""
    try:
        parts = urlsplit(url)
        segments, query = _segments(parts.path), {name.lower() for name, _ in parse_qsl(parts.query)}
    except ValueError:
        return False
    if not segments:
        return bool(query.intersection(_ID_NAMES))
    if _NO_ARTICLES.intersection(re.sub(r"\.[a-z]{3,5}$", "", segment) for segment in segments):
        return False
    if _FILE.search(segments[-1]) or _STATIC.match(_slug(segments)) or "replytocom" in query:
        return False
    return not re.fullmatch(r"(?:19|20)\d\d(?:/\d{1,2}){0,2}", "/".join(segments))


def likely_articles(items: Iterable[tuple[str, _Item]]) -> list[_Item]:
    """Of (address, item), those that are articles, or have the shape that most articles among them have.

    `/berita/waspada-hoaks` says little alone; beside ten of its form that are plainly articles it is one.
    """
    possible = [(url, item) for url, item in items if may_be_article(url)]
    by_shape: dict[str, list[bool]] = defaultdict(list)
    for url, _ in possible:
        by_shape[_shape(url)].append(looks_like_article(url))
    good = {shape for shape, looks in by_shape.items() if len(looks) > 2 and sum(looks) * 2 > len(looks)}
    return [item for url, item in possible if looks_like_article(url) or _shape(url) in good]


def may_be_section(url: str) -> bool:
    """Whether an address may list articles: a short path, no file, no function of the site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    segments = _segments(parts.path)
    if not segments or len(segments) > 3 or _FILE.search(segments[-1]) or _STATIC.match(_slug(segments)):
        return False
    if _NOT_SECTIONS.intersection(segments) or looks_like_article(url):
        return False
    return not parts.query or bool(re.fullmatch(r"(?:id|kategori|category|cat|kanal|rubrik)=[\w-]+", parts.query))


_NOT_SECTIONS = _NO_ARTICLES - frozenset(
    "category categories kategori kanal rubrik section indeks index arsip topik topic slug".split()
)


def _segments(path: str) -> list[str]:
    return [segment for segment in path.lower().split("/") if segment]


def _slug(segments: list[str]) -> str:
    return re.sub(r"\.[a-z]{3,5}$", "", segments[-1])


def _shape(url: str) -> str:
    """The address with its slug and its numbers taken out: what the articles of one site have in common."""
    parts = urlsplit(url)
    segments = [re.sub(r"\d+", "0", segment) for segment in _segments(parts.path)]
    if segments:
        extension = re.search(r"\.[a-z]{3,5}$", segments[-1])
        segments[-1] = "*" + (extension[0] if extension else "")
    names = ",".join(sorted(name for name, _ in parse_qsl(parts.query)))
    return f"{parts.netloc}/{'/'.join(segments)}?{names}"
