"""Commands about the catalogue."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from imbauan.cli.options import json_option, sources_option
from imbauan.sources import load_sources


@click.group(short_help="The catalogue of sites.")
def sources() -> None:
    """The catalogue of sites.

    \b
    Example:  imbauan sources list
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
