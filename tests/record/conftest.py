"""Small histories to keep in a record, made by hand: the record must not depend on what the rules decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.record import counters, journal
from engine.record.database import Database
from engine.rules.event import Event
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.ticket import Ticket, evolve
from tests.rows import a_definition, a_unit, slip_in

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of `{}`


def opened(ticket: int, **facts: Any) -> Event:
    """The first event of a ticket, with an alarm as every open one has; facts beside the usual ones and its title go into its data."""
    words = {"title": facts.pop("title", f"办事指南不一致 {ticket}"), "detail": "窗口与网上要求的材料不同"}
    data = {
        "number": f"ZG-2026-{ticket:04d}", "office": "ZG", "workflow": "rectification", "definition": HASH, "source": "visit",
        "words": digest_words(words, "salt"), "effects": {"wake_at": stamp(NOON + timedelta(days=30))}, **facts,
    }
    return Event(ticket, 1, NOON, "office", "supervisor", None, "cli", "opened", None, "found", data, words, "salt")


def did(before: Ticket, to: str, effects: dict[str, Any] | None = None, words: dict[str, str] | None = None) -> Event:
    """The next event of a ticket, an hour after the last."""
    data: dict[str, Any] = {"trigger": "assign", "effects": effects or {}}
    if words:
        data["words"] = digest_words(words, "grain")
    return Event(
        before.id, before.version + 1, NOON + timedelta(hours=before.version), "office", "supervisor", None, "cli", "did",
        before.state, to, data, words, "grain" if words else None,
    )


def deadline(due: datetime, **more: Any) -> dict[str, Any]:
    return {"clock": "rectify", "of": "lead", "epoch": 1, "started_at": stamp(NOON), "due_at": stamp(due), "promise": True, **more}


@dataclass
class Office:
    """A record with a workflow and three units, and hands to write tickets with."""

    db: Database
    tickets: dict[int, tuple[Ticket, bytes]] = field(default_factory=dict)

    def open(self, **facts: Any) -> Ticket:
        with self.db.write():
            number = counters.next_stream(self.db)
            serial = counters.next_serial(self.db, "ZG", 2026)
            assert number == serial
            event = opened(number, **facts)
            after = evolve(None, event)
            self.tickets[number] = after, journal.append(self.db, [event], None, after)
        return after

    def do(
        self, ticket: int, to: str, effects: dict[str, Any] | None = None, words: dict[str, str] | None = None,
        notices: tuple[journal.Notice, ...] = (),
    ) -> Ticket:
        before, head = self.tickets[ticket]
        event = did(before, to, effects, words)
        after = evolve(before, event)
        with self.db.write():
            self.tickets[ticket] = after, journal.append(self.db, [event], before, after, head, notices)
        return after

    def assigned(self, lead: str = "FGW", together: tuple[str, ...] = (), due: datetime = NOON + timedelta(days=5)) -> Ticket:
        ticket = self.open()
        effects = {"lead": lead, "with": list(together), "turn": "lead", "wake_at": stamp(due), "deadlines": {"rectify": deadline(due)}}
        return self.do(ticket.id, "assigned", effects)


def furnish(db: Database) -> None:
    """What a ticket refers to: a workflow and units."""
    slip_in(db, a_definition(HASH, "rectification"), *map(a_unit, ("FGW", "GAJ", "SHUIWJ")))


@pytest.fixture
def office(database: Database) -> Office:
    furnish(database)
    return Office(database)


@pytest.fixture
def tamper(database: Database) -> Callable[..., None]:
    """A hand in the database, past every rule of the program."""

    def change(sql: str, **values: Any) -> None:
        with database.write():
            database.run(sql, **values)

    return change
