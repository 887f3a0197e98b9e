"""The command `browse`: the dataset in a web browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from imbauan.cli.options import db_option


@click.command(short_help="The dataset in a web browser.")
@db_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Default: 8001, or a free one where that is taken."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to serve on; others than this machine's own open it to the network.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser; it is opened only from a terminal anyway.")
def browse(db: str, port: int | None, host: str, no_open: bool) -> None:
    """Read and ask the dataset in a web browser: search, facets, questions, releases side by side, downloads.

    Served by this machine to itself, read-only; ends with Ctrl-C.

    \b
    Examples:  imbauan browse
               imbauan browse --db imbauan-demo.db --port 8080 --no-open
    """
    from imbauan.browse.server import free_port, serve
    from imbauan.database import open_dataset

    open_dataset(db).close()
    chosen = port or free_port(host)
    click.echo(f"http://{host}:{chosen}/  (Ctrl-C ends it)", err=True)
    serve(Path(db), host, chosen, not no_open and sys.stderr.isatty())
