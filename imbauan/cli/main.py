"""The group of commands, and how a failure ends: one line and an exit code, never a traceback."""

from __future__ import annotations

import os
import sqlite3
import sys

import click

from imbauan import __version__
from imbauan.cli.group import Commands
from imbauan.exceptions import ImbauanError

INTERRUPTED = 130


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="imbauan")
def cli() -> None:
    """Collect what regional police tell the public, and keep every statement once.

    \b
    First steps:  imbauan demo
                  imbauan crawl antara-kalteng --db police.db
                  imbauan export --db police.db --out advisories.csv
    """


def main() -> None:
    """Run the command line; ends the process with the contract's exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except ImbauanError as error:
        code = _fail(str(error), error.exit_code)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.UsageError as error:
        hint = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        code = _fail(error.format_message() + hint, 2)
    except click.Abort:
        code = _fail("stopped: what is stored stays, and the next run goes on", INTERRUPTED)
    except click.ClickException as error:
        code = _fail(error.format_message(), error.exit_code)
    except KeyboardInterrupt:
        code = _fail("stopped: what is stored stays, and the next run goes on", INTERRUPTED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except sqlite3.Error as error:
        code = _fail(f"the dataset could not be read ({error}): check the file named with --db", 1)
    except OSError as error:
        code = _fail(f"{error.filename or 'a file'}: {error.strerror or error}: check the path and its permissions", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> int:
    click.echo(f"imbauan: {' '.join(message.split())}", err=True)
    return code
