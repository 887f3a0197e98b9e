"""Articles that are divided over several pages: where the other parts are."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scrapy.http import Response, TextResponse

MAX_PARTS = 15
_NAMES = ("page", "halaman", "hal", "p", "pg")
_WHOLE = {("page", "all"), ("showpage", "all"), ("halaman", "all"), ("single", "1")}

_IN_QUERY = re.compile(rb"[?&;](?:page|halaman|hal|p|pg|showpage|single)=", re.IGNORECASE)


def parts_of(response: Response) -> list[str]:
    """The addresses of the other parts of an article, in order; the whole alone, where the page offers it.

    Only links that differ from the page's own address in nothing but a page number count: in the query
    (`?page=2`) or as a last segment (`/2`, `/page/2`) that stands beside others of its kind.
    """
    own = urlsplit(response.url)
    if not isinstance(response, TextResponse) or not _may_have_parts(response.body, own.path):
        return []
    if any(name.lower() in _NAMES for name, _ in parse_qsl(own.query)):
        return []
    numbered: dict[int, str] = {}
    for href in response.xpath("//a/@href").getall():
        try:
            url = urljoin(response.url, href.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.netloc != own.netloc:
            continue
        if _is_whole(parts.path, parts.query, own.path, own.query):
            return [urlunsplit(parts._replace(fragment=""))]
        number = _number(parts.path, parts.query, own.path, own.query)
        if number is not None and 2 <= number <= MAX_PARTS:
            numbered.setdefault(number, urlunsplit(parts._replace(fragment="")))
    return _all_between(numbered)


def _may_have_parts(body: bytes, path: str) -> bool:
    """Whether the address of a part can stand in a page: most need not be parsed in the crawl's own thread."""
    if _IN_QUERY.search(body):
        return True
    last = path.rstrip("/").rpartition("/")[2]
    # Where letters may be written in several ways any number will do.
    name = re.escape(last.encode()) if re.fullmatch(r"[\w.-]+", last, re.ASCII) else b""
    return bool(re.search(name + rb"/(?:page/)?\d{1,2}(?=[/?#\"'\s>])", body))


def _is_whole(path: str, query: str, own_path: str, own_query: str) -> bool:
    pairs = [(name.lower(), value.lower()) for name, value in parse_qsl(query)]
    added = [pair for pair in pairs if pair not in parse_qsl(own_query)]
    return path.rstrip("/") == own_path.rstrip("/") and len(added) == 1 and added[0] in _WHOLE


def _number(path: str, query: str, own_path: str, own_query: str) -> int | None:
    pairs, own_pairs = parse_qsl(query), parse_qsl(own_query)
    if path.rstrip("/") == own_path.rstrip("/"):
        added = [pair for pair in pairs if pair not in own_pairs]
        if len(added) == 1 and added[0][0].lower() in _NAMES and added[0][1].isdecimal() and len(added[0][1]) < 3:
            return int(added[0][1])
        return None
    match = re.fullmatch(re.escape(own_path.rstrip("/")) + r"/(?:page/)?(\d{1,2})/?", path)
    return int(match[1]) if match and sorted(pairs) == sorted(own_pairs) else None


def _all_between(numbered: dict[int, str]) -> list[str]:
    """Parts 2 to the last one linked: a pager may show "1 2 … 5"."""
    if not numbered:
        return []
    last, (some, address) = max(numbered), next(iter(numbered.items()))
    parts = []
    for number in range(2, last + 1):
        parts.append(numbered.get(number) or _with_number(address, some, number))
    return parts


def _with_number(address: str, old: int, new: int) -> str:
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query)
    if any(name.lower() in _NAMES and value == str(old) for name, value in pairs):
        changed = [(name, str(new) if name.lower() in _NAMES and value == str(old) else value) for name, value in pairs]
        return urlunsplit(parts._replace(query=urlencode(changed)))
    return urlunsplit(parts._replace(path=re.sub(rf"/{old}(/?)$", rf"/{new}\1", parts.path)))
