"""Time that does not count: limits moved by the closes that lie in a pause, lateness in closes. Compared with counting day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.app.founding import china
from engine.rules.worktime import Calendar, Pause, closes, due, late_days, parse_amount, working_seconds
from engine.rules.worktime.arithmetic import deductions

CHINA = china()
ZONE = ZoneInfo("Asia/Shanghai")
AMOUNTS = [
    "0 working days", "5 working days", "15 working days", "0 days", "10 days", "1 month", "4 working hours",
    "40 working hours", "36 hours",
]

moments = st.integers(0, 13 * 30 * 24 * 60).map(lambda minutes: datetime(2019, 12, 1, tzinfo=ZONE) + timedelta(minutes=minutes))
lengths = st.timedeltas(timedelta(0), timedelta(days=80))


@st.composite
def pauses(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Up to three pauses one after another, some of them long after the limit."""
    found, at = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = at + draw(st.timedeltas(timedelta(0), timedelta(days=30)))
        at = since + draw(lengths)
        found.append(Pause(since, at))
    return found


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def slowly(since: datetime, until: datetime, calendar: Calendar, *, worked: bool = True) -> int:
    """Counts closes day by day."""
    first = calendar.local_day(since) - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((until - since).days + 4)]
    return sum(since < calendar.close(day) <= until for day in days if calendar.is_working(day) or not worked)


@given(moments, lengths)
def test_closes_are_those_of_the_working_days_between(since: datetime, length: timedelta) -> None:
    assert closes(since, since + length, CHINA) == slowly(since, since + length, CHINA)


def test_nothing_closes_between_a_moment_and_an_earlier_one() -> None:
    assert closes(local("2020-03-05T18:00"), local("2020-03-02T09:00"), CHINA) == 0


@given(st.data(), moments, st.sampled_from([text for text in AMOUNTS if "hour" not in text]))
def test_a_limit_of_days_ends_at_the_close_of_a_working_day_whatever_paused(data: st.DataObject, start: datetime, text: str) -> None:
    until = due(start, parse_amount(text), CHINA, data.draw(pauses(start)))
    assert CHINA.is_working(until.on) and until.at == CHINA.close(until.on)


@given(st.data(), moments, st.integers(0, 30))
def test_working_days_move_by_the_working_closes_in_the_pauses(data: st.DataObject, start: datetime, days: int) -> None:
    stood = data.draw(pauses(start))
    amount = parse_amount(f"{days} working days")
    moved = due(start, amount, CHINA, stood)
    assert closes(due(start, amount, CHINA).at, moved.at, CHINA) == sum(slowly(one.since, one.until, CHINA) for one in stood)


@given(moments, st.sampled_from(["0 days", "10 days", "1 month"]), st.timedeltas(timedelta(0), timedelta(days=60)), lengths)
def test_days_and_months_move_by_the_closes_of_calendar_days_until_they_are_late(
    start: datetime, text: str, after: timedelta, length: timedelta,
) -> None:
    """To the day, or the next working one. A date that was past moves by working days, as lateness is counted."""
    stood = Pause(start + after, start + after + length)
    plain = due(start, parse_amount(text), CHINA)
    moved = due(start, parse_amount(text), CHINA, [stood])
    if stood.since >= plain.at:
        assert closes(plain.at, moved.at, CHINA) == slowly(stood.since, stood.until, CHINA)
        return
    expected = plain.on + timedelta(days=slowly(stood.since, stood.until, CHINA, worked=False))
    while not CHINA.is_working(expected):
        expected += timedelta(days=1)
    assert moved.on == expected


@given(st.data(), moments, st.integers(1, 60))
def test_working_hours_move_by_open_time_and_hours_by_all_of_it(data: st.DataObject, start: datetime, hours: int) -> None:
    stood = data.draw(pauses(start))
    open_time = sum(working_seconds(one.since, one.until, CHINA) for one in stood)
    moved = due(start, parse_amount(f"{hours} working hours"), CHINA, stood)
    assert working_seconds(start, moved.at, CHINA) == hours * 3600 + open_time
    plain = due(start, parse_amount(f"{hours} hours"), CHINA, stood)
    assert plain.at - start == timedelta(hours=hours) + sum((one.until - one.since for one in stood), timedelta())


@given(st.data(), moments, st.sampled_from(["0 working days", "5 working days", "20 working days", "0 days", "10 days", "1 month"]))
def test_lateness_survives_every_pause(data: st.DataObject, start: datetime, text: str) -> None:
    """As late when it goes on as when it stopped, before the due date and after it, however often it stops."""
    stood = data.draw(pauses(start))
    for n, pause in enumerate(stood):
        late = late_days(due(start, parse_amount(text), CHINA, stood[:n]).at, pause.since, CHINA)
        assert late_days(due(start, parse_amount(text), CHINA, stood[: n + 1]).at, pause.until, CHINA) == late


@pytest.mark.parametrize(("since", "until", "on"), [
    ("2020-03-04T09:00", "2020-03-04T10:00", "2020-03-09"),  # an hour's pause costs nothing
    ("2020-03-04T09:00", "2020-03-05T09:05", "2020-03-10"),  # one over night a day
    ("2020-03-06T18:30", "2020-03-09T08:00", "2020-03-09"),  # a weekend closes nothing
    ("2020-03-10T10:00", "2020-05-11T10:00", "2020-05-09"),  # one after the due date moves it too; 9 May was made up
])
def test_five_working_days_from_2_march_2020(since: str, until: str, on: str) -> None:
    moved = due(local("2020-03-02T09:00"), parse_amount("5wd"), CHINA, [Pause(local(since), local(until))])
    assert moved.on == date.fromisoformat(on)


def test_late_from_the_date_on_and_a_day_more_with_every_close() -> None:
    until = due(local("2020-03-02T09:00"), parse_amount("5wd"), CHINA).at
    assert until == datetime(2020, 3, 9, 10, 0, tzinfo=UTC)
    seen = [late_days(until, at, CHINA) for at in (
        until - timedelta(seconds=1), until, local("2020-03-10T17:59"), local("2020-03-10T18:00"), local("2020-03-15T12:00"),
    )]
    assert seen == [0, 1, 1, 2, 5]


@pytest.mark.parametrize(("amount", "since", "until", "taken"), [
    ("1 month", "2020-10-16T10:00", "2020-10-19T10:00", "3 days"), ("5 days", "2020-10-16T10:00", "2020-10-17T10:00", "1 day"),
    ("5 working days", "2020-10-16T10:00", "2020-10-19T10:00", "1 working day"),
    ("12 hours", "2020-10-16T10:00", "2020-10-17T12:30", "26.5 hours"),
    ("1 day", "2020-10-16T19:00", "2020-10-19T19:00", "1 working day"),  # it was late already
    ("8 working hours", "2020-10-16T10:00", "2020-10-16T11:00", "1 working hour"),
])
def test_what_a_pause_takes_is_told_in_the_unit_by_which_the_date_moves(amount: str, since: str, until: str, taken: str) -> None:
    start, stopped, went_on = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in ("2020-10-15T09:00", since, until))
    assert [str(item) for item in deductions(start, parse_amount(amount), CHINA, [Pause(stopped, went_on)])] == [taken]
