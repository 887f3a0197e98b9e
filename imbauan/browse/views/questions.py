"""Canned questions: a sentence, a table, and the table as CSV."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from imbauan.browse.find import Question, periods, span
from imbauan.browse.tables import TABLES, Table
from imbauan.exceptions import UsageError

if TYPE_CHECKING:
    from imbauan.browse.routes import Asked


def overview(asked: Asked) -> tuple[str, dict[str, Any]]:
    """All questions."""
    return "questions", {"names": list(TABLES), "until": asked.state.face.latest()}


def view(asked: Asked) -> tuple[str, dict[str, Any]] | None:
    """One question with its answer."""
    table = _table(asked, asked.parts["name"])
    if table is None:
        return None
    question = Question(table.given)
    return "question", {
        "name": asked.parts["name"], "table": table, "given": table.given,
        "periods": periods(question, datetime.now(UTC).date()) if table.filtered else [],
        "kinds": [(kind, question.link(kind=kind), table.given.get("kind") == kind)
                  for kind in (None, "advisory", "police_news")] if table.kinds else [],
        "span": span(asked.state.face),
    }  # fmt: skip


async def as_csv(request: Any, datasette: Any) -> Any:
    """The same table as CSV."""
    from datasette.utils.asgi import Response

    from imbauan.browse.download import PLAIN
    from imbauan.browse.routes import Asked
    from imbauan.browse.wording import wording
    from imbauan.export.text_files import write_csv

    state = await asyncio.to_thread(datasette.imbauan_states.current)
    name = request.url_vars["name"]

    def work(connection: Any) -> str | None:
        asked = Asked(connection, state, wording("en"), request.args, {"name": name})
        try:
            table = _table(asked, name)
        except UsageError:
            return None
        if table is None:
            return None
        text = io.BytesIO()
        rows = [tuple(value for _, value in row) for row in table.data]
        write_csv(text, table.columns, [rows] if rows else [], spreadsheet=True)
        return text.getvalue().decode()

    text = await datasette.get_database("dataset").execute_fn(work)
    if text is None:
        return Response.text("imbauan: no such question", status=404, headers=dict(PLAIN))
    headers = {**PLAIN, "content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, headers=headers, content_type="text/csv; charset=utf-8")


def _table(asked: Asked, name: str) -> Table | None:
    return TABLES[name](asked) if name in TABLES else None
