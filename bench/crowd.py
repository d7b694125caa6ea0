"""Many tickets quickly: two real ones are made through the desk, and their rows multiplied.

Every copy has its own id, number, opening time and hash chain, so that `audit verify` holds over the whole crowd; titles and dates are
the model's. Ten thousand tickets take two seconds, where the desk would take twenty.
"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.app.founding import init
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record import event_rows, queries
from engine.record.aggregates import TICKETS
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.deadline import Deadline
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, canonical, stamp
from engine.rules.ticket import TICKET, Ticket

OFFICE = Actor("office", "supervisor", None, "bench")
CONTACT = Actor("scjgj", "contact", "SCJGJ", "bench")
SEED = "pingdingshan-2020"

START = datetime(2020, 9, 14, 1, tzinfo=UTC)
"""A Monday morning: a ticket of grade C assigned then is reminded on the 17th and due at the close of the 21st."""

REMINDED = datetime(2020, 9, 17, 1, tzinfo=UTC)
DUE = datetime(2020, 9, 21, 10, tzinfo=UTC)
"""催办 fires at this moment, at level 1."""

LATER = datetime(2020, 12, 1, 10, tzinfo=UTC)
YEAR = START.year
PIECE = 5_000
STEP = timedelta(milliseconds=5)
"""From one copy to the next, so that their times differ as times do; a million copies fit into that morning."""


def found(url: str) -> None:
    """A record with the seed's units and accounts."""
    init(url, seed=SEED, sandbox=START, clock=FixedClock(START))


def gather(url: str, count: int, due: int, *, reminded: bool = True) -> None:
    """A record with `count` open tickets, `due` of them (give or take one) due at DUE, spread evenly among the others.

    With `reminded` a due one has one rung to fire (催办), without it two (提醒 and 催办).
    """
    found(url)
    fill(url, count, due, reminded=reminded)


def fill(url: str, count: int, due: int, *, reminded: bool = True) -> None:
    """The same in a record that was founded before."""
    with closing(connect(url)) as database:
        late, waiting = _model(database, None, reminded), _model(database, LATER, False)
        for first in range(3, count + 1, PIECE):
            copies = range(first, min(first + PIECE, count + 1))
            _write(database, [_copy(*(late if id_ * due // count > (id_ - 1) * due // count else waiting), id_) for id_ in copies])


def _model(database: Database, due: datetime | None, reminded: bool) -> tuple[list[Event], Ticket]:
    """A ticket opened, assigned and accepted by the desk, and reminded by the watch if asked."""
    from engine.watch import sweep

    desk = Desk(database, FixedClock(START))
    opening = Opening("企业开办材料重复提交", "visit", "窗口与网上要求的材料不同", measure="3.1", grade="C")
    number = desk.open(OFFICE, opening).ticket.number
    desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"} | ({"due": due} if due else {})))
    desk.do(CONTACT, number, Command("accept"))
    if reminded:
        sweep(Desk(database, FixedClock(REMINDED)))
    return desk.events(OFFICE, number), desk.ticket(OFFICE, number)


def _copy(events: list[Event], ticket: Ticket, id_: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows of one more ticket with the same history, a little later."""
    number, began = f"ZG-{YEAR}-{id_:04d}", START + id_ * STEP

    def moved(text: str) -> str:
        return text.replace(stamp(START), stamp(began)).replace(ticket.number, number)

    head = GENESIS
    rows = []
    for event in events:
        at = began if event.at == START else event.at
        values, head = event_rows.values_of(event._replace(ticket=id_, at=at, data=json.loads(moved(canonical(event.data)))), head)
        rows.append(values)
    copy = ticket._replace(
        **{name: began for name, value in zip(ticket._fields, ticket, strict=True) if value == START},
        id=id_, number=number, serial=id_,
        deadlines={
            clock: Deadline.from_json(node)
            for clock, node in json.loads(moved(str(TICKET.column("deadlines", ticket.deadlines)))).items()
        },
    )
    return rows, TICKETS.values(copy, head)


def _write(database: Database, copies: list[tuple[list[dict[str, Any]], dict[str, Any]]]) -> None:
    with database.write():
        database.run_many(queries.INSERT_TICKET, [ticket for _, ticket in copies])
        database.run_many(queries.APPEND, [event for events, _ in copies for event in events])
        for office, year in (("", 0), ("ZG", YEAR)):
            database.run("UPDATE counter SET last = :last WHERE office = :office AND year = :year", 1, office=office, year=year,
                         last=copies[-1][1]["id"])
