"""robots.txt as RFC 9309 has it: one that can't be read for the server's fault means stay away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from twisted.internet.defer import Deferred

from spiders.certificates import REFUSED, is_refused

MAX_BYTES = 500 * 1024
"""Bytes of robots.txt that are read: the least that RFC 9309 section 2.5 asks for. 5 MB took 36 s to parse."""


class StayAway(IgnoreRequest):
    """The site is left alone in this run; its addresses wait for the next."""


class Unreachable:
    """Takes the place of the rules of a robots.txt that could not be read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, which takes a robots.txt that fails for permission, with RFC 9309's answer to that."""

    async def robot_parser(self, request: Request) -> Any:
        """The rules of the request's host, the same for all that waited for them."""
        rules = await super().robot_parser(request)
        # Scrapy 2.19 hands the rules to the first that waited, and nothing, which allows all, to the others.
        settled = self._parsers[urlsplit(request.url).netloc]
        return rules if isinstance(settled, Deferred) else settled

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Raise `StayAway` where the rules are unknown, `IgnoreRequest` where they forbid the address."""
        if isinstance(rp, Unreachable):
            if rp.reason == REFUSED:
                raise StayAway(REFUSED)
            raise StayAway(f"robots.txt {rp.reason}: stay away")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        # RFC 9309 section 2.3.1.4; too many requests is a server's plea as well.
        if response.status >= 500 or response.status == 429:
            self._settle(netloc, Unreachable(f"answers {response.status}"))
            return
        # Section 2.3.1.3: any other error means that there are no rules.
        body = response.body[:MAX_BYTES] if response.status < 400 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # Too many redirects, or no permission to look, are no rules; a host that doesn't answer is.
        if isinstance(exc, IgnoreRequest) and not isinstance(exc, StayAway):
            super()._robots_error(exc, netloc)
        else:
            reason = REFUSED if is_refused(exc) else f"does not answer ({type(exc).__name__})"
            self._settle(netloc, Unreachable(reason))

    def _settle(self, netloc: str, rules: Any) -> None:
        waiting = self._parsers[netloc]
        assert isinstance(waiting, Deferred)
        self._parsers[netloc] = rules
        waiting.callback(rules)
