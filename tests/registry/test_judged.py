"""Whoever writes to the database writes events that hash and fold; by the rules of their time they are named all the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from engine.app import shipped
from engine.audit.verify import verify
from engine.record import cache, journal
from engine.record.database import Database
from engine.record.row_change import RowChange, RowDropped, RowPut, new_row
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.decide import decide
from engine.rules.event import Event
from engine.rules.proof.chain import stamp
from engine.rules.situation import Situation
from engine.rules.ticket import evolve
from engine.watch import sweep
from tests.registry import conftest
from tests.registry.conftest import ADMIN, BEGIN, CONTACT, OFFICE, Town
from tests.rows import tell

SECOND = Actor("second", "supervisor", None, "test")
DEPUTY = Actor("fgw-two", "contact", "FGW", "test", "fgw")


@pytest.fixture
def office(town: Town) -> Town:
    """An office of two, with a ticket that was assigned, and a stand-in of the unit that leads it."""
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    town.registry.accounts.add(OFFICE, NewAccount("fgw-two", "市发改委副联络员", "contact", "FGW"))
    town.registry.accounts.stand_in(OFFICE, "fgw", "fgw-two", BEGIN, BEGIN + timedelta(days=30))
    town.assigned("FGW", "GAJ")
    return town


def forged(town: Town, actor: Actor, trigger: str, to: str, number: str = "1", **data: Any) -> None:
    """Appends an event to a ticket as the journal would: it hashes, and the ticket's row is its fold."""
    ticket, head = town.desk.load(OFFICE, number)
    facts: dict[str, Any] = {"trigger": trigger, "input": {}, "effects": {}, **data}
    if actor.stands_for is not None:
        facts["for"] = actor.stands_for
    event = Event(
        ticket.id, ticket.version + 1, town.now, actor.name, actor.role, actor.unit, actor.via, "did", ticket.state, to, facts,
    )
    after = evolve(ticket, event)
    with town.database.write():
        journal.append(town.database, [event], ticket, after, head)


def found(town: Town, number: str | None = None) -> set[str | None]:
    """What the audit says of events that are against the rules, and that it says nothing else."""
    ticket = town.desk.load(OFFICE, number)[0].id if number else None
    findings = list(verify(town.database, ticket=ticket))
    assert {finding.code for finding in findings} <= {"unlawful"}
    return {finding.field for finding in findings}


ATTACKS: Mapping[str, tuple[Callable[[Town], None], str]] = {
    "by somebody without the role": (lambda town: forged(town, Actor("gaj", "supervisor", None), "urge", "assigned"), "judged-role"),
    "by nobody": (lambda town: forged(town, Actor("ghost", "supervisor", None), "urge", "assigned"), "judged-account"),
    "by who may not": (lambda town: forged(town, Actor("gaj", "contact", "GAJ"), "accept", "rectifying"), "not-yours"),
    "of a trigger the definition lacks": (lambda town: forged(town, OFFICE, "pardon", "verified"), "no-such-trigger"),
    "from a state it may not start in": (lambda town: forged(town, OFFICE, "verify", "verified"), "state-wrong"),
    "to a state it does not lead to": (lambda town: forged(town, CONTACT, "accept", "submitted"), "judged-state"),
    "with an effect its trigger may not write": (
        lambda town: forged(town, CONTACT, "accept", "rectifying", effects={"hands": ["fgw"], "grants": []}), "judged-effect",
    ),
    "without what is required": (lambda town: forged(town, OFFICE, "withdraw", "withdrawn"), "input-missing"),
    "of the watch, without a rung": (
        lambda town: forged(town, Actor("watch", "watch", None), "deemed-accepted", "rectifying", happened_at=stamp(BEGIN)), "judged-cause",
    ),
}


def entered(town: Town, kind: str, data: Mapping[str, Any], *rows: RowChange) -> None:
    """Appends an entry as the journal would: it hashes, and the tables are what its rows tell."""
    with town.database.write():
        journal.administer(town.database, kind, town.now, ADMIN, data, None, "salt", rows)


ENTRIES: Mapping[str, tuple[str, Mapping[str, Any], Sequence[RowChange]]] = {
    "says a phone and changes a role": (
        "set", {"what": "account.set", "account": "fgw", "changes": {"phone": None}},
        [RowPut("account", {"name": "fgw", "role": "supervisor", "unit": None})],
    ),
    "says one unit and ends another": (
        "set", {"what": "unit.ended", "unit": "GAJ", "from": "2020-09-25"},
        [RowPut("unit", {"code": "SCJGJ", "valid_to": BEGIN.date(), "successor": None})],
    ),
    "says that a workflow was loaded": (
        "loaded", {"what": "workflow", "name": "rectification", "hash": "0" * 64, "source": "rectification.yaml"}, [],
    ),
    "sets what nobody knows": ("set", {"name": "freedom", "value": "1"}, [new_row("setting", name="freedom", value="1")]),
    "moves a real clock": ("clocked", {"from": stamp(BEGIN), "to": stamp(BEGIN)}, [new_row("setting", name="sandbox", value=stamp(BEGIN))]),
    "says nothing": ("read", {"name": "log"}, [RowPut("account", {"name": "gaj", "active": False})]),
}


