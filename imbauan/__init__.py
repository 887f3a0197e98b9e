"""Imbauan: collect what regional police tell the public, and keep every statement once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from imbauan.api import OpenDataset

__all__ = ["__version__", "open_dataset"]

__version__ = "0.1.0"


def open_dataset(path: str | Path) -> OpenDataset:
    """Open a dataset to read it from Python; see docs/python.md.

    Raises `imbauan.exceptions.UsageError` where there is none.
    """
    # Not at the top: `import imbauan` is what every part of the package begins with.
    from imbauan.api import OpenDataset

    return OpenDataset(path)
