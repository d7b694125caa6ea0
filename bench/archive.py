"""What a record holds after years: closed tickets by the million, in a few minutes.

The desk closes one ticket in each of some ways – handed in early or late, sent back once, withdrawn; by many units, for many measures –
and the database multiplies their rows, each copy opened and closed at a time of its own. They are there to be read: only the first ones'
chains hold, since all copies have their hashes, and the dates that lie inside JSON are the first ones'.

    python -m bench.archive URL [--tickets 1000000] [--open 2000]

Rows go in while the tables have no indexes but those of their keys. These, and the references, are put back from their own definitions:
what stands at the end is the schema of any other record, and a test compares the two.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from bench import crowd
from bench.place import settle
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.queries import EVENT_COLUMNS, TICKET_COLUMNS
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import SOURCES, Opening

YEARS = 8
"""Over so many years the copies are spread, evenly."""

BEFORE = 90 * 86_400
"""Seconds from the last of them to the crowd."""

PIECE = 50_000
"""So many tickets are written by one statement."""

UNITS = 23
"""So many units had the models, one each: a prime, so that the ways of closing meet all grades, sources and measures."""

TITLES = ("企业开办材料重复提交", "施工许可超时办结", "用水报装多次跑动", "不动产登记窗口排队过长")
GRADES = ("C", "C", "B", "C", "A")

_MOMENTS = (
    "opened_at", "first_found_at", "assigned_at", "promised_at", "submitted_at", "closed_at", "state_since", "changed_at", "told_at",
)


def archive(url: str, count: int) -> None:
    """So many closed tickets more, in a record where nobody else is at work."""
    with closing(connect(url)) as database:
        assert count >= UNITS, "each way of closing has its model"
        models = _models(database)
        (first,), (number,) = database.rows("SELECT max(id) + 1 FROM ticket")[0], database.rows("SELECT max(serial) + 1 FROM ticket")[0]
        assert first == number, "copies have their id for a serial"
        last = first + count - len(models) - 1
        with _unindexed(database):
            for begin in range(first, last + 1, PIECE):
                _multiply(database, models, begin, min(begin + PIECE - 1, last), last)
            with database.write():
                database.run("UPDATE counter SET last = :last WHERE office = 'ZG' OR office = ''", 2, last=last)


def _models(database: Database) -> range:
    """The ids of tickets that were closed in all the ways there are, one after the other."""
    contacts = [
        Actor(name, "contact", unit, "bench")
        for name, unit in database.rows("SELECT name, unit FROM account WHERE role = 'contact' ORDER BY name LIMIT :limit", limit=UNITS)
    ]
    measures = [no for (no,) in database.rows("SELECT no FROM measure ORDER BY no")]
    made = [_close(database, contact, measures[place % len(measures)], place) for place, contact in enumerate(contacts)]
    return range(made[0], made[-1] + 1)


def _close(database: Database, contact: Actor, measure: str, place: int) -> int:
    """The id of a ticket that a unit had, closed in the way of this place."""
    grade = GRADES[place % len(GRADES)]
    opening = Opening(TITLES[place % len(TITLES)], SOURCES[place % len(SOURCES)], "窗口与网上要求的材料不同", measure=measure, grade=grade)
    number = Desk(database, FixedClock(crowd.START)).open(crowd.OFFICE, opening).ticket.number

    def do(days: int, actor: Actor, trigger: str, inputs: dict[str, object] | None = None, **words: str) -> None:
        Desk(database, FixedClock(crowd.START + timedelta(days=days))).do(actor, number, Command(trigger, inputs or {}, words=words))

    do(0, crowd.OFFICE, "assign", {"lead": contact.unit})
    do(0, contact, "accept")
    handed_in = 1 + place % 11
    if grade != "C":
        do(handed_in, crowd.OFFICE, "withdraw", reason="误立")
    else:
        if place % 7 == 0:
            do(handed_in, contact, "submit", note="已改")
            do(handed_in, crowd.OFFICE, "reject", reason="未见台账")
        do(handed_in + 1, contact, "submit", note="已改")
        do(handed_in + 1 + place % 3, crowd.OFFICE, "verify", note="属实")
    return Desk(database, FixedClock(crowd.LATER)).ticket(crowd.OFFICE, number).id


@contextmanager
def _unindexed(database: Database) -> Iterator[None]:
    """A context in which tickets have no indexes but those of their keys, refer to nothing, and nothing is made sure of on the disk."""
    is_file = database.path is not None
    indexes = database.rows(INDEXES[is_file])
    references = [] if is_file else database.rows(_REFERENCES)
    _hurry(database)
    with database.write():
        for table, name, _ in references:
            database.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for _, name, _ in indexes:
            database.run(f"DROP INDEX {name}")
    yield
    with database.write():
        for _, _, statement in indexes:
            database.run(statement)
        for table, name, definition in references:
            database.run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    if is_file:
        database.rows("PRAGMA journal_mode=WAL")


INDEXES = {
    True: """SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('ticket', 'event')
