"""Counting a ticket anew by another calendar: pure, in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rules.event import Event
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket, evolve
from engine.rules.timing import clocks
from engine.rules.timing.reproject import ALARM, EARLIER, FIRM, LATER, Reprojected, reproject
from engine.rules.worktime import REST, WORK, Calendar, Day, due
from tests.rules.conftest import LEAD, LEADER, OFFICE, Matter, china, local, workflow

DAYS = [date(2020, 9, 21) + timedelta(days=place) for place in range(60)]


def closed(*days: str, unit: str | None = None, kind: str = REST) -> Calendar:
    """The shipped calendar with more days off, for all or for one unit."""
    more = {date.fromisoformat(day): Day(kind, "台风") for day in days}
    base = china()
    return replace(base, units={unit: more}) if unit else replace(base, days={**base.days, **more})


def anew(matter: Matter, calendar: Calendar, *, accept_earlier: bool = False) -> Reprojected:
    at = matter.situation()._replace(calendar=calendar)
    found = reproject(at, lambda _: matter.calendar, accept_earlier=accept_earlier)
    if found.event is not None:
        matter.events.append(found.event)
        matter.ticket = evolve(matter.ticket, found.event)
        matter.calendar = calendar
    return found


def promised(matter: Matter) -> str:
    assert matter.ticket.promised_at is not None
    return china().local_day(matter.ticket.promised_at).isoformat()


def test_a_day_off_moves_what_runs_over_it_in_the_same_epoch(rectifying: Matter) -> None:
    assert promised(rectifying) == "2020-10-09"
    found = anew(rectifying, closed("2020-09-28"))
    assert promised(rectifying) == "2020-10-10"
    move, part = found.moves
    assert (part.clock, part.unit, part.way) == ("part:SWJ", "SWJ", "later")
    assert (move.clock, move.way, move.kept, move.epoch) == ("rectify", "later", False, 1)
    assert (part.of, move.of, move.unit) == ("cooperator", "lead", None)
    assert isinstance(found.event, Event) and found.event.kind == "rescheduled"
    assert (found.event.at, found.event.from_state, found.event.to_state) == (rectifying.now, "rectifying", "rectifying")
    assert found.event.data["cause"] == {
        "calendar": [china().version, rectifying.calendar.version],
        "moved": {
            "rectify": ["2020-10-09T10:00:00.000000Z", "2020-10-10T10:00:00.000000Z"],
            "part:SWJ": [stamp(part.old), stamp(part.new)],
        },
    }
    assert rectifying.ticket.deadlines["rectify"].calendar == rectifying.calendar.version
    assert (rectifying.ticket.deadlines["part:SWJ"].due_at, part.new) == (local("2020-10-09T18:00"), local("2020-10-09T18:00"))


def test_the_event_names_the_calendar_that_the_date_was_counted_with(rectifying: Matter) -> None:
    found = rectifying.load(closed("2020-09-28"))
    assert found.event is not None
    assert found.event.data["cause"]["calendar"] == [china().version, closed("2020-09-28").version]


def test_what_was_counted_with_this_calendar_is_not_counted_twice(rectifying: Matter) -> None:
    calendar = closed("2020-09-28")
    anew(rectifying, calendar)
    assert anew(rectifying, calendar) == Reprojected(None, ())


def test_a_day_that_lies_outside_changes_nothing(rectifying: Matter) -> None:
    assert anew(rectifying, closed("2020-12-28")) == Reprojected(None, ())


def test_an_earlier_date_waits_until_a_person_accepts_it(rectifying: Matter) -> None:
    calendar = closed("2020-10-05", kind=WORK)
    found = anew(rectifying, calendar)
    assert found.event is None and [(move.way, move.kept) for move in found.moves] == [("earlier", True)]
    assert promised(rectifying) == "2020-10-09"
    assert reproject(rectifying.situation()._replace(calendar=calendar), lambda _: rectifying.calendar) == found  # and nobody said so
    anew(rectifying, calendar, accept_earlier=True)
    assert promised(rectifying) == "2020-10-05"


def test_who_accepts_an_earlier_date_accepts_that_of_the_parts(rectifying: Matter) -> None:
    found = anew(rectifying, closed("2020-09-26", kind=WORK), accept_earlier=True)
    assert [(move.clock, move.way, move.kept) for move in found.moves if move.clock != "accept"] == [
        ("rectify", "earlier", False), ("part:SWJ", "earlier", False),
    ]
    assert promised(rectifying) == "2020-09-30"
    assert rectifying.ticket.deadlines["part:SWJ"].due_at == local("2020-09-29T18:00")


def test_a_part_that_its_own_unit_s_days_make_earlier_waits_although_the_lead_s_date_moves(rectifying: Matter) -> None:
    before = rectifying.ticket.deadlines["part:SWJ"]
    lead, cooperator = closed("2020-09-28", unit="SCJGJ"), closed("2020-09-30", "2020-10-09", unit="SWJ")
    storm = replace(china(), units={**lead.units, **cooperator.units})
    found = anew(rectifying, storm)
    assert [(move.clock, move.way, move.kept, move.new) for move in found.moves] == [
        ("rectify", "later", False, local("2020-10-10T18:00")), ("part:SWJ", "earlier", True, local("2020-09-29T18:00")),
    ]
    assert found.event is not None and set(found.event.data["cause"]["moved"]) == {"rectify"}
    assert rectifying.ticket.deadlines["part:SWJ"] == before


def test_a_calendar_begins_no_part(rectifying: Matter) -> None:
    left = {name: item for name, item in rectifying.ticket.deadlines.items() if item.unit is None}
    rectifying.ticket = rectifying.ticket._replace(deadlines=left)
    found = anew(rectifying, closed("2020-09-28"))
    assert [move.clock for move in found.moves] == ["rectify"]
    assert set(rectifying.ticket.deadlines) == set(left)


def test_days_off_of_the_lead_s_unit_move_its_dates_and_not_the_office_s(matter: Callable[..., Matter]) -> None:
    storm = closed("2020-09-28", unit="SCJGJ")
    leading = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD)
    assert [move.clock for move in anew(leading, storm).moves] == ["rectify"]
    assert promised(leading) == "2020-10-10"
    waiting = matter().open().do("assign", lead="SCJGJ").do("accept", LEAD).do("submit", LEAD, {"note": "已改"})
    assert anew(waiting, storm) == Reprojected(None, ())
    assert waiting.ticket.deadlines["verify"].due_at == local("2020-09-29T18:00")


def test_rungs_move_with_the_calendar_even_where_the_date_does_not(rectifying: Matter) -> None:
    before = rectifying.ticket.deadlines["rectify"]
    base = china()
    swapped = replace(base, days={**base.days, date(2020, 9, 29): Day(REST), date(2020, 10, 4): Day(WORK)})
    found = anew(rectifying, swapped)
    after = rectifying.ticket.deadlines["rectify"]
    assert after.due_at == before.due_at and after.next_at != before.next_at
    assert [move.way for move in found.moves] == ["alarm"] and found.event is not None
    assert found.event.data["cause"]["moved"] == {} and rectifying.ticket.wake_at == clocks.next_alarm(rectifying.ticket.deadlines)


def test_a_date_that_was_provisional_becomes_firm(matter: Callable[..., Matter]) -> None:
    early = matter()
    early.calendar = replace(china(), covered_until=date(2019, 12, 31))
    early.open().do("assign", lead="SCJGJ")
    assert early.ticket.deadlines["rectify"].provisional
    assert {move.way for move in anew(early, china()).moves} == {"firm"}
    assert not early.ticket.deadlines["rectify"].provisional


def test_a_request_for_more_time_goes_on_holding_the_rungs(rectifying: Matter) -> None:
    rectifying.at("2020-10-09T09:00").sweep()
    rectifying.do("request-extension", LEAD, {"reason": "等待系统改造"}, to=local("2020-10-13T18:00"))
    answer = rectifying.ticket.deadlines["answer"]
    assert rectifying.ticket.deadlines["rectify"].next_at == answer.due_at == local("2020-10-12T18:00")
    anew(rectifying, closed("2020-10-10"))  # the office's answer is due a day later, the promise is not
    answer = rectifying.ticket.deadlines["answer"]
    assert rectifying.ticket.deadlines["rectify"].next_at == answer.due_at == local("2020-10-13T18:00")
    assert promised(rectifying) == "2020-10-09"


def test_a_request_holds_the_rungs_whatever_its_clock_is_called(rectifying: Matter) -> None:
    """The date of the answer is counted anew before that of the promise, which waits for it."""
    answer = rectifying.definition.clocks["answer"]._replace(name="zeroth")
    others = {name: clock for name, clock in rectifying.definition.clocks.items() if name != "answer"}
    rectifying.definition = replace(rectifying.definition, clocks={**others, "zeroth": answer}, hash="another-name")
    rectifying.at("2020-10-09T09:00").sweep()
    rectifying.do("request-extension", LEAD, {"reason": "等待系统改造"}, to=local("2020-10-13T18:00"))
    anew(rectifying, closed("2020-10-10"))
    assert rectifying.ticket.deadlines["rectify"].next_at == rectifying.ticket.deadlines["zeroth"].due_at == local("2020-10-13T18:00")


def test_a_request_for_more_time_holds_no_rung_of_another_clock(rectifying: Matter) -> None:
    rectifying.do("instruct", LEADER, {"note": "限期办结"}, urgent=True).at("2020-09-29T09:00").sweep()
    rectifying.do("request-extension", LEAD, {"reason": "等待系统改造"}, to=local("2020-10-13T18:00"))
    anew(rectifying, closed("2020-09-29"))
    report = next(item for name, item in rectifying.ticket.deadlines.items() if name.startswith("report:"))
    assert rectifying.ticket.deadlines["answer"].due_at > report.due_at
    assert report.next_at == report.due_at == local("2020-09-30T18:00")


def test_the_office_counts_its_own_days_and_a_county_its_own(matter: Callable[..., Matter]) -> None:
    storm = closed("2020-09-28", "2020-09-29", unit="SCJGJ")
    office = matter()
    office.calendar = storm
    office.open().do("assign", lead="SCJGJ").do("accept", LEAD)
    assert promised(office) == "2020-10-12"
    elsewhere = matter()
    elsewhere.calendar = storm
    assert promised(elsewhere.open().do("assign", lead="SWJ")) == "2020-10-09"
    office.do("submit", LEAD, {"note": "已改"})
    assert office.ticket.deadlines["verify"].due_at == local("2020-09-29T18:00")


def test_what_follows_a_rung_that_fired_counts_the_days_of_the_unit(matter: Callable[..., Matter]) -> None:
    county = matter()
    county.calendar = closed("2020-10-12", "2020-10-13", unit="SCJGJ")
    county.open().do("assign", lead="SCJGJ").do("accept", LEAD).at("2020-10-09T18:00").sweep()
    assert county.fired()[-1] == ("urging", "2020-10-09")
    assert county.ticket.deadlines["rectify"].next_at == local("2020-10-15T18:00"), "two days on which the unit worked"


def test_a_unit_calendar_is_made_once_and_knows_its_office() -> None:
    storm = closed("2020-09-28", unit="SCJGJ")
    own = storm.of("SCJGJ")
    assert own is storm.of("SCJGJ") and own.of(None) is storm and own.of("SWJ") is storm and own.of("SCJGJ") is own
    assert own.version == storm.version != china().version
    assert not own.is_working(date(2020, 9, 28)) and storm.is_working(date(2020, 9, 28))
    assert Calendar.from_json(storm.to_json()).of("SCJGJ").why(date(2020, 9, 28)) == "台风"
    assert Calendar.from_json(storm.to_json(), "abc").version == "abc"
    assert china().of("SCJGJ") is china()


def test_a_part_of_a_cooperator_counts_by_the_cooperators_days() -> None:
    storm = closed("2020-09-28", unit="SWJ")
    assert clocks.counted_by("cooperator", "SWJ", storm.of("SCJGJ")) is storm.of("SWJ")
    assert clocks.counted_by("cooperator", None, storm.of("SWJ")) is storm.of("SWJ")
    assert clocks.counted_by("office", None, storm.of("SWJ")) is storm


@pytest.mark.parametrize("grade", ["C", "B", "A"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    days=st.dictionaries(st.sampled_from(DAYS), st.sampled_from([REST, WORK]), max_size=8),
    more=st.dictionaries(st.sampled_from(DAYS), st.sampled_from([REST, WORK]), max_size=8),
    paused=st.integers(0, 4), at=st.sampled_from(DAYS[:20]),
)
def test_whatever_changes_the_date_is_the_amount_from_its_start_and_the_pauses(
    grade: str, days: dict[date, str], more: dict[date, str], paused: int, at: date,
) -> None:
    """Compared with counting by hand: the amount and the pauses, both by the new calendar."""
    base = china()
    old = replace(base, days={**base.days, **{day: Day(kind) for day, kind in days.items()}})
    new = replace(base, days={**base.days, **{day: Day(kind) for day, kind in more.items()}})
    matter = Matter(local(f"{at}T09:00"), workflow("rectification"), old).open(grade=grade).do("assign", lead="SCJGJ")
    if paused:
        matter.do("suspend", OFFICE, {"reason": "x"})
        matter.now += timedelta(days=paused)
        matter.do("resume", OFFICE)
    before = matter.ticket.deadlines["rectify"]
    expected = due(before.started_at, clocks.amount_of(str(before.amount)), new, before.pauses).at
    found = anew(matter, new, accept_earlier=True)
    after = matter.ticket.deadlines["rectify"]
    assert after.due_at == expected or old.version == new.version
    assert (after.epoch, after.rung, after.started_at) == (before.epoch, before.rung, before.started_at)
    assert {move.way for move in found.moves} <= {LATER, EARLIER, FIRM, ALARM}
    assert _folded(matter) == matter.ticket


def _folded(matter: Matter) -> Ticket:
    ticket: Ticket | None = None
    for event in matter.events:
        ticket = evolve(ticket, event)
    assert ticket is not None
    return ticket
