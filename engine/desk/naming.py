"""What still names an account or a unit that ended, so that a person can see to it. Nothing of it is changed by the ending itself."""

from __future__ import annotations

from typing import NamedTuple

from engine.desk.plan import read_plan
from engine.desk.tickets import Desk
from engine.errors import NotPossible
from engine.record import people, queries
from engine.record.aggregates import TICKETS
from engine.rules.access import CONTACT, Actor, may_administer, must
from engine.rules.ticket import Ticket

SHOWN = 5
"""How many of several things are named where people read them; programs get all."""


class NamingAccount(NamedTuple):
    """What names an account: open tickets that wait for it as their leader, as their officer or as who asked for more time; the units
    that it answers for; the accounts that it stands in for; its unit, where that has no contact any more.
    """

    tickets: tuple[str, ...] = ()
    portfolio: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    unit: str | None = None


def naming_account(desk: Desk, actor: Actor, name: str) -> NamingAccount:
    """What still names this account. Raises NotPermitted: it tells tickets of every unit."""
    must(may_administer, actor)
    database, now = desk.database, desk.clock.now()
    waiting = [TICKETS.read(row) for row in database.rows(queries.NAMING_ACCOUNT, account=name)]
    accounts = {account.name: account for account in people.read_accounts(database)}
    own = accounts[name]
    alone = own.unit is not None and not database.rows(queries.CONTACTS_OF_UNIT, unit=own.unit, role=CONTACT, now=now)
    return NamingAccount(
        tuple(ticket.number for ticket in waiting if _names(ticket, name)), own.portfolio,
        tuple(item.account for account in accounts.values() for item in account.stand_ins if item.deputy == name and now < item.valid_to),
        own.unit if alone else None,
    )


def _names(ticket: Ticket, name: str) -> bool:
    return name in (ticket.leader, ticket.officer) or (ticket.request is not None and ticket.request.by == name)


def measures_naming(desk: Desk, actor: Actor, unit: str) -> tuple[str, ...]:
    """The measures of the plan that name this unit, by their numbers. Raises NotPermitted."""
    try:
        plan = read_plan(desk, actor)
    except NotPossible:  # a record without a plan
        return ()
    return tuple(measure.no for measure in plan.measures if unit in measure.named)
