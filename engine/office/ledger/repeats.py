"""Earlier findings that the rows of a ledger name (上次编号, 是否反复): in the record, or in the same ledger.

Each number must be that of a finding; a row that names another, or says that it repeats one and not which, is told and held back, unless
a person waives that with a reason. A finding that repeats a row of the same ledger is taken over after that row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from engine.office.ledger.earlier import SILENT, Bearer, bearers, likeliest, own_number, plain
from engine.office.ledger.kept import Kept
from engine.office.ledger.outcome import HELD, NEW, TWIN, Reading
from engine.office.ledger.questions import BEFORE, EARLIER, HERE, asked
from engine.office.ledger.reader import Context, tell
from engine.record.database import Database
from engine.rules.acts.repeats import found_at, in_order, later_problem

LONGEST_NAMED = 500
"""Characters of what a row says of earlier findings that are kept beside a waiver."""

_LONG = re.compile(r"\d{4}|[a-z]")
"""What a number has that is more than the place of a row in its list."""


def name_earlier(
    database: Database, office: str, readings: Sequence[Reading], kept: Mapping[int, Kept], context: Context, waiver: str | None,
) -> None:
    """Finds what each row names. With a `waiver` what cannot be found is told and holds nothing back."""
    naming = [reading for reading in readings if reading.item is not None and reading.named != SILENT and reading.action == NEW]
    if not naming:
        return
    here = _by_number(readings)
    before = bearers(database, {number for reading in naming for number in reading.named.numbers})
    ours = {there.ticket.number for there in kept.values()}
    for reading in naming:
        there = kept[id(reading)].ticket.number if id(reading) in kept else None
        wrong = _Wrong(reading, waived=waiver is not None)
        code = reading.named.contradicts
        if code is not None:
            wrong(code, {"text": reading.named.unclear, "numbers": list(reading.named.numbers)})
        for number in () if code is not None else reading.named.numbers:
            rows = _of_lead([row for row in here.get(plain(number), ()) if row is not reading and row.key != reading.key], reading)
            own = (own_number(number) or "").startswith(f"{office}-")
            found: Sequence[Bearer] = [each for each in before[number] if each.number not in ours or (own and each.number != there)]
            found = likeliest(found, *_source_and_lead(reading))
            if rows and not own and (found or not _LONG.search(plain(number))):
                answer = context.ask(reading, asked(EARLIER, choices=(HERE, BEFORE)))
                if answer is None:
                    continue
                rows, found = (rows, []) if answer == HERE else ([], found)
            _name(reading, number, rows, () if rows else found, kept, wrong)
        _take(reading, waiver if wrong.waived_something else None)


def hold_followers(readings: Sequence[Reading]) -> None:
    """Holds back a row that repeats another row of the ledger which is not taken over, and rows that repeat each other in a circle; says of
    every other how many rows have to be taken over before it (`depth`).
    """
    new = [reading for reading in readings if reading.action == NEW and reading.follows]
    followers: defaultdict[int, list[Reading]] = defaultdict(list)
    waits: dict[int, int] = {}
    for reading in new:
        for row in reading.follows:
            followers[id(row)].append(reading)
        waits[id(reading)] = len(reading.follows)
    named = {id(row): row for reading in new for row in reading.follows}
    blocked = [row for row in named.values() if row.ticket is None and row.action != NEW]
    while blocked:
        row = blocked.pop()
        for reading in followers[id(row)]:
            if reading.action == NEW:
                reading.action = HELD
                tell(reading, "row-earlier-waits", values={"number": row.number or row.key})
                blocked.append(reading)
    ready = [row for row in named.values() if id(row) not in waits and (row.ticket is not None or row.action == NEW)]
    while ready:
        row = ready.pop()
        for reading in followers[id(row)]:
            reading.depth = max(reading.depth, row.depth + 1)
            waits[id(reading)] -= 1
            if waits[id(reading)] == 0 and reading.action == NEW:
                ready.append(reading)
    for reading in new:
        if reading.action == NEW and waits[id(reading)]:
            reading.action = HELD
            tell(reading, "row-earlier-circle", values={"number": reading.number or reading.key})


def numbers_of(reading: Reading, written: Mapping[int, str]) -> tuple[str, ...]:
    """The numbers of the tickets that a row repeats, with those that rows of the same ledger were given just now, by their `id()`."""
    rows = (written.get(id(row)) or row.ticket or "" for row in reading.follows)
    return in_order((*reading.repeats, *rows))


# -- one row ------------------------------------------------------------------------------------------------------------------


class _Wrong:
    """Tells what is wrong with a row's numbers: it holds the row back, or is waived."""

    def __init__(self, reading: Reading, *, waived: bool) -> None:
        self.reading, self.waived, self.waived_something = reading, waived, False

    def __call__(self, code: str, values: Mapping[str, object]) -> None:
        tell(self.reading, code, self.reading.named_in, holds=not self.waived, values=values)
        self.waived_something = self.waived


def _name(
    reading: Reading, number: str, rows: Sequence[Reading], found: Sequence[Bearer], kept: Mapping[int, Kept],
    wrong: Callable[[str, Mapping[str, object]], None],
) -> None:
    """Notes the one finding that bears a number."""
    there = kept.get(id(rows[0])) if rows else None
    since = found[0].since if found else found_at(there.first) if there is not None else _found(rows[0]) if rows else None
    if len(rows) + len(found) > 1:
        wrong("row-earlier-several", {"number": number, "tickets": [each.number for each in found] or [row.row for row in rows]})
    elif (later := later_problem(number, since, _found(reading))) is not None:
        wrong(later.code, later.values)
    elif found:
        reading.repeats = (*reading.repeats, found[0].number)
        if not found[0].final and id(reading) not in kept:
            tell(reading, "row-earlier-open", reading.named_in, holds=False, values={"ticket": found[0].number})
    elif there is not None:
        reading.repeats = (*reading.repeats, there.ticket.number)
    elif rows:
        reading.follows = (*reading.follows, rows[0])
    else:
        wrong("row-earlier-unknown", {"number": number})


def _take(reading: Reading, waiver: str | None) -> None:
    """The item with what it names, and what of that is told to who compares it with the record."""
    assert reading.item is not None  # noqa: S101 – only items name others
    opening = reading.item.opening._replace(repeats=in_order(reading.repeats))
    if waiver is not None:
        opening = opening._replace(waiver=f"{waiver}\n{reading.named_as[:LONGEST_NAMED]}")
    reading.item = reading.item._replace(opening=opening)
    rows = tuple(row.number or row.key for row in reading.follows)
    if opening.repeats or rows:
        reading.told = {**reading.told, "repeats": (*opening.repeats, *rows)}


def _by_number(readings: Iterable[Reading]) -> Mapping[str, list[Reading]]:
    """The rows of the ledger by their numbers; of rows that say the same the first."""
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.item is not None and reading.number is not None and reading.action != TWIN:
            found[plain(reading.number)].append(reading)
    return found


def _of_lead(rows: Sequence[Reading], reading: Reading) -> Sequence[Reading]:
    """Of the rows of one number that of the same unit: a row for a group is one for each of its members."""
    own = [row for row in rows if _source_and_lead(row)[1] == _source_and_lead(reading)[1]]
    return own if len(rows) > 1 and len(own) == 1 else rows


def _found(reading: Reading) -> datetime | None:
    """When the row says that its finding was found."""
    return reading.item.opening.happened_at if reading.item is not None else None


def _source_and_lead(reading: Reading) -> tuple[str | None, str | None]:
    opening = reading.item.opening if reading.item is not None else None
    return (opening.source, opening.lead) if opening is not None else (None, None)
