"""The sources of the kind `odoo`."""

from __future__ import annotations

from spiders.site import SiteSpider


class OdooSpider(SiteSpider):
    """Odoo's blog: its sitemap and listing."""

    name = "odoo"
