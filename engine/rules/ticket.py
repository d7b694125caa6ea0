"""The Ticket: a frozen value, the fold of its events.

`evolve` knows no workflow, no calendar and no clock. It applies what the event says, so the same lines serve the live write,
`show --at`, `audit verify`, and histories that come from elsewhere.
"""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from engine.rules.deadline import OFFICE, PLANNED, RUNS, VOID, Deadline
from engine.rules.event import Event, for_the_office
from engine.rules.json_value import Json
from engine.rules.loop.measurement import Measurement
from engine.rules.proof.chain import moment
from engine.rules.search_text import searchable
from engine.rules.ticket_facts import (
    Attempt,
    Consent,
    Denial,
    Entered,
    Grant,
    Instruction,
    Objection,
    Proposal,
    Request,
    SetAside,
)
from engine.rules.ticket_field import (
    Declaration,
    by_effect,
    by_name,
    deadlines_by_clock,
    follows,
    moment_by_effect,
    moments_by_name,
    names,
    numbers_by_name,
    one_or_none,
    opened,
    opened_names,
    several,
)
from engine.rules.ticket_number import number_parts

ERASED_TITLE = "〔已删除〕"
"""Stands for a title whose words were erased; facts stay, words go (DESIGN §3)."""


class Ticket(NamedTuple):
    """A rectification matter (整改事项). Its fields are the columns of table `ticket`, in this order.

    Each line says how the field is born, changed and kept: `ticket_field` explains the words. `due_at` is the date of whoever has the
    turn, `promised_at` the rectify date; `title_folded` is what a search compares; `warn_at` and `late_at` are when the light turns
    yellow and red (None while the promise rests), so that a light is two comparisons.

    `changed_at` is when the last event was, `told_at` the last one that is not the office's own. `officer` is the account of the office
    that handles it (督办经办人). `to_revise`: its head sent the draft back (退回修改), and the lead did not report since. `assigned_at` is
    the first 交办, `assigned_by` who did the last. `evidenced` says whether a file was
    handed in as evidence of this attempt, `submitted` whether the attempt is handed in; `submitted_at` and `closed_at` keep the last time
    there was, whatever comes after. `late_days` is how late the unit was when the promise stopped, None while it runs; `on_time` is the
    last submission's; `attempts` are those that are over. `duplicate_of` is the number of the ticket that this one is a
    duplicate of; `repeats` are those of earlier findings that it is the same fault again as (反复), however they ended.

    `problem_key` names the problem that rounds measure (`rules/loop/identity`), `round` the last round that did; what they said are the
    `measurements`, of which `misses`, `relapses`, `confirmed` and `last_confirmed_round` follow. `relapse` is the round by which a closed
    ticket waits to be reopened. `first_found_at` is when the problem was found, if before the ticket was opened. `stated_limit` is the
    amount of time that the sheet or letter that it came by allows (`15 working days`): the promise counts it from 交办, and not the
    amount of the workflow.
    """

    id: int = opened(lambda event: event.ticket)
    number: str = opened(lambda event: event.data["number"])
    year: int = opened(lambda event: number_parts(event.data["number"])[0])
    serial: int = opened(lambda event: number_parts(event.data["number"])[1])
    office: str = opened(lambda event: event.data["office"])
    parent: int | None = opened("parent")
    workflow: str = opened(lambda event: event.data["workflow"])
    definition: str = opened(lambda event: event.data["definition"])
    state: str = opened(lambda event: event.to_state or "")
    version: int = follows(0)
    title: str = opened(lambda event: (event.words or {}).get("title", ERASED_TITLE))
    title_folded: str = opened(lambda event: searchable((event.words or {}).get("title", ERASED_TITLE)))
    detail: str | None = opened(lambda event: (event.words or {}).get("detail"))
    source: str = opened(lambda event: event.data["source"], corrected=True)
    source_ref: str | None = opened("source_ref", corrected=True)
    measure: str | None = opened("measure", corrected=True)
    grade: str | None = opened("grade", corrected=True)
    lead: str | None = by_effect(None, from_first_event="lead", corrected=True)
    cooperators: tuple[str, ...] = names(lambda event: tuple(event.data.get("with", ())), effect="with")
    leader: str | None = by_effect(None, from_first_event="leader", corrected=True)
    turn: str | None = by_effect(None)
    final: bool = by_effect(False)
    opened_at: datetime = opened(lambda event: event.at)
    opened_by: str = opened(lambda event: event.actor)
    officer: str | None = by_effect(None, from_first_event=lambda event: event.data.get("officer", event.actor), corrected=True)
    assigned_at: datetime | None = moment_by_effect()
    assigned_by: str | None = by_effect(None)
    state_since: datetime = opened(lambda event: event.at)
    changed_at: datetime = opened(lambda event: event.at)
    told_at: datetime = opened(lambda event: event.at)
    due_at: datetime | None = follows(None)
    promised_at: datetime | None = follows(None)
    warn_at: datetime | None = follows(None)
    late_at: datetime | None = follows(None)
    wake_at: datetime | None = moment_by_effect()
    office_due_at: datetime | None = follows(None)
    level: int = follows(0)
    acted_level: int = by_effect(0)
    attempt: int = by_effect(0)
    deadlines: Mapping[str, Deadline] = deadlines_by_clock()
    signed: Mapping[str, datetime] = moments_by_name()
    objections: Mapping[str, Objection] = by_name(Objection)
    left_out: Mapping[str, datetime] = moments_by_name()
    endorsed: bool = by_effect(False)
    to_revise: bool = by_effect(False)
    request: Request | None = one_or_none(Request)
    grants: tuple[Grant, ...] = several(Grant)
    denials: tuple[Denial, ...] = several(Denial)
    designated: bool = by_effect(False)
    hands: tuple[str, ...] = names()
    proposals: tuple[Proposal, ...] = several(Proposal)
    urged: int = by_effect(0)
    instructions: tuple[Instruction, ...] = several(Instruction)
    instructed: bool = by_effect(False)
    standing: bool = by_effect(False)
    past: Mapping[str, int] = numbers_by_name()
    evidenced: bool = by_effect(False)
    submitted: bool = by_effect(False)
    submitted_at: datetime | None = moment_by_effect()
    late_days: int | None = by_effect(None)
    on_time: bool | None = by_effect(None)
    attempts: tuple[Attempt, ...] = several(Attempt)
    returns_to: str | None = by_effect(None)
    closed_at: datetime | None = moment_by_effect()
    closed_as: str | None = by_effect(None)
    duplicate_of: str | None = by_effect(None)
    repeats: tuple[str, ...] = names(lambda event: tuple(event.data.get("repeats", ())))
    batch: str | None = by_effect(None, from_first_event="batch")
    visit: str | None = opened("visit")
    place: str | None = opened(lambda event: (event.words or {}).get("place"))
    team: tuple[str, ...] = opened_names(lambda event: tuple(event.data.get("team", ())))
    entered: tuple[Entered, ...] = several(Entered)
    consents: tuple[Consent, ...] = several(Consent)
    withdrawn_from: str | None = by_effect(None)
    set_aside: SetAside | None = one_or_none(SetAside)
    problem_key: str | None = opened("problem_key")
    first_found_at: datetime = opened(lambda event: moment(event.data["happened_at"]) if "happened_at" in event.data else event.at)
    round: str | None = by_effect(None, from_first_event="round")
    measurements: tuple[Measurement, ...] = several(Measurement)
    misses: int = by_effect(0)
    relapses: int = by_effect(0)
    confirmed: int = by_effect(0)
    last_confirmed_round: str | None = by_effect(None)
    relapse: str | None = by_effect(None)
    stated_limit: str | None = opened("limit")

    @property
    def way_back(self) -> str | None:
        """The state to which the ticket returns from where it stands: from before it was suspended, or withdrawn."""
        return self.returns_to or self.withdrawn_from

    @property
    def promise(self) -> Deadline | None:
        """The deadline whose date was promised (整改时限)."""
        for deadline in self.deadlines.values():  # asked four times for each line of a list
            if deadline.promise:
                return deadline
        return None


