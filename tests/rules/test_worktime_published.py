"""Holidays as others publish them become the State Council's notices, with every problem named."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from engine.rules.worktime.day import CalendarError
from engine.rules.worktime.published import NamedDay, by_year, is_holiday_cn, notice_of, parse_holiday_cn

DAY = date(2019, 11, 21)
NEW_YEAR = {"name": "元旦", "date": "2020-01-01", "isOffDay": True}
MADE_UP = {"name": "春节", "date": "2020-01-19", "isOffDay": False}


def text(*days: Any, **more: Any) -> str:
    return json.dumps({"year": 2020, "days": list(days), **more})


def problems(content: str, published: date | None = DAY) -> list[str]:
    with pytest.raises(CalendarError) as caught:
        parse_holiday_cn(content, published)
    return [problem.code for problem in caught.value.problems]


def test_days_off_and_made_up_are_those_of_the_file() -> None:
    notice = parse_holiday_cn(text(NEW_YEAR, MADE_UP), DAY)
    assert (notice.year, notice.published) == (2020, DAY)
    assert ([day for day, _ in notice.off], [day for day, _ in notice.work]) == ([date(2020, 1, 1)], [date(2020, 1, 19)])


@pytest.mark.parametrize(("papers", "day"), [
    (["https://www.gov.cn/zhengce/content/2019-11/21/content_5454164.htm"], DAY), ([], None), ("x", None), ([3], None),
    (["https://www.gov.cn/zhengce/content/202510/content_7047091.htm"], None), (["https://x/2019-13/41/y"], None),
])
def test_the_day_of_publication_is_in_the_address_of_the_last_paper_or_must_be_said(papers: object, day: date | None) -> None:
    content = text(NEW_YEAR, papers=papers)
    if day is None:
        assert problems(content, None) == ["problem-unpublished"]
    else:
        assert parse_holiday_cn(content, None).published == day
    assert parse_holiday_cn(content, DAY).published == DAY


@pytest.mark.parametrize(("content", "code"), [
    (text(days=3), "problem-no-list"), (text("x"), "problem-no-object"), (text({**NEW_YEAR, "isOffDay": 1}), "problem-no-flag"),
])
def test_what_is_wrong_is_named(content: str, code: str) -> None:
    assert code in problems(content)


@pytest.mark.parametrize(("content", "is_one"), [
    (text(NEW_YEAR), True), ('{"days": [], "off": []}', False), ("[]", False), ("{", False), ("[" * 100_000, False),
])
def test_a_file_is_one_of_holiday_cn_s_by_its_days(content: str, is_one: bool) -> None:
    assert is_holiday_cn(content) is is_one


def test_days_belong_to_the_year_of_their_holiday() -> None:
    days = [
        NamedDay(date(2018, 12, 29), "元旦", False), NamedDay(date(2018, 12, 30), "元旦", True), NamedDay(date(2018, 12, 31), "元旦", True),
        NamedDay(date(2019, 1, 1), "元旦", True), NamedDay(date(2019, 12, 25), "圣诞", True),
    ]
    found = by_year(days)
    assert ([it.day for it in found[2019]], set(found)) == ([it.day for it in days], {2019})
    assert by_year([NamedDay(date(2020, 1, 19), "春节", False)]) == {2020: [NamedDay(date(2020, 1, 19), "春节", False)]}
    notice = notice_of(2019, found[2019][:4], DAY)
    assert ([day for day, _ in notice.work], len(notice.off)) == ([date(2018, 12, 29)], 3)
