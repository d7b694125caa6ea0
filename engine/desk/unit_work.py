"""What a unit does from its first page (我的待办): the acts that each line allows now, and what came together and is answered together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from engine.desk.lists import page
from engine.desk.section_reader import SectionReader
from engine.desk.tickets import Desk
from engine.desk.wanted import Wanted
from engine.errors import NotFound
from engine.rules.access import UNIT_ROLES, Actor
from engine.rules.acts.guards.sign_off import ENDORSES, SENDS_BACK, asks_endorsement
from engine.rules.ticket import Ticket
from engine.views.today import Line, Section
from engine.views.unit_work import RepliesPage, Together

ROW_ACTS = ("accept", "sign-off", "progress", ENDORSES, SENDS_BACK, "submit", "report-back")
"""The acts that a line of a unit's page offers where they may be done, in the order in which they are done."""

REPLIES = ("progress", "submit", "report-back", "accept")
"""What one reply to several tickets may be."""

MOST_TOGETHER = 200
"""Tickets of a unit that are looked at; the others come as these are done."""


def row_acts(desk: Desk, actor: Actor, sections: Iterable[Section]) -> Mapping[int, tuple[str, ...]]:
    """By the id of each ticket of these sections, what a unit's person may do to it now; nothing for anybody else."""
    if actor.role not in UNIT_ROLES:
        return {}
    reading = SectionReader(desk, actor)
    tickets = {line.ticket.id: line.ticket for section in sections for line in section.lines if isinstance(line, Line)}
    return {number: _in_order([name for name in ROW_ACTS if _is_open(reading, ticket, name)]) for number, ticket in tickets.items()}


def _in_order(names: list[str]) -> tuple[str, ...]:
    """A head's two answers stand side by side before the rest."""
    answers = [ENDORSES, SENDS_BACK] if SENDS_BACK in names else []
    return (*answers, *(name for name in names if name not in answers))


def together(desk: Desk, actor: Actor) -> RepliesPage:
    """The open tickets that the actor's unit leads, by what they came with: a letter, or one day's assignment; only where one of
    them can be answered. Raises NotFound for whoever is of no unit.
    """
    if actor.role not in UNIT_ROLES or actor.unit is None:
        raise NotFound(reason="page-not-found")
    reading, zone = SectionReader(desk, actor), ZoneInfo(desk.rules.calendar().zone)
    groups: dict[tuple[str, str], list[Ticket]] = {}
    found = page(desk, actor, Wanted(leads=(actor.unit,), limit=MOST_TOGETHER))
    for ticket in found.tickets:
        groups.setdefault(_came_with(ticket, zone), []).append(ticket)
    every = [
        Together(kind, name, tuple(own), tuple(act for act in REPLIES if any(_is_open(reading, item, act) for item in own)))
        for (kind, name), own in groups.items()
    ]
    return RepliesPage(
        tuple(group for group in every if group.acts), found.cursor is not None, desk.clock.now(), desk.rules.calendar(),
    )


def _came_with(ticket: Ticket, zone: ZoneInfo) -> tuple[str, str]:
    """The kind and the name of what a ticket came with; what was taken over from a ledger may have come on a day that nobody knows."""
    if ticket.batch is not None:
        return "letter", ticket.batch
    return ("day", ticket.assigned_at.astimezone(zone).date().isoformat()) if ticket.assigned_at is not None else ("undated", "")


def _is_open(reading: SectionReader, ticket: Ticket, name: str) -> bool:
    """Whether the act may be done now. Of what concerns the head's signature only where it is asked for."""
    definition, found = reading.definition(ticket), reading.verdict(ticket, name)
    if definition is None or found is None or not found.possible or ticket.state not in found.trigger.sources:
        return False
    return name not in (ENDORSES, SENDS_BACK) or asks_endorsement(definition, ticket)
