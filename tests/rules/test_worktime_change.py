"""Notices that come in, and days of the office or of one unit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.errors import Reason
from engine.rules.worktime import (
    REST,
    WORK,
    Calendar,
    CalendarError,
    Day,
    HolidayNotice,
    add_day,
    changed_days,
    load_notices,
    merge,
    notice_json,
    own_days,
    parse_notice,
    parse_notices,
    remove_day,
)
from engine.words.problem import problem_line
from tests.holidays import sound

HOURS = (("08:30", "12:00"), ("14:30", "18:00"))
BARE = Calendar("办公时间", "Asia/Shanghai", HOURS, frozenset({5, 6}))


Y2025 = sound(2025, "2024-11-12")
GOLDEN_WEEK = [f"2026-10-0{day}" for day in range(4, 9)]
Y2026, LATER_2026 = sound(2026, "2025-11-04", work=["2026-10-10"]), sound(2026, "2026-03-01", GOLDEN_WEEK)
IN_FORCE = merge([Y2025, Y2026], BARE)
STORM = date(2026, 7, 21)


def calendar_with(day: date, kind: str, name: str = "", unit: str | None = None) -> Calendar:
    found = add_day(IN_FORCE, day, kind, name, unit)
    assert isinstance(found, Calendar)
    return found


def code(outcome: Calendar | Reason) -> str:
    assert isinstance(outcome, Reason)
    return outcome.code


def test_a_later_notice_takes_the_place_of_the_one_for_its_year_and_leaves_the_others() -> None:
    loaded = load_notices(IN_FORCE, [Y2025, Y2026], [LATER_2026])
    assert loaded.notices == (Y2025, LATER_2026) and loaded.contrary == ()
    assert IN_FORCE.is_working(date(2026, 10, 8)) and not loaded.calendar.is_working(date(2026, 10, 8))
    assert not loaded.calendar.is_working(date(2025, 10, 1)) and not loaded.calendar.is_working(date(2026, 10, 10))
    assert load_notices(loaded.calendar, loaded.notices, [LATER_2026]) == loaded


def test_the_next_years_notice_extends_what_is_covered() -> None:
    assert load_notices(IN_FORCE, [Y2025, Y2026], [sound(2027, "2026-11-01")]).calendar.covered_until == date(2027, 12, 31)
    assert load_notices(BARE, [], [Y2026]).calendar.covered_until == date(2026, 12, 31)
    assert load_notices(IN_FORCE, [Y2025, Y2026], [sound(2024, "2023-11-01")]).calendar.covered_from == date(2024, 1, 1)


@pytest.mark.parametrize(("new", "expected"), [
    (sound(2028, "2027-11-01"), "year: 2028 leaves a gap; the notices cover 2025 to 2026, the next to load is 2027"),
    (sound(2023, "2022-11-01"), "year: 2023 leaves a gap; the notices cover 2025 to 2026, the next to load is 2024"),
    (sound(2026, "2025-10-01"), "2026: the notice of 2025-11-04 is in force, this one of 2025-10-01 is older"),
])
def test_a_year_that_leaves_a_gap_and_an_older_notice_are_refused(new: HolidayNotice, expected: str) -> None:
    with pytest.raises(CalendarError) as caught:
        load_notices(IN_FORCE, [Y2025, Y2026], [new])
    assert [problem_line(problem, "en") for problem in caught.value.problems] == [expected]


def test_a_notice_that_leaves_no_open_time_in_its_year_is_refused() -> None:
    days = tuple((date.fromordinal(ordinal), "") for ordinal in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()))
    with pytest.raises(CalendarError, match=r"problem-closed.*2026"):
        load_notices(IN_FORCE, [Y2026], [HolidayNotice(2026, date(2026, 5, 1), days, ())])


def test_days_of_the_office_stay_when_a_notice_says_the_contrary_and_are_named() -> None:
    own = calendar_with(date(2026, 10, 9), REST, "搬迁")
    loaded = load_notices(own, [Y2025, Y2026], [sound(2026, "2026-03-01", GOLDEN_WEEK, ["2026-10-09"])])
    assert loaded.contrary == (date(2026, 10, 9),) and not loaded.calendar.is_working(date(2026, 10, 9))


def test_a_day_off_of_the_office_and_of_one_unit() -> None:
    assert not calendar_with(STORM, REST, "台风停工").is_working(STORM)
    county = calendar_with(STORM, REST, "防汛", "YX")
    assert county.is_working(STORM) and not county.of("YX").is_working(STORM) and county.of("YX").why(STORM) == "防汛"
    assert own_days(county, "YX") == {STORM: Day(REST, "防汛")} and own_days(county) == {} == own_days(county, "BFX")


def test_a_worked_day_where_the_notice_says_off() -> None:
    worked = calendar_with(date(2026, 10, 1), WORK)
    assert worked.is_working(date(2026, 10, 1)) and list(own_days(worked)) == [date(2026, 10, 1)]
    back = remove_day(worked, date(2026, 10, 1), [Y2025, Y2026])
    assert back == IN_FORCE


def test_what_a_day_is_anyway_need_not_be_decided() -> None:
    assert code(add_day(IN_FORCE, date(2026, 10, 1), REST, "")) == "day-rests-already"
    assert code(add_day(IN_FORCE, STORM, WORK, "")) == "day-works-already"
    assert code(add_day(IN_FORCE, date(2031, 1, 1), REST, "")) == "day-far"
    assert code(add_day(IN_FORCE, date(2019, 1, 1), REST, "")) == "day-far"
    assert isinstance(add_day(BARE, date(2031, 1, 1), REST, ""), Calendar)


def test_contradictions_are_refused_until_the_first_is_taken_back() -> None:
    rests = calendar_with(STORM, REST, "台风停工")
    assert code(add_day(rests, STORM, WORK, "")) == "day-decided"
    assert isinstance(add_day(rests, STORM, WORK, "", "YX"), Calendar)  # one county may work while the city rests
    county = calendar_with(STORM, REST, "", "YX")
    assert code(remove_day(county, STORM, [Y2025, Y2026])) == "day-not-own"
    assert remove_day(county, STORM, [Y2025, Y2026], "YX") == IN_FORCE
    both = add_day(county, date(2026, 7, 22), REST, "", "YX")
    assert isinstance(both, Calendar)
    assert set(own_days(remove_day(both, STORM, [], "YX"), "YX")) == {date(2026, 7, 22)}  # type: ignore[arg-type]


def test_a_calendar_says_what_is_wrong_with_the_days_of_a_unit() -> None:
    with pytest.raises(CalendarError, match=r"units YX: problem-day-kind.*2026-07-21.*closed"):
        replace(BARE, units={"YX": {STORM: Day("closed")}})
    node = json.loads(BARE.to_json()) | {"units": {"YX": {"2026-07-21": {"kind": "rest"}, "x": 1}}}
    with pytest.raises(CalendarError, match="units: YX: x: problem-no-day"):
        Calendar.from_json(json.dumps(node))


# Files


OFF = ["2027-01-01", {"date": "2027-01-02", "name": " 元旦 "}]
NODE: dict[str, Any] = {"year": 2027, "published": "2026-11-10", "off": OFF, "work": []}


def test_a_day_may_be_its_bare_date_and_a_file_may_hold_several_notices() -> None:
    one = parse_notice(json.dumps(NODE | {"complete_for_year": True}))
    assert one.off == ((date(2027, 1, 1), ""), (date(2027, 1, 2), "元旦"))
    assert parse_notices(json.dumps(NODE)) == (one,)
    assert parse_notices(json.dumps({"about": "…", "notices": [NODE, NODE]})) == (one, one)
    assert parse_notice(json.dumps(notice_json(one))) == one


@pytest.mark.parametrize(("node", "expected"), [
    ({"notices": []}, "notices: not a list of notices"),
    ({"notices": {}, "year": 2027}, "notices: not a list of notices"),
    ({"notices": [1]}, "notices 1: not a JSON object"),
    ({"notices": [{**NODE, "x": 1}]}, "notices 1: x: unknown key"),
    ({"notices": [{"year": 2027}]}, "notices 1: off: missing"),
    ({"notices": [NODE], "year": 2027}, "year: belongs inside a notice"),
    (NODE | {"complete_for_year": False}, "complete_for_year: only the whole arrangement"),
    (NODE | {"published": "2025-11-10"}, "published: 2025-11-10 is neither in 2027 nor in the year before"),
    (NODE | {"off": [{"date": "2027-01-01", "name": "元" * 41}]}, "longer than 40 characters"),
    (NODE | {"off": [{"date": "2027-01-01", "name": "元\u202e旦"}]}, r"'\u5143\u202e\u65e6' holds characters that cannot be shown"),
    (NODE | {"off": [{"date": "2027-01-01", "name": "\ud800"}]}, r"'\ud800' holds characters"),
    (NODE | {"off": ["２０２７-01-01"]}, "is no date like"), (NODE | {"off": ["\x1b[31m"]}, r"'\x1b[31m' is no date"),
    (NODE | {"year": "x" * 99}, "…"), (NODE | {"off": [["2027-01-01"]]}, "off 1: not like"),
])
def test_whatever_is_wrong_with_a_file_is_said(node: dict[str, Any], expected: str) -> None:
    with pytest.raises(CalendarError) as caught:
        parse_notices(json.dumps(node))
    told = [problem_line(problem, "en") for problem in caught.value.problems]
    assert any(expected in line for line in told), told
    assert all(line.isprintable() for line in told)


def test_what_another_calendar_changes_is_named_in_rows_of_days() -> None:
    loaded = load_notices(IN_FORCE, [Y2025, Y2026], [LATER_2026]).calendar
    changed = [(it.first.isoformat(), it.last.isoformat(), it.working) for it in changed_days(IN_FORCE, loaded)]
    assert changed == [("2026-10-05", "2026-10-08", False), ("2026-10-10", "2026-10-10", False)]
    assert [it.working for it in changed_days(loaded, IN_FORCE)] == [True, True]
    assert changed_days(BARE, BARE) == changed_days(loaded, loaded) == ()
    assert [it.name for it in changed_days(IN_FORCE, calendar_with(STORM, REST, "台风停工"))] == ["台风停工"]
