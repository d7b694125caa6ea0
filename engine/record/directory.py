"""Who acts. On the command line whoever may read the database says who they are; the operating system's account is kept beside it."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import AccountNotFound, AmbiguousAccount, NotPermitted, UnitEnded, UnitNotFound, WriteRefused
from engine.record import journal, queries
from engine.record.database import Database
from engine.record.settings import is_separated
from engine.rules.access import CONTACT, HEAD, LEADER, SUPERVISOR, UNIT_ROLES, WATCH, Actor, may_stand_in

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
    not stand in for A now, or may not any more: the ground for it is asked at every use.
    """
    acting, _, absent = name.partition("/")
    deputy = _account(database, acting.strip(), now)
    if not absent.strip():
        return acting_account(database, deputy.name, deputy.role, deputy.unit, via)
    stood_for = _account(database, absent.strip(), now)
    if not _stands_in(database, queries.STAND_IN, deputy, stood_for, now):
        raise _no_stand_in(deputy.name, stood_for.name)
    return acting_account(database, deputy.name, stood_for.role, stood_for.unit, via, stood_for.name)


def acting_account(database: Database, name: str, role: str, unit: str | None, via: str, stands_for: str | None = None) -> Actor:
    """The actor of an account that was found to act now, whatever let it in, with how the office shares the administrator's work."""
    return Actor(name, role, unit, via, stands_for, is_separated(database))


def must_still_act(database: Database, actor: Actor, now: datetime) -> None:
    """Reads the actor's account and stand-in again, inside the transaction of what the actor does, and keeps them from changing until it
    ends: so the order of events is the order of rights too. The watch is built in and never changes.

    Raises NotPermitted where the account acts no more, has another role or unit, or does not stand in any more.
    """
    if actor.role == WATCH:
        return
    if actor.stands_for is None:
        own = meant = _standing(database, actor.name, now)
    else:
        names = sorted((actor.name, actor.stands_for))  # in this order, so that no two acts wait for each other's
        found = {name: _standing(database, name, now) for name in names}
        own, meant = found[actor.name], found[actor.stands_for]
    if own is None or meant is None or (meant.role, meant.unit) != (actor.role, actor.unit):
        raise NotPermitted(reason="account-changed", actor=actor.name, name=actor.name)
    if actor.stands_for is not None and not _stands_in(database, queries.STANDING_IN, own, meant, now):
        raise _no_stand_in(actor.name, actor.stands_for)


@contextmanager
def writing_as(database: Database, actor: Actor, now: datetime) -> Iterator[None]:
    """A transaction of an actor who is still who it was when it came in. Raises NotPermitted."""
    with database.write():
        must_still_act(database, actor, now)
        yield


READ_ONLY = "reading-unnoted"
"""What `database.unnoted` says where the record can only be read; a code of the words."""


def note(database: Database, entry: Callable[[], None]) -> None:
    """Notes a reading by an entry that is written in a transaction of its own. Where the record may only be read that comes to nothing, and
    `database.unnoted` says so.
    """
    try:
        with database.write():
            entry()
    except WriteRefused:
        database.unnoted = READ_ONLY


def begin_administering(database: Database, actor: Actor, now: datetime) -> None:
    """Begins a transaction that writes to the administration's stream: waits for the other writers there, then reads the actor's rights
    again, and in this order, so that it and whoever changes the account never wait for each other. Raises NotPermitted.
    """
    journal.administration_head(database, lock=True)
    must_still_act(database, actor, now)
    if is_separated(database) != actor.separated:
        raise NotPermitted(reason="account-changed", actor=actor.name, name=actor.name)


def _standing(database: Database, name: str, now: datetime) -> Account | None:
    """The account that may act now, kept from changing until the transaction ends."""
    row = database.row(queries.STANDING, name=name, now=now)
    return Account(*row) if row is not None else None


def _no_stand_in(deputy: str, absent: str) -> NotPermitted:
    return NotPermitted(reason="no-stand-in", actor=deputy, deputy=deputy, account=absent)


