"""Make what is derived from the code and the docs: docs/cli.md, docs/settings.md and imbauan/data/dataset.json.

`make reference` writes them, `--check` only tells whether they are up to date.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
_TABLE = re.compile(r"^## (?P<table>[a-z_]+)\n(?P<body>.*?)(?=^## |\Z)", re.M | re.S)
_ROW = re.compile(r"^\| (?P<names>`[^|]*`) \| (?P<meaning>.*?) \|$", re.M)


def meanings(page: str) -> str:
    """The tables of docs/dataset.md as JSON: table, what a row is, columns with their meanings."""
    found = {}
    for section in _TABLE.finditer(page):
        columns = {
            name: row["meaning"].replace("`", "") + _together(row["names"])
            for row in _ROW.finditer(section["body"])
            for name in re.findall(r"`([^`]+)`", row["names"])
        }
        if columns:
            what = section["body"].strip().split("\n\n")[0]
            found[section["table"]] = {"row": " ".join(what.replace("`", "").split()), "columns": columns}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _together(names: str) -> str:
    several = re.findall(r"`([^`]+)`", names)
    return f" (of {', '.join(several)}, in this order)" if len(several) > 1 else ""


def command_line() -> str:
    """Every command with its help, as Markdown."""
    from imbauan.cli.main import cli

    head = "# The command line\n\nMade by `make reference` from the commands' own `--help`.\n\n"
    return head + "\n".join(_command(cli, "imbauan", None))


def _command(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    path = context.command_path
    lines = [f"## {path}", "", "```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            lines += _command(found, inner, context)
    return lines


ENVIRONMENT = """# Settings

Made by `make reference` from imbauan/settings.py.

## Environment

| variable | what it sets | default |
|---|---|---|
| `IMBAUAN_DB` | the dataset, as `--db` | `imbauan.db` |
| `IMBAUAN_SOURCES` | the sources file, as `--sources` | the built-in catalogue |
| `IMBAUAN_USER_AGENT` | how the crawler names itself; put your contact in it | name and version of Imbauan |

## Crawling

Scrapy's own names, for those who run `scrapy crawl`. A value that is not here is Scrapy's default.

| setting | value | why |
|---|---|---|
"""


def settings() -> str:
    """Every setting with its value and the comment above it, as Markdown."""
    source = (ROOT / "imbauan/settings.py").read_text("utf-8")
    lines, rows = source.splitlines(), []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
            why, at = [], node.lineno - 2
            while at >= 0 and lines[at].startswith("#"):
                why.insert(0, lines[at].lstrip("# "))
                at -= 1
            value = " ".join(ast.unparse(node.value).split()).replace("|", "\\|")
            rows.append(f"| `{node.targets[0].id}` | `{value}` | {' '.join(why)} |")
    return ENVIRONMENT + "\n".join(rows) + "\n"


def made() -> dict[Path, str]:
    """Each derived file with its content."""
    return {
        ROOT / "imbauan/data/dataset.json": meanings((ROOT / "docs/dataset.md").read_text("utf-8")),
        ROOT / "docs/cli.md": command_line(),
        ROOT / "docs/settings.md": settings(),
    }


def main() -> None:
    """Write the derived files, or check them."""
    for path, text in made().items():
        old = path.read_text("utf-8") if path.exists() else ""
        if old == text:
            continue
        if "--check" in sys.argv:
            sys.exit(f"{path.relative_to(ROOT)} is out of date: run `make reference`")
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
