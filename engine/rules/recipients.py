"""Whom a rung of a ladder notifies. People are looked up when the rung fires; the event keeps who was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.rules.ticket import Ticket


@dataclass(frozen=True)
class Directory:
    """The people and units as they are now: account names by unit and role, the relation of each unit to the city.

    `portfolios` are the leaders who answer for a unit, `deputies` whoever stands in for an account now.
    """

    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    office: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    portfolios: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deputies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def recipients(tell: tuple[str, ...], ticket: Ticket, directory: Directory, part: str | None = None) -> tuple[str, ...]:
    """Account names, each once, in the order of `tell`, stand-ins beside whom they stand in for. The office replaces who is missing.

    `part` is the cooperator whose own part the clock measures; None for every other clock.
    """
    found: dict[str, None] = {}
    for who in tell:
        people = _people(who, ticket, directory, part) or directory.office
        for name in people:
            found |= dict.fromkeys((name, *directory.deputies.get(name, ())))
    return tuple(found)


def _people(who: str, ticket: Ticket, directory: Directory, part: str | None) -> tuple[str, ...]:
    if who == "lead":
        return directory.contacts.get(ticket.lead or "", ())
    if who == "head":
        return directory.heads.get(ticket.lead or "", ())
    if who == "part":
        return directory.contacts.get(part or "", ())
    if who == "cooperator":
        return tuple(name for unit in ticket.cooperators for name in directory.contacts.get(unit, ()))
    if who == "leader":
        return (ticket.leader,) if ticket.leader else directory.portfolios.get(ticket.lead or "", directory.leaders)
    return directory.office