@pytest.mark.parametrize("attack", ENTRIES)
def test_an_entry_whose_rows_are_not_what_people_read_in_it_is_named(office: Town, attack: str) -> None:
    assert found(office) == set()
    kind, data, rows = ENTRIES[attack]
    entered(office, kind, data, *rows)
    assert found(office) == {"judged-rows"}


def test_a_sandbox_stays_one_and_its_clock_moves_forward(town: Town) -> None:
    """Whoever drops its standing time makes an exercise a record of real time."""
    standing = new_row("setting", name="sandbox", value=stamp(BEGIN))
    tell(town.database, standing)
    assert found(town) == {"judged-rows"}, "a record of real time does not become one either"
    before = list(verify(town.database))
    entered(town, "clocked", {"from": stamp(BEGIN), "to": stamp(BEGIN)}, RowDropped("setting", {"name": "sandbox"}))
    assert len(list(verify(town.database))) > len(before)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_event_that_hashes_and_folds_is_named_by_what_is_wrong_with_it(office: Town, attack: str) -> None:
    assert found(office) == set()
    forge, code = ATTACKS[attack]
    forge(office)
    assert code in found(office)
    assert code in found(office, "1"), "also where one ticket is verified"


def bent(town: Town, actor: Actor, command: Command, effects: Mapping[str, Any] | None = None, **facts: Any) -> None:
    """Appends the event of a command with some of its facts and effects told otherwise, None being one that is left out."""
    ticket, head = town.desk.load(OFFICE, "1")
    rules = town.desk.rules
    made = decide(Situation(rules.definition(ticket.definition), ticket, actor, town.now, rules.calendar()), command)
    assert isinstance(made, Event), made
    event = made._replace(data=_told(made.data, {"effects": _told(made.data["effects"], effects or {}), **facts}))
    with town.database.write():
        journal.append(town.database, [event], ticket, evolve(ticket, event), head)


def _told(facts: Any, otherwise: Mapping[str, Any]) -> dict[str, Any]:
    return {name: otherwise.get(name, node) for name, node in {**otherwise, **facts}.items() if otherwise.get(name, "") is not None}


def submitted(town: Town, **effects: Any) -> None:
    """The unit hands in its work, which the event tells otherwise."""
    town.desk.do(CONTACT, "1", Command("accept"))
    town.desk.do(Actor("gaj", "contact", "GAJ", "test"), "1", Command("sign-off"))
    bent(town, CONTACT, Command("submit", words={"note": "x"}, salt="s"), effects)


WITHDRAW = Command("withdraw", {"as": "mistake"}, {"reason": "x"}, salt="s")
FALSE: Mapping[str, tuple[Callable[[Town], None], str]] = {
    "a fact that no such event tells": (lambda town: bent(town, CONTACT, Command("accept"), relief="x"), "judged-fact"),
    "a fact that none such leaves out": (
        lambda town: bent(town, OFFICE, Command("comment", words={"note": "x"}, salt="s"), audience=None), "judged-fact",
    ),
    "an effect left out": (lambda town: bent(town, CONTACT, Command("accept"), {"hands": None}), "judged-value"),
    "somebody who had no hand in it": (lambda town: bent(town, CONTACT, Command("accept"), {"hands": ["gaj"]}), "judged-value"),
    "more urgings than there were": (
        lambda town: bent(town, OFFICE, Command("urge", words={"note": "x"}, salt="s"), {"urged": 9}), "judged-value",
    ),
    "another end": (
        lambda town: bent(town, OFFICE, WITHDRAW, {"closed_as": "verified"}), "judged-value",
    ),
    "an end at another time": (
        lambda town: bent(town, OFFICE, WITHDRAW, {"closed_at": stamp(BEGIN - timedelta(days=9))}), "judged-value",
    ),
    "late work": (lambda town: submitted(town, on_time=False), "judged-value"),
    "days that nobody was late": (lambda town: submitted(town, late_days=3), "judged-value"),
}


@pytest.mark.parametrize("value", FALSE)
def test_a_value_that_does_not_follow_is_named_where_the_whole_record_is_verified(office: Town, value: str) -> None:
    forge, code = FALSE[value]
    forge(office)
    assert found(office) == {code}
    assert code in found(office, "1"), "also where one ticket is verified"


def test_a_stand_in_that_had_ended_is_named(office: Town) -> None:
    office.desk.do(DEPUTY, "1", Command("accept"))
    office.registry.accounts.end_stand_in(OFFICE, "fgw", "fgw-two")
    assert found(office) == set(), "while it lasted, it was one"
    forged(office, DEPUTY, "progress", "rectifying", given=["note"], effects={})
    assert "judged-stand-in" in found(office)


