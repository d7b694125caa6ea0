"""The writer of tickets: load → decide → evolve → journal, one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from engine.clock import Clock
from engine.desk.citations import File, files_of
from engine.errors import Conflict, KeyTaken, NotPossible, Refused, TicketNotFound
from engine.record import journal, queries
from engine.record.cache import RuleCache
from engine.record.database import Database
from engine.record.directory import directory, must_still_act
from engine.rules.access import UNIT_ROLES, Actor, may_open, may_read_secrets, may_see, sees_everything
from engine.rules.acts.decide import Command, Refusal, Verdict, assess, decide
from engine.rules.acts.guards.closing import asks_who_else
from engine.rules.deadline import PLANNED
from engine.rules.definition import Definition
from engine.rules.event import Event, for_the_office
from engine.rules.proof.chain import GENESIS
from engine.rules.situation import Given, Situation
from engine.rules.ticket import Ticket, evolve, fold, number_parts
from engine.rules.ticket_facts import Denial, Instruction, Objection
from engine.rules.ticket_number import read_number

if TYPE_CHECKING:
    from engine.desk.filing import HandedIn
    from engine.rules.acts.amend import Amendment
    from engine.rules.acts.late_entry import Paper
    from engine.rules.acts.opening import Opening
    from engine.rules.acts.redaction import Appointment
    from engine.rules.seeing import Sight

WORKFLOW = "rectification"
"""The workflow of a ticket unless told otherwise."""

SERIAL_DIGITS = 4
SALT_BYTES = 16

MANY = 2
"""Supervisors of whom one can check what the other did."""

SIMILAR_FOR = timedelta(days=90)
SIMILAR_AMONG = 100
"""How far back and among how many tickets at most an opening looks for the same problem."""


def random_salt() -> str:
    """Random text that nobody can guess."""
    import secrets  # a reading command needs no salt

    return secrets.token_hex(SALT_BYTES)


class Done(NamedTuple):
    """What a command did: the ticket after it, and the events it made (none: it had been done before)."""

    ticket: Ticket
    events: tuple[Event, ...] = ()


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


@dataclass(slots=True)
class Desk:
    """The desk of one office over one database. `office` is the prefix of its numbers."""

    database: Database
    clock: Clock
    office: str = "ZG"
    salt: Callable[[], str] = random_salt
    rules: RuleCache = field(init=False)

    def __post_init__(self) -> None:
        self.rules = RuleCache(self.database)

    # reading ---------------------------------------------------------------------------------------------------------

    def number(self, text: str) -> str:
        """The full number of what was typed: `1` means that serial in the year of the database's clock. Raises TicketNotFound."""
        typed = read_number(text)
        if typed is None:
            raise TicketNotFound(number=text)
        year = typed.year or self.clock.now().astimezone(self.rules.zone()).year
        return f"{typed.office or self.office}-{year}-{typed.serial:0{SERIAL_DIGITS}d}"

    def ticket(self, actor: Actor, number: str) -> Ticket:
        """The ticket as the actor may know it, if it is the actor's to see. Raises TicketNotFound."""
        return self.as_seen(actor, self._load(actor, number)[0])

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
        """The ticket as it was at a moment: the fold of its events up to then. Raises TicketNotFound, NotPossible."""
        from engine.rules.seeing import with_predecessors  # what is shown as it is now asks for no predecessor

        readable = self.read(actor, number)
        history = readable.past or journal.read_events(self.database, readable.ticket.id)
        events = [event for event in history if event.at <= when]
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
        return events if sees_everything(actor) else self._sight(actor, readable.ticket).events(events, left=bool(readable.past))

    def as_seen(
        self, actor: Actor, ticket: Ticket, history: Sequence[Event] | None = None, *, left: bool = False,
    ) -> Ticket:
        """The ticket without what the actor may not know of it. `history` are its events, where they were read before; with `left` up to
        the one by which it left the actor's unit.
        """
        if sees_everything(actor):
            return ticket
        sight = self._sight(actor, ticket)
        if history is None:
            history = self._history(ticket) if sight.hangs_on_history(ticket) else ()
        return sight.ticket(ticket, history, left=left)

    def knows(self, actor: Actor, number: str) -> bool:
        """Whether the actor may know of the ticket of this number: it may see it, or its unit had it once."""
        found = journal.read_ticket(self.database, self.number(number))
        return found is not None and (self.sees(actor, found[0]) or (actor.role in UNIT_ROLES and actor.unit in found[0].past))

    def files(self, actor: Actor, ticket: Ticket) -> list[File]:
        """The files that the events of a ticket cite, up to the version that is given: those of the events that the actor reads, so a
        unit sees none that was handed in before the ticket was its own or after it left. Raises TicketNotFound."""
        cited = [file for file in files_of(self.database, ticket) if file.seq <= ticket.version]
        if actor.role not in UNIT_ROLES or not cited:
            if not self.sees(actor, ticket):
                self.read(actor, ticket.number)  # it may have been once, or its predecessor's
            return cited
        read = {event.seq for event in self.events(actor, ticket.number)}
        return [file for file in cited if file.seq in read]

    def sees(self, actor: Actor, ticket: Ticket) -> bool:
        """Whether the actor may see a ticket as it is. Whoever sees everything sees one too whose definition cannot be read."""
        return sees_everything(actor) or may_see(actor, ticket, self.rules.definition(ticket.definition).hidden_states())

    def secret(self, actor: Actor, ticket: Ticket) -> Mapping[str, str]:
        """Who complained and where a clue comes from, for the supervision office; nothing for anybody else."""
        if not may_read_secrets(actor):
            return {}
        return journal.read_events(self.database, ticket.id)[0].secret or {}

    def similar(self, actor: Actor, ticket: Ticket) -> list[Ticket]:
        """Tickets of the last months, of the same measure or lead, with a title like that of this ticket. A hint, never a block."""
        from engine.rules.likeness import alike  # reading a ticket compares no titles

        rows = self.database.rows(
            queries.OPENED_BEFORE, since=ticket.opened_at - SIMILAR_FOR, id=ticket.id, measure=ticket.measure, lead=ticket.lead,
            limit=SIMILAR_AMONG,
        )
        ids = [row[0] for row in rows if alike(row[1], ticket.title)]
        return [found for found, _ in journal.read_tickets(self.database, ids) if self.sees(actor, found)] if ids else []

    def duplicates(self, actor: Actor, ticket: Ticket) -> list[Ticket]:
        """The tickets that repeat this one, as far as the actor may see them."""
        ids = [row[0] for row in self.database.rows(queries.DUPLICATES, number=ticket.number)]
        return [found for found, _ in journal.read_tickets(self.database, ids) if self.sees(actor, found)] if ids else []

    def referred_words(self, ticket: Ticket, *new: Event) -> dict[int, Mapping[str, str]]:
        """The words typed with the events that a ticket refers to (declines, instructions, objections), by seq.

        `new` events need not be in the record yet: a dry run has just decided them.
        """
        referred: tuple[Denial | Instruction | Objection, ...] = (*ticket.denials, *ticket.instructions, *ticket.objections.values())
        seqs = [item.seq for item in referred]
        return journal.read_words(self.database, ticket.id, seqs) | {event.seq: event.words for event in new if event.words}

    def definition(self, ticket: Ticket) -> Definition:
        """The definition the ticket is pinned to."""
        return self.rules.definition(ticket.definition)

    def situation(self, actor: Actor, ticket: Ticket, now: datetime | None = None) -> Situation:
        """What a rule may look at: the ticket before this actor, now unless another moment is given."""
        moment = now or self.clock.now()
        at = Situation(self.definition(ticket), ticket, actor, moment, self.rules.calendar(), alone=self.alone(ticket, moment))
        if not ticket.final:
            return at
        from engine.desk.succession import without_successor  # what is open was handed over when its unit ended

        return at._replace(ended=without_successor(self.database, ticket))

    def alone(self, ticket: Ticket, now: datetime) -> bool:
        """Whether the office has one person, who does everything; it is looked up where something hangs on it."""
        return asks_who_else(self.definition(ticket), ticket) and len(directory(self.database, now).office) < MANY

    def verdicts(self, actor: Actor, ticket: Ticket) -> list[Verdict]:
        """Every trigger of the ticket's workflow as it stands for the actor."""
        at = self.situation(actor, ticket)
        return [assess(at, trigger) for trigger in at.definition.triggers.values()]

    # writing ---------------------------------------------------------------------------------------------------------

    def open(self, actor: Actor, opening: Opening, workflow: str = WORKFLOW, *, dry_run: bool = False) -> Done:
        """Opens a ticket. The same key with the same content gives the ticket that is there (no events).

        Raises Refused, KeyTaken, WorkflowNotFound.
        """
        try:
            with self._write(dry_run):
                must_still_act(self.database, actor, self.clock.now())
                # Whoever may not open learns nothing of what a key opened; the rules refuse with every reason.
                if may_open(actor) and (existing := self._opened_by_key(opening)) is not None:
                    return Done(existing)
                return self._opened(actor, opening, self.rules.current(workflow))
        except Conflict:
            if (existing := self._opened_by_key(opening)) is not None:
                return Done(existing)
            raise

    def open_each(
        self, actor: Actor, opening: Opening, leads: Sequence[str], workflow: str = WORKFLOW, *, dry_run: bool = False,
    ) -> list[Done]:
        """Opens one ticket for each unit, all of one batch, or none. A key is one for each unit too. Raises as `open` does."""
        done: list[Done] = []
        with self._write(dry_run):
            definition = self.rules.current(workflow)
            for lead in leads:
                together = tuple(unit for unit in opening.cooperators if unit != lead)
                batch = done[0].ticket.batch if done else None
                own = replace(
                    opening, lead=lead, cooperators=together, key=f"{opening.key}/{lead}" if opening.key else None, batch=batch,
                )
                existing = self._opened_by_key(own) if may_open(actor) else None
                done.append(Done(existing) if existing else self._opened(actor, own, definition, begins_batch=not done))
        return done

    def assign_each(self, actor: Actor, number: str, command: Command, leads: Sequence[str], *, dry_run: bool = False) -> list[Done]:
        """Assigns a ticket to the first of several units, and one like it to each of the others: all of one batch, or none.

        Raises TicketNotFound, Refused.
        """
        with self._write(dry_run):
            ticket = self.ticket(actor, number)
            numbers = [ticket.number]
            if may_open(actor):
                like = _like(ticket, journal.read_events(self.database, ticket.id)[0])
                definition = self.rules.current(ticket.workflow)
                numbers += [self._opened(actor, replace(like, lead=lead), definition).ticket.number for lead in leads[1:]]
            return [
                self._changed(actor, each, self._firing(actor, replace(command, input=_led(command, lead), batch=ticket.number)))
                for each, lead in zip(numbers, leads, strict=False)
            ]

    def do(
        self, actor: Actor, number: str, command: Command, *, if_version: int | None = None, dry_run: bool = False,
        seen: int | None = None, files: Sequence[HandedIn] = (), paper: Paper | None = None,
    ) -> Done:
        """Fires a trigger. Raises TicketNotFound, Refused, Conflict, BadEvidence.

        `seen` is the version the actor looked at: what is refused only because somebody was faster is a Conflict that names them.
        `files` become the evidence of the command, and are kept only if the act is possible. What a unit did on `paper` is decided as of
        its date.
        """
        if files:
            return self._fire_with_files(actor, number, command, if_version, dry_run, seen, files, paper)
        event, as_of = self._firing(actor, command, paper), paper.on if paper else None
        return self._change(actor, number, event, if_version, dry_run, seen, as_of=as_of, original=_original_in(command))

    def amend(
        self, actor: Actor, number: str, amendment: Amendment, *, if_version: int | None = None, dry_run: bool = False,
    ) -> Done:
        """Corrects what the office got wrong. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.amend import amend as amended  # a reading command corrects nothing

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            salted = replace(amendment, salt=self.salt())
            history = journal.read_events(self.database, ticket.id) if ticket.acted_level else ()
            return amended(self.situation(actor, ticket, now), salted, history)

        return self._change(actor, number, event, if_version, dry_run)

    def link(self, actor: Actor, number: str, original: str, *, dry_run: bool = False) -> Done:
        """Says that a ticket repeats another one, which lists it from now on. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.duplicates import link as linked  # a reading command links nothing

        other = self.ticket(actor, original).number

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            return linked(ticket, self._load(actor, other, lock=True)[0], self._repeated(ticket), actor, now)

        return self._change(actor, number, event, None, dry_run, original=other)

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> Done:
        """Asks for the words of an event to be erased. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.redaction import ask  # a reading command erases nothing

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            return ask(ticket, journal.read_events(self.database, ticket.id), seq, reason, actor, now, self.salt())

        return self._change(actor, number, event, None, dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> Done:
        """Confirms an erasure that somebody else asked for: deletes the words, their salt, and what was written of them for notices.

        Raises TicketNotFound, Refused, Conflict.
        """
        from engine.rules.acts.redaction import confirm  # as above

        with self._write(dry_run):
            before, head = self._load_to_write(actor, number)
            events = journal.read_events(self.database, before.id)
            outcome = confirm(before, events, seq, actor, self.clock.now(), self._appointed(before, events, seq))
            if isinstance(outcome, Refusal):
                raise Refused(outcome.reasons, number=before.number, ticket=before)
            return Done(journal.redact(self.database, outcome, before, head), (outcome,))

    # how ------------------------------------------------------------------------------------------------------------

    def _sight(self, actor: Actor, ticket: Ticket) -> Sight:
        from engine.rules.seeing import Sight  # whoever sees everything looks at the ticket itself

        return Sight(actor, self.definition(ticket), self.sees, lambda number: self.knows(actor, number))

    def _history(self, ticket: Ticket) -> list[Event]:
        return journal.read_events(self.database, ticket.id)[: ticket.version]

    def _done(self, actor: Actor, ticket: Ticket, events: Sequence[Event]) -> Done:
        """What an act did, as whoever did it may know it."""
        if sees_everything(actor):
            return Done(ticket, tuple(events))
        sight = self._sight(actor, ticket)
        history = self._history(ticket) if sight.hangs_on_history(ticket) else ()
        read = {event.seq for event in (sight.events(history) if history else events)}
        new = [event for event in events if event.seq in read and not for_the_office(event)]
        return Done(sight.ticket(ticket, history), tuple(sight.told(new, read)))

    def _refused(self, actor: Actor, ticket: Ticket, outcome: Refusal, again: Callable[[Ticket], Event | Refusal]) -> Refused:
        """The refusal, with reasons that tell the actor no more than it may know: those of the ticket as it sees it."""
        seen = self.as_seen(actor, ticket)
        told = outcome if seen is ticket else again(seen)
        return Refused(told.reasons if isinstance(told, Refusal) else outcome.reasons, number=ticket.number, ticket=seen)

    def _appointed(self, ticket: Ticket, events: Sequence[Event], seq: int) -> list[Appointment]:
        """How accounts came to their roles, the last time each: before or after the request for an erasure."""
        from engine.rules.acts.redaction import Appointment, open_request  # a reading command erases nothing

        request = open_request(events, seq)
        row = self.database.row(queries.EVENT_ID, stream=ticket.id, seq=request.seq) if request is not None else None
        found = {}
        for id_, by, data in self.database.rows(queries.APPOINTMENTS) if row is not None else ():
            facts = journal.facts_of(data)
            if facts["what"] == "account.added" or not {"role", "active"}.isdisjoint(facts["changes"]):
                found[facts["account"]] = Appointment(facts["account"], by, row is not None and id_ > row[0])
        return list(found.values())

    def _load(self, actor: Actor, number: str, *, lock: bool = False) -> tuple[Ticket, bytes]:
        found = journal.read_ticket(self.database, self.number(number), lock=lock)
        if found is None or not self.sees(actor, found[0]):
            raise TicketNotFound(number=number)
        return found

    def _load_to_write(self, actor: Actor, number: str) -> tuple[Ticket, bytes]:
        """The ticket, locked, for an actor who is still who it was when it came in. Raises NotPermitted, TicketNotFound."""
        found = self._load(actor, number, lock=True)
        must_still_act(self.database, actor, self.clock.now())
        return found

    def _write(self, dry_run: bool) -> AbstractContextManager[object]:
        return self.database.rehearse() if dry_run else self.database.write()

    def _change(
        self, actor: Actor, number: str, event: Callable[[Ticket, datetime], Event | Refusal], if_version: int | None,
        dry_run: bool, seen: int | None = None, keep: Callable[[datetime], None] | None = None, as_of: datetime | None = None,
        original: str | None = None,
    ) -> Done:
        """One act on one ticket. `keep` puts the files of the act where they belong, once it is decided that it is possible. `as_of` is
        when it happened, if not now: rungs that had come by then count, later ones do not. `original` is the number of the ticket that
        this one is said to repeat.
        """
        with self._write(dry_run):
            if original is not None:
                self._lock_both(actor, number, original)
            return self._changed(actor, number, event, if_version, seen, keep, as_of)

    def _changed(
        self, actor: Actor, number: str, event: Callable[[Ticket, datetime], Event | Refusal], if_version: int | None = None,
        seen: int | None = None, keep: Callable[[datetime], None] | None = None, as_of: datetime | None = None,
    ) -> Done:
        """As `_change`, inside `write()`."""
        before, head = self._load_to_write(actor, number)
        if if_version is not None and before.version != if_version:
            raise Conflict(number=before.number, version=before.version, expected=if_version, **self._last_act(actor, before))
        now = self.clock.now()
        outcome = event(before, now)
        earlier, begun = self._earlier(actor, before, outcome, now, as_of or now)
        outcome = event(begun, now) if earlier else outcome
        if isinstance(outcome, Refusal):
            if seen is not None and before.version != seen:
                raise Conflict(number=before.number, version=before.version, expected=seen, **self._last_act(actor, before))
            raise self._refused(actor, before, outcome, lambda ticket: event(ticket, now))
        if keep is not None:
            keep(now)
        after = evolve(begun, outcome)
        events = [*earlier, outcome]
        journal.append(self.database, events, before, after, head, self._notices(events, before, after))
        if "voided" in outcome.data:
            from engine.notices import withdraw  # a reading command withdraws nothing

            withdraw(self.database, outcome)
        if after.duplicate_of is not None and after.duplicate_of != before.duplicate_of:
            self._list_at_original(actor, after, now)
        return self._done(actor, after, events)

    def _firing(self, actor: Actor, command: Command, paper: Paper | None = None) -> Callable[[Ticket, datetime], Event | Refusal]:
        """A function from a ticket to the event or refusal of the command; every call salts the words anew."""

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            salted = replace(command, salt=self.salt()) if command.words or paper else command
            at = self.situation(actor, ticket, now)
            if (original := _original_in(command)) is not None:
                at = at._replace(original=self._load(actor, original, lock=True)[0], repeated=self._repeated(ticket))
            if paper is None:
                return decide(at, salted)
            from engine.rules.acts.late_entry import enter  # a reading command enters nothing

            supervisors = directory(self.database, now).office
            return enter(at._replace(alone=len(supervisors) < MANY), salted, paper, journal.read_events(self.database, ticket.id))

        return event

    def _lock_both(self, actor: Actor, number: str, original: str) -> None:
        """Locks a ticket and the one it is said to repeat, always in the order of their numbers: of two people who link two tickets to each
        other at once, one waits, and is then refused.
        """
        for each in sorted((self.number(number), self.number(original)), key=number_parts):
            self._load(actor, each, lock=True)

    def _repeated(self, ticket: Ticket) -> bool:
        """Whether another ticket repeats this one."""
        return self.database.row(queries.DUPLICATES, number=ticket.number) is not None

    def _list_at_original(self, actor: Actor, duplicate: Ticket, now: datetime) -> None:
        """The ticket that is kept says so in its own history, and its lead is told."""
        from engine.rules.acts.duplicates import kept  # few acts name another ticket

        before, head = self._load(actor, duplicate.duplicate_of or "", lock=True)
        event = kept(before, duplicate.number, actor, now)
        after = evolve(before, event)
        journal.append(self.database, [event], before, after, head, self._notices([event], before, after))

    def _fire_with_files(
        self, actor: Actor, number: str, command: Command, if_version: int | None, dry_run: bool, seen: int | None,
        files: Sequence[HandedIn], paper: Paper | None,
    ) -> Done:
        """Fires a trigger that is given files. It is rehearsed first: what is refused leaves nothing, neither row nor bytes."""
        from engine.desk.filing import citing, copied, enter  # a reading command hands in no files

        event, as_of = self._firing(actor, citing(command, files), paper), paper.on if paper else None
        rehearsed = self._change(
            actor, number, event, if_version, True, seen, lambda now: enter(self.database, [file.evidence for file in files], now), as_of,
            _original_in(command),
        )
        if dry_run:
            return rehearsed
        with copied(self.database, files) as copies:
            return self._change(
                actor, number, event, if_version, False, seen, lambda now: copies.keep(self.database, now), as_of, _original_in(command),
            )

    def _earlier(
        self, actor: Actor, before: Ticket, outcome: Event | Refusal, now: datetime, as_of: datetime,
    ) -> tuple[Sequence[Event], Ticket]:
        """What has to come before an act in the same transaction, and the ticket after that: the rungs that had come when the act happened
        and would be lost by it; and of a ticket that goes on after its end, the successors of units that are no more.
        """
        if isinstance(outcome, Refusal):
            return (), before
        if before.wake_at is not None and before.wake_at <= now:
            from engine.rules.timing.climb import WATCHER, climb, measures, overtakes  # a reading command fires no rung

            if overtakes(before, outcome, as_of):
                events, climbed = climb(self.situation(WATCHER, before, as_of), directory(self.database, now), measures)
                return [event._replace(at=now) for event in events], climbed
        if before.final and not self.definition(before).states[outcome.to_state or before.state].final:
            from engine.desk.succession import taken_over  # few acts open what had ended

            return taken_over(self.database, before, actor, now)
        return (), before

    def _opened(self, actor: Actor, opening: Opening, definition: Definition, *, begins_batch: bool = False) -> Done:
        from engine.rules.acts.opening import open_ticket  # a reading command opens nothing

        now = self.clock.now()
        year = now.astimezone(self.rules.zone()).year
        ticket = journal.next_ticket(self.database)
        serial = journal.next_serial(self.database, self.office, year)
        number = f"{self.office}-{year}-{serial:0{SERIAL_DIGITS}d}"
        outcome = open_ticket(
            definition, replace(opening, batch=number) if begins_batch else opening, actor, now, self.rules.calendar(), ticket=ticket,
            number=number, office=self.office, salt=self.salt(),
            secret_salt=self.salt() if opening.secret() else "",
        )
        if isinstance(outcome, Refusal):
            raise Refused(outcome.reasons)
        after = evolve(None, outcome)
        journal.append(self.database, [outcome], None, after, GENESIS, self._notices([outcome], None, after))
        return Done(after, (outcome,))

    def _opened_by_key(self, opening: Opening) -> Ticket | None:
        """The ticket that this source's key opened, if any. Raises KeyTaken if it was opened with other content."""
        if opening.key is None:
            return None
        row = self.database.row(queries.NUMBER_BY_KEY, source=opening.source, source_ref=opening.key)
        if row is None:
            return None
        found = journal.read_ticket(self.database, row[0])
        if found is None:
            raise TicketNotFound(number=row[0])
        first = journal.read_events(self.database, found[0].id)[0]
        differing = [name for name, (old, new) in _compared(first, opening).items() if old != new]
        if differing:
            raise KeyTaken(number=row[0], key=opening.key, fields=differing)
        return found[0]

    def _last_act(self, actor: Actor, ticket: Ticket) -> Mapping[str, object]:
        """Who did what last, as far as the actor may know: what a conflict tells."""
        event = self.events(actor, ticket.number)[-1]
        return {"actor": event.actor, "what": event.data.get("trigger", event.kind), "at": event.at}

    def _notices(self, events: Sequence[Event], before: Ticket | None, after: Ticket) -> list[journal.Notice]:
        from engine.notices import notices_of  # a reading command tells nobody

        return notices_of(self.database, self.definition(after), events, before, after)


