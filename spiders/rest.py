"""The posts that a WordPress site offers by its REST interface, where it is open."""

from __future__ import annotations

import json
from typing import Any

from spiders.discovery import DiscoveryError, Link, link_to, unique_links

PER_PAGE = 100
"""The most that WordPress gives in one answer."""
QUERY = f"per_page={PER_PAGE}&orderby=modified&order=desc&_fields=link,date_gmt,modified_gmt,title"


def posts_address(homepage: str) -> str:
    """The address of the posts, last changed first, with `{page}` for the number of the page."""
    return f"{homepage.rstrip('/')}/wp-json/wp/v2/posts?{QUERY}&page={{page}}"


def rest_posts(body: bytes, url: str) -> list[Link]:
    """The posts of one answer. Raises `DiscoveryError` where it is no list of posts."""
    expected = "a list of posts in JSON"
    try:
        posts = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise DiscoveryError(url, expected, "something that is no JSON") from error
    if not isinstance(posts, list):
        code = posts.get("code") if isinstance(posts, dict) else None
        raise DiscoveryError(url, expected, f"the error {str(code)[:60]!r}" if code else "other JSON")
    return unique_links(_link(post, url) for post in posts if isinstance(post, dict))


def _link(post: dict[str, Any], url: str) -> Link | None:
    changed = _utc(post.get("modified_gmt")) or _utc(post.get("date_gmt")) or post.get("modified") or post.get("date")
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    address = post.get("link")
    if not isinstance(address, str):
        return None
    return link_to(
        url, address, changed if isinstance(changed, str) else None, rendered if isinstance(rendered, str) else None
    )


def _utc(text: object) -> str | None:
    # WordPress writes UTC without saying so; a draft's is all zeros.
    return f"{text}+00:00" if isinstance(text, str) and text and not text.startswith("0000") else None