ORDER BY rowid""",
    False: """SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid IN ('ticket'::regclass, 'event'::regclass) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid""",
}
"""Table, name and definition of each index, on a file and on a server, in the order in which they were made: of two that serve alike SQLite
takes the newer one.
"""

_REFERENCES = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid IN ('ticket'::regclass, 'event'::regclass)"""


def _hurry(database: Database) -> None:
    """For this connection, and a file's journal: a record that is cut off now is thrown away."""
    if database.path is not None:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
            database.rows(f"PRAGMA {pragma}")
    else:
        for name, value in (("synchronous_commit", "off"), ("maintenance_work_mem", "400MB"), ("work_mem", "100MB")):
            database.rows(f"SELECT set_config('{name}', '{value}', false)")


def _multiply(database: Database, models: range, first: int, last: int, newest: int) -> None:
    """The tickets of these ids and their events; the newest of all copies is the youngest."""
    model = f"{models.start} + copy.n % {len(models)}"
    seconds = f"((:newest - copy.n) * :step + {BEFORE} + copy.n * 7919 % 86400)"
    own = {
        "id": "copy.n", "serial": "copy.n", "number": f"'ZG-{crowd.YEAR}-' || copy.n", "stream": "copy.n",
        "title": "title || copy.n", "title_folded": "title_folded || copy.n",
        **{name: _earlier(database, name, seconds) for name in (*_MOMENTS, "at")},
    }
    step = YEARS * 365 * 86_400 // newest
    with database.write():
        for table, columns, key, order in (
            ("ticket", TICKET_COLUMNS, "id", "copy.n"), ("event", f"{EVENT_COLUMNS}, hash", "stream", "copy.n, seq"),
        ):
            chosen = ", ".join(own.get(column, column) for column in columns.split(", "))
            database.run(
                f"INSERT INTO {table} ({columns}) WITH RECURSIVE copy (n) AS "
                "(SELECT CAST(:first AS bigint) UNION ALL SELECT n + 1 FROM copy WHERE n < :last) "
                f"SELECT {chosen} FROM copy CROSS JOIN {table} WHERE {table}.{key} = {model} ORDER BY {order}",
                first=first, last=last, newest=newest, step=step,
            )


def _earlier(database: Database, column: str, seconds: str) -> str:
    """A moment so many seconds before the one in a column."""
    if database.path is None:
        return f"{column} - {seconds} * interval '1 second'"
    return f"strftime('%Y-%m-%dT%H:%M:%S.000000Z', {column}, '-' || {seconds} || ' seconds')"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="the address of a record that nobody has made yet")
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=2_000, dest="open_")
    given = parser.parse_args()
    crowd.gather(given.url, given.open_, given.open_ // 4)
    archive(given.url, given.tickets - given.open_)
    settle(given.url)
