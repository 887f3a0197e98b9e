"""One address per article: the twins that outlets publish of it (AMP, mobile, tracked, paged) made equal."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_ga",
        "_gl",
        "cmpid",
        "ref",
        "ref_src",
        "ref_url",
        "referrer",
        "source",
        "src_medium",
        "spm",
        "share",
        "shared",
    ]
)
"""Parameters that say where a reader came from, never what is read; those beginning with `utm_` are dropped as well."""

_SAME_ARTICLE = {("page", "all"), ("page", "1"), ("showpage", "all"), ("single", "1"), ("outputtype", "amp")}
"""Parameters with a value that asks for the first page, the whole, or the AMP edition of the same article."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_TWIN = re.compile(r"^(?:m|amp)\.(?=[^.]+\.[^.])")
_SITE_TWIN = re.compile(r"^(?:(?:www|m|amp)\.)+(?=[^.]+\.[^.])")
_IDENTIFYING = re.compile(r"\d{5,}|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}|[^-_]+[-_][^-_]+[-_][^-_]+")


def canonical_url(url: str) -> str:
    """The address that stands for an article in the dataset; what is no http address comes back stripped only.

    For comparing and storing, not for fetching: a few outlets answer on http, or on `m.`, alone. Idempotent.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        if scheme not in _DEFAULT_PORTS or not parts.hostname:
            return url
        host, port = _host(parts.hostname), parts.port
        if port == _DEFAULT_PORTS[scheme]:
            port = None
        if port is None and not _is_loopback(host):
            scheme = "https"
        netloc = host if port is None else f"{host}:{port}"
        canonical = urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))
        # An odd host may hold what no parser reads back the same way; such an address is left alone.
        return canonical if urlsplit(canonical).netloc == netloc else url
    except ValueError:
        return url


def article_identity(page_url: str, canonical_link: str | None) -> str:
    """The canonical address of a page, by its own `rel=canonical` where that can be believed.

    Outlets with a broken template name their homepage, a section or another site as the canonical of every page;
    believing that would make one article of them all.
    """
    page = canonical_url(page_url)
    if not canonical_link or not canonical_link.strip():
        return page
    try:
        named = canonical_url(urljoin(page_url, canonical_link.strip()))
    except ValueError:
        return page
    return named if is_same_site(named, page) and not _is_section_of(named, page) else page


def is_same_site(a: str, b: str) -> bool:
    """Whether two addresses are on one host and port, `www.`, `m.` and `amp.` aside."""
    site = _site(a)
    return site is not None and site == _site(b)


@lru_cache(maxsize=4096)  # The addresses of a catalogue are asked for with every page of an archive.
def _site(url: str) -> tuple[str, int | None] | None:
    try:
        parts = urlsplit(url.strip())
        port = None if parts.port == _DEFAULT_PORTS.get(parts.scheme) else parts.port
        host = _host(parts.hostname or "")
    except ValueError:
        return None
    return (_SITE_TWIN.sub("", host), port) if host and parts.scheme in _DEFAULT_PORTS else None


def _host(hostname: str) -> str:
    host = hostname.lower().rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower().rstrip(".")
    while _HOST_TWIN.match(host):
        host = _HOST_TWIN.sub("", host)
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "[::1]") or host.startswith("127.") or host.endswith(".localhost")


def _path(path: str) -> str:
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    path = re.sub("%[0-9a-fA-F]{2}", lambda match: match[0].upper(), path).rstrip("/")
    while True:
        shorter = re.sub("^/amp(?=/|$)", "", path).removesuffix("/amp").rstrip("/")
        if shorter == path:
            return path or "/"
        path = shorter


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    return urlencode(sorted(pair for pair in pairs if not _is_noise(*pair)), errors="surrogateescape")


def _is_noise(name: str, value: str) -> bool:
    name, value = name.lower(), value.lower()
    return (
        name in TRACKING
        or name.startswith("utm_")
        or (name, value) in _SAME_ARTICLE
        or (name == "amp" and value in ("", "1", "true"))
    )


def _is_section_of(named: str, page: str) -> bool:
    there, here = urlsplit(named), urlsplit(page)
    if there.query:
        return False
    if there.path in ("", "/"):
        return here.path not in ("", "/") or bool(here.query)
    if _IDENTIFYING.search(there.path.rsplit("/", 1)[-1]):
        return False
    is_ancestor = here.path.startswith(there.path + "/")
    return is_ancestor or bool(_IDENTIFYING.search(here.path))
