"""What pages show, as one reader may read it: who that is, a page of the ledger, one ticket whole, the form of an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from engine.desk.awaited import undecided
from engine.desk.explaining import explain_read
from engine.desk.filing import LARGEST_FILE
from engine.desk.lists import page, tally
from engine.desk.next_steps import acts_in_order
from engine.desk.people import account_names, read_units
from engine.desk.plan import read_plan
from engine.desk.reading import PinnedEvent
from engine.desk.saved_views import audiences, saved_views
from engine.desk.showing import show
from engine.desk.tickets import WORKFLOW, Desk
from engine.desk.wanted import LEVELS, LIGHTS, SORTS, TURNS, Wanted, level_of, usual_first
from engine.errors import NotPossible, Reason, Refused, TicketNotFound
from engine.record import queries
from engine.rules.access import (
    CONTACT,
    HEAD,
    LEADER,
    Actor,
    may_administer,
    may_export,
    may_keep_accounts,
    may_open,
    may_read_batches,
    may_separate,
    must,
    sees_everything,
)
from engine.rules.acts.command import Verdict
from engine.rules.acts.consent import CONSENTS
from engine.rules.acts.late_entry import enterable
from engine.rules.acts.opening import SOURCES
from engine.rules.definition import Definition
from engine.rules.proof.linked import first_unlinked
from engine.rules.ticket import Ticket
from engine.views.ledger import ALWAYS, EXPORTED, Choice, Facet, Ledger, LedgerRow
from engine.views.reader import Reader
from engine.views.ticket_page import Acted, ActForm, AmendForm, OpenForm, PageFile, TicketPage, TimelineEntry

STATE, GRADE = "state", "grade"
"""The filters whose values the workflows name."""

FACETS = (STATE, "lead", "source", GRADE, "level")
"""What the tickets of a page of the ledger are counted by, beside their lights."""

COLUMNS = tuple(name for name in EXPORTED if name not in ALWAYS)
"""What a page of the ledger shows of a ticket on demand, beside what it always shows."""

PLAIN_CHOICES = {
    name: tuple(map(Choice, codes)) for name, codes in {
        "light": LIGHTS, "turn": TURNS, "source": SOURCES, "level": LEVELS, "sort": SORTS, "column": COLUMNS,
    }.items()
}
"""The choices of filters whose values the words name, whatever the workflows are."""

MOST_ON_PAGE = 500
"""Tickets on a page of the ledger."""

MEGABYTE = 1024 * 1024

NOT_YOURS = 4
"""The exit code of a reason that is about who asks."""

JUDGING = frozenset({"verify", "reject", "endorse", "send-back", "grant", "refuse", "issue", "consent"})
"""Acts by which somebody judges what was on the screen: they are done to that version of the ticket and to no other."""


def reader(desk: Desk, actor: Actor, city: str, *, sandbox: bool) -> Reader:
    """Who looks at a page of the record of a city."""
    return Reader(
        actor.name, actor.role, actor.unit, may_export(actor), may_open(actor), actor.role == LEADER, actor.role == HEAD,
        may_read_batches(actor), may_administer(actor), may_keep_accounts(actor), may_separate(actor), sandbox, desk.clock.now(), city,
    )


def ledger(desk: Desk, actor: Actor, wanted: Wanted) -> Ledger:
    """A page of the ledger. Raises as `lists.page` does."""
    asked = replace(wanted, limit=min(wanted.limit or MOST_ON_PAGE, MOST_ON_PAGE))
    found, whole = page(desk, actor, asked), replace(asked, after=None)
    tallied = tally(desk, actor, whole, [*FACETS[:-1], level_of(actor)])
    counted = tallied.counted
    definitions = tuple(usual_first(desk))
    units = tuple(unit.code for unit in read_units(desk, actor)) if sees_everything(actor) else ()
    return Ledger(
        tuple(LedgerRow(ticket, desk.definition(ticket)) for ticket in found.tickets), counted.lights, counted.more, found.cursor,
        desk.clock.now(), desk.rules.calendar(), {
            **PLAIN_CHOICES, **{name: _choices(name, definitions) for name in (STATE, GRADE)},
        }, units, {
            name: _facets(name, values, definitions) for name, values in zip(FACETS, tallied.values.values(), strict=True)
        }, saved_views(desk, actor), audiences(actor),
    )


def ticket_page(desk: Desk, actor: Actor, number: str) -> TicketPage:
    """A ticket with all that its page shows. Raises TicketNotFound, UnknownRule."""
    shown = show(desk, actor, number)
    ticket, here = shown.ticket, shown.view["left_at"] is None
    verdicts = desk.verdicts_of(actor, ticket, acts_in_order(shown.definition, ticket.state)) if here else []
    return TicketPage(
        ticket, shown.definition, shown.at, desk.rules.calendar(), shown.view,
        explain_read(desk, actor, ticket, shown.read.history).view if here else None,
        tuple(verdict for verdict in verdicts if verdict.possible),
        tuple(verdict for verdict in verdicts if not verdict.possible and not _of_other_posts(verdict.reasons)),
        _timeline(reversed(shown.read.events)), first_unlinked(zip(shown.read.history, shown.read.heads, strict=True)),
        tuple(PageFile(file.seq, file.sha256, file.bytes, file.type, file.name) for file in shown.files), shown.secret,
        enterable(shown.definition, ticket, shown.read.history) if may_open(actor) else (), _chain(desk, ticket),
    )


def act_form(desk: Desk, actor: Actor, number: str, trigger: str, since: int | None = None) -> ActForm:
    """The form of an act; with `since`, what happened after that version of the ticket. Raises TicketNotFound, NotFound."""
    ticket = desk.ticket(actor, number)
    definition, verdict = desk.definition(ticket), verdict_of(desk, actor, ticket, trigger)
    kinds = {item.kind for item in verdict.trigger.input}
    units = tuple(unit.code for unit in read_units(desk, actor)) if kinds & {"unit", "units"} else ()
    accounts = tuple(account_names(desk, actor)) if kinds & {"leader", "account"} and sees_everything(actor) else ()
    later = _timeline(item for item in desk.pinned_events(actor, ticket.number) if item.event.seq > since) if since is not None else ()
    waiting = undecided(desk, actor, definition, ticket) if CONSENTS in verdict.trigger.effects else ()
    return ActForm(
        ticket, definition, desk.clock.now(), desk.rules.calendar(), verdict, units, accounts, LARGEST_FILE // MEGABYTE, later,
        waiting=waiting,
    )


def acted(desk: Desk, actor: Actor, number: str, seq: int) -> Acted | None:
    """What the actor did to a ticket by the event of this place; None for what somebody else did, or the actor may not see any more."""
    try:
        ticket = desk.ticket(actor, number)
    except TicketNotFound:
        return None
    own = (item for item in desk.pinned_events(actor, ticket.number) if item.event.seq == seq and item.event.actor == actor.name)
    entry = next(iter(_timeline(own)), None)
    return Acted(entry, ticket, undecided(desk, actor, desk.definition(ticket), ticket)) if entry is not None else None


def open_form(desk: Desk, actor: Actor) -> OpenForm:
    """The form of a new ticket. Raises NotPermitted for whoever opens none."""
    must(may_open, actor)
    try:
        measures = tuple((item.no, item.title) for item in read_plan(desk, actor).measures)
    except NotPossible:  # a record without a plan
        measures = ()
    return OpenForm(
        tuple(desk.rules.current(name) for name in sorted(desk.rules.names(), key=lambda name: name != WORKFLOW)), tuple(SOURCES),
        tuple(unit.code for unit in read_units(desk, actor)), tuple(account_names(desk, actor)), measures,
    )


def must_handle(desk: Desk, actor: Actor, number: str) -> None:
    """Raises TicketNotFound for what the actor may not see, and NotPermitted for whoever is not of the office."""
    desk.ticket(actor, number)
    must(may_open, actor)


def amend_form(desk: Desk, actor: Actor, number: str) -> AmendForm:
    """The form of a correction. Raises TicketNotFound, NotPermitted."""
    must_handle(desk, actor, number)
    shown = show(desk, actor, number)
    return AmendForm(
        shown.ticket, shown.definition, shown.at, desk.rules.calendar(), open_form(desk, actor), shown.view["links"],
    )


def may_try(desk: Desk, actor: Actor, number: str, trigger: str) -> None:
    """Raises TicketNotFound for what the actor may not see, and Refused for what is not the actor's to do: before anything that is handed
    in with the act is looked at.
    """
    ticket = desk.ticket(actor, number)
    verdict = verdict_of(desk, actor, ticket, trigger)
    if not_theirs(verdict.reasons):
        raise Refused(verdict.reasons, number=ticket.number, trigger=trigger, ticket=ticket)


def judged_version(trigger: str, version: int | None) -> int | None:
    """The version that must still be the ticket's when the act is done; None where only what it would write over throws it back."""
    return version if trigger in JUDGING else None


