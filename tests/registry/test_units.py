"""The life of units: what is open goes on, what was written keeps its name, and no name means two units."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.errors import Busy, NotPermitted, NotPossible, Refused, UnitEnded, UnitNotFound, ZgError
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.directory import find_unit
from engine.record.unit_list import read_names, read_units
from engine.registry.entries import Entries
from engine.registry.registry import Registry
from engine.registry.units import NewUnit
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.ticket import Ticket
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

DATA = NewUnit("DSJJ", "市大数据管理局", "bureau", "subordinate", ("大数据管理局",), "FGW")
DAY = date(2020, 9, 1)
BASIS = "市编办〔2020〕12号"


def known(town: Town, code: str) -> object:
    return next(unit for unit in read_units(town.database) if unit.code == code)


def test_a_new_unit_is_found_by_every_name_and_its_entry_says_what_it_is(town: Town) -> None:
    town.registry.units.add(ADMIN, DATA)
    assert {find_unit(town.database, name).code for name in ("dsjj", "市大数据管理局", "大数据管理局")} == {"DSJJ"}
    (entry,) = town.entries("unit.added")
    assert (entry.actor, entry.data["unit"], entry.data["parent"], entry.data["aliases"]) == ("admin", "DSJJ", "FGW", ["大数据管理局"])
    assert town.sound()


@pytest.mark.parametrize(("new", "reason"), [
    (replace(DATA, code="FGW"), "unit-code-taken"), (replace(DATA, code="市"), "unit-code-wrong"),
    (replace(DATA, code="a b"), "unit-code-wrong"), (replace(DATA, name="市发改委"), "unit-name-taken"),
    (replace(DATA, aliases=("fgw",)), "unit-name-taken"), (replace(DATA, aliases=("市 公安局",)), "unit-name-taken"),
    (replace(DATA, aliases=("ＦＧＷ",)), "unit-name-taken"),
])
def test_codes_and_names_mean_one_unit_only(town: Town, new: NewUnit, reason: str) -> None:
    with pytest.raises(NotPossible) as caught:
        town.registry.units.add(OFFICE, new)
    assert caught.value.values["reason"] == reason
    assert town.entries("unit.added") == []


@pytest.mark.parametrize("name", ["", " ", "长" * 61, "大数据\x1b局", "市公\u200b安局", "市公安局\ufe00", "A/B", "公安／交警"])
def test_a_name_is_one_readable_line(town: Town, name: str) -> None:
    with pytest.raises(Refused):
        town.registry.units.add(OFFICE, replace(DATA, name=name))


def test_a_renamed_unit_keeps_its_work_and_its_old_name_finds_it(town: Town) -> None:
    ticket = town.assigned("KJJ")
    assert town.registry.units.rename(OFFICE, "KJJ", "市科学技术和外国专家局", date(2020, 9, 20), BASIS) == "市科技局"
    assert find_unit(town.database, "市科技局").code == find_unit(town.database, "市科学技术和外国专家局").code == "KJJ"
    names = read_names(town.database)
    assert [names.on("KJJ", date(2020, 9, day)) for day in (1, 19, 20, 25)] == ["市科技局"] * 2 + ["市科学技术和外国专家局"] * 2
    assert names.now("KJJ") == "市科学技术和外国专家局"
    assert town.desk.ticket(OFFICE, ticket.number) == ticket
    (entry,) = town.entries("unit.renamed")
    assert entry.data["changes"] == {"name": ["市科技局", "市科学技术和外国专家局"]}
    assert entry.words == {"basis": BASIS} and "basis" not in entry.data
    assert town.sound()


def test_a_unit_may_get_a_name_back_and_an_alias_may_become_its_name(town: Town) -> None:
    units = town.registry.units
    units.rename(OFFICE, "KJJ", "市科学技术局", date(2020, 9, 1), BASIS)
    units.rename(OFFICE, "KJJ", "市科技局", date(2020, 9, 2), BASIS)
    units.rename(OFFICE, "KJJ", "市科学技术局", date(2020, 9, 2), BASIS)
    names = read_names(town.database)
    assert [names.on("KJJ", date(2020, 9, day)) for day in (1, 2)] == ["市科学技术局", "市科学技术局"]
    assert find_unit(town.database, "市科技局").code == "KJJ"


@pytest.mark.parametrize(("to", "since", "reason"), [
    ("市科技局", DAY, "unit-name-same"), ("市公安局", DAY, "unit-name-taken"), ("新名", date(2020, 9, 26), "unit-date-ahead"),
    ("新名", date(2020, 8, 31), "unit-date-before"),
])
def test_names_follow_one_another_in_time(town: Town, to: str, since: date, reason: str) -> None:
    if reason == "unit-date-before":
        town.registry.units.rename(OFFICE, "KJJ", "科学局", DAY, BASIS)
    with pytest.raises(NotPossible) as caught:
        town.registry.units.rename(OFFICE, "KJJ", to, since, BASIS)
    assert caught.value.values["reason"] == reason


def test_a_successor_takes_over_every_open_ticket_by_an_event_of_its_own(town: Town) -> None:
    led, helped, both = town.assigned("GXJ", "SHUIWJ"), town.assigned("GAJ", "GXJ"), town.assigned("GXJ", "KJJ")
    done, other = town.assigned("GXJ"), town.assigned("GAJ")
    town.desk.do(OFFICE, done.number, Command("withdraw", {"as": "mistake"}, {"reason": "误立"}, salt="x"))
    town = town.at("2020-09-27T10:00")
    passed = town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS)
    after = {ticket.number: ticket for ticket in passed.tickets}
    assert set(after) == {led.number, helped.number, both.number}
    assert (after[led.number].lead, after[helped.number].cooperators, after[both.number].cooperators) == ("KJJ", ("KJJ",), ())
    (entry,) = town.entries("unit.merged")
    for ticket in (led, helped, both):
        event = journal.read_events(town.database, ticket.id)[-1]
        assert (event.kind, event.data["entry"], event.actor) == ("handed-over", entry.seq, "office")
        assert after[ticket.number].promised_at == ticket.promised_at
        assert town.desk.ticket(OFFICE, ticket.number) == after[ticket.number]
    assert town.desk.ticket(OFFICE, done.number).lead == "GXJ"
    assert town.desk.ticket(OFFICE, other.number) == other
    assert town.sound()


def test_a_merged_unit_is_found_no_more_and_its_successor_is_named(town: Town) -> None:
    town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS)
    with pytest.raises(UnitEnded) as caught:
        find_unit(town.database, "市工信局")
    assert caught.value.values["successor"] == "市科技局"
    (former,) = read_units(town.database, ended=True)
    assert (former.code, former.successor, former.valid_to) == ("GXJ", "KJJ", DAY)
    assert read_names(town.database).now("GXJ") == "市工业和信息化局"
    with pytest.raises(NotPossible, match="not possible"):
        town.registry.units.add(OFFICE, replace(DATA, code="GXJ"))
    town.registry.units.add(OFFICE, replace(DATA, name="市工信局"))
    assert find_unit(town.database, "市工信局").code == "DSJJ"


def test_groups_portfolios_and_units_below_go_to_the_successor(town: Town) -> None:
    town.registry.units.add(OFFICE, replace(DATA, parent="BFX"))
    members = [group.members for group in read_units(town.database) if "BFX" in group.members]
    town.registry.accounts.portfolio(ADMIN, "leader", ("BFX", "FGW"))
    town.registry.units.merge(OFFICE, "BFX", "FGW", DAY, BASIS)
    assert members and [group.members for group in read_units(town.database) if "BFX" in group.members] == []
    assert sum("FGW" in group.members for group in read_units(town.database)) >= len(members)
    assert town.database.rows(queries.PORTFOLIOS) == [("leader", "FGW")]
    assert find_unit(town.database, "DSJJ").parent == "FGW"


def test_run_again_it_hands_over_what_was_left(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS)
    with monkeypatch.context() as patch:
        patch.setattr("engine.desk.act.must_be_in_force", lambda *given: None)  # as records of before were written
        late = town.assigned("GXJ")
    passed = town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS)
    assert [ticket.number for ticket in passed.tickets] == [late.number]
    with pytest.raises(NotPossible) as caught:
        town.registry.units.merge(OFFICE, "GXJ", "FGW", DAY, BASIS)
    assert caught.value.values["reason"] == "unit-ended-before"


def test_contacts_follow_where_the_office_says_so_and_nobody_else_does(town: Town) -> None:
    dry = town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS, dry_run=True)
    assert (dry.followed, dry.left) == ((), ("gxj", "gxj-head"))
    passed = town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS, accounts=True)
    assert (passed.followed, passed.left) == (("gxj",), ("gxj-head",))
    (entry,) = town.entries("account.set")
    assert entry.data["changes"] == {"unit": ["GXJ", "KJJ"]}


def test_a_rehearsal_says_what_would_move_and_writes_nothing(town: Town) -> None:
    ticket = town.assigned("GXJ")
    before = town.entries()
    passed = town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, BASIS, dry_run=True)
    assert [after.number for after in passed.tickets] == [ticket.number]
    town.registry.units.add(OFFICE, DATA, dry_run=True)
    town.registry.units.rename(OFFICE, "KJJ", "新名", DAY, BASIS, dry_run=True)
    town.registry.units.end(OFFICE, "SHUIWJ", DAY, BASIS, dry_run=True)
    assert town.entries() == before
    assert town.desk.ticket(OFFICE, ticket.number) == ticket


def test_a_unit_ends_without_successor_when_nothing_of_it_is_open(town: Town) -> None:
    ticket = town.assigned("GAJ", "GSL")
    with pytest.raises(NotPossible) as caught:
        town.registry.units.end(OFFICE, "GSL", DAY, BASIS)
    assert (caught.value.values["count"], caught.value.values["numbers"]) == (1, [ticket.number])
    assert town.registry.units.end(OFFICE, "GXJ", DAY, BASIS).left == ("gxj", "gxj-head")
    with pytest.raises(UnitEnded):
        find_unit(town.database, "GXJ")


Change = Callable[[Town], object]


@pytest.mark.parametrize(("change", "error"), [
    (lambda town: town.registry.units.merge(OFFICE, "KJJ", "KJJ", DAY, BASIS), NotPossible),
    (lambda town: town.registry.units.merge(OFFICE, "KJJ", "NONE", DAY, BASIS), UnitNotFound),
    (lambda town: town.registry.units.merge(OFFICE, "KJJ", "SZBM", DAY, BASIS), NotPossible),
    (lambda town: town.registry.units.merge(OFFICE, "SZBM", "KJJ", DAY, BASIS), NotPossible),
    (lambda town: town.registry.units.merge(OFFICE, "GXJ", "KJJ", date(2020, 9, 26), BASIS), NotPossible),
    (lambda town: town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, " "), Refused),
    (lambda town: town.registry.units.end(OFFICE, "SZBM", DAY, BASIS), NotPossible),
    *((lambda town, run=run: run(town.registry.units), NotPermitted) for run in (
        lambda units: units.add(CONTACT, DATA), lambda units: units.rename(CONTACT, "FGW", "新名", DAY, BASIS),
        lambda units: units.merge(CONTACT, "GXJ", "KJJ", DAY, BASIS), lambda units: units.end(CONTACT, "GXJ", DAY, BASIS),
    )),
])
def test_what_cannot_be_changes_nothing(town: Town, change: Change, error: type[ZgError]) -> None:
    before = town.entries()
    with pytest.raises(error):
        change(town)
    assert town.entries() == before
    assert read_units(town.database, ended=True) == []


def giving(town: Town, how: str) -> Callable[[Desk], Ticket]:
    """An act that gives 市科技局 something to do, ready to be done."""
    if how == "open":
        return lambda desk: desk.open(OFFICE, Opening(title="窗口排队", source="visit", lead="KJJ")).ticket
    if how == "reinstate":
        number = town.assigned("KJJ").number
        town.desk.do(OFFICE, number, Command("withdraw", words={"reason": "误录"}))
        return lambda desk: desk.do(OFFICE, number, Command("reinstate", words={"reason": "误撤"})).ticket
    number = town.desk.open(OFFICE, Opening(title="窗口排队", source="visit")).ticket.number
    given = {"lead": "GAJ", "with": ("KJJ",)} if how == "cooperate" else {"lead": "KJJ"}
    return lambda desk: desk.do(OFFICE, number, Command("assign", given)).ticket


GIVING = pytest.mark.parametrize("how", ["open", "assign", "cooperate", "reinstate"])


@pytest.mark.parametrize("how", ["open", "assign", "cooperate"])
def test_a_unit_that_ended_while_the_act_was_typed_is_given_nothing(town: Town, how: str) -> None:
    give = giving(town, how)
    town.registry.units.merge(OFFICE, "KJJ", "FGW", DAY, BASIS)
    before = town.database.rows("SELECT count(*) FROM event")
    with pytest.raises(UnitEnded) as caught:
        give(town.desk)
    assert caught.value.values["successor"] == "市发展改革委"
    assert town.database.rows("SELECT count(*) FROM event") == before


@GIVING
@pytest.mark.parametrize("ends", [
    lambda registry: registry.units.merge(OFFICE, "KJJ", "FGW", DAY, BASIS), lambda registry: registry.units.end(OFFICE, "KJJ", DAY, BASIS),
])
def test_a_unit_is_given_nothing_while_another_transaction_ends_it(town: Town, how: str, ends: Callable[[Registry], object]) -> None:
    if town.url.startswith("sqlite"):
        pytest.skip("only one writes at a time")
    give = giving(town, how)
    with closing(connect(town.url)) as other:
        desk = Desk(other, FixedClock(town.now))
        note = Entries._note
        refused: list[Busy] = []

        def meanwhile(*args: object, **said: object) -> object:
            """The unit is ended and nobody else can see it yet."""
            if not refused:
                with pytest.raises(Busy) as caught:
                    give(desk)
                refused.append(caught.value)
            return note(*args, **said)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Entries, "_note", meanwhile)
            ends(town.registry)
        assert refused
    assert town.sound()
