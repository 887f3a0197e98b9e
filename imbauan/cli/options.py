"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

db_option = click.option(
    "--db", type=click.Path(dir_okay=False), envvar="IMBAUAN_DB", default="imbauan.db", show_default=True,
    help="The dataset, an SQLite file ($IMBAUAN_DB).",
)  # fmt: skip
sources_option = click.option(
    "--sources", "catalogue", type=click.Path(), envvar="IMBAUAN_SOURCES", default=None,
    help="A sources file of your own ($IMBAUAN_SOURCES); default: the built-in catalogue.",
)  # fmt: skip
keep_option = click.option(
    "--keep", type=click.Choice(["other"]), default=None, help="Store pages that are no police matter too."
)
archive_option = click.option(
    "--archive", type=click.Path(file_okay=False), default=None,
    help="Folder of the raw pages (WARC); default: beside the dataset.",
)  # fmt: skip
no_archive_option = click.option("--no-archive", is_flag=True, help="Keep no raw pages: no rebuild later.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")

_AGO = re.compile(r"^(\d{1,5})([hdw])$")
_MONTH = re.compile(r"^\d{4}-\d{2}$")
_HOURS = {"h": 1, "d": 24, "w": 168}


class Moment(click.ParamType[datetime]):
    """A moment: 7d, 12h, 2w (ago), a month (its first day), or an ISO date or time."""

    name = "7d|DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """An aware datetime; fails with what was expected."""
        if isinstance(value, datetime):
            return value
        if match := _AGO.match(value):
            return datetime.now(UTC) - timedelta(hours=int(match.group(1)) * _HOURS[match.group(2)])
        try:
            moment = datetime.fromisoformat(f"{value}-01" if _MONTH.match(value) else value)
        except ValueError:
            self.fail(f"{value!r} is no date: write 7d, 12h, 2026-11 or 2026-11-20", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
