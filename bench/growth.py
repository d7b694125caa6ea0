"""How much longer commands take when there are more tickets: each timed on a small and on a large record, by itself and in one process.

    python bench/growth.py [--small 1000] [--large 100000] [--rounds 5] [--db postgresql://user@host:port]

Tickets are copied by set-based SQL from two that the desk made: each unit has as many open ones in both records, all others are closed,
spread over units and measures. Prints the ratio of the best rounds, large to small; a scan for a rare word as a multiple of the
database's own scan of that column. What is flat stays below 1.5, a scan below 3.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import crowd
from bench.place import Place, place, settle
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.figures import figures
from engine.desk.lists import count_by_light, letters_to_sign, open_by_measure, page
from engine.desk.tickets import Desk
from engine.desk.today import today
from engine.desk.wanted import EVERY, Wanted
from engine.record import queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.queries import TICKET_COLUMNS
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.worktime.period import Span

UNITS = "SELECT code FROM unit WHERE kind <> 'group' AND code NOT IN ('SCJGJ', 'SHUIWJ') ORDER BY code LIMIT 7"
"""Units of the seed beside the one whose lists are timed."""

OPEN_OF_UNIT = 60
"""Open tickets of each unit in both records: what an office has on its desk; what is closed grows."""


LONG_AGO = crowd.START - timedelta(days=400)
"""When the closed ones were opened and closed."""


def fill(url: str, count: int) -> None:
    """A record with so many tickets, closed ones but for the last of each unit."""
    crowd.found(url)
    with closing(connect(url)) as database:
        desk = Desk(database, FixedClock(crowd.START))
        units = ["SCJGJ", *(row[0] for row in database.rows(UNITS))]
        opening = Opening("企业开办材料重复提交", "visit", "窗口与网上要求的材料不同", measure="3.1", grade="C")
        number = desk.open(crowd.OFFICE, opening).ticket.number
        desk.do(crowd.OFFICE, number, Command("assign", {"lead": "SCJGJ", "with": ("SHUIWJ",)}))
        desk.do(crowd.CONTACT, number, Command("accept"))
        closed = desk.open(crowd.OFFICE, opening).ticket.number
        desk.do(crowd.OFFICE, closed, Command("withdraw", {}, {"reason": "误立"}))
        _copy(database, 1, 3, len(units) * OPEN_OF_UNIT, units, crowd.START)
        _copy(database, 2, 3 + len(units) * OPEN_OF_UNIT, count, units, LONG_AGO)
        with database.write():
            last = 2 + len(units) * OPEN_OF_UNIT + count
            database.run("UPDATE counter SET last = :last WHERE year IN (0, :year)", last=last, year=crowd.YEAR)


def _copy(database: Database, model: int, first: int, count: int, units: list[str], at: datetime) -> None:
    """So many tickets like the model, their rows written by one statement a table."""
    changed = {
        "id": "n", "serial": "n", "number": f"'ZG-{crowd.YEAR}-' || n", "lead": f"CASE n % {len(units)} " + " ".join(
            f"WHEN {place} THEN '{unit}'" for place, unit in enumerate(units)) + " END",
        **dict.fromkeys(("opened_at", "state_since", "changed_at"), ":at"),
        "measure": "'3.' || (1 + n % 16)", "title": "title || n", "title_folded": "title_folded || n",
    }
    columns = TICKET_COLUMNS.split(", ")
    numbers = "WITH RECURSIVE copies (n) AS (SELECT CAST(:first AS integer) UNION ALL SELECT n + 1 FROM copies WHERE n < :last)"
    picked = ", ".join(changed.get(column, column) for column in columns)
    last = first + count - 1
    with database.write():
        database.run(
            f"INSERT INTO ticket ({TICKET_COLUMNS}) {numbers} SELECT {picked} FROM copies CROSS JOIN ticket WHERE id = :model",
            first=first, last=last, model=model, at=at,
        )
        events = "seq, at, actor, role, unit, via, kind, from_state, to_state, data, words, hash"
        database.run(
            f"INSERT INTO event (stream, {events}) {numbers} SELECT n, {events} FROM copies CROSS JOIN event WHERE stream = :model",
            first=first, last=last, model=model,
        )
        database.run(
            f"INSERT INTO cooperator (ticket, unit, due_at, promised_at, final) {numbers} "
            "SELECT n, unit, due_at, promised_at, final FROM copies CROSS JOIN cooperator WHERE ticket = :model",
            first=first, last=last, model=model,
        )


def acts(database: Database) -> dict[str, Callable[[], object]]:
    """What is timed, by its name."""
    desk = Desk(database, FixedClock(crowd.DUE))
    number = f"ZG-{crowd.YEAR}-0001"
    opening = Opening("窗口无人值守", "visit", measure="3.1", grade="C", lead="SCJGJ")
    month = Span(crowd.START, crowd.LATER)

    def opened() -> object:
        done = desk.open(crowd.OFFICE, opening, dry_run=True)
        return desk.similar(crowd.OFFICE, done.ticket)

    found: dict[str, Callable[[], object]] = {
        "show": lambda: desk.ticket(crowd.OFFICE, number), "log": lambda: desk.events(crowd.OFFICE, number), "open": opened,
        "comment": lambda: desk.do(crowd.OFFICE, number, Command("comment", {}, {"note": "已联系"}), dry_run=True),
        "list": lambda: page(desk, crowd.OFFICE, Wanted()), "list --closed": lambda: page(desk, crowd.OFFICE, Wanted(scope="closed")),
        "list --unit": lambda: page(desk, crowd.OFFICE, Wanted(units=("SCJGJ",))),
        "list as a unit": lambda: page(desk, crowd.CONTACT, Wanted()),
        "list --turn office": lambda: page(desk, crowd.OFFICE, Wanted(turns=("office",))),
        "list --overdue": lambda: page(desk, crowd.OFFICE, Wanted(overdue=True)),
        "list --proposals": lambda: letters_to_sign(desk, crowd.OFFICE, Wanted()),
        "list --text 材料": lambda: page(desk, crowd.OFFICE, Wanted(text="材料")),
        "footer of a unit": lambda: count_by_light(desk, crowd.OFFICE, Wanted(units=("SCJGJ",))),
        "count --unit": lambda: figures(desk, crowd.OFFICE, Wanted(units=("FGW",), scope="open"), "measure", month),
        "plan": lambda: open_by_measure(desk, crowd.OFFICE),
        "today": lambda: today(desk, crowd.OFFICE), "today as a unit": lambda: today(desk, crowd.CONTACT),
        "audit verify NO": lambda: list(verify(database, ticket=1)),
    }
    for sort in ("newest", "changed", "level", "turn-due"):
        found[f"list --sort {sort}"] = lambda sort=sort: page(desk, crowd.OFFICE, Wanted(sort=sort))  # type: ignore[misc]
    return found


def scans(database: Database) -> tuple[Callable[[], object], Callable[[], object]]:
    """A list for a word that is nowhere, and the database's own scan of the column."""
    desk = Desk(database, FixedClock(crowd.DUE))
    own = "SELECT count(*) FROM ticket WHERE title_folded LIKE '%从未有过%'"
    return lambda: page(desk, crowd.OFFICE, Wanted(text="从未有过", scope=EVERY)), lambda: database.rows(own)