def verdict_of(desk: Desk, actor: Actor, ticket: Ticket, trigger: str) -> Verdict:
    """What stands against an act. Raises NotFound for one that the workflow does not have."""
    (found,) = desk.verdicts_of(actor, ticket, [desk.trigger(ticket, trigger)])
    return found


def not_theirs(reasons: Iterable[Reason]) -> bool:
    """Whether an act is not for whoever asks: something stands against it that nothing typed or handed in mends."""
    return any(reason.exit == NOT_YOURS and not reason.needs for reason in reasons)


# how -----------------------------------------------------------------------------------------------------------------


def _of_other_posts(reasons: Iterable[Reason]) -> bool:
    """Whether nobody of the reader's post does such an act, whoever else of them might do this one."""
    return any(reason.code == "not-yours" for reason in reasons)


def _chain(desk: Desk, ticket: Ticket) -> tuple[tuple[str, ...], ...]:
    """Who answers for a ticket: the leader that it names, or those in whose portfolio its lead is; the lead's heads; its contacts."""
    now, unit, rows = desk.clock.now(), ticket.lead, desk.database.rows
    named = [ticket.leader] if ticket.leader else [account for account, of in rows(queries.PORTFOLIOS) if unit and of == unit]
    people = [[row[0] for row in rows(queries.CONTACTS_OF_UNIT, unit=unit, role=role, now=now)] for role in (HEAD, CONTACT)] if unit else []
    return tuple(tuple(level) for level in (named, *people) if level)


def _timeline(events: Iterable[PinnedEvent]) -> tuple[TimelineEntry, ...]:
    """What happened to a ticket, in the order that is given."""
    return tuple(TimelineEntry(item.event, item.definition, item.before, item.hash.hex()) for item in events)


@lru_cache(maxsize=16)
def _choices(name: str, definitions: tuple[Definition, ...]) -> tuple[Choice, ...]:
    """Every state or grade that a ticket may have, each once, in the order of the workflows."""
    found: dict[str, Choice] = {}
    for definition in definitions:
        for code in definition.states if name == STATE else definition.grades:
            found.setdefault(code, Choice(code, definition))
    return tuple(found.values())


def _facets(name: str, values: Mapping[str, int], definitions: tuple[Definition, ...]) -> tuple[Facet, ...]:
    """The values of a list in one column, each named by a workflow that knows it."""
    known = {choice.code: choice.definition for choice in (_choices(name, definitions) if name in (STATE, GRADE) else ())}
    return tuple(Facet(code, count, known.get(code)) for code, count in values.items())
