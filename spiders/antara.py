"""The sources of the kind `antara`."""

from __future__ import annotations

from spiders.site import SiteSpider


class AntaraSpider(SiteSpider):
    """ANTARA's portals: feeds, /terkini and /kabar-daerah, and the archive by search."""

    name = "antara"
