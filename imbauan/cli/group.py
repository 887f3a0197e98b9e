"""The commands by name, each loaded when it is asked for: a command pays for itself alone."""

from __future__ import annotations

from importlib import import_module

import click

PLACES = {
    "ask": "questions", "backup": "keep", "browse": "browse", "check": "keep", "completion": "completion", "crawl": "collect",
    "dedup": "deduplicate", "demo": "collect", "export": "export", "extract": "ask", "import": "collect",
    "rebuild": "keep", "restore": "deduplicate", "schedule": "clock", "show": "ask", "sources": "catalogue",
    "status": "ask",
}  # fmt: skip
"""The module of each command; the command is its attribute of that name (`import_` for `import`)."""


class Commands(click.Group):
    """The group `imbauan`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; null where there is none."""
        if cmd_name not in PLACES:
            return None
        module = import_module(f"imbauan.cli.{PLACES[cmd_name]}")
        found = getattr(module, "import_" if cmd_name == "import" else cmd_name)
        assert isinstance(found, click.Command)
        return found
