"""The Ticket: a frozen value, the fold of its events.

`evolve` knows no workflow, no calendar and no clock. It applies what the event says, so the same lines serve the live write,
`show --at`, `audit verify`, and histories that come from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from engine.rules.proof.chain import moment, spelled, stamp

RUNS, RESTS, ENDED, PLANNED, VOID = "runs", "rests", "ended", "planned", "void"
"""A deadline runs, rests with the time left, has ended, is planned (a date set before 交办), or is void (交办 was taken back)."""

ERASED_TITLE = "〔已删除〕"
"""Stands for a title whose words were erased; facts stay, words go (DESIGN §3)."""


class Deadline(NamedTuple):
    """One clock of one ticket: since when it runs, when it is due, which rungs are done.

    `epoch` grows when the clock starts anew; a rung fires at most once an epoch. `left` is open working time in seconds while the
    clock rests. `next_at` is when the next rung is due (None: none left), `warn_at` when the first reminder was planned; `ours` names
    the rungs that came while the office owed an answer and so were its own alarms.
    `calendar` is the version an amount was counted with (None for a date that a person set).
    """

    clock: str
    of: str
    epoch: int
    started_at: datetime
    due_at: datetime
    amount: str | None = None
    state: str = RUNS
    left: int | None = None
    rung: int = 0
    level: int = 0
    next_at: datetime | None = None
    warn_at: datetime | None = None
    unit: str | None = None
    promise: bool = False
    provisional: bool = False
    skipped: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    calendar: str | None = None

    @property
    def fixed(self) -> bool:
        """A date that no amount leads to: a person set it, or it hangs on another date. It never moves by itself."""
        return self.amount is None

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the defaults, times as text.

        Field by field and not in a loop: every change of a ticket writes all its deadlines, and a loop takes twice as long.
        """
        node: dict[str, Any] = {
            "clock": self.clock, "of": self.of, "epoch": self.epoch, "started_at": stamp(self.started_at), "due_at": stamp(self.due_at),
        }
        if self.amount is not None:
            node["amount"] = self.amount
        if self.state != RUNS:
            node["state"] = self.state
        if self.left is not None:
            node["left"] = self.left
        if self.rung:
            node["rung"] = self.rung
        if self.level:
            node["level"] = self.level
        if self.next_at is not None:
            node["next_at"] = stamp(self.next_at)
        if self.warn_at is not None:
            node["warn_at"] = stamp(self.warn_at)
        if self.unit is not None:
            node["unit"] = self.unit
        if self.promise:
            node["promise"] = True
        if self.provisional:
            node["provisional"] = True
        if self.skipped:
            node["skipped"] = self.skipped
        if self.ours:
            node["ours"] = self.ours
        if self.calendar is not None:
            node["calendar"] = self.calendar
        return node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Deadline:
        """The inverse of `to_json`, field by field for the same reason. Raises KeyError, TypeError and ValueError for what is none."""
        if not _NAMES.issuperset(node):
            raise ValueError(f"no field of a deadline: {', '.join(sorted(set(node) - _NAMES))}")
        said = node.get
        next_at, warn_at = said("next_at"), said("warn_at")
        return cls(
            node["clock"], node["of"], node["epoch"], moment(node["started_at"]), moment(node["due_at"]), said("amount"),
            said("state", RUNS), said("left"), said("rung", 0), said("level", 0), None if next_at is None else moment(next_at),
            None if warn_at is None else moment(warn_at), said("unit"), said("promise", False), said("provisional", False),
            tuple(said("skipped", ())), tuple(said("ours", ())), said("calendar"),
        )


_NAMES = frozenset(Deadline._fields)


class Event(NamedTuple):
    """One fact. `data` is what is hashed, `words` what people typed and may be erased later (None: erased, or none typed).

    `secret` are the words that only the supervision office reads: apart from the others, so that whatever shows `words` shows none of them.
    """

    ticket: int
    seq: int
    at: datetime
    actor: str
    role: str
    unit: str | None
    via: str
    kind: str
    from_state: str | None
    to_state: str | None
    data: Mapping[str, Any]
    words: Mapping[str, str] | None = None
    salt: str | None = None
    secret: Mapping[str, str] | None = None
    secret_salt: str | None = None


