"""Numbers: each one that a counter gave is there, and none that no counter gave."""

from __future__ import annotations

from collections.abc import Iterator

from engine.audit.audited import Audited
from engine.record import queries
from engine.record.cell import is_text, name_of
from engine.record.database import Database
from engine.rules.proof.finding import Finding


def number_findings(db: Database, audited: Audited) -> Iterator[Finding]:
    """Findings for numbers that a counter gave and no ticket has, and for numbers of tickets that no counter gave.

    Numbers that are missing side by side are one finding, however many they are.
    """
    for office, year, last in db.stored(queries.AUDIT_COUNTERS):
        audited.tables["counter"] += 1
        if type(year) is not int or type(last) is not int or not is_text(office):
            yield Finding("number", number=f"{name_of(office)}-{year if type(year) is int else None}", field="counter")
        elif year == 0 and office:  # ids are counted for all offices together
            yield Finding("number", number=f"{name_of(office)}-0", field="counter")
        elif year != 0:
            yield from _gaps(db, office, year, last)
    for (number,) in db.stored(queries.AUDIT_UNCOUNTED):
        yield Finding("number", number=name_of(number))


def _gaps(db: Database, office: str, year: int, last: int) -> Iterator[Finding]:
    """The stretches of serials up to the last one that are not there."""
    expected = 1
    for (serial,) in db.stored(queries.AUDIT_SERIALS, series=office, year=year):
        if type(serial) is int and serial >= expected:
            yield from _missing(office, year, expected, min(serial - 1, last))
            expected = serial + 1
    yield from _missing(office, year, expected, last)


def _missing(office: str, year: int, first: int, last: int) -> Iterator[Finding]:
    if first == last:
        yield Finding("number", number=f"{name_of(office)}-{year}-{first:04d}")
    elif first < last:
        yield Finding("number", number=f"{name_of(office)}-{year}-{first:04d}", field=f"{first}-{last}")
