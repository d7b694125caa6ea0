"""What pages say of one ticket beside its values: why its light is what it is, its clocks, what to do about all that stands against an act,
and everything that happened to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Refused
from engine.rules.acts.command import Verdict
from engine.rules.batch import SERIES
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import VISITS, series_typed
from engine.views.attempt import attempt_text
from engine.views.clock_text import ClockText, alarm_sentence, clock_texts, light_sentence, limit_sentence, proposal_sentences
from engine.views.event import event_title, event_way, word_label
from engine.views.facts import fact_line, facts
from engine.views.ticket_page import TicketPage, TimelineEntry
from engine.web.problem import advice_of
from engine.web.texts import Speech
from engine.words import say

SHORT_HASH = 8

ROOMS = {SERIES: "batches", VISITS: "visits"}
"""Where the pages lie of what has numbers of its own series; those of all others are tickets."""


class PageSpeech(Speech):
    """How a page speaks, of tickets too."""

    def page_of(self, number: str) -> str:
        """The address of the page of a ticket, or of the batch or visit that it came with."""
        return self.url(f"/{ROOMS.get(series_typed(number) or '', 'tickets')}/{number}")

    def attempt(self, page: TicketPage) -> str:
        """Which attempt it is, and how those before it ended."""
        return attempt_text(page.ticket, self._of(page.definition))

    def advice(self, definition: Definition, ticket: Ticket, verdict: Verdict) -> tuple[str, ...]:
        """What may be done about all that stands against an act."""
        act = verdict.trigger.name
        return advice_of(Refused(verdict.reasons, number=ticket.number, trigger=act), self.form_phrase(definition, act))

    def because(self, page: TicketPage) -> str:
        if page.why is None:
            return ""
        phrase = self._of(page.definition)
        sentences = (light_sentence(page.ticket, page.why, phrase), limit_sentence(page.why, phrase))
        return " ".join(sentence for sentence in sentences if sentence)

    def clocks(self, page: TicketPage) -> list[ClockText]:
        return clock_texts(page.ticket, page.why, self._of(page.definition)) if page.why is not None else []

    def proposals(self, page: TicketPage) -> list[str]:
        return proposal_sentences(page.why, self._of(page.definition)) if page.why is not None else []

    def alarm(self, page: TicketPage) -> str:
        return alarm_sentence(page.why, self._of(page.definition)) if page.why is not None else ""

    def title(self, entry: TimelineEntry) -> str:
        return event_title(entry.event, self._of(entry.definition))

    def way(self, entry: TimelineEntry) -> str:
        return event_way(entry.event, self._of(entry.definition), self._of(entry.before))

    def actor(self, entry: TimelineEntry) -> str:
        """Who did it, as they were called then, and for whom."""
        event = entry.event
        who = self.names.called(event.actor, event.role, event.unit, event.at, self.zone, self.language)
        if "for" not in event.data:
            return who
        return who + say("list.comma", self.language) + say("log.for", self.language, account=self.person(event.data["for"]))

    def facts(self, entry: TimelineEntry) -> list[str]:
        phrase = self.phrase(entry.definition, entry.event.at)
        return [fact_line(fact, phrase) for fact in facts(entry.event)]

    def outcome(self, entry: TimelineEntry) -> list[str]:
        """The facts of an event for whoever did it: not who else may read of it."""
        phrase = self.phrase(entry.definition, entry.event.at)
        return [fact_line(fact, phrase) for fact in facts(entry.event) if fact.code != "internal"]

    def words(self, entry: TimelineEntry) -> Iterator[tuple[str, str]]:
        """What was typed with an event: what it is, and the text. File names stand with the files."""
        for name, text in (entry.event.words or {}).items():
            yield word_label(entry.event, name, self._of(entry.definition)), text

    def erased(self, entry: TimelineEntry) -> bool:
        return entry.event.words is None and "words" in entry.event.data

    def short(self, hash_: str) -> str:
        return hash_[:SHORT_HASH]
