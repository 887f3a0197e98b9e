"""Start Datasette with our plugin on one dataset, read-only."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import webbrowser
from pathlib import Path
from typing import Any

from imbauan.browse.cache import States
from imbauan.database import open_dataset
from imbauan.exceptions import UsageError

NAME = "dataset"
"""What Datasette calls the database, whatever its file is called: no file name can stand in the way of a page."""
PORT = 8001


def application(path: Path, hosts: str = "") -> Any:
    """A Datasette on `path`; raises `UsageError` where that is no dataset."""
    open_dataset(path).close()
    # The application first: its plugins are registered while it is imported, and a part of it imported before would be
    # registered half made.
    from datasette.app import Datasette  # isort: skip
    import datasette.handle_exception
    from datasette.database import Database
    from datasette.plugins import pm

    import imbauan.browse as plugin
    from imbauan.browse.metadata import metadata

    # With rich installed it prints every unknown address with a traceback, and answers 500 to some.
    datasette.handle_exception.rich = None
    if not pm.is_registered(plugin):
        pm.register(plugin, plugin.__name__)
    server = Datasette(
        [], metadata=metadata(hosts),
        settings={
            "sql_time_limit_ms": 10_000, "num_sql_threads": 3, "allow_download": False, "default_cache_ttl": 0,
            "max_csv_mb": 0, "truncate_cells_html": 300, "facet_time_limit_ms": 1_000,
        },
    )  # fmt: skip
    server.add_database(Database(server, path=str(path.resolve()), is_mutable=True), name=NAME)
    server.imbauan_states = States(path)
    server.imbauan_path = path
    return server


def serve(path: Path, host: str, port: int, opens: bool) -> None:
    """Serve until Ctrl-C; raises `UsageError` where the port is taken."""
    import uvicorn

    _must_be_free(host, port)
    server = application(path, host)
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}/"
    if opens:
        threading.Thread(target=_open_when_ready, args=(host, port, address), daemon=True).start()
    uvicorn.run(server.app(), host=host, port=port, log_level="warning", lifespan="on", timeout_graceful_shutdown=2)


def free_port(host: str) -> int:
    """The usual port, or any free one where that is taken."""
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, PORT))
        except OSError:
            found.bind((host, 0))
        return int(found.getsockname()[1])


def _must_be_free(host: str, port: int) -> None:
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"port {port} of {host} can't be used ({error.strerror}): name another with --port"
            ) from error


def _open_when_ready(host: str, port: int, address: str) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            webbrowser.open(address)
            return
        time.sleep(0.1)
