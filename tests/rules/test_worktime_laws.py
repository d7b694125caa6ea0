"""Laws of working-time arithmetic, and a slow day-by-day model that agrees with the quick tables."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.rules.worktime import (
    Amount,
    Calendar,
    Day,
    Side,
    WhenError,
    add_working_seconds,
    derive,
    due,
    merge,
    next_open,
    parse_amount,
    parse_notice,
    parse_when,
    shift_working_days,
    working_seconds,
)
from engine.rules.worktime.hours import Season

SEED = Path(__file__).parents[2] / "seeds" / "calendars" / "cn"
CHINA = merge(
    [parse_notice(path.read_text(encoding="utf-8")) for path in SEED.glob("[0-9]*.json")],
    Calendar.from_json((SEED / "office.json").read_text(encoding="utf-8")),
)
BERLIN = Calendar(
    "Amt", "Europe/Berlin", (("08:00", "12:00"), ("13:00", "16:30")), frozenset({4, 5, 6}), {date(2024, 3, 31): Day("work")},
    weekday_hours={2: (("07:00", "12:00"),)}, dated_hours={date(2024, 3, 31): (("01:00", "04:00"),)},
)
ROUND_THE_CLOCK = Calendar("Leitstelle", "America/Sao_Paulo", (("00:00", "24:00"),), frozenset())

calendars = st.sampled_from([CHINA, BERLIN, ROUND_THE_CLOCK])
days = st.dates(date(2017, 1, 1), date(2028, 12, 31))
moments = st.datetimes(datetime(2017, 1, 2), datetime(2028, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
numbers = st.integers(0, 120)
day_units = st.sampled_from(["working days", "days", "months"])
units = st.sampled_from(["working days", "working hours", "hours", "days", "months"])


def slowly(day: date, n: int, calendar: Calendar) -> date:
    """One day after the other; nothing clever."""
    step = timedelta(days=1 if n > 0 else -1)
    while n:
        day += step
        if calendar.is_working(day):
            n -= 1 if n > 0 else -1
    return day


def due_slowly(start: datetime, amount: Amount, calendar: Calendar) -> date:
    day = start.astimezone(calendar.tz).date()
    if amount.number == 0 and (not calendar.is_working(day) or start >= calendar.close(day)):
        return slowly(day, 1, calendar)
    if amount.unit == "working days":
        return slowly(day, amount.number, calendar)
    if amount.unit == "days":
        day += timedelta(days=amount.number)
    else:
        year, month = day.year, day.month
        for _ in range(amount.number):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = date(year, month, min(day.day, monthrange(year, month)[1]))
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


@given(days, st.integers(-300, 300), calendars)
def test_shifting_agrees_with_counting_day_by_day(day: date, n: int, calendar: Calendar) -> None:
    assert shift_working_days(day, n, calendar) == slowly(day, n, calendar)


@given(moments, numbers, day_units, calendars)
def test_due_agrees_with_counting_day_by_day(start: datetime, number: int, unit: str, calendar: Calendar) -> None:
    amount = Amount(number, unit)
    found = due(start, amount, calendar)
    assert found.on == due_slowly(start, amount, calendar)
    assert found.at == calendar.close(found.on)
    assert calendar.is_working(found.on)


@given(days, st.integers(-300, 300), calendars)
def test_shifting_there_and_back_returns_to_a_working_day(day: date, n: int, calendar: Calendar) -> None:
    assume(calendar.is_working(day))
    assert shift_working_days(shift_working_days(day, n, calendar), -n, calendar) == day


@given(moments, numbers, units, calendars)
def test_a_larger_amount_is_never_due_earlier(start: datetime, number: int, unit: str, calendar: Calendar) -> None:
    assert due(start, Amount(number, unit), calendar).at <= due(start, Amount(number + 1, unit), calendar).at


@given(moments, st.integers(0, 86_400), numbers, units, calendars)
def test_a_later_start_is_never_due_earlier(start: datetime, later: int, number: int, unit: str, calendar: Calendar) -> None:
    amount = Amount(number, unit)
    assert due(start, amount, calendar).at <= due(start + timedelta(seconds=later), amount, calendar).at


@given(moments, st.integers(1, 120), units, calendars)
def test_nothing_is_born_overdue(start: datetime, number: int, unit: str, calendar: Calendar) -> None:
    assert due(start, Amount(number, unit), calendar).at > start
    if unit in ("working days", "days", "months"):
        assert due(start, Amount(0, unit), calendar).at > start


@given(moments, st.integers(0, 10_000_000), calendars)
def test_the_open_time_added_is_the_open_time_measured(start: datetime, seconds: int, calendar: Calendar) -> None:
    end = add_working_seconds(start, seconds, calendar)
    assert end.utcoffset() == timedelta(0)
    assert working_seconds(start, end, calendar) == seconds


@given(st.lists(moments, min_size=3, max_size=3), calendars)
def test_open_time_adds_up(three: list[datetime], calendar: Calendar) -> None:
    a, b, c = sorted(at.replace(microsecond=0) for at in three)
    assert working_seconds(a, b, calendar) + working_seconds(b, c, calendar) == working_seconds(a, c, calendar)
    assert working_seconds(b, a, calendar) == 0
    assert working_seconds(a, b, calendar) <= (b - a).total_seconds()


@given(moments, calendars)
def test_the_next_open_moment_is_open_and_nothing_lies_before_it(at: datetime, calendar: Calendar) -> None:
    opening = next_open(at, calendar)
    assert opening >= at
    assert working_seconds(at, opening, calendar) == 0
    assert next_open(opening, calendar) == opening
    assert working_seconds(opening, opening + timedelta(seconds=1), calendar) in (0, 1)


@given(moments, numbers, units, calendars)
def test_the_derivation_ends_on_the_due_date_and_numbers_what_counts(
    start: datetime, number: int, unit: str, calendar: Calendar
) -> None:
    amount = Amount(number, unit)
    steps = derive(start, amount, calendar)
    assert steps[-1].day == due(start, amount, calendar).on
    assert [step.day for step in steps] == [steps[0].day + timedelta(days=n) for n in range(len(steps))]
    numbered = [step.number for step in steps if step.number is not None]
    assert numbered == list(range(1, number + 1 if unit == "working days" else 1))
    for step in steps:
        assert (step.kind, step.name) == (calendar.kind(step.day), calendar.why(step.day) or "")
        if unit == "working days" and number:
            assert step.counts == calendar.is_working(step.day) == (step.number is not None)


@given(st.integers(0, 99_999), units)
def test_an_amount_reads_back_what_it_prints(number: int, unit: str) -> None:
    assert parse_amount(str(Amount(number, unit))) == Amount(number, unit)


@given(moments, days, calendars)
def test_a_date_means_its_close_whoever_types_it(now: datetime, day: date, calendar: Calendar) -> None:
    found = parse_when(day.isoformat(), now, calendar, Side.ANY)
    assert (found.on, found.at, found.fixed) == (day, calendar.close(day), True)
    assert parse_when(found.at.isoformat(), now, calendar, Side.ANY).at == found.at
    assert parse_when(f"{day.year}年{day.month}月{day.day}日", now, calendar, Side.ANY).at == found.at


yearless = st.dates(date(2000, 1, 1), date(2000, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.month:02}/{day.day:02}"])
)
weekdays = st.builds("{}周{}".format, st.sampled_from("本下上"), st.sampled_from("一二三四五六日"))
relative = weekdays | st.sampled_from(["今天", "明天", "后天", "月底", "下月底", "年底", "3d", "5wd"])


@given(moments, yearless, calendars, st.sampled_from(Side))
def test_a_date_without_a_year_never_lands_in_another_year(now: datetime, text: str, calendar: Calendar, side: Side) -> None:
    this_year = now.astimezone(calendar.tz).year
    try:
        assert parse_when(text, now, calendar, side).on.year == this_year
    except WhenError as error:
        assert error.code in ("already-past", "still-to-come", "not-this-year", "day-already-past", "day-still-to-come")
        assert 1 <= len(error.dates) <= 2
        for day in error.dates:  # what it proposes can be typed, and is the same day of a year
            assert parse_when(day.isoformat(), now, calendar, side).on == day
            assert [day.month, day.day] == [int(part) for part in re.findall("[0-9]+", text)]


@given(moments, yearless | relative, calendars, st.sampled_from([Side.COMING, Side.PAST]))
def test_what_names_no_year_and_is_taken_lies_on_the_side_that_was_asked_for(
    now: datetime, text: str, calendar: Calendar, side: Side,
) -> None:
    today = now.astimezone(calendar.tz).date()
    try:
        found = parse_when(text, now, calendar, side).on
    except WhenError:
        return
    assert found >= today if side is Side.COMING else found <= today


@given(moments, st.integers(1, 400), st.sampled_from(["wd", "d", "mo"]), calendars)
def test_an_amount_that_extends_ends_after_the_date_it_extends_and_does_not_look_at_today(
    now: datetime, number: int, unit: str, calendar: Calendar,
) -> None:
    promised = calendar.close(date(2020, 9, 30))
    found = parse_when(f"{number}{unit}", now, calendar, Side.COMING, promised)
    assert found.at > promised
    assert found == parse_when(f"{number}{unit}", promised, calendar, Side.COMING, promised)


clocks = st.integers(0, 24 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
periods = st.lists(clocks, min_size=2, max_size=6, unique=True).map(sorted).map(
    lambda edges: tuple(zip(edges[::2], edges[1::2], strict=False))
)
specials = st.builds(Day, st.sampled_from(["holiday", "makeup", "rest", "work"]), st.sampled_from(["", "国庆节"]), st.just(""))
worked = st.builds(Day, st.sampled_from(["makeup", "work"]), st.just(""), st.just(""), periods)
edges = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
seasons = st.one_of(st.just(()), st.tuples(st.builds(Season, edges, edges, periods)))
any_calendar = st.builds(
    Calendar, st.just("办公时间"), st.sampled_from(["Asia/Shanghai", "Asia/Tehran", "UTC"]), periods,
    st.frozensets(st.integers(0, 6), max_size=6), st.dictionaries(days, specials | worked, max_size=5), covered_until=days,
    fixed_holidays=st.dictionaries(st.sampled_from([(1, 1), (2, 29), (10, 1)]), st.just("元旦")),
    weekday_hours=st.dictionaries(st.integers(0, 6), periods), dated_hours=st.dictionaries(days, periods, max_size=3),
    seasons=seasons,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(any_calendar)
def test_a_calendar_survives_its_text(calendar: Calendar) -> None:
    again = Calendar.from_json(calendar.to_json())
    assert again == calendar
    assert again.to_json() == calendar.to_json()
    assert (again.version, hash(again)) == (calendar.version, hash(calendar))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(any_calendar, moments, st.integers(0, 500_000))
def test_any_valid_calendar_fills_any_budget(calendar: Calendar, start: datetime, seconds: int) -> None:
    assert working_seconds(start, add_working_seconds(start, seconds, calendar), calendar) == seconds
