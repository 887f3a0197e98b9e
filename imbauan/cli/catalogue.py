"""Commands about the catalogue."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imbauan.cli.options import json_option, sources_option
from imbauan.cli.output import safe
from imbauan.exceptions import UsageError
from imbauan.sources import load_sources, select_sources

if TYPE_CHECKING:
    from spiders.check import Check

SHOWN = 10


@click.group(short_help="The catalogue of sites.")
def sources() -> None:
    """The catalogue of sites.

    \b
    Examples:  imbauan sources list
               imbauan sources check antara-kalteng
               imbauan sources add https://warta.example/ --sources my-sources.toml
    """


@sources.command(name="list", short_help="Every entry, one a line.")
@sources_option
@json_option
def list_(catalogue: str | None, as_json: bool) -> None:
    """List every entry of the catalogue, one a line.

    \b
    Example:  imbauan sources list --sources my-sources.toml --json
    """
    for source in load_sources(catalogue):
        if as_json:
            click.echo(json.dumps(asdict(source), ensure_ascii=False))
        else:
            click.echo(
                f"{source.id:28} {source.region or '-':6} {source.homepage}" + ("" if source.enabled else "  (off)")
            )


@sources.command(short_help="Try each source live: what answers, what broke, the likely fix.")
@click.argument("source", nargs=-1)
@sources_option
@json_option
def check(source: tuple[str, ...], catalogue: str | None, as_json: bool) -> None:
    """Ask each SOURCE (default: each enabled one) for what announces its articles, and read one article.

    Stores nothing. Exits 1 where something is broken.

    \b
    Example:  imbauan sources check antara-kalteng
    """
    from imbauan.download.addresses import places_on_purpose
    from spiders.check import check_source
    from spiders.visit import Visitor

    broken = False
    for entry in select_sources(load_sources(catalogue), list(source)):
        found = check_source(entry, Visitor(entry.delay, entry.verify, places_on_purpose([entry])))
        broken = broken or not found.ok
        if as_json:
            click.echo(json.dumps(_record(found), ensure_ascii=False))
        else:
            _print(found)
    if broken:
        sys.exit(1)


@sources.command(short_help="Find out how a site is built, and write its entry.")
@click.argument("url")
@sources_option
@click.option("--delay", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between requests.")
@json_option
def add(url: str, catalogue: str | None, delay: float, as_json: bool) -> None:
    """Look at the site at URL, write its entry to the file of --sources, and show what a first crawl would find.

    Without --sources the entry is printed only.

    \b
    Example:  imbauan sources add https://warta.example/ --sources my-sources.toml
    """
    from imbauan.download.addresses import place_of
    from spiders.detect import detect, entry_toml
    from spiders.visit import Visitor

    url = url if url.startswith(("http://", "https://")) else f"https://{url}"
    path = Path(catalogue) if catalogue else None
    known = load_sources(path) if path is not None and path.is_file() and path.read_text("utf-8").strip() else []
    for entry in known:
        if entry.homepage.rstrip("/") == url.rstrip("/"):
            raise UsageError(f"{path}: has {url} already, as source {entry.id!r}: change its entry there")
    # The user may name a place of this machine or network; where it leads to may not be another one.
    named = place_of(url)
    detected = detect(url, Visitor(delay, allowed=[named] if named else ()), [entry.id for entry in known])
    toml = entry_toml(detected.source)
    if path is not None:
        _append(path, toml)
    if as_json:
        click.echo(json.dumps({"entry": asdict(detected.source)} | _record(detected.check), ensure_ascii=False))
    else:
        click.echo(safe_lines(toml))
        _print(detected.check)
        for address in detected.check.articles[:SHOWN]:
            click.echo(f"  {safe(address)}")
        click.echo(
            f"A first crawl would ask for {len(detected.check.articles)} articles or more, {SHOWN} shown at most."
        )
    if path is None:
        click.echo("imbauan: nothing was written: name a file with --sources, or copy the entry", err=True)
    else:
        click.echo(
            f"imbauan: written to {path}: try `imbauan crawl {detected.source.id} --sources {path} --dry-run`", err=True
        )
    if not detected.check.ok:
        sys.exit(1)


def _append(path: Path, toml: str) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --sources")
    before = path.read_text("utf-8") if path.is_file() else ""
    path.write_text(before + ("\n" if before.strip() else "") + toml, "utf-8")
    load_sources(path)


def safe_lines(text: str) -> str:
    """Lines of a text without control characters."""
    return "\n".join(safe(line) for line in text.split("\n"))


def _record(found: Check) -> dict[str, object]:
    return {
        "source": found.source,
        "ok": found.ok,
        "articles": len(found.articles),
        "first_articles": found.articles[:SHOWN],
        "steps": [asdict(step) for step in found.steps],
    }


def _print(found: Check) -> None:
    click.echo(f"{found.source}: {'works' if found.ok else 'BROKEN'}, {len(found.articles)} articles found")
    for step in found.steps:
        mark = "+" if step.ok else "." if step.guessed else "!"
        click.echo(safe(f"  {mark} {step.what:9} {step.url}: {step.found}"))
        if step.fix and not step.ok and not step.guessed:
            click.echo(safe(f"    {step.fix}"))
