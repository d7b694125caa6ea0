"""The ticket is the fold of its events."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import new_class
from typing import Any, NamedTuple

import pytest

from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.event import Event
from engine.rules.loop.measurement import Measurement
from engine.rules.pause import Pause
from engine.rules.proof.chain import canonical, stamp
from engine.rules.ticket import (
    AMENDED_BY_EFFECT,
    ERASED_TITLE,
    TICKET,
    WORDS,
    Folding,
    Ticket,
    evolve,
    fold,
)
from engine.rules.ticket_facts import (
    Attempt,
    Consent,
    Denial,
    Entered,
    Evidence,
    Grant,
    Instruction,
    Objection,
    Proposal,
    Request,
    SetAside,
)
from engine.rules.ticket_field import Declaration, by_effect, several
from tests.rules.conftest import LEAD, OFFICE, Matter

NOON = datetime(2020, 9, 25, 4, tzinfo=UTC)
AT = stamp(NOON)
OPTIONAL = {
    Proposal: {"letter"}, Denial: {"suggest"}, Instruction: {"reported_at"}, Attempt: {"lead", "due_at", "submitted_at", "late_days"},
}
"""What a fact that stands on a ticket may leave unsaid."""


def event(after: Ticket, kind: str = "did", to: str | None = None, words: dict[str, str] | None = None, **data: Any) -> Event:
    return Event(after.id, after.version + 1, NOON, "office", "supervisor", None, "test", kind, after.state, to, data, words)


def test_the_events_tell_the_ticket(submitted: Matter) -> None:
    assert fold(submitted.events) == submitted.ticket
    assert submitted.ticket.version == len(submitted.events)


def test_a_ticket_at_an_earlier_time_is_the_fold_of_the_events_up_to_then(submitted: Matter) -> None:
    assert [fold(submitted.events[:upto]).state for upto in (1, 2, 3, 5)] == ["found", "assigned", "rectifying", "submitted"]


def test_there_is_no_ticket_without_events() -> None:
    with pytest.raises(ValueError, match="without events"):
        fold([])


def test_the_first_event_tells_what_was_found(matter: Callable[..., Matter]) -> None:
    ticket = matter().open(
        detail="窗口要求交两次", measure="3.1", key="K-1", lead="SCJGJ", cooperators=("SWJ",), leader="leader",
    ).ticket
    assert (ticket.title, ticket.detail, ticket.measure, ticket.source_ref) == ("企业开办材料重复提交", "窗口要求交两次", "3.1", "K-1")
    assert (ticket.lead, ticket.cooperators, ticket.leader, ticket.parent) == ("SCJGJ", ("SWJ",), "leader", None)
    assert (ticket.year, ticket.serial, ticket.version, ticket.opened_by) == (2020, 1, 1, "office")


@pytest.mark.parametrize("broken", [{"seq": 2}, {"kind": "did"}, {"to_state": None}])
def test_a_ticket_begins_with_its_opening(assigned: Matter, broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="cannot begin"):
        evolve(None, assigned.events[0]._replace(**broken))


@pytest.mark.parametrize("seq", [0, 1, 2, 4])
def test_an_event_out_of_order_is_refused(assigned: Matter, seq: int) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(assigned.ticket, event(assigned.ticket)._replace(seq=seq))


def test_an_event_without_effects_changes_the_version_and_the_time_of_the_last_change(assigned: Matter) -> None:
    for happening in (event(assigned.ticket, "linked", assigned.ticket.state), event(assigned.ticket, "erased", None, effects={})):
        assert evolve(assigned.ticket, happening) == assigned.ticket._replace(version=3, changed_at=NOON, told_at=NOON)


def test_a_new_state_keeps_since_when(assigned: Matter) -> None:
    after = evolve(assigned.ticket, event(assigned.ticket, to="rectifying"))
    assert (after.state, after.state_since) == ("rectifying", NOON)


def test_every_effect_reaches_its_field(assigned: Matter) -> None:
    effects: dict[str, Any] = {
        "turn": "office", "final": True, "lead": "GAJ", "leader": "x", "signed": {"SWJ": AT}, "endorsed": True, "to_revise": True,
        "objections": {"SWJ": {"at": AT, "seq": 3}}, "left_out": {"SWJ": AT}, "urged": 1,
        "instructions": [{"by": "x", "at": AT, "seq": 3}], "instructed": True, "standing": True, "past": {"SWJ": 4},
        "request": {"to": AT, "at": AT, "by": "x", "seq": 3},
        "designated": True, "attempt": 3, "acted_level": 2, "returns_to": "assigned", "closed_as": "verified", "with": ["FY"],
        "denials": [{"unit": "A", "at": AT, "seq": 3}], "hands": ["a"], "grants": [{"from": AT, "to": AT, "at": AT}],
        "proposals": [{"rung": "r", "level": 2, "clock": "c", "epoch": 1, "at": AT, "seq": 3, "due_at": AT}],
        "wake_at": "2020-09-26T00:00:00.000000Z", "submitted_at": None, "deadlines": {"accept": None},
        "officer": "x", "assigned_at": AT, "assigned_by": "x", "evidenced": True, "submitted": True, "late_days": 2, "on_time": False,
        "attempts": [{"attempt": 1, "ended": "rejected", "due_at": AT}], "closed_at": AT, "duplicate_of": "ZG-2020-0002",
        "repeats": ["ZG-2020-0001"],
        "entered": [{"trigger": "accept", "unit": "SCJGJ", "at": AT, "seq": 3}], "withdrawn_from": "assigned", "batch": "7-3",
        "consents": [{"about": "extension", "by": "leader", "agreed": True, "at": AT, "seq": 3}],
        "round": "R-2020-02", "misses": 2, "relapses": 1, "confirmed": 1, "last_confirmed_round": "R-2020-01", "relapse": "R-2020-02",
        "measurements": [{"round": "R-2020-02", "on": "2020-09-30", "result": "miss", "action": "relapsed", "attempt": 1}],
        "set_aside": {"lead": "GAJ", "cooperators": ["FY"], "request": {"to": AT, "at": AT, "by": "x", "seq": 3}},
    }
    assert set(effects) == set(TICKET.effects)
    after = evolve(assigned.ticket, event(assigned.ticket, effects=effects))
    assert (after.turn, after.final, after.lead, after.cooperators, after.hands) == ("office", True, "GAJ", ("FY",), ("a",))
    assert (after.wake_at, after.submitted_at) == (datetime(2020, 9, 26, tzinfo=UTC), None)
    assert (after.officer, after.assigned_at, after.assigned_by, after.closed_at) == ("x", NOON, "x", NOON)
    assert (after.submitted, after.late_days, after.on_time, after.duplicate_of) == (True, 2, False, "ZG-2020-0002")
    assert after.attempts == (Attempt(1, "rejected", due_at=NOON),)
    assert (after.entered, after.withdrawn_from, after.batch) == ((Entered("accept", "SCJGJ", NOON, 3),), "assigned", "7-3")
    assert after.consents == (Consent("extension", "leader", True, NOON, 3),)
    assert (after.round, after.misses, after.relapses, after.confirmed, after.relapse) == ("R-2020-02", 2, 1, 1, "R-2020-02")
    assert after.measurements == (Measurement("R-2020-02", date(2020, 9, 30), "miss", "relapsed", attempt=1),)
    assert after.last_confirmed_round == "R-2020-01"
    assert after.set_aside == SetAside("GAJ", ("FY",), (), Request(NOON, NOON, "x", 3))
    assert set(after.deadlines) == {"assign", "rectify", "part:SWJ"}
    assert (after.attempt, after.acted_level, after.designated, after.endorsed) == (3, 2, True, True)
    assert (after.signed, after.left_out, after.objections) == ({"SWJ": NOON}, {"SWJ": NOON}, {"SWJ": Objection(NOON, 3)})
    assert (after.request, after.grants) == (Request(NOON, NOON, "x", 3), (Grant(NOON, NOON, NOON),))
    assert (after.denials, after.instructions) == ((Denial("A", NOON, 3),), (Instruction("x", NOON, 3),))
    assert after.proposals == (Proposal("r", 2, "c", 1, NOON, 3, NOON),)


@pytest.mark.parametrize("name", ["id", "number", "year", "serial", "office", "opened_at", "opened_by"])
def test_no_effect_and_no_correction_changes_what_a_ticket_is_for_ever(assigned: Matter, name: str) -> None:
    assert name in TICKET.names
    assert name not in {field for field, _ in TICKET.effects.values()} | TICKET.corrected | {*WORDS} | AMENDED_BY_EFFECT
    with pytest.raises(ValueError, match=f"unknown effect: {name}"):
        evolve(assigned.ticket, event(assigned.ticket, effects={name: "x"}))
    with pytest.raises(ValueError, match=f"no field that can be amended: {name}"):
        evolve(assigned.ticket, event(assigned.ticket, "amended", changes={name: [None, "x"]}))


@pytest.mark.parametrize("value", [
    Proposal("r", 2, "c", 1, NOON, 3, NOON, "circular"), Request(NOON, NOON, "x", 3), Grant(NOON, NOON, NOON),
    Denial("A", NOON, 3, "B"), Objection(NOON, 3), Instruction("x", NOON, 3, NOON),
    Attempt(1, "rejected", "A", NOON, NOON, 0), Attempt(2, "reassigned"), Entered("accept", "A", NOON, 3),
    Consent("extension", "leader", True, NOON, 3),
])
def test_what_stands_on_a_ticket_survives_its_wire_form_and_nothing_else_is_read_as_it(value: Any) -> None:
    node = value.to_json()
    assert type(value).from_json(json.loads(canonical(node))) == value
    with pytest.raises(ValueError, match=r"no part of a .*: mood"):
        type(value).from_json({**node, "mood": "calm"})
    for name in {*node} - OPTIONAL.get(type(value), set()):
        with pytest.raises(KeyError):
            type(value).from_json({key: item for key, item in node.items() if key != name})


@pytest.mark.parametrize("name", ["sha256", "bytes", "type"])
def test_a_cited_file_without_hash_size_or_type_is_not_read(name: str) -> None:
    node = Evidence("ab" * 32, 3, "application/pdf", "signed").to_json()
    assert Evidence.from_json(node) == Evidence("ab" * 32, 3, "application/pdf", "signed")
    assert Evidence.from_json({key: item for key, item in node.items() if key != "kind"}).kind is None
    with pytest.raises(KeyError, match=name):
        Evidence.from_json({key: item for key, item in node.items() if key != name})


def test_a_field_more_is_one_line_of_the_declaration(assigned: Matter) -> None:
    lines = {**TICKET.specs, "mood": by_effect("calm"), "visits": several(Grant)}
    longer: Any = Declaration(new_class("Longer", (NamedTuple,), exec_body=lambda body: body.update(
        lines, __annotations__=dict.fromkeys(lines, object), __module__=__name__,
    )))
    visits = [{"from": AT, "to": AT, "at": AT}]
    folding = Folding(None, longer)
    for happened in (*assigned.events, event(assigned.ticket, effects={"mood": "glad", "visits": visits})):
        folding.add(happened)
    ticket: Any = folding.ticket()
    assert (ticket.mood, ticket.visits, ticket.lead) == ("glad", (Grant(NOON, NOON, NOON),), "SCJGJ")
    assert longer.effects_of({"mood": "glad", "visits": ticket.visits}) == {"mood": "glad", "visits": visits}
    columns = longer.columns(ticket, {})
    assert columns[-2:] == ["glad", canonical(visits)]
    assert longer.read(columns) == ticket


def test_an_effect_of_the_turn_alone_changes_whose_date_it_is(assigned: Matter) -> None:
    after = evolve(assigned.ticket, event(assigned.ticket, effects={"turn": "office"}))
    assert after.due_at is None
    assert after.promised_at == assigned.ticket.promised_at


def test_amending_changes_fields_by_name_and_words_by_their_words(assigned: Matter) -> None:
    changes = {
        "title": None, "detail": None, "measure": ["3.1", "3.2"], "grade": ["C", "B"], "source": ["visit", "media"],
        "source_ref": [None, "K"], "leader": [None, "x"], "due": [None, "t"], "standing": [False, True],
    }
    told = evolve(assigned.ticket, event(assigned.ticket, "amended", words={"title": "新题", "detail": "详情"}, changes=changes))
    assert (told.title, told.detail, told.measure, told.grade, told.source, told.source_ref, told.leader) == (
        "新题", "详情", "3.2", "B", "media", "K", "x",
    )
    assert told.state == "assigned"
    erased = evolve(assigned.ticket, event(assigned.ticket, "amended", changes=changes))
    assert (erased.title, erased.detail) == (ERASED_TITLE, None)


@pytest.mark.parametrize(("name", "effects"), [
    ("levle", {"levle": 4}), ("level", {"level": 4}), ("cooperators", {"lead": "GAJ", "cooperators": ["SWJ"]}),
    ("until", {"request": {"to": "t", "until": "t"}}), ("why", {"objections": {"SWJ": {"seq": 3, "why": "x"}}}),
    ("signed_by", {"proposals": [{"rung": "r", "signed_by": "x"}]}), ("by", {"grants": [{"to": "t", "by": "x"}]}),
    ("reason", {"denials": [{"unit": "A", "reason": "x"}]}), ("due", {"instructions": [{"by": "x", "due": "t"}]}),
    ("dueat", {"deadlines": {"rectify": {"clock": "rectify", "dueat": "t"}}}),
])
def test_an_effect_that_nobody_applies_is_refused_by_name_and_never_dropped(
    assigned: Matter, name: str, effects: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match=rf": {name}$"):
        evolve(assigned.ticket, event(assigned.ticket, effects=effects))


def test_a_field_that_nobody_amends_is_refused_by_name(assigned: Matter) -> None:
    with pytest.raises(ValueError, match="state"):
        evolve(assigned.ticket, event(assigned.ticket, "amended", changes={"state": ["assigned", "verified"]}))


def test_erased_words_leave_the_facts(assigned: Matter) -> None:
    first = assigned.events[0]._replace(words=None, salt=None)
    ticket = fold([first, *assigned.events[1:]])
    assert ticket == assigned.ticket._replace(title=ERASED_TITLE, title_folded=ERASED_TITLE, detail=None)


def test_a_migration_pins_another_definition(assigned: Matter) -> None:
    after = evolve(assigned.ticket, event(assigned.ticket, "migrated", definition=["old", "new"]))
    assert after.definition == "new"


def test_the_row_keeps_what_lists_need_of_the_deadlines(assigned: Matter) -> None:
    promise = assigned.ticket.deadlines["rectify"]._replace(level=2)
    for state, kept in [
        (RUNS, (promise.due_at, promise.warn_at, promise.due_at, 2)), (RESTS, (promise.due_at, None, None, 2)),
        (ENDED, (promise.due_at, None, None, 2)), (PLANNED, (None, None, None, 0)), (VOID, (None, None, None, 0)),
    ]:
        effects = {"deadlines": {"rectify": promise._replace(state=state).to_json()}}
        after = evolve(assigned.ticket, event(assigned.ticket, effects=effects))
        assert (after.promised_at, after.warn_at, after.late_at, after.level) == kept, state


def test_a_ticket_knows_its_promise(matter: Callable[..., Matter]) -> None:
    opened = matter().open()
    assert opened.ticket.promise is None
    promise = opened.do("assign", lead="SCJGJ").ticket.promise
    assert promise is not None and promise.clock == "rectify"


def test_deadlines_survive_their_text(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "x"})
    rich = Deadline(
        "part:SWJ", "cooperator", 3, NOON, NOON, "2 working days", RESTS, NOON, 2, 1, NOON, NOON, "SWJ", True, True, ("reminder",),
        ("urging",), "1a0dfaebc46a", (Pause(NOON, NOON), Pause(NOON, NOON)), 4,
    )
    assert set(Deadline._fields) == set(rich.to_json())
    deadlines = {**rectifying.ticket.deadlines, rich.clock: rich}
    ticket = rectifying.ticket._replace(deadlines=deadlines)
    columns = TICKET.columns(ticket, {})
    assert TICKET.read(columns) == TICKET.read_to_write(columns) == ticket
    assert TICKET.columns(TICKET.read(columns), {}) == columns


def test_a_deadline_says_only_what_differs_from_the_usual() -> None:
    bare = Deadline("rectify", "lead", 1, NOON, NOON)
    assert set(bare.to_json()) == {"clock", "of", "epoch", "started_at", "due_at"}
    assert bare.fixed
    assert not bare._replace(amount="5 working days").fixed


@pytest.mark.parametrize("change", [{"dueat": "2020-09-25T10:00:00.000000Z"}, {"next_at": ""}, {"warn_at": 0}, {"skipped": 1}])
def test_what_no_deadline_was_written_as_is_refused(change: dict[str, Any]) -> None:
    node = Deadline("rectify", "lead", 1, NOON, NOON).to_json()
    assert Deadline.from_json(node) == Deadline("rectify", "lead", 1, NOON, NOON)
    with pytest.raises((ValueError, TypeError)):
        Deadline.from_json(node | change)
    for name in node:
        with pytest.raises(KeyError):
            Deadline.from_json({key: value for key, value in node.items() if key != name})


def test_a_fold_never_looks_at_the_time_of_events(assigned: Matter) -> None:
    late = assigned.events[1]._replace(at=datetime(1999, 1, 1, tzinfo=UTC))
    assert fold([assigned.events[0], late]).state == "assigned"
    assert assigned.do("accept", LEAD).ticket.state == "rectifying"


def test_a_folding_knows_the_deadlines_as_its_events_wrote_them(assigned: Matter) -> None:
    folding = Folding()
    for event in assigned.events:
        folding.add(event)
    assert folding.written()["deadlines"] == {clock: deadline.to_json() for clock, deadline in assigned.ticket.deadlines.items()}
    assert folding.ticket() == assigned.ticket


def test_a_folding_of_the_whole_history_knows_which_entries_were_taken_away(assigned: Matter) -> None:
    gone = event(assigned.ticket, effects={"deadlines": {"accept": None}})
    folding = Folding()
    for each in [*assigned.events, gone]:
        folding.add(each)
    assert "accept" in assigned.ticket.deadlines
    assert "accept" not in folding.ticket().deadlines


@pytest.mark.parametrize("value", [
    SetAside("FY", ("SWJ",), (Proposal("r", 2, "c", 1, NOON, 3, NOON),), Request(NOON, NOON, None, 3)), SetAside(),
])
def test_what_is_set_aside_survives_its_wire_form(value: SetAside) -> None:
    assert SetAside.from_json(value.to_json()) == value
    with pytest.raises(ValueError):
        SetAside.from_json({**value.to_json(), "colour": "red"})
