"""Certificates are verified, but for the hosts of sources whose entry excepts them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.crawler import Crawler
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from imbauan.sources import Source

REFUSED = "its certificate is not valid: see `verify` in the catalogue"
"""What is said of a site whose certificate was refused."""


def is_refused(error: BaseException | None) -> bool:
    """Whether a request failed for the certificate of the site; the libraries say so in words alone."""
    said = str(error)
    return "certificate verify failed" in said or "VerificationError" in said


@implementer(IPolicyForHTTPS)
class ExceptSome:
    """Verifies the certificate of every host but these."""

    def __init__(self, verifying: Any, hosts: set[str]) -> None:
        self._verifying = verifying
        self._trusting = _ScrapyClientContextFactory(verify_certificates=False)
        self._hosts = hosts

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """Twisted's question for the terms of one connection."""
        chosen = self._trusting if hostname.decode("ascii").lower() in self._hosts else self._verifying
        return chosen.creatorForNetloc(hostname, port)


def except_certificates(crawler: Crawler, sources: list[Source]) -> None:
    """Let the hosts of the excepted sources show any certificate; to be called when the engine has started."""
    excepted = [source for source in sources if not source.verify]
    hosts = {
        urlsplit(url).hostname or ""
        for source in excepted
        for url in (source.homepage, *source.feeds, *source.sitemaps, *source.listings)
    }
    if not hosts or crawler.engine is None:
        return
    # Scrapy 2.19 has one setting for all hosts, and deprecates a context factory of one's own without another way.
    handler: Any = crawler.engine.downloader.handlers._get_handler("https")
    handler._contextFactory = ExceptSome(handler._contextFactory, hosts)
