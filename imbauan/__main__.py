"""`python -m imbauan` is the command `imbauan`."""

from __future__ import annotations

from imbauan.cli import main

main()
