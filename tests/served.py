"""An application on a real socket, served by a thread of the test: for browsers, clients and other programs that want an address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from engine.web.server import listening

GRACE_SECONDS = 1
"""For connections that are open when the test is over."""


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Its address. It may be asked at once: the socket listens before the thread begins."""
    listener, _ = listening("127.0.0.1", 0)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=GRACE_SECONDS)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    with listener:
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
