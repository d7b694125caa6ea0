"""Offices elsewhere, and the corners of the year: daylight saving, 29 February, month ends, a year whose notice is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.rules.event import Event
from engine.rules.timing.clocks import left_days
from engine.rules.worktime import Calendar, Day
from tests.rules.conftest import LEAD, OFFICE, Matter, china, local, workflow

BERLIN = Calendar(
    "Amt", "Europe/Berlin", (("08:00", "12:00"), ("13:00", "16:30")), frozenset({5, 6}), {date(2020, 4, 10): Day("rest", "Karfreitag")},
    covered_from=date(2020, 1, 1), covered_until=date(2020, 12, 31),
)
SAO_PAULO = Calendar(
    "Prefeitura", "America/Sao_Paulo", (("09:00", "12:00"), ("13:00", "18:00")), frozenset({5, 6}),
    covered_from=date(2018, 1, 1), covered_until=date(2019, 12, 31),
)
ROUND_THE_CLOCK = Calendar("Leitstelle", "America/Sao_Paulo", (("00:00", "24:00"),), frozenset())


def case(calendar: Calendar, begin: str, grade: str = "C") -> Matter:
    """A ticket of that office, accepted at an hour of its own wall clock."""
    now = datetime.fromisoformat(begin).replace(tzinfo=ZoneInfo(calendar.zone))
    return Matter(now, workflow("rectification"), calendar).open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)


def walls(matter: Matter) -> list[tuple[str, str]]:
    """Every rung of the promise by the office's wall clock."""
    zone = ZoneInfo(matter.calendar.zone)
    return [
        (event.data["rung"], datetime.fromisoformat(event.data["scheduled_for"]).astimezone(zone).strftime("%m-%d %H:%M"))
        for event in matter.events if event.kind == "escalated" and event.data["clock"] == "rectify" and "n" not in event.data
    ]


def leap_and_daily(calendar: Calendar, begin: str, grade: str, days: int = 60) -> tuple[list[Event], list[Event]]:
    found = []
    for step in (1, days):
        matter = case(calendar, begin, grade)
        for _ in range(0, days, step):
            matter.now = matter.now.astimezone(UTC) + timedelta(days=step)
            matter.sweep()
        found.append([event for event in matter.events if event.kind == "escalated" and "n" not in event.data])
    return found[0], found[1]


def test_rungs_keep_the_wall_clock_when_summer_begins_in_berlin() -> None:
    matter = case(BERLIN, "2020-03-25T09:00")  # the clocks go forward on 29 March; 10 April is off
    assert matter.ticket.promised_at == datetime(2020, 4, 1, 14, 30, tzinfo=UTC)
    matter.now += timedelta(days=60)
    matter.sweep()
    assert walls(matter) == [
        ("reminder", "03-30 08:00"), ("urging", "04-01 16:30"), ("supervision-letter", "04-06 16:30"), ("circular", "04-08 16:30"),
        ("interview", "04-16 16:30"),
    ]


def test_rungs_keep_the_wall_clock_when_summer_ends_in_sao_paulo() -> None:
    matter = case(SAO_PAULO, "2018-02-14T10:00")  # the clocks went back at midnight of 17 February 2018
    assert matter.ticket.promised_at == datetime(2018, 2, 21, 21, 0, tzinfo=UTC)
    matter.now += timedelta(days=60)
    matter.sweep()
    assert walls(matter)[:2] == [("reminder", "02-19 09:00"), ("urging", "02-21 18:00")]


@pytest.mark.parametrize(("calendar", "suspended", "resumed"), [
    (BERLIN, "2020-03-27T15:30", "2020-03-30T09:00"), (SAO_PAULO, "2018-02-16T17:00", "2018-02-19T11:00"),
    (SAO_PAULO, "2018-11-02T17:00", "2018-11-05T11:00"), (ROUND_THE_CLOCK, "2018-11-03T12:00", "2018-11-04T12:00"),
    (ROUND_THE_CLOCK, "2018-02-17T12:00", "2018-02-18T12:00"),
])
def test_a_pause_over_a_change_of_the_clocks_gives_back_what_was_left(calendar: Calendar, suspended: str, resumed: str) -> None:
    zone = ZoneInfo(calendar.zone)
    begin = datetime.fromisoformat(suspended).replace(tzinfo=zone) - timedelta(days=1)
    matter = case(calendar, begin.replace(tzinfo=None).isoformat())
    matter.now = datetime.fromisoformat(suspended).replace(tzinfo=zone)
    matter.do("suspend", OFFICE, {"reason": "x"})
    left = left_days(matter.ticket.deadlines["rectify"], calendar)
    assert left
    matter.now = datetime.fromisoformat(resumed).replace(tzinfo=zone)
    due = matter.do("resume").ticket.promised_at
    assert due is not None
    today = matter.now.astimezone(zone).date()
    days = [today + timedelta(days=n) for n in range(-1, 30)]  # day by day
    assert sum(calendar.is_working(day) and matter.now < calendar.close(day) <= due for day in days) == left


@pytest.mark.parametrize(("calendar", "begin"), [
    (BERLIN, "2020-03-20T09:00"), (BERLIN, "2020-10-20T09:00"), (SAO_PAULO, "2018-02-09T10:00"), (SAO_PAULO, "2018-10-30T10:00"),
    (ROUND_THE_CLOCK, "2018-11-01T00:00"), (china(), "2020-02-27T09:00"), (china(), "2020-12-28T09:00"), (china(), "2026-12-21T09:00"),
])
@pytest.mark.parametrize("grade", ["A", "C"])
def test_day_by_day_and_one_leap_agree_in_every_zone_and_over_every_turn_of_the_year(calendar: Calendar, begin: str, grade: str) -> None:
    daily, leap = leap_and_daily(calendar, begin, grade)
    facts = ("clock", "epoch", "rung", "scheduled_for")
    assert [[event.data[name] for name in facts] for event in daily] == [[event.data[name] for name in facts] for event in leap]
    assert len(daily) >= 5


@pytest.mark.parametrize(("begin", "due"), [
    ("2020-01-31T09:00", "2020-03-02T18:00"),  # 29 February is a Saturday
    ("2020-02-29T09:00", "2020-03-30T18:00"), ("2020-03-31T09:00", "2020-04-30T18:00"), ("2020-12-31T09:00", "2021-02-01T18:00"),
    ("2021-01-29T09:00", "2021-03-01T18:00"), ("2024-01-29T09:00", "2024-02-29T18:00"), ("2023-12-31T09:00", "2024-01-31T18:00"),
])
def test_a_month_ends_on_its_last_day_and_29_february_is_a_day(begin: str, due: str) -> None:
    matter = Matter(local(begin), workflow("rectification"), china()).open(grade="A").do("assign", lead="SCJGJ")
    assert matter.ticket.promised_at == local(due)


def test_a_leap_over_a_year_whose_notice_is_missing_is_provisional_and_fires_each_rung_once() -> None:
    matter = Matter(local("2026-12-28T09:00"), workflow("rectification"), china()).open().do("assign", lead="SCJGJ").do("accept", LEAD)
    assert matter.ticket.deadlines["rectify"].provisional
    matter.at("2029-01-01T00:00").sweep()
    fired = [(event.data["clock"], event.data["rung"]) for event in matter.events if event.kind == "escalated" and "n" not in event.data]
    assert len(fired) == len(set(fired)) == 7
    assert matter.ticket.wake_at is not None
