"""How offices name days in their sheets, and what a limit is that is typed in such words."""

from __future__ import annotations

from datetime import date

import pytest

from engine.rules.worktime import Side, WhenError, parse_when
from engine.rules.worktime.day_names import named_days
from tests.rules.test_worktime_when import CALENDAR, NOW


@pytest.mark.parametrize(("text", "days"), [
    ("20201009", "2020-10-09"), ("2021年3月5日", "2021-03-05"), ("2021-3-5", "2021-03-05"), ("七月二十日", "2020-07-20"),
    ("十一月底", "2020-11-30"), ("明年3月末", "2021-03-31"), ("去年十月三日", "2019-10-03"), ("2021年2月", "2021-02-28"),
    ("6月上旬", "2020-06-10"), ("6月中旬", "2020-06-20"), ("第三季度末", "2020-09-30"), ("2021年1季度", "2021-03-31"),
    ("上半年", "2020-06-30"), ("2021下半年", "2021-12-31"), ("2021年", "2021-12-31"), ("年底前", "2020-12-31"), ("明年底", "2021-12-31"),
    ("2021.11", "2021-11-30"), ("6.30", "2020-06-30"), ("6.3", "2020-06-03 2020-06-30"),
    ("9 Oct", "2020-10-09"),
    ("Oct 9th, 2021", "2021-10-09"), ("2020年6月1日至7月20日", "2020-06-01 2020-07-20"), ("2021年6月,7月", "2021-06-30 2021-07-31"),
    ("13月", ""), ("2月30日", ""), ("无", ""),
])
def test_the_days_that_a_text_of_an_office_names(text: str, days: str) -> None:
    found = [day.isoformat() for name in named_days(text.lower(), 2020) for day in name.days]
    assert found == days.split()


@pytest.mark.parametrize("text", ["7月底", "6.30", "oct 9", "三季度", "上半年", "明年3月"])
def test_without_a_year_no_day_is_named(text: str) -> None:
    assert [name.days for name in named_days(text, None)] == [()]


@pytest.mark.parametrize(("text", "day"), [
    ("11月底前", "2020-11-30"), ("11月上旬", "2020-11-10"), ("三季度末", "2020-09-30"), ("年底之前", "2020-12-31"), ("11月", "2020-11-30"),
    ("2021年3月底前", "2021-03-31"), ("明年3月底", "2021-03-31"), ("2020年6月底", "2020-06-30"), ("20201009", "2020-10-09"),
    ("9 Oct", "2020-10-09"),
])
def test_a_limit_may_be_typed_as_a_sheet_names_it(text: str, day: str) -> None:
    found = parse_when(text, NOW, CALENDAR, Side.COMING)
    assert (found.on.isoformat(), found.at, found.whole_day) == (day, CALENDAR.close(found.on), True)


@pytest.mark.parametrize(("text", "side", "code", "dates"), [
    ("7月底前", Side.COMING, "already-past", (date(2021, 7, 31),)), ("十一月底", Side.PAST, "still-to-come", (date(2019, 11, 30),)),
    ("二月二十九日前", Side.COMING, "day-already-past", ()), ("11月", Side.PAST, "not-understood", ()),
    ("二月三十日", Side.COMING, "not-understood", ()),
    ("约7月底", Side.COMING, "not-understood", ()), ("7月底左右", Side.COMING, "not-understood", ()),
])
def test_what_may_be_meant_otherwise_is_refused_and_never_guessed(text: str, side: Side, code: str, dates: tuple[date, ...]) -> None:
    with pytest.raises(WhenError) as caught:
        parse_when(text, NOW, CALENDAR, side)
    assert (caught.value.code, caught.value.dates) == (code, dates)


def test_what_has_been_may_be_told_by_such_a_name_of_one_day() -> None:
    assert parse_when("6月底", NOW, CALENDAR, Side.PAST).on == date(2020, 6, 30)
