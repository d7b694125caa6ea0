"""What follows from the administration: a ticket handed over, its dates counted anew, its workflow another version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.errors import Reason
from engine.rules.access import may_administer
from engine.rules.acts.handover import Succession, to_account, to_unit
from engine.rules.acts.migration import migrate
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.act import situations
from engine.rules.judging.again import same_as_any
from engine.rules.judging.judgement import DEFINITION, Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of, administrator_of, may
from engine.rules.ticket import Ticket
from engine.rules.timing.reproject import reproject
from engine.rules.worktime import Calendar


def handed_over(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Judgement:
    """What stands against a hand-over: it rests on an entry that says who takes whose place. Whoever opens a ticket again hands it over to
    the successors of its units, so that the entry says whether it is lawful, and not who writes it.
    """
    data = event.data
    of_unit = "unit" in data
    old, new = data["unit" if of_unit else "account"]
    entry = known.entry(data["entry"])
    decided = {"what": "unit.merged", "unit": old, "into": new} if of_unit else {"what": "account.handed-over", "account": old, "to": new}
    rests = entry is not None and all(entry.get(name) == value for name, value in decided.items())
    succession, actor = Succession(old, new, data["entry"]), actor_of(event)
    made = to_unit(ticket, succession, actor, event.at, definition.hidden_states) if of_unit else (
        to_account(ticket, succession, actor, event.at)
    )
    reasons = [None if rests else Reason("judged-cause", {"kind": event.kind}), _nothing_made(event, made)]
    return both(judgement(reasons), same_as_any(event, [made] if made is not None else (), known))


def rescheduled(event: Event, ticket: Ticket, definition: Definition, known: Known) -> Judgement:
    """What stands against counting the dates of a ticket anew: the calendar is that in force, and the dates are those it leads to."""
    old, new = event.data["cause"]["calendar"]
    in_force = any(calendar.version == new for calendar in known.calendars(event.at))
    reasons = [
        may(may_administer(administrator_of(event, known)), event), None if in_force else Reason("judged-cause", {"kind": event.kind}),
    ]
    if not in_force:
        return judgement(reasons)
    made = list(_counted(event, ticket, definition, known, old, new))
    return both(judgement([*reasons, _nothing_made(event, made[0] if made else None)]), same_as_any(event, made, known))


def _counted(event: Event, ticket: Ticket, definition: Definition, known: Known, old: str, new: str) -> Iterator[Event]:
    """The events by which the calendar counts the ticket anew: as nobody accepted earlier dates, and as somebody did."""
    def version(name: str | None) -> Calendar:
        found = known.calendar(name or old)
        if found is None:
            raise LookupError(name)
        return found

    for at in situations(event, ticket, definition, known):
        if at.calendar.version == new:
            for accepted in (False, True):
                found = reproject(at, version, accept_earlier=accepted).event
                if found is not None:
                    yield found


def migrated(event: Event, ticket: Ticket, history: Sequence[Event], definition: Definition, known: Known) -> Judgement:
    """What stands against going over to another version: it is one of the same workflow, and had been loaded."""
    old, new = event.data["definition"]
    to = known.definition(new)
    if to is None:
        return Judgement((), (DEFINITION,))
    refuse_unknown_rules(to)
    kept = old == definition.hash and to.name == definition.name and known.kept(new)
    reasons = [
        may(may_administer(administrator_of(event, known)), event), None if kept else Reason("judged-definition", {"workflow": to.name}),
    ]
    made = (migrate(at, to, event.data["map"], history) for at in situations(event, ticket, definition, known))
    return both(judgement(reasons), same_as_any(event, made, known))


def _nothing_made(event: Event, made: Event | None) -> Reason | None:
    """Why not, of an event that changes nothing by the rules."""
    return None if made is not None else Reason("judged-cause", {"kind": event.kind})
