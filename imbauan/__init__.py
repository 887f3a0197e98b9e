"""Imbauan: collect what regional police tell the public, and keep every statement once."""

from __future__ import annotations

__version__ = "0.1.0"
