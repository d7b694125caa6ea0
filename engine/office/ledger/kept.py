"""Which rows of a ledger are in the record already: by the key of their items, by our own number, or by last year's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from engine.office.ledger.outcome import Reading
from engine.office.sheets.cells import folded
from engine.record import event_rows, queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.event import Event
from engine.rules.likeness import alike
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import read_number

Item = TypeVar("Item")

PIECE = 500
"""Keys that are looked for at once."""


class Kept(NamedTuple):
    """A ticket of the record, and the event that it began with."""

    ticket: Ticket
    first: Event

    @property
    def sheet(self) -> str | None:
        """The sheet from which it was taken over."""
        return (self.first.data.get("origin") or {}).get("sheet")

    @property
    def sha256(self) -> str | None:
        """The file from which it was taken over."""
        return (self.first.data.get("origin") or {}).get("sha256")

    def is_row_of(self, reading: Reading) -> bool:
        """Whether it was taken over from this very row of the same file, for the same unit where the row stands for several."""
        origin = self.first.data.get("origin") or {}
        here = (reading.item.origin.sha256, reading.sheet, reading.row) if reading.item is not None else None
        return (origin.get("sha256"), origin.get("sheet"), origin.get("row")) == here and (
            reading.member is None or self.first.data.get("lead") == reading.member
        )

    def was(self, reading: Reading) -> bool:
        """Whether it was taken over from a row of the same title."""
        assert reading.item is not None  # noqa: S101 – only items are looked for
        return self.sheet is not None and reading.item.opening.title in (self.ticket.title, (self.first.words or {}).get("title"))

    def titled(self, title: str) -> bool:
        """Whether a title is about the same."""
        return title in (self.ticket.title, (self.first.words or {}).get("title")) or alike(self.ticket.title, title)


def find_kept(database: Database, office: str, readings: Sequence[Reading]) -> dict[int, Kept]:
    """For rows by their `id()`, the ticket of the same item of the same source, or of our own number that the row bears. A workbook may
    have gained or lost a sheet, so that an item is looked for under every key that it may have had.
    """
    tickets = _under_keys(database, readings)
    own = {own: reading for reading in readings if (own := own_number(reading.number, office))}
    numbered = {id(own[ticket.number]): ticket for ticket in numbered_tickets(database, list(own))}
    firsts = firsts_of(database, [*tickets.values(), *numbered.values()])
    found = {each: Kept(ticket, firsts[ticket.id]) for each, ticket in numbered.items()}
    found |= _paired(readings, {key: Kept(ticket, firsts[ticket.id]) for key, ticket in tickets.items()})
    return found


def find_former(database: Database, readings: Sequence[Reading], batch: str | None) -> dict[int, Ticket]:
    """For rows by their `id()`, the ticket that last year's number of it opened (结转): it goes on, and is not opened once more."""
    wanted: dict[int, list[tuple[str, str]]] = {}
    for reading in readings:
        if reading.former is not None and reading.item is not None:
            number, source = folded(reading.former), reading.item.opening.source
            wanted[id(reading)] = [(source, f"{batch}/{number}"), (source, number)]
    tickets = by_keys(database, [key for keys in wanted.values() for key in keys])
    found = {each: next((tickets[key] for key in keys if key in tickets), None) for each, keys in wanted.items()}
    return {each: ticket for each, ticket in found.items() if ticket is not None}


# -- how ----------------------------------------------------------------------------------------------------------------------


def _key(reading: Reading) -> tuple[str, str]:
    assert reading.item is not None  # noqa: S101 – only items are looked for
    return reading.item.opening.source, reading.key


def _keys(reading: Reading) -> list[tuple[str, str]]:
    """Every key under which the item may be, its own first."""
    source, key = _key(reading)
    return [(source, each) for each in (key, *reading.otherwise) if each]


def _under_keys(database: Database, readings: Sequence[Reading]) -> dict[tuple[str, str], Ticket]:
    return by_keys(database, list(dict.fromkeys(key for reading in readings for key in _keys(reading))))


def by_keys(database: Database, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Ticket]:
    """The tickets that some keys opened, by source and key."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for source, key in keys:
        by_source[source].append(key)
    return {
        (source, ticket.source_ref or ""): ticket for source, of_source in by_source.items() for piece in pieces(of_source)
        for ticket in map(TICKETS.read, database.rows(queries.TICKETS_BY_KEYS, source=source, keys=piece))
    }


def numbered_tickets(database: Database, numbers: Sequence[str]) -> Iterator[Ticket]:
    """The tickets of these numbers."""
    return (TICKETS.read(row) for piece in pieces(numbers) for row in database.rows(queries.TICKETS_NUMBERED, numbers=piece))


def firsts_of(database: Database, tickets: Sequence[Ticket]) -> dict[int, Event]:
    """The events that some tickets began with, by their streams."""
    streams = list(dict.fromkeys(ticket.id for ticket in tickets))
    rows = (row for piece in pieces(streams) for row in database.rows(queries.FIRST_EVENTS, streams=piece))
    return {event.ticket: event for event in map(event_rows.event_of, rows)}


def _paired(readings: Sequence[Reading], tickets: Mapping[tuple[str, str], Kept]) -> dict[int, Kept]:
    """Which row is which ticket, each once: first of the same matter in the same sheet, then of the same matter, then of the same sheet.
    What is under the very key of a row is it, or holds it back; under a key that it may have had, what is neither is another one's.
    """
    pairs = [
        (_likeness(reading, tickets[key]), place, reading, tickets[key])
        for reading in readings for place, key in enumerate(_keys(reading)) if key in tickets
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2].key))
    found: dict[int, Kept] = {}
    taken: set[int] = set()
    for likeness, place, reading, kept in pairs:
        if id(reading) not in found and (place == 0 or (likeness and kept.ticket.id not in taken)):
            found[id(reading)] = kept
            taken.add(kept.ticket.id)
    return found


def _likeness(reading: Reading, kept: Kept) -> int:
    """How much speaks for a row being a ticket whose key it may have had."""
    assert reading.item is not None  # noqa: S101 – only items are looked for
    return 2 * kept.titled(reading.item.opening.title) + (kept.sheet == reading.sheet)


def own_number(number: str | None, office: str) -> str | None:
    """The number of a ticket of this office that a row bears whole: a sheet that we wrote ourselves."""
    if number is None or not number.upper().startswith(f"{office}-"):
        return None
    typed = read_number(number)
    return number.upper() if typed is not None and typed.year is not None else None


def pieces(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """What is looked for, in pieces."""
    for start in range(0, len(items), PIECE):
        yield items[start:start + PIECE]
