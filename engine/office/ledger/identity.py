"""By what an item is known again: the sender's number within its batch or its source. Never its row, its title, or its words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from engine.office.ledger.outcome import HELD, TWIN, Reading
from engine.office.ledger.reader import tell
from engine.office.sheets.cells import folded
from engine.rules.acts.ledger_item import Item
from engine.rules.acts.opening import LONGEST_KEY
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import read_number

BETWEEN = "/"
WITHOUT_NUMBER = "~"
OF_TITLE, OF_WORDING = 8, 16
"""Digits of the digests in the key of an item without a number: of its title, and of what stands beside that."""

_RUNS = re.compile(r"\d+|\D+")


def identify(readings: Sequence[Reading], scopes: Mapping[int, Sequence[str]], batch: str | None) -> None:
    """Gives each item its key. Numbers that begin anew in each sheet, or in each table of one, are known with its name; an item without a
    number by its title and what stands beside that, as it is written: not by what is understood of it today. The keys that it may have had
    when the workbook had other sheets are kept beside that. `scopes` has for each reading the names of its table, the widest first.
    """
    senders = Counter((_source(reading), folded(reading.sender)) for reading in readings if reading.item is not None and reading.sender)
    named = [(index, reading, _number(reading, senders)) for index, reading in enumerate(readings) if reading.item is not None]
    meets: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for index, reading, number in named:
        if reading.number is not None:
            meets[_source(reading), number].add(tuple(scopes[index]))
    depth = _depth(meets.values())
    short = cache(lambda name: folded(name)[:30])  # a file has few tables
    for index, reading, number in named:
        scope = [short(name) for name in scopes[index]] if reading.number is not None else []
        keys = [_key(batch, scope[:names], number, reading.member) for names in range(len(scope) + 1)]
        reading.key = keys.pop(min(depth, len(scope)))
        reading.otherwise = tuple(keys)
        if len(reading.key) > LONGEST_KEY:
            tell(reading, "row-number-long", values={"longest": LONGEST_KEY})


def find_twins(readings: Sequence[Reading]) -> None:
    """Two rows of one number: that say the same are one, and of others neither is taken, since nobody knows which holds."""
    by_key: defaultdict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.item is not None and reading.key:
            by_key[_source(reading), reading.key].append(reading)
    for twins in by_key.values():
        if len(twins) == 1:
            continue
        if all(_same(twins[0], other) for other in twins[1:]):
            for other in sorted(twins, key=lambda each: (each.sheet, each.row))[1:]:
                other.action = TWIN
            continue
        for twin in twins:
            twin.action = HELD
            tell(twin, "row-twins", values={"number": twin.number or twin.key, "rows": sorted({other.row for other in twins})})


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers in the order in which people count: 2 before 10, 1.2 before 1.10."""
    return tuple((0, int(run), "") if run.isdecimal() else (1, 0, run) for run in _RUNS.findall(text))


def _depth(meets: Iterable[set[tuple[str, ...]]]) -> int:
    """How many names of a table its numbers need: none where each stands in one table, else as many as tell the tables apart."""
    several = [scopes for scopes in meets if len(scopes) > 1]
    for depth in range(3):
        if all(len({scope[:depth] for scope in scopes}) == len(scopes) for scopes in several):
            return depth
    return 3


def _key(batch: str | None, scope: Sequence[str], number: str, member: str | None) -> str:
    return BETWEEN.join(filter(None, (batch, *scope, number, member)))


def _number(reading: Reading, senders: Mapping[tuple[str, str], int]) -> str:
    """The number of an item: that of the sender where it stands beside ours and is one item's alone, since later lists have that."""
    if reading.sender is not None and senders[_source(reading), folded(reading.sender)] == 1:
        return folded(reading.sender)
    if reading.number is not None:
        return folded(reading.number)
    assert reading.item is not None  # noqa: S101 – only items are identified
    return WITHOUT_NUMBER + _digest(reading.item.opening.title, OF_TITLE) + _digest(reading.wording, OF_WORDING)


def senders_number(ticket: Ticket) -> str | None:
    """The number that an item has in the list of whoever sent it; None where its list had none, or it came out of a ledger of ours."""
    key = ticket.source_ref or ""
    if ticket.batch is not None and key.startswith(f"{ticket.batch}{BETWEEN}"):
        parts = key.split(BETWEEN)
        key = parts[-2] if len(parts) > 2 and parts[-1] == ticket.lead else parts[-1]
    ours = read_number(key)
    return None if not key or key.startswith(WITHOUT_NUMBER) or (ours is not None and ours.office is not None) else key


def titled_alike(key: str) -> str:
    """What keys of items without a number have in common whose titles are the same, and whose units are: all but the digest of the rest."""
    tail = key.rpartition(WITHOUT_NUMBER)[2]
    return BETWEEN.join((tail[:OF_TITLE], *tail[OF_TITLE + OF_WORDING:].split(BETWEEN)[1:]))


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(folded(text).encode("utf-8", "replace")).hexdigest()[:digits]


def _source(reading: Reading) -> str:
    return reading.item.opening.source if reading.item is not None else ""


def _same(one: Reading, other: Reading) -> bool:
    return one.item is not None and other.item is not None and one.named == other.named and _content(one.item) == _content(other.item)


def _content(item: Item) -> tuple[object, object]:
    return item.opening, item.past
