"""Notices that can be meant, and those that cannot: every real one is taken, every slip in one is refused with all its problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.worktime import Calendar, CalendarError, HolidayNotice, load_notices, merge, parse_notice
from engine.rules.worktime.plausible import implausible
from engine.rules.worktime.statutory import FIRST_YEAR, HOLIDAYS, LAST_YEAR, statutory
from tests.holidays import sound

SEED = Path(__file__).parents[2] / "seeds" / "calendars" / "cn"
OFFICE = Calendar.from_json((SEED / "office.json").read_text(encoding="utf-8"))
WEEKEND = OFFICE.weekend
REAL = [parse_notice(path.read_text(encoding="utf-8")) for path in sorted(SEED.glob("[0-9]*.json"))]
real = st.sampled_from(REAL)


def codes(notice: HolidayNotice) -> list[str]:
    return [problem.code for problem in implausible(notice, WEEKEND)]


@pytest.mark.parametrize("notice", REAL, ids=lambda it: f"{it.year}-{it.published}")
def test_every_real_notice_is_taken_and_without_the_names_of_its_days_too(notice: HolidayNotice) -> None:
    bare = replace(notice, off=tuple((day, "") for day, _ in notice.off), work=tuple((day, "") for day, _ in notice.work))
    assert codes(notice) == codes(bare) == []


def test_the_real_notices_can_be_loaded_one_after_the_other_as_they_came() -> None:
    calendar, known = OFFICE, ()
    for notice in sorted(REAL, key=lambda it: it.published):
        loaded = load_notices(calendar, known, [notice])
        calendar, known = loaded.calendar, loaded.notices
    assert calendar == merge(REAL, OFFICE)


@given(real, st.data())
def test_a_notice_that_forgets_a_holiday_is_refused_by_its_name(notice: HolidayNotice, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(HOLIDAYS))
    gone = set(statutory(notice.year)[name])
    mutated = replace(notice, off=tuple(item for item in notice.off if item[0] not in gone))
    problems = [problem for problem in implausible(mutated, WEEKEND) if problem.code == "problem-no-holiday"]
    assert name in [problem.values["name"] for problem in problems]


@given(real, st.data(), st.sampled_from([-1, 1]))
def test_a_date_with_the_number_of_another_year_is_refused(notice: HolidayNotice, data: st.DataObject, step: int) -> None:
    days = [*notice.off, *notice.work]
    place = data.draw(st.integers(0, len(days) - 1))
    day, name = days[place]
    days[place] = (day.replace(year=day.year + step), name)
    assert codes(replace(notice, off=tuple(days[:len(notice.off)]), work=tuple(days[len(notice.off):])))


@given(real.filter(lambda it: it.work), st.data())
def test_a_make_up_day_on_an_ordinary_weekday_is_refused(notice: HolidayNotice, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(notice.work) - 1))
    off = {day for day, _ in notice.off}
    away = data.draw(st.sampled_from([
        day for day in (notice.work[place][0] + timedelta(days=step) for step in range(-10, 11))
        if day.weekday() < 5 and day not in off and day - timedelta(days=1) not in off
    ]))
    work = tuple(item if here != place else (away, item[1]) for here, item in enumerate(notice.work))
    assert "problem-no-makeup" in codes(replace(notice, work=work))


@given(real, st.integers(2, 9))
def test_last_year_s_dates_under_this_year_s_number_are_refused(notice: HolidayNotice, step: int) -> None:
    assert codes(replace(notice, year=notice.year + step, published=notice.published.replace(year=notice.published.year + step)))


def test_three_days_off_for_a_whole_year_are_refused_with_every_problem() -> None:
    few = HolidayNotice(2027, date(2026, 11, 10), tuple((date(2027, 1, day), "元旦") for day in (1, 2, 3)), ())
    with pytest.raises(CalendarError) as caught:
        load_notices(OFFICE, [], [few])
    assert sorted(problem.values["name"] for problem in caught.value.problems) == sorted(HOLIDAYS[1:])


@pytest.mark.parametrize(
    ("off", "work", "expected"),
    [
        ((), (), []),
        (("2026-12-31",), (), []), (("2027-01-02", "2027-01-03", "2027-01-04"), ("2027-01-09",), []),
        (("2027-01-04",), (), []),  # a Monday after the weekend of 元旦
        (("2027-10-04", "2027-10-06"), (), ["problem-lone-day"]), (("2027-07-21",), (), ["problem-lone-day"]),
        (("2026-11-30",), (), ["problem-far-day", "problem-lone-day"]), (("2028-02-01",), (), ["problem-far-day", "problem-lone-day"]),
        ((), ("2027-01-10",), []), ((), ("2027-01-04",), ["problem-no-makeup"]), ((), ("2027-06-10",), []),
        ((), ("2027-06-11",), ["problem-no-makeup"]), ((), ("2027-07-18",), ["problem-far-makeup"]),
    ],
)
def test_what_is_wrong_with_a_notice_is_named(off: tuple[str, ...], work: tuple[str, ...], expected: list[str]) -> None:
    assert codes(sound(2027, "2026-11-10", off, work)) == expected


def test_a_day_the_state_gives_once_needs_a_name_of_its_own() -> None:
    def with_day(name: str) -> HolidayNotice:
        notice = sound(2027, "2026-11-10")
        return replace(notice, off=(*notice.off, (date(2027, 9, 3), name)))

    assert codes(with_day("抗日战争胜利纪念日")) == []
    assert codes(with_day("")) == codes(with_day("中秋")) == codes(with_day("国庆节、中秋节")) == ["problem-lone-day"]


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_statutory_holidays_of_a_year_fall_where_moon_and_sun_put_them(year: int) -> None:
    law = statutory(year)
    assert (law.keys() == set(HOLIDAYS)) is (year >= 2008)
    assert date(year, 1, 21) <= law["春节"][-2] <= date(year, 2, 22)
    if year >= 2008:
        assert law["清明节"][0] in (date(year, 4, 4), date(year, 4, 5))
        assert date(year, 5, 27) <= law["端午节"][0] <= date(year, 6, 26)
        assert date(year, 9, 7) <= law["中秋节"][0] <= date(year, 10, 8)


def test_of_a_year_beyond_the_table_only_what_needs_no_moon_is_asked() -> None:
    bare = HolidayNotice(2090, date(2089, 11, 10), ((date(2090, 1, 1), ""),), ((date(2090, 1, 4), ""),))
    assert statutory(1999) == statutory(LAST_YEAR + 1) == {}
    assert codes(bare) == ["problem-no-makeup"]
