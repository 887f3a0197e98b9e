"""The sources of the kind `humas`."""

from __future__ import annotations

from spiders.nextjs import NextJsSpider


class HumasSpider(NextJsSpider):
    """The police's public relations portal, a Next.js site."""

    name = "humas"