TICKET = Declaration(Ticket)
"""What follows from the declaration of the fields: the effects an event may carry, the ticket of a row, the columns of a ticket."""

Fields = dict[str, object]
"""Fields of a ticket that change, by name."""

WORDS = ("title", "detail")
"""Fields of a ticket that are words: they may be erased."""

AMENDED_BY_EFFECT = frozenset({"due", "standing"})
"""What an `amended` event names with its old and its new value beside fields: the event's effects say what becomes of it."""

IMPORTED = "imported"
"""The kind of the first event of a ticket that was taken over from another ledger."""

BEGINNINGS = ("opened", IMPORTED)
"""The kinds of event that a ticket can begin with."""


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


def pinned(history: Iterable[Event]) -> dict[int, str]:
    """By seq, the hash of the definition to which a ticket was pinned after each of its events."""
    found: dict[int, str] = {}
    now = ""  # no workflow: of a history whose beginning is gone
    for event in history:
        if event.kind in BEGINNINGS:
            now = event.data["definition"]
        elif event.kind == "migrated":
            now = event.data["definition"][1]
        found[event.seq] = now
    return found


class Folding:
    """A ticket while its events are read: the fields so far. What is derived from all events is made once, after the last one."""

    __slots__ = ("_declared", "_fields", "_moved", "_start", "_unread", "_written")

    def __init__(self, start: Ticket | None = None, declared: Declaration[Ticket] = TICKET) -> None:
        self._start = start
        self._declared = declared
        self._fields: Fields = {}
        self._written: dict[str, Json] = {}
        self._unread: dict[str, dict[str, Json]] = {}
        self._moved = False

    def add(self, event: Event) -> None:
        """The next event. Raises ValueError for one that cannot follow."""
        fields = self._fields
        if not fields and self._start is None:
            self._fields = fields = self._born(event)
        elif event.seq - 1 != self.value("version"):
            raise ValueError(f"event {event.seq} cannot follow event {self.value('version')} of {self.value('number')}")
        elif event.kind in ("amended", "migrated"):
            fields |= self._corrected(event)
        fields["version"] = event.seq
        fields["changed_at"] = event.at
        if not for_the_office(event):
            fields["told_at"] = event.at
        if event.to_state is not None and event.to_state != self.value("state"):
            fields["state"] = event.to_state
            fields["state_since"] = event.at
        if effects := event.data.get("effects"):
            self._apply(effects)

    def value(self, name: str) -> object:
        """A field as it is now; of deadlines, and what is derived from them, as it was at the start."""
        return self._fields[name] if name in self._fields else getattr(self._start, name)

    def written(self) -> Mapping[str, Json]:
        """The fields that lie in their columns as JSON, as the events since the start wrote them."""
        return self._written

    def fields(self) -> Fields:
        """The fields that changed since the start; without a start, every field. Raises ValueError where there was no event."""
        if not self._fields and self._start is None:
            raise ValueError("a ticket without events")
        if self._unread:
            for name, entries in self._unread.items():
                self._fields[name] = self._read(name, entries)
            self._unread.clear()
        if self._moved:
            deadlines, turn, request = self.value("deadlines"), self.value("turn"), self.value("request")
            self._fields |= derived(deadlines, turn, request)  # type: ignore[arg-type] # what the declaration says of each field
            self._moved = False
        return self._fields

    def ticket(self) -> Ticket:
        """The ticket after the last event. Raises ValueError where there was none."""
        fields = self.fields()
        return self._declared.make(fields) if self._start is None else self._declared.changed(self._start, fields)

    def _born(self, event: Event) -> Fields:
        if event.kind not in BEGINNINGS or event.seq != 1 or event.to_state is None:
            raise ValueError(f"a ticket cannot begin with event {event.seq} ({event.kind})")
        return self._declared.stated(event)

    def _corrected(self, event: Event) -> Fields:
        """`amended` and `migrated` name fields with their old and new values; words come from the words, if they still exist."""
        if event.kind == "migrated":
            return {"definition": event.data["definition"][1]}
        corrected: Fields = {}
        for name, pair in event.data["changes"].items():
            if name in WORDS:
                corrected[name] = (event.words or {}).get(name, ERASED_TITLE if name == "title" else None)
                if name == "title":
                    corrected["title_folded"] = searchable(cast(str, corrected[name]))
            elif name in self._declared.corrected:
                corrected[name] = pair[1]
            elif name not in AMENDED_BY_EFFECT:
                raise ValueError(f"no field that can be amended: {name}")
        return corrected

    def _apply(self, effects: Mapping[str, Json]) -> None:
        declared = self._declared.effects
        for effect, node in effects.items():
            if effect not in declared:
                raise ValueError(f"unknown effect: {effect}")
            name, spec = declared[effect]
            if spec.merged:
                entries: Mapping[str, Json] = node  # type: ignore[assignment] # its reader asks what it is
                self._written[name] = self._merged(name, entries)
                self._unread[name] = {**self._unread[name], **entries} if name in self._unread else {**entries}
                continue
            self._fields[name] = node if spec.wire is None else spec.wire.read(node)
            if spec.packed:
                self._written[name] = node
        if "deadlines" in effects or "turn" in effects or "request" in effects:
            self._moved = True

    def _merged(self, name: str, node: Mapping[str, Json]) -> Json:
        """The entries written so far with those that an event names. None takes an entry away, also one that was there at the start."""
        merged: dict[str, Json] = {**self._written[name], **node} if name in self._written else {**node}  # type: ignore[dict-item]
        if self._start is not None or None not in merged.values():
            return merged
        return {key: item for key, item in merged.items() if item is not None}

    def _read(self, name: str, entries: Mapping[str, Json]) -> object:
        """The value of a merged field: the entries as they were read last, changed by those that events wrote since."""
        read, before = self._declared.readers[name], self.value(name)
        if None not in entries.values():
            return {**before, **read(entries)}  # type: ignore[dict-item] # both are mappings: the field is merged
        present = {key: node for key, node in entries.items() if node is not None}
        fields: Fields = {**before, **read(present)}  # type: ignore[dict-item] # as above
        return {key: item for key, item in fields.items() if key in present or key not in entries}


def derived(deadlines: Mapping[str, Deadline], turn: str | None, request: Request | None) -> Fields:
    """What the row keeps of the deadlines so that lists need not open them: the date that runs, the date promised, the level.

    While a timely request waits for the office the unit is not late before the date that it asked for.
    """
    due_at = office_due_at = promise = None
    for deadline in deadlines.values():  # one walk, not four: a sweep does it for every ticket
        if deadline.promise and promise is None and deadline.state not in (PLANNED, VOID):
            promise = deadline
        if deadline.state == RUNS:
            if deadline.of == turn and (due_at is None or deadline.due_at < due_at):
                due_at = deadline.due_at
            if deadline.of == OFFICE and (office_due_at is None or deadline.due_at < office_due_at):
                office_due_at = deadline.due_at
    urgent = promise if promise and promise.state == RUNS else None
    late_at = urgent.late_at(request) if urgent else None
    return {
        "due_at": due_at,
        "office_due_at": office_due_at,
        "promised_at": promise.due_at if promise else None,
        "warn_at": urgent.warn_at if urgent else None,
        "late_at": late_at,
        "level": promise.level if promise else 0,
    }
