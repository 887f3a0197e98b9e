"""Addresses of the pages, and what stands around each: language, the state of the dataset, a thread for the work."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import Response

from imbauan.browse import sql_csv
from imbauan.browse.cache import State
from imbauan.browse.download import download
from imbauan.browse.metadata import QUERIES
from imbauan.browse.views import advisory, drops, front, questions, release, search
from imbauan.browse.wording import LANGUAGES, Wording, wording
from imbauan.exceptions import ImbauanError

HEADERS = {"x-imbauan": "page", "cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view works from."""

    connection: sqlite3.Connection
    state: State
    say: Wording
    arguments: Any
    """The query string."""
    parts: dict[str, str]
    """Named parts of the path."""


View = Callable[[Asked], tuple[str, dict[str, Any]] | None]


def page(view: View) -> Any:
    """A view as a route of Datasette."""

    async def answer(request: Any, datasette: Any) -> Any:
        say = _wording(request)
        parts = dict(request.url_vars)

        def work(connection: sqlite3.Connection) -> Any:
            return view(Asked(connection, state, say, request.args, parts))

        state = await asyncio.to_thread(datasette.imbauan_states.current)
        status = 200
        try:
            made = await datasette.get_database("dataset").execute_fn(work)
            if made is None:
                status, made = 404, ("message", {"heading": say.t("not_found"), "text": say.t("not_found_why")})
        except ImbauanError as error:
            status, made = 400, ("message", {"heading": say.t("refused"), "text": str(error)})
        name, context = made
        context |= {
            "say": say, "t": say.t, "state": state, "here": request.path, "view": name,
            "other_language": _other(request, say), "words": request.args.get("q") or "",
        }  # fmt: skip
        body = await datasette.render_template(f"imbauan/{name}.html", context, request=request)
        response = Response.html(body, status=status, headers=dict(HEADERS))
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie("lang", request.args["lang"], max_age=31_536_000, httponly=True)
        return response

    return answer


def _wording(request: Any) -> Wording:
    return wording(request.args.get("lang") or request.cookies.get("lang") or _preferred(request))


def _preferred(request: Any) -> str:
    wished = request.headers.get("accept-language", "").strip().lower()
    return "id" if wished.startswith("id") else "en"


def _other(request: Any, say: Wording) -> str:
    from urllib.parse import urlencode

    wanted = "id" if say.language == "en" else "en"
    kept = [(name, value) for name in request.args for value in request.args.getlist(name) if name != "lang"]
    return f"{request.path}?{urlencode([*kept, ('lang', wanted)])}"


ROUTES: list[tuple[str, Any]] = [
    (r"^/$", page(front.view)),
    (r"^/search$", page(search.view)),
    (r"^/advisory/(?P<id>\d{1,18})$", page(advisory.view)),
    (r"^/release/(?P<id>\d{1,18})$", page(release.view)),
    (r"^/drops$", page(drops.view)),
    (r"^/questions$", page(questions.overview)),
    (r"^/questions/(?P<name>[a-z]+)\.csv$", questions.as_csv),
    (r"^/questions/(?P<name>[a-z]+)$", page(questions.view)),
    (r"^/download$", download),
    (r"^/dataset\.csv$", sql_csv.download),
    (rf"^/dataset/(?P<query>{'|'.join(QUERIES)})\.csv$", sql_csv.download),
]
