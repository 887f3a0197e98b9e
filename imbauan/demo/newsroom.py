"""The newsroom itself: each outlet an HTTP server of its own on loopback, crawled as any site is."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from string import Template
from threading import Thread
from typing import Any, Self
from zoneinfo import ZoneInfo

from imbauan.demo import templates

PER_PAGE = 5
"""Links on one listing page."""
FEED_LENGTH = 8
"""Entries of the WordPress feed, which is shorter than the outlet's archive."""


@dataclass(slots=True)
class Story:
    """One article page of one outlet."""

    outlet: str
    base: str
    """Address of the outlet, without a trailing slash."""
    path: str
    number: int
    title: str
    city: str
    kind: str
    """`advisory`, `police_news` or `other`, as its writer meant it."""
    text: str
    """Id of the text; two stories with one text are twins, or the same sentences with other facts."""
    paragraphs: list[str]
    published: datetime
    modified: datetime
    zone_name: str
    twice: str | None = None
    """`exact` or `mobile`: how the body stands in the page a second time; null where it stands once."""
    related: list[Story] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.base + self.path


@dataclass(frozen=True, slots=True)
class Expected:
    """What is in the newsroom, for tests."""

    articles: dict[str, int]
    """Article pages by outlet, AMP editions aside."""
    kinds: dict[str, int]
    """Article pages by kind, as their writer meant them."""
    twins: list[list[str]]
    """Addresses under which one release stands, by release; with light edits, too."""
    amp: dict[str, str]
    """AMP editions: their address, and that of the article."""
    repeated: dict[str, str]
    """Pages in which the body stands twice, and how: `exact` or `mobile`."""
    corrected: str
    """Address of the page that `Newsroom.correct` changes."""


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    region: str
    timezone: str
    zone_name: str
    official: bool
    path: str
    article: str
    page: Callable[[Story], str]
    first_number: int
    encoding: str = "utf-8"


_SHAPES = {
    "kahayan": _Shape(
        "Warta Kahayan", "ID-KT", "Asia/Jakarta", "WIB", False,
        "/berita/{number}/{slug}", r"/berita/\d+/", templates.card, 834891,
    ),
    "mahakam": _Shape(
        "Kabar Mahakam", "ID-KI", "Asia/Makassar", "WITA", False,
        "/berita/{number}/{slug}", r"/berita/\d+/", templates.post, 196192,
    ),
    "bhayangkara": _Shape(
        "Tribrata Nusantara", "ID-JK", "Asia/Jakarta", "WIB", True,
        "/blog/nasional-3/{slug}-{number}", r"/blog/[a-z]+-\d+/.+-\d+$", templates.odoo, 106038,
    ),
    "pesisir": _Shape(
        "Suara Pesisir", "ID-JT", "Asia/Jakarta", "WIB", False,
        "/{year}/11/{day}/{slug}/", "", templates.wordpress, 5521,
    ),
    "barito": _Shape(
        "Barito Pos", "ID-KT", "Asia/Jakarta", "WIB", False,
        "/baca.php?id={number}", r"/baca\.php\?id=\d+", templates.table, 4310, "windows-1252",
    ),
    "cenderawasih": _Shape(
        "Humas Cenderawasih", "ID-PA", "Asia/Jayapura", "WIT", True,
        "/news/detail/{number}-{slug}", r"/news/detail/\d+-", templates.next_js, 2331476,
    ),
}  # fmt: skip


