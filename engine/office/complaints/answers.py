"""What whoever complained says of the end (回访): by a link that is good once and for a while, or by telephone to a person of the office;
and what a person decides where it is asked to be done again (重办申请).

Looking changes nothing. The record keeps the hash of a link's token only. An answer to what is under way again is refused, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.act import Act, carry_out
from engine.errors import Reason, Refused
from engine.office.complaints.feedbacks import Feedbacks, fires
from engine.office.stream import DoneTo
from engine.record import queries
from engine.record.aggregates import FEEDBACKS
from engine.rules.access import Actor, may_enter_feedback, must
from engine.rules.acts.command import Command, Refusal
from engine.rules.event import Event
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.feedback_acts import REASONS, Answer, answer_problems, decide_redo, link
from engine.rules.loop.feedback_acts import answer as answered
from engine.rules.ticket import Ticket
from engine.rules.timing.climb import WATCHER

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

TOKEN_BYTES = 32

DO_AGAIN = ("reopen", "reinstate")
"""How a closed ticket goes on, the first that there is where it stands: what was rectified is done again, what was withdrawn or found
unfounded is decided anew.
"""


def random_token() -> str:
    """Random text that nobody can guess, as it stands in a link."""
    import secrets  # a reading command needs no token

    return secrets.token_urlsafe(TOKEN_BYTES)


class Link(NamedTuple):
    """An answer link that was made: the only time that its token is known."""

    feedback: Feedback
    token: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks, as whoever holds it may know: of which service, when it was said, when its ticket was closed. No name, no phone
    number, no word of the office or of a unit. `reasons` are those that may be given.
    """

    kind: str
    source: str
    ref: str
    item: str | None
    stated_at: datetime
    outcome: str | None
    closed_at: datetime | None
    until: datetime
    reasons: Sequence[str] = tuple(REASONS)


def look(desk: Desk, token: str) -> Asked:
    """What a link asks; nothing is changed. Raises Refused where it is over, was used, or where the ticket is not closed any more."""
    found = _of_link(desk, token)
    ticket = Feedbacks(desk).ticket_of(found)
    problems = answer_problems(found, _closed_attempt(ticket), hashed(token), desk.clock.now())
    if problems or found.token_until_at is None:
        raise Refused(problems)
    return Asked(
        found.kind, found.source, found.ref, found.item, found.stated_at, found.outcome, ticket.closed_at if ticket else None,
        found.token_until_at,
    )


def answer(desk: Desk, token: str, said: str, reasons: Sequence[str] = (), text: str | None = None) -> Feedback:
    """Takes an answer by a link: once. Raises Refused."""
    found = _of_link(desk, token)
    return _answer(desk, WATCHER, found.number, Answer(said, tuple(reasons), text or None, hashed(token)), dry_run=False).thing


def answer_by_phone(
    desk: Desk, actor: Actor, number: str, said: str, reasons: Sequence[str] = (), text: str | None = None, *, dry_run: bool = False,
) -> DoneTo[Feedback]:
    """Enters an answer that was given to the actor (代录). Raises FeedbackNotFound, Refused, NotPermitted, Conflict."""
    must(may_enter_feedback, actor)
    return _answer(desk, actor, Feedbacks(desk).number(number), Answer(said, tuple(reasons), text or None), dry_run=dry_run)


def make_link(desk: Desk, actor: Actor, number: str, random: Callable[[], str] = random_token) -> Link:
    """Makes a link by which whoever complained may answer; one that was made before is over. Raises FeedbackNotFound, Refused,
    NotPermitted.
    """
    must(may_enter_feedback, actor)
    token = random()

    def made(before: Feedback, now: datetime) -> Event | Refusal:
        return link(before, _closed_attempt(Feedbacks(desk).ticket_of(before, lock=True)), hashed(token), actor, now)

    return Link(Feedbacks(desk).streams.change(actor, Feedbacks(desk).number(number), made).thing, token)


def decide(
    desk: Desk, actor: Actor, number: str, *, granted: bool, reason: str, dry_run: bool = False,
) -> DoneTo[Feedback]:
    """Decides whether it is done again: one transaction with the act that sets the ticket going again. Where that is not closed any more
    it goes on anyway. Raises FeedbackNotFound, Refused, NotPermitted, Conflict.
    """
    must(may_enter_feedback, actor)
    feedbacks = Feedbacks(desk)
    full = feedbacks.number(number)
    with desk.writing_as(actor, dry_run=dry_run) as now:
        def decided(before: Feedback, at: datetime) -> Event | Refusal:
            return decide_redo(before, granted=granted, reason=reason, actor=actor, now=at, salt=desk.salt())

        done = feedbacks.streams.changed(full, now, decided)
        ticket = feedbacks.ticket_of(done.thing, lock=True)  # after the complaint itself, in the order in which they are taken in
        if granted and ticket is not None and ticket.final:
            trigger = next((name for name in DO_AGAIN if fires(desk, actor, ticket, name)), None)
            if trigger is None:
                raise Refused((Reason("redo-by-no-act", {"number": full, "ticket": ticket.number}),))
            carry_out(desk, Act(actor, ticket.number, desk.firing(actor, Command(trigger, {}, {"reason": reason}))))
    return done


def hashed(token: str) -> str:
    """How the record knows a token. It is too long to be guessed, so one round without a salt is enough."""
    return sha256(token.encode()).hexdigest()


def _answer(desk: Desk, actor: Actor, number: str, given: Answer, *, dry_run: bool) -> DoneTo[Feedback]:
    def said(before: Feedback, now: datetime) -> Event | Refusal:
        attempt = _closed_attempt(Feedbacks(desk).ticket_of(before, lock=True))
        return answered(before, given, attempt, actor, now, desk.rules.calendar(), salt=desk.salt())

    return Feedbacks(desk).streams.change(actor, number, said, dry_run=dry_run)


def _of_link(desk: Desk, token: str) -> Feedback:
    row = desk.database.row(queries.FEEDBACK_OF_LINK, token=hashed(token))
    if row is None:
        raise Refused((Reason("answer-link-over"),))
    return FEEDBACKS.read(row)


def _closed_attempt(ticket: Ticket | None) -> int | None:
    """Which attempt is closed; None where none is."""
    return ticket.attempt if ticket is not None and ticket.final else None
