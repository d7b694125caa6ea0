"""Who is told: whom a rung of a ladder names, and whom an act concerns. People are looked up when it happens; what they find, the
event of a rung keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.rules import duty
from engine.rules.access import LEADER
from engine.rules.acts.duplicates import HAS_DUPLICATE, LINKED, NO_DUPLICATE
from engine.rules.deadline import COOPERATOR
from engine.rules.definition import Definition
from engine.rules.event import Event, for_the_office
from engine.rules.loop.outcome import MEASURED as ONGOING
from engine.rules.loop.outcome import PASSED, RELAPSED
from engine.rules.ticket import Ticket

MEASURED, RECHECKED = "measured", "rechecked"
"""The kinds of event by which a round, and a 回头看, say something of a ticket."""

THIRD = 3
"""The miss of which a leader hears."""


@dataclass(frozen=True)
class Directory:
    """The people and units as they are now: account names by unit and role, the relation of each unit to the city.

    `portfolios` are the leaders who answer for a unit, `deputies` whoever stands in for an account now. Accounts and units that ended
    are in none of them.
    """

    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    office: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    portfolios: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deputies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def recipients(tell: tuple[str, ...], ticket: Ticket, directory: Directory, part: str | None = None) -> tuple[str, ...]:
    """Account names, each once, in the order of `tell`, stand-ins beside whom they stand in for. The office replaces who is missing; no
    cooperator is missing where there is none.

    `part` is the cooperator whose own part the clock measures; None for every other clock. `own-head` is the head of that cooperator,
    or of the lead.
    """
    meant = [who for who in tell if who != COOPERATOR or ticket.cooperators]
    return with_deputies([_people(who, ticket, directory, part) or directory.office for who in meant], directory)


class Told(NamedTuple):
    """Who is told of an act: for each person the seq of the last event that tells it, which tells the rest; and the seq of every event
    that told anybody, in order.
    """

    people: Mapping[str, int]
    events: tuple[int, ...]


def told_of_act(
    definition: Definition, events: Sequence[Event], before: Ticket | None, after: Ticket, look_up: Callable[[], Directory],
    corrected: Collection[str] = (),
) -> Told:
    """Everybody who is told of an act, which made these events of one ticket, each once.

    A rung tells whom it found; a trigger whom its workflow names, and the unit or the leader for whom it was entered from paper; a
    duplicate the lead of the ticket that it repeats; and any act tells the units whose duty it changed. Whoever acted is not told.
    `corrected` are the people who were told of a rung that the act makes void: they are told whoever acted.
    """
    told: dict[str, int] = {}
    telling: dict[int, None] = {}

    def tell(event: Event, names: Collection[str]) -> None:
        if names:
            told.update(dict.fromkeys(names, event.seq))
            telling[event.seq] = None

    for event in events:
        tell(event, [name for name in _told_of_event(definition, event, after, look_up) if name != event.actor])
    concerned = duty.concerned(before, after, definition.hidden_states)
    last = next((event for event in reversed(events) if not for_the_office(event)), events[-1])
    if concerned.having or concerned.released:
        tell(last, [name for name in _people_of(concerned, look_up()) if name != last.actor])
    tell(last, corrected)
    return Told(told, tuple(telling))


def _told_of_event(
    definition: Definition, event: Event, after: Ticket, look_up: Callable[[], Directory],
) -> Sequence[str]:
    if event.kind == "escalated":
        found: Sequence[str] = event.data["recipients"]
        return found
    if event.kind == LINKED:
        if for_the_office(event):
            return ()
        heard = event.data["relation"] in (HAS_DUPLICATE, NO_DUPLICATE) and after.lead and after.state not in definition.hidden_states
        return recipients(("lead",), after, look_up()) if heard else ()
    if event.kind in (MEASURED, RECHECKED):
        meant = _told_of_measurement(event, after, definition)
        return recipients(meant, after, look_up()) if meant else ()
    if event.kind != "did":
        return ()
    tell, late, leader = definition.triggers[event.data["trigger"]].tell, event.data.get("for_unit"), in_the_name_of(definition, event)
    found = recipients(tell, after, look_up()) if tell else ()
    if leader is not None and leader in look_up().leaders:
        found = (*found, *with_deputies([(leader,)], look_up()))
    return found if late is None else (*found, *look_up().contacts.get(late, ()))


def _told_of_measurement(event: Event, after: Ticket, definition: Definition) -> tuple[str, ...]:
    """Who hears what a round measured: the lead that it is enough now, or that it went up or down; the leader of a relapse, and of a third
    miss. What goes on as it was is told to nobody, and what was found anew is told by 交办.
    """
    said, misses = event.data.get("measurement"), (event.data.get("effects") or {}).get("misses")
    if said is None:
        return ()
    moved = said["action"] == PASSED or (said["action"] == ONGOING and said.get("trend") in ("better", "worse"))
    lead = moved and after.state not in definition.hidden_states
    leader = said["action"] == RELAPSED or misses == THIRD
    return (*(("lead",) if lead else ()), *(("leader",) if leader else ()))


def in_the_name_of(definition: Definition, event: Event) -> str | None:
    """The leader whose word the office wrote down (领导批示、审定): an account, or the name of a leader who has none."""
    if event.kind != "did" or event.role == LEADER:
        return None
    given = event.data["input"]
    named = (given[item.name] for item in definition.triggers[event.data["trigger"]].input if item.kind == "leader" and item.name in given)
    return next(named, None)


def _people_of(concerned: duty.Concerned, directory: Directory) -> tuple[str, ...]:
    """The contacts of the units whose duty changed. The office replaces those of a unit that has a duty and nobody to hear of it;
    nobody replaces those of a unit that has none any more.
    """
    released = with_deputies([directory.contacts.get(unit, ()) for unit in concerned.released], directory)
    return tuple(dict.fromkeys((*answering(concerned.having, directory), *released)))


def answering(units: Iterable[str], directory: Directory) -> tuple[str, ...]:
    """Who hears of what these units have to do, each once: their contacts with their stand-ins, the office for a unit that has nobody."""
    return with_deputies([directory.contacts.get(unit) or directory.office for unit in units], directory)


def with_deputies(people: Sequence[tuple[str, ...]], directory: Directory) -> tuple[str, ...]:
    """Account names, each once, with whoever stands in for them beside them."""
    found: dict[str, None] = {}
    for name in (name for names in people for name in names):
        found |= dict.fromkeys((name, *directory.deputies.get(name, ())))
    return tuple(found)


def _people(who: str, ticket: Ticket, directory: Directory, part: str | None) -> tuple[str, ...]:
    if who == "lead":
        return directory.contacts.get(ticket.lead or "", ())
    if who == "head":
        return directory.heads.get(ticket.lead or "", ())
    if who == "own-head":
        return directory.heads.get(part or ticket.lead or "", ())
    if who == "part":
        return directory.contacts.get(part or "", ())
    if who == "cooperator":
        return tuple(name for unit in ticket.cooperators for name in directory.contacts.get(unit, ()))
    if who == "leader":
        return _leaders(ticket, directory)
    return directory.office


def _leaders(ticket: Ticket, directory: Directory) -> tuple[str, ...]:
    """The ticket's own leader; where it has none, or one whose account ended, those who answer for the lead, or else all."""
    if ticket.leader is not None and ticket.leader in directory.leaders:
        return (ticket.leader,)
    return directory.portfolios.get(ticket.lead or "", directory.leaders)
