"""One page from the web, for `imbauan extract`: honest user agent, robots.txt obeyed, certificate verified."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import urljoin, urlsplit

from protego import Protego

from imbauan.exceptions import ImbauanError
from imbauan.items import Page
from imbauan.pages_on_disk import page_of
from imbauan.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, IMBAUAN_ROBOTS_MAXSIZE, USER_AGENT

ROBOTS_MAXSIZE = IMBAUAN_ROBOTS_MAXSIZE


def fetch_page(url: str) -> Page:
    """Fetch one page; raises `ImbauanError` where the site forbids it or does not answer with a page."""
    robots = urljoin(url, "/robots.txt")
    try:
        rules = _read(robots, ROBOTS_MAXSIZE)[0].decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise ImbauanError(f"{url}: {robots} answers {error.code}, which means stay away: try later") from error
        rules = ""
    except (OSError, ValueError) as error:
        raise ImbauanError(f"{url}: does not answer ({error}): check the address and the network") from error
    if not Protego.parse(rules).can_fetch(url, USER_AGENT):
        raise ImbauanError(f"{url}: robots.txt of {urlsplit(url).hostname} forbids it: save the page and name the file")
    try:
        body, charset, final = _read(url, DOWNLOAD_MAXSIZE)
    except urllib.error.HTTPError as error:
        raise ImbauanError(f"{url}: answers {error.code}, not a page: check the address") from error
    except (OSError, ValueError) as error:
        raise ImbauanError(f"{url}: does not answer ({error}): check the address and the network") from error
    return page_of(body, final, encoding=charset)


def _read(url: str, limit: int) -> tuple[bytes, str | None, str]:
    request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT})
    with urllib.request.urlopen(request, timeout=DOWNLOAD_TIMEOUT) as answer:
        return answer.read(limit), answer.headers.get_content_charset(), answer.geturl()
