"""Pages that a guard puts in the place of what was asked for: challenges and blocks, often answered with 200."""

from __future__ import annotations

import re

_SIGNS = (
    ("Cloudflare challenge", rb"(?:/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-chl-|cf-browser-verification|cf_chl_prog)"),
    ("Cloudflare challenge", rb"<title>\s*(?:Just a moment|Attention Required! \| Cloudflare|Please Wait\.\.\. \| Cloudflare)"),
    ("browser check", rb"(?:checking (?:if the site connection is secure|your browser(?: before accessing)?)"
                      rb"|verify(?:ing)? (?:that )?you are (?:a )?human|memverifikasi bahwa anda manusia|memeriksa (?:peramban|browser) anda)"),
    ("Incapsula block", rb"(?:_Incapsula_Resource|Incapsula incident ID)"),
    ("Sucuri block", rb"Sucuri WebSite Firewall - Access Denied|sucuri_cloudproxy_js"),
    ("DDoS-Guard challenge", rb"ddos-guard/js-challenge|DDoS protection by "),
    ("Akamai block", rb"<title>\s*Access Denied\s*</title>[\s\S]{0,600}Reference&#32;&#35;"),
    ("DataDome block", rb"geo\.captcha-delivery\.com|captcha-delivery\.com/captcha"),
    ("captcha", rb"<title>[^<]{0,40}(?:captcha|are you (?:a )?(?:human|robot)|apakah anda (?:manusia|robot))[^<]{0,40}</title>"),
    ("web firewall", rb"<title>\s*(?:Request Rejected|Web Application Firewall|Access Denied|403 Forbidden|Akses Ditolak)[^<]*</title>"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _SIGNS)
LOOKED_AT = 20_000
"""Bytes that are looked at: a challenge says what it is at once."""
LONGEST = 60_000
"""Bytes: a page longer than this is a page of the site, which may well load a guard's script of its own."""


def challenge_of(body: bytes) -> str | None:
    """What kind of challenge or block a page is; none where it is an ordinary page."""
    if len(body) > LONGEST:
        return None
    start = body[:LOOKED_AT]
    for name, pattern in _PATTERNS:
        if pattern.search(start) and b"<article" not in body and not re.search(rb'"@type":\s*"NewsArticle"', body):
            return name
    return None
