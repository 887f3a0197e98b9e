"""Headers that keep a page from asking anything of another host, and a check against DNS rebinding."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from imbauan.browse.sql_csv import complete

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

OURS = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Our pages need no script at all."""
DATASETTES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Datasette's SQL pages have scripts in the page; none of them comes from elsewhere."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def guarded(app: App, hosts: frozenset[str]) -> App:
    """The same application: answers only to its own names, each answer with its headers."""
    known = _LOCAL | hosts

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        if _host(scope) not in known:
            # A page elsewhere that has its own name point to this machine would read the dataset otherwise.
            return await _refuse(send)
        scope = {**scope, "query_string": complete(scope["path"], scope["query_string"].decode("latin-1")).encode()}
        ours = [b"content-security-policy", None]

        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0].lower() != ours[0]]
                page = next((value for name, value in headers if name.lower() == b"x-imbauan"), None)
                policy = OURS if page else DATASETTES
                headers += [
                    (b"content-security-policy", policy.encode()), (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"), (b"cross-origin-resource-policy", b"same-origin"),
                ]  # fmt: skip
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, with_headers)
        return None

    return answer


def _host(scope: Scope) -> str:
    named = next((value for name, value in scope.get("headers", []) if name == b"host"), b"").decode("latin-1")
    return named[1:].partition("]")[0] if named.startswith("[") else named.partition(":")[0]


async def _refuse(send: Send) -> None:
    body = b"imbauan: this address is not one of this server's: open http://127.0.0.1 with its port\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body})
