"""The commands that README, docs and help texts show are ones that run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from imbauan.cli.main import cli

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"^ {4,}(?:Examples?: +)?(?:\.venv/bin/)?imbauan (?P<arguments>\S.*)$", re.M)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown(text: str) -> Iterator[list[str]]:
    """The arguments of each command that a page shows, up to a pipe, a redirection or a remark."""
    for match in SHOWN.finditer(re.sub(r" *\\\n\s*", " ", text)):
        words = shlex.split(re.split(r"\s(?:[|>]|2>|\(|#|\[)|\s{3,}", match["arguments"])[0])
        if not {"…", "..."} & set(words):
            yield words


def parse(words: list[str]) -> None:
    """Read a command as the command line would, without running it."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command, info_name=command.name), words[0])
        assert found is not None, words
        command, words = found, words[1:]
    context = click.Context(command, info_name=command.name)
    command.parse_args(context, list(words))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_understood(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in shown(page.read_text("utf-8")):
        if "--help" not in words:
            parse(words)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_first_questions_of_an_analyst_are_answered(
    page: str, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("imbauan-demo.db").symlink_to(sample)
    asked = [words for words in shown((ROOT / page).read_text("utf-8")) if words[0] in ("ask", "export", "show")]
    asked = [words for words in asked if "imbauan-demo.db" in words]
    assert {words[0] for words in asked} == {"ask", "export", "show"}
    for words in asked:
        result = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert result.exit_code == 0, (words, result.output)
    assert "Warta Meratus" in Path("outlets.csv").read_text("utf-8")
