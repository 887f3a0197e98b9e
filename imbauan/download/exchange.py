"""One exchange with a web server outside of a crawl, its redirects followed, with the crawler's guards around it."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from imbauan.archive.pages import whole_body
from imbauan.archive.records import CUT_OFF, NO_LENGTH
from imbauan.download.addresses import Place, is_public, place_of
from imbauan.download.decompress import ACCEPTED
from imbauan.exceptions import ImbauanError
from imbauan.settings import DOWNLOAD_TIMEOUT, REDIRECT_MAX_TIMES, USER_AGENT

_STEP = 64 * 1024


@dataclass(slots=True)
class Answer:
    """What a server answered in the end."""

    url: str
    """The address that answered."""
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    """Decompressed."""
    cut: str | None
    """Why the body is not the whole, if so."""


class NoAnswer(ImbauanError):
    """There is no answer, or none that may be taken; `reason` says why in a few words."""

    def __init__(self, url: str, reason: str, remedy: str = "check the address and the network") -> None:
        super().__init__(f"{url}: does not answer ({reason}): {remedy}")
        self.reason = reason


def ask(url: str, allowed: Collection[Place], limit: int, *, cut: bool = False, verify: bool = True) -> Answer:
    """The answer behind the redirects; with `cut` a longer body ends at the limit, without it is refused.

    Only public addresses are connected to, and the places `allowed` on purpose; `verify`: certificates must be valid.
    Raises `NoAnswer`.
    """
    deadline = time.monotonic() + DOWNLOAD_TIMEOUT
    for _ in range(REDIRECT_MAX_TIMES + 1):
        try:
            answer = _exchange(url, allowed, limit, cut, deadline, verify)
        except (OSError, ValueError, http.client.HTTPException) as error:
            late = time.monotonic() > deadline
            reason = f"took longer than {DOWNLOAD_TIMEOUT} seconds" if late else " ".join(str(error).split())[:200]
            raise NoAnswer(url, reason or type(error).__name__) from error
        target = answer.headers.get("Location")
        if answer.status not in (301, 302, 303, 307, 308) or not target:
            return answer
        url = safe_url_string(urljoin(url, target))
        if urlsplit(url).scheme not in ("http", "https"):
            raise NoAnswer(answer.url, f"redirects to {url}, which is no address of the web")
    raise NoAnswer(url, f"redirects more than {REDIRECT_MAX_TIMES} times")


def _exchange(url: str, allowed: Collection[Place], limit: int, cut: bool, deadline: float, verify: bool) -> Answer:
    place = place_of(url)
    if place is None:
        raise ValueError("no host in the address")
    with _connected(url, place, place in allowed, deadline, verify) as connection:
        parts = urlsplit(safe_url_string(url))
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        connection.request("GET", target, headers={"User-Agent": USER_AGENT, "Accept-Encoding": ", ".join(ACCEPTED)})
        with connection.getresponse() as response:
            body, ended = _body(response, limit, cut)
        if time.monotonic() > deadline:
            raise TimeoutError
        encodings = response.headers.get_all("Content-Encoding") or []
        plain, why = whole_body(body, encodings, None if cut else ended, limit if not cut else 20 * limit)
        if why and why.startswith("too large") and not cut:
            raise ValueError(why)
        return Answer(url, response.status, response.headers, plain[:limit], why)


def _body(response: http.client.HTTPResponse, limit: int, cut: bool) -> tuple[bytes, str | None]:
    stated = response.length is not None or response.chunked
    body = bytearray()
    try:
        while part := response.read1(_STEP):
            body += part
            if len(body) > limit:
                if cut:
                    break
                raise ValueError(f"more than {limit} bytes")
    except http.client.IncompleteRead:
        return bytes(body), CUT_OFF
    if response.length:
        return bytes(body), CUT_OFF
    return bytes(body), None if stated else NO_LENGTH


class _connected:
    """A connection to a checked address; closed at the end, whatever the server does."""

    def __init__(self, url: str, place: Place, on_purpose: bool, deadline: float, verify: bool) -> None:
        self._secure, self._place, self._on_purpose = urlsplit(url).scheme == "https", place, on_purpose
        self._deadline = deadline
        self._verify = verify

    def __enter__(self) -> http.client.HTTPConnection:
        host, port = self._place
        connection = http.client.HTTPConnection(host, port)
        # The library would look the name up again: it gets the socket that is connected to the checked address.
        self._connection, self._plain = connection, self._socket(host, port)
        # Whatever is read or written: at the deadline the line is cut.
        self._alarm = Timer(max(0.1, self._deadline - time.monotonic()), self._hang_up)
        self._alarm.start()
        try:
            if self._secure:
                self._plain = _tls(self._verify).wrap_socket(self._plain, server_hostname=host)
        except BaseException:
            self.__exit__()
            raise
        connection.sock = self._plain
        return connection

    def __exit__(self, *error: object) -> None:
        self._alarm.cancel()
        self._connection.close()
        self._plain.close()

    def _hang_up(self) -> None:
        with suppress(OSError):
            socket.socket.shutdown(self._plain, socket.SHUT_RDWR)

    def _socket(self, host: str, port: int) -> socket.socket:
        left = max(0.1, self._deadline - time.monotonic())
        last: Exception = OSError("no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if not self._on_purpose and not is_public(str(address[0])):
                last = OSError(f"address not public: {host} is {address[0]}")
                continue
            raw = socket.socket(family, kind, protocol)
            raw.settimeout(left)
            try:
                raw.connect(address)
                return raw
            except OSError as error:
                raw.close()
                last = error
        raise last


def _tls(verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
