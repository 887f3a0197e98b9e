"""The documentation agrees with the program: commands, columns, links."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from imbauan.cli.main import cli
from imbauan.database import open_dataset
from imbauan.export import TABLES

ROOT = Path(__file__).parent.parent


def commands(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, (*path, name))


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_the_help_of_every_command_ends_with_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*path, "--help"], prog_name="imbauan")
    assert result.exit_code == 0
    assert re.search(r"(Examples?|First steps):\s+imbauan", result.output), result.output
    called = " ".join(("imbauan", *path))
    assert re.search(rf"(Example|First steps).*{re.escape(called)}\s", result.output, re.S)


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    assert [option.name for option in options if not option.help and not isinstance(option.type, click.Choice)] == []


def test_what_is_derived_is_up_to_date() -> None:
    made = subprocess.run([sys.executable, ROOT / "scripts/reference.py", "--check"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_every_table_and_column_that_can_be_exported_is_documented(tmp_path: Path) -> None:
    told = json.loads((ROOT / "imbauan/data/dataset.json").read_text("utf-8"))
    dataset = open_dataset(tmp_path / "empty.db", create=True)
    try:
        for table in TABLES:
            columns = [row[1] for row in dataset.connection.execute(f"PRAGMA table_info({table})")]
            assert [column for column in columns if column not in told.get(table, {"columns": {}})["columns"]] == [], (
                table
            )
    finally:
        dataset.close()


def test_every_page_of_the_site_is_in_its_contents_and_every_link_leads_somewhere() -> None:
    pages = {
        path.relative_to(ROOT / "docs").as_posix(): path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")
    }
    contents = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [name for name in pages if name not in contents] == []
    for name, text in pages.items():
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
            assert ((ROOT / "docs" / name).parent / target).exists(), f"{name}: {target}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(shell: str) -> None:
    result = CliRunner().invoke(cli, ["completion", shell])
    assert result.exit_code == 0
    assert "_IMBAUAN_COMPLETE" in result.output


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes_a_command(tmp_path: Path) -> None:
    binary = Path(sys.executable).parent
    script = (
        f'PATH="{binary}:$PATH"; eval "$(imbauan completion bash)"; COMP_WORDS=(imbauan exp); COMP_CWORD=1; '
        '_imbauan_completion imbauan; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.split() == ["export"], done.stderr


@pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="the extra 'docs' is not installed: make docs")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        ROOT / "mkdocs.yml",
        "-d",
        tmp_path / "site",
    ]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="https?://(?!github|keepachangelog)[^"]+\.(?:js|css|woff2?)"', page)
