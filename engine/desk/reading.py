"""Tickets as an actor may read them: what they are, were and may become, and what is like them. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from engine.clock import Clock
from engine.desk.citations import File, files_of, of_rounds
from engine.errors import Damaged, NotFound, NotPossible, TicketNotFound
from engine.record import journal, queries
from engine.record.aggregates import VISITS
from engine.record.cache import RuleCache
from engine.record.cell import name_of
from engine.record.database import Database
from engine.record.directory import directory
from engine.rules.access import UNIT_ROLES, Actor, may_read_secrets, may_see, sees_everything
from engine.rules.acts.command import Verdict
from engine.rules.acts.decide import assess
from engine.rules.acts.guards.assignment import waits_for_consent
from engine.rules.acts.guards.closing import asks_who_else
from engine.rules.definition import Definition, Trigger
from engine.rules.event import Event
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket, fold, pinned
from engine.rules.ticket_facts import Denial, Instruction, Objection
from engine.rules.ticket_number import SERIAL_DIGITS, full_number, number_in, read_number

if TYPE_CHECKING:
    from engine.rules.loop.visit import Visit
    from engine.rules.seeing import Sight

MANY = 2
"""Supervisors of whom one can check what the other did."""

SIMILAR_FOR = timedelta(days=90)
SIMILAR_AMONG = 100
"""How far back and among how many tickets at most an opening looks for the same problem."""


@dataclass(frozen=True, slots=True)
class ReadableTicket:
    """A ticket as an actor may read it.

    `past` is empty where the ticket is the actor's to see as it is now. For a unit that the ticket left, `past` holds the events up to
    the one by which it left, and `ticket` is the ticket before that event.
    """

    ticket: Ticket
    past: tuple[Event, ...] = ()

    @property
    def left_at(self) -> datetime | None:
        """When the ticket left the unit that reads it; None where it never left."""
        return self.past[-1].at if self.past else None


class PinnedEvent(NamedTuple):
    """An event of a ticket with the version of the workflow to which the ticket was pinned after it, and before it: the titles of states
    and rungs are those of then, whatever the ticket went over to since. `hash` is its own in the chain.
    """

    event: Event
    definition: Definition
    before: Definition
    hash: bytes


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """A ticket as an actor may read it, and how it came to be so. `events` are those that the actor reads; `history` are all of them, for
    whoever asks further what of them the actor may know, and `heads` their hashes.
    """

    readable: ReadableTicket
    events: tuple[PinnedEvent, ...]
    history: tuple[Event, ...]
    heads: tuple[bytes, ...]


@dataclass(slots=True)
class ReadingDesk:
    """The tickets of one office in one database, for reading. `office` is the prefix of its numbers."""

    database: Database
    clock: Clock
    office: str = "ZG"
    rules: RuleCache = field(init=False)

    def __post_init__(self) -> None:
        self.rules = RuleCache(self.database)

    def number(self, text: str) -> str:
        """The full number of what was typed: `1` means that serial in the year of the database's clock. Raises TicketNotFound."""
        typed = read_number(text)
        if typed is None:
            raise TicketNotFound(number=text)
        return full_number(typed.office or self.office, typed.year if typed.year is not None else self._year(), typed.serial)

    def number_in(self, series: str, text: str, digits: int = SERIAL_DIGITS) -> str | None:
        """The full number of what was typed for a thing of another series: a batch, a round, a visit; None where it is none of it."""
        return number_in(series, text, self._year(), digits)

    def _year(self) -> int:
        """The year of the database's clock, in the office's zone."""
        return self.clock.now().astimezone(self.rules.zone()).year

    def ticket(self, actor: Actor, number: str) -> Ticket:
        """The ticket as the actor may know it, if it is the actor's to see. Raises TicketNotFound."""
        return self.as_seen(actor, self.load(actor, number)[0])

    def read(self, actor: Actor, number: str) -> ReadableTicket:
        """The ticket for reading: as it is, or as it was when it left the actor's unit. Raises TicketNotFound."""
        found = journal.read_ticket(self.database, self.number(number))
        if found is not None and self.sees(actor, found[0]):
            return ReadableTicket(self.as_seen(actor, found[0]))
        last = found[0].past.get(actor.unit or "") if found is not None and actor.role in UNIT_ROLES else None
        if found is None or last is None:
            raise TicketNotFound(number=number)
        events = journal.read_events(self.database, found[0].id)[:last]
        return ReadableTicket(self.as_seen(actor, fold(events[:-1]), events, left=True), tuple(events))

    def at(self, actor: Actor, number: str, when: datetime) -> Ticket:
        """The ticket as it was at a moment: the fold of its events up to the last that had happened by then. They happened in their order,
        also where a clock was set back between two of them. Raises TicketNotFound, NotPossible.
        """
        from engine.rules.seeing import with_predecessors  # what is shown as it is now asks for no predecessor

        readable = self.read(actor, number)
        history = readable.past or journal.read_events(self.database, readable.ticket.id)
        events = history[:max((event.seq for event in history if event.at <= when), default=0)]
        if not events:
            raise NotPossible(reason="before-opening", number=readable.ticket.number, date=readable.ticket.opened_at)
        then = fold(events[: readable.ticket.version])
        if not any(self.sees(reader, then) for reader in with_predecessors(actor, history)):
            raise TicketNotFound(number=number)
        return self.as_seen(actor, then, events)

    def events(self, actor: Actor, number: str) -> list[Event]:
        """Every event of the ticket, in order, as the actor may read it (`rules/seeing`). Raises TicketNotFound."""
        readable = self.read(actor, number)
        events = list(readable.past) or journal.read_events(self.database, readable.ticket.id)
        return self.as_read(actor, readable.ticket, events, left=bool(readable.past))

    def pinned_events(self, actor: Actor, number: str) -> Sequence[PinnedEvent]:
        """Every event of the ticket, as the actor may read it, with the version of then. Raises TicketNotFound."""
        return self.read_history(actor, number).events

    def read_history(self, actor: Actor, number: str) -> ReadHistory:
        """The ticket for reading, with every event that led to it. Raises TicketNotFound."""
        readable = self.read(actor, number)
        stored = journal.stored_events(self.database, readable.ticket.id)[:len(readable.past) or None]
        history, heads = [event for event, _ in stored], [head for _, head in stored]
        hashes = pinned(history)
        return ReadHistory(readable, tuple(
            PinnedEvent(
                event, self.rules.definition(hashes[event.seq]), self.rules.definition(hashes[max(event.seq - 1, 1)]), heads[event.seq - 1],
            )
            for event in self.as_read(actor, readable.ticket, history, left=bool(readable.past))
        ), tuple(history), tuple(heads))

    def as_read(self, actor: Actor, ticket: Ticket, history: Sequence[Event], *, left: bool = False) -> list[Event]:
        """Those of a ticket's events that the actor may read, without what in them it may not know. `left` as in `as_seen`."""
        return list(history) if sees_everything(actor) else self.sight(actor, ticket).events(history, left=left)

    def as_seen(
        self, actor: Actor, ticket: Ticket, history: Sequence[Event] | None = None, *, left: bool = False,
    ) -> Ticket:
        """The ticket without what the actor may not know of it. `history` are its events, where they were read before; with `left` up to
        the one by which it left the actor's unit.
        """
        if sees_everything(actor):
            return ticket
        sight = self.sight(actor, ticket)
        if history is None:
            history = self.history(ticket) if sight.hangs_on_history(ticket) else ()
        return sight.ticket(ticket, history, left=left)

    def knows(self, actor: Actor, number: str) -> bool:
        """Whether the actor may know of the ticket of this number: it may see it, or its unit had it once."""
        found = journal.read_ticket(self.database, self.number(number))
        return found is not None and (self.sees(actor, found[0]) or (actor.role in UNIT_ROLES and actor.unit in found[0].past))

    def files(self, actor: Actor, ticket: Ticket) -> list[File]:
        """The files that the events of a ticket cite, up to the version that is given: those of the events that the actor reads, so a
        unit sees none that was handed in before the ticket was its own or after it left, nor what a round found of others,
        whoever cites it: of the files of rounds only what units handed in.

        Raises TicketNotFound.
        """
        cited = [file for file in files_of(self.database, ticket) if file.seq <= ticket.version]
        if actor.role not in UNIT_ROLES or not cited:
            if not self.sees(actor, ticket):
                self.read(actor, ticket.number)  # it may have been once, or its predecessor's
            return cited
        read = {
            (event.seq, item["sha256"]): event.role
            for event in self.events(actor, ticket.number) for item in event.data.get("evidence", ())
        }
        found = [file for file in cited if (file.seq, file.sha256) in read]
        kept = of_rounds(self.database, {file.sha256 for file in found if read[file.seq, file.sha256] not in UNIT_ROLES})
        return [file for file in found if file.sha256 not in kept or read[file.seq, file.sha256] in UNIT_ROLES]

    def sees(self, actor: Actor, ticket: Ticket) -> bool:
        """Whether the actor may see a ticket as it is. Whoever sees everything sees one too whose definition cannot be read."""
        return sees_everything(actor) or may_see(actor, ticket, self.rules.definition(ticket.definition).hidden_states)

    def secret(self, actor: Actor, ticket: Ticket) -> Mapping[str, str]:
        """Who complained and where a clue comes from, for the supervision office; nothing for anybody else."""
        return self.secret_of(actor, journal.read_events(self.database, ticket.id)) if may_read_secrets(actor) else {}

    def secret_of(self, actor: Actor, history: Sequence[Event]) -> Mapping[str, str]:
        """The same, of a ticket whose history was read before."""
        return history[0].secret or {} if may_read_secrets(actor) else {}

    def similar(self, actor: Actor, ticket: Ticket) -> list[Ticket]:
        """Tickets of the last months, of the same measure or lead, with a title like that of this ticket. A hint, never a block.
        What was withdrawn, or repeats another ticket itself, is none: the one that is kept is.
        """
        from engine.rules.likeness import alike  # reading a ticket compares no titles

        rows = self.database.rows(
            queries.OPENED_BEFORE, since=ticket.opened_at - SIMILAR_FOR, id=ticket.id, measure=ticket.measure, lead=ticket.lead,
            limit=SIMILAR_AMONG,
        )
        ids = [row[0] for row in rows if alike(row[1], ticket.title)]
        seen = [found for found, _ in journal.read_tickets(self.database, ids) if self.sees(actor, found)] if ids else []
        return [found for found in seen if not self._given_up(found)]

    def duplicates(self, actor: Actor, ticket: Ticket) -> list[Ticket]:
        """The tickets that repeat this one, as far as the actor may see them."""
        ids = [row[0] for row in self.database.rows(queries.DUPLICATES, number=ticket.number)]
        return [found for found, _ in journal.read_tickets(self.database, ids) if self.sees(actor, found)] if ids else []

    def repeating(self, actor: Actor, ticket: Ticket) -> list[Ticket]:
        """The later tickets that name this one as an earlier finding which they repeat (反复), as far as the actor may see them."""
        ids = [row[0] for row in self.database.rows(queries.REPEATING, named=f'%"{ticket.number}"%')]
        return [found for found, _ in journal.read_tickets(self.database, ids) if self.sees(actor, found)] if ids else []

    def _given_up(self, ticket: Ticket) -> bool:
        """Whether a ticket is no longer the one in which its problem is handled."""
        if ticket.duplicate_of is not None:
            return True
        return ticket.final and self.definition(ticket).states[ticket.state].stage == "withdrawn"

    def repeated(self, ticket: Ticket) -> bool:
        """Whether another ticket repeats this one."""
        return self.database.row(queries.DUPLICATES, number=ticket.number) is not None

    def referred_words(self, ticket: Ticket, *new: Event) -> dict[int, Mapping[str, str]]:
        """The words typed with the events that a ticket refers to (declines, instructions, objections), by seq.

        `new` events need not be in the record yet: a dry run has just decided them.
        """
        referred: tuple[Denial | Instruction | Objection, ...] = (*ticket.denials, *ticket.instructions, *ticket.objections.values())
        seqs = [item.seq for item in referred]
        return journal.read_words(self.database, ticket.id, seqs) | {event.seq: event.words for event in new if event.words}

    def definition(self, ticket: Ticket) -> Definition:
        """The definition the ticket is pinned to. Raises Damaged where it knows no such state."""
        found = self.rules.definition(ticket.definition)
        if ticket.state not in found.states:
            raise Damaged(detail=f"{ticket.number}: {name_of(ticket.state)}")
        return found

    def trigger(self, ticket: Ticket, name: str) -> Trigger:
        """The act of this name, in whatever state the ticket is. Raises NotFound for one that its workflow does not have."""
        triggers = self.definition(ticket).triggers
        if name not in triggers:
            raise NotFound(reason="trigger-not-found", name=name, nearest=list(triggers.values()))
        return triggers[name]

    def situation(self, actor: Actor, ticket: Ticket, now: datetime | None = None) -> Situation:
        """What a rule may look at: the ticket before this actor, now unless another moment is given."""
        moment = now or self.clock.now()
        at = Situation(
            self.definition(ticket), ticket, actor, moment, self.rules.calendar(), alone=self.alone(ticket, moment),
            visit=self.visit_of(ticket),
        )
        if not ticket.final:
            return at
        from engine.desk.succession import without_successor  # what is open was handed over when its unit ended

        return at._replace(ended=without_successor(self.database, ticket))

    def alone(self, ticket: Ticket, now: datetime) -> bool:
        """Whether the office has one person, who does everything; it is looked up where something hangs on it."""
        return asks_who_else(self.definition(ticket), ticket) and self.has_one_person(now)

    def visit_of(self, ticket: Ticket) -> Visit | None:
        """The visit that found a ticket, as long as that waits to be assigned as a leader consented. Nobody locks it: what a leader
        consented to of a finding that waits, no later consent takes back.
        """
        if ticket.visit is None or not waits_for_consent(ticket):
            return None
        found = journal.read_thing(self.database, VISITS, ticket.visit)
        return found[0] if found is not None else None

    def has_one_person(self, now: datetime) -> bool:
        """Whether the office has nobody beside whoever acts."""
        return len(directory(self.database, now).office) < MANY

    def verdicts(self, actor: Actor, ticket: Ticket) -> list[Verdict]:
        """Every trigger of the ticket's workflow as it stands for the actor."""
        return self.verdicts_of(actor, ticket, self.definition(ticket).triggers.values())

    def verdicts_of(self, actor: Actor, ticket: Ticket, triggers: Iterable[Trigger]) -> list[Verdict]:
        """Some triggers of the ticket's workflow as they stand for the actor."""
        at = self.situation(actor, ticket)
        return [assess(at, trigger) for trigger in triggers]

    # what reading and writing begin with ------------------------------------------------------------------------------

    def load(self, actor: Actor, number: str, *, lock: bool = False) -> tuple[Ticket, bytes]:
        """The whole ticket, if it is the actor's to see, and the head of its chain. Raises TicketNotFound."""
        found = journal.read_ticket(self.database, self.number(number), lock=lock)
        if found is None or not self.sees(actor, found[0]):
            raise TicketNotFound(number=number)
        return found

    def sight(self, actor: Actor, ticket: Ticket) -> Sight:
        """What the actor may know of a ticket."""
        from engine.rules.seeing import Sight  # whoever sees everything looks at the ticket itself

        return Sight(actor, self.definition(ticket), self.sees, self.knows)

    def history(self, ticket: Ticket) -> list[Event]:
        """The events that led to the ticket as it is given."""
        return journal.read_events(self.database, ticket.id)[: ticket.version]