class Ticket(NamedTuple):
    """A rectification matter (整改事项). Its fields are the columns of table `ticket`, in this order.

    `due_at` is the date of whoever has the turn, `promised_at` the rectify date; `warn_at` and `late_at` are when the light turns
    yellow and red (None while the promise rests), so that a light is two comparisons.
    """

    id: int
    number: str
    year: int
    serial: int
    office: str
    parent: int | None
    workflow: str
    definition: str
    state: str
    version: int
    title: str
    detail: str | None
    source: str
    source_ref: str | None
    measure: str | None
    grade: str | None
    lead: str | None
    cooperators: tuple[str, ...]
    leader: str | None
    turn: str | None
    final: bool
    opened_at: datetime
    opened_by: str
    state_since: datetime
    due_at: datetime | None
    promised_at: datetime | None
    warn_at: datetime | None
    late_at: datetime | None
    wake_at: datetime | None
    office_due_at: datetime | None
    level: int
    acted_level: int
    attempt: int
    deadlines: Mapping[str, Deadline]
    signed: Mapping[str, str]
    objections: Mapping[str, Mapping[str, Any]]
    left_out: Mapping[str, str]
    endorsed: bool
    request: Mapping[str, Any] | None
    grants: tuple[Mapping[str, Any], ...]
    denials: tuple[Mapping[str, Any], ...]
    designated: bool
    hands: tuple[str, ...]
    proposals: tuple[Mapping[str, Any], ...]
    urged: int
    instructions: tuple[Mapping[str, Any], ...]
    instructed: bool
    standing: bool
    past: Mapping[str, int]
    submitted_at: datetime | None
    returns_to: str | None
    closed_as: str | None

    @property
    def promise(self) -> Deadline | None:
        """The deadline whose date was promised (整改时限)."""
        return next((deadline for deadline in self.deadlines.values() if deadline.promise), None)


_PLACES = {name: place for place, name in enumerate(Ticket._fields)}

WORDS = ("title", "detail")
"""Fields of a ticket that are words: they may be erased."""

_PLAIN_EFFECTS = {
    "turn": "turn", "final": "final", "lead": "lead", "leader": "leader", "signed": "signed", "endorsed": "endorsed",
    "objections": "objections", "left_out": "left_out", "urged": "urged", "instructed": "instructed",
    "standing": "standing", "past": "past",
    "request": "request", "designated": "designated", "attempt": "attempt", "acted_level": "acted_level",
    "returns_to": "returns_to", "closed_as": "closed_as",
}
_LIST_EFFECTS = {
    "with": "cooperators", "denials": "denials", "hands": "hands", "grants": "grants", "proposals": "proposals",
    "instructions": "instructions",
}
_TIME_EFFECTS = {"wake_at": "wake_at", "submitted_at": "submitted_at"}

EFFECTS = frozenset({*_PLAIN_EFFECTS, *_LIST_EFFECTS, *_TIME_EFFECTS, "deadlines"})
"""Every effect an event may carry. `decide` computes them; nothing else changes a ticket."""

_KEYS = {
    "request": frozenset({"to", "at", "by", "seq"}), "grants": frozenset({"from", "to", "at"}),
    "denials": frozenset({"unit", "at", "seq", "suggest"}), "objections": frozenset({"at", "seq"}),
    "instructions": frozenset({"by", "at", "seq", "reported_at"}),
    "proposals": frozenset({"rung", "level", "clock", "epoch", "at", "seq", "due_at", "letter"}),
}
"""What the values of an effect may hold, where they are no plain ones: of each item of a list, of each unit's, or of the one."""

_AMENDED = frozenset({"measure", "grade", "source", "source_ref", "leader"})
_AMENDED_BY_EFFECT = frozenset({"due", "standing"})
"""Fields that an `amended` event names with their old and new values; what the last two change, the event's effects say."""


