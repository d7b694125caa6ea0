"""What every door reads from the record for its lists: pages of tickets, units, workflows, the plan. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.errors import NotPossible
from engine.record import queries
from engine.record.database import Database
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.record.listing import Wanted
    from engine.rules.plan import Plan


def read_units(database: Database) -> Sequence[Any]:
    """Every unit and group in force, in the order of the document that named them."""
    from engine.record import units

    return list(units.read_units(database))


def read_plan(database: Database) -> Plan:
    """The plan of the seed. Raises NotPossible where the database was made without one."""
    from engine.registry import PLAN_SETTING
    from engine.rules.plan import Plan

    row = database.row(queries.SETTING, name=PLAN_SETTING)
    if row is None:
        raise NotPossible(reason="no-plan")
    return Plan.from_json(row[0])


def open_by_measure(database: Database) -> Mapping[str, int]:
    """How many open tickets each measure has."""
    return {row[0]: int(row[1]) for row in database.rows(queries.OPEN_BY_MEASURE)}


def page(database: Database, wanted: Wanted) -> list[tuple[Ticket, tuple[Any, int]]]:
    """One page of tickets, each with its place in the order."""
    from engine.record import listing
    from engine.record.journal import ticket_of

    statement, values = listing.listing(wanted)
    return [(ticket_of(row), listing.position(wanted, row)) for row in database.rows(statement, **values)]


def count_by_light(database: Database, wanted: Wanted) -> Mapping[str, int]:
    """How many tickets of this list have each light."""
    from engine.record import listing

    statement, values = listing.counting(wanted)
    return {row[0]: int(row[1]) for row in database.rows(statement, **values)}


def workflow_names(database: Database) -> list[str]:
    """The workflows that new tickets can have."""
    return [str(row[0]) for row in database.rows(queries.CURRENT_DEFINITIONS)]


def account_names(database: Database) -> list[tuple[str, str]]:
    """Every account's name and title."""
    return [(str(row[0]), str(row[1])) for row in database.rows(queries.ACCOUNTS)]
