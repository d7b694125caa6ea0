"""An event of a batch: received with a letter, closed, rung; words of it erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.errors import Reason
from engine.rules.acts.batch import Letter, close, receive, ring
from engine.rules.acts.command import Refusal
from engine.rules.batch import ASKED, BEGINNINGS, CLOSED, ERASED, RANG, Batch
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of, by_watch
from engine.rules.judging.rest import erasure
from engine.rules.recipients import Directory
from engine.rules.ticket_facts import Evidence
from engine.rules.worktime import parse_amount


def batch_event(event: Event, before: Batch | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what an event of a batch says, whoever wrote it. `before` is the batch as it was, None before its first event;
    `history` are the events before this one.
    """
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    if before is None:
        return both(judgement([given_as_typed(event)]), same_as_any(event, _received(event, known), known))
    if event.kind == CLOSED:
        return same_as_any(event, [close(before, known.unassigned(before.number), actor_of(event), event.at)], known)
    if event.kind == RANG:
        unknown = [name for name in event.data["recipients"] if known.tells_people and known.post(name) is None]
        by = judgement([by_watch(event), *(Reason("judged-account", {"actor": name}) for name in unknown)])
        if before.wake_at is None or event.at < before.wake_at:
            return both(by, judgement([Reason("judged-rung", {"clock": event.data["clock"]})]))
        return both(by, same_as_any(event, _rung(event, before, known), known))
    if event.kind in (ASKED, ERASED):
        return erasure(event, before, history, known)
    return judgement([Reason("judged-kind", {"kind": event.kind})])


def _received(event: Event, known: Known) -> Iterator[Event | Refusal]:
    """The event by which the rules receive such a letter, by each calendar that may have been in force then."""
    data = event.data
    evidence = tuple(Evidence.from_json(node) for node in data.get("evidence", ()))
    letter = Letter(WORD, data["letter"], date.fromisoformat(data["dated"]), WORD, parse_amount(data["assign_limit"]), evidence)
    for calendar in known.calendars(event.at):
        yield receive(
            letter, actor_of(event), event.at, calendar, stream=event.ticket, number=data["number"], office=data["office"], salt=WORD,
        )


def _rung(event: Event, batch: Batch, known: Known) -> Iterator[Event]:
    """The event by which the limit rings, with whom it told taken from the event: people are looked up when it rings."""
    for calendar in known.calendars(event.at):
        made = ring(batch, event.at, calendar, Directory())
        yield made._replace(data={**dict(made.data.items()), "recipients": event.data["recipients"]})
