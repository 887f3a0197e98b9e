"""A few pages of a site, one after the other, for a person who waits: `imbauan sources check` and `add`."""

from __future__ import annotations

import re
import ssl
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from protego import Protego

from imbauan.challenge import challenge_of
from imbauan.settings import USER_AGENT
from spiders.robots import MAX_BYTES

SECONDS = 20
MAX_BODY = 10 * 1024 * 1024


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
    """Asks politely: robots.txt obeyed, a pause between two requests to a host, an honest name."""

    delay: float = 1.0
    verify: bool = True
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
        return self._ask(urljoin(url, "/robots.txt"), MAX_BYTES)

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

    def _ask(self, url: str, limit: int = MAX_BODY) -> Visit:
        host = urlsplit(url).netloc
        pause = self._last.get(host, -self.delay) + self.delay - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})
        context = ssl.create_default_context()
        if not self.verify:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:
                body = _plain(answer.read(limit), answer.headers.get("Content-Encoding"), limit)
                kind, charset = answer.headers.get_content_type(), answer.headers.get_content_charset()
                return Visit(answer.geturl(), answer.status, body, kind, charset)
        except urllib.error.HTTPError as error:
            with error:
                return Visit(url, error.code, trouble=f"HTTP {error.code}")
        except (OSError, ValueError, zlib.error, EOFError) as error:
            reason = getattr(error, "reason", None) or error
            return Visit(url, trouble=" ".join(str(reason).split())[:200] or type(error).__name__)
        finally:
            self._last[host] = time.monotonic()


def _plain(body: bytes, encoding: str | None, limit: int) -> bytes:
    # Never more than the limit: a small file may unpack to gigabytes.
    return zlib.decompressobj(31).decompress(body, limit) if encoding == "gzip" else body
