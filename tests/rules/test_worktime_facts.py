"""The calendar and the arithmetic against published facts: notices, due dates, and what other systems' tests expect."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.rules.worktime import (
    Amount,
    Calendar,
    Day,
    WhenError,
    add_working_seconds,
    due,
    merge,
    next_open,
    parse_amount,
    parse_notice,
    shift_working_days,
    working_seconds,
)

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "tests" / "facts"
SEED = ROOT / "seeds" / "calendars" / "cn"
NOTICES = sorted(SEED.glob("[0-9]*.json"))
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def office() -> Calendar:
    return Calendar.from_json((SEED / "office.json").read_text(encoding="utf-8"))


def china() -> Calendar:
    return merge([parse_notice(path.read_text(encoding="utf-8")) for path in NOTICES], office())


CHINA = china()


def at(text: str, calendar: Calendar = CHINA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.tz).astimezone(UTC)


def rows(name: str) -> list[dict[str, str]]:
    path = FACTS / name
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# Days and due dates of China


def test_every_published_special_day_is_known_and_named() -> None:
    facts = rows("cn_days_2018_2026.csv")
    assert len(facts) == 314
    for fact in facts:
        day = date.fromisoformat(fact["date"])
        kind, name = fact["reason"].split(":")
        assert (CHINA.is_working(day), CHINA.kind(day), CHINA.why(day)) == (fact["is_workday"] == "1", kind, name), day


def test_every_other_day_is_what_its_weekday_says() -> None:
    special = {date.fromisoformat(fact["date"]) for fact in rows("cn_days_2018_2026.csv")}
    day = date(2018, 1, 1)
    while day <= date(2026, 12, 31):
        if day not in special:
            assert CHINA.is_working(day) == (day.weekday() < 5), day
            assert CHINA.why(day) is None
        day += timedelta(days=1)


def test_every_due_date_of_2018_to_2021() -> None:
    facts = rows("cn_due_2018_2021.csv.gz")
    assert len(facts) == 11_688
    for fact in facts:
        start, n, expected = date.fromisoformat(fact["start"]), int(fact["n_workdays"]), date.fromisoformat(fact["due"])
        found = due(at(f"{start}T09:00"), Amount(n, "working days"), CHINA)
        assert (found.on, found.at) == (expected, at(f"{expected}T18:00")), fact
        assert shift_working_days(start, n, CHINA) == expected


@pytest.mark.parametrize(("start", "n", "expected"), [("2026-09-30", 5, "2026-10-13"), ("2026-02-13", 10, "2026-03-05")])
def test_make_up_days_count(start: str, n: int, expected: str) -> None:
    found = due(at(f"{start}T10:00"), Amount(n, "working days"), CHINA)
    assert found.at == at(f"{expected}T18:00")
    assert not found.provisional


def test_without_make_up_days_the_national_day_limit_would_be_a_day_later() -> None:
    bare = Calendar(
        CHINA.name, CHINA.zone, CHINA.hours, CHINA.weekend, {day: it for day, it in CHINA.days.items() if it.kind == "holiday"},
        covered_until=CHINA.covered_until,
    )
    assert due(at("2026-09-30T10:00"), Amount(5, "working days"), bare).on == date(2026, 10, 14)


# Notices in time


def as_of(published: str) -> Calendar:
    known = [parse_notice(path.read_text(encoding="utf-8")) for path in NOTICES if path.stem[-10:] <= published]
    return merge(known, office())


def test_the_seed_has_every_notice_under_its_own_name() -> None:
    assert len(NOTICES) == 11
    for path in NOTICES:
        notice = parse_notice(path.read_text(encoding="utf-8"))
        assert path.name == f"{notice.year}-published-{notice.published}.json"
        assert all(name for _, name in notice.off + notice.work)


def test_a_later_notice_replaces_the_whole_year() -> None:
    before, after = as_of("2019-12-31"), as_of("2020-01-27")
    assert before.is_working(date(2020, 2, 1))  # a make-up Saturday, until the holiday was prolonged
    assert not after.is_working(date(2020, 2, 1))
    assert before.is_working(date(2020, 1, 31))
    assert not after.is_working(date(2020, 1, 31))
    assert not before.is_working(date(2020, 2, 2))
    assert before.version != after.version
    assert due(at("2020-01-23T10:00"), Amount(3, "working days"), before).on == date(2020, 2, 3)
    assert due(at("2020-01-23T10:00"), Amount(3, "working days"), after).on == date(2020, 2, 5)


def test_a_weekday_listed_as_worked_is_an_ordinary_working_day() -> None:
    assert CHINA.is_working(date(2020, 2, 3))
    assert CHINA.kind(date(2020, 2, 3)) == "work"
    assert CHINA.why(date(2020, 2, 3)) is None


def test_a_notice_reaches_into_the_year_before() -> None:
    assert not as_of("2018-06-01").is_working(date(2018, 12, 29))
    assert as_of("2018-12-31").is_working(date(2018, 12, 29))
    assert not as_of("2018-12-31").is_working(date(2018, 12, 31))


def test_beyond_the_last_notice_dates_are_provisional_and_fixed_holidays_hold() -> None:
    assert CHINA.covered_from == date(2018, 1, 1)
    assert CHINA.covered_until == date(2026, 12, 31)
    assert not CHINA.provisional(date(2026, 12, 31))
    assert CHINA.provisional(date(2027, 1, 1))
    assert CHINA.provisional(date(2017, 12, 31))
    assert (CHINA.kind(date(2027, 10, 1)), CHINA.why(date(2027, 10, 1))) == ("holiday", "国庆节")
    found = due(at("2026-12-30T10:00"), Amount(2, "working days"), CHINA)
    assert (found.on, found.provisional) == (date(2027, 1, 4), True)
    assert due(at("2017-12-29T10:00"), Amount(1, "working days"), CHINA).provisional, "counted through days nobody announced to us"
    assert CHINA.is_working(date(2018, 5, 2)), "inside the coverage the notice alone decides"


def test_the_notice_of_a_missing_year_leaves_what_follows_provisional() -> None:
    gap = merge([parse_notice(path.read_text(encoding="utf-8")) for path in NOTICES if "2025-" not in path.name[:5]], office())
    assert gap.covered_until == date(2024, 12, 31)
    assert not gap.is_working(date(2026, 2, 16))


def test_merging_again_changes_nothing_and_local_days_stay() -> None:
    notices = [parse_notice(path.read_text(encoding="utf-8")) for path in NOTICES]
    assert merge(notices, CHINA).version == merge(notices[::-1], CHINA).version == CHINA.version
    local = {date(2026, 7, 20): Day("rest", "台风停工"), date(2026, 10, 5): Day("work", "创建检查")}
    merged = merge(notices, Calendar(CHINA.name, CHINA.zone, CHINA.hours, CHINA.weekend, local))
    assert (merged.kind(date(2026, 7, 20)), merged.why(date(2026, 7, 20))) == ("rest", "台风停工")
    assert merged.is_working(date(2026, 10, 5))


def test_without_notices_everything_is_provisional() -> None:
    bare = merge([], CHINA)
    assert bare.provisional(date(2026, 3, 2))
    assert bare.is_working(date(2026, 10, 10)) is False
    assert bare.days == {}


# What the tests of other systems expect


Row = dict[str, str]

LEFT_OUT: dict[str, Callable[[Row], bool]] = {
    "working time is never counted back; reminders before a date are whole working days": lambda row: (
        re.fullmatch(r"-[0-9]+[smh]", row["amount"]) is not None
    ),
    "from a closed moment libraries lose a day or keep it, each in its own way; ours counts from the date": lambda row: (
        re.fullmatch(r"[+-][0-9]+d", row["amount"]) is not None and "T" in row["start"] and closed_at_start(row)
    ),
    "day counts are not offered; libraries disagree which ends are included": lambda row: (
        row["amount"].startswith("elapsed_days")
    ),
    "a year without a notice is computed provisionally and says so, instead of failing": lambda row: (
        row["holidays"] == "any"
    ),
}
EXPECTED_LEFT_OUT = (10, 6, 10, 1)


def periods(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((begins, ends) for begins, ends in (part.split("-") for part in text.split(",")))


def weekdays(text: str) -> range:
    first, _, last = text.partition("-")
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)


def without(open_periods: tuple[tuple[str, str], ...], begins: str, ends: str) -> tuple[tuple[str, str], ...]:
    """What a break leaves of a day."""
    left = [piece for a, b in open_periods for piece in ((a, min(b, begins)), (max(a, ends), b))]
    return tuple((a, b) for a, b in left if a < b)


def holidays(text: str, around: date) -> Iterator[tuple[str, date, str]]:
    """(what, day, hours) of each entry; yearly ones for the years the row may reach."""
    for entry in filter(None, text.split("|")):
        if entry.startswith("--"):
            for year in (around.year - 1, around.year, around.year + 1):
                yield "holiday", date.fromisoformat(f"{year}-{entry[2:]}"), ""
        elif entry.startswith("pause:"):
            begins, ends = entry.removeprefix("pause:").split("/")
            yield "break", date.fromisoformat(begins[:10]), f"{begins[11:]}-{ends[11:]}"
        elif ":" in entry:
            what, rest = entry.split(":", 1)
            day, _, hours = rest.partition("=")
            yield what, date.fromisoformat(day), hours
        else:
            yield "holiday", date.fromisoformat(entry), ""


def calendar_of(row: Row) -> Calendar:
    zone = row["tz"] if "/" in row["tz"] else "UTC"
    weekday_hours, open_days = {}, set()
    for part in filter(None, row["working_hours"].split("|")):
        names, _, hours = part.partition(" ")
        for weekday in weekdays(names):
            open_days.add(weekday)
            weekday_hours[weekday] = periods(hours or "09:00-17:00")
    if not open_days:
        open_days, weekday_hours = set(range(7)), dict.fromkeys(range(7), (("00:00", "24:00"),))
    days: dict[date, Day] = {}
    dated: dict[date, tuple[tuple[str, str], ...]] = {}
    for what, day, hours in holidays(row["holidays"], date.fromisoformat(row["start"][:10])):
        if what == "shift":
            dated[day] = periods(hours)
        elif what == "break":
            dated[day] = without(dated.get(day, weekday_hours[day.weekday()]), *hours.split("-"))
            if not dated[day]:
                del dated[day]
                days[day] = Day("rest")
        else:
            days[day] = Day("work" if what == "workday" else "holiday")
    return Calendar(
        "case", zone, next(iter(weekday_hours.values())), frozenset(range(7)) - open_days, days,
        covered_until=date(2200, 12, 31), weekday_hours=weekday_hours, dated_hours=dated,
    )


def agrees(row: Row) -> bool:
    """Compute the row with our arithmetic."""
    calendar, amount, expected = calendar_of(row), row["amount"], row["expected_due"]
    if expected == "error":
        with pytest.raises(WhenError):
            parse_amount(amount.removeprefix("+"))
        return True
    if amount == "is_working_day":
        return calendar.is_working(date.fromisoformat(row["start"])) == (expected == "true")
    if found := re.fullmatch(r"([+-][0-9]+)d", amount):
        # Many keep the time of day, ours end at the close: what must agree is the date.
        start_on, n = date.fromisoformat(row["start"][:10]), int(found[1])
        return shift_working_days(start_on, n, calendar) == date.fromisoformat(expected[:10])
    if amount == "resolve_local":
        return calendar.opening(date(2015, 10, 18)) == calendar.close(date(2015, 10, 17)) == at(expected, calendar)
    start = at(row["start"], calendar)
    if amount == "is_working":
        return (next_open(start, calendar) == start) == (expected == "true")
    if amount == "first_period":
        begins, ends = expected.split("/")
        opening = next_open(start, calendar)
        length = int((at(ends, calendar) - at(begins, calendar)).total_seconds())
        return opening == at(begins, calendar) and add_working_seconds(opening, length, calendar) == at(ends, calendar)
    if amount.startswith("elapsed->"):
        return f"{working_seconds(start, at(amount.removeprefix('elapsed->'), calendar), calendar)}s" == expected
    if found := re.fullmatch(r"([+-][0-9]+)d_eod", amount):
        n = int(found[1])
        if n > 0:
            assert due(start, Amount(n, "working days"), calendar).at == at(expected, calendar)
        return calendar.close(shift_working_days(calendar.local_day(start), n, calendar)) == at(expected, calendar)
    found = re.fullmatch(r"\+([0-9]+)([smh])", amount)
    assert found is not None, amount
    seconds = int(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]
    if found[2] == "h" and seconds:
        assert due(start, Amount(int(found[1]), "working hours"), calendar).at == at(expected, calendar)
    return add_working_seconds(start, seconds, calendar) == at(expected, calendar)


def closed_at_start(row: Row) -> bool:
    calendar = calendar_of(row)
    start = at(row["start"], calendar)
    return next_open(start, calendar) != start


CASES = rows("business_time_cases.csv")


def reasons_to_leave_out(row: Row) -> list[str]:
    return [reason for reason, applies in LEFT_OUT.items() if applies(row)]


@pytest.mark.parametrize("number", [n for n, row in enumerate(CASES) if not reasons_to_leave_out(row)])
def test_our_arithmetic_agrees_with_the_case(number: int) -> None:
    assert agrees(CASES[number]), CASES[number]


def test_no_case_is_left_out_without_a_reason() -> None:
    assert len(CASES) == 131
    left_out = [reasons_to_leave_out(row) for row in CASES]
    assert all(len(reasons) <= 1 for reasons in left_out)
    counted = Counter(reasons[0] for reasons in left_out if reasons)
    assert tuple(counted[reason] for reason in LEFT_OUT) == EXPECTED_LEFT_OUT
    for row, reasons in zip(CASES, left_out, strict=True):
        if re.search(r"_eod$|^\+[0-9]+[hm]$", row["amount"]) or "rules" in row["source"]:
            assert not reasons, row


def test_a_paused_interval_is_not_open_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    row = next(row for row in CASES if row["holidays"].startswith("pause:2013-06-04T12:00"))
    calendar = calendar_of(row)
    assert working_seconds(
        datetime(2013, 6, 4, 11, 0, tzinfo=berlin), datetime(2013, 6, 4, 13, 0, tzinfo=berlin), calendar
    ) == 90 * 60
