"""Connections before there is a request: each has its time, and one address has its part of them."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from unittest.mock import Mock

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.server import ServerState

from engine.web.door import Door, StreetDoor
from engine.web.limits import BESIDE, HEAD_SECONDS, MOST_CONNECTIONS
from tests.served import served

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"


def connected(kind: type[Door], state: ServerState, address: str = "192.0.2.1") -> Door:
    async def nothing(_scope: object, _receive: object, _send: object) -> None:
        """Answers nobody."""

    loop = Mock(asyncio.AbstractEventLoop)
    loop.call_later = Mock(side_effect=lambda *_: Mock(asyncio.TimerHandle))
    loop.create_task = Mock(side_effect=lambda task, **_: task.close() or Mock(asyncio.Task))
    door = kind(uvicorn.Config(nothing, log_config=None), state, {}, loop)
    transport = Mock(asyncio.Transport)
    transport.get_extra_info = Mock(side_effect=lambda name, *_: (address, 5) if name == "peername" else None)
    transport.is_closing = Mock(return_value=False)
    door.connection_made(transport)
    return door


def test_what_sends_no_whole_head_in_time_is_cut_off_however_it_dribbles() -> None:
    door = connected(Door, ServerState())
    door.data_received(HEAD)
    door.data_received(b"X: y\r\n")
    assert [call.args for call in door.loop.call_later.mock_calls] == [(HEAD_SECONDS, door.transport.abort)]


def test_a_request_has_its_time_and_the_next_head_another() -> None:
    door = connected(Door, ServerState())
    first = door._deadline
    door.data_received(HEAD + b"\r\n")
    assert first is not None and first.cancel.called and door._deadline is None
    door.cycle.response_complete = True
    door.on_response_complete()
    second = door._deadline
    assert second is not None
    door.connection_lost(None)
    assert second.cancel.called


@pytest.mark.parametrize(("kind", "cut"), [(StreetDoor, True), (Door, False)])
def test_one_address_has_not_every_place_unless_it_may_be_a_proxy(kind: type[Door], cut: bool) -> None:
    state = ServerState()
    doors = [connected(kind, state) for _ in range(StreetDoor.most + 1)]
    assert [door.transport.abort.called for door in doors] == [*[False] * StreetDoor.most, cut]
    assert kind is Door or connected(kind, ServerState(), "2001:db8::1").network == connected(kind, ServerState(), "2001:db8::2").network
    assert not connected(kind, state, "192.0.2.2").transport.abort.called and StreetDoor.most < MOST_CONNECTIONS


def test_more_connections_than_a_process_holds_are_closed_whoever_they_are_of() -> None:
    state = ServerState()
    doors = [connected(Door, state) for _ in range(MOST_CONNECTIONS + BESIDE + 1)]
    assert [door.transport.abort.called for door in doors[-2:]] == [False, True]


@pytest.mark.parametrize(("heads", "body", "statuses"), [
    ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", ["200", "200"]),  # the pieces say it
    ("Content-Length: 4\r\nContent-Length: 5\r\n", "hello", ["400"]), ("Content-Length : 5\r\n", "hello", ["400"]),
    ("Transfer-Encoding: xchunked\r\n", "5\r\nhello\r\n0\r\n\r\n", ["400"]), ("Content-Length: +5\r\n", "hello", ["400"]),
])
def test_where_a_request_ends_is_said_by_one_thing_or_it_is_refused(
    swallower: tuple[str, int], heads: str, body: str, statuses: list[str],
) -> None:
    """What comes behind it is a request of its own, or is not heard: no proxy before us reads another one there."""
    with socket.create_connection(swallower, timeout=10) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{heads}\r\n{body}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        told = b"".join(iter(lambda: line.recv(65_536), b"")).decode()
    assert re.findall(r"HTTP/1.1 (\d+)", told) == statuses


@pytest.fixture(scope="module")
def swallower() -> Iterator[tuple[str, int]]:
    """Where an application reads every body and says that all is well."""
    async def well(request: Request) -> Response:
        await request.body()
        return Response("ok")

    with served(Starlette(routes=[Route("/", well, methods=["GET", "POST"])])) as address:
        yield "127.0.0.1", int(address.rpartition(":")[2])
