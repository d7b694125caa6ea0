"""One ticket as a page: its facts, its clocks, what may be done, its files, and everything that happened. And the form of one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.rules.acts.command import Verdict
from engine.rules.acts.consent import Waiting
from engine.rules.acts.guards.sign_off import AGAIN, WITHOUT, may_be_named
from engine.rules.definition import Definition, Input, Trigger
from engine.rules.event import Event, for_the_office
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.clocks import WhyView
from engine.views.draft import Draft
from engine.views.duplicate import LinkView
from engine.views.ticket import ShownView

ONE_LINE = frozenset({"approved_by", "by", "clause", "basis"})
"""Inputs in words that take a name or a reference, and no account of anything."""

CHOOSES = (WITHOUT, AGAIN)
"""Inputs that choose among the cooperators of the ticket."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""The kinds of files that a page shows in place. What strangers hand in is never shown as a document, and an SVG is one."""

PDF = "application/pdf"
"""The one document that a browser shows by itself, in a window of its own."""


class TimelineEntry(NamedTuple):
    """An event with the version of the workflow after it and before it, and its hash."""

    event: Event
    definition: Definition
    before: Definition
    hash: str

    @property
    def internal(self) -> bool:
        """Whether units do not see it."""
        return for_the_office(self.event)


class PageFile(NamedTuple):
    """A file that an event cites; `name` is None where the words of the event were erased."""

    seq: int
    sha256: str
    bytes: int
    type: str
    name: str | None

    @property
    def picture(self) -> bool:
        """Whether a browser may show it in place."""
        return self.type in PICTURES

    @property
    def pdf(self) -> bool:
        """Whether a browser may open it beside."""
        return self.type == PDF


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket for one reader at the moment `at`. `why` is None of a ticket that left the reader's unit, which may do nothing more.

    `unlinked` is the place of the first event that is not as it was written any more; None where all are. `possible` are the acts that the
    reader may do now, `barred` those of the reader's that something stands against;
    `enterable` what units may have done on paper, where the reader enters that; `chain` the accounts that answer for the ticket, from the
    leader over the heads of the lead to its contacts, without levels of which nobody is named.
    """

    ticket: Ticket
    definition: Definition
    at: datetime
    calendar: Calendar
    shown: ShownView
    why: WhyView | None
    possible: tuple[Verdict, ...]
    barred: tuple[Verdict, ...]
    timeline: tuple[TimelineEntry, ...]
    unlinked: int | None
    files: tuple[PageFile, ...]
    secret: Mapping[str, str]
    enterable: tuple[Trigger, ...] = ()
    chain: tuple[tuple[str, ...], ...] = ()

    @property
    def reported(self) -> str:
        """What was done, as the lead said last, at its submission or before: what its head signs for."""
        told = (entry.event for entry in self.timeline if entry.event.data.get("trigger") in ("submit", "progress"))
        return next((event.words["note"] for event in told if event.words and "note" in event.words), "")

    @property
    def sent_back(self) -> tuple[TimelineEntry, ...]:
        """By which the head sent the draft back, as long as nobody revised it; the newest first, and one at most."""
        if not self.ticket.to_revise:
            return ()
        return tuple(entry for entry in self.timeline if entry.event.data.get("effects", {}).get("to_revise"))[:1]


@dataclass(frozen=True, slots=True)
class Acted:
    """What the reader just did, for the page on which that leads: the event, the ticket as it is now, and what of it still waits for a
    leader.
    """

    entry: TimelineEntry
    ticket: Ticket
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class AmendForm:
    """The form of a correction: the ticket as it is, what its fields may be, and the links that may be taken back."""

    ticket: Ticket
    definition: Definition
    at: datetime
    calendar: Calendar
    opening: OpenForm
    links: Sequence[LinkView]


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of what a unit did on paper, and the units that may have done it."""

    form: ActForm
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form of one act. Its fields follow from the inputs that the workflow declares. `units` and `accounts` are what may be named.

    `most_megabytes` is the size of a file at most.

    `draft` is what the reader typed before and did not send. `since` are the events since the version that somebody's form was
    made of: empty unless others were faster. `waiting` is what of the ticket waits for a leader, where the act is a leader's word.
    """

    ticket: Ticket
    definition: Definition
    at: datetime
    calendar: Calendar
    verdict: Verdict
    units: tuple[str, ...]
    accounts: Sequence[tuple[str, str]]
    most_megabytes: int
    since: tuple[TimelineEntry, ...] = ()
    draft: Draft | None = None
    waiting: tuple[Waiting, ...] = ()

    @property
    def required(self) -> frozenset[str]:
        """The inputs that this act cannot do without."""
        declared = {item.name for item in self.verdict.trigger.input if item.required(self.ticket.grade)}
        return frozenset(declared | set(self.verdict.needs))

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the form asks for: what the act takes, without an input that chooses among cooperators where there are none to choose."""
        return inputs_for(self.verdict.trigger, (self.ticket,), self.at)

    def in_one_line(self, name: str) -> bool:
        """Whether an input in words has a field of one line."""
        return name in ONE_LINE

    def among(self, name: str) -> Sequence[str] | None:
        """The cooperators that an input chooses among; None for one that may name any unit."""
        return may_be_named(name, self.ticket, self.at) if name in CHOOSES else None


def inputs_for(trigger: Trigger, tickets: Iterable[Ticket], now: datetime) -> tuple[Input, ...]:
    """The inputs of an act on some tickets that can be given for one of them at least. A reason that is asked for a choice alone goes with
    it.
    """
    idle = {name for name in CHOOSES if not any(may_be_named(name, ticket, now) for ticket in tickets)}
    if WITHOUT in idle and any(item.name == WITHOUT for item in trigger.input):
        idle |= {item.name for item in trigger.input if item.name == "reason" and not item.required_for}
    return tuple(item for item in trigger.input if item.name not in idle)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form of a new ticket: what may be named. `workflows` are those in force, the usual one first, `measures` those of the plan, by
    number and title.
    `draft` is what the reader typed before and did not send.
    """

    workflows: tuple[Definition, ...]
    sources: tuple[str, ...]
    units: tuple[str, ...]
    accounts: Sequence[tuple[str, str]]
    measures: tuple[tuple[str, str], ...]
    draft: Draft | None = None

    @property
    def grades(self) -> Mapping[str, Definition]:
        """Every grade that one of the workflows has, with the first of them that has it: the workflow is chosen in the same form."""
        return {grade: definition for definition in reversed(self.workflows) for grade in definition.grades}