def _original_in(command: Command) -> str | None:
    """The number of the ticket that the command says is repeated."""
    return cast("str | None", command.input.get("of")) or None


def _like(ticket: Ticket, first: Event) -> Opening:
    """The opening of another ticket about the same problem, for another unit. The sender's own id stays with the first."""
    from engine.rules.acts.opening import Opening  # a reading command opens nothing

    promise, secret = ticket.promise, first.secret or {}
    return Opening(
        ticket.title, ticket.source, ticket.detail, ticket.measure, ticket.grade, leader=ticket.leader,
        due=promise.due_at if promise and promise.state == PLANNED else None, batch=ticket.number, officer=ticket.officer,
        complainant=secret.get("complainant"), phone=secret.get("phone"), clue=secret.get("clue"),
    )


def _led(command: Command, lead: str) -> dict[str, Given]:
    """What is given with an assignment, for one of several units: itself leads, and is no cooperator."""
    together = command.input.get("with")
    given: dict[str, Given] = {**command.input, "lead": lead}
    if isinstance(together, tuple):
        given["with"] = tuple(unit for unit in together if unit != lead)
    return given


def _compared(first: Event, opening: Opening) -> dict[str, tuple[object, object]]:
    data, words = first.data, first.words or {}
    return {
        "title": (words.get("title"), opening.title), "detail": (words.get("detail"), opening.detail),
        "measure": (data.get("measure"), opening.measure), "lead": (data.get("lead"), opening.lead),
        "with": (tuple(data.get("with", ())), opening.cooperators),
        "grade": (data.get("grade"), opening.grade or data.get("grade")), "secret": (dict(first.secret or {}), opening.secret()),
    }
