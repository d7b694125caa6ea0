"""How each kind of thing is kept: the row that follows from the events of its stream, and what else does. One entry a kind of thing.

The journal appends to every stream by the same lines; what differs between a ticket and a batch stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from engine.record import queries
from engine.record.damage import must_be_moment
from engine.record.database import Database, Row
from engine.rules import batch, ticket
from engine.rules.batch import BATCH, Batch
from engine.rules.deadline import RUNS
from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.loop import feedback, visit
from engine.rules.loop import round as rounds
from engine.rules.loop.feedback import FEEDBACK, Feedback
from engine.rules.loop.round import ROUND, Round
from engine.rules.loop.visit import VISIT, Visit
from engine.rules.ticket import TICKET, Folding, Ticket
from engine.rules.ticket_field import Declaration
from engine.rules.ticket_number import SERIAL_DIGITS


class Thing(Protocol):
    """What a stream is about: a ticket, a batch, a round."""

    @property
    def id(self) -> int: ...

    @property
    def number(self) -> str: ...

    @property
    def office(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def title(self) -> str: ...


Made = TypeVar("Made", bound="tuple[Any, ...]")

Follow = Callable[[Database, Sequence[tuple[Any, Any]]], None]
"""Writes what follows from some things beside their rows, given each before and after its new events."""


NOTHING: Mapping[str, Json] = MappingProxyType({})
"""No column of which the JSON is known before it is made."""


@dataclass(frozen=True, slots=True)
class Aggregate(Generic[Made]):
    """A kind of thing: the table of its rows, its fields, its fold, and the statements that read and write a row: `seen` one by its
    number, `locked` the same to write it, `by_ids` some of them; `insert` one that begins, `store` one that goes on.

    `series` is what its numbers begin with, with so many `digits` of the serial at least; None of tickets, whose numbers begin with their
    office. `beside` writes what follows from it in other tables; None where nothing does.
    """

    table: str
    declared: Declaration[Made]
    fold: Callable[[Iterable[Event]], Made]
    evolve: Callable[[Made | None, Event], Made]
    seen: str
    locked: str
    by_ids: str
    insert: str
    store: str
    series: str | None = None
    digits: int = SERIAL_DIGITS
    beside: Follow | None = None
    _stores: dict[tuple[str, ...], str] = field(default_factory=dict)
    _moments: Callable[[Made], tuple[Any, ...]] = field(init=False)

    def __post_init__(self) -> None:
        moments = (index for index, name in enumerate(self.declared.names) if name.endswith(("_at", "_since")))
        object.__setattr__(self, "_moments", itemgetter(*moments))

    def values(self, thing: Made, head: bytes, written: Mapping[str, Json] = NOTHING) -> dict[str, Any]:
        """The columns of its row; of the fields in `written` the JSON is known already."""
        columns = dict(zip(self.declared.names, self.declared.columns(thing, written), strict=True))
        columns["head"] = head
        return columns

    def read(self, row: Row) -> Made:
        """The thing of a row of all its columns; the last, the head, is left aside. Raises ValueError where a moment is none."""
        return self._sound(self.declared.read(row[:-1]))

    def read_to_show(self, row: Row) -> Made:
        """The same thing, for a list that is shown again and again."""
        return self._sound(self.declared.read_to_show(row[:-1]))

    def read_to_write(self, row: Row) -> Made:
        """The same thing, for whoever will write it."""
        return self._sound(self.declared.read_to_write(row[:-1]))

    def _sound(self, thing: Made) -> Made:
        for value in self._moments(thing):
            if value is not None and type(value) is not datetime:  # a ticket has a dozen: a call for each would cost more than all the rest
                must_be_moment(value)
        return thing

    def change(self, before: Made, after: Made, head: bytes) -> tuple[str, dict[str, Any]]:
        """The update of the columns that changed, which fails unless the row has the version that was read.

        A column that is written although it did not change costs each of its indexes.
        """
        earlier = cast(Thing, before)
        triples = zip(self.declared.names, after, before, strict=True)
        changed = {name: self.declared.column(name, value) for name, value, old in triples if value is not old and value != old}
        return self.store_statement(tuple(changed)), {**changed, "id": earlier.id, "read_version": earlier.version, "head": head}

    def store_statement(self, changed: tuple[str, ...]) -> str:
        """The update of some columns and the head."""
        statement = self._stores.get(changed)
        if statement is None:
            changes = ", ".join(f"{name} = :{name}" for name in (*changed, "head"))
            statement = self._stores[changed] = self.store.replace("{changes}", changes)
        return statement


# -- what follows from a ticket beside its row ---------------------------------------------------------------------------------


class Share(NamedTuple):
    """A row of the table `cooperator`: a unit, the date of its part while that runs, and what it repeats of its ticket."""

    unit: str
    due_at: datetime | None
    promised_at: datetime | None
    final: bool


def shares(ticket: Ticket) -> list[Share]:
    """The rows of the table `cooperator` for one ticket: each unit that cooperates once, by code."""
    if not ticket.cooperators:
        return []
    dates = {item.unit: item.due_at for item in ticket.deadlines.values() if item.unit and item.state == RUNS}
    return [Share(unit, dates.get(unit), ticket.promised_at, ticket.final) for unit in sorted(set(ticket.cooperators))]


def row_of_fold(folding: Folding, head: bytes) -> Row:
    """The columns of a ticket's row, taken from the fold of all its events without making the ticket first.

    Columns of JSON hold what the events wrote. An event may spell out a default that the stored row leaves out, so a row that differs
    from this one is not yet damaged: compare it with `TICKETS.values`, which spells every value as the row does.
    """
    return (*TICKET.columns(TICKET.in_order(folding.fields()), folding.written()), head)


def _store_cooperators(db: Database, pairs: Sequence[tuple[Ticket | None, Ticket]]) -> None:
    dropped: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for before, after in pairs:
        if not after.cooperators and not (before and before.cooperators):
            continue
        index = shares(after)
        if before is None or shares(before) != index:
            dropped += [{"ticket": after.id}] if before is not None else []
            added += [{"ticket": after.id, **share._asdict()} for share in index]
    db.run_many(queries.DROP_COOPERATORS, dropped)
    db.run_many(queries.ADD_COOPERATOR, added)


# -- the kinds of things -------------------------------------------------------------------------------------------------------


TICKETS = Aggregate(
    "ticket", TICKET, ticket.fold, ticket.evolve, queries.TICKET_NUMBERED_SEEN, queries.TICKET_NUMBERED, queries.TICKETS,
    queries.INSERT_TICKET, queries.STORE_TICKET, beside=_store_cooperators,
)
BATCHES = Aggregate(
    "batch", BATCH, batch.fold, batch.evolve, queries.BATCH_NUMBERED_SEEN, queries.BATCH_NUMBERED, queries.BATCHES_NAMED,
    queries.INSERT_BATCH, queries.STORE_BATCH, batch.SERIES,
)

ROUNDS = Aggregate(
    "round", ROUND, rounds.fold, rounds.evolve, queries.ROUND_NUMBERED_SEEN, queries.ROUND_NUMBERED, queries.ROUNDS_NAMED,
    queries.INSERT_ROUND, queries.STORE_ROUND, rounds.SERIES, rounds.DIGITS,
)

VISITS = Aggregate(
    "visit", VISIT, visit.fold, visit.evolve, queries.VISIT_NUMBERED_SEEN, queries.VISIT_NUMBERED, queries.VISITS_NAMED,
    queries.INSERT_VISIT, queries.STORE_VISIT, visit.SERIES,
)

FEEDBACKS = Aggregate(
    "feedback", FEEDBACK, feedback.fold, feedback.evolve, queries.FEEDBACK_NUMBERED_SEEN, queries.FEEDBACK_NUMBERED,
    queries.FEEDBACK_NAMED, queries.INSERT_FEEDBACK, queries.STORE_FEEDBACK, feedback.SERIES,
)

KEPT: dict[type, Aggregate[Any]] = {Ticket: TICKETS, Batch: BATCHES, Round: ROUNDS, Visit: VISITS, Feedback: FEEDBACKS}
"""How the things of each kind are kept."""
