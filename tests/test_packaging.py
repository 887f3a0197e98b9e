"""The wheel: what `pip install .` gives a user."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built offline by the build backend of this environment."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("imbauan-*.whl")))


def test_wheel_holds_the_four_packages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"imbauan", "spiders", "pipelines", "dedup"}


def test_wheel_holds_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    present = {
        str(path.relative_to(ROOT))
        for package in ("imbauan", "spiders", "pipelines", "dedup")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert "imbauan/sources.toml" in present
    assert present == {name for name in wheel.namelist() if ".dist-info/" not in name}


def test_wheel_gives_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    texts = {name.split("/", 1)[1]: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "imbauan = imbauan.cli:main" in wheel.read(texts["entry_points.txt"]).decode()
    assert "licenses/LICENSE" in texts


def test_pins_name_no_address_and_no_path() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "/" in line or "@" in line] == []
