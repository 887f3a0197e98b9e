"""A server that writes raw bytes: what no HTTP library would send."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Write = Callable[[bytes], None]
Case = Callable[["Exchange"], None]


class Exchange:
    """One request, and the socket to answer on."""

    def __init__(self, handler: socketserver.StreamRequestHandler, host: str, path: str, number: int) -> None:
        self.host, self.path, self.number = host, path, number
        self.base = f"http://{host}"
        self.connection = handler.connection
        self.stop = handler.server.stopping  # type: ignore[attr-defined]

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        self.connection.sendall(data)

    def answer(self, body: bytes | str, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
        """An ordinary answer; `length` other than the body's makes it a lie."""
        data = body.encode() if isinstance(body, str) else body
        lines = [
            f"HTTP/1.1 {status}",
            f"Content-Length: {len(data) if length is None else length}",
            "Connection: close",
        ]
        if not any(header.lower().startswith(("content-type", "location")) for header in headers):
            lines.append("Content-Type: text/html; charset=utf-8")
        self.send("\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + data)

    def drip(self, data: bytes, seconds: float = 0.2) -> None:
        """The bytes again and again, slowly, until the peer hangs up."""
        while not self.stop.wait(seconds):
            self.send(data)

    def flood(self, data: bytes) -> None:
        """The bytes again and again, fast."""
        while not self.stop.is_set():
            self.send(data)


class _Handler(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self) -> None:
        server: Any = self.server
        try:
            line = self.rfile.readline(4096).decode("latin-1").split()
            host = ""
            while (header := self.rfile.readline(65536).decode("latin-1")).strip():
                if header.lower().startswith("host:"):
                    host = header.split(":", 1)[1].strip()
            if len(line) < 2:
                return
            with server.guard:
                key = (host, line[1])
                server.asked[key] = number = server.asked.get(key, 0) + 1
            server.respond(Exchange(self, host, line[1], number))
        except OSError:
            pass  # the crawler hung up, as it should


class Server(socketserver.ThreadingTCPServer):
    """Answers on every loopback address, so that each case is a site of its own."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, respond: Case, host: str = "") -> None:
        super().__init__((host, 0), _Handler)
        self.respond, self.asked, self.guard = respond, {}, threading.Lock()
        self.stopping = threading.Event()
        self.port: int = self.server_address[1]
        self.accepted = 0

    def get_request(self) -> Any:
        self.accepted += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(respond: Case, host: str = "") -> Iterator[Server]:
    """A server until the end of the block."""
    server = Server(respond, host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
