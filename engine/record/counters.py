"""Numbers that are given out without gaps: of streams, and of things of a series and a year."""

from __future__ import annotations

from engine.record import queries
from engine.record.database import Database


def next_stream(db: Database) -> int:
    """The id of a stream that begins, whatever it is about, inside `db.write()`. Without gaps: a rollback gives it back."""
    return next_serial(db, "", 0)


def next_serial(db: Database, series: str, year: int) -> int:
    """The serial of a thing that begins, counted for a series (an office's tickets, the batches) and a year (the office's own zone), inside
    `db.write()`. Without gaps.
    """
    row = db.row(queries.NEXT, office=series, year=year)
    if row is None:
        raise LookupError("a counter that does not count")
    return int(row[0])


def next_serials(db: Database, series: str, year: int, count: int) -> range:
    """So many serials that follow one another, counted as `next_serial` does, inside `db.write()`."""
    row = db.row(queries.NEXT_MANY, office=series, year=year, count=count)
    if row is None:
        raise LookupError("a counter that does not count")
    return range(int(row[0]) - count + 1, int(row[0]) + 1)


def next_streams(db: Database, count: int) -> range:
    """The ids of so many streams that begin, inside `db.write()`."""
    return next_serials(db, "", 0, count)
