"""Who acts. On the command line whoever may read the database says who they are; the operating system's account is kept beside it."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import AccountNotFound, AmbiguousAccount, UnitEnded, UnitNotFound
from engine.record import queries
from engine.record.database import Database
from engine.rules.access import CONTACT, Actor

if TYPE_CHECKING:
    from engine.record.units import KnownUnit
    from engine.rules.recipients import Directory
    from engine.rules.units import UnitNames

# Units and the directory are imported by what asks for them: whoever looks at a ticket as the office does not wait for them.


@dataclass(frozen=True, slots=True)
class Account:
    """A person's or program's account, without its secrets."""

    name: str
    title: str
    role: str
    unit: str | None


def door(kind: str = "cli") -> str:
    """`cli:login`: the door and the account of the operating system behind it."""
    try:
        return f"{kind}:{getpass.getuser()}"
    except (OSError, KeyError):
        return kind


def act_as(database: Database, name: str, via: str) -> Actor:
    """The actor of an account's name or title, or of a unit's code, name or alias meaning its only active contact.

    Raises AccountNotFound (with the nearest names) and AmbiguousAccount (with the list to choose from).
    """
    row = database.row(queries.ACTIVE_ACCOUNT, name=name.strip())
    if row is not None:
        account = Account(*row)
        return Actor(account.name, account.role, account.unit, via)
    names = unit_names(database)
    unit = names.find(name)
    if unit is None:
        known = [text for row in database.rows(queries.ACCOUNTS) for text in row[:2]]
        raise AccountNotFound(name=name, nearest=[*names.nearest(name), *_near(name, known)][:3])
    contacts = [Account(*row) for row in database.rows(queries.CONTACTS_OF_UNIT, unit=unit.code, role=CONTACT)]
    if len(contacts) != 1:
        raise AmbiguousAccount(unit=unit.name, accounts=[contact.name for contact in contacts])
    return Actor(contacts[0].name, contacts[0].role, contacts[0].unit, via)


def unit_names(database: Database, *, ended: bool = False) -> UnitNames[KnownUnit]:
    """All units that are in force, by code, name, alias and former name; with `ended` those that are no more."""
    from engine.record.units import read_units
    from engine.rules.units import UnitNames

    city = database.row(queries.SETTING, name="city")
    units = read_units(database, ended=ended)
    return UnitNames(units, city[0] if city else "", [(name, unit) for unit in units for name in unit.former])


def find_unit(database: Database, text: str) -> KnownUnit:
    """The unit people mean. Raises UnitEnded, naming its successor, and UnitNotFound with the nearest names."""
    names = unit_names(database)
    unit = names.find(text)
    if unit is not None:
        return unit
    former = unit_names(database, ended=True).find(text)
    if former is not None:
        from engine.record.units import read_units

        successor = next((unit.name for unit in read_units(database) if unit.code == former.successor), None)
        raise UnitEnded(
            reason="unit-succeeded" if successor else None, name=former.name, date=former.valid_to, successor=successor,
        )
    raise UnitNotFound(name=text, nearest=names.nearest(text))


def directory(database: Database) -> Directory:
    """The people and units as they are now, for looking up who is told."""
    from engine.rules.recipients import Directory

    contacts: dict[str, tuple[str, ...]] = {}
    heads: dict[str, tuple[str, ...]] = {}
    office: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    for row in database.rows(queries.ACCOUNTS):
        account = Account(*row)
        if account.role == "supervisor":
            office += (account.name,)
        elif account.role == "leader":
            leaders += (account.name,)
        elif account.unit and account.role in (CONTACT, "head"):
            people = contacts if account.role == CONTACT else heads
            people[account.unit] = (*people.get(account.unit, ()), account.name)
    relations = {row[0]: row[1] for row in database.rows(queries.UNIT_RELATIONS)}
    return Directory(contacts, heads, relations, office, leaders)


def _near(name: str, known: list[str]) -> list[str]:
    from difflib import get_close_matches

    from engine.rules.units import LONGEST_NAME

    if len(name) > LONGEST_NAME:
        return []
    return get_close_matches(name, known, 3, 0.5)