def _stands_in(database: Database, statement: str, deputy: Account, absent: Account, now: datetime) -> bool:
    """Whether the deputy was entered for the absent account, for now, and both still are of one unit or one side of the table."""
    fit = may_stand_in(absent.role, absent.unit, deputy.role, deputy.unit)
    return fit and database.row(statement, account=absent.name, deputy=deputy.name, now=now) is not None


def _account(database: Database, name: str, now: datetime) -> Account:
    """The account that people mean, if it may act now."""
    row = database.row(queries.ACTIVE_ACCOUNT, name=name, now=now)
    if row is not None:
        return Account(*row)
    names = unit_names(database)
    unit = names.find(name)
    if unit is None:
        return _called(database, name, now, names)
    contacts = [Account(*row) for row in database.rows(queries.CONTACTS_OF_UNIT, unit=unit.code, role=CONTACT, now=now)]
    if len(contacts) != 1:
        none = {} if contacts else {"reason": "account-no-contact"}
        raise AmbiguousAccount(unit=unit.name, **none, accounts=[contact.name for contact in contacts])
    return contacts[0]


def _called(database: Database, name: str, now: datetime, names: UnitNames[StoredUnit]) -> Account:
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
    return found[0]


def unit_names(database: Database, *, ended: bool = False) -> UnitNames[StoredUnit]:
    """All units that are in force, by code, name, alias and former name; with `ended` those that are no more."""
    # A reading command of an account that is called by its name looks for no unit.
    from engine.record.unit_list import read_units
    from engine.rules.unit_names import UnitNames

    city = database.row(queries.SETTING, name="city")
    units = read_units(database, ended=ended)
    return UnitNames(units, city[0] if city else "", [(name, unit) for unit in units for name in unit.former])


def find_unit(database: Database, text: str, names: UnitNames[StoredUnit] | None = None) -> StoredUnit:
    """The unit people mean, among `names` where they were read before. Raises UnitEnded, naming its successor, and UnitNotFound with the
    nearest names.
    """
    names = names or unit_names(database)
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


def must_be_in_force(database: Database, codes: Iterable[str]) -> None:
    """Asks again, inside the transaction of an act, whether the units that it gives something to do are in force, and keeps them from
    ending until it is kept. Raises UnitEnded; Busy where one of them is being ended at this moment.
    """
    wanted = sorted(codes)
    found = {row[0] for row in database.rows(queries.IN_FORCE, units=wanted)} if wanted else ()
    for code in wanted:
        if code not in found:
            find_unit(database, code)  # which says what became of it


def directory(database: Database, now: datetime) -> Directory:
    """The people and units as they are now, for looking up who is told. Whoever is left in a unit that ended speaks for nobody."""
    from engine.rules.recipients import Directory  # a reading command tells nobody

    people, in_force, portfolios, deputies = database.reads(
        (queries.ACCOUNTS, {"now": now}), (queries.UNIT_RELATIONS, {}), (queries.PORTFOLIOS, {}), (queries.DEPUTIES, {"now": now}),
    )
    accounts = {row[0]: Account(*row) for row in people}
    relations = {row[0]: row[1] for row in in_force}
    units = {
        role: _gathered(
            (account.unit, account.name) for account in accounts.values()
            if account.role == role and account.unit and account.unit in relations
        )
        for role in UNIT_ROLES
    }
    of_role = _gathered((account.role, account.name) for account in accounts.values())
    return Directory(
        units[CONTACT], units[HEAD], relations, of_role.get(SUPERVISOR, ()), of_role.get(LEADER, ()),
        _gathered((unit, name) for name, unit in portfolios if name in accounts),
        _gathered((name, deputy) for name, deputy in deputies if _fit(accounts.get(name), accounts.get(deputy))),
    )


def _fit(absent: Account | None, deputy: Account | None) -> bool:
    """Whether both act now, and one may stand in for the other."""
    if absent is None or deputy is None:
        return False
    return may_stand_in(absent.role, absent.unit, deputy.role, deputy.unit)


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
