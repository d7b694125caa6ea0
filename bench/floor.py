"""What the web is measured against: a bare FastAPI route that does one indexed read, on a connection that each thread keeps.

    python bench/floor.py URL                            a server of its own, as FastAPI's first page has it
    FLOOR_BESIDE=URL python bench/floor.py serve ...     `zg serve ...`, but for this one route that its processes answer too

Beside the product the route waits for the same processor, the same loop and the same threads as the pages do.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.cli import main
from engine.web import server

BESIDE = "FLOOR_BESIDE"
PATH = "/floor/{number}"
LONGEST_ROUND = 600
"""Seconds for which a server of its own keeps a line that waits for its turn."""


def bare(url: str) -> FastAPI:
    """The route over the record at an address."""
    app, own = FastAPI(), threading.local()
    mark = "?" if url.startswith("sqlite") else "%s"

    @app.get(PATH)
    def read(number: str) -> dict[str, object]:
        if not hasattr(own, "connection"):
            own.connection = _connection(url)
        row = own.connection.execute(f"SELECT number, title, state FROM ticket WHERE number = {mark}", (number,)).fetchone()
        return {"number": row[0], "title": row[1], "state": row[2]}

    return app


def _connection(url: str) -> object:
    if url.startswith("sqlite"):
        import sqlite3

        return sqlite3.connect(url.removeprefix("sqlite:///"))
    import psycopg

    return psycopg.connect(url, autocommit=True)


def alone(url: str) -> None:
    """Serves the route and nothing else."""
    listener, _ = server.listening("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(bare(url), log_config=None, access_log=False, lifespan="off", timeout_keep_alive=LONGEST_ROUND)
    uvicorn.Server(config).run(sockets=[listener])


def beside(url: str, application: Callable[..., FastAPI]) -> Callable[..., ASGIApp]:
    """The same application with the route in front of it."""
    def both(*arguments: object, **named: object) -> ASGIApp:
        product, floor = application(*arguments, **named), bare(url)

        async def either(scope: Scope, receive: Receive, send: Send) -> None:
            await (floor if scope.get("path", "").startswith("/floor/") else product)(scope, receive, send)

        return either

    return both


if BESIDE in os.environ:  # worker processes, too, run this file before they do what they were started for
    server.application = beside(os.environ[BESIDE], server.application)  # type: ignore[assignment]
if __name__ == "__main__":
    if BESIDE in os.environ:
        main()
    else:
        alone(sys.argv[1])
