"""The command that has `imbauan crawl` run by the clock."""

from __future__ import annotations

import getpass
import os
import random
import shutil
import sys
from pathlib import Path

import click

from imbauan.cli.options import db_option, sources_option
from imbauan.exceptions import UsageError
from imbauan.schedule import NAME, Plan, budget, cron_line, every, service_unit, timer_unit
from imbauan.sources import load_sources, select_sources


@click.command(short_help="Run the crawl by the clock: a systemd timer, or a cron line.")
@click.argument("source", nargs=-1)
@sources_option
@db_option
@click.option("--every", "interval", default="1h", show_default=True, help="30m, 1h, 6h …: divides an hour or a day.")
@click.option("--cron", is_flag=True, help="A line for crontab instead.")
@click.option("--print", "show", is_flag=True, help="Show it and write nothing.")
@click.option("--system", is_flag=True, help="Units of the whole system instead of your own; needs root.")
@click.option("--folder", type=click.Path(file_okay=False), default=None, help="Where the units go; default: your own.")
def schedule(
    source: tuple[str, ...],
    catalogue: str | None,
    db: str,
    interval: str,
    cron: bool,
    show: bool,
    system: bool,
    folder: str | None,
) -> None:
    """Write a systemd service and timer that crawl every SOURCE (default: each enabled one), or a cron line.

    \b
    Examples:  imbauan schedule --print
               imbauan schedule --db police.db --every 30m
               imbauan schedule --cron >> my-crontab
    """
    minutes = every(interval)
    if minutes is None:
        raise UsageError(
            f"--every {interval!r}: write minutes that divide an hour, or hours that divide a day: 30m, 6h"
        )
    select_sources(load_sources(catalogue), list(source))
    plan = _plan(list(source), catalogue, db, minutes, getpass.getuser() if system else None)
    if cron:
        click.echo(cron_line(plan, random.randrange(1, 59)), nl=False)
        return
    units = {f"{NAME}.service": service_unit(plan), f"{NAME}.timer": timer_unit(plan)}
    if show:
        click.echo("\n".join(f"# {name}\n{text}" for name, text in units.items()), nl=False)
        return
    _write(units, Path(folder) if folder else Path("/etc/systemd/system") if system else _own_folder(), system)


def _plan(sources: list[str], catalogue: str | None, db: str, minutes: int, user: str | None) -> Plan:
    path = Path(db).resolve()
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist: make it, or name another with --db")
    command = [*_program(), "crawl", *sources, "--db", str(path), "--max-minutes", str(budget(minutes))]
    if catalogue:
        command += ["--sources", str(Path(catalogue).resolve())]
    return Plan(command, minutes, [path.parent], user)


def _program() -> list[str]:
    beside = Path(sys.executable).with_name("imbauan")
    found = str(beside) if beside.exists() else shutil.which("imbauan")
    return [found] if found else [sys.executable, "-m", "imbauan"]


def _own_folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "systemd" / "user"


def _write(units: dict[str, str], folder: Path, system: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.items():
        (folder / name).write_text(text, "utf-8")
        click.echo(str(folder / name))
    manager = "systemctl" if system else "systemctl --user"
    hint = f"imbauan: switch it on with `{manager} daemon-reload && {manager} enable --now {NAME}.timer`"
    if not system:
        hint += ", and keep it on while you are logged out with `loginctl enable-linger`"
    click.echo(hint, err=True)