def test_the_clocks_of_two_machines_may_differ_by_minutes(office: Town) -> None:
    """What one writes just before a stand-in ends may follow an entry that another one wrote just after it."""
    ends = BEGIN + timedelta(hours=1)
    office.registry.accounts.add(OFFICE, NewAccount("fgw-three", "市发改委值班", "contact", "FGW"))
    office.registry.accounts.stand_in(OFFICE, "fgw", "fgw-three", BEGIN, ends)
    replace(office, now=ends + timedelta(minutes=1)).registry.accounts.change(ADMIN, "gaj", phone="0375-1")
    replace(office, now=ends - timedelta(minutes=1)).desk.do(replace(DEPUTY, name="fgw-three"), "1", Command("accept"))
    assert found(office) == set()


def test_who_had_a_hand_in_it_is_named(office: Town) -> None:
    office.desk.do(CONTACT, "1", Command("accept"))
    office.desk.do(Actor("gaj", "contact", "GAJ", "test"), "1", Command("sign-off"))
    office.desk.do(CONTACT, "1", Command("submit", words={"note": "x"}, salt="s"))
    office.registry.accounts.disable(OFFICE, "fgw-two")
    office.registry.accounts.change(ADMIN, "fgw", role="supervisor", unit=None)
    assert found(office) == set()
    closed = {"closed_as": "verified", "proposals": [], "turn": None, "final": True, "wake_at": None}
    forged(office, Actor("fgw", "supervisor", None), "verify", "verified", effects=closed)
    assert "own-hands" in found(office)


def test_a_date_that_was_moved_is_named_where_the_ticket_is_verified_by_itself(office: Town) -> None:
    ticket = office.desk.load(OFFICE, "1")[0]
    node = {**ticket.deadlines["rectify"].to_json(), "due_at": stamp(BEGIN + timedelta(days=300))}
    forged(office, CONTACT, "accept", "rectifying", effects={"hands": ["fgw"], "deadlines": {"rectify": node}})
    assert "judged-value" in found(office, "1")


def test_a_workflow_that_was_edited_used_and_put_back_is_found_by_what_it_permitted(office: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hash_ = office.desk.load(OFFICE, "1")[0].definition
    [(text,)] = office.database.rows("SELECT json FROM definition WHERE hash = :hash", hash=hash_)
    edited = json.loads(text)
    edited["triggers"]["withdraw"]["by"] = ["lead"]
    monkeypatch.setattr(cache, "_definitions", {})
    with office.database.write():
        office.database.run("UPDATE definition SET json = :json WHERE hash = :hash", json=json.dumps(edited), hash=hash_)
    office.desk.do(CONTACT, "1", Command("withdraw", {"as": "mistake"}, {"reason": "不想办"}, salt="s"))
    with office.database.write():
        office.database.run("UPDATE definition SET json = :json WHERE hash = :hash", json=text, hash=hash_)
    monkeypatch.setattr(cache, "_definitions", {})
    assert sha256(text.encode()).hexdigest() == hash_
    assert found(office) == {"not-yours"}


def test_what_the_desk_did_is_lawful_after_mergers_renames_stand_ins_and_sweeps(office: Town) -> None:
    office.desk.do(DEPUTY, "1", Command("accept"))
    office.registry.units.rename(OFFICE, "GAJ", "市公安局（新）", BEGIN.date(), "机构改革")
    office.registry.units.merge(OFFICE, "GAJ", "SCJGJ", BEGIN.date(), "机构改革")
    later = office.at("2020-11-20T10:00")
    sweep(later.desk)
    later.desk.do(CONTACT, "1", Command("progress", words={"note": "已完成一半"}, salt="s"))
    asked = later.desk.load(OFFICE, "1")[0].version
    later.desk.ask_erasure(OFFICE, "1", asked, "个人信息")
    later.desk.erase(SECOND, "1", asked)
    assert found(later) == found(later, "1") == set()


def test_who_opens_by_what_another_just_replaced_may_have_moved_a_sandbox_clock_between(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One looks at the clock and loads a workflow. Before that is kept another moves the clock by hours and opens a ticket by the version
    that was in force when it looked.
    """
    town = conftest.found(database, BEGIN)
    later = replace(town, now=BEGIN + timedelta(hours=20))
    before = town.desk.rules.current("rectification")
    file = next(file for file in shipped.workflow_files() if file.stem == "rectification")
    other = tmp_path / "other.yaml"
    other.write_text(file.read_text(encoding="utf-8").replace("amount: 1 working day", "amount: 3 working days", 1), encoding="utf-8")
    town.registry.move_clock(OFFICE, later.now)
    town.registry.load_workflow(OFFICE, other)
    monkeypatch.setattr(cache.RuleCache, "current", lambda rules, name: before)
    later.assigned("FGW")
    assert later.sound()
    late = replace(later, now=later.now + timedelta(hours=1))
    later.registry.move_clock(OFFICE, late.now)
    late.assigned("FGW")
    assert found(late) == {"judged-definition"}