def of_cooperators(made: Place, rounds: int, few: int = 50, many: int = 500) -> float:
    """What one cooperator costs where a ticket is assigned with many, against what it costs with few, among thousands of units."""
    url = made.fresh()
    crowd.found(url)
    with closing(connect(url)) as database:
        numbers = "WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < 3000)"
        with database.write():
            database.run(f"INSERT INTO unit (code, kind, relation, in_source) {numbers} "
                         "SELECT 'U' || n, kind, relation, in_source FROM copies CROSS JOIN unit WHERE code = 'SCJGJ'")
            database.run(f"INSERT INTO unit_name (unit, name, kind, place) {numbers} SELECT 'U' || n, n || '局', 'official', 1 FROM copies")
        desk = Desk(database, FixedClock(crowd.START))
        number = desk.open(crowd.OFFICE, Opening("窗口无人值守", "visit", measure="3.1", grade="C")).ticket.number

        def assign(count: int) -> Callable[[], object]:
            command = Command("assign", {"lead": "SCJGJ", "with": tuple(f"U{n}" for n in range(1, count + 1))})
            return lambda: desk.do(crowd.OFFICE, number, command, dry_run=True)

        return ratio(assign(many), assign(few), rounds) * few / many


def ratio(act: Callable[[], object], other: Callable[[], object], rounds: int) -> float:
    """The best round of an act to the best of the other. They take turns, so that what else the machine does slows both."""
    best = [math.inf, math.inf]
    for _ in range(rounds + 1):  # the first warms up
        for turn, what in enumerate((act, other)):
            start = time.perf_counter()
            what()
            best[turn] = min(best[turn], time.perf_counter() - start)
    return best[0] / best[1]


def measure(made: Place, small: int, large: int, rounds: int) -> dict[str, float]:
    """The ratio of each act, large to small."""
    urls = made.fresh(), made.fresh()
    for url, count in zip(urls, (small, large), strict=True):
        fill(url, count)
        settle(url)
    print(f"growth  {made.kind:10} {'a cooperator of 500':20} {of_cooperators(made, rounds):6.2f} × one of 50, among 3,000 units")
    with closing(connect(urls[0])) as few, closing(connect(urls[1])) as many:
        first, second = acts(few), acts(many)
        ratios = {name: ratio(second[name], act, rounds) for name, act in first.items()}
        ours, own = scans(many)
        for name, found in ratios.items():
            print(f"growth  {made.kind:10} {name:20} {found:6.2f} ×")
        print(f"growth  {made.kind:10} {'a rare word':20} {ratio(ours, own, rounds):6.2f} × the database's own scan")
        assert many.row(queries.COUNT_TICKETS) is not None
    return ratios


def run(small: int = 1_000, large: int = 20_000, rounds: int = 5, server: str | None = None) -> dict[str, float]:
    with place(server) as made:
        return measure(made, small, large, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--db", help="a PostgreSQL server where databases may be made; SQLite without it")
    given = parser.parse_args()
    run(given.small, given.large, given.rounds, given.db)
