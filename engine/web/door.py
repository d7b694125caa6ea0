"""Connections before there is a request: none waits for ever, and nobody has all of them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from engine.registry.places import network_of
from engine.web.limits import BESIDE, HEAD_SECONDS, MOST_CONNECTIONS, MOST_FROM_ONE_ADDRESS


class Door(H11Protocol):
    """A connection that is closed where the whole head of a request does not come in time, and at once where there are too many."""

    network = ""
    """From where it comes: found out once, since each new connection is compared with all there are."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._watch()
        if self.client is not None:
            self.network = network_of(self.client[0])
        if len(self.connections) > MOST_CONNECTIONS + BESIDE:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """The time for a head runs from when the last request was answered, whatever comes meanwhile; a request that is answered has its
        own limits.
        """
        if self.cycle is not None and not self.cycle.response_complete:
            self._forget()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class StreetDoor(Door):
    """A door that strangers come to themselves: no proxy stands before it, so that an address is somebody's."""

    most: ClassVar[int] = MOST_FROM_ONE_ADDRESS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        here = sum(isinstance(other, Door) and other.network == self.network for other in self.connections)
        if here > self.most:
            transport.abort()
