"""`imbauan extract URL` has the crawler's guards."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from imbauan.download import exchange
from imbauan.exceptions import ImbauanError
from imbauan.fetch import fetch_page
from imbauan.reading import read_page
from tests.hostile.cases import PAGES, zeros
from tests.hostile.pages import LINES, article
from tests.hostile.server import Exchange, serving


def served(serve: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    return lambda x: x.answer("", status="404 Not Found") if x.path == "/robots.txt" else serve(x)


def test_page_is_fetched_compressed_and_behind_a_redirect() -> None:
    def serve(x: Exchange) -> None:
        if x.path == "/a":
            x.answer(b"", "Location: /b%20c", status="301 Moved")
        else:
            x.answer(gzip.compress(article().encode()), "Content-Encoding: gzip")

    with serving(served(serve)) as server:
        page = fetch_page(f"http://127.0.0.1:{server.port}/a")
    assert page.url.endswith("/b%20c") and read_page(page).paragraphs == list(LINES)


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0x7f.1:{port}/",
                                    "http://[::ffff:127.0.0.1]:{port}/", "file:///etc/hostname"])  # fmt: skip
def test_redirect_to_another_place_of_this_machine_is_refused(target: str) -> None:
    with serving(lambda x: x.answer(article())) as canary:
        location = target.format(port=canary.port)
        moved = served(lambda x: x.answer(b"", f"Location: {location}", status="302 Found"))
        with serving(moved) as server, pytest.raises(ImbauanError, match=r"not public|no address of the web"):
            fetch_page(f"http://127.0.0.1:{server.port}/a")
        assert canary.accepted == 0


@pytest.mark.parametrize("name", ["dripping-body", "silent", "dripping-headers", "header-flood", "endless-chunks",
                                  "fifty-megabytes-sent", "gzip-bomb", "brotli-bomb", "redirect-loop", "no-http"])  # fmt: skip
def test_hostile_server_ends_in_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "DOWNLOAD_TIMEOUT", 1)
    zeros()
    with serving(served(PAGES[name][2])) as server, pytest.raises(ImbauanError) as caught:
        fetch_page(f"http://127.0.0.1:{server.port}/a")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["shorter-than-its-length", "gzip-cut-off", "closed-without-a-length"])
def test_half_a_body_is_said_to_be_half(name: str) -> None:
    with serving(served(PAGES[name][2])) as server:
        assert (fetch_page(f"http://127.0.0.1:{server.port}/a").cut or "").startswith("half a body")


def test_robots_is_obeyed_though_it_is_long() -> None:
    def serve(x: Exchange) -> None:
        x.answer(f"User-agent: *\nDisallow: /a\n{'# isi' * 300_000}" if x.path == "/robots.txt" else article())

    with serving(serve) as server, pytest.raises(ImbauanError, match="forbids"):
        fetch_page(f"http://127.0.0.1:{server.port}/a")
