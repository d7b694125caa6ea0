"""A line to another program, with one deadline for everything that is said over it, held on the raw socket.

A time-out of a socket begins anew with every byte, and the libraries above it wrap, replace and close their socket, so that nothing is left
to cut. What is shut down here when the time is up is the connection itself, below all of them: whatever waits on it ends.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread, Timer
from typing import TypeVar

Found = TypeVar("Found")


class Line:
    """One connection. Everything but `close` is done inside `within`."""

    def __init__(self) -> None:
        self._raw: socket.socket | None = None
        self._ends = 0.0
        self._late = False

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """One exchange, cut off when so many seconds have gone, wherever it hangs: TimeoutError, whatever the cut made of it."""
        self._ends, self._late = time.monotonic() + seconds, False
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception:
            if self._late:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
        if self._late:
            raise TimeoutError

    def connect(self, host: str, port: int) -> socket.socket:
        """Connects to the first address of a host that answers. Raises OSError."""
        failed: OSError = ConnectionError(host)
        for family, kind, protocol, _, address in self.looked_up(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(self._left())
                connection.connect(address)
                connection.settimeout(None)  # from here on the line is cut
                self._hold(connection)
            except OSError as error:
                connection.close()
                failed = error
            else:
                return connection
        raise failed

    def looked_up(self, look_up: Callable[[], Found]) -> Found:
        """What the names of the network say. It is asked in a thread of its own, since that takes no time-out. Raises OSError."""
        found: list[Found] = []
        failed: list[Exception] = []

        def ask() -> None:
            try:
                found.append(look_up())
            except Exception as error:  # it is raised where it was asked
                failed.append(error)

        asking = Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._left())
        if failed:
            raise failed[0]
        if not found:
            raise TimeoutError
        return found[0]

    def close(self) -> None:
        """Lets go of the connection; whoever wrapped it closes what they made of it."""
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.close()

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _hold(self, connection: socket.socket) -> None:
        """Keeps a second descriptor of the connection, which nobody else wraps or closes."""
        self.close()
        self._raw = connection.dup()
        if self._late:
            self._cut()

    def _cut(self) -> None:
        self._late = True
        if (raw := self._raw) is not None:
            try:
                raw.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                return
