"""A line to a server that can be cut at a chosen moment: before a COMMIT reaches the server, or before its answer comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

COMMIT = b"COMMIT"


@dataclass
class Proxy:
    """Listens on a port of its own. `cut` is None, "before" or "after" the next COMMIT; then it lets everything through again."""

    server: tuple[str, int]
    cut: str | None = None
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                unheard = threading.Event()
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(client, server, unheard), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, unheard: threading.Event) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                if COMMIT in piece and self.cut is not None:
                    kind, self.cut = self.cut, None
                    if kind == "before":
                        break
                    unheard.set()
                server.sendall(piece)
        _hang_up(client, server)

    def _answer(self, client: socket.socket, server: socket.socket, unheard: threading.Event) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                if unheard.is_set():  # the server has answered; nobody hears it
                    break
                client.sendall(piece)
        _hang_up(client, server)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def proxied(url: str) -> Iterator[tuple[Proxy, str]]:
    """The proxy, and the address that leads through it."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    proxy = Proxy((parts.hostname, parts.port))
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy, url.replace(f":{parts.port}", f":{proxy.port}")
    finally:
        proxy.listener.close()