class Newsroom:
    """The outlets of the demo, serving from `with Newsroom() as newsroom` until its end."""

    def __init__(self) -> None:
        self._servers: list[_Server] = []
        self._bases: dict[str, str] = {}
        self._stories: dict[str, list[Story]] = {}
        self._correction: tuple[Story, str, str, datetime] | None = None

    def __enter__(self) -> Self:
        try:
            for place, outlet in enumerate(_SHAPES):
                server = _bind(f"127.0.0.{place + 2}")
                self._servers.append(server)
                self._bases[outlet] = f"http://{server.server_address[0]!s}:{server.server_address[1]}"
            self._write()
        except BaseException:
            self._close()
            raise
        for server in self._servers:
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        for server in self._servers:
            server.shutdown()
        self._close()

    def catalogue_toml(self) -> str:
        """A sources file for the outlets; one has neither feed, sitemap nor listing and is found from its homepage."""
        return "\n".join(_entry(outlet, shape, self._bases[outlet]) for outlet, shape in _SHAPES.items())

    def correct(self) -> None:
        """Begin the second day: one outlet has corrected a number in an article; to be called once."""
        if self._correction is None:
            raise RuntimeError("the newsroom is not open, or has corrected its article already")
        story, wrong, right, moment = self._correction
        story.paragraphs = [text.replace(wrong, right) for text in story.paragraphs]
        story.modified, self._correction = moment, None
        self._publish()

    @property
    def stories(self) -> list[Story]:
        """Every article page, in the order of the outlets and then of publication."""
        return [story for stories in self._stories.values() for story in stories]

    @property
    def expected(self) -> Expected:
        """What a crawl should find."""
        stories = self.stories
        return Expected(
            articles={outlet: len(found) for outlet, found in self._stories.items()},
            kinds=dict(Counter(story.kind for story in stories)),
            twins=[[story.url for story in group] for group in self._groups() if len(group) > 1],
            amp={f"{story.base}/amp{story.path}": story.url for story in self._stories["kahayan"]},
            repeated={story.url: story.twice for story in stories if story.twice},
            corrected=next(story.url for story in self._stories["kahayan"] if story.text == "banjir-a"),
        )

    def _groups(self) -> list[list[Story]]:
        # One release: one text with one title and one date, give or take the day an outlet needs to print it.
        groups: list[list[Story]] = []
        for story in sorted(self.stories, key=lambda story: story.published):
            for group in groups:
                near = abs(story.published - group[0].published).days < 2
                if story.text == group[0].text and story.title == group[0].title and near and story.text != "tawuran-a":
                    group.append(story)
                    break
            else:
                groups.append([story])
        return groups

    def _write(self) -> None:
        texts = {item["id"]: item for name in ("advisories.toml", "news.toml") for item in _load(name)["article"]}
        for outlet, entry in _load("pages.toml").items():
            placed = sorted(entry["pages"], key=lambda page: page["at"])
            shape, stories = _SHAPES[outlet], []
            for place, page in enumerate(placed):
                story = _story(shape, self._bases[outlet], texts[page["article"]], page, shape.first_number + 7 * place)
                stories.append(story)
                if "correction" in page:
                    moment = datetime.fromisoformat(page["corrected"]).replace(tzinfo=ZoneInfo(shape.timezone))
                    self._correction = (story, page["correction"][0], page["correction"][1], moment)
            for place, story in enumerate(stories):
                story.related = [stories[place - 1], stories[place - 2]]
            self._stories[outlet] = stories
        self._publish()

    def _publish(self) -> None:
        for server, (outlet, stories) in zip(self._servers, self._stories.items(), strict=True):
            server.documents = _site(outlet, _SHAPES[outlet], self._bases[outlet], stories)

    def _close(self) -> None:
        for server in self._servers:
            server.server_close()


