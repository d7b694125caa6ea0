"""What the watch wrote: a rung that fired (`escalated`), a ticket that was set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.errors import Reason
from engine.rules.acts.command import Refusal
from engine.rules.definition import ANY_GRADE, Definition
from engine.rules.event import Event
from engine.rules.judging.again import same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import by_watch
from engine.rules.proof.chain import moment
from engine.rules.recipients import Directory
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing.climb import WATCHER, fired, has_come, set_aside
from engine.rules.timing.clocks import clock_of, ladder_of


def rung(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Judgement:
    """What stands against a rung of the ladder that fired."""
    deadline = ticket.deadlines.get(event.data["clock"])
    if deadline is None or not has_come(deadline, event.at):
        return judgement([by_watch(event), Reason("judged-rung", {"clock": event.data["clock"]})])
    unknown = [name for name in event.data["recipients"] if known.tells_people and known.post(name) is None]
    reasons = [by_watch(event), *(Reason("judged-account", {"actor": name}) for name in unknown)]
    return both(judgement(reasons), same_as_any(event, _made(event, ticket, definition, known), known))


def _made(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Iterator[Event | Refusal]:
    """The events that the rung may have had: at the moment it was written, or where it came before an act on paper, at its own; with
    whom it told taken from the event, since people are looked up before the sweep and may have changed since.
    """
    deadline, data = ticket.deadlines[event.data["clock"]], event.data
    for calendar in known.calendars(event.at):
        for relation in _relations(event, ticket, definition, known):
            for now in dict.fromkeys((event.at, moment(data["scheduled_for"]))):
                at = Situation(definition, ticket, WATCHER, now, calendar.of(ticket.lead))
                made = fired(at, deadline, Directory(relations={ticket.lead or "": relation}))
                yield made._replace(at=event.at, data={**dict(made.data.items()), "recipients": data["recipients"]})


def _relations(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Iterable[str]:
    """The relation of the lead to the city, which chooses the letter; where the record does not tell it, each that a rung knows."""
    if known.tells_units:
        return (known.relation(ticket.lead) or ANY_GRADE,)
    ladder = ladder_of(definition, clock_of(definition, ticket.deadlines[event.data["clock"]]))
    return dict.fromkeys((ANY_GRADE, *(relation for item in ladder.rungs for relation in item.letter)))


def aside(event: Event, ticket: Ticket, known: Known) -> Judgement:
    """What stands against setting a ticket aside whose rules failed."""
    data = event.data
    made = set_aside(ticket, event.at, data["code"], data["tries"])
    return both(judgement([by_watch(event)]), same_as_any(event, [made], known))
