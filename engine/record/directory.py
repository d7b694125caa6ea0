"""Who acts. On the command line whoever may read the database says who they are; the operating system's account is kept beside it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import AccountNotFound, AmbiguousAccount, NotPermitted, UnitEnded, UnitNotFound
from engine.record import queries
from engine.record.database import Database
from engine.rules.access import CONTACT, HEAD, LEADER, SUPERVISOR, UNIT_ROLES, Actor

if TYPE_CHECKING:
    from engine.record.unit_list import StoredUnit
    from engine.rules.recipients import Directory
    from engine.rules.unit_names import UnitNames


class Account(NamedTuple):
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


def act_as(database: Database, name: str, via: str, now: datetime) -> Actor:
    """The actor of an account's name, or of a unit's code, name or alias meaning its only active contact; `B/A`: B, standing in for A.

    Raises AccountNotFound (with the nearest names), AmbiguousAccount (with the list to choose from), and NotPermitted where B does
    not stand in for A now.
    """
    acting, _, absent = name.partition("/")
    actor = _actor(database, acting.strip(), via, now)
    if not absent.strip():
        return actor
    stood_for = _actor(database, absent.strip(), via, now)
    if database.row(queries.STAND_IN, account=stood_for.name, deputy=actor.name, now=now) is None:
        raise NotPermitted(reason="no-stand-in", actor=actor.name, deputy=actor.name, account=stood_for.name)
    return Actor(actor.name, stood_for.role, stood_for.unit, via, stood_for.name)


def _actor(database: Database, name: str, via: str, now: datetime) -> Actor:
    row = database.row(queries.ACTIVE_ACCOUNT, name=name, now=now)
    if row is not None:
        account = Account(*row)
        return Actor(account.name, account.role, account.unit, via)
    names = unit_names(database)
    unit = names.find(name)
    if unit is None:
        return _called(database, name, via, now, names)
    contacts = [Account(*row) for row in database.rows(queries.CONTACTS_OF_UNIT, unit=unit.code, role=CONTACT, now=now)]
    if len(contacts) != 1:
        raise AmbiguousAccount(unit=unit.name, accounts=[contact.name for contact in contacts])
    return Actor(contacts[0].name, contacts[0].role, contacts[0].unit, via)


def _called(database: Database, name: str, via: str, now: datetime, names: UnitNames[StoredUnit]) -> Actor:
    """The only account of that name or title, as people write it: in full width, with blanks, in capitals."""
    from engine.rules.unit_names import normalized  # an account that is called by its name needs no other spelling

    accounts = [Account(*row) for row in database.rows(queries.ACCOUNTS, now=now)]
    wanted = normalized(name)
    found = [account for account in accounts if wanted in (normalized(account.name), normalized(account.title))]
    if len(found) > 1:
        raise AmbiguousAccount(unit=name, accounts=[account.name for account in found], reason="title-ambiguous")
    if not found:
        called = [text for account in accounts for text in (account.name, account.title)]
        raise AccountNotFound(name=name, nearest=[*names.nearest(name), *_near(name, called)][:3])
    return Actor(found[0].name, found[0].role, found[0].unit, via)


def unit_names(database: Database, *, ended: bool = False) -> UnitNames[StoredUnit]:
    """All units that are in force, by code, name, alias and former name; with `ended` those that are no more."""
    # A reading command of an account that is called by its name looks for no unit.
    from engine.record.unit_list import read_units
    from engine.rules.unit_names import UnitNames

    city = database.row(queries.SETTING, name="city")
    units = read_units(database, ended=ended)
    return UnitNames(units, city[0] if city else "", [(name, unit) for unit in units for name in unit.former])


def find_unit(database: Database, text: str) -> StoredUnit:
    """The unit people mean. Raises UnitEnded, naming its successor, and UnitNotFound with the nearest names."""
    names = unit_names(database)
    unit = names.find(text)
    if unit is not None:
        return unit
    former = unit_names(database, ended=True).find(text)
    if former is not None:
        from engine.record.unit_list import read_units  # as in `unit_names`

        successor = next((unit.name for unit in read_units(database) if unit.code == former.successor), None)
        raise UnitEnded(
            reason="unit-succeeded" if successor else None, name=former.name, date=former.valid_to, successor=successor,
        )
    raise UnitNotFound(name=text, nearest=names.nearest(text))


def directory(database: Database, now: datetime) -> Directory:
    """The people and units as they are now, for looking up who is told."""
    from engine.rules.recipients import Directory  # a reading command tells nobody

    people, relations, portfolios, deputies = database.reads(
        (queries.ACCOUNTS, {"now": now}), (queries.UNIT_RELATIONS, {}), (queries.PORTFOLIOS, {}), (queries.DEPUTIES, {"now": now}),
    )
    accounts = {row[0]: Account(*row) for row in people}
    units = {
        role: _gathered((account.unit, account.name) for account in accounts.values() if account.role == role and account.unit)
        for role in UNIT_ROLES
    }
    of_role = _gathered((account.role, account.name) for account in accounts.values())
    return Directory(
        units[CONTACT], units[HEAD], {row[0]: row[1] for row in relations}, of_role.get(SUPERVISOR, ()), of_role.get(LEADER, ()),
        _gathered((unit, name) for name, unit in portfolios if name in accounts),
        _gathered((name, deputy) for name, deputy in deputies if name in accounts and deputy in accounts),
    )


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _near(name: str, called: list[str]) -> list[str]:
    # A reading command whose names are right looks for none that are near.
    from difflib import get_close_matches

    from engine.rules.unit_names import LONGEST_NAME  # as above

    if len(name) > LONGEST_NAME:
        return []
    return get_close_matches(name, called, 3, 0.5)
