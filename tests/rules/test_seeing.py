"""What a unit sees of a ticket, whatever was done to it: its own, and nothing that is the office's."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rules.access import Actor, may_see
from engine.rules.acts.command import Command
from engine.rules.acts.decide import next_event
from engine.rules.acts.handover import Succession, to_unit
from engine.rules.acts.late_entry import Paper, enter
from engine.rules.acts.redaction import ask, confirm
from engine.rules.event import Event, for_the_office
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import canonical
from engine.rules.seeing import Sight, with_predecessors
from engine.rules.ticket import Ticket, evolve, fold
from engine.rules.ticket_facts import OF_ROUND, Evidence
from engine.views.clocks import why_view
from engine.views.event import event_view
from engine.views.ticket import ticket_view
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, OTHER, Matter, china, local
from tests.rules.lives import NAMES, UNITS, lived

SEEN = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
READERS = [Actor(unit.lower(), "contact", unit, "test") for unit in (*UNITS, "SWJ")]


def sight(matter: Matter, reader: Actor, *known: str) -> Sight:
    hidden = matter.definition.hidden_states
    return Sight(reader, matter.definition, lambda actor, ticket: may_see(actor, ticket, hidden), lambda actor, number: number in known)


def read(matter: Matter, reader: Actor, *known: str) -> list[Event]:
    return sight(matter, reader, *known).events(matter.events)


def seen(matter: Matter, reader: Actor) -> Ticket:
    return sight(matter, reader).ticket(matter.ticket, matter.events)


def views(matter: Matter, reader: Actor, history: list[Event]) -> Any:
    """What is printed of the ticket that these events make, but for how many there are."""
    ticket = fold(history)
    shown = sight(matter, reader).ticket(ticket, history)
    calendar = matter.calendar
    whole = ticket_view(shown, matter.definition, reader, matter.now, calendar)
    read = set(seqs(sight(matter, reader).events(history)))
    why = why_view(shown, matter.definition, reader, matter.now, calendar, lambda _: calendar, history, read)
    return {**whole, "version": 0}, why


def seqs(events: list[Event]) -> list[int]:
    return [event.seq for event in events]


def test_a_new_lead_reads_no_level_of_the_former_ones(rectifying: Matter) -> None:
    rectifying.at("2020-10-14T10:00").sweep()
    rectifying.do("reassign", OFFICE, {"reason": "职责调整"}, lead="GAJ")
    assert rectifying.events[-1].data["effects"]["acted_level"] == 0
    ticket = seen(rectifying, OTHER)
    assert (ticket.acted_level, ticket.level, [item.level for item in ticket.deadlines.values() if item.level]) == (0, 0, [])
    assert "acted_level" not in json.dumps([event.data for event in read(rectifying, OTHER)])


# laws ----------------------------------------------------------------------------------------------------------------


@settings(SEEN, max_examples=15)
@given(st.data(), NAMES)
def test_what_is_for_the_office_changes_nothing_that_a_unit_sees(data: st.DataObject, name: str) -> None:
    """No comment, proposal or waiver shows: before and after it a unit sees the same ticket, the same dates, rungs and levels."""
    matter = lived(data, name, 18)
    for event in matter.events:
        if for_the_office(event):
            units = {matter.ticket.lead, *matter.ticket.cooperators}
            for reader in [reader for reader in READERS if reader.unit in units]:
                before, after = matter.events[: event.seq - 1], matter.events[: event.seq]
                (shown, why), (still_shown, still_why) = views(matter, reader, before), views(matter, reader, after)
                assert (shown, why) == (still_shown, still_why), [
                    (name, one[name], other[name]) for one, other in ((shown, still_shown), (why, still_why)) for name in one
                    if one[name] != other[name]
                ]


@SEEN
@given(st.data(), NAMES)
def test_a_unit_reads_its_own_and_nothing_of_the_office(data: st.DataObject, name: str) -> None:
    matter = lived(data, name, 18)
    states = {event.seq: fold(matter.events[: event.seq]) for event in matter.events}
    for reader in READERS:
        found = read(matter, reader)
        units = {one.unit for one in with_predecessors(reader, matter.events)}
        for event in found:
            ticket = states[event.seq]
            assert not for_the_office(event)
            assert units & {event.unit, ticket.lead, *ticket.cooperators}
            assert event.unit in units or ticket.state not in matter.definition.hidden_states
            told = canonical(event_view(event)["data"])
            assert ('"proposals"' not in told and '"rung":' not in told) or event.kind == "escalated" or "letter" in event.data
            assert "ZG-2020-0002" not in told
        shown = seen(matter, reader)
        assert (shown.proposals, shown.level, shown.past) == ((), matter.ticket.acted_level, {})
        referred = {item.seq for item in (*shown.denials, *shown.instructions, *shown.objections.values())}
        assert referred <= set(seqs(found))
        assert not any(item.level > matter.ticket.acted_level for item in shown.deadlines.values() if item.promise)


# examples ------------------------------------------------------------------------------------------------------------


def test_a_comment_of_the_office_or_a_leader_is_internal_unless_it_is_said_to_the_unit(assigned: Matter) -> None:
    for actor in (OFFICE, LEADER, LEAD, COOPERATOR):
        assigned.do("comment", actor, {"note": "x"})
    assigned.do("comment", OFFICE, {"note": "x"}, to_unit=True)
    audiences = [event.data.get("audience") for event in assigned.events[-5:]]
    assert audiences == ["office", "office", None, None, None]
    assert seqs(read(assigned, LEAD)) == [2, 5, 6, 7]


def test_a_proposal_shows_when_it_is_issued_and_a_waiver_never(rectifying: Matter) -> None:
    rectifying.at("2020-10-15T18:00").sweep()
    ticket = seen(rectifying, LEAD)
    assert (rectifying.ticket.level, ticket.level, ticket.proposals, "sign" in ticket.deadlines) == (3, 1, (), False)
    assert [event.data["rung"] for event in read(rectifying, LEAD) if event.kind == "escalated" and event.data["clock"] == "rectify"] == [
        "reminder", "urging",
    ]
    assert rungs(rectifying) == ["reminder", "urging"]
    rectifying.do("waive", OFFICE, {"reason": "已当面约谈"}, rung="circular")
    assert not any(event.data.get("trigger") == "waive" for event in read(rectifying, LEAD))
    rectifying.do("issue", by="王副市长")
    assert seen(rectifying, LEAD).level == 2
    assert rungs(rectifying) == ["reminder", "urging", "supervision-letter"]
    assert views(rectifying, LEAD, rectifying.events)[0]["rung"] == "supervision-letter"


def test_which_proposals_a_letter_settled_is_the_office_s_own(rectifying: Matter) -> None:
    rectifying.at("2020-10-20T09:00").sweep()
    rectifying.do("consent", LEADER).do("issue", OFFICE, by="王副市长")
    assert rectifying.events[-1].data["settled"] == ["supervision-letter"]
    (told,) = [event for event in read(rectifying, LEAD) if event.data.get("trigger") == "issue"]
    assert "settled" not in told.data and "supervision-letter" not in json.dumps([dict(event.data) for event in read(rectifying, LEAD)])


def rungs(matter: Matter) -> list[str]:
    why = views(matter, LEAD, matter.events)[1]
    return [rung["rung"] for clock in why["clocks"] if clock["clock"] == "rectify" for rung in clock["rungs"]]


def test_what_a_correction_voids_is_told_as_far_as_it_was(rectifying: Matter) -> None:
    rectifying.at("2020-10-15T18:00").sweep()
    rectifying.amend(reason="录错", due=local("2020-11-30T18:00"))
    whole = rectifying.events[-1].data["voided"]
    assert {"clock": "rectify", "epoch": 1, "rungs": ["reminder", "urging", "supervision-letter", "circular"]} in whole
    told = read(rectifying, LEAD)[-1].data["voided"]
    assert told[0] == {"clock": "rectify", "epoch": 1, "rungs": ["reminder", "urging"]}
    assert all(item["clock"] != "sign" for item in told)


def test_an_alarm_that_comes_round_does_not_tell_a_unit_which_letter_was_proposed(rectifying: Matter) -> None:
    """It is the rung that proposes the interview that comes round; a unit hears that its own clock rings, and of no letter."""
    rectifying.at("2020-10-30T19:00").sweep()
    again = rectifying.events[-1]
    assert (again.data["rung"], again.data["n"]) == ("interview", 1)
    told = read(rectifying, LEAD)[-1]
    assert (told.seq, told.data["rung"], told.data["n"], told.data["clock"]) == (again.seq, "rectify", 1, "rectify")
    assert "interview" not in canonical(event_view(told)["data"])


def test_what_a_paper_voids_of_alarms_that_came_round_tells_a_unit_of_no_letter(rectifying: Matter) -> None:
    rectifying.do("sign-off", COOPERATOR).at("2020-10-30T19:00").sweep()
    paper = Paper(local("2020-10-08T10:00"), "收文登记第12号")
    event = enter(rectifying.situation(), Command("submit", words={"note": "x"}, salt="s"), paper, rectifying.events)
    assert isinstance(event, Event) and event.data["voided"][0]["repetitions"] == [["interview", 1]]
    rectifying.events.append(event)
    rectifying.ticket = evolve(rectifying.ticket, event)
    assert read(rectifying, LEAD)[-1].data["voided"] == [{"clock": "rectify", "epoch": 1, "rungs": ["urging"]}]


def test_the_next_lead_reads_nothing_of_the_time_before(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, {"note": "x"}).do("urge", by="phone").do("object", COOPERATOR, {"reason": "x"})
    assert seen(rectifying, LEAD).urged == 1 and len(seen(rectifying, LEAD).instructions) == 1
    assert set(seen(rectifying, LEAD).objections) == {"SWJ"}
    rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ", **{"with": ()}).do("urge", by="phone")
    ticket = seen(rectifying, OTHER)
    assert (ticket.urged, ticket.instructions, rectifying.ticket.urged) == (1, (), 2)
    assert seqs(read(rectifying, OTHER)) == [7, 8]
    assert read(rectifying, OTHER)[-1].data["effects"]["urged"] == 1
    rectifying.do("report-back", OTHER, {"note": "x"})
    assert read(rectifying, OTHER)[-1].data["effects"]["instructions"] == []


def test_a_unit_reads_what_it_did_itself_even_where_it_sent_the_ticket_away(assigned: Matter) -> None:
    assigned.do("decline", LEAD, {"reason": "非本单位职责"}, suggest="GAJ").do("assign", lead="SCJGJ")
    assert seqs(read(assigned, LEAD)) == [2, 3, 4]
    assert [item.unit for item in seen(assigned, LEAD).denials] == ["SCJGJ"]
    assigned.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ")
    assert seqs(read(assigned, OTHER)) == [5] and seen(assigned, OTHER).denials == ()


def test_the_event_by_which_a_ticket_left_is_the_last_that_its_unit_reads(rectifying: Matter) -> None:
    rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ")
    looking = sight(rectifying, LEAD)
    assert seqs(looking.events(rectifying.events[:4], left=True)) == [2, 3, 4]
    assert seqs(looking.events(rectifying.events[:4])) == [2, 3]


def test_a_successor_reads_what_its_predecessor_read(rectifying: Matter) -> None:
    for old, new in (("SCJGJ", "GAJ"), ("GAJ", "FY")):
        event = to_unit(rectifying.ticket, Succession(old, new, 9), OFFICE, rectifying.now, ())
        assert event is not None
        rectifying.events.append(event)
        rectifying.ticket = evolve(rectifying.ticket, event)
    assert seqs(read(rectifying, replace(OTHER, unit="FY"))) == [2, 3, 4, 5]
    assert seqs(read(rectifying, OTHER)) == [2, 3, 4]


@pytest.mark.parametrize("known", [True, False])
def test_a_number_is_read_by_who_may_know_it_only(rectifying: Matter, known: bool) -> None:
    data: JsonObject = {"relation": "duplicate-of", "target": "ZG-2020-0007"}
    linked = next_event(rectifying.ticket, OFFICE, rectifying.now, "linked", "rectifying", data)
    rectifying.events.append(linked)
    rectifying.ticket = evolve(rectifying.ticket, linked)
    rectifying.do("withdraw", OFFICE, {"reason": "重复"}, of="ZG-2020-0007", **{"as": "duplicate"})
    found = read(rectifying, LEAD, *(["ZG-2020-0007"] if known else []))
    assert [event.kind for event in found][2:] == (["linked", "did"] if known else ["did"])
    assert ("ZG-2020-0007" in json.dumps([dict(event.data) for event in found])) is known
    assert found[-1].data["input"]["as"] == "duplicate"


def test_an_erasure_shows_where_what_it_erased_does(assigned: Matter) -> None:
    assigned.do("comment", OFFICE, {"note": "x"}).do("comment", LEAD, {"note": "x"})
    for seq in (3, 4):
        for act in (partial(ask, reason="x", salt="s", actor=OFFICE), partial(confirm, actor=Actor("admin", "admin", None))):
            event = act(assigned.ticket, assigned.events, seq, now=assigned.now)  # type: ignore[operator]
            assert isinstance(event, Event)
            assigned.events.append(event)
            assigned.ticket = evolve(assigned.ticket, event)
    assert [(event.kind, event.data.get("seq")) for event in read(assigned, LEAD)] == [("did", None), ("did", None), ("erased", 4)]


def test_a_moved_limit_for_signing_is_not_told(rectifying: Matter) -> None:
    moved = {"rectify": ["a", "b"], "sign": ["a", "b"]}
    event = rectifying.events[-1]._replace(kind="rescheduled", data={"cause": {"moved": moved}})
    (told,) = sight(rectifying, LEAD).told([event], {event.seq})
    assert told.data["cause"] == {"moved": {"rectify": ["a", "b"]}}


def test_the_history_is_needed_only_where_something_hangs_on_it(matter: Any) -> None:
    ticket = matter().open().do("assign", lead="SCJGJ")
    assert not sight(ticket, LEAD).hangs_on_history(ticket.ticket)
    assert not sight(ticket, LEAD).hangs_on_history(ticket.at("2020-10-09T18:00").do("accept", LEAD).ticket)
    ticket.sweep()
    assert not sight(ticket, LEAD).hangs_on_history(ticket.ticket)
    ticket.at("2020-10-13T18:00").sweep()
    assert sight(ticket, LEAD).hangs_on_history(ticket.ticket)
    assert sight(ticket, LEAD_HEAD).ticket(ticket.ticket, ticket.events).acted_level == 1
    assert china() is ticket.calendar


def test_what_hangs_on_no_history_is_shown_alike_without_it(rectifying: Matter) -> None:
    look = sight(rectifying, LEAD)
    assert not look.hangs_on_history(rectifying.ticket)
    assert look.ticket(rectifying.ticket) == look.ticket(rectifying.ticket, rectifying.events)


@pytest.mark.parametrize("known", [True, False])
def test_a_batch_is_told_by_a_number_that_the_reader_may_know(assigned: Matter, known: bool) -> None:
    assigned.events[-1] = assigned.events[-1]._replace(data={**assigned.events[-1].data, "batch": "ZG-2020-0007"})
    told = read(assigned, LEAD, *(["ZG-2020-0007"] if known else []))[-1]
    assert told.data["batch"] == ("ZG-2020-0007" if known else None)


def test_the_senders_key_is_told_without_the_batch_that_it_came_with(assigned: Matter) -> None:
    ticket = assigned.ticket._replace(source_ref="B-2020-0001/3.1", batch="B-2020-0001")
    told = sight(assigned, LEAD).ticket(ticket)
    assert (told.batch, told.source_ref) == (None, "3.1")
    assert sight(assigned, LEAD).ticket(ticket._replace(source_ref=None)).source_ref is None
    opened = assigned.events[-1]
    assigned.events[-1] = opened._replace(data={**opened.data, "batch": "B-2020-0001", "source_ref": "B-2020-0001/3.1"})
    assert read(assigned, LEAD)[-1].data["source_ref"] == "3.1"


def test_the_sheet_of_a_round_is_told_to_no_unit(submitted: Matter) -> None:
    sheet, photo = Evidence("a" * 64, 10, "text/csv", OF_ROUND), Evidence("b" * 64, 10, "image/jpeg")
    submitted.do("verify", OFFICE, {"note": "复测达标"}, evidence=[sheet, photo])
    assert [item["sha256"] for item in read(submitted, LEAD)[-1].data["evidence"]] == ["b" * 64]
