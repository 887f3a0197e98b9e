"""A served dataset and a real browser that may speak to nobody else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sample import make_sample

SHOTS = Path(__file__).parent.parent.parent / "build" / "screenshots"
CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


@dataclass
class Watched:
    """A browser page, and all that went wrong or elsewhere on it."""

    page: Any
    base: str
    troubles: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`imbauan browse` as a user starts it, on a free port."""
    path = make_sample(tmp_path_factory.mktemp("browse") / "sample.db")
    command = [sys.executable, "-m", "imbauan", "browse", "--db", str(path), "--no-open", "--port", _free_port()]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.match(r"(http://\S+?)/ ", line)
        assert found, line
        _answers(found[1])
        yield found[1]
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; its event loop ends with this module, so that it does not meet those of other tests."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture
def watched(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A fresh page; at the end it has met no error and no other host, and its screenshot is kept."""
    context = browser.new_context(accept_downloads=True, **getattr(request, "param", {}))
    page = context.new_page()
    page.set_default_timeout(8_000)
    seen = Watched(page, address)
    page.on(
        "console", lambda message: seen.troubles.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: seen.troubles.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(address) else seen.strangers.append(asked.url))
    yield seen
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())[:80]}.png", full_page=True)
    context.close()
    assert seen.troubles == []
    assert seen.strangers == []


def _free_port() -> str:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


def _answers(address: str) -> None:
    """Wait until the server accepts, by asking with retries of the client itself."""
    import httpx

    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
        assert client.get(address).status_code == 200
