"""What an account may do is asked where it is written, and not only where a command begins: who ended in between does no more."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.audit import key, sealing, seals
from engine.audit.export import export
from engine.desk import evidence
from engine.errors import NotPermitted, Reason, TicketNotFound
from engine.notices import inbox, outbox
from engine.record.database import Database
from engine.registry.accounts import NewAccount
from engine.registry.calendars import CalendarChange, Calendars
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.worktime import REST, add_day
from tests.files import keep
from tests.registry.conftest import ADMIN, BEGIN, CONTACT, OFFICE, Town
from tests.signing import FIRST, ORIGIN

ACTOR = Actor("second", "supervisor", None, "test")


@pytest.fixture
def office(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """An office with a second supervisor, a key, an assigned ticket, a file that nothing cites, and a message that waits."""
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "files"))
    made = key.make(tmp_path / "keys", ORIGIN)
    with town.database.write():
        seals.hand_over(town.database, FIRST, made, ADMIN, BEGIN)
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    town.assigned("FGW")
    keep(town.database)
    with town.database.write():
        town.database.run(
            "INSERT INTO notice (stream, seq, recipient, channel, not_before, created_at, tries, next_try_at, dead) "
            "SELECT stream, seq, 'hub', 'webhook', :now, :now, 0, :now, FALSE FROM event WHERE stream > 0 AND seq = 1", now=BEGIN,
        )
    return town


def changed_calendar(town: Town) -> object:
    calendars = Calendars(town.desk, town.registry)
    before = town.desk.rules.calendar()
    calendar = add_day(before, BEGIN.date().replace(day=28), REST, "停电")
    if isinstance(calendar, Reason):  # it is in force since an attempt that broke off
        calendar = before
    return calendars.put_in_force(ACTOR, CalendarChange(before, calendar, calendars.notices(), {}), lambda ticket, move: None)


WRITES: dict[str, Callable[[Town, Path], object]] = {
    "seal": lambda town, path: sealing.seal(town.database, town.desk.clock, ACTOR, str(path / "keys")),
    "rotation": lambda town, path: sealing.rotate(town.database, town.desk.clock, ACTOR, str(path / "keys")),
    "export": lambda town, path: list(export(town.database, town.desk.clock, ACTOR)),
    "calendar": lambda town, path: changed_calendar(town),
    "portfolio": lambda town, path: town.registry.accounts.portfolio(ACTOR, "leader", ("FGW",)),
    "unit": lambda town, path: town.registry.units.end(ACTOR, "KJJ", BEGIN.date(), "机构改革方案"),
    "files": lambda town, path: list(evidence.sweep(town.desk, ACTOR, BEGIN.timestamp() * 2, grace=0)),
    "inbox": lambda town, path: inbox.mark_read(town.database, ACTOR, [1], town.now),
    "outbox": lambda town, path: outbox.claim(
        town.database, ACTOR, outbox.waiting(town.database, ["webhook"], town.now)[0], town.now),
    "comment": lambda town, path: town.desk.do(ACTOR, "1", Command("comment", words={"note": "已核"})),
}


LAST = {"seal": 2, "calendar": 3}
"""How many transactions an act has that has several."""


class Meanwhile:
    """Ends the actor's account just before the n-th transaction that begins, and counts those that began."""

    def __init__(self, town: Town, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.town, self.nth, self.begun = town, nth, 0
        kind = type(town.database)
        self.write, rehearse = kind.write, kind.rehearse
        monkeypatch.setattr(kind, "write", lambda database: self._begin(database, self.write))
        monkeypatch.setattr(kind, "rehearse", lambda database: self._begin(database, rehearse))

    def _begin(self, database: Database, begin: Callable[[Any], AbstractContextManager[Any]]) -> AbstractContextManager[Any]:
        self.begun += 1
        if self.begun == self.nth:
            with self.write(database):
                database.run("UPDATE account SET active = FALSE WHERE name = 'second'")
        return begin(database)


@pytest.mark.parametrize("name", WRITES)
def test_an_account_that_ends_before_a_transaction_of_its_act_writes_nothing_there(
    office: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
) -> None:
    """Whichever of its transactions it is."""
    keys = set((tmp_path / "keys").iterdir())
    for nth in range(1, LAST.get(name, 1) + 1):
        with office.database.write():
            office.database.run("UPDATE account SET active = TRUE WHERE name = 'second'")
        with monkeypatch.context() as patched, pytest.raises(NotPermitted) as caught:
            Meanwhile(office, nth, patched)
            WRITES[name](office, tmp_path)
        assert caught.value.values["reason"] == "account-changed", (name, nth)
    assert set((tmp_path / "keys").iterdir()) == keys, "no key is left behind"
    with office.database.write():
        office.database.run("UPDATE account SET active = TRUE WHERE name = 'second'")
    WRITES[name](office, tmp_path)  # and who still has the account does it


def test_whoever_came_to_another_unit_with_a_ticket_is_told_so_and_not_that_there_is_none(town: Town) -> None:
    number = town.assigned("FGW").number
    town.registry.units.merge(OFFICE, "FGW", "KJJ", BEGIN.date(), "x", accounts=True)
    with pytest.raises(NotPermitted) as caught:
        town.desk.do(CONTACT, number, Command("accept"))
    assert caught.value.values["reason"] == "account-changed"
    with pytest.raises(TicketNotFound):
        town.desk.do(replace(CONTACT, unit="KJJ"), "ZG-2020-0099", Command("accept"))
    town.desk.do(replace(CONTACT, unit="KJJ"), number, Command("accept"))
