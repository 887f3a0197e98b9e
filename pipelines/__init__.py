"""What happens to a page, one step a file, in the order of the settings."""

from __future__ import annotations
