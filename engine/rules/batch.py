"""A batch (来文批次): what came with one letter, to be assigned within one limit. A frozen value, the fold of its events."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from engine.rules.event import Event, folded
from engine.rules.proof.chain import moment
from engine.rules.ticket import ERASED_TITLE
from engine.rules.ticket_field import Declaration, follows, opened
from engine.rules.ticket_number import number_parts

RECEIVED, CLOSED, RANG, ASKED, ERASED = "batch-received", "batch-closed", "escalated", "erasure-asked", "erased"
"""The kinds of event of a batch."""

BEGINNINGS = (RECEIVED,)
"""The kind of event that a batch begins with."""

SERIES = "B"
"""What the numbers of batches begin with: `B-2020-0001`. They are counted by themselves, each year anew."""


class Batch(NamedTuple):
    """What came with one letter. Its fields are the columns of table `batch`, in this order.

    `letter` is the sender's number of it (来文号), `dated` the day it bears. `assign_limit` is the amount of time in which its tickets are
    to be assigned, `assign_due_at` when that is over; `rung` and `repeated` say how far that has rung, `wake_at` when it rings next (None:
    the batch is closed). `title` and `sender` are words and may be erased. A batch that is closed takes no
    more tickets.
    """

    id: int = opened(lambda event: event.ticket)
    number: str = opened(lambda event: event.data["number"])
    year: int = opened(lambda event: number_parts(event.data["number"])[0])
    serial: int = opened(lambda event: number_parts(event.data["number"])[1])
    office: str = opened(lambda event: event.data["office"])
    version: int = follows(0)
    title: str = opened(lambda event: (event.words or {}).get("title", ERASED_TITLE))
    letter: str = opened(lambda event: event.data["letter"])
    sender: str | None = opened(lambda event: (event.words or {}).get("sender"))
    dated: date = opened(lambda event: date.fromisoformat(event.data["dated"]))
    assign_limit: str = opened(lambda event: event.data["assign_limit"])
    assign_due_at: datetime = opened(lambda event: moment(event.data["assign_due_at"]))
    rung: int = follows(0)
    repeated: int = follows(0)
    wake_at: datetime | None = opened(lambda event: moment(event.data["assign_due_at"]))
    received_at: datetime = opened(lambda event: event.at)
    received_by: str = opened(lambda event: event.actor)
    changed_at: datetime = opened(lambda event: event.at)
    closed_at: datetime | None = follows(None)
    closed_by: str | None = follows(None)


BATCH = Declaration(Batch)
"""What follows from the declaration of the fields: the batch of a row, the columns of a batch."""


def is_batch_number(number: str | None) -> bool:
    """Whether a number is that of a batch that came with a letter, and not that of the ticket with which several for one problem begin."""
    return number is not None and number.startswith(f"{SERIES}-")


def is_late(batch: Batch, now: datetime) -> bool:
    """Whether the office is late: the limit for assigning is over, and the batch is not closed."""
    return batch.closed_at is None and batch.assign_due_at <= now


def evolve(batch: Batch | None, event: Event) -> Batch:
    """The batch after the event. Pure; raises ValueError for an event that cannot follow."""
    if batch is None:
        if event.kind not in BEGINNINGS or event.seq != 1:
            raise ValueError(f"a batch cannot begin with event {event.seq} ({event.kind})")
        return BATCH.born(event)
    if event.seq != batch.version + 1:
        raise ValueError(f"event {event.seq} cannot follow event {batch.version} of {batch.number}")
    after = batch._replace(version=event.seq, changed_at=event.at)
    if event.kind in (ASKED, ERASED):
        return after
    if event.kind not in (CLOSED, RANG) or batch.closed_at is not None:
        raise ValueError(f"nothing of a batch: event {event.seq} ({event.kind}) of {batch.number}")
    if event.kind == CLOSED:
        return after._replace(closed_at=event.at, closed_by=event.actor, wake_at=None)
    effects = event.data["effects"]
    return after._replace(rung=effects["rung"], repeated=effects["repeated"], wake_at=moment(effects["wake_at"]))


def fold(events: Iterable[Event]) -> Batch:
    """The batch that the events tell. Raises ValueError where there are none."""
    return folded(evolve, events)
