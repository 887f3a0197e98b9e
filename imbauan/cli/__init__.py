"""The command `imbauan`: parse, call, print."""

from __future__ import annotations

from imbauan.cli.main import main

__all__ = ["main"]
