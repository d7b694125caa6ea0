"""Complaints and reviews come in, message by message, by the sender's id: the same once, an older one or our own change never.

Every bad review and every open complaint has a ticket: a new one, or that of the same unit and service on which the unit is at work; the
unit is told what it says. A message is one transaction, so that what stands against one holds back no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.desk.act import Act, do_to
from engine.desk.intake import Intake
from engine.desk.opening import opened
from engine.errors import Conflict, KeyTaken, Problem, Reason, Refused, TicketNotFound
from engine.office.complaints.feedbacks import ADD_REVIEW, Feedbacks, fires
from engine.office.complaints.intaken import ADDED, COUNTED, OPENED, UPDATED, Received
from engine.office.complaints.messages import Misread, gist_of, message_fields, read_message
from engine.office.complaints.refusals import Refusals, Unusable
from engine.office.sheets.cells import folded
from engine.office.stream import Beginning
from engine.record import journal, queries
from engine.record.aggregates import FEEDBACKS
from engine.rules.access import Actor, may_bring_feedback_of, must
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.opening import Opening
from engine.rules.event import Event
from engine.rules.loop.feedback import COMPLAINT, REVIEW, Feedback, key_of
from engine.rules.loop.feedback_acts import Matter, matter_of, receive, update
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.message import DIFFERS, NEW, NEWER, Message, arrival, other_kind, says_more
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


WORKFLOWS = {REVIEW: "bad-review", COMPLAINT: "complaint"}
"""By which workflow it is handled."""

LONGEST_HEADLINE = 60
"""Characters of what was said that stand in a ticket's title."""


def take_in(desk: Desk, actor: Actor, source: str, fields: Mapping[str, object], *, dry_run: bool = False) -> Received:
    """Takes in what a sender says of one complaint or review, as the API has it. What cannot be used is kept with its reasons, where it
    bears an id. Raises Misread, Refused, NotPermitted.
    """
    must_bring(actor, source)
    intake, refusals = Intake(desk, actor), Refusals(desk.database, desk.clock, desk.salt)
    named = message_fields(fields)
    try:
        done = Inbound(desk, actor, source).take(read_message(intake, source, named), dry_run=dry_run)
    except (Misread, Refused) as error:
        problems = error.problems if isinstance(error, Misread) else [Problem(each.code, None, each.values) for each in error.reasons]
        if not dry_run and (gist := gist_of(intake, named)).ref:
            refusals.settle(actor, source, [Unusable(gist, problems)], ())
        raise
    if not dry_run:
        refusals.settle(actor, source, (), [done.feedback.ref])
    return done


