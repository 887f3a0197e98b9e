"""Make the dataset again from the archive with today's rules, in a file beside it, and put it in place as one switch."""

from __future__ import annotations

from imbauan.rebuild.rebuild import Rebuilt, rebuilt

__all__ = ["Rebuilt", "rebuilt"]
