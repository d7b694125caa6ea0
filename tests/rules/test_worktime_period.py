"""Days that people name together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.worktime import Side, WhenError
from engine.rules.worktime.period import parse_period, week_of

WEDNESDAY = date(2020, 3, 4)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("今天", date(2020, 3, 4), date(2020, 3, 4)), ("昨天", date(2020, 3, 3), date(2020, 3, 3)),
    ("tomorrow", date(2020, 3, 5), date(2020, 3, 5)),
    ("本周", date(2020, 3, 2), date(2020, 3, 8)),
    ("last-week", date(2020, 2, 24), date(2020, 3, 1)),
    ("下周", date(2020, 3, 9), date(2020, 3, 15)),
    ("本月", date(2020, 3, 1), date(2020, 3, 31)),
    ("上月", date(2020, 2, 1), date(2020, 2, 29)),
    ("Next  Month", date(2020, 4, 1), date(2020, 4, 30)),
    ("今年", date(2020, 1, 1), date(2020, 12, 31)), ("去年", date(2019, 1, 1), date(2019, 12, 31)),
    ("3月", date(2020, 3, 1), date(2020, 3, 31)),
    ("１２月份", date(2020, 12, 1), date(2020, 12, 31)),
    ("2019年2月", date(2019, 2, 1), date(2019, 2, 28)),
    ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
    ("2019", date(2019, 1, 1), date(2019, 12, 31)), ("2019年", date(2019, 1, 1), date(2019, 12, 31)),
])
def test_a_period_is_whole_days(text: str, first: date, last: date) -> None:
    assert parse_period(text, WEDNESDAY) == (first, last)


@pytest.mark.parametrize(("text", "meant"), [("4月", date(2019, 4, 1)), ("12月", date(2019, 12, 1))])
def test_a_month_that_is_looked_back_at_and_has_not_begun_asks_for_its_year(text: str, meant: date) -> None:
    with pytest.raises(WhenError) as caught:
        parse_period(text, WEDNESDAY, Side.PAST)
    assert (caught.value.code, caught.value.dates) == ("still-to-come", (meant,))


@pytest.mark.parametrize("text", ["3月", "2020年4月", "2020-04", "下月", "下周"])
def test_a_month_that_has_begun_and_one_with_its_year_are_taken_as_they_are(text: str) -> None:
    assert parse_period(text, WEDNESDAY, Side.PAST) == parse_period(text, WEDNESDAY)


def test_before_the_first_of_our_years_no_month_can_be_meant() -> None:
    assert parse_period("4月", date(1990, 3, 4), Side.PAST) == (date(1990, 4, 1), date(1990, 4, 30))


@pytest.mark.parametrize("text", ["", "2020-03-04", "3月4日", "下周五", "5wd", "月底"])
def test_what_names_a_day_or_an_amount_is_no_period(text: str) -> None:
    assert parse_period(text, WEDNESDAY) is None


@pytest.mark.parametrize(("text", "code"), [
    ("13月", "no-such-date"), ("2020-00", "no-such-date"), ("1066年3月", "out-of-range"), ("3000", "out-of-range"),
])
def test_a_month_that_is_none_is_told(text: str, code: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_period(text, WEDNESDAY)
    assert caught.value.code == code


@given(st.dates(date(1991, 1, 1), date(2199, 1, 1)))
def test_the_week_of_a_day_holds_it_and_begins_on_a_monday(day: date) -> None:
    week = week_of(day)
    assert week.first <= day <= week.last and week.first.weekday() == 0 and (week.last - week.first).days == 6
