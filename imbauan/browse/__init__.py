"""`imbauan browse`: the dataset as pages, a Datasette plugin that only this command registers."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from imbauan.browse.routes import ROUTES
from imbauan.browse.safety import guarded


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Our pages; they come before Datasette's own, so `/` is ours."""
    return ROUTES


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Headers and checks around every answer, Datasette's own pages included."""
    return lambda app: guarded(app, frozenset((datasette.metadata("imbauan-hosts") or "").split()))


@hookimpl
def menu_links() -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": "/", "label": "Imbauan"}]
