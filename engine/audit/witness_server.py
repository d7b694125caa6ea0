"""A witness on a port: `POST …/add-checkpoint`, and `GET …/HASH/checkpoint` for whoever compares (C2SP tlog-witness)."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from engine.audit.witness import MOST_BYTES, Answer, Witness
from engine.errors import InvalidFile
from engine.rules.proof.witness import BAD_REQUEST, UNKNOWN_LOG

SERVER_ERROR = 500

PATIENCE_SECONDS = 10
"""For how long it waits for the next bytes of somebody."""


class Server(ThreadingHTTPServer):
    """Serves one witness until `shutdown`."""

    daemon_threads = True

    def __init__(self, witness: Witness, host: str, port: int) -> None:
        self.witness = witness
        super().__init__((host, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "zhenggai", ""
    timeout: ClassVar[float] = PATIENCE_SECONDS
    server: Server

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not (size.isascii() and size.isdecimal() and len(size) < 9 and int(size) <= MOST_BYTES):
            self.close_connection = True
            self._say(Answer(BAD_REQUEST))
            return
        body = self.rfile.read(int(size))
        if not self.path.endswith("/add-checkpoint"):
            self._say(Answer(UNKNOWN_LOG))
            return
        self._say(self._or_damaged(lambda: self.server.witness.answer(body, int(time.time()))))

    def do_GET(self) -> None:
        *_, name, last = ("", *self.path.split("/"))
        self._say(self._or_damaged(lambda: self._checkpoint(name)) if last == "checkpoint" else Answer(UNKNOWN_LOG))

    def _checkpoint(self, name: str) -> Answer:
        note = self.server.witness.checkpoint(name)
        return Answer(UNKNOWN_LOG) if note is None else Answer(200, note)

    def _or_damaged(self, asked: Callable[[], Answer]) -> Answer:
        """The answer; of a store that cannot be read that, and which file it is: its path is nobody's but the witness's."""
        try:
            return asked()
        except InvalidFile as error:
            name = Path(str(error.values["file"])).name
            return Answer(SERVER_ERROR, f"the store of this witness is damaged: {name} cannot be read\n")

    def _say(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 – its name there
        """Says nothing: what was cosigned lies in the store."""
