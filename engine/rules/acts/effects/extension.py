"""Effects of an extension (延期): asked for, granted, refused, or over with what it was asked for."""

from __future__ import annotations

from datetime import datetime

from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.requirement import Requirement
from engine.rules.deadline import Deadline
from engine.rules.situation import Situation
from engine.rules.ticket_facts import Grant, Request
from engine.rules.timing import clocks
from engine.rules.timing.rungs import arm
from engine.rules.worktime import Pause, closes


@effect("ask", Requirement(requires=("to",), clocks=(clocks.REQUEST,)))
def ask(at: Situation, draft: Draft) -> None:
    """A timely request holds the unit's rungs from 催办 on while the office's own clock `answer` runs, and no longer."""
    to = at.moment("to")
    if to is None:
        raise ValueError("a request for more time that names no date")
    asked = None if at.entered_at else at.actor.name  # a paper was typed by the office, and the office asks for nothing
    draft.change(request=Request(to, at.now, asked, at.ticket.version + 1))
    answer: Deadline | None = None
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.REQUEST:
            old = at.ticket.deadlines.get(clock.name)
            answer = draft.deadlines[clock.name] = clocks.start(at, clock, epoch=old.epoch + 1 if old else 1)
    _rearm_promise(at, draft, held_until=answer.due_at if answer else None)


@effect("grant", Requirement(guards=("request-open",)))
def grant(at: Situation, draft: Draft) -> None:
    """More time is a new epoch with a date that a person set."""
    promise, clock, request = at.ticket.promise, at.definition.promise, at.ticket.request
    to = at.moment("to") or (request.to if request else None)
    if promise is None or clock is None or to is None:
        raise ValueError("nothing promised that could be extended")
    close_request(at, draft)
    draft.deadlines[promise.clock] = clocks.start(at, clock, epoch=promise.epoch + 1, fixed_at=to)
    draft.change(grants=(*at.ticket.grants, Grant(promise.due_at, to, at.now)))


@effect("refuse", Requirement(effects=("ask",)))
def refuse(at: Situation, draft: Draft) -> None:
    """The date stands; the rungs that were held fire with their own dates, in a new epoch those that rang at the office instead."""
    close_request(at, draft)
    _rearm_promise(at, draft)


@effect("drop-request")
def drop_request(at: Situation, draft: Draft) -> None:
    """Another unit begins afresh: no request, no extensions used."""
    draft.change(grants=())
    if at.ticket.request is not None:
        close_request(at, draft)


def _rearm_promise(at: Situation, draft: Draft, *, held_until: datetime | None = None) -> None:
    promise, clock = at.ticket.promise, at.definition.promise
    if promise is not None and clock is not None:
        ladder = at.definition.ladders[clock.ladder]
        if promise.ours:
            first = next(index for index, rung in enumerate(ladder.rungs) if rung.name in promise.ours)
            promise = promise._replace(epoch=promise.epoch + 1, rung=first, ours=(), repeated=0)
        draft.deadlines[promise.clock] = arm(promise, ladder, at.grade, at.calendar, held_until=held_until)


def reopen_request(at: Situation, draft: Draft, request: Request) -> None:
    """A request that was set aside waits again, and so does the office's clock for its answer. Where the date asked for had passed by then,
    the time set aside takes none of the unit's days either.
    """
    aside = Pause(at.ticket.closed_at or at.now, at.now)
    if request.to < aside.since:
        days = closes(aside.since, aside.until, at.calendar)
        request = request._replace(to=clocks.passed_on(request.to, aside, days, at.calendar))
    draft.change(request=request)
    draft.deadlines |= clocks.gone_on(at, clocks.REQUEST)


def close_request(at: Situation, draft: Draft) -> None:
    """The open request is over, and so is the office's clock for its answer."""
    draft.change(request=None)
    for clock in at.definition.clocks.values():
        deadline = at.ticket.deadlines.get(clock.name)
        if clock.runs_with == clocks.REQUEST and deadline is not None:
            draft.deadlines[clock.name] = clocks.end(deadline)
