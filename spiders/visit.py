"""A few pages of a site, one after the other, for a person who waits: `imbauan sources check` and `add`."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from protego import Protego

from imbauan.download.addresses import Place
from imbauan.download.exchange import NoAnswer, ask
from imbauan.quarantine import challenge_of
from imbauan.settings import DOWNLOAD_MAXSIZE, IMBAUAN_ROBOTS_MAXSIZE, USER_AGENT


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer, or why there is none."""

    url: str
    """The address that answered."""
    status: int | None = None
    body: bytes = b""
    kind: str = ""
    """Content type, without its parameters."""
    charset: str | None = None
    trouble: str | None = None
    """What went wrong, in words; none where a page came."""

    @property
    def text(self) -> str:
        """The body decoded by the header's character set, the page's own, or UTF-8."""
        named = self.charset or next(iter(re.findall(rb"charset=[\"']?([\w-]+)", self.body[:2000])), b"utf-8")
        try:
            return self.body.decode(named if isinstance(named, str) else named.decode("ascii"), "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")


@dataclass
class Visitor:
    """Asks politely: robots.txt obeyed, a pause between two requests to a host, an honest name; guarded as the crawl is."""

    delay: float = 1.0
    verify: bool = True
    allowed: Collection[Place] = ()
    """Places that are not public and may be visited all the same: the entry, or the user, names them."""
    _robots: dict[str, Protego | str] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Visit:
        """Fetch one address; never raises for what a site does."""
        rules = self._rules(url)
        if isinstance(rules, str):
            return Visit(url, trouble=rules)
        if not rules.can_fetch(url, USER_AGENT):
            return Visit(url, trouble="robots.txt forbids it")
        visit = self._ask(url)
        if visit.trouble is None and (challenge := challenge_of(visit.body)):
            return Visit(visit.url, visit.status, trouble=f"a challenge page ({challenge})")
        return visit

    def robots(self, url: str) -> Visit:
        """The robots.txt of an address's host, as it answers."""
        return self._ask(urljoin(url, "/robots.txt"), IMBAUAN_ROBOTS_MAXSIZE, cut=True)

    def _rules(self, url: str) -> Protego | str:
        host = urlsplit(url).netloc
        if host not in self._robots:
            visit = self.robots(url)
            if visit.status is None:
                self._robots[host] = f"does not answer ({visit.trouble})"
            elif visit.status >= 500 or visit.status == 429:
                self._robots[host] = f"robots.txt answers {visit.status}, which means stay away"
            else:
                self._robots[host] = Protego.parse(visit.text if visit.status == 200 else "")
        return self._robots[host]

    def _ask(self, url: str, limit: int = DOWNLOAD_MAXSIZE, cut: bool = False) -> Visit:
        host = urlsplit(url).netloc
        pause = self._last.get(host, -self.delay) + self.delay - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        try:
            answer = ask(url, self.allowed, limit, cut=cut, verify=self.verify)
        except NoAnswer as error:
            return Visit(url, trouble=error.reason)
        finally:
            self._last[host] = time.monotonic()
        if answer.status >= 400:
            return Visit(url, answer.status, trouble=f"HTTP {answer.status}")
        kind, charset = answer.headers.get_content_type(), answer.headers.get_content_charset()
        return Visit(answer.url, answer.status, answer.body, kind, charset)
