"""A ticket goes over to another version of its workflow (流程换版): what becomes of its state, its dates and its place on each ladder.

It goes over whole or not at all: everything that the new version has no place for is a reason against it.

What a `migrated` event may hold, for whoever judges one: `definition` [the version before, the new one], both of one workflow and both
kept; `map` {state before: state after} of the state, and of the state it returns to, where they have other names; `moved` {clock: [date
before, date after]}, never earlier and never of the promise; `skipped` {clock: [rungs of the new version that were passed by]}; and of
effects those that any event may carry: turn, returns_to, withdrawn_from, deadlines, wake_at, late_days, on_time. It is written by whoever
may administer (`rules.access.may_administer`), from the state the ticket was in to that state, or to what `map` makes of it. Neither is
final, both are hidden from units or neither is, and the clocks rest in both or in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.errors import Reason
from engine.rules.acts import proposals
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import effects_of, next_event
from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import Clock, Definition, by_grade
from engine.rules.definition.model import PROPOSES
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import stamp
from engine.rules.situation import Situation
from engine.rules.ticket import Fields, Ticket
from engine.rules.timing import clocks, parts
from engine.rules.timing.carried import Carried, carry, fired
from engine.rules.timing.silence import LONGEST_PAUSE, SILENCE

MIGRATED = "migrated"
"""The kind of these events."""

OPEN = (RUNS, RESTS)


def migrate(at: Situation, to: Definition, states: Mapping[str, str], history: Sequence[Event]) -> Event | Refusal:
    """The event by which an open ticket goes over to the version `to`, or every reason against it. `states` says what states that have
    another name there are called; `history` are the events of the ticket, which tell what fired.
    """
    at = at._replace(calendar=at.calendar.of(at.ticket.lead))
    new = at._replace(definition=to)
    if reasons := tuple(_against(at, new, states)):
        return Refusal(reasons)
    ticket, target = at.ticket, states.get(at.ticket.state, at.ticket.state)
    carried = _carried(at, new, history)
    changed = _running(new, target, {name: item.deadline for name, item in carried.items()})
    renamed: Fields = {
        name: states[before] for name in ("returns_to", "withdrawn_from") if (before := getattr(ticket, name)) in states
    }
    data: JsonObject = {
        "definition": [at.definition.hash, to.hash],
        "map": {name: states[name] for name in (ticket.state, ticket.way_back) if name is not None and name in states},
    }
    if moved := _moved(ticket, changed):
        data["moved"] = moved
    if passed := {name: list(item.passed) for name, item in carried.items() if item.passed}:
        data["skipped"] = passed
    data["effects"] = effects_of(new, renamed, target, changed)
    return next_event(ticket, at.actor, at.now, MIGRATED, target, data)


def _moved(ticket: Ticket, changed: Mapping[str, Deadline]) -> JsonObject:
    """The dates that the new version moves: of the same epoch, while the clock goes on or rests."""
    found: JsonObject = {}
    for name, item in changed.items():
        before = ticket.deadlines.get(name)
        if before is not None and before.state in OPEN and item.state in OPEN and before.due_at != item.due_at:
            found[name] = [stamp(before.due_at), stamp(item.due_at)]
    return found


# what has no place ---------------------------------------------------------------------------------------------------


def _against(at: Situation, new: Situation, states: Mapping[str, str]) -> Iterator[Reason]:
    ticket, to, number = at.ticket, new.definition, at.ticket.number
    name = states.get(ticket.state, ticket.state)
    before, after = at.definition.states[ticket.state], to.states.get(name)
    if after is None:
        yield Reason("migrate-no-state", {"number": number, "state": name, "old": ticket.state})
        return
    if after.final:
        yield Reason("migrate-final", {"number": number, "state": ticket.state, "target": name})
    if before.hidden != after.hidden:
        yield Reason("migrate-hidden", {"number": number, "state": ticket.state, "target": name})
    if before.rests != after.rests:
        yield Reason("migrate-rests", {"number": number, "state": ticket.state, "target": name})
    yield from _no_way_back(ticket, to, name, states)
    if (ticket.grade is not None or to.grades) and new.grade not in to.grades:
        yield Reason("migrate-grade-missing" if ticket.grade is None else "migrate-no-grade", {
            "number": number, "grade": ticket.grade, "known": list(to.grades),
        })
    yield from _without_clock(at, to)
    yield from _promise_otherwise(ticket, to, name)
    yield from _acts_that_were_proposals(at, new)


def _no_way_back(ticket: Ticket, to: Definition, target: str, states: Mapping[str, str]) -> Iterator[Reason]:
    """A suspended ticket must be able to go back where it came from."""
    if ticket.way_back is None:
        return
    back = states.get(ticket.way_back, ticket.way_back)
    if not any(back in trigger.back and target in trigger.sources for trigger in to.triggers.values()):
        yield Reason("migrate-no-way-back", {"number": ticket.number, "state": back})


def _without_clock(at: Situation, to: Definition) -> Iterator[Reason]:
    """Clocks that go on and that the new version does not have, or has for something else. A clock that only a state runs may end; what
    somebody waits for – an answer, a part, a letter, the promise – may not.
    """
    for item in at.ticket.deadlines.values():
        was, now = clocks.clock_of(at.definition, item), to.clocks.get(item.clock.partition(":")[0])
        if was is SILENCE:
            continue
        awaited = item.state in (*OPEN, PLANNED)
        # what was proposed is no unit's to know, and the promise is the one that every view shows: theirs keep their names for ever
        lasting = item.promise or was.runs_with == proposals.PROPOSAL
        if now is None:
            if lasting or (awaited and was.runs_with is not None):
                yield Reason("migrate-no-clock", {"number": at.ticket.number, "clock": item.clock})
        elif (awaited or lasting or now.promise) and _meaning(was) != _meaning(now):
            yield Reason("migrate-other-clock", {"number": at.ticket.number, "clock": item.clock})


def _meaning(clock: Clock) -> tuple[str, bool, str | None, str | None]:
    """Whose limit it is, and for what."""
    return clock.of, clock.promise, clock.runs_with, clock.before


def _promise_otherwise(ticket: Ticket, to: Definition, target: str) -> Iterator[Reason]:
    """The promise runs on, or stands still, as it did: another version of a procedure neither stops nor starts the unit's time."""
    promise, clock = ticket.promise, to.promise
    if promise is None or clock is None or clock.name != promise.clock or ticket.standing:
        return
    runs, rests = clock.name in to.states[target].clocks, target in clock.rests_in
    if runs != (promise.state == RUNS) or (promise.state == RESTS and not rests):
        yield Reason("migrate-promise", {"number": ticket.number, "target": target, "clock": clock.name})