@dataclass(frozen=True, slots=True)
class Inbound:
    """What one sender says, taken in by one actor."""

    desk: Desk
    actor: Actor
    source: str

    def take(self, message: Message, *, dry_run: bool = False) -> Received:
        """One message in one transaction. Raises Refused, NotPermitted."""
        try:
            return self._once(message, dry_run)
        except Conflict:  # somebody else took it in, or opened the ticket of its problem, at the same time
            return self._once(message, dry_run)

    def _once(self, message: Message, dry_run: bool) -> Received:
        with self.desk.writing_as(self.actor, dry_run=dry_run) as now:
            return self.taken(message, now)

    def taken(self, message: Message, now: datetime) -> Received:
        """One message, inside a transaction. Raises Refused."""
        desk, known = self.desk, self._known(message)
        arrived = arrival(known, message)
        if arrived == DIFFERS:
            raise Refused((Reason("feedback-differs", {"ref": message.ref, "version": message.version}),))
        if known is not None and arrived != NEWER:
            return Received(arrived, known)
        if problems := other_kind(known, message):  # before anything is written: a row that is refused leaves nothing to those behind it
            raise Refused(problems)
        matter, shared = self._matter(known, message)
        feedbacks = Feedbacks(desk)
        secret_salt = desk.salt() if message.secret() else ""

        def begun(new: Beginning) -> Event | Refusal:
            given = self._added(shared, new.number, message) if shared is not None else matter
            return receive(
                self.source, message, given, self.actor, new.now, stream=new.stream, number=new.number, office=desk.office,
                salt=desk.salt(), secret_salt=secret_salt,
            )

        def updated(before: Feedback, at: datetime) -> Event | Refusal:
            ticket = shared or feedbacks.ticket_of(before)
            given = matter
            if shared is not None:
                given = self._added(shared, before.number, message)
            elif ticket is not None and says_more(before, message) and fires(desk, self.actor, ticket, ADD_REVIEW):
                self._added(ticket, before.number, message)
            return update(
                before, message, given, self.actor, at, desk.rules.calendar(), salt=desk.salt(), secret_salt=secret_salt,
                closed_at=ticket.closed_at if ticket is not None and ticket.final else None,
            )

        done = feedbacks.streams.begun(now, begun) if known is None else feedbacks.streams.changed(known.number, now, updated)
        action = ADDED if shared is not None else OPENED if matter is not None else COUNTED if arrived == NEW else UPDATED
        return Received(action, done.thing)

    def _known(self, message: Message) -> Feedback | None:
        row = self.desk.database.row(queries.FEEDBACK_OF_SENDER, source=self.source, ref=message.ref)
        found = journal.read_thing(self.desk.database, FEEDBACKS, row[0], lock=True) if row is not None else None
        return found[0] if found is not None else None

    def _matter(self, known: Feedback | None, message: Message) -> tuple[Matter | None, Ticket | None]:
        """The new ticket that it gets now, or the one of the same problem on which the unit is at work. What waits for the office already
        is about what was said before: then it is a problem by itself.
        """
        desk = self.desk
        if not message.asks or (known is not None and known.ticket is not None):
            return None, None
        key = problem_of(message)
        row = desk.database.row(queries.OPEN_OF_PROBLEMS, keys=[key]) if key is not None else None
        if row is not None and (found := journal.read_ticket(desk.database, row[0], lock=True)) is not None:
            if fires(desk, self.actor, found[0], ADD_REVIEW):
                return None, found[0]
            key = None
        opening = Opening(
            headline(self.source, message), message.kind, message.text, lead=message.unit, key=self._own_key(message), problem_key=key,
        )
        return matter_of(opened(desk, self.actor, opening, desk.rules.current(WORKFLOWS[message.kind]), desk.salt).ticket), None

    def _own_key(self, message: Message) -> str:
        """The key of its ticket. Raises KeyTaken where somebody opened another one under it, so that nobody waits for that to pass."""
        key = key_of(self.source, message.ref)
        if (row := self.desk.database.row(queries.NUMBER_BY_KEY, source=message.kind, source_ref=key)) is not None:
            raise KeyTaken(number=row[0], key=key, fields=["review"])
        return key

    def _added(self, ticket: Ticket, number: str, message: Message) -> Matter:
        """The ticket after its unit was told what the review of this number says, whom it calls back. Raises Refused."""
        found = journal.read_ticket(self.desk.database, ticket.number, lock=True)
        if found is None:
            raise TicketNotFound(number=ticket.number)
        told = Command(ADD_REVIEW, {"review": number}, {"note": message.text or headline(self.source, message)})
        return matter_of(do_to(self.desk, Act(self.actor, ticket.number, self.desk.firing(self.actor, told)), *found).ticket)


def problem_of(message: Message) -> str | None:
    """The key of what a review is about: bad reviews of one unit and one service are one problem while its ticket is open. Each complaint
    is its own, and so is a review that names no service.
    """
    if message.kind != REVIEW or message.item is None or message.unit is None:
        return None
    from hashlib import sha256  # what people typed may be erased: a key holds none of it

    return ProblemName(REVIEW, sha256(folded(message.item).encode()).hexdigest()[:16], message.unit).key


def headline(source: str, message: Message) -> str:
    """The title of the ticket, in the sender's own words: the service and the first line of what was said."""
    said = " ".join((message.text or "").split())
    short = said if len(said) <= LONGEST_HEADLINE else f"{said[:LONGEST_HEADLINE - 1]}…"
    return "：".join(part for part in (message.item, short) if part) or f"{source} {message.ref}"


def must_bring(actor: Actor, source: str) -> None:
    """Raises NotPermitted unless the actor may take in what this sender says."""
    must(lambda one: may_bring_feedback_of(one, source), actor)
