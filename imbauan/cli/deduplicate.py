"""Commands of the deduplication: dedup, restore."""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from imbauan.cli.options import db_option, json_option
from imbauan.cli.output import SHOWN_PROBLEMS, safe
from imbauan.exceptions import UsageError

if TYPE_CHECKING:
    from imbauan.statements.stream import Document


@click.command(short_help="The deduplication alone, on JSON lines.")
@click.argument("file", default="-")
@click.option(
    "--dropped", type=click.Path(dir_okay=False), default=None, help="A file for one line a dropped paragraph."
)
@click.option("--index", type=click.Path(dir_okay=False), default=None,
              help="Keep the index in this file: texts of earlier calls count as seen.")  # fmt: skip
def dedup(file: str, dropped: str | None, index: str | None) -> None:
    """Deduplicate FILE (default: standard input), JSON lines of {"id", "text"} with paragraphs divided by line breaks.

    Writes {"id", "text", "new_text"} a line: `text` is without repeats in the document, `new_text` also without what an
    earlier document says. Memory stays the same however long the input is.

    \b
    Examples:  imbauan dedup corpus.jsonl --dropped dropped.jsonl > clean.jsonl
               zcat monday.jsonl.gz | imbauan dedup --index seen.db > new.jsonl
    """
    if file != "-" and not Path(file).is_file():
        raise UsageError(f"{file}: no such file: name JSON lines, or - for standard input")
    from imbauan.statements.stream import Stream

    # What is loaded stays, and batches make next to no cycles: the collector would look through all again and again,
    # a tenth of the time.
    gc.freeze()
    gc.set_threshold(100_000)
    problems: list[str] = []
    with ExitStack() as stack:
        source = sys.stdin.buffer if file == "-" else stack.enter_context(open(file, "rb"))
        ledger = stack.enter_context(open(dropped, "w", encoding="utf-8")) if dropped else None
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="imbauan-"))
        stream = Stream(Path(index) if index else Path(folder) / "index.db")
        stack.callback(stream.close)
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
        lines = stack.enter_context(_progress(source))
        for result in stream.results(_documents(lines, file, problems)):
            line = {"id": result.id, "text": result.text, "new_text": result.new_text}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            if ledger:
                ledger.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in result.dropped)
    sys.stdout.flush()
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo(f"imbauan: {safe(problem)}", err=True)
    if len(problems) > SHOWN_PROBLEMS:
        click.echo(f"imbauan: and {len(problems) - SHOWN_PROBLEMS} more bad lines", err=True)
    if problems:
        sys.exit(1)


@contextmanager
def _progress(source: IO[bytes]) -> Iterator[Iterable[bytes]]:
    """The lines, with a bar on stderr where that is a terminal and the results go elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield source
        return
    from rich.console import Console
    from rich.progress import Progress

    size = os.fstat(source.fileno()).st_size if source.seekable() else None
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("deduplicating", total=size or None)
        yield _counted(source, lambda size: bar.advance(task, size))


def _counted(source: IO[bytes], count: Callable[[int], None]) -> Iterator[bytes]:
    for line in source:
        yield line
        count(len(line))


def _documents(source: Iterable[bytes], name: str, problems: list[str]) -> Iterator[Document]:
    from imbauan.statements.stream import Document

    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        known = (
            isinstance(record, dict) and isinstance(record.get("text"), str) and isinstance(record.get("id"), str | int)
        )
        if known:
            text = record["text"].encode("utf-8", "replace").decode("utf-8")
            yield Document(record["id"], text)
        else:
            problems.append(f'{name}, line {number}: should be an object with "id" and "text": skipped')


@click.command(short_help="Undo a drop for good.")
@click.argument("paragraph", nargs=-1, required=True, type=click.IntRange(1))
@click.option("--undo", is_flag=True, help="Let the rules decide again about a paragraph that was restored.")
@db_option
@json_option
def restore(paragraph: tuple[int, ...], undo: bool, db: str, as_json: bool) -> None:
    """Keep each dropped PARAGRAPH (an id of `dropped_paragraphs`) from now on, whatever the rules say.

    The decision is remembered by page and text: it holds when the page is fetched again and after a rebuild.

    \b
    Examples:  imbauan restore 4711
               imbauan restore 4711 --undo
    """
    from imbauan.restore import restore_paragraphs

    changed = restore_paragraphs(db, list(paragraph), on=not undo)
    if as_json:
        click.echo(json.dumps(changed))
        return
    for entry in changed:
        click.echo(
            f"{'kept from now on' if not undo else 'left to the rules'}: paragraph {entry['position']} of {safe(entry['url'])}"
        )
