"""Queues (待验收, 待审签, 待批 …): a section of today as a page of its own, to be worked through one by one or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.desk.lists import page
from engine.desk.pages import act_form, ticket_page
from engine.desk.tickets import Desk
from engine.desk.today import one_section, today
from engine.desk.wanted import Wanted, portfolio
from engine.errors import NotFound
from engine.rules.access import Actor
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import RED
from engine.views.queue import LeaderPage, OfUnit, QueueAct, QueueItem, QueuePage
from engine.views.today import VERIFY_BY_ANOTHER, Line, Section, act_of

MOST_IN_QUEUE = 200
"""Tickets of a queue that are named; the others come as these are done."""

MOST_RED = 100
"""Red tickets that are put before a leader."""

BESIDE = {"consent": "instruct"}
"""What is said beside a first answer: a leader gives an instruction."""

URGING = frozenset({"overdue", "due-this-week"})
"""The queues that wait for units to be reminded."""


def queue(desk: Desk, actor: Actor, name: str) -> QueuePage:
    """The tickets that wait for the same. Raises NotFound for what does not wait for this actor, NotPermitted."""
    section, lines = _section(desk, actor, name)
    acts = {act: QueueAct(act, line.ticket) for line in reversed(lines) for act in reversed(acts_of(line))}
    urgings = tuple(_by_unit(line.ticket for line in lines if line.ticket.lead is not None)) if name in URGING else ()
    return QueuePage(
        name, tuple(lines), section.total, section.more, desk.clock.now(), desk.rules.calendar(), tuple(reversed(acts.values())), urgings,
    )


def queue_item(desk: Desk, actor: Actor, name: str, number: str) -> QueueItem | None:
    """One of them with all that is needed to decide it; None where it does not wait any more. Raises TicketNotFound, NotFound."""
    ticket = desk.ticket(actor, number)
    section, lines = _section(desk, actor, name)
    numbers = [line.ticket.number for line in lines]
    if ticket.number not in numbers:
        return None
    at = numbers.index(ticket.number)
    forms = tuple(act_form(desk, actor, ticket.number, act) for act in acts_of(lines[at]))
    barred = act_form(desk, actor, ticket.number, "verify") if lines[at].trigger == VERIFY_BY_ANOTHER else None
    return QueueItem(
        name, lines[at], ticket_page(desk, actor, ticket.number), forms, at + 1, section.total,
        numbers[at - 1] if at else None, next(iter(numbers[at + 1:]), None), barred,
    )


def before_leader(desk: Desk, actor: Actor) -> LeaderPage:
    """What waits for a leader's word, and where it burns. Raises NotPossible for anybody but a leader."""
    own = bool(portfolio(desk, actor))
    found = page(desk, actor, Wanted(lights=(RED,), portfolio=own, limit=MOST_RED))
    return LeaderPage(
        tuple(section for section in today(desk, actor) if section.total),
        tuple(_by_unit(found.tickets)), found.cursor is not None, own, desk.clock.now(), desk.rules.calendar(),
    )


def acts_of(line: Line) -> tuple[str, ...]:
    """The acts that a line waits for, the likeliest first."""
    named = [act_of(line.trigger), act_of(line.otherwise), BESIDE.get(act_of(line.trigger) or "")]
    return tuple(dict.fromkeys(name for name in named if name is not None))


def _section(desk: Desk, actor: Actor, name: str) -> tuple[Section, list[Line]]:
    section = one_section(desk, actor, name, MOST_IN_QUEUE)
    lines = [line for line in section.lines if isinstance(line, Line)] if section is not None else []
    if section is None or len(lines) != len(section.lines):
        raise NotFound(reason="page-not-found")
    return section, lines


def _by_unit(tickets: Iterable[Ticket]) -> Iterator[OfUnit]:
    """The tickets of each unit, the units in the order of their first."""
    found: dict[str | None, list[Ticket]] = {}
    for ticket in tickets:
        found.setdefault(ticket.lead, []).append(ticket)
    for unit, own in found.items():
        yield OfUnit(unit, tuple(own))