def evolve(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after the event. Pure; raises ValueError for an event that cannot follow."""
    folding = Folding(ticket)
    folding.add(event)
    return folding.ticket()


def fold(events: Iterable[Event]) -> Ticket:
    """The ticket that the events tell. Raises ValueError where there are none."""
    folding = Folding()
    for event in events:
        folding.add(event)
    return folding.ticket()


class Folding:
    """A ticket while its events are read: the fields so far. What is made of them all is made once, at the end."""

    __slots__ = ("_fields", "_moved", "_nodes", "_start")

    def __init__(self, start: Ticket | None = None) -> None:
        self._start = start
        self._fields: dict[str, Any] = {}
        self._nodes: dict[str, Any] = {}
        self._moved = False

    def add(self, event: Event) -> None:
        """The next event. Raises ValueError for one that cannot follow."""
        fields = self._fields
        if not fields and self._start is None:
            self._fields = fields = _born(event)
        elif event.seq != (version := self.value("version")) + 1:
            raise ValueError(f"event {event.seq} cannot follow event {version} of {self.value('number')}")
        elif event.kind in ("amended", "migrated"):
            fields |= _changes(event)
        fields["version"] = event.seq
        if event.to_state is not None and event.to_state != self.value("state"):
            fields["state"] = event.to_state
            fields["state_since"] = event.at
        if effects := event.data.get("effects"):
            self._apply(effects)

    def value(self, name: str) -> Any:
        """A field as it is now; of deadlines, and what is derived from them, as it was at the start."""
        return self._fields[name] if name in self._fields else getattr(self._start, name)

    def nodes(self) -> Mapping[str, Any]:
        """The deadlines as the events wrote them, since the start."""
        return {clock: node for clock, node in self._nodes.items() if node is not None}

    def fields(self) -> dict[str, Any]:
        """The fields that changed since the start; without a start, every field. Raises ValueError where there was no event."""
        if not self._fields and self._start is None:
            raise ValueError("a ticket without events")
        if self._moved:
            before = {} if self._start is None else self._start.deadlines
            if self._nodes:
                self._fields["deadlines"] = _deadlines(before, self._nodes)
            self._fields |= _derived(self.value("deadlines"), self.value("turn"))
            self._moved = False
        return self._fields

    def ticket(self) -> Ticket:
        """The ticket after the last event. Raises ValueError where there was none."""
        fields = self.fields()
        if self._start is None:
            return Ticket(**fields)
        values = list(self._start)
        for name, value in fields.items():
            values[_PLACES[name]] = value
        return Ticket._make(values)

    def _apply(self, effects: Mapping[str, Any]) -> None:
        for name, value in effects.items():
            if name in _PLAIN_EFFECTS:
                self._fields[_PLAIN_EFFECTS[name]] = value
            elif name in _LIST_EFFECTS:
                self._fields[_LIST_EFFECTS[name]] = tuple(value)
            elif name in _TIME_EFFECTS:
                self._fields[_TIME_EFFECTS[name]] = moment(value) if value else None
            elif name != "deadlines":
                raise ValueError(f"no effect of an event: {name}")
            if name in _KEYS and value:
                _must_know(name, value)
        if "deadlines" in effects:
            self._nodes |= effects["deadlines"]
        if "deadlines" in effects or "turn" in effects:
            self._moved = True


def _born(event: Event) -> dict[str, Any]:
    if event.kind not in ("opened", "imported") or event.seq != 1 or event.to_state is None:
        raise ValueError(f"a ticket cannot begin with event {event.seq} ({event.kind})")
    data = event.data
    words = event.words or {}
    year, serial = number_parts(data["number"])
    return dict(  # noqa: C408 – every field by its name, as the value itself would be made
        id=event.ticket, number=data["number"], year=year, serial=serial, office=data["office"], parent=data.get("parent"),
        workflow=data["workflow"], definition=data["definition"], state=event.to_state, version=0,
        title=words.get("title", ERASED_TITLE), detail=words.get("detail"), source=data["source"],
        source_ref=data.get("source_ref"), measure=data.get("measure"), grade=data.get("grade"), lead=data.get("lead"),
        cooperators=tuple(data.get("with", ())), leader=data.get("leader"), turn=None, final=False, opened_at=event.at,
        opened_by=event.actor, state_since=event.at, due_at=None, promised_at=None, warn_at=None, late_at=None, wake_at=None,
        office_due_at=None, level=0, acted_level=0, attempt=0, deadlines={}, signed={}, objections={}, left_out={}, endorsed=False,
        request=None, grants=(), denials=(), designated=False, hands=(), proposals=(), urged=0, instructions=(),
        instructed=False, standing=False, past={}, submitted_at=None, returns_to=None, closed_as=None,
    )


def _deadlines(old: Mapping[str, Deadline], said: Mapping[str, Any]) -> dict[str, Deadline]:
    new = dict(old)
    for clock, node in said.items():
        if node is None:
            new.pop(clock, None)
        else:
            new[clock] = Deadline.from_json(node)
    return new


def _derived(deadlines: Mapping[str, Deadline], turn: str | None) -> dict[str, Any]:
    """What the row keeps of the deadlines so that lists need not open them: the date that runs, the date promised, the level."""
    due_at = office_due_at = promise = None
    for deadline in deadlines.values():  # one walk, not four: a sweep does it for every ticket
        if deadline.promise and promise is None and deadline.state not in (PLANNED, VOID):
            promise = deadline
        if deadline.state == RUNS:
            if deadline.of == turn and (due_at is None or deadline.due_at < due_at):
                due_at = deadline.due_at
            if deadline.of == "office" and (office_due_at is None or deadline.due_at < office_due_at):
                office_due_at = deadline.due_at
    urgent = promise if promise and promise.state == RUNS else None
    return {
        "due_at": due_at,
        "office_due_at": office_due_at,
        "promised_at": promise.due_at if promise else None,
        "warn_at": urgent.warn_at if urgent else None,
        "late_at": urgent.due_at if urgent else None,
        "level": promise.level if promise else 0,
    }


def _changes(event: Event) -> dict[str, Any]:
    """`amended` and `migrated` name fields with their old and new values; words come from the words, if they still exist."""
    if event.kind == "migrated":
        return {"definition": event.data["definition"][1]}
    said: dict[str, Any] = {}
    for name, pair in event.data["changes"].items():
        if name in WORDS:
            said[name] = (event.words or {}).get(name, ERASED_TITLE if name == "title" else None)
        elif name in _AMENDED:
            said[name] = pair[1]
        elif name not in _AMENDED_BY_EFFECT:
            raise ValueError(f"no field that can be amended: {name}")
    return said


def _must_know(effect: str, value: Any) -> None:
    """Raises ValueError for a key that nobody reads: what an event says is applied whole or not at all."""
    nodes = (value,) if effect == "request" else value.values() if effect == "objections" else value
    for node in nodes:
        if unknown := set(node) - _KEYS[effect]:
            raise ValueError(f"no part of {effect}: {', '.join(sorted(unknown))}")


def number_parts(number: str) -> tuple[int, int]:
    """Year and serial of `ZG-2026-0001`. Raises ValueError."""
    prefix, year, serial = number.rsplit("-", 2)
    if not prefix or not year.isdecimal() or not serial.isdecimal():
        raise ValueError(f"not a ticket number: {number}")
    return int(year), int(serial)


def deadlines_to_json(deadlines: Mapping[str, Deadline]) -> str:
    """The text of column `deadlines`."""
    return spelled({clock: deadline.to_json() for clock, deadline in deadlines.items()})


def deadlines_from_json(text: str) -> dict[str, Deadline]:
    """The inverse of `deadlines_to_json`."""
    return {clock: Deadline.from_json(node) for clock, node in json.loads(text).items()}
