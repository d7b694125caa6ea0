"""Due dates as a calendar (.ics) that people's own calendars take in; the same date of the same ticket is the same entry each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

MAKER = "-//zhenggai//due-dates//ZH"


class DueDate(NamedTuple):
    """An entry of the calendar. `version` is the ticket's: a later one replaces an earlier."""

    number: str
    day: date
    summary: str
    description: str
    version: int
    changed_at: datetime
    categories: tuple[str, ...] = ()


def feed(name: str, entries: Iterable[DueDate], now: datetime) -> Iterator[bytes]:
    """The parts of the file, in order: a calendar is written as its entries come."""
    from icalendar import Calendar, Event  # only what writes a calendar pays for it

    calendar = Calendar()
    for key, value in (("prodid", MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        calendar.add(key, value)
    begin, end = calendar.to_ical().split(b"END:VCALENDAR", 1)
    yield begin
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.number}@zhenggai")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("last-modified", entry.changed_at.astimezone(UTC))
        event.add("sequence", entry.version)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        if entry.categories:
            event.add("categories", list(entry.categories))
        yield event.to_ical()
    yield b"END:VCALENDAR" + end
