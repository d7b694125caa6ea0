"""Complaints and reviews (诉求评价) as they are kept: each has a stream of its own, which no unit reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import FeedbackNotFound
from engine.office.stream import DoneTo, Streams
from engine.record import journal, queries
from engine.record.aggregates import FEEDBACKS
from engine.rules.access import Actor, may_act, may_read_feedback, may_read_secrets, may_redact, must
from engine.rules.event import Event
from engine.rules.loop.feedback import SERIES, Feedback
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

PIECE = 500
"""Complaints and reviews read at once."""

ADD_REVIEW = "add-review"
"""The trigger by which a later review comes to a ticket that a unit is at work on."""


def said_in(feedback: Feedback, ticket: Ticket, events: Iterable[Event]) -> list[int]:
    """The events of its ticket in which the unit was told what it says: the one that was opened for it, those by which it was added."""
    opened = [1] if ticket.source_ref == feedback.key else []
    added = (each for each in events if each.data.get("trigger") == ADD_REVIEW)
    return [*opened, *(each.seq for each in added if each.data["input"].get("review") == feedback.number)]


def fires(desk: Desk, actor: Actor, ticket: Ticket, name: str) -> bool:
    """Whether the workflow of a ticket has a trigger that starts where the ticket stands, and that is the actor's to fire."""
    trigger = desk.definition(ticket).triggers.get(name)
    return trigger is not None and ticket.state in trigger.sources and may_act(actor, ticket, trigger)


@dataclass(frozen=True, slots=True)
class Feedbacks:
    """The complaints and reviews of one office."""

    desk: Desk

    @property
    def streams(self) -> Streams[Feedback]:
        """Their streams."""
        return Streams(self.desk, FEEDBACKS, lambda number: FeedbackNotFound(feedback=number))

    def number(self, text: str) -> str:
        """The full number of what was typed: `1` means that serial in the year of the database's clock. Raises FeedbackNotFound."""
        found = self.desk.number_in(SERIES, text)
        if found is None:
            raise FeedbackNotFound(feedback=text)
        return found

    def read(self, actor: Actor, number: str) -> Feedback:
        """One complaint or review. Raises FeedbackNotFound, NotPermitted."""
        must(may_read_feedback, actor)
        return self.streams.read(self.number(number))

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[Feedback]:
        """All of them, newest first, in pieces; with `closed` also those whose ticket is closed. Raises NotPermitted."""
        must(may_read_feedback, actor)
        return (each for piece in self.streams.newest(queries.FEEDBACK_NEWEST, PIECE, over=closed) for each in piece)

    def of_ticket(self, actor: Actor, number: str) -> list[Feedback]:
        """What a ticket was opened for, and what was added to it. Raises NotPermitted, TicketNotFound."""
        must(may_read_feedback, actor)
        found = self.desk.ticket(actor, number)
        return [FEEDBACKS.read(row) for row in self.desk.database.rows(queries.FEEDBACK_OF_TICKET, number=found.number)]

    def ticket_of(self, feedback: Feedback, *, lock: bool = False) -> Ticket | None:
        """The ticket of a complaint or review, if it has one."""
        found = journal.read_ticket(self.desk.database, feedback.ticket, lock=lock) if feedback.ticket is not None else None
        return found[0] if found is not None else None

    def events(self, actor: Actor, number: str) -> tuple[str, list[Event]]:
        """The full number of a complaint or review and all its events, in order. Raises FeedbackNotFound, NotPermitted."""
        found = self.read(actor, number)
        return found.number, journal.read_events(self.desk.database, found.id)

    def secret(self, actor: Actor, feedback: Feedback) -> Mapping[str, str]:
        """Who complained, as the sender said it last, to whoever may read that; nothing to anybody else, where the sender says it no more,
        or once it was erased: what it said before is not said in its place.
        """
        if not may_read_secrets(actor):
            return {}
        events = journal.read_events(self.desk.database, feedback.id)
        return next((event.secret or {} for event in reversed(events) if "stated_version" in event.data), {})

    def statements(self, actor: Actor, feedback: Feedback) -> list[int]:
        """The events in which the sender said something that is still kept, words or who complained, to whoever may erase it. Raises
        NotPermitted.
        """
        must(may_redact, actor)
        events = journal.read_events(self.desk.database, feedback.id)
        return [event.seq for event in events if "stated_version" in event.data and (event.words or event.secret)]

    def copies(self, actor: Actor, feedback: Feedback) -> list[int]:
        """The events of its ticket that keep its words for the unit, to whoever may erase them. Raises NotPermitted."""
        must(may_redact, actor)
        ticket = self.ticket_of(feedback)
        if ticket is None:
            return []
        events = [event for event in journal.read_events(self.desk.database, ticket.id) if event.words]
        kept = {event.seq for event in events}
        return [seq for seq in said_in(feedback, ticket, events) if seq in kept]

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Feedback]:
        """Asks for the words of an event to be erased, with who complained. Raises FeedbackNotFound, Refused, NotPermitted."""
        must(may_redact, actor)
        return self.streams.ask_erasure(actor, self.number(number), seq, reason, dry_run=dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Feedback]:
        """Confirms an erasure that somebody else asked for. Raises FeedbackNotFound, Refused, NotPermitted, Conflict."""
        must(may_redact, actor)
        return self.streams.erase(actor, self.number(number), seq, dry_run=dry_run)
