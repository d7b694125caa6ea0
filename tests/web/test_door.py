"""Connections before there is a request: each has its time, and one address has its part of them."""

from __future__ import annotations

import asyncio
from unittest.mock import Mock

import pytest
import uvicorn
from uvicorn.server import ServerState

from engine.web.door import Door, StreetDoor
from engine.web.limits import BESIDE, HEAD_SECONDS, MOST_CONNECTIONS

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
