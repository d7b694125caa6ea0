"""Whom a rung tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.rules.event import Event
from engine.rules.recipients import Directory, in_the_name_of, recipients, told_of_act
from tests.rules.conftest import LEADER, PEOPLE, Matter, local

FULL = replace(PEOPLE, contacts={"SCJGJ": ("a", "b"), "SWJ": ("c",), "GAJ": ("d",)}, leaders=("mayor", "deputy"))


@pytest.mark.parametrize(("tell", "people"), [
    ("lead", ("a", "b")), ("head", ("lead-head",)), ("cooperator", ("c",)), ("part", ("d",)), ("leader", ("mayor", "deputy")),
    ("office", ("office",)),
])
def test_each_word_finds_its_people(assigned: Matter, tell: str, people: tuple[str, ...]) -> None:
    assert recipients((tell,), assigned.ticket, FULL, "GAJ") == people


@pytest.mark.parametrize(("part", "people"), [("SWJ", ("tax-head",)), (None, ("lead-head",))])
def test_the_head_that_is_told_of_a_clock_is_that_of_the_unit_whose_clock_it_is(
    assigned: Matter, part: str | None, people: tuple[str, ...],
) -> None:
    both = replace(FULL, heads={"SCJGJ": ("lead-head",), "SWJ": ("tax-head",)})
    assert recipients(("own-head",), assigned.ticket, both, part) == people


def test_what_is_entered_late_tells_the_unit_for_which_it_was_and_else_whom_the_workflow_names(rectifying: Matter) -> None:
    before = rectifying.ticket
    rectifying.do("comment", words={"note": "已电话联系"})
    event = rectifying.events[-1]
    late = event._replace(data={**event.data, "for_unit": "GAJ"})

    def told(one: Event) -> Mapping[str, int]:
        return told_of_act(rectifying.definition, [one], before, rectifying.ticket, lambda: FULL).people

    assert "d" not in told(event)
    assert dict(told(late)) == {**told(event), "d": late.seq}


    nobody = event._replace(data={**event.data, "for_unit": "FY"})
    assert told(nobody) == told(event)


def test_a_rung_tells_whom_it_found_then_whoever_is_in_office_now(rectifying: Matter) -> None:
    (event, *_) = rectifying.at("2020-10-14T10:00").sweep()
    assert event.kind == "escalated" and event.data["recipients"]
    told = told_of_act(rectifying.definition, [event], rectifying.ticket, rectifying.ticket, Directory)
    assert (dict(told.people), told.events) == (dict.fromkeys(event.data["recipients"], event.seq), (event.seq,))


def test_an_act_tells_each_unit_whose_duty_it_changed_and_whoever_stands_in_there(rectifying: Matter) -> None:
    before = rectifying.ticket
    rectifying.do("reassign", words={"reason": "职责调整"}, lead="GAJ")
    people = replace(FULL, deputies={"a": ("x",)}, office=("office", "second"))
    moved, internal = rectifying.events[-1], rectifying.events[-1]._replace(seq=99, kind="noted", data={"audience": "office"})
    told = told_of_act(rectifying.definition, [moved, internal], before, rectifying.ticket, lambda: people)
    assert dict(told.people) == dict.fromkeys(("d", "c", "a", "x", "b"), moved.seq), "by the last event that a unit may read"
    assert told.events == (moved.seq,)
    gone = replace(people, contacts={"SWJ": ("c",)})
    assert set(told_of_act(rectifying.definition, [moved], before, rectifying.ticket, lambda: gone).people) == {"second", "c"}


def test_a_moved_date_alone_tells_those_whose_it_is(rectifying: Matter) -> None:
    before = rectifying.ticket
    event = rectifying.amend(reason="日期写错", due=local("2020-10-20T18:00"))
    assert isinstance(event, Event)
    told = told_of_act(rectifying.definition, [event], before, rectifying.ticket, lambda: FULL)
    assert dict(told.people) == dict.fromkeys(("a", "b", "c"), event.seq)


def test_what_only_the_office_does_and_whom_an_act_names_are_no_leaders_word(assigned: Matter) -> None:
    assert [in_the_name_of(assigned.definition, event) for event in assigned.events] == [None, None]
    assert isinstance(assigned.amend(reason="录入错误", title="企业开办材料重复"), Event)
    assert in_the_name_of(assigned.definition, assigned.events[-1]) is None


@pytest.mark.parametrize("tell", ["lead", "head", "cooperator", "part", "leader"])
def test_whoever_is_missing_is_replaced_by_the_office(assigned: Matter, tell: str) -> None:
    assert recipients((tell,), assigned.ticket, Directory(office=("office",))) == ("office",)


@pytest.mark.parametrize(("tell", "people"), [("lead", ("office",)), ("head", ("office",)), ("cooperator", ())])
def test_a_ticket_without_units_tells_the_office_and_of_a_cooperator_that_it_never_had_nobody(
    assigned: Matter, tell: str, people: tuple[str, ...],
) -> None:
    bare = assigned.ticket._replace(lead=None, cooperators=())
    assert recipients((tell,), bare, FULL) == people


def test_the_ticket_s_own_leader_goes_before_all_leaders(assigned: Matter) -> None:
    assert recipients(("leader",), assigned.ticket._replace(leader="deputy"), FULL) == ("deputy",)


def test_a_leader_whose_account_ended_is_as_if_none_were_named(assigned: Matter) -> None:
    gone = assigned.ticket._replace(leader="gone")
    assert recipients(("leader",), gone, replace(FULL, portfolios={"SCJGJ": ("deputy",)})) == ("deputy",)
    assert recipients(("leader",), gone, FULL) == ("mayor", "deputy")
    assert recipients(("leader",), gone, replace(FULL, leaders=())) == ("office",)


def test_everybody_is_told_once_and_in_order(assigned: Matter) -> None:
    both = replace(FULL, heads={"SCJGJ": ("a",)})
    assert recipients(("office", "head", "lead", "office"), assigned.ticket, both) == ("office", "a", "b")


def test_whoever_answers_for_the_lead_goes_before_all_leaders(assigned: Matter) -> None:
    people = replace(FULL, portfolios={"SCJGJ": ("vice",), "GAJ": ("other",)})
    assert recipients(("leader",), assigned.ticket, people) == ("vice",)
    assert recipients(("leader",), assigned.ticket._replace(leader="mayor"), people) == ("mayor",)
    assert recipients(("leader",), assigned.ticket._replace(lead="FGW"), people) == ("mayor", "deputy")


def test_a_stand_in_is_told_beside_whom_it_stands_in_for(assigned: Matter) -> None:
    people = replace(FULL, deputies={"a": ("b", "x"), "office": ("y",)})
    assert recipients(("lead", "office"), assigned.ticket, people) == ("a", "b", "x", "office", "y")


@pytest.mark.parametrize(("by", "also"), [("mayor", ["mayor", "aide"]), ("王副市长", [])])
def test_a_leader_in_whose_name_the_office_wrote_something_down_is_told(assigned: Matter, by: str, also: list[str]) -> None:
    people = replace(FULL, deputies={"mayor": ("aide",)})
    before = assigned.ticket
    assigned.do("instruct", words={"note": "限期办结"}, by=by)
    event = assigned.events[-1]
    assert list(told_of_act(assigned.definition, [event], before, assigned.ticket, lambda: people).people) == ["a", "b", "lead-head", *also]


def test_a_leader_who_instructs_in_person_is_told_nothing_of_it(assigned: Matter) -> None:
    before = assigned.ticket
    assigned.do("instruct", LEADER, words={"note": "限期办结"})
    assert "leader" not in told_of_act(assigned.definition, [assigned.events[-1]], before, assigned.ticket, lambda: PEOPLE).people
