"""Files of notices as others publish them, sound, unsound and hostile."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.founding import china_notices
from engine.errors import InvalidFile
from engine.registry.notice_file import LARGEST_FILE_BYTES, read_file
from engine.rules.worktime import HolidayNotice

REAL = {notice.year: notice for notice in china_notices()}
"""Of each year the notice that is in force."""


def holiday_cn(notice: HolidayNotice, *papers: str) -> dict[str, Any]:
    days = [(day, name, True) for day, name in notice.off] + [(day, name, False) for day, name in notice.work]
    return {
        "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json", "year": notice.year,
        "papers": list(papers), "days": [{"name": name, "date": day.isoformat(), "isOffDay": off} for day, name, off in sorted(days)],
    }


def event(day: date, summary: str, *lines: str, days: int = 1) -> str:
    end = day + timedelta(days=days)
    return "\r\n".join((
        "BEGIN:VEVENT", f"SUMMARY:{summary}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}", *lines, "END:VEVENT",
    ))


def ics(events: Iterable[str]) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *events, "END:VCALENDAR", ""))


def subscribed(notice: HolidayNotice) -> list[str]:
    """A year as holiday-cn's own .ics names its days."""
    return [event(day, f"{name}假期") for day, name in notice.off] + [event(day, f"上班(补{name}假期)") for day, name in notice.work]


def file(folder: Path, content: str | bytes, name: str = "notice") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def days(notice: HolidayNotice) -> tuple[set[date], set[date]]:
    return {day for day, _ in notice.off}, {day for day, _ in notice.work}


def codes(path: Path, **said: Any) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read_file(path, **said)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("year", REAL)
def test_every_real_year_reads_the_same_from_what_others_publish(tmp_path: Path, year: int) -> None:
    notice = REAL[year]
    address = f"https://www.gov.cn/zhengce/content/{notice.published:%Y-%m/%d}/content_5454164.htm"
    (read,) = read_file(file(tmp_path, json.dumps(holiday_cn(notice, "http://www.gov.cn/x/1999-01/02/y.htm", address))))
    assert (read.published, days(read)) == (notice.published, days(notice))
    (read,) = read_file(file(tmp_path, ics(subscribed(notice))), published=notice.published)
    assert (read.year, read.published, days(read)) == (year, notice.published, days(notice))
    assert {name for _, name in read.off} == {name for _, name in notice.off}


def test_a_calendar_of_several_years_is_read_for_the_year_that_is_asked_for(tmp_path: Path) -> None:
    path = file(tmp_path, ics(line for notice in REAL.values() for line in subscribed(notice)))
    assert codes(path, published=date(2025, 11, 4)) == ["problem-several-years"]
    for year, notice in REAL.items():
        (read,) = read_file(path, published=notice.published, year=year)
        assert days(read) == days(notice)
    assert codes(path, published=date(2026, 11, 4), year=2027) == ["problem-no-holidays"]


def test_the_marks_of_other_calendars_are_understood(tmp_path: Path) -> None:
    events = [
        event(date(2026, 1, 1), "元旦（休）", days=3), event(date(2026, 1, 4), "元旦（班）"),
        event(date(2026, 2, 14), "New Year", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"),
        event(date(2026, 2, 16), "除夕", "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"), event(date(2026, 2, 28), "春节调休上班"),
        event(date(2026, 3, 8), "妇女节"), event(date(2026, 10, 1), "国庆节假期", "STATUS:CANCELLED"),
        event(date(2026, 2, 17), "春节\r\n 假期", "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "SUMMARY:班", "END:VALARM"),
    ]
    (read,) = read_file(file(tmp_path, ics(events)), published=date(2025, 11, 4))
    assert days(read) == (
        {date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 16), date(2026, 2, 17)},
        {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)},
    )
    assert dict(read.off)[date(2026, 2, 16)] == "除夕" and dict(read.work)[date(2026, 2, 28)] == "春节"


def test_what_does_not_say_when_it_came_out_is_asked(tmp_path: Path) -> None:
    node = holiday_cn(REAL[2026], "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm")
    assert codes(file(tmp_path, json.dumps(node))) == codes(file(tmp_path, ics(subscribed(REAL[2026])), "x")) == ["problem-unpublished"]
    assert read_file(file(tmp_path, json.dumps(node)), published=date(2025, 11, 4))[0].published == date(2025, 11, 4)
    own = json.dumps({"year": 2027, "published": "2026-11-10", "off": ["2027-01-01"], "work": []})
    assert codes(file(tmp_path, own), published=date(2026, 11, 10)) == ["problem-published-inside"]


DAY = {"name": "元旦", "date": "2026-01-01", "isOffDay": True}


