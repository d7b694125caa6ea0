"""What the events of a stream tell, so far as they were read: a ticket or another thing, by the kind of the first event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, cast

from engine.record.aggregates import KEPT, TICKETS, Aggregate, Thing, row_of_fold
from engine.record.cell import day_of, moment_of, name_of
from engine.record.database import Row
from engine.rules.event import Event
from engine.rules.streams import FIRST_KINDS
from engine.rules.ticket import Folding, Ticket

Made = TypeVar("Made", bound="tuple[Any, ...]")


class Told(Protocol):
    """A thing while its events are read. `table` is where its row lies."""

    table: str

    def add(self, event: Event) -> None:
        """The next event. Raises one of UNREADABLE for one that cannot follow."""

    def thing(self) -> Thing | None:
        """The thing after the last event; None before the first."""

    def number(self) -> str | None:
        """Its number."""

    def differing(self, row: Row, head: bytes) -> Sequence[str]:
        """The columns of its row that are not what the events tell. Raises one of UNREADABLE where they tell nothing."""


class ToldTicket:
    """A ticket."""

    table = "ticket"

    def __init__(self) -> None:
        self.folding = Folding()
        self._ticket: Ticket | None = None

    def add(self, event: Event) -> None:
        self._ticket = None
        self.folding.add(event)

    def thing(self) -> Ticket:
        if self._ticket is None:
            self._ticket = self.folding.ticket()
        return self._ticket

    def number(self) -> str | None:
        return name_of(self.folding.value("number"))

    def differing(self, row: Row, head: bytes) -> Sequence[str]:
        stored = _read(row, _TICKET)
        if stored == row_of_fold(self.folding, head):
            return ()
        return _differing(stored, TICKETS.values(self.thing(), head))


class ToldOther(Generic[Made]):
    """Anything else that has a stream: few of a kind, so that it is made anew by each event."""

    def __init__(self, kept: Aggregate[Made]) -> None:
        self.kept, self.table = kept, kept.table
        self.made: Made | None = None

    def add(self, event: Event) -> None:
        self.made = self.kept.evolve(self.made, event)

    def thing(self) -> Thing | None:
        return cast("Thing | None", self.made)

    def number(self) -> str | None:
        thing = self.thing()
        return None if thing is None else name_of(thing.number)

    def differing(self, row: Row, head: bytes) -> Sequence[str]:
        if self.made is None:
            raise ValueError("a thing without events")
        return _differing(_read(row, _readers(self.kept.declared.kind)), self.kept.values(self.made, head))


def beginning(kind: object) -> Told | None:
    """What a stream is about whose first event is of this kind; None where no stream begins so."""
    about = FIRST_KINDS.get(str(kind))
    if about is None:
        return None
    return ToldTicket() if about is Ticket else ToldOther(KEPT[about])


def _differing(stored: Sequence[object], told: Mapping[str, object]) -> list[str]:
    """The columns that hold something else than what was told, in their order."""
    return [name for (name, value), cell in zip(told.items(), stored, strict=True) if cell != value]


AS_TEXT: Mapping[type, Callable[[object], object]] = {datetime: moment_of, date: day_of}
"""What a database may hold as text, and how that is read."""


def _readers(kind: type[tuple[Any, ...]]) -> dict[int, Callable[[object], object]]:
    """How cells are read that a database may hold as text: moments, days; by their places among the columns, which are the fields of the
    thing, and by what its class says of each.
    """
    declared = enumerate(kind.__annotations__.values())
    return {place: read for place, says in declared for one, read in AS_TEXT.items() if says in (one, one | None)}


def _read(row: Row, readers: Mapping[int, Callable[[object], object]]) -> Row:
    """The row with its moments as moments; what is none stays what it is."""
    values = list(row)
    for place, read in readers.items():
        if (cell := values[place]) is not None:
            values[place] = read(cell) or cell
    return tuple(values)


_TICKET = _readers(TICKETS.declared.kind)
