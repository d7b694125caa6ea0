"""Writing the messages of one delivery: to whom, where, and what the record says now of what they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from engine.notices import texts
from engine.notices.channels.message import Message, Undelivered
from engine.notices.outbox import ClaimedMessage, EventNotice
from engine.notices.reach import EMAIL, SMS, ways_of
from engine.notices.setup import Setup
from engine.record import queries
from engine.record.aggregates import KEPT
from engine.record.cache import RuleCache
from engine.record.database import Database
from engine.record.journal import ADMINISTRATION, read_any, read_events, read_tickets
from engine.record.settings import NAME_SETTING, setting
from engine.record.unit_list import Names, read_names
from engine.rules.access import Actor, may_read_batches, may_see
from engine.rules.event import Event
from engine.rules.loop.feedback import Feedback
from engine.rules.proof.chain import stamp, stamp_or_none
from engine.rules.ticket import Ticket
from engine.words.phrase import Phrase

KEY_SHOWN = 12
"""Characters of the idempotency key that people see."""

OUTBOX_WORKER = "outbox"
"""The door of whoever reads a notice outside: it is read, nothing can be done through it."""


class Writer:
    """Writes messages about the tickets of one record. Made anew for each delivery, so that names and addresses are today's."""

    def __init__(self, database: Database, setup: Setup) -> None:
        self.database, self.setup, self.rules = database, setup, RuleCache(database)
        self._histories: dict[int, list[Event]] = {}

    def message(self, key: str, claimed: ClaimedMessage, notices: Sequence[EventNotice], now: datetime) -> Message:
        """The message to a person. Raises Undelivered where there is no account or address (any more), or nothing is the person's to
        read any more.
        """
        reader, address = self._reader(claimed, now)
        lines = [line for line in self.lines(notices, reader, now, self.setup.language) if line is not None]
        if not lines:
            raise Undelivered("not-theirs", permanent=True)
        phrase, setup = self.phrase(self.setup.language), self.setup
        count = len(claimed.ids) - len(notices) + len(lines)
        signature = setup.sms.signature if setup.sms and claimed.channel == SMS else ""
        letter = texts.body(lines, count, phrase, setup.link)
        if claimed.channel == EMAIL:
            letter = f"{letter}\n\n{phrase.say('notice.signed', office=self.office)}\n"
        elif claimed.channel != SMS:
            letter = f"{letter}\n{phrase.say('notice.key', key=key[:KEY_SHOWN])}"  # a chat has no place for headers
        return Message(
            key, address, now, texts.subject(lines, count, phrase), letter, texts.short(lines, count, phrase, signature),
        )

    def lines(self, notices: Sequence[EventNotice], reader: Actor, now: datetime, language: str) -> list[texts.Line | None]:
        """What these notices say to this reader, in this language; None for what is not the reader's to read."""
        tickets = self._tickets({item.event.ticket for item in notices})
        self._histories.clear()
        lines: list[texts.Line | None] = []
        for item in notices:
            ticket = tickets.get(item.event.ticket)
            if ticket is None and not _may_read_beside(item.event, reader):
                lines.append(None)
                continue
            if item.body is not None:
                lines.append(texts.free_line(texts.text_of_facts(item.body, language)))
                continue
            if ticket is None:
                lines.append(self._line_beside(item.event, reader, language))
                continue
            hidden = self._hidden(ticket)
            if not texts.may_read(item.event, ticket, hidden, reader):
                lines.append(None)
                continue
            sees = may_see(reader, ticket, hidden)
            then = texts.Told(ticket, reader)
            if not sees or ticket.version != item.event.seq:
                then = texts.told(item.event, self._history(ticket), self._hidden, reader)
            phrase = self.phrase(language, self.rules.definition(then.ticket.definition))
            lines.append(texts.line_of(item.event, ticket, then, sees, reader, now, phrase))
        return lines

    def readable(self, notices: Sequence[EventNotice], reader: Actor) -> int:
        """How many of these notices are the reader's to read."""
        tickets = self._tickets({item.event.ticket for item in notices})
        return sum(self._is_readable(item, tickets.get(item.event.ticket), reader) for item in notices)

    def _is_readable(self, item: EventNotice, ticket: Ticket | None, reader: Actor) -> bool:
        if ticket is None:
            return _may_read_beside(item.event, reader)
        return item.body is not None or texts.may_read(item.event, ticket, self._hidden(ticket), reader)

    def facts(self, event: Event) -> Mapping[str, Any]:
        """What a program is told: facts, codes and times, no word that anybody typed and nobody's name."""
        ticket, data = self._tickets({event.ticket}).get(event.ticket), event.data
        if ticket is None:
            return self._facts_beside(event)
        told = ("trigger", "clock", "epoch", "rung", "n", "missed", "level", "act", "scheduled_for")
        facts = {name: data[name] for name in told if name in data}
        return {
            "type": f"zhenggai.ticket.{event.kind}", "source": f"urn:zhenggai:{ticket.office}", "subject": ticket.number,
            "time": stamp(event.at),
            "data": {
                "number": ticket.number, "seq": event.seq, "kind": event.kind, "from": event.from_state, "to": event.to_state, **facts,
                "now": {
                    "state": ticket.state, "version": ticket.version, "lead": ticket.lead, "cooperators": list(ticket.cooperators),
                    "due_at": stamp_or_none(ticket.due_at), "promised_at": stamp_or_none(ticket.promised_at), "level": ticket.level,
                    "acted_level": ticket.acted_level,
                },
            },
        }

    def _line_beside(self, event: Event, reader: Actor, language: str) -> texts.Line:
        """What an event says that is no ticket's: one of the administration, or of another thing of the office's."""
        what = texts.what(event, reader, self.phrase(language))
        if event.ticket == ADMINISTRATION:
            return texts.free_line(what)
        thing = read_any(self.database, event.ticket)
        return texts.Line(thing.number, texts.plain(thing.title), texts.plain(what))

    def _facts_beside(self, event: Event) -> Mapping[str, Any]:
        """What a program is told of an event that is no ticket's."""
        thing = read_any(self.database, event.ticket)
        told = _outcome(thing, event) if isinstance(thing, Feedback) else {}
        return {
            "type": f"zhenggai.{KEPT[type(thing)].table}.{event.kind}", "source": f"urn:zhenggai:{thing.office}", "subject": thing.number,
            "time": stamp(event.at), "data": {"number": thing.number, "seq": event.seq, "kind": event.kind, **told},
        }

    def phrase(self, language: str, definition: Any = None) -> Phrase:
        return Phrase(language, self.setup.labels, definition, self._units.now, self._zone)

    @cached_property
    def office(self) -> str:
        """The office's name."""
        return setting(self.database, NAME_SETTING) or ""

    @cached_property
    def _units(self) -> Names:
        return read_names(self.database)

    @cached_property
    def _zone(self) -> Any:
        return self.rules.zone()

    def _hidden(self, ticket: Ticket) -> tuple[str, ...]:
        """The states that the version to which a ticket is pinned hides from units."""
        return self.rules.definition(ticket.definition).hidden_states

    def _tickets(self, ids: set[int]) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket, _ in read_tickets(self.database, sorted(ids))}

    def _history(self, ticket: Ticket) -> list[Event]:
        """The events of a ticket, read once for all the notices that are written together."""
        if ticket.id not in self._histories:
            self._histories[ticket.id] = read_events(self.database, ticket.id)
        return self._histories[ticket.id]

    def _reader(self, claimed: ClaimedMessage, now: datetime) -> tuple[Actor, str]:
        row = self.database.row(queries.ADDRESS_OF, name=claimed.recipient, now=now)
        if row is None:
            raise Undelivered("no-account", permanent=True)
        role, unit, email, phone, chat = row
        address = {EMAIL: email, SMS: phone}.get(claimed.channel, chat if claimed.channel in ways_of(None, None, chat) else None)
        if not address:
            raise Undelivered("no-address", permanent=True)
        return Actor(claimed.recipient, role, unit, OUTBOX_WORKER), address


def _outcome(feedback: Feedback, event: Event) -> Mapping[str, Any]:
    """What a sender is told of its complaint or review: whose it is and where its ticket stands, and the mark by which our own change is
    known when it comes back.
    """
    return {
        "source": feedback.source, "ref": feedback.ref, "ticket": feedback.ticket, "outcome": event.data["outcome"],
        "state": event.data["told"], "version": event.seq, "mark": f"{feedback.number}/{event.seq}",
    }


def _may_read_beside(event: Event, reader: Actor) -> bool:
    """Whether a notice of an event that is no ticket's is the reader's to read: what the administration tells is, a batch is for few."""
    return event.ticket == ADMINISTRATION or may_read_batches(reader)
