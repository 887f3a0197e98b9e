"""Which network addresses a page's link may lead to: public ones, and those a catalogue entry names on purpose."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from imbauan.sources import Source

DEFAULT_PORTS = {"http": 80, "https": 443}
# Ways to write an IPv4 address inside an IPv6 one: IPv4-compatible, NAT64 (RFC 6052, RFC 8215).
_EMBEDDING = tuple(ip_network(net) for net in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48"))
# Site-local (RFC 3879) is deprecated and still routed inside some networks; Python calls part of it global.
_NEVER = tuple(ip_network(net) for net in ("fec0::/10", "100::/64", "5f00::/16", "3fff::/20", "2001:db8::/32"))

Place = tuple[str, int]
"""A host as written in a URL, lower case, and a port."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; what is no address at all is not."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_global(ip) and all(_is_global(inner) for inner in _inside(ip))


def place_of(url: str) -> Place | None:
    """Host and port of a URL; null where it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    return (host.lower(), port) if host and port else None


def places_on_purpose(sources: Iterable[Source]) -> set[Place]:
    """The places that are not public and that catalogue entries name as their own: an address, or `localhost`.

    A name is not among them: a public name whose answer turns private is what rebinding does.
    """
    found: set[Place] = set()
    for source in sources:
        for url in (source.homepage, *source.feeds, *source.sitemaps, *source.listings):
            place = place_of(url)
            if place and (_is_private_literal(place[0]) or place[0] == "localhost" or place[0].endswith(".localhost")):
                found.add(place)
    return found


def _is_private_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in net for net in _NEVER)
    return ip.is_global and not odd


def _inside(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries, and that a gateway would reach."""
    if isinstance(ip, IPv4Address):
        return []
    found = [inner for inner in (ip.ipv4_mapped, ip.sixtofour) if inner is not None]
    found += list(ip.teredo or ())
    if any(ip in net for net in _EMBEDDING):
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return found
