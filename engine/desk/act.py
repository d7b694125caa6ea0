"""One act on one ticket: load → decide → evolve → journal, inside one transaction, and what whoever did it is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

from engine.desk.reading import ReadingDesk
from engine.errors import Conflict, Reason, Refused, TicketNotFound
from engine.record import journal, queries
from engine.record.directory import directory, must_be_in_force, must_still_act
from engine.rules.access import Actor, sees_everything
from engine.rules.acts.command import Refusal
from engine.rules.acts.overtaken import writes_over
from engine.rules.event import Event, for_the_office
from engine.rules.ticket import Ticket, evolve, fold
from engine.rules.ticket_number import number_parts


class Seen(NamedTuple):
    """A ticket and events of it, as somebody may know them."""

    ticket: Ticket
    events: tuple[Event, ...] = ()


class Done:
    """What a command did: the ticket after it, and the events it made (none: it had been done before), as whoever did it may know them.

    `look` says what of them that is; without it, everything. It is asked when somebody wants to know: not inside the transaction, where
    everybody else would wait for the answer.
    """

    def __init__(self, ticket: Ticket, events: Sequence[Event] = (), look: Callable[[Ticket, Sequence[Event]], Seen] | None = None) -> None:
        self._whole, self._look = Seen(ticket, tuple(events)), look

    @property
    def ticket(self) -> Ticket:
        return self.seen.ticket

    @property
    def events(self) -> tuple[Event, ...]:
        return self.seen.events

    @cached_property
    def seen(self) -> Seen:
        return self._whole if self._look is None else self._look(*self._whole)


class Act(NamedTuple):
    """Who does what to which ticket: `event` gives the event, or the refusal, for the ticket as it is.

    `if_version` is the version that is demanded, `seen` the one that the actor looked at: what others changed since is not written over.
    `keep` puts the files of the act where they belong, once it is decided that it is possible. `as_of` is when it happened, if not now:
    rungs that had come by then count, later ones do not. `original` is the number of the other ticket that this one is said to repeat or
    to be a duplicate of.
    """

    actor: Actor
    number: str
    event: Callable[[Ticket, datetime], Event | Refusal]
    if_version: int | None = None
    seen: int | None = None
    keep: Callable[[datetime], None] | None = None
    as_of: datetime | None = None
    original: str | None = None


def carry_out(desk: ReadingDesk, act: Act) -> Done:
    """Does it, inside `write()`. Raises TicketNotFound, Refused, Conflict, NotPermitted."""
    if act.original is not None:
        _lock_both(desk, act.actor, act.number, act.original)
    return do_to(desk, act, *load_to_write(desk, act.actor, act.number))


def do_to(desk: ReadingDesk, act: Act, before: Ticket, head: bytes) -> Done:
    """Does it to a ticket that is locked, whether its actor may read that or not: who acts for a platform reads nothing. Raises Refused,
    Conflict.
    """
    if act.if_version is not None:
        _must_be(desk, act.actor, before, act.if_version)
    now = desk.clock.now()
    outcome = _once_a_problem(desk, before, act.event(before, now))
    earlier, begun = _earlier(desk, act, before, outcome, now)
    outcome = act.event(begun, now) if earlier else outcome
    if isinstance(outcome, Refusal):
        if act.seen is not None:
            _must_be(desk, act.actor, before, act.seen)
        raise _refused(desk, act, before, outcome, now)
    after = evolve(begun, outcome)
    if act.seen is not None and act.seen < before.version and writes_over(_as_it_was(desk, before, act.seen), before, after):
        _must_be(desk, act.actor, before, act.seen)
    if act.keep is not None:
        act.keep(now)
    events = [*earlier, outcome]
    if before.final and not after.final and after.assigned_at is None:
        from engine.desk.batch import joined, letter_batch  # few acts bring back what was closed

        joined(desk.database, letter_batch(after))  # nobody closes its batch as assigned meanwhile
    write(desk, events, before, after, head)
    if "voided" in outcome.data:
        from engine.notices import withdraw  # few acts withdraw what was told

        withdraw(desk.database, outcome)
    if after.duplicate_of != before.duplicate_of:
        _tell_original(desk, act.actor, before, after, now)
    return Done(after, events, None if sees_everything(act.actor) else partial(_seen, desk, act.actor))


def load_to_write(desk: ReadingDesk, actor: Actor, number: str) -> tuple[Ticket, bytes]:
    """The ticket, locked, for an actor who is still who it was when it came in. Raises NotPermitted, TicketNotFound."""
    try:
        found = desk.load(actor, number, lock=True)
    except TicketNotFound:  # to whoever came to another unit meanwhile that is told, and not that there is no such ticket
        must_still_act(desk.database, actor, desk.clock.now())
        raise
    must_still_act(desk.database, actor, desk.clock.now())
    return found


def write(desk: ReadingDesk, events: Sequence[Event], before: Ticket | None, after: Ticket, head: bytes) -> None:
    """Appends the events of a ticket to the journal, with what is told of them. Raises UnitEnded, Busy."""
    from engine.notices import notices_of  # a reading command tells nobody

    must_be_in_force(desk.database, _units_of(after) - _units_of(before))
    notices = notices_of(desk.database, desk.definition(after), events, before, after)
    journal.append(desk.database, events, before, after, head, notices)


# how -----------------------------------------------------------------------------------------------------------------


def _units_of(ticket: Ticket | None) -> set[str]:
    """The units that have something to do on a ticket. What is closed gives nobody anything to do, so that whoever opens it again does."""
    if ticket is None or ticket.final:
        return set()
    return {unit for unit in (ticket.lead, *ticket.cooperators) if unit is not None}


def _lock_both(desk: ReadingDesk, actor: Actor, number: str, original: str) -> None:
    """Locks a ticket and the one it is said to repeat, always in the order of their numbers: of two people who link two tickets to each
    other at once, one waits, and is then refused.
    """
    for each in sorted((desk.number(number), desk.number(original)), key=number_parts):
        desk.load(actor, each, lock=True)


def _must_be(desk: ReadingDesk, actor: Actor, ticket: Ticket, version: int) -> None:
    """Raises Conflict for another version, with who did what last, as far as the actor may know."""
    if ticket.version < version:
        raise Conflict(reason="version-ahead", number=ticket.number, version=ticket.version, expected=version)
    if ticket.version != version:
        last = desk.events(actor, ticket.number)[-1]
        what = last.data.get("trigger", last.kind)
        raise Conflict(number=ticket.number, version=ticket.version, expected=version, actor=last.actor, what=what, at=last.at)


def _as_it_was(desk: ReadingDesk, ticket: Ticket, version: int) -> Ticket:
    """The ticket at an earlier version; of a version that it never had, the first."""
    return fold(desk.history(ticket)[:max(version, 1)])


def _earlier(
    desk: ReadingDesk, act: Act, before: Ticket, outcome: Event | Refusal, now: datetime,
) -> tuple[Sequence[Event], Ticket]:
    """What has to come before an act in the same transaction, and the ticket after that: the rungs that had come when the act happened
    and would be lost by it; and of a ticket that goes on after its end, the successors of units that are no more.
    """
    if isinstance(outcome, Refusal):
        return (), before
    if before.wake_at is not None and before.wake_at <= now:
        from engine.rules.timing.climb import WATCHER, climb, measures, overtakes  # a reading command fires no rung

        as_of = act.as_of or now
        if overtakes(before, outcome, as_of):
            events, climbed = climb(desk.situation(WATCHER, before, as_of), directory(desk.database, now), measures)
            return [event._replace(at=now) for event in events], climbed
    if before.final and not desk.definition(before).states[outcome.to_state or before.state].final:
        from engine.desk.succession import taken_over  # few acts open what had ended

        return taken_over(desk.database, before, act.actor, now, desk.definition(before).hidden_states)
    return (), before


def _once_a_problem(desk: ReadingDesk, before: Ticket, outcome: Event | Refusal) -> Event | Refusal:
    """The outcome, unless it opens again a ticket of whose problem another one is under way."""
    if isinstance(outcome, Refusal) or not before.final or before.problem_key is None:
        return outcome
    if desk.definition(before).states[outcome.to_state or before.state].final:
        return outcome
    row = desk.database.row(queries.OPEN_OF_PROBLEMS, keys=_keys_of(desk, before.problem_key))
    return outcome if row is None else Refusal((Reason("problem-open", {"original": row[0]}),))


def _keys_of(desk: ReadingDesk, key: str) -> list[str]:
    """Every key under which the problem of a key may be under way: what it names may have gone over to others."""
    from engine.record.successors import read_successors  # few acts open what had ended
    from engine.rules.loop.identity import read_key

    problem = read_key(key)
    return [key] if problem is None else [name.key for name in read_successors(desk.database).alike(problem)]


def _refused(desk: ReadingDesk, act: Act, ticket: Ticket, outcome: Refusal, now: datetime) -> Refused:
    """The refusal, with reasons that tell the actor no more than it may know: those of the ticket as it sees it."""
    seen = desk.as_seen(act.actor, ticket)
    told = outcome if seen is ticket else act.event(seen, now)
    return Refused(told.reasons if isinstance(told, Refusal) else outcome.reasons, number=ticket.number, ticket=seen)


def _tell_original(desk: ReadingDesk, actor: Actor, before: Ticket, after: Ticket, now: datetime) -> None:
    """The ticket that is kept says in its own history that another one repeats it, or after all does not, and its lead is told."""
    from engine.rules.acts.duplicates import kept, released  # few acts name another ticket

    hidden = desk.definition(after).hidden_states
    original, head = desk.load(actor, after.duplicate_of or before.duplicate_of or "", lock=True)
    # of a duplicate that is none after all whoever heard of it hears, also where it goes back to where no unit would hear of it
    event = released(original, before, actor, now, hidden) if after.duplicate_of is None else kept(original, after, actor, now, hidden)
    write(desk, [event], original, evolve(original, event), head)


def _seen(desk: ReadingDesk, actor: Actor, ticket: Ticket, events: Sequence[Event]) -> Seen:
    """What an act did, as whoever did it may know it."""
    sight = desk.sight(actor, ticket)
    history = desk.history(ticket) if sight.hangs_on_history(ticket) else ()
    read = {event.seq for event in (sight.events(history) if history else events)}
    new = [event for event in events if event.seq in read and not for_the_office(event)]
    return Seen(sight.ticket(ticket, history), tuple(sight.told(new, read)))
