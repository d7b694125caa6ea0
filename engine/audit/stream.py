"""A stream while it is read, event by event: the chain of its hashes, its words, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.audit.judging import UNLAWFUL, Case, Judge
from engine.audit.stored_event import Citation, citations, linked, readable, words_hold
from engine.audit.told import Told, beginning
from engine.record.aggregates import Thing
from engine.record.damage import UNREADABLE
from engine.record.database import Row
from engine.record.journal import ADMINISTRATION
from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS
from engine.rules.proof.finding import Finding


@dataclass(slots=True)
class Stream:
    """One stream. `number` names it where its row does; `head` is None where nothing can be linked to what came before."""

    id: int
    judge: Judge
    number: str | None = None
    seq: int = 0
    last_id: int = 0
    head: bytes | None = GENESIS
    told: Told | None = None
    folds: bool = True
    missing: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    cited: list[Citation] = field(default_factory=list)
    case: Case = field(default_factory=Case)

    def read(self, row: Row) -> list[Finding]:
        """What is wrong with the next event. A list and not a generator: this runs for every event there is."""
        seq, stored = row[1], row[12]
        found: list[Finding] = []
        if seq != self.seq + 1:
            if type(seq) is not int or seq <= self.seq:
                self.folds = False
                return [self._found("altered", self.seq, "seq")]
            found.append(self._found("gap", self.seq + 1))
            self.head = None  # nothing to link to; the next event stands by itself
            self.folds = False
        if type(row[13]) is int:
            if row[13] <= self.last_id:
                found.append(self._found("altered", seq, "id"))
            self.last_id = row[13]
        event = readable(row)
        if self.head is not None and linked(row, self.head) != stored:
            found.append(self._found("altered", seq))
        elif event is None:
            found.append(self._found("altered", seq, "data"))
        if event is None:
            self.folds = False
        else:
            self._look_into(event, row, found)
        self.seq, self.head = seq, stored if type(stored) is bytes else None
        return found

    def end(self) -> Iterator[Finding]:
        """What is wrong with the stream as a whole, after its last event."""
        for seq in sorted(self.missing - self.erased):
            yield self._found("words", seq)

    def name(self) -> str | None:
        """The number of what it is about, as far as its row or the events tell it."""
        return self.number if self.number is not None or self.told is None or not self.folds else self.told.number()

    def _look_into(self, event: Event, row: Row, found: list[Finding]) -> None:
        """Adds what is wrong with an event that can be read: its words, the files it cites, what it tells, by which right."""
        words: str | None = row[11]
        if words is not None:
            if not words_hold(event, words):
                found.append(self._found("words", event.seq))
        elif "words" in event.data:  # they are looked at in the end: an event may tell that they were erased
            self.missing.add(event.seq)
        if "evidence" in event.data:
            try:
                self.cited += citations(event)
            except UNREADABLE:
                found.append(self._found("citations", event.seq))
        if event.kind == "erased" and type(event.data.get("seq")) is int:
            self.erased.add(event.data["seq"])
        if not self.folds:
            return
        try:
            before = None if self.told is None else self.told.thing()
        except UNREADABLE:
            self.folds = False
            found.append(self._found("fold", event.seq))
            return
        if self.id != ADMINISTRATION and not self._follows(event):
            found.append(self._found("fold", event.seq))
        if type(row[13]) is int:
            found += self._judged(event, row[13], before)

    def _judged(self, event: Event, id_: int, before: Thing | None) -> list[Finding]:
        """What stands against the event by the rules of its time. One that holds what no rule can be asked of stands against itself."""
        try:
            administered = self.id == ADMINISTRATION
            said = self.judge.entry(event, id_) if administered else self.judge.of_thing(event, id_, before, self.case)
            if self.folds and self.id != ADMINISTRATION:
                self.case.add(event, id_)
        except UNREADABLE:
            self.folds = False
            return [self._found("fold", event.seq)]
        return [Finding(UNLAWFUL, self.id, self.name(), event.seq, reason.code, why=reason) for reason in said.reasons]

    def _follows(self, event: Event) -> bool:
        """Whether the event can follow those before it: it is folded onto them. The first one says what the stream is about."""
        try:
            if self.told is None:
                self.told = beginning(event.kind)
            if self.told is None:
                self.folds = False
            else:
                self.told.add(event)
        except UNREADABLE:
            self.folds = False
        return self.folds

    def _found(self, code: str, seq: int, column: str | None = None) -> Finding:
        return Finding(code, self.id, self.name(), seq, column)
