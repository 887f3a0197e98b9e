"""What the fork server of the workers loads once, so that each worker starts at once."""

from __future__ import annotations

import trafilatura  # noqa: F401

import imbauan.extraction  # noqa: F401