@dataclass(frozen=True, slots=True)
class _Document:
    body: bytes
    kind: str = "text/html; charset=utf-8"
    location: str | None = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str) -> None:
        self.documents: dict[str, _Document] = {}
        super().__init__((host, 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a crawler that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        kept = "&".join(part for part in query.split("&") if part and not part.startswith("utm_"))
        asked = f"{path}?{kept}" if kept else path
        document = self.server.documents.get(asked) or self.server.documents.get(_other_slash(path) if not kept else "")
        status = 404 if document is None else 301 if document.location else 200
        document = document or _Document(b"<!doctype html><title>404</title><h1>Halaman tidak ditemukan</h1>")
        self.send_response(status)
        self.send_header("Content-Type", document.kind)
        self.send_header("Content-Length", str(len(document.body)))
        if document.location:
            self.send_header("Location", document.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(document.body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for the demo."""


def _other_slash(path: str) -> str:
    return path.rstrip("/") if path.endswith("/") else f"{path}/"


def _bind(host: str) -> _Server:
    try:
        return _Server(host)
    except OSError:  # macOS answers on 127.0.0.1 alone
        return _Server("127.0.0.1")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("imbauan.demo").joinpath(name).read_text("utf-8"))


def _story(shape: _Shape, base: str, text: dict[str, Any], page: dict[str, Any], number: int) -> Story:
    values = {**text.get("fill", {}), **page.get("fill", {})}
    title = Template(page.get("title", text["title"])).substitute(values)
    published = datetime.fromisoformat(f"2026-11-{page['at']}").replace(tzinfo=ZoneInfo(shape.timezone))
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower().replace(".", "")))
    return Story(
        outlet=shape.name,
        base=base,
        path=shape.path.format(number=number, slug=slug, year=published.year, day=f"{published:%d}"),
        number=number,
        title=title,
        city=text["city"],
        kind=text["kind"],
        text=text["id"],
        paragraphs=_paragraphs(Template(text["body"]).substitute(values), page),
        published=published,
        modified=published,
        zone_name=shape.zone_name,
        twice=page.get("twice"),
    )


def _paragraphs(body: str, page: dict[str, Any]) -> list[str]:
    for before, after in page.get("edits", []):
        body = body.replace(before, after)
    left_out = page.get("drop", [])
    return [line for place, line in enumerate(body.strip().splitlines()) if place not in left_out]


def _entry(outlet: str, shape: _Shape, base: str) -> str:
    lists = {
        "kahayan": {"feeds": ["/rss/terkini.xml"]},
        "mahakam": {"listings": ["/terkini?page={page}"]},
        "bhayangkara": {"sitemaps": ["/sitemap.xml"]},
        "barito": {"listings": ["/arsip.php?hal={page}"]},
        "cenderawasih": {"listings": ["/news/all"]},
    }.get(outlet, {})
    lines = ["[[source]]", f'id = "demo-{outlet}"', f'name = "{shape.name} (demo)"', f'homepage = "{base}/"']
    lines += ['kind = "site"', f'region = "{shape.region}"', f'timezone = "{shape.timezone}"']
    lines += [f"official = {str(shape.official).lower()}", "delay = 0.02", 'rights = "open"', 'checked = "seen"']
    for name in ("feeds", "sitemaps", "listings"):
        lines.append(f"{name} = {json.dumps([base + path for path in lists.get(name, [])])}")
    if shape.article:
        lines.append(f"article = '{shape.article}'")
    return "\n".join(lines) + "\n"


def _site(outlet: str, shape: _Shape, base: str, stories: list[Story]) -> dict[str, _Document]:
    documents = {story.path: _page(shape.page(story), shape.encoding) for story in stories}
    newest = stories[::-1]
    documents["/robots.txt"] = _Document(b"User-agent: *\nDisallow: /kontak\n", "text/plain; charset=utf-8")
    documents["/"] = _page(templates.listing(shape.name, newest[:PER_PAGE], encoding=shape.encoding), shape.encoding)
    if outlet == "kahayan":
        documents["/rss/terkini.xml"] = _rss(shape.name, base, newest)
        documents.update({f"/amp{story.path}": _page(templates.amp(story)) for story in stories})
    elif outlet in ("mahakam", "barito"):
        address = "/terkini?page={}" if outlet == "mahakam" else "/arsip.php?hal={}"
        documents.update(_paged(shape, newest, address, address.format(1), with_next=False))
    elif outlet == "bhayangkara":
        documents.update(_sitemaps(shape.name, base, newest))
    elif outlet == "cenderawasih":
        documents["/news/all"] = _page(templates.listing(shape.name, newest))
    else:
        documents.update(_wordpress(shape, base, newest))
    return documents


def _wordpress(shape: _Shape, base: str, newest: list[Story]) -> dict[str, _Document]:
    robots = f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {base}/wp-sitemap.xml\n"
    documents = {
        "/robots.txt": _Document(robots.encode(), "text/plain; charset=utf-8"),
        "/feed/": _rss(shape.name, base, newest[:FEED_LENGTH]),
        "/wp-sitemap.xml": _sitemap_index([f"{base}/wp-sitemap-posts-post-1.xml"]),
        "/wp-sitemap-posts-post-1.xml": _xml(_urlset(newest)),
    }
    documents.update(_paged(shape, newest, "/page/{}/", "/", with_next=True))
    for story in newest:
        documents[f"/?p={story.number}"] = _Document(b"", location=story.url)
    return documents


def _paged(shape: _Shape, newest: list[Story], address: str, first: str, *, with_next: bool) -> dict[str, _Document]:
    last = -(-len(newest) // PER_PAGE)
    documents = {}
    for number in range(1, last + 1):
        head = '<link rel="alternate" type="application/rss+xml" href="/feed/">' if with_next else ""
        following = address.format(number + 1)
        foot = f'<a class="next" rel="next" href="{following}">Selanjutnya</a>' if with_next and number < last else ""
        shown = newest[(number - 1) * PER_PAGE : number * PER_PAGE]
        page = _page(templates.listing(shape.name, shown, head, foot, shape.encoding), shape.encoding)
        documents[first if number == 1 else address.format(number)] = page
    return documents


def _sitemaps(name: str, base: str, newest: list[Story]) -> dict[str, _Document]:
    news = "".join(
        f"<url><loc>{escape(story.url)}</loc><n:news><n:publication><n:name>{name}</n:name><n:language>id</n:language>"
        f"</n:publication><n:publication_date>{story.published.isoformat()}</n:publication_date>"
        f"<n:title>{escape(story.title)}</n:title></n:news></url>"
        for story in newest[:3]
    )
    namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    namespaces += 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    # mtime: the same bytes at each start
    packed = gzip.compress(_urlset(newest[2:]).encode(), mtime=0)
    return {
        "/sitemap.xml": _sitemap_index([f"{base}/sitemap-blog.xml.gz", f"{base}/sitemap-news.xml"]),
        "/sitemap-blog.xml.gz": _Document(packed, "application/x-gzip"),
        "/sitemap-news.xml": _xml(f"<urlset {namespaces}>{news}</urlset>"),
    }


def _sitemap_index(urls: list[str]) -> _Document:
    entries = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>')


def _urlset(stories: list[Story]) -> str:
    entries = "".join(
        f"<url><loc>{escape(story.url)}</loc><lastmod>{story.modified.isoformat()}</lastmod></url>" for story in stories
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _rss(name: str, base: str, stories: list[Story]) -> _Document:
    items = []
    for place, story in enumerate(stories):
        link = f"{story.url}?utm_source=rss&utm_medium=feed" if place % 3 == 1 else story.url
        updated = story.modified.astimezone(UTC).isoformat()
        items.append(
            f"<item><title>{escape(story.title)}</title><link>{escape(link)}</link>"
            f'<guid isPermaLink="false">{escape(story.url)}</guid>'
            f"<pubDate>{story.published:%a, %d %b %Y %H:%M:%S %z}</pubDate><atom:updated>{updated}</atom:updated>"
            f"<description>{escape(story.paragraphs[0])}</description></item>"
        )
    if name == "Warta Kahayan":  # an AMP twin among the links, as real feeds have
        twin = stories[-1]
        items.append(f"<item><title>{escape(twin.title)}</title><link>{escape(base)}/amp{twin.path}</link></item>")
    channel = f"<channel><title>{name}</title><link>{base}/</link>{''.join(items)}</channel>"
    return _xml(f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">{channel}</rss>', "application/rss+xml")


def _xml(text: str, kind: str = "application/xml") -> _Document:
    return _Document(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode(), f"{kind}; charset=utf-8")


def _page(html: str, encoding: str = "utf-8") -> _Document:
    return _Document(html.encode(encoding, "xmlcharrefreplace"), f"text/html; charset={encoding}")
