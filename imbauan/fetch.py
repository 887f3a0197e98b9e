"""One page from the web, for `imbauan extract`: honest user agent, robots.txt obeyed, the crawler's guards around it."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from protego import Protego
from w3lib.encoding import http_content_type_encoding

from imbauan.download.addresses import place_of
from imbauan.download.exchange import ask
from imbauan.exceptions import ImbauanError
from imbauan.items import Page
from imbauan.pages_on_disk import page_of
from imbauan.settings import DOWNLOAD_MAXSIZE, IMBAUAN_ROBOTS_MAXSIZE, USER_AGENT


def fetch_page(url: str) -> Page:
    """Fetch one page; raises `ImbauanError` where the site forbids it or does not answer with a page.

    The place that the user names may be on this machine or its network; where it redirects to may not.
    """
    named = place_of(url)
    if named is None or urlsplit(url).scheme not in ("http", "https"):
        raise ImbauanError(f"{url}: is no address of the web: write https://host/path")
    robots = urljoin(url, "/robots.txt")
    rules = ask(robots, [named], IMBAUAN_ROBOTS_MAXSIZE, cut=True)
    if rules.status >= 500:
        raise ImbauanError(f"{url}: {robots} answers {rules.status}, which means stay away: try later")
    text = rules.body.decode("utf-8", "replace") if rules.status < 300 else ""
    if not Protego.parse(text).can_fetch(url, USER_AGENT):
        raise ImbauanError(f"{url}: robots.txt of {named[0]} forbids it: save the page and name the file")
    answer = ask(url, [named], DOWNLOAD_MAXSIZE)
    if answer.status != 200:
        raise ImbauanError(f"{url}: answers {answer.status}, not a page: check the address")
    encoding = http_content_type_encoding(answer.headers.get("Content-Type"))
    return page_of(answer.body, answer.url, encoding=encoding, cut=answer.cut)