def _acts_that_were_proposals(at: Situation, new: Situation) -> Iterator[Reason]:
    """Rungs behind the ticket that proposed something and act by themselves in the new version: a unit would read of what never was."""
    for item in at.ticket.deadlines.values():
        ladder = clocks.ladder_of(new.definition, clocks.clock_of(new.definition, item))
        acting = {rung.name for rung in ladder.rungs if rung.act != PROPOSES}
        behind = clocks.ladder_of(at.definition, clocks.clock_of(at.definition, item)).rungs[: item.rung]
        for rung in behind:
            if rung.act == PROPOSES and rung.name in acting and rung.name not in item.skipped:
                yield Reason("migrate-other-rung", {"number": at.ticket.number, "rung": rung.name, "clock": item.clock})


# what becomes of the clocks ------------------------------------------------------------------------------------------


def _carried(at: Situation, new: Situation, history: Sequence[Event]) -> dict[str, Carried]:
    """Every deadline of a clock that the new version has too, the promise last: a request that is open may hold its rungs until the date
    of another clock.
    """
    done, found = fired(history), dict[str, Carried]()
    for item in sorted(at.ticket.deadlines.values(), key=lambda item: item.promise):
        if item.clock.partition(":")[0] in new.definition.clocks:
            ticket = at.ticket._replace(deadlines={**at.ticket.deadlines, **{name: one.deadline for name, one in found.items()}})
            held = clocks.held_until(new.definition, ticket) if item.promise else None
            found[item.clock] = carry(at, new, item, done.get((item.clock, item.epoch), {}), held)
    return found


def _running(new: Situation, target: str, carried: Mapping[str, Deadline]) -> dict[str, Deadline]:
    """The deadlines that change: those that are carried over otherwise than they were, those that begin because something waits for which
    the version before had no clock, and whatever the state starts, stops or ends by the new version.
    """
    ticket = new.ticket
    changed = {name: item for name, item in carried.items() if item != ticket.deadlines[name]}
    for clock in new.definition.clocks.values():
        changed |= _begun(new, clock)
    changed |= proposals.follow(new, ticket.proposals)
    then = new._replace(ticket=_with(ticket, changed))
    changed |= {name: _taken_back(item) for name, item in clocks.enter_state(then, None, target).items()}
    for name, item in ticket.deadlines.items():  # of a clock that the new version does not have
        if name not in carried and item.state in (*OPEN, PLANNED) and item.clock != SILENCE.name:
            changed[name] = clocks.end(item, VOID)
    then = new._replace(ticket=_with(ticket, changed))
    return changed | parts.follow(then, then.ticket)


def _with(ticket: Ticket, changed: Mapping[str, Deadline]) -> Ticket:
    return ticket._replace(deadlines=clocks.merged(ticket.deadlines, changed))


def _taken_back(item: Deadline) -> Deadline:
    """A clock that ends although nobody did what it asks for: it is void, and its unit is told."""
    return item._replace(state=VOID) if item.state == ENDED else item


def _beginning(new: Situation, clock: Clock) -> tuple[str | None, ...]:
    """What waits for an answer by this clock and has no deadline that goes on, by what tells its deadline apart (None: nothing does)."""
    ticket, open_ones = new.ticket, {name for name, item in new.ticket.deadlines.items() if item.state in OPEN}
    if clock.runs_with == clocks.INSTRUCTION:
        waiting: tuple[str | None, ...] = tuple(str(item.seq) for item in ticket.instructions if item.reported_at is None)
    else:
        attributes = {
            clocks.REQUEST: ticket.request is not None, clocks.STANDING: ticket.standing, clocks.PAUSE: ticket.returns_to is not None,
        }
        waiting = (None,) if attributes.get(clock.runs_with or "") else ()
    return tuple(own for own in waiting if (clock.name if own is None else f"{clock.name}:{own}") not in open_ones)


def _begun(new: Situation, clock: Clock) -> dict[str, Deadline]:
    """The deadlines that begin for what waits; in a state in which the clock rests, `enter_state` stops it at once."""
    begun: dict[str, Deadline] = {}
    for own in _beginning(new, clock):
        old = new.ticket.deadlines.get(clock.name if own is None else f"{clock.name}:{own}")
        amount = by_grade(clock.amount, new.grade) or LONGEST_PAUSE
        started = clocks.start(new, clock, epoch=old.epoch + 1 if old else 1, amount=amount, suffix=own)
        begun[started.clock] = started
    return begun
