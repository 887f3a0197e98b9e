"""The saved pages with their expected output: no figure may fall below the recorded one (`make quality`)."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests" / "pages"


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", ROOT / "benchmarks" / "quality.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["quality"] = module
    spec.loader.exec_module(module)
    return module


def test_no_figure_falls_below_the_recorded_one(quality: ModuleType) -> None:
    result = quality.figures(quality.read(PAGES))
    assert result["pages"] >= 60
    assert result["shapes"] >= 12
    recorded = json.loads((PAGES / "recorded.json").read_text("utf-8"))
    found = quality.flat(result)
    fallen = {name: (before, found.get(name)) for name, before in recorded.items() if found.get(name, 0.0) < before}
    assert not fallen


def test_a_wrong_field_and_a_missing_paragraph_lower_their_figures(quality: ModuleType) -> None:
    expected = {"kind": "advisory", "title": "A", "published": None, "text": ["satu", "dua"], "topics": ["fire"]}
    found = {
        "kind": "police_news",
        "title": "A",
        "published": "2026-11-20T00:00:00+07:00",
        "text": ["satu"],
        "topics": [],
    }
    figures = quality.figures([{"name": "x", "shape": "s", "expected": expected, "found": found}])
    assert figures["exact"]["title"] == 1.0
    assert [figures["exact"][name] for name in ("kind", "published", "text", "topics")] == [0.0] * 4
    assert figures["paragraphs"] == {"precision": 1.0, "recall": 0.5}
    assert figures["advisories"]["recall"] == 0.0
