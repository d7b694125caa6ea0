"""The writer of tickets: every command that changes one, one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from engine.desk.act import Act, Done, carry_out, load_to_write
from engine.desk.reading import MANY, ReadingDesk
from engine.errors import Refused
from engine.record import erasing, journal
from engine.record.directory import directory, must_still_act
from engine.rules.access import Actor, may_open
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import NAMES_UNITS, decide
from engine.rules.event import Event
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.filing import HandedIn, Keep
    from engine.rules.acts.amend import Amendment
    from engine.rules.acts.late_entry import Paper
    from engine.rules.acts.opening import Opening

WORKFLOW = "rectification"
"""The workflow of a ticket unless told otherwise."""

SALT_BYTES = 16


def random_salt() -> str:
    """Random text that nobody can guess."""
    import secrets  # a reading command needs no salt

    return secrets.token_hex(SALT_BYTES)


@dataclass(slots=True)
class Desk(ReadingDesk):
    """The desk of one office over one database: what may be read there, and what is done. `office` is the prefix of its numbers."""

    salt: Callable[[], str] = random_salt

    # opening ---------------------------------------------------------------------------------------------------------

    def open(
        self, actor: Actor, opening: Opening, workflow: str = WORKFLOW, *, keep: Keep | None = None, dry_run: bool = False,
    ) -> Done:
        """Opens a ticket; `keep` puts its files where they belong. The same key with the same content gives the ticket that is there (no
        events).

        Raises Refused, KeyTaken, WorkflowNotFound, BatchNotFound.
        """
        from engine.desk.batch import joined  # a reading command opens nothing
        from engine.desk.opening import again_by_key, opened, opened_by_key

        def once() -> Done:
            with self.writing_as(actor, dry_run=dry_run) as now:
                existing = opened_by_key(self.database, actor, opening)
                if existing:
                    return Done(existing)
                if keep is not None:
                    keep(now)
                batch = joined(self.database, opening.batch)
                return opened(self, actor, opening, self.rules.current(workflow), self.salt, batch=batch)

        return again_by_key(once, opening)

    def open_each(
        self, actor: Actor, opening: Opening, leads: Sequence[str], workflow: str = WORKFLOW, *, keep: Keep | None = None,
        dry_run: bool = False,
    ) -> list[Done]:
        """Opens one ticket for each unit, all of one batch, or none: of the batch that the opening names, or else of one that the first of
        them begins. A key is one for each unit too. Raises as `open` does.
        """
        from engine.desk.batch import for_lead, joined  # a reading command opens nothing
        from engine.desk.opening import again_by_key, opened, opened_by_key

        def once() -> list[Done]:
            done: list[Done] = []
            with self.writing_as(actor, dry_run=dry_run) as now:
                if keep is not None:
                    keep(now)
                definition, batch = self.rules.current(workflow), joined(self.database, opening.batch)
                for lead in leads:
                    own = for_lead(opening, lead, done[0].ticket.batch if done else opening.batch)
                    existing = opened_by_key(self.database, actor, own)
                    done.append(Done(existing) if existing else opened(
                        self, actor, own, definition, self.salt, begins_batch=own.batch is None, batch=batch,
                    ))
            return done

        return again_by_key(once, opening)

    def assign_each(self, actor: Actor, number: str, command: Command, leads: Sequence[str], *, dry_run: bool = False) -> list[Done]:
        """Assigns a ticket to the first of several units, and one like it to each of the others: all of its batch, or none.

        Raises TicketNotFound, Refused.
        """
        from engine.desk.batch import assignment, joined, letter_batch, like, must_go_to_one  # a reading command opens nothing
        from engine.desk.opening import opened

        with self.writing_as(actor, dry_run=dry_run):
            ticket = self.ticket(actor, number)
            tickets, batch = [Done(ticket)], ticket.batch or ticket.number
            if may_open(actor):
                other = like(ticket, journal.read_events(self.database, ticket.id)[0])
                definition, letter = self.rules.current(ticket.workflow), joined(self.database, letter_batch(ticket))
                must_go_to_one(ticket, definition)
                tickets += [opened(self, actor, other._replace(lead=lead), definition, self.salt, batch=letter) for lead in leads[1:]]
            assigned = [
                carry_out(self, Act(actor, each.ticket.number, self.firing(actor, assignment(command, lead, batch))))
                for each, lead in zip(tickets, leads, strict=False)
            ]
            return [Done(new.ticket, first.events + new.events) for first, new in zip(tickets, assigned, strict=False)]

    # acts ------------------------------------------------------------------------------------------------------------

    def do(
        self, actor: Actor, number: str, command: Command, *, if_version: int | None = None, dry_run: bool = False,
        seen: int | None = None, files: Sequence[HandedIn] = (), paper: Paper | None = None,
    ) -> Done:
        """Fires a trigger. Raises TicketNotFound, Refused, Conflict, BadEvidence.

        `seen` is the version the actor looked at: what is refused only because somebody was faster is a Conflict that names them,
        and so is what would write over what they changed.
        `files` become the evidence of the command, and are kept only if the act is possible. What a unit did on `paper` is decided as of
        its date.
        """
        if files:
            from engine.desk.filing import citing  # a reading command hands in no files

            command = citing(command, files)
        act = Act(
            actor, number, self.firing(actor, command, paper), if_version, seen, as_of=paper.on if paper else None,
            original=_original_in(command),
        )
        return self._change_with_files(act, files, dry_run) if files else self._change(act, dry_run)

    def amend(
        self, actor: Actor, number: str, amendment: Amendment, *, if_version: int | None = None, dry_run: bool = False,
    ) -> Done:
        """Corrects what the office got wrong. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.amend import amend as amended  # a reading command corrects nothing

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            salted = replace(amendment, salt=self.salt())
            history = journal.read_events(self.database, ticket.id) if ticket.acted_level else ()
            return amended(self.situation(actor, ticket, now), salted, history)

        return self._change(Act(actor, number, event, if_version), dry_run)

    def link(self, actor: Actor, number: str, original: str, *, dry_run: bool = False) -> Done:
        """Says that a ticket repeats another one, which lists it from now on. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.duplicates import link as linked  # a reading command links nothing

        def event(ticket: Ticket, kept: Ticket, now: datetime) -> Event | Refusal:
            return linked(ticket, kept, self.repeated(ticket), actor, now, self.definition(kept).hidden_states)

        return self._change_beside(actor, number, original, event, dry_run)

    def unlink(self, actor: Actor, number: str, reason: str, *, dry_run: bool = False) -> Done:
        """Takes back that a ticket repeats another one. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.duplicates import unlink as unlinked  # a reading command links nothing

        other = self.ticket(actor, number).duplicate_of

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            original = self.load(actor, other, lock=True)[0] if other is not None else None
            hidden = self.definition(original).hidden_states if original is not None else ()
            return unlinked(ticket, original, actor, now, hidden, reason, self.salt())

        return self._change(Act(actor, number, event, original=other), dry_run)

    def repeat(self, actor: Actor, number: str, earlier: str, *, dry_run: bool = False) -> Done:
        """Says that a ticket repeats an earlier finding (反复). Raises TicketNotFound, Refused, Conflict."""
        from engine.desk.earlier import found_before, found_since  # a reading command links nothing
        from engine.rules.acts.repeats import repeat as repeated

        def event(ticket: Ticket, other: Ticket, now: datetime) -> Event | Refusal:
            before, since = found_before(self.database, other), found_since(self.database, [other.id])[other.id]
            return repeated(ticket, other, actor, now, self.definition(other).hidden_states, before, since)

        return self._change_beside(actor, number, earlier, event, dry_run)

    def unrepeat(self, actor: Actor, number: str, earlier: str, reason: str, *, dry_run: bool = False) -> Done:
        """Takes that back. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.repeats import unrepeat as unrepeated  # a reading command links nothing

        def event(ticket: Ticket, other: Ticket, now: datetime) -> Event | Refusal:
            return unrepeated(ticket, other, actor, now, self.definition(other).hidden_states, reason, self.salt())

        return self._change_beside(actor, number, earlier, event, dry_run)

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> Done:
        """Asks for the words of an event to be erased. Raises TicketNotFound, Refused, Conflict."""
        from engine.rules.acts.redaction import ask  # a reading command erases nothing

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            return ask(ticket, journal.read_events(self.database, ticket.id), seq, reason, actor, now, self.salt())

        return self._change(Act(actor, number, event), dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> Done:
        """Confirms an erasure that somebody else asked for: deletes the words, their salt, and what was written of them for notices.

        Raises TicketNotFound, Refused, Conflict.
        """
        from engine.record.appointed import appointed  # a reading command erases nothing
        from engine.rules.acts.redaction import confirm

        with self.database.transaction(rehearsed=dry_run):
            before, head = load_to_write(self, actor, number)
            events = journal.read_events(self.database, before.id)
            outcome = confirm(before, events, seq, actor, self.clock.now(), appointed(self.database, before.id, events, seq))
            if isinstance(outcome, Refusal):
                raise Refused(outcome.reasons, number=before.number, ticket=before)
            return Done(erasing.redact(self.database, outcome, before, head), (outcome,))

    # how -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def writing_as(self, actor: Actor, *, dry_run: bool = False) -> Iterator[datetime]:
        """A transaction of an actor who is still who it was when it came in, and its moment. Raises NotPermitted."""
        with self.database.transaction(rehearsed=dry_run):
            now = self.clock.now()
            must_still_act(self.database, actor, now)
            yield now

    def _change(self, act: Act, dry_run: bool) -> Done:
        with self.database.transaction(rehearsed=dry_run):
            done = carry_out(self, act)
            return Done(*done.seen) if dry_run else done  # of a rehearsal nothing is left to look at afterwards

    def _change_beside(
        self, actor: Actor, number: str, other: str, event: Callable[[Ticket, Ticket, datetime], Event | Refusal], dry_run: bool,
    ) -> Done:
        """Changes a ticket by what is decided of it and of another one, both locked."""
        beside = self.ticket(actor, other).number

        def decided(ticket: Ticket, now: datetime) -> Event | Refusal:
            return event(ticket, self.load(actor, beside, lock=True)[0], now)

        return self._change(Act(actor, number, decided, original=beside), dry_run)

    def _change_with_files(self, act: Act, files: Sequence[HandedIn], dry_run: bool) -> Done:
        from engine.desk.filing import keeping  # a reading command hands in no files

        return keeping(
            self.database, files, lambda keep, rehearsed: self._change(act._replace(keep=keep), rehearsed), dry_run=dry_run,
        )

    def firing(self, actor: Actor, command: Command, paper: Paper | None = None) -> Callable[[Ticket, datetime], Event | Refusal]:
        """A function from a ticket to the event or refusal of the command; every call salts the words anew."""

        def event(ticket: Ticket, now: datetime) -> Event | Refusal:
            given = self._given(ticket, command)
            salted = given._replace(salt=self.salt()) if given.words or paper else given
            at = self.situation(actor, ticket, now)
            if (original := _original_in(command)) is not None:
                at = at._replace(original=self.load(actor, original, lock=True)[0], repeated=self.repeated(ticket))
            if paper is None:
                return decide(at, salted)
            from engine.rules.acts.late_entry import enter  # a reading command enters nothing

            supervisors = directory(self.database, now).office
            paired = actor.stands_for is not None and {actor.name, actor.stands_for}.issuperset(supervisors)
            at = at._replace(alone=len(supervisors) < MANY, paired=paired)
            return enter(at, salted, paper, journal.read_events(self.database, ticket.id))

        return event

    def _given(self, ticket: Ticket, command: Command) -> Command:
        """The command with what goes with it unsaid: the marked copies of photos, to whoever is given what came with some."""
        if ticket.visit is None and ticket.attempt:
            return command
        trigger = self.definition(ticket).triggers.get(command.trigger)
        if trigger is None or NAMES_UNITS not in trigger.effects:
            return command
        from engine.desk.finding import with_copies  # a reading command gives nothing to anybody

        return with_copies(self.database, ticket, command)


def _original_in(command: Command) -> str | None:
    """The number of the ticket that the command says is repeated."""
    return cast("str | None", command.input.get("of")) or None
