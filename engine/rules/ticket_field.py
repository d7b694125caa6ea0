"""How a field of a ticket is declared, and everything that follows from the declaration: birth, effects, columns.

    class Ticket(NamedTuple):
        urged: int = by_effect(0)

is all there is to say of the field `urged`: 0 when the ticket is opened, changed by the effect `urged`, kept in a column as it is. A
new field takes that line, one in `record/tables.py`, and a migration. `Declaration` reads the lines once, when the program starts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter
from sys import modules
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from engine.rules.deadline import Deadline
from engine.rules.event import Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.proof.chain import moment, spelled, stamp

T = TypeVar("T")
Made = TypeVar("Made", bound="tuple[Any, ...]")

ReadFirst = Callable[[Event], T] | str
"""How a field is read from the first event: by a function, or as the fact of a name, None where there is none."""


if TYPE_CHECKING:
    class Wired(Protocol):
        """A value with a wire form."""

        def to_json(self) -> JsonObject: ...

        @classmethod
        def from_json(cls, node: Mapping[str, Any]) -> Any: ...


class Wire:
    """How a value is written in an event's effects: `read` makes the value of its JSON, `write` makes the JSON of the value. `read_text`
    makes it of the text of its JSON, as quickly as whoever will write can, and `show_text` as whoever shows the same again and again;
    where nothing is quicker, of the JSON of the text.
    """

    __slots__ = ("read", "read_text", "show_text", "write")

    def __init__(
        self, read: Callable[[Any], object], write: Callable[[Any], Json], read_text: Callable[[str], object] | None = None,
        show_text: Callable[[str], object] | None = None,
    ) -> None:
        self.read = read
        self.write = write
        self.read_text = read_text or self.read_json_text
        self.show_text = show_text or self.read_text

    def read_json_text(self, text: str) -> object:
        """The value of the text of its JSON."""
        return self.read(json.loads(text))


class FieldSpec:
    """What one line of the declaration says. `first` is the value at birth, unless `from_first_event` reads it from the first event or
    names the fact of it.

    `effect` is the name of the effect that changes it, the field's own where it is ""; None: no effect does. `wire` is None for what JSON
    holds as it is. What is `packed` lies in its column as JSON text. Of what is `merged`, an effect names only the entries that change.
    What is `corrected` may be named by `amended`, with its old and its new value.
    """

    __slots__ = ("corrected", "effect", "first", "from_first_event", "merged", "packed", "wire")

    def __init__(
        self, first: object = None, from_first_event: ReadFirst[object] | None = None, effect: str | None = None,
        wire: Wire | None = None, *, packed: bool = False, merged: bool = False, corrected: bool = False,
    ) -> None:
        self.first = first
        self.from_first_event = from_first_event
        self.effect = effect
        self.wire = wire
        self.packed = packed
        self.merged = merged
        self.corrected = corrected


QUICK = "msgspec"
"""What reads JSON quickly, and takes longer to load than a command that only reads has."""


@cache
def _deadline_readers() -> Sequence[Callable[[str], Mapping[str, Deadline]]]:
    from engine.rules.deadline_text import deadlines_to_show, read_deadlines  # whoever only reads must not wait for `msgspec`

    return read_deadlines, deadlines_to_show


_MOMENT = Wire(lambda text: moment(text) if text else None, lambda at: stamp(at) if at else None)
_NAMES = Wire(tuple, list)
_NUMBERS = Wire(dict, dict)
_MOMENTS = Wire(
    lambda node: {name: moment(text) for name, text in node.items()}, lambda value: {name: stamp(at) for name, at in value.items()},
)
_DEADLINES = Wire(
    lambda node: {clock: Deadline.from_json(item) for clock, item in node.items()},
    lambda value: {clock: item.to_json() for clock, item in value.items()},
    lambda text: _deadline_readers()[0](text),
    lambda text: _deadline_readers()[1](text),
)


def _declared(spec: FieldSpec) -> Any:
    """The default of a line of the class, until `Declaration` has read it: the same device as `dataclasses.field`."""
    return spec


def opened(from_first_event: ReadFirst[T], *, corrected: bool = False) -> T:
    """A field that the first event of the ticket states; no effect changes it."""
    return cast(T, _declared(FieldSpec(from_first_event=from_first_event, corrected=corrected)))


def opened_names(from_first_event: Callable[[Event], tuple[str, ...]]) -> tuple[str, ...]:
    """A field that holds names in an order, as the first event states them; no effect changes it."""
    return cast("tuple[str, ...]", _declared(FieldSpec((), from_first_event, None, _NAMES, packed=True)))


def follows(first: T) -> T:
    """A field that follows from other fields, or from the seq and the state of the event; the fold knows how."""
    return cast(T, _declared(FieldSpec(first)))


def by_effect(first: T, *, from_first_event: ReadFirst[T] | None = None, corrected: bool = False) -> T:
    """A field that an effect of the same name sets to what JSON holds as it is: text, number, truth, nothing."""
    return cast(T, _declared(FieldSpec(first, from_first_event, "", corrected=corrected)))


def moment_by_effect() -> datetime | None:
    """A field that an effect of the same name sets to a moment, or to none."""
    return cast("datetime | None", _declared(FieldSpec(None, None, "", _MOMENT)))


def names(from_first_event: Callable[[Event], tuple[str, ...]] | None = None, *, effect: str = "") -> tuple[str, ...]:
    """A field that holds names in an order."""
    return cast("tuple[str, ...]", _declared(FieldSpec((), from_first_event, effect, _NAMES, packed=True)))


def numbers_by_name() -> Mapping[str, int]:
    """A field that holds a number for each name."""
    return cast("Mapping[str, int]", _declared(FieldSpec({}, None, "", _NUMBERS, packed=True)))


def moments_by_name() -> Mapping[str, datetime]:
    """A field that holds a moment for each name."""
    return cast("Mapping[str, datetime]", _declared(FieldSpec({}, None, "", _MOMENTS, packed=True)))


def deadlines_by_clock() -> Mapping[str, Deadline]:
    """A field that holds a deadline for each clock. An effect names the deadlines that change, with None for one that goes."""
    return cast("Mapping[str, Deadline]", _declared(FieldSpec({}, None, "", _DEADLINES, packed=True, merged=True)))


def one_or_none(kind: type[T]) -> T | None:
    """A field that holds a value with a wire form, or none."""
    made = cast("type[Wired]", kind)
    wire = Wire(
        lambda node: None if node is None else made.from_json(node), lambda value: None if value is None else value.to_json(),
    )
    return cast("T | None", _declared(FieldSpec(None, None, "", wire, packed=True)))


def several(kind: type[T]) -> tuple[T, ...]:
    """A field that holds several values with a wire form, in an order."""
    made = cast("type[Wired]", kind)
    wire = Wire(lambda nodes: tuple([made.from_json(node) for node in nodes]), lambda value: [item.to_json() for item in value])
    return cast("tuple[T, ...]", _declared(FieldSpec((), None, "", wire, packed=True)))


def by_name(kind: type[T]) -> Mapping[str, T]:
    """A field that holds a value with a wire form for each name."""
    made = cast("type[Wired]", kind)
    wire = Wire(
        lambda node: {name: made.from_json(item) for name, item in node.items()},
        lambda value: {name: item.to_json() for name, item in value.items()},
    )
    return cast("Mapping[str, T]", _declared(FieldSpec({}, None, "", wire, packed=True)))


Unpacked = tuple[int, str | None, object, Callable[[Any], object]]
"""Where a packed field lies, what lies there at birth, which value that is, and what reads any other text."""


class Declaration(Generic[Made]):
    """What follows from the lines of a class whose fields are declared: made once, and asked for every ticket that is read, folded or
    written.
    """

    def __init__(self, kind: type[Made]) -> None:
        specs: Mapping[str, FieldSpec] = kind._field_defaults  # type: ignore[attr-defined]
        kind.__new__.__defaults__ = None # they were the lines of the declaration, not values
        self.kind = kind
        self.names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        self.specs = specs
        self.positions = {name: position for position, name in enumerate(self.names)}
        self.in_order: Callable[[Mapping[str, object]], tuple[object, ...]] = itemgetter(*self.names)
        self.first = {name: spec.first for name, spec in specs.items() if spec.from_first_event is None}
        self._facts = [(name, spec.from_first_event) for name, spec in specs.items() if type(spec.from_first_event) is str]
        self._read_from_first = [(name, spec.from_first_event) for name, spec in specs.items() if callable(spec.from_first_event)]
        self.corrected = frozenset(name for name, spec in specs.items() if spec.corrected)
        self.effects = {spec.effect or name: (name, spec) for name, spec in specs.items() if spec.effect is not None}
        self.readers = {name: spec.wire.read for name, spec in specs.items() if spec.wire is not None}
        self._writers = {name: spec.wire.write for name, spec in specs.items() if spec.packed and spec.wire is not None}
        packed = [(name, spec, spec.wire) for name, spec in specs.items() if spec.packed and spec.wire is not None]
        self._unpacked = [(*self._empty(name, spec), wire.read_json_text) for name, spec, wire in packed]
        self._unpacked_to_write = [(*self._empty(name, spec), wire.read_text) for name, spec, wire in packed]
        self._unpacked_to_show = [(*self._empty(name, spec), wire.show_text) for name, spec, wire in packed]

    def make(self, fields: Mapping[str, object]) -> Made:
        """The value that has exactly these fields; all of them are given."""
        return cast(Made, self.kind._make(self.in_order(fields)))  # type: ignore[attr-defined]

    def born(self, event: Event, **more: object) -> Made:
        """The value after its first event; `more` are fields that are not read from it one by one."""
        return self.make({**self.stated(event), "version": event.seq, **more})

    def stated(self, event: Event) -> dict[str, object]:
        """The fields that the first event states, and what the others are at birth."""
        fields, fact = dict(self.first), event.data.get
        for name, key in self._facts:  # without a call of Python for each: every ticket that is folded or begins asks for them all
            fields[name] = fact(key)
        for name, read in self._read_from_first:
            fields[name] = read(event)
        return fields

    def changed(self, before: Made, fields: Mapping[str, object]) -> Made:
        """The value with these fields changed."""
        values = list(before)
        for name, value in fields.items():
            values[self.positions[name]] = value
        return cast(Made, self.kind._make(values))  # type: ignore[attr-defined]

    def effects_of(self, fields: Mapping[str, object]) -> JsonObject:
        """The effects by which an event gives a ticket these fields."""
        effects: dict[str, Any] = {}
        for name, value in fields.items():
            spec = self.specs[name]
            effects[spec.effect or name] = value if spec.wire is None else spec.wire.write(value)
        return effects

    def column(self, name: str, value: object) -> object:
        """What lies in the column of a field."""
        write = self._writers.get(name)
        return value if write is None or value is None else spelled(write(value))

    def columns(self, values: Iterable[object], written: Mapping[str, Json]) -> list[object]:
        """What lies in every column, in order; of the fields in `written` the JSON is known already."""
        packed = list(values)
        for name, write in self._writers.items():
            position = self.positions[name]
            if name in written:
                node = written[name]
                packed[position] = None if node is None else spelled(node)
            elif value := packed[position]:
                packed[position] = spelled(write(value))
            elif value is not None:  # most of them are empty, most of the time
                packed[position] = "[]" if value == () else "{}"
        return packed

    def read(self, columns: Sequence[object]) -> Made:
        """The value whose columns these are, read quickly where something has loaded what reads so, as a server has. Raises ValueError,
        TypeError and KeyError for what no column holds.
        """
        return self._read(columns, self._unpacked_to_write if QUICK in modules else self._unpacked)

    def read_to_show(self, columns: Sequence[object]) -> Made:
        """The same value, for whoever shows the same ones again and again."""
        return self._read(columns, self._unpacked_to_show if QUICK in modules else self._unpacked)

    def read_to_write(self, columns: Sequence[object]) -> Made:
        """The same value, read as quickly as can be by whoever has what writes loaded."""
        return self._read(columns, self._unpacked_to_write)

    def _read(self, columns: Sequence[object], unpacked: Sequence[Unpacked]) -> Made:
        values = list(columns)
        for position, empty, first, read in unpacked:
            text = values[position]
            values[position] = first if text == empty else read(text)
        return cast(Made, self.kind._make(values))  # type: ignore[attr-defined]

    def _empty(self, name: str, spec: FieldSpec) -> tuple[int, str | None, object]:
        """Where a field that is packed lies, what lies there at birth, and which value that is."""
        return self.positions[name], None if spec.first is None else "[]" if spec.first == () else "{}", spec.first
