"""Make the pictures of the README: `make screenshots`. Needs Debian's Chromium.

Serves the dataset of `imbauan demo` and takes the front page and a release side by side.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PORT = "8764"
WIDEST = """SELECT release FROM advisories WHERE release IN (SELECT release FROM advisories WHERE copied_share BETWEEN 0.3 AND 0.95)
GROUP BY release ORDER BY COUNT(*) DESC, release LIMIT 1"""


def main() -> None:
    """Crawl the demo's newsroom, serve it, take the pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "imbauan-demo.db"
        subprocess.run(
            [sys.executable, "-m", "imbauan", "demo", "--db", str(path)], check=True, stdout=subprocess.DEVNULL
        )
        connection = sqlite3.connect(path)
        release = (connection.execute(WIDEST).fetchone() or (1,))[0]
        connection.close()
        command = [sys.executable, "-m", "imbauan", "browse", "--db", str(path), "--no-open", "--port", PORT]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
            _shoot(chromium, {"front": "/", "release": f"/release/{release}"})
            server.terminate()


def _shoot(chromium: str, pages: dict[str, str]) -> None:
    from playwright.sync_api import Error, sync_playwright

    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 860})
        for name, path in pages.items():
            for _ in range(50):
                try:
                    page.goto(f"http://127.0.0.1:{PORT}{path}")
                    break
                except Error:
                    page.wait_for_timeout(200)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
