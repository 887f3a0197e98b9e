"""Decompress answers within the limit, and ask once more for one that came cut off."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from imbauan.archive.pages import whole_body
from imbauan.archive.records import CUT_OFF, NO_LENGTH
from imbauan.download.decompress import ACCEPTED
from imbauan.download.guard import is_robots


class DecompressMiddleware:
    """In the place of Scrapy's own, which takes half a gzip stream for a whole page."""

    def __init__(self, crawler: Crawler, limit: int, robots_limit: int) -> None:
        self._crawler, self._limit, self._robots_limit = crawler, limit, robots_limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the limits."""
        settings = crawler.settings
        return cls(crawler, settings.getint("DOWNLOAD_MAXSIZE"), settings.getint("IMBAUAN_ROBOTS_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what can be read."""
        request.headers.setdefault("Accept-Encoding", ", ".join(ACCEPTED))

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The plain body; `meta["cut"]` says why it is not the whole page, if so."""
        encodings = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        if is_robots(request):
            return self._robots(response, encodings)
        body, cut = whole_body(response.body, encodings, how_it_ended(response), self._limit)
        if cut and cut.startswith("too large"):
            raise DownloadCancelledError(f"{cut} (setting DOWNLOAD_MAXSIZE)")
        if cut:
            again = get_retry_request(request, spider=self._crawler.spider, reason=cut)  # type: ignore[arg-type]
            if again is not None:
                return again
        request.meta["cut"] = cut
        return _with_body(response, body) if encodings else response

    def _robots(self, response: Response, encodings: list[str]) -> Response:
        try:
            body, _ = whole_body(response.body, encodings, None, 20 * self._robots_limit)
        except Exception:
            body = b""
        # RFC 9309, section 2.5: at least 500 KiB are read. The last line may be cut, so it goes.
        return _with_body(
            response, body[: self._robots_limit].rpartition(b"\n")[0] if len(body) > self._robots_limit else body
        )


def how_it_ended(response: Response) -> str | None:
    """Why the body that came over the wire may not be whole."""
    if "dataloss" in response.flags:
        return CUT_OFF
    return NO_LENGTH if "partial" in response.flags else None


def _with_body(response: Response, body: bytes) -> Response:
    response.headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
    named: dict[str, Any] = {"encoding": None} if issubclass(kind, TextResponse) else {}
    return response.replace(cls=kind, body=body, **named)