@pytest.mark.parametrize(("node", "expected"), [
    ({"year": 2026, "days": {}}, "problem-no-list"), ({"year": 2026, "days": [1]}, "problem-no-object"),
    ({"days": [DAY]}, "problem-missing"), ({"year": "2026", "days": [DAY]}, "problem-no-year"),
    ({"year": 2026, "days": []}, "problem-no-day-of-year"),
    ({"year": 2026, "days": [DAY], "extra": 1}, "problem-unknown-key"),
    ({"year": 2026, "days": [DAY | {"isOffDay": 1}]}, "problem-no-flag"),
    ({"year": 2026, "days": [DAY | {"date": "2026-02-30"}]}, "problem-absent-date"),
    ({"year": 2026, "days": [DAY, DAY]}, "problem-day-twice"),
    ({"year": 2026, "days": [DAY | {"name": 7}]}, "problem-no-entry"), ({"year": 2026, "days": [{"name": "元旦"}]}, "problem-missing"),
    ({"year": 2026, "days": [DAY | {"name": "\x1b[31m"}]}, "problem-unseen-name"),
])
def test_a_malformed_year_of_holiday_cn_is_refused(tmp_path: Path, node: dict[str, Any], expected: str) -> None:
    assert expected in codes(file(tmp_path, json.dumps(node)), published=date(2025, 11, 4))


NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(("events", "expected"), [
    ([event(NEW_YEAR, "元旦假期", "RRULE:FREQ=SECONDLY;COUNT=99999999")], "problem-repeats"),
    ([event(NEW_YEAR, "元旦假期", "RDATE;VALUE=DATE:20260102")], "problem-repeats"),
    ([event(NEW_YEAR, "元旦假期", days=4000)], "problem-long-event"), ([event(NEW_YEAR, "元旦假期", days=-1)], "problem-long-event"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "END:VEVENT"], "problem-no-event-date"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "DTSTART:20260101T000000", "END:VEVENT"], "problem-no-event-date"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "DTSTART;VALUE=DATE:2026130", "END:VEVENT"], "problem-no-event-date"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "DTSTART;VALUE=DATE:20260101", "DURATION:P9999D", "END:VEVENT"], "problem-no-event-date"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "DTSTART;VALUE=DATE:99991231", "END:VEVENT"], "problem-out-of-range"),
    (["BEGIN:VEVENT", "SUMMARY:元旦假期", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:22010105", "END:VEVENT"],
     "problem-out-of-range"),
    ([event(NEW_YEAR, "元旦")], "problem-no-holidays"), ([], "problem-no-holidays"), (["x"], "problem-no-holidays"),
    (["BEGIN:VEVENT"] * 5000, "problem-no-holidays"), (["END:VCALENDAR", "BEGIN:VCALENDAR"], "problem-no-holidays"),
    (["BEGIN:VEVENT", "SUMMARY 元旦假期", "END:VEVENT"], "problem-no-holidays"),
    (["BEGIN:VTIMEZONE", "TZID:X/Y", "BEGIN:STANDARD", "DTSTART:16010101T000000", "RRULE:FREQ=SECONDLY", "TZOFFSETFROM:+0800",
      "TZOFFSETTO:+0700", "END:STANDARD", "END:VTIMEZONE"], "problem-no-holidays"),
])
def test_a_hostile_calendar_is_refused_and_nothing_is_unrolled(tmp_path: Path, events: list[str], expected: str) -> None:
    assert expected in codes(file(tmp_path, ics(events)), published=date(2025, 11, 4))


@pytest.mark.parametrize(("content", "expected"), [
    (ics(subscribed(REAL[2026])).encode("gbk"), "problem-no-utf8"), (ics(subscribed(REAL[2026])).encode("utf-16"), "problem-no-utf8"),
    (b"BEGIN:VCALENDAR\r\n" + b"X" * LARGEST_FILE_BYTES, "problem-large"), (b'{"days": ' + b"[" * 200_000, "problem-odd-json"),
])
def test_a_file_in_another_encoding_or_too_large_is_refused_by_name(tmp_path: Path, content: bytes, expected: str) -> None:
    assert codes(file(tmp_path, content), published=date(2025, 11, 4)) == [expected]


def test_as_many_events_as_a_file_can_hold_are_read_without_delay(tmp_path: Path) -> None:
    many = [event(date(1991, 1, 1) + timedelta(days=40 * place), "假", days=40) for place in range(1800)]
    path = file(tmp_path, ics(many))
    assert path.stat().st_size < LARGEST_FILE_BYTES
    assert codes(path, published=date(2025, 11, 4)) == ["problem-several-years"]


lines = st.lists(st.sampled_from([
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "SUMMARY:元旦假期", "DTSTART;VALUE=DATE:20260101", "DTSTART:;;",
    "DTEND;VALUE=DATE:20260103", "DTSTART;TZID=X/Y:20260101T000000", "RRULE:FREQ=DAILY", "X:\x00", " folded", "BEGIN:", "END:",
    "DTSTART;VALUE=PERIOD:20260101T000000/P1D", "BEGIN:VTIMEZONE", "TZID:X/Y", "END:VTIMEZONE", "SUMMARY;LANGUAGE=\"\":休", "=\"\"", ":",
]), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lines | st.lists(st.text(max_size=40), max_size=10))
def test_whatever_stands_in_a_calendar_it_is_read_or_refused(tmp_path: Path, inside: list[str]) -> None:
    for content in (ics(inside), "BEGIN:VCALENDAR\r\n" + "\r\n".join(inside)):
        try:
            read_file(file(tmp_path, content.encode("utf-8", "surrogatepass")), published=date(2025, 11, 4))
        except InvalidFile as error:
            assert error.problems
