"""The sources of the kind `nextjs`."""

from __future__ import annotations

from spiders.site import SiteSpider


class NextJsSpider(SiteSpider):
    """Next.js sites whose lists are rendered on the server."""

    name = "nextjs"
