"""An event of a batch: received with a letter, closed. No command erases its words, so nobody has erased them lawfully."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.errors import Reason
from engine.rules.acts.batch import Letter, close, receive
from engine.rules.acts.decide import Refusal
from engine.rules.batch import BEGINNINGS, CLOSED, Batch
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.worktime import parse_amount

UNASSIGNED = "unassigned"
"""What is not asked of a batch that was closed: whether anything of it waited to be assigned, which other streams tell."""


def batch_event(event: Event, before: Batch | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what an event of a batch says, whoever wrote it. `before` is the batch as it was, None before its first event."""
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    if before is None:
        return both(judgement([given_as_typed(event)]), same_as_any(event, _received(event, known), known))
    if event.kind == CLOSED:
        return both(same_as_any(event, [close(before, 0, actor_of(event), event.at)], known), Judgement((), (UNASSIGNED,)))
    return judgement([Reason("judged-kind", {"kind": event.kind})])


def _received(event: Event, known: Known) -> Iterator[Event | Refusal]:
    """The event by which the rules receive such a letter, by each calendar that may have been in force then."""
    data = event.data
    letter = Letter(WORD, data["letter"], date.fromisoformat(data["dated"]), WORD, parse_amount(data["assign_limit"]))
    for calendar in known.calendars(event.at):
        yield receive(
            letter, actor_of(event), event.at, calendar, stream=event.ticket, number=data["number"], office=data["office"], salt=WORD,
        )
