"""The dates that `why` tells of rungs: of those that fired the date of their own event, whatever became of the clock's date since."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.acts.command import Command
from engine.rules.acts.handover import HANDED_OVER, Succession, to_unit
from engine.rules.acts.late_entry import Paper, enter
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import evolve
from engine.views.clocks import WhyView, hangs_on_history, why_view
from engine.views.moments import moment_text
from tests.rules.conftest import LEAD, OFFICE, Matter, local
from tests.rules.lives import LAWFUL, NAMES, lived


def why(matter: Matter) -> WhyView:
    read = {event.seq for event in matter.events}
    return why_view(
        matter.ticket, matter.definition, OFFICE, matter.now, matter.calendar, lambda _: matter.calendar, matter.events, read,
    )


def dates(matter: Matter, clock: str = "rectify") -> dict[str, str | None]:
    """The dates of the rungs of a clock, by state and name."""
    node = next(node for node in why(matter)["clocks"] if node["clock"] == clock)
    return {f"{rung['state']} {rung['rung']}": rung["at"] for rung in node["rungs"]}


@LAWFUL
@given(st.data(), NAMES)
def test_what_fired_is_told_with_the_date_that_its_event_says(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    told = told_dates(matter.events)
    for node in why(matter)["clocks"]:
        for rung in node["rungs"]:
            if rung["state"] in ("fired", "ours"):
                assert hangs_on_history(matter.ticket)
                assert rung["at"] in told[node["clock"], rung["rung"]], (node, matter.events)


def told_dates(events: list[Event]) -> dict[tuple[str, str], set[str | None]]:
    """The date that each rung was last told with, by its clock; of the part of a unit that another succeeds under either name."""
    told: dict[tuple[str, str], set[str | None]] = {}
    for event in events:
        if event.kind == "escalated" and "n" not in event.data:
            told[event.data["clock"], event.data["rung"]] = {moment_text(moment(event.data["scheduled_for"]))}
        elif event.kind == HANDED_OVER and "unit" in event.data:
            old, new = (f"part:{unit}" for unit in event.data["unit"])
            for rung in [rung for clock, rung in told if clock == old]:
                told[new, rung] = told.get((new, rung), set()) | told[old, rung]
    return told


def test_a_pause_moves_what_comes_and_nothing_that_fired(rectifying: Matter) -> None:
    rectifying.at("2020-10-12T10:00").sweep()
    before = dates(rectifying)
    rectifying.do("suspend", OFFICE, {"reason": "等待政策"}).at("2020-11-12T10:00").do("resume")
    after = dates(rectifying)
    assert {name: at for name, at in after.items() if name.startswith("fired")} == {
        name: at for name, at in before.items() if name.startswith("fired")
    }
    assert after["next supervision-letter"] != before["next supervision-letter"]


def test_what_was_skipped_keeps_its_date_too(assigned: Matter) -> None:
    assigned.do("accept", LEAD).amend(reason="录入错误", due=local("2020-09-28T18:00"))
    before = dates(assigned)["skipped reminder"]
    assigned.at("2020-09-29T10:00").do("suspend", OFFICE, {"reason": "等待政策"}).at("2020-10-15T10:00").do("resume")
    node = next(node for node in why(assigned)["clocks"] if node["clock"] == "rectify")
    assert node["due_on"] > "2020-10-09" and dates(assigned)["skipped reminder"] == before == "2020-09-25T00:30:00Z"


def test_a_rung_that_stays_where_a_later_one_is_void_keeps_its_date(rectifying: Matter) -> None:
    rectifying.at("2020-09-30T09:00").sweep()
    before = dates(rectifying)["fired reminder"]
    rectifying.at("2020-09-30T10:00").do("suspend", OFFICE, {"reason": "等待政策"}).at("2020-10-12T10:00").do("resume")
    rectifying.at("2020-10-30T10:00").sweep()
    command = Command("request-extension", {"to": local("2020-10-19T18:00")}, {"reason": "材料未齐"}, salt="salt")
    entered = enter(rectifying.situation(), command, Paper(local("2020-10-12T11:00"), "收文第3号", "SCJGJ"), rectifying.events)
    assert isinstance(entered, Event), entered
    rectifying.events.append(entered)
    rectifying.ticket = evolve(rectifying.ticket, entered)
    clock = next(node for node in why(rectifying)["clocks"] if node["clock"] == "rectify")
    assert (clock["epoch"], clock["cause"]) == (2, {"trigger": "request-extension", "entered_late": True})
    assert dates(rectifying)["fired reminder"] == before


def test_a_part_goes_on_under_the_successor_s_name_with_what_it_fired(rectifying: Matter) -> None:
    rectifying.at("2020-10-12T10:00").sweep()
    rectifying.do("suspend", OFFICE, {"reason": "等待政策"}).at("2020-10-23T10:00").do("resume")
    before = dates(rectifying, "part:SWJ")
    event = to_unit(rectifying.ticket, Succession("SWJ", "CZJ", 7), OFFICE, rectifying.now, rectifying.definition.hidden_states)
    assert event is not None
    rectifying.events.append(event)
    rectifying.ticket = evolve(rectifying.ticket, event)
    assert any(name.startswith("fired") for name in before) and dates(rectifying, "part:CZJ") == before


@pytest.mark.parametrize(("said", "expected"), [
    ({"batch": "B-2020-0001"}, "batch"), ({"round": "R-2020-01"}, "round"), ({"batch": "ZG-2020-0001"}, "person"), ({}, None),
])
def test_why_says_what_set_the_date_by_which_it_is_to_be_assigned(
    matter: Callable[..., Matter], said: dict[str, str], expected: str | None,
) -> None:
    found = matter().open(**said, assign_by=local("2020-10-20T18:00") if said else None)
    assert [(clock["clock"], clock["fixed_by"]) for clock in why(found)["clocks"]] == [("assign", expected)]


def test_why_says_that_a_person_or_the_superior_set_a_date(matter: Callable[..., Matter]) -> None:
    found = matter("2020-09-25T09:00", "superior").open(source="superior", key="省督〔2020〕7号-3")
    found.do("assign", lead="SCJGJ", due=local("2020-10-16T18:00"), outer=local("2020-11-30T18:00"))
    by = {clock["clock"]: clock["fixed_by"] for clock in why(found)["clocks"]}
    assert (by["rectify"], by["outer"], by["accept"]) == ("person", "superior", None)
