"""What every door reads from the record for its lists: pages of tickets, units, workflows, the plan. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import NotPossible
from engine.record import queries
from engine.record.damage import as_written
from engine.record.database import Database
from engine.record.settings import PLAN_SETTING
from engine.rules.access import LEADER, Actor, sees_everything
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from datetime import datetime

    from engine.record.cache import RuleCache
    from engine.record.listing import Wanted
    from engine.record.people import KnownAccount
    from engine.record.unit_list import KnownUnit
    from engine.rules.plan import Plan


def read_units(database: Database, *, ended: bool = False) -> Sequence[KnownUnit]:
    """Every unit and group in force by code, or those that ended."""
    from engine.record import unit_list as units

    return units.read_units(database, ended=ended)


def unit_spans(database: Database, code: str) -> list[tuple[str, str, Any, Any]]:
    """What a unit is and was called: (name, official or alias, from, to), in the order it got the names."""
    return [(name, kind, since, until) for unit, name, kind, since, until in database.rows(queries.UNIT_NAMES) if unit == code]


def accounts_of(database: Database, code: str, now: datetime) -> list[str]:
    """The active accounts of a unit."""
    return [str(row[0]) for row in database.rows(queries.ACCOUNTS, now=now) if row[3] == code]


@as_written
def read_plan(database: Database) -> Plan:
    """The plan of the seed. Raises NotPossible where the database was made without one."""
    from engine.rules.plan import Plan

    row = database.row(queries.SETTING, name=PLAN_SETTING)
    if row is None:
        raise NotPossible(reason="no-plan")
    return Plan.from_json(row[0])


def open_by_measure(database: Database) -> Mapping[str, int]:
    """How many open tickets each measure has."""
    return {row[0]: int(row[1]) for row in database.rows(queries.OPEN_BY_MEASURE)}


@as_written
def page(database: Database, wanted: Wanted) -> list[tuple[Ticket, tuple[Any, int]]]:
    """One page of tickets, each with its place in the order."""
    from engine.record import listing
    from engine.record.journal import ticket_of, timed

    statement, values = listing.listing(wanted)
    return [(timed(ticket_of(row)), listing.position(wanted, row)) for row in database.rows(statement, **values)]


def count_by_light(database: Database, wanted: Wanted) -> Mapping[str, int]:
    """How many tickets of this list have each light."""
    from engine.record import listing

    statement, values = listing.counting(wanted)
    return {row[0]: int(row[1]) for row in database.rows(statement, **values)}


def visible(database: Database, rules: RuleCache, actor: Actor) -> dict[str, Any]:
    """The filters that keep a unit to its own tickets, without those that were not assigned yet."""
    if sees_everything(actor):
        return {}
    hidden = {state for name in workflow_names(database) for state in rules.current(name).hidden_states()}
    return {"unit": actor.unit, **({"hidden": sorted(hidden)} if hidden else {})}


def workflow_names(database: Database) -> list[str]:
    """The workflows that new tickets can have."""
    return [str(row[0]) for row in database.rows(queries.CURRENT_DEFINITIONS)]


def account_names(database: Database, now: datetime) -> list[tuple[str, str]]:
    """Name and title of every account that may act."""
    return [(str(row[0]), str(row[1])) for row in database.rows(queries.ACCOUNTS, now=now)]


def portfolio_of(database: Database, actor: Actor) -> list[str]:
    """The units the actor answers for, or whoever the actor stands in for. Raises NotPossible for anybody but a leader."""
    name = actor.stands_for or actor.name
    if actor.role != LEADER:
        raise NotPossible(reason="account-no-leader", name=name)
    return [unit for account, unit in database.rows(queries.PORTFOLIOS) if account == name]


def read_accounts(database: Database) -> Sequence[KnownAccount]:
    """Every account by name, also those that are ended."""
    from engine.record import people

    return people.read_accounts(database)


def read_tokens(database: Database, account: str) -> list[tuple[str, str, datetime, datetime | None, datetime | None, datetime | None]]:
    """The tokens of an account without their secrets: id, name, made, expires, revoked, last used."""
    return [(row[0], *row[2:]) for row in database.rows(queries.TOKENS) if row[1] == account]
