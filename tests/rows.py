"""Rows that a test needs in projected tables: told by an entry, as every row of a record is, or slipped in untold."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.record import journal
from engine.record.database import Database
from engine.record.row_change import RowChange, RowPut, new_row, store
from engine.rules.access import ADMIN, Actor

BEGIN = datetime(2020, 9, 25, 1, tzinfo=UTC)
TELLER = Actor("admin", ADMIN, None, "test")


OF_TESTS = "judged-rows"
"""How the audit names an entry of `tell`: it states nothing that its rows could follow from."""


def tell(database: Database, *changes: RowChange, at: datetime = BEGIN) -> None:
    """An entry that says nothing but the rows."""
    with database.write():
        journal.administer(database, "set", at, TELLER, {"name": "rows"}, None, "salt", changes)


def slip_in(database: Database, *changes: RowChange) -> None:
    """Rows that no entry tells."""
    with database.write():
        store(database, changes)


def a_unit(code: str) -> RowPut:
    return new_row("unit", code=code, kind="bureau", relation="subordinate", in_source=False)


def a_contact(unit: str, title: str) -> RowPut:
    return new_row("account", name=unit.lower(), title=title, role="contact", unit=unit, active=True)


def a_definition(hash_: str, name: str, json: str = "{}", at: datetime = BEGIN, *, current: bool = True) -> RowPut:
    return new_row("definition", hash=hash_, name=name, json=json, source="", loaded_at=at, current=current)
