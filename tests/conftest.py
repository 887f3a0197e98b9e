"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample import make_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample dataset, fresh for each test."""
    return make_sample(tmp_path / "sample.db")
