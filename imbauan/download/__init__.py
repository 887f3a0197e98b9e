"""Guards around every request: what may be reached, how much may come back, and for how long."""

from __future__ import annotations
