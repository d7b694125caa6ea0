"""Hours as people type them, seasons, half days, and what they change in dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Reason
from engine.rules.worktime import (
    REST,
    WORK,
    Amount,
    Calendar,
    CalendarError,
    Day,
    WhenError,
    add_day,
    due,
    merge,
    own_days,
    remove_day,
    set_hours,
    set_season,
    working_seconds,
)
from engine.rules.worktime.hours import Season, parse_hours, parse_season
from engine.words.problem import problem_line
from tests.holidays import sound

USUAL = (("08:30", "12:00"), ("14:30", "18:00"))
SUMMER_HOURS = (("08:30", "12:00"), ("15:00", "18:30"))
HALF = (("08:30", "12:00"),)
BARE = Calendar("办公时间", "Asia/Shanghai", USUAL, frozenset({5, 6}))
SUMMER = Season((6, 1), (9, 30), SUMMER_HOURS)
FRIDAY = date(2026, 2, 13)


def calendar(outcome: Calendar | Reason) -> Calendar:
    assert isinstance(outcome, Calendar)
    return outcome


SEASONAL = calendar(set_season(BARE, SUMMER))


def closes(of: Calendar, *days: str) -> list[str]:
    return [of.close(date.fromisoformat(day)).astimezone(of.tz).strftime("%H:%M") for day in days]


@pytest.mark.parametrize(("text", "hours"), [
    ("08:30-12:00,14:30-18:00", USUAL), ("８：３０－１２：００，１５：００－１８：３０", SUMMER_HOURS),
    ("8:30–12:00、15:00至18:30", SUMMER_HOURS), (" 08:30 - 12:00 ", HALF), ("00:00-24:00", (("00:00", "24:00"),)),
    ("08:30~12:00;12:00~13:00", (("08:30", "12:00"), ("12:00", "13:00"))),
])
def test_hours_are_read(text: str, hours: object) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(("text", "code"), [
    ("", "hours-not-understood"), ("08:30", "hours-not-understood"), ("8-12", "hours-not-understood"),
    ("08:30-12:00,", "hours-not-understood"),
    ("上午", "hours-not-understood"), ("12:00-08:30", "hours-out-of-order"), ("08:30-08:30", "hours-out-of-order"),
    ("08:30-12:00,11:00-18:00", "hours-out-of-order"), ("08:30-25:00", "hours-out-of-order"), ("08:60-12:00", "hours-out-of-order"),
])
def test_a_slip_in_hours_is_called_by_its_name(text: str, code: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_hours(text)
    assert (caught.value.code, caught.value.text) == (code, text)


@pytest.mark.parametrize(("text", "season"), [
    ("06-01..09-30", ((6, 1), (9, 30))), ("6月1日至9月30日", ((6, 1), (9, 30))), ("６．１．．９．３０", ((6, 1), (9, 30))),
    ("10/1 .. 4/30", ((10, 1), (4, 30))), ("2-29..2-29", ((2, 29), (2, 29))),
])
def test_a_season_is_read(text: str, season: object) -> None:
    assert parse_season(text) == season


@pytest.mark.parametrize(("text", "code"), [
    ("06-01", "season-not-understood"), ("06-01..", "season-not-understood"), ("2026-06-01..2026-09-30", "season-not-understood"),
    ("夏季", "season-not-understood"), ("06-31..09-30", "no-such-date"), ("00-01..13-01", "no-such-date"),
])
def test_a_slip_in_a_season_is_called_by_its_name(text: str, code: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_season(text)
    assert caught.value.code == code


def test_the_office_closes_later_in_summer_every_year_and_dates_follow() -> None:
    assert closes(SEASONAL, "2026-05-31", "2026-06-01", "2026-09-30", "2026-10-01") == ["18:00", "18:30", "18:30", "18:00"]
    assert closes(SEASONAL, "2031-07-01") == ["18:30"]
    assert closes(BARE, "2026-06-01") == ["18:00"]
    start = datetime(2026, 5, 28, 1, 0, tzinfo=UTC)
    assert due(start, Amount(2, "working days"), SEASONAL).at == datetime(2026, 6, 1, 10, 30, tzinfo=UTC)
    lunch = datetime(2026, 6, 1, 6, 30, tzinfo=UTC)  # 14:30: closed in summer, open by the usual hours
    assert working_seconds(lunch, lunch + timedelta(minutes=30), SEASONAL) == 0
    assert working_seconds(lunch, lunch + timedelta(minutes=30), BARE) == 1800


def test_a_season_over_the_turn_of_the_year() -> None:
    winter = calendar(set_season(BARE, Season((11, 1), (2, 29), (("09:00", "17:00"),))))
    assert closes(winter, "2026-11-01", "2027-02-28", "2028-02-29") == ["17:00", "17:00", "17:00"]
    assert closes(winter, "2026-10-31", "2027-03-01") == ["18:00", "18:00"]


def test_seasons_do_not_overlap_and_one_of_the_same_days_replaces() -> None:
    touching = set_season(SEASONAL, Season((9, 30), (10, 31), HALF))
    assert isinstance(touching, Reason) and touching.code == "season-overlaps"
    beside = calendar(set_season(SEASONAL, Season((10, 1), (5, 31), HALF)))
    assert len(beside.seasons) == 2
    replaced = calendar(set_season(SEASONAL, SUMMER._replace(hours=HALF)))
    assert [season.hours for season in replaced.seasons] == [HALF]
    assert calendar(set_season(SEASONAL, SUMMER._replace(hours=USUAL))) == BARE


def test_other_usual_hours() -> None:
    assert closes(set_hours(SEASONAL, (("09:00", "17:00"),)), "2026-05-29", "2026-06-01") == ["17:00", "18:30"]


def test_a_half_day_of_the_office_and_of_one_unit() -> None:
    half = calendar(add_day(BARE, FRIDAY, WORK, "除夕前", hours=HALF))
    assert closes(half, "2026-02-13", "2026-02-12") == ["12:00", "18:00"]
    assert half.is_working(FRIDAY) and half.kind(FRIDAY) == WORK and half.why(FRIDAY) == "除夕前"
    county = calendar(add_day(BARE, FRIDAY, WORK, "", "YX", HALF))
    assert closes(county, "2026-02-13") == ["18:00"] and closes(county.of("YX"), "2026-02-13") == ["12:00"]
    assert own_days(county, "YX") == {FRIDAY: Day(WORK, hours=HALF)}
    assert remove_day(county, FRIDAY, [], "YX") == remove_day(half, FRIDAY, []) == BARE
    in_season = calendar(add_day(SEASONAL, date(2026, 7, 1), WORK, "", hours=HALF))
    assert closes(in_season, "2026-07-01", "2026-07-02") == ["12:00", "18:30"]


def test_a_half_day_stays_when_a_notice_comes_in() -> None:
    half = calendar(add_day(BARE, FRIDAY, WORK, "", hours=HALF))
    assert closes(merge([sound(2026, "2025-11-04")], half), "2026-02-13") == ["12:00"]
    assert isinstance(add_day(half, FRIDAY, REST, ""), Reason)


def test_a_calendar_reads_back_what_it_writes_and_one_without_seasons_keeps_its_version() -> None:
    half = calendar(add_day(SEASONAL, FRIDAY, WORK, "", "YX", HALF))
    again = Calendar.from_json(half.to_json())
    assert again == half and again.version == half.version != BARE.version
    plain = json.loads(replace(BARE, days={FRIDAY: Day(WORK)}).to_json())
    assert "seasons" not in plain and "hours" not in plain["days"]["2026-02-13"]


@pytest.mark.parametrize(("content", "problem"), [
    ({"seasons": (Season((6, 1), (9, 30), ()),)}, "seasons 06-01..09-30: no open time"),
    ({"seasons": (SUMMER, Season((9, 1), (9, 2), HALF))}, "seasons: 06-01..09-30 and 09-01..09-02 overlap"),
    ({"days": {FRIDAY: Day(REST, hours=HALF)}}, "days: 2026-02-13 has hours and is not worked"),
    ({"days": {FRIDAY: Day(WORK, hours=(("12:00", "08:00"),))}}, "days 2026-02-13: 12:00-08:00 ends before it begins"),
])
def test_a_calendar_says_what_is_wrong_with_its_hours(content: dict[str, object], problem: str) -> None:
    with pytest.raises(CalendarError) as caught:
        replace(BARE, **content)  # type: ignore[arg-type]
    assert [problem_line(found, "en") for found in caught.value.problems] == [problem]


@pytest.mark.parametrize("seasons", [
    {}, [1], [{"from": "06-01", "to": "09-30"}], [{"from": "06-31", "to": "09-30", "hours": [["08:30", "12:00"]]}],
    [{"from": 6, "to": "09-30", "hours": [["08:30", "12:00"]]}], [{"from": "06-01", "to": "09-30", "hours": "08:30"}],
])
def test_a_malformed_season_is_refused(seasons: object) -> None:
    with pytest.raises(CalendarError, match="seasons"):
        Calendar.from_json(json.dumps(json.loads(BARE.to_json()) | {"seasons": seasons}))


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
edges = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))


@given(edges, edges, days)
def test_a_day_is_in_a_season_or_in_what_is_left_of_the_year(first: tuple[int, int], last: tuple[int, int], day: date) -> None:
    season = Season(first, last, HALF)
    assert season.holds(date(2000, *first)) and season.holds(date(2000, *last))
    assert (SEASONAL.periods(day) == SUMMER_HOURS) is (date(day.year, 6, 1) <= day <= date(day.year, 9, 30))
    one = calendar(set_season(BARE, season))
    assert (one.periods(day) == HALF) is season.holds(day)


seasons = st.builds(Season, edges, edges, st.just(HALF))


@given(seasons, seasons)
def test_two_seasons_overlap_if_some_day_is_in_both(one: Season, other: Season) -> None:
    year = (date(2000, 1, 1) + timedelta(days=away) for away in range(366))
    assert one.overlaps(other) == other.overlaps(one) == any(one.holds(day) and other.holds(day) for day in year)
