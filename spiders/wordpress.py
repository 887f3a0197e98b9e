"""The sources of the kind `wordpress`."""

from __future__ import annotations

from spiders.site import SiteSpider


class WordPressSpider(SiteSpider):
    """WordPress: the REST interface where it is open, else feed, sitemap and /page/N."""

    name = "wordpress"
