"""What people may type for an amount and for a moment, and what each slip is called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.rules.worktime import Amount, Calendar, Day, Side, Step, WhenError, derive, parse_amount, parse_when
from engine.rules.worktime.when import ago

CALENDAR = Calendar(
    "办公时间", "Asia/Shanghai", (("08:30", "12:00"), ("14:30", "18:00")), frozenset({5, 6}),
    {date(2020, 10, day): Day("holiday", "国庆节", "2019-11-21") for day in range(1, 9)}
    | {date(2020, 9, 27): Day("makeup", "国庆节", "2019-11-21"), date(2020, 10, 10): Day("makeup", "国庆节", "2019-11-21")},
    covered_until=date(2020, 12, 31), fixed_holidays={(1, 1): "元旦"},
)
NOW = datetime(2020, 9, 25, 2, 0, tzinfo=UTC)  # a Friday, 10:00 in the office


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5 working days", 5, "working days"), ("1 working day", 1, "working days"), ("5wd", 5, "working days"),
        (" ５ 个工作日 ", 5, "working days"), ("05工作日", 5, "working days"), ("1 Month", 1, "months"), ("1mo", 1, "months"),
        ("3个月", 3, "months"), ("2 working  hours", 2, "working hours"), ("4wh", 4, "working hours"),
        ("4个工作小时", 4, "working hours"), ("12h", 12, "hours"), ("24小时", 24, "hours"), ("3d", 3, "days"), ("10天", 10, "days"),
        ("0wd", 0, "working days"), ("00099999 days", 99_999, "days"),
    ],
)
def test_an_amount_is_read(text: str, number: int, unit: str) -> None:
    assert parse_amount(text) == Amount(number, unit)


@pytest.mark.parametrize("text", ["", "5", "wd", "-3d", "+3d", "1.5 days", "5 weeks", "5 wd 3", "五个工作日", "5m", "²d²"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_amount(text)
    assert (caught.value.code, caught.value.text) == ("not-an-amount", text)


def test_an_absurd_amount_is_refused() -> None:
    for make in (lambda: parse_amount("100000d"), lambda: parse_amount("9" * 5_000 + "d"), lambda: Amount(-1, "days")):
        with pytest.raises(WhenError) as caught:
            make()
        assert caught.value.code == "amount-out-of-range"
    with pytest.raises(WhenError) as caught:
        Amount(1, "weeks")
    assert caught.value.code == "unknown-unit"


def test_amounts_print_as_rules_write_them() -> None:
    assert [str(Amount(n, "working days")) for n in (0, 1, 2)] == ["0 working days", "1 working day", "2 working days"]
    assert str(parse_amount("1mo")) == "1 month"


@pytest.mark.parametrize(
    ("text", "at", "fixed"),
    [
        ("2020-10-09", "2020-10-09T18:00", True), ("2020/10/9", "2020-10-09T18:00", True), ("2020.10.09", "2020-10-09T18:00", True),
        ("2020-10-09T12:00", "2020-10-09T12:00", True), ("2020-10-09 9:30", "2020-10-09T09:30", True),
        ("2020-10-09t12:00:30.5", "2020-10-09T12:00:30.500000", True), ("2020-10-09T12:00Z", "2020-10-09T20:00", True),
        ("2020-10-09T12:00+08:00", "2020-10-09T12:00", True), ("2020-10-09T12:00-0430", "2020-10-10T00:30", True),
        ("10月9日", "2020-10-09T18:00", True), ("１０月９日", "2020-10-09T18:00", True), ("10 月 9 号", "2020-10-09T18:00", True),
        ("9月25日", "2020-09-25T18:00", True), ("9月24日", "2020-09-24T18:00", True), ("2月29日", "2020-02-29T18:00", True),
        ("3.10", "2020-03-10T18:00", True), ("１０．９", "2020-10-09T18:00", True), ("10/9 9:30", "2020-10-09T09:30", True),
        ("月底", "2020-09-30T18:00", True), ("本月底", "2020-09-30T18:00", True), ("下月底", "2020-10-31T18:00", True),
        ("年底", "2020-12-31T18:00", True), ("下周五", "2020-10-02T18:00", True), ("周五", "2020-09-25T18:00", True),
        ("本周日", "2020-09-27T18:00", True), ("上星期一12:00", "2020-09-14T12:00", True), ("下礼拜天", "2020-10-04T18:00", True),
        ("2020年10月9日", "2020-10-09T18:00", True), ("２０２０年１０月９日１２：００", "2020-10-09T12:00", True),
        ("今天", "2020-09-25T18:00", True), ("today", "2020-09-25T18:00", True), ("明天", "2020-09-26T18:00", True),
        ("Tomorrow 09:00", "2020-09-26T09:00", True), ("后天", "2020-09-27T18:00", True),
        ("5wd", "2020-10-09T18:00", False), ("+5wd", "2020-10-09T18:00", False), ("＋５个工作日", "2020-10-09T18:00", False),
        ("3d", "2020-09-28T18:00", False), ("4wh", "2020-09-25T16:30", False), ("1mo", "2020-10-26T18:00", False),
        ("12h", "2020-09-25T22:00", False),
    ],
)
def test_a_moment_is_read(text: str, at: str, fixed: bool) -> None:
    found = parse_when(f" {text}\n", NOW, CALENDAR, Side.ANY)
    assert found.at.tzinfo is UTC
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=CALENDAR.tz)
    assert (found.on.isoformat(), found.fixed, found.text) == (at[:10], fixed, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-understood"), ("soon", "not-understood"), ("后日", "not-understood"), ("-3d", "not-understood"), ("5", "not-understood"),
        ("2020-10/09", "not-understood"), ("20200-10-09", "not-understood"), ("2020-10-0912:00", "not-understood"),
        ("2020-10-11:30", "not-understood"), ("3.10.", "not-understood"), ("1.5 days", "not-understood"), ("下下周五", "not-understood"),
        ("周八", "not-understood"), ("13.1", "no-such-date"), ("2.30", "no-such-date"),
        ("++5wd", "not-understood"), ("1" * 101, "not-understood"), ("2020-10-09T", "not-understood"),
        ("2月30日", "no-such-date"), ("13月1日", "no-such-date"), ("2021-02-29", "no-such-date"), ("0月0日", "no-such-date"),
        ("2020-10-09T25:00", "no-such-time"), ("2020-10-09T12:60", "no-such-time"), ("2020-10-09T12:00+24:00", "no-such-time"),
        ("1989-12-31", "out-of-range"), ("2201年1月1日", "out-of-range"), ("0000-01-01", "out-of-range"), ("99999wd", "out-of-range"),
        ("9999mo", "out-of-range"), ("99999999wd", "amount-out-of-range"),
    ],
)
def test_a_slip_is_called_by_its_name(text: str, code: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_when(text, NOW, CALENDAR, Side.ANY)
    assert caught.value.code == code
    assert caught.value.text == text[:100]


@pytest.mark.parametrize(
    ("text", "today", "side", "code", "dates"),
    [
        ("12月18日", "2020-12-20", Side.COMING, "already-past", ("2021-12-18",)),
        ("12.18", "2020-12-20", Side.COMING, "already-past", ("2021-12-18",)),
        ("１２月１８日１２：００", "2020-12-20", Side.COMING, "already-past", ("2021-12-18",)),
        ("3月12日", "2021-01-15", Side.PAST, "still-to-come", ("2020-03-12",)),
        ("2月29日", "2021-01-15", Side.COMING, "not-this-year", ("2020-02-29", "2024-02-29")),
        ("2月29日", "2021-01-15", Side.ANY, "not-this-year", ("2020-02-29", "2024-02-29")),
        ("2月29日", "2020-03-01", Side.COMING, "already-past", ("2024-02-29",)),
        ("2月29日", "2096-03-01", Side.COMING, "already-past", ("2104-02-29",)),
        ("2月29日", "2020-01-15", Side.PAST, "still-to-come", ("2016-02-29",)),
        ("1月1日", "2200-12-31", Side.COMING, "day-already-past", ()),
        ("12月31日", "1990-01-02", Side.PAST, "day-still-to-come", ()),
        ("周四", "2020-09-25", Side.COMING, "day-already-past", ()),
        ("上周五", "2020-09-25", Side.COMING, "day-already-past", ()),
        ("下周五", "2020-09-25", Side.PAST, "day-still-to-come", ()),
        ("月底", "2020-09-25", Side.PAST, "day-still-to-come", ()),
        ("明天", "2020-09-25", Side.PAST, "day-still-to-come", ()),
        ("3d", "2020-09-25", Side.PAST, "day-still-to-come", ()),
        ("昨天", "2020-09-25", Side.COMING, "day-already-past", ()),
    ],
)
def test_a_date_without_a_year_on_the_wrong_side_is_asked_for_and_not_guessed(
    text: str, today: str, side: Side, code: str, dates: tuple[str, ...],
) -> None:
    now = datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=CALENDAR.tz)
    with pytest.raises(WhenError) as caught:
        parse_when(text, now, CALENDAR, side)
    assert (caught.value.code, tuple(day.isoformat() for day in caught.value.dates)) == (code, dates)


@pytest.mark.parametrize("side", Side)
def test_today_is_on_either_side_and_a_date_with_its_year_is_taken_as_it_is(side: Side) -> None:
    for text in ("9月25日", "9.25", "今天", "周五"):
        assert parse_when(text, NOW, CALENDAR, side).on == date(2020, 9, 25)
    assert parse_when("2019-03-12", NOW, CALENDAR, side).on == date(2019, 3, 12)
    assert parse_when("2021年3月12日", NOW, CALENDAR, side).on == date(2021, 3, 12)


@pytest.mark.parametrize(
    ("text", "promised", "at"),
    [
        ("5wd", "2020-09-30T18:00", "2020-10-14T18:00"), ("0wd", "2020-09-30T18:00", "2020-09-30T18:00"),
        ("3d", "2020-10-09T18:00", "2020-10-12T18:00"), ("1mo", "2020-09-30T18:00", "2020-10-30T18:00"),
        ("4wh", "2020-09-30T18:00", "2020-10-09T15:00"), ("24h", "2020-09-30T18:00", "2020-10-01T18:00"),
        ("1wd", "2020-10-09T12:00", "2020-10-10T18:00"), ("1wd", "2020-10-03T18:00", "2020-10-09T18:00"),
        ("1wd", "2020-08-14T18:00", "2020-08-17T18:00"), ("10月12日", "2020-09-30T18:00", "2020-10-12T18:00"),
    ],
)
def test_an_amount_that_extends_counts_from_the_date_it_extends(text: str, promised: str, at: str) -> None:
    since = datetime.fromisoformat(promised).replace(tzinfo=CALENDAR.tz)
    assert parse_when(text, NOW, CALENDAR, Side.COMING, since).at == datetime.fromisoformat(at).replace(tzinfo=CALENDAR.tz)


def test_an_office_that_closes_at_midnight_extends_from_the_day_that_ends_then() -> None:
    always = Calendar("值班", "Asia/Shanghai", (("00:00", "24:00"),), frozenset())
    assert parse_when("1wd", NOW, always, Side.COMING, always.close(date(2020, 10, 9))).on == date(2020, 10, 10)


def test_tomorrow_does_not_lead_out_of_our_years() -> None:
    with pytest.raises(WhenError) as caught:
        parse_when("明天", datetime(2200, 12, 31, 2, 0, tzinfo=UTC), CALENDAR, Side.ANY)
    assert caught.value.code == "out-of-range"


def test_a_named_date_is_never_moved_only_warned_about() -> None:
    def warnings(text: str) -> tuple[str, ...]:
        return parse_when(text, NOW, CALENDAR, Side.ANY).warnings

    assert warnings("2020-10-09") == ()
    assert warnings("2020-10-01") == ("not-a-working-day",)
    assert warnings("2020-10-10") == ()
    assert warnings("2021-01-01") == ("not-a-working-day", "provisional")
    assert warnings("2020-09-24") == ("past",)
    assert warnings("2020-09-25T10:00") == ("past",)
    assert warnings("80wd") == ("provisional",)
    assert warnings("5wd") == ()


def test_the_derivation_shows_every_day_that_was_looked_at() -> None:
    start = datetime(2020, 9, 30, 2, 0, tzinfo=UTC)
    assert derive(start, Amount(2, "working days"), CALENDAR)[6:] == (
        Step(date(2020, 10, 7), False, None, "holiday", "国庆节"),
        Step(date(2020, 10, 8), False, None, "holiday", "国庆节"),
        Step(date(2020, 10, 9), True, 1, "workday", ""),
        Step(date(2020, 10, 10), True, 2, "makeup", "国庆节"),
    )
    assert derive(start, Amount(10, "days"), CALENDAR) == (Step(date(2020, 10, 10), True, None, "makeup", "国庆节"),)
    rolled = derive(start, Amount(11, "days"), CALENDAR)
    assert [(step.day.day, step.counts, step.kind) for step in rolled] == [(11, False, "weekend"), (12, True, "workday")]
    assert derive(start, Amount(1, "hours"), CALENDAR) == (Step(date(2020, 9, 30), True, None, "workday", ""),)
    assert [step.counts for step in derive(start, Amount(8, "working hours"), CALENDAR)] == [True, *[False] * 8, True]
    assert derive(start, Amount(0, "working days"), CALENDAR) == (Step(date(2020, 9, 30), True, None, "workday", ""),)


@pytest.mark.parametrize(("text", "found"), [
    ("3h", "2020-09-25T07:00"), ("3d", "2020-09-22T10:00"), ("3wd", "2020-09-22T10:00"), ("5 working days", "2020-09-18T10:00"),
    ("1mo", "2020-08-25T10:00"), ("9 months", "2019-12-25T10:00"), ("0d", "2020-09-25T10:00"),
])
def test_an_amount_counts_back(text: str, found: str) -> None:
    assert ago(text, NOW, CALENDAR) == datetime.fromisoformat(found).replace(tzinfo=CALENDAR.tz)


@pytest.mark.parametrize(("text", "code"), [
    ("4wh", "not-an-amount"), ("昨天", "not-an-amount"), ("99999d", "out-of-range"), ("99999h", None), ("99999wd", "out-of-range"),
    ("9999mo", "out-of-range"), ("400mo", "out-of-range"),
])
def test_an_amount_that_leads_nowhere_is_refused(text: str, code: str | None) -> None:
    if code is None:
        assert ago(text, NOW, CALENDAR) < NOW
        return
    with pytest.raises(WhenError) as caught:
        ago(text, NOW, CALENDAR)
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "whole_day"), [
    ("2020-10-09", True), (" 10 月 9 日 ", True), ("10月9日12：00", False), ("2020-10-09t12:00", False), ("3d", True), ("3h", False),
    ("4wh", False),
])
def test_it_is_known_whether_a_time_of_day_was_said(text: str, whole_day: bool) -> None:
    assert parse_when(text, NOW, CALENDAR, Side.ANY).whole_day is whole_day
