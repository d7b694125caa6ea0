"""Acts that a rung proposes (督办, 通报, 约谈) and a person issues (签发) or waives (不予签发). A rung is not an act.

A proposal stands on the ticket until it is answered. It counts from the date of its rung, not from the sweep that found it, so that
a sweep that comes late changes nothing. The office has a clock of its own for the answer; it never colours or raises the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.definition import Clock, Definition, Rung, by_grade
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Proposal
from engine.rules.timing import clocks
from engine.rules.timing.rungs import arm
from engine.rules.worktime import Calendar, due

PROPOSAL = "proposal"
"""The attribute (`runs_with`) with which the office's clock for answering proposals runs."""

DEFAULT_LIMIT = "2 working days"
"""How long the office may leave a proposal unanswered where a workflow has no such clock (DESIGN §5)."""

def propose(at: Situation, deadline: Deadline, rung: Rung, letter: str | None, planned: datetime) -> tuple[Proposal, ...]:
    """The ticket's proposals with the one that this rung opens; `planned` is the rung's date."""
    clock = _clock(at.definition)
    limit = by_grade(clock.amount, at.grade) if clock else None
    due_at = due(planned, clocks.amount_of(limit or DEFAULT_LIMIT), at.calendar.of(None)).at
    proposal = Proposal(
        rung.name, rung.level, deadline.clock, deadline.epoch, planned, at.ticket.version + 1, due_at, letter or None,
    )
    return (*at.ticket.proposals, proposal)


def named(definition: Definition, ticket: Ticket, name: str | None) -> Proposal | None:
    """The open proposal of a rung, by its name or title; without a name the highest one. None where there is none."""
    open_ones = [item for item in ticket.proposals if name is None or name in names(definition, item)]
    return max(open_ones, key=_height, default=None)


def in_height(ticket: Ticket) -> list[Proposal]:
    """The open proposals of a ticket, the highest first."""
    return sorted(ticket.proposals, key=_height, reverse=True)


def after_issue(ticket: Ticket, issued: Proposal) -> tuple[Proposal, ...]:
    """The proposals that stay open when one is issued: those of a higher level. A circular says more than the supervision letter
    before it.
    """
    return tuple(item for item in ticket.proposals if item.level > issued.level)


def follow(at: Situation, left: Sequence[Proposal], told_until: datetime | None = None) -> dict[str, Deadline]:
    """The office's clock after the proposals became `left`: it runs for the oldest of them and ends with the last.

    `told_until`: when a person left these. Whoever answered one letter has looked at the other: what its clock would have rung by then
    is skipped, so that the next alarm lies ahead.
    """
    clock = _clock(at.definition)
    if clock is None:
        return {}
    old = at.ticket.deadlines.get(clock.name)
    if not left:
        return {clock.name: clocks.end(old)} if old is not None and old.state in (RUNS, RESTS) else {}
    since = min(item.at for item in left)
    if old is not None and old.state in (RUNS, RESTS) and old.started_at == since:
        return {}
    begun = clocks.start(at._replace(now=since, entered_at=None), clock, epoch=old.epoch + 1 if old else 1)
    if told_until is not None:
        begun = arm(begun, clocks.ladder_of(at.definition, clock), at.grade, at.calendar, skip_before=told_until)
    return {clock.name: begun}


class Letter(NamedTuple):
    """One letter to be: all that is proposed for one unit, of one kind, on one day. `on` is the office's day, `due_at` the first limit."""

    unit: str | None
    on: date
    kind: str
    level: int
    rung: str
    due_at: datetime
    tickets: tuple[str, ...]

    @property
    def key(self) -> str:
        return letter_key(self.kind, self.unit, self.on)


def letter_key(kind: str, unit: str | None, on: date) -> str:
    """What every event of one letter carries: `supervision-letter/SCJGJ/2020-10-13`."""
    return f"{kind}/{unit or '-'}/{on.isoformat()}"


def key_of(ticket: Ticket, proposal: Proposal, calendar: Calendar) -> str:
    return letter_key(proposal.kind, ticket.lead, calendar.local_day(proposal.at))


def letters(tickets: Iterable[Ticket], calendar: Calendar) -> list[Letter]:
    """The letters to be, by limit: within a ticket its highest level prevails, several tickets of a unit and day are one letter."""
    found: dict[str, Letter] = {}
    for ticket in tickets:
        proposal = max(ticket.proposals, key=_height, default=None)
        if proposal is None:
            continue
        on = calendar.local_day(proposal.at)
        key = letter_key(proposal.kind, ticket.lead, on)
        letter = found.get(key) or Letter(ticket.lead, on, proposal.kind, proposal.level, proposal.rung, proposal.due_at, ())
        found[key] = letter._replace(due_at=min(letter.due_at, proposal.due_at), tickets=(*letter.tickets, ticket.number))
    return sorted(found.values(), key=lambda letter: (letter.due_at, -letter.level, letter.key))


def _clock(definition: Definition) -> Clock | None:
    return next((clock for clock in definition.clocks.values() if clock.runs_with == PROPOSAL), None)


def _height(proposal: Proposal) -> tuple[int, int]:
    return proposal.level, proposal.seq


def names(definition: Definition, proposal: Proposal) -> tuple[str, ...]:
    """The names that people use for a proposal: `circular`, 通报."""
    limit = definition.clocks.get(proposal.clock)
    rungs = definition.ladders[limit.ladder].rungs if limit else ()
    titles = [title for rung in rungs if rung.name == proposal.rung for title in rung.title]
    return (proposal.rung, *titles)
