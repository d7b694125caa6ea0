"""The versions of the workflows that the record holds: finding one, and having open tickets go over to it (流程换版).

What one ticket becomes, `rules/acts/migration` decides. Here every open ticket is asked first, and where one has no place nothing is
changed; then they go over in batches, each with its events and its notices in one transaction. Whoever runs it again after a crash
finishes it: what has gone over is pinned to the new version and is not asked again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.desk.tickets import Desk
from engine.errors import Conflict, NotFound, Reason, Refused, UsageError
from engine.notices import notices_of
from engine.notices.reach import Reach, read_reach
from engine.record import journal, queries
from engine.record.directory import directory
from engine.rules.access import Actor, may_administer, must
from engine.rules.acts.command import Refusal
from engine.rules.acts.migration import migrate
from engine.rules.acts.rule_names import refuse_unknown_rules, unknown_rules
from engine.rules.definition import Definition
from engine.rules.definition.model import SHORT_HASH
from engine.rules.event import Event
from engine.rules.recipients import Directory
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket, evolve
from engine.rules.timing.climb import WATCHER, Endless, climb

BATCH = 200
BREATH_SECONDS = 0.005

FEWEST_DIGITS = 4
"""A version is named by at least so many digits of its hash."""

LONGER_HASH = 20
"""How many digits of hashes are shown that begin alike."""


class GoneOver(NamedTuple):
    """A ticket that went over, or in a rehearsal would: as it was, its events and as it is. `earlier` are rungs whose time had come by the
    version before; they fired first.
    """

    before: Ticket
    earlier: tuple[Event, ...]
    event: Event
    after: Ticket


class Change(NamedTuple):
    """Which version open tickets go over to, and what states that have another name there are called."""

    to: Definition
    states: Mapping[str, str]


@dataclass(slots=True)
class Outcome:
    """How many tickets went over, and the reasons against those that changed meanwhile and now have no place."""

    tickets: int = 0
    left: list[Reason] = field(default_factory=list)


OnGoneOver = Callable[[GoneOver], None]
"""Hears of every ticket that went over, once it is stored."""


@dataclass(slots=True)
class Versions:
    """The versions of one record's workflows."""

    desk: Desk
    breathe: Callable[[float], None] = time.sleep

    def find(self, text: str) -> Definition:
        """The version that people mean: by the name of a workflow the one in force, by the digits its hash begins with one that was kept.
        Raises NotFound, UsageError (several begin so).
        """
        if text in self.desk.rules.names():
            return self.desk.rules.current(text)
        return self._among(text, list(self.desk.rules.readable().values()))

    def change(self, actor: Actor, name: str, version: str | None, pairs: Sequence[str]) -> Change:
        """What was typed: the workflow, the version by the digits its hash begins with (None: the one in force), and `old=new` by names or
        titles of states. Raises NotPermitted, WorkflowNotFound, NotFound, UsageError.
        """
        must(may_administer, actor)
        to = self.desk.rules.current(name)
        if version is not None:
            to = self._among(version, [item for item in self.desk.rules.readable().values() if item.name == name])
        kept = [item for item in self.desk.rules.readable().values() if item.name == to.name]
        states: dict[str, str] = {}
        for pair in pairs:
            old, sign, new = pair.partition("=")
            if not sign:
                raise UsageError(reason="usage-map", text=pair)
            before = _state(old, [item for item in kept if item.hash != to.hash])
            if before in states:
                raise UsageError(reason="usage-twice", text=old.strip())
            states[before] = _state(new, [to])
        return Change(to, states)

    def preview(self, actor: Actor, change: Change) -> Iterator[GoneOver]:
        """What would become of each open ticket, one by one; changes nothing. After the last one, where any has no place, raises Refused
        with every reason for every ticket. Raises NotPermitted, UnknownRule.
        """
        must(may_administer, actor)  # it tells every open ticket, as the change itself does
        refuse_unknown_rules(change.to)
        people, reasons = directory(self.desk.database, self.desk.clock.now()), list[Reason]()
        first: Ticket | None = None
        for ids in self._others(change.to):
            for ticket, _ in journal.read_tickets(self.desk.database, ids):
                outcome = self._asked(ticket, change, actor, people)
                if isinstance(outcome, Refusal):
                    first = first or ticket
                    reasons += outcome.reasons
                elif outcome is not None:
                    yield outcome
        if reasons:
            raise Refused(reasons, trigger="migrate", ticket=first)

    def migrate(self, actor: Actor, change: Change, on_gone_over: OnGoneOver) -> Outcome:
        """Has every open ticket go over, or none where one has no place. Raises as `preview` does."""
        for _ in self.preview(actor, change):
            pass
        outcome = Outcome()
        for ids in self._others(change.to):
            self._batch(ids, change, actor, outcome, on_gone_over)
        return outcome

    # how ------------------------------------------------------------------------------------------------------------

    def _among(self, text: str, versions: Sequence[Definition]) -> Definition:
        digits = text.strip().lower()
        found = [item for item in versions if len(digits) >= FEWEST_DIGITS and item.hash.startswith(digits)]
        if len(found) > 1:
            raise UsageError(reason="version-ambiguous", text=digits, known=[item.hash[:LONGER_HASH] for item in found])
        if not found:
            raise NotFound(reason="version-not-found", text=text, known=sorted(item.hash[:SHORT_HASH] for item in versions))
        return found[0]

    def _others(self, to: Definition) -> Iterator[list[int]]:
        """Ids of the open tickets that are pinned to another version, in pieces."""
        after = 0
        asked = {"workflow": to.name, "definition": to.hash, "limit": BATCH}
        while ids := [int(row[0]) for row in self.desk.database.rows(queries.OF_ANOTHER_VERSION, after=after, **asked)]:
            yield ids
            after = ids[-1]
            if len(ids) == BATCH:
                self.breathe(BREATH_SECONDS)

    def _batch(self, ids: Sequence[int], change: Change, actor: Actor, outcome: Outcome, on_gone_over: OnGoneOver) -> None:
        """Some tickets in one transaction, or each in one of its own where somebody else changed one meanwhile."""
        database, now = self.desk.database, self.desk.clock.now()
        people, reach = directory(database, now), read_reach(database)
        ready = [(self._asked(ticket, change, actor, people), ticket, head) for ticket, head in journal.read_tickets(database, ids)]
        try:
            written = [self._written(found, head, people, reach) for found, _, head in ready if isinstance(found, GoneOver)]
            with self.desk.writing_as(actor):
                journal.append_many(database, written)
        except Conflict:
            for number in ids:
                self._note(*self._one(number, change, actor, people, reach), outcome, on_gone_over)
            return
        for found, ticket, _ in ready:
            self._note(found, ticket, outcome, on_gone_over)

    def _one(
        self, number: int, change: Change, actor: Actor, people: Directory, reach: Reach,
    ) -> tuple[GoneOver | Refusal | None, Ticket]:
        """A ticket on its own, read and locked in its transaction."""
        database = self.desk.database
        with self.desk.writing_as(actor):
            read = journal.read_ticket(database, number, lock=True)
            if read is None:
                raise LookupError(f"ticket {number} vanished")
            ticket, head = read
            found = self._asked(ticket, change, actor, people)
            if isinstance(found, GoneOver):
                journal.append_many(database, [self._written(found, head, people, reach)])
        return found, ticket

    def _asked(self, ticket: Ticket, change: Change, actor: Actor, people: Directory) -> GoneOver | Refusal | None:
        """What becomes of a ticket; None where nothing does: it is closed, or pinned to this version already."""
        if ticket.final or ticket.definition == change.to.hash:
            return None
        at = self.desk.situation(actor, ticket)
        earlier, climbed = _come_due(at, people)
        if climbed.final:
            return None
        history = [*journal.read_events(self.desk.database, ticket.id), *earlier]
        event = migrate(at._replace(ticket=climbed), change.to, change.states, history)
        if isinstance(event, Refusal):
            return event
        return GoneOver(ticket, tuple(earlier), event, evolve(climbed, event))

    def _written(self, found: GoneOver, head: bytes, people: Directory, reach: Reach) -> journal.Change[Ticket]:
        """What the journal writes: the events, and who is told of them. The rungs tell by the version before; whose date moved, or who has
        a duty more or less, is told by the new one, to which the ticket has had that state's name all along.
        """
        database, rules, climbed = self.desk.database, self.desk.rules, found.before
        notices: list[journal.Notice] = []
        if found.earlier:
            for event in found.earlier:
                climbed = evolve(climbed, event)
            notices += notices_of(database, rules.definition(climbed.definition), found.earlier, found.before, climbed, people, reach)
        before = climbed._replace(state=found.after.state)
        notices += notices_of(database, rules.definition(found.after.definition), [found.event], before, found.after, people, reach)
        return journal.Change(found.before, found.after, (*found.earlier, found.event), head, notices)

    def _note(self, found: GoneOver | Refusal | None, ticket: Ticket, outcome: Outcome, on_gone_over: OnGoneOver) -> None:
        if isinstance(found, Refusal):
            outcome.left += found.reasons
        elif found is not None:
            outcome.tickets += 1
            on_gone_over(found)


def _come_due(at: Situation, people: Directory) -> tuple[list[Event], Ticket]:
    """The rungs that had come by the version before, and the ticket after them. One whose rules cannot be followed goes over as it is:
    another version may be what mends it.
    """
    if unknown_rules(at.definition):
        return [], at.ticket
    try:
        return climb(at._replace(actor=WATCHER), people)
    except Endless:
        return [], at.ticket


def _state(text: str, versions: Sequence[Definition]) -> str:
    """The state that was typed, by its name or a title. Raises UsageError with those there are."""
    wanted = text.strip()
    states = [state for version in versions for state in version.states.values()]
    found = next((state.name for state in states if state.name == wanted), None)
    found = found or next((state.name for state in states if wanted in state.title), None)
    if found is None:
        known = {state.name: state for state in states}
        raise UsageError(reason="usage-choice", parameter="map", choices=list(known.values()))
    return found
