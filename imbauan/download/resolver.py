"""The last word on addresses: every answer of the name resolver is checked just before the connection is made.

Twisted connects to exactly the addresses that pass here, so a name that answers differently the second time
(DNS rebinding), a number in an odd spelling and a redirect are all one case.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer

from imbauan.download.addresses import Place, is_public

MAX_REMEMBERED = 1000


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver that passes on public addresses and places allowed on purpose, no others."""

    def __init__(self, reactor: Any, cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        self.allowed: set[Place] = set()
        self.refused: OrderedDict[Place, str] = OrderedDict()
        """Places with the address for which they were refused, the latest ones: the reason that a user reads."""

    def resolveHostName(
        self, resolutionReceiver: Any, hostName: str, portNumber: int = 0, *arguments: Any, **named: Any
    ) -> Any:
        """Resolve, and hold back what is not to be reached."""
        place = (hostName.lower(), portNumber)
        receiver: Any = resolutionReceiver if place in self.allowed else _Checked(resolutionReceiver, self, place)
        return super().resolveHostName(receiver, hostName, portNumber, *arguments, **named)

    def refuse(self, place: Place, address: str) -> None:
        """Remember why a place can't be reached."""
        self.refused[place] = address
        while len(self.refused) > MAX_REMEMBERED:
            self.refused.popitem(last=False)


@implementer(IResolutionReceiver)
class _Checked:
    def __init__(self, receiver: Any, resolver: GuardedResolver, place: Place) -> None:
        self._receiver, self._resolver, self._place = receiver, resolver, place

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if is_public(address.host):
            self._receiver.addressResolved(address)
        else:
            self._resolver.refuse(self._place, address.host)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
