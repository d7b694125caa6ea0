"""What a calendar and a notice accept, what they refuse, and how clocks that jump are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.rules.worktime import (
    Amount,
    Calendar,
    CalendarError,
    Day,
    add_working_seconds,
    due,
    next_open,
    parse_notice,
    shift_working_days,
    working_seconds,
)
from engine.words.problem import problem_line

HOURS = (("08:30", "12:00"), ("14:30", "18:00"))
OFFICE = Calendar("办公时间", "Asia/Shanghai", HOURS, frozenset({5, 6}), covered_until=date(2200, 12, 31))
DOCUMENT: dict[str, Any] = {
    "name": "办公时间", "zone": "Asia/Shanghai", "hours": [["08:30", "12:00"], ["14:30", "18:00"]], "weekend": [5, 6],
    "days": {"2026-10-10": {"kind": "makeup", "name": "国庆节", "notice": "2025-11-04"}},
    "fixed_holidays": {"10-01": "国庆节"}, "covered_from": "2018-01-01", "covered_until": "2026-12-31",
    "weekday_hours": {"4": [["08:30", "12:00"]]}, "dated_hours": {"2026-10-10": [["09:00", "16:00"]]},
}
NOTICE: dict[str, Any] = {
    "year": 2027, "published": "2026-11-10", "title": "通知", "note": "",
    "off": [{"date": "2027-01-01", "name": "元旦"}], "work": [{"date": "2026-12-27", "name": "元旦"}],
}


def problems(read: Callable[[str], object], text: str) -> tuple[str, ...]:
    with pytest.raises(CalendarError) as caught:
        read(text)
    return tuple(problem_line(problem, "en") for problem in caught.value.problems)


def without(node: dict[str, Any], *keys: str, **changes: Any) -> str:
    return json.dumps({key: value for key, value in node.items() if key not in keys} | changes)


# Reading


def test_a_calendar_is_read_with_all_it_says() -> None:
    calendar = Calendar.from_json(json.dumps(DOCUMENT))
    assert calendar.days == {date(2026, 10, 10): Day("makeup", "国庆节", "2025-11-04")}
    assert calendar.close(date(2026, 10, 9)) == datetime(2026, 10, 9, 4, 0, tzinfo=UTC)
    assert calendar.close(date(2026, 10, 8)) == datetime(2026, 10, 8, 10, 0, tzinfo=UTC)
    assert calendar.opening(date(2026, 10, 10)) == datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
    assert calendar.why(date(2027, 10, 1)) == "国庆节"
    assert calendar.why(date(2026, 10, 1)) is None
    assert len(calendar.version) == 12
    assert calendar in {calendar}


def test_the_version_is_of_the_content_not_of_its_spelling() -> None:
    loose = json.dumps(DOCUMENT | {"weekend": [6, 5, 5]}, indent=4)
    assert Calendar.from_json(loose).version == Calendar.from_json(json.dumps(DOCUMENT)).version
    assert Calendar.from_json(json.dumps(DOCUMENT | {"name": "值班"})).version != Calendar.from_json(loose).version


def test_every_problem_of_a_calendar_is_listed_at_once() -> None:
    text = without(
        DOCUMENT, zone="Asia/Pingdingshan", name=" ", hours=[["08:30", "12:00"], ["11:00", "10:00"], ["11:30", "18:00"], ["8:30", "25:00"]],
        weekend=[5, 9], days={"1890-01-01": {"kind": "bridge"}, "2201-01-01": {"kind": "rest"}}, fixed_holidays={"02-30": "无"},
        covered_until="2300-12-31", covered_from="1950-01-01",
        weekday_hours={"7": [["08:30", "12:00"]], "1": []}, dated_hours={"2500-01-01": [["08:30", "12:00"]]},
    )
    assert problems(Calendar.from_json, text) == (
        "name: empty",
        "zone: 'Asia/Pingdingshan' is no known time zone",
        "hours: 11:00-10:00 ends before it begins",
        "hours: 11:30-18:00 overlaps the period before it",
        "hours: '8:30' is no time of day like 08:30",
        "weekend: 9 is no weekday (Monday is 0)",
        "weekday_hours: 7 is no weekday (Monday is 0)",
        "weekday_hours 1: no open time",
        "dated_hours: 2500-01-01 is not between 1990-01-01 and 2200-12-31",
        "days: 1890-01-01 is not between 1990-01-01 and 2200-12-31",
        "days: 1890-01-01 is of unknown kind 'bridge'; known are holiday, makeup, rest, work",
        "days: 2201-01-01 is not between 1990-01-01 and 2200-12-31",
        "fixed_holidays: 02-30 does not exist",
        "covered_from: 1950-01-01 is not between 1990-01-01 and 2200-12-31",
        "covered_until: 2300-12-31 is not between 1990-01-01 and 2200-12-31",
    )


def test_what_cannot_be_read_and_what_is_wrong_are_told_together() -> None:
    text = without(
        DOCUMENT, "name", zone=8, hours=[["08:30"]], weekend=5, covered_from="2018-1-1", covered_until="2026-02-30",
        days=[], fixed_holidays={"1001": "国庆节", "10-x": "国庆节", "10-01": 1}, weekday_hours={"Mon": []},
        dated_hours={"2026-10-10": [["10:00", "09:00"]]}, hour="?",
    )
    assert problems(Calendar.from_json, text) == (
        "name: missing",
        "hour: unknown key",
        "zone: 8 is no text",
        'hours: not a list of periods like ["08:30", "12:00"]',
        "weekend: not a list of weekdays",
        "days: not a JSON object",
        "covered_from: '2018-1-1' is no date like 2026-10-01",
        "covered_until: 2026-02-30 does not exist",
        "fixed_holidays: 1001: '1001' is no month and day like 10-01",
        "fixed_holidays: 10-x: '10-x' is no month and day like 10-01",
        "fixed_holidays: 10-01: 1 is no text",
        "weekday_hours: Mon: 'Mon' is no weekday (Monday is 0)",
        "dated_hours 2026-10-10: 10:00-09:00 ends before it begins",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ('{"name": "a", "name": "b"}', "name: stands there twice"),
        (without(DOCUMENT, weekend=[True]), "weekend: True is no weekday"),
        (without(DOCUMENT, days={"2026-10-10": {"name": "x"}}), "days: 2026-10-10: a day is {kind, name, notice}"),
        (without(DOCUMENT, hours=[]), "hours: no open time"),
        (without(DOCUMENT, zone="Asia"), "zone: 'Asia' is no known time zone"),
        (without(DOCUMENT, zone="../etc"), "zone: '../etc' is no known time zone"),
        (without(DOCUMENT, hours=[["24:00", "24:00"]]), "hours: 24:00-24:00 ends before it begins"),
    ],
)
def test_a_broken_calendar_is_refused(text: str, expected: str) -> None:
    assert problems(Calendar.from_json, text)[0].startswith(expected)


def test_a_calendar_with_no_open_time_in_any_week_is_refused() -> None:
    with pytest.raises(CalendarError, match="problem-no-open-week"):
        Calendar("zu", "UTC", HOURS, frozenset(range(7)), {date(2026, 1, 1): Day("work")})


def test_a_notice_is_read() -> None:
    notice = parse_notice(json.dumps(NOTICE))
    assert (notice.year, notice.published) == (2027, date(2026, 11, 10))
    assert notice.off == ((date(2027, 1, 1), "元旦"),)
    assert notice.work == ((date(2026, 12, 27), "元旦"),)


def test_every_problem_of_a_notice_is_listed_at_once() -> None:
    first, far = {"date": "2027-01-01", "name": "元旦"}, {"date": "2029-01-01", "name": "元旦"}
    off = [first, first, far, 20270102, {"date": "2027-02-30", "name": "春节"}]
    text = without(NOTICE, off=off, work=[first], title=1, source="?")
    assert problems(parse_notice, text) == (
        "source: unknown key",
        "title: not a text",
        "off 4: not like {date, name} or a bare date",
        "off 5: 2027-02-30 does not exist",
        "off: 2029-01-01 does not belong to 2027",
        "off: 2027-01-01 stands there twice",
        "2027-01-01 is both off and worked",
    )


def test_a_notice_needs_its_parts() -> None:
    assert problems(parse_notice, "{}") == ("off: missing", "published: missing", "work: missing", "year: missing")
    assert problems(parse_notice, without(NOTICE, year="2027", published=2026, off={}, work="x")) == (
        "year: '2027' is no year between 1990 and 2200", "published: 2026 is no date like 2026-10-01",
        "off: not a list", "work: not a list",
    )
    assert problems(parse_notice, without(NOTICE, year=1066)) == ("year: 1066 is no year between 1990 and 2200",)
    assert problems(parse_notice, without(NOTICE, year=2026)) == ("off: no day of 2026",)


# Bounds


def test_arithmetic_beyond_our_years_is_refused_not_endless() -> None:
    late = datetime(2200, 12, 31, 9, 0, tzinfo=UTC)
    for unit in ("working days", "working hours", "hours", "days", "months"):
        with pytest.raises(CalendarError, match=r"problem-out-of-range.*1990.*2200"):
            due(late, Amount(9_999, unit), OFFICE)
    with pytest.raises(CalendarError):
        shift_working_days(date(1990, 1, 3), -5, OFFICE)
    with pytest.raises(CalendarError):
        next_open(datetime(2200, 12, 31, 15, 0, tzinfo=UTC), OFFICE)
    with pytest.raises(CalendarError):
        working_seconds(datetime(1900, 1, 1, tzinfo=UTC), late, OFFICE)


def test_a_calendar_whose_only_days_are_closed_by_date_ends_too() -> None:
    day = date(2199, 1, 1)
    closed = {day + timedelta(days=n): Day("rest") for n in range(730)}
    calendar = Calendar("zu", "UTC", HOURS, frozenset({5, 6}), closed)
    with pytest.raises(CalendarError):
        add_working_seconds(datetime(2199, 1, 1, tzinfo=UTC), 1, calendar)


def test_naive_times_and_negative_budgets_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without zone"):
        due(naive, Amount(1, "hours"), OFFICE)
    with pytest.raises(ValueError, match="not counted back"):
        add_working_seconds(naive.replace(tzinfo=UTC), -1, OFFICE)


# Edges of a day


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-03-02T09:00", Amount(0, "working days"), "2026-03-02T18:00"),
        ("2026-03-02T18:00", Amount(0, "working days"), "2026-03-03T18:00"),  # closed already: the next working day
        ("2026-03-07T09:00", Amount(0, "days"), "2026-03-09T18:00"),  # a Saturday
        ("2026-03-06T23:59", Amount(1, "working days"), "2026-03-09T18:00"),
        ("2026-03-02T09:00", Amount(5, "days"), "2026-03-09T18:00"),  # ends on a Saturday, moves on
        ("2026-01-31T09:00", Amount(1, "months"), "2026-03-02T18:00"),  # 02-28 is a Saturday
        ("2024-01-31T09:00", Amount(1, "months"), "2024-02-29T18:00"),
        ("2026-11-30T09:00", Amount(1, "months"), "2026-12-30T18:00"),
        ("2026-12-15T09:00", Amount(12, "months"), "2027-12-15T18:00"),
        ("2026-03-02T11:00", Amount(2, "working hours"), "2026-03-02T15:30"),
        ("2026-03-02T11:00", Amount(1, "working hours"), "2026-03-02T12:00"),  # an exact fill ends at the close
        ("2026-12-31T17:00", Amount(1, "working hours"), "2026-12-31T18:00"),  # of the year as well
        ("2026-03-02T12:00", Amount(0, "working hours"), "2026-03-02T14:30"),
        ("2026-03-06T17:00", Amount(2, "working hours"), "2026-03-09T09:30"),
        ("2026-03-06T17:00", Amount(26, "hours"), "2026-03-07T19:00"),
    ],
)
def test_an_amount_ends(start: str, amount: Amount, expected: str) -> None:
    found = due(shanghai(start), amount, OFFICE)
    assert found.at == shanghai(expected)
    assert found.at.tzinfo is UTC
    assert found.on.isoformat() == expected[:10]


def test_midnight_belongs_to_the_day_it_ends() -> None:
    always = Calendar("值班", "Asia/Shanghai", (("00:00", "24:00"),), frozenset(), covered_until=date(2200, 12, 31))
    found = due(shanghai("2026-03-02T09:00"), Amount(1, "working days"), always)
    assert (found.on, found.at) == (date(2026, 3, 3), shanghai("2026-03-04T00:00"))
    assert due(shanghai("2026-03-02T23:00"), Amount(1, "working hours"), always).on == date(2026, 3, 2)
    assert due(shanghai("2026-03-03T00:00"), Amount(0, "working hours"), always).on == date(2026, 3, 3)


def test_a_year_without_a_working_day_is_passed_over() -> None:
    closed = {date(2026, 1, 1) + timedelta(days=n): Day("rest") for n in range(365)}
    calendar = Calendar("zu", "Asia/Shanghai", HOURS, frozenset({5, 6}), closed)
    start = shanghai("2025-12-31T17:00")
    assert add_working_seconds(start, 2 * 3600, calendar) == shanghai("2027-01-01T09:30")
    assert working_seconds(start, shanghai("2027-01-01T09:30"), calendar) == 2 * 3600
    assert shift_working_days(date(2027, 1, 1), -1, calendar) == date(2025, 12, 31)


# Clocks that jump


def test_a_period_in_the_gap_of_spring_is_dropped_and_one_across_it_is_shorter() -> None:
    gap = date(2024, 3, 31)
    swallowed = Calendar("Amt", "Europe/Berlin", (("02:15", "03:00"),), frozenset({0, 1, 2, 3, 4, 5}))
    assert working_seconds(datetime(2024, 3, 31, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC), swallowed) == 0
    across = Calendar("Amt", "Europe/Berlin", (("01:00", "04:00"),), frozenset({0, 1, 2, 3, 4, 5}))
    assert working_seconds(across.opening(gap), across.close(gap), across) == 2 * 3600
    autumn = date(2024, 10, 27)
    assert working_seconds(across.opening(autumn), across.close(autumn), across) == 4 * 3600


def test_periods_pushed_into_one_another_by_the_gap_count_once() -> None:
    calendar = Calendar("Amt", "Europe/Berlin", (("02:15", "02:45"), ("03:00", "04:00")), frozenset())
    assert working_seconds(datetime(2024, 3, 31, tzinfo=UTC), datetime(2024, 3, 31, 12, tzinfo=UTC), calendar) == 3600


def test_closing_time_follows_summer_time() -> None:
    berlin = Calendar("Amt", "Europe/Berlin", (("08:00", "16:00"),), frozenset({5, 6}))
    assert due(datetime(2024, 3, 28, 9, tzinfo=UTC), Amount(1, "working days"), berlin).at == datetime(2024, 3, 29, 15, tzinfo=UTC)
    assert due(datetime(2024, 3, 28, 9, tzinfo=UTC), Amount(2, "working days"), berlin).at == datetime(2024, 4, 1, 14, tzinfo=UTC)


def test_the_room_of_working_time_has_no_other_names_than_it_says() -> None:
    from engine.rules import worktime

    assert {name for name in worktime.__all__ if getattr(worktime, name, None) is None} == set()
    with pytest.raises(AttributeError):
        _ = worktime.nothing_of_that_name  # type: ignore[attr-defined]
