"""What waits for an actor today (今日待办): for the office, for a unit, for a leader; for any other account nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from engine.desk.batch import waiting_batches
from engine.desk.finding import waiting_visits
from engine.desk.ledger_proposals import proposed_by_ledgers
from engine.desk.leftovers import left_to_people
from engine.desk.next_steps import (
    answer_by_office,
    assigned_by_office,
    lead,
    letter_due,
    next_by_office,
    office_due,
    promised,
    reply_by_office,
    report_due,
    turn_due,
)
from engine.desk.section_reader import SectionReader, Sought, Together, distinct
from engine.desk.tickets import Desk
from engine.desk.wanted import EVERY, OPEN, portfolio
from engine.errors import NotPermitted
from engine.record import journal, queries
from engine.record.aggregates import FEEDBACKS, ROUNDS
from engine.record.listing.counts import MOST_COUNTED
from engine.rules.access import HEAD, LEADER, SUPERVISOR, UNIT_ROLES, Actor, may_open, must
from engine.rules.acts import consent
from engine.rules.acts.guards.sign_off import asks_endorsement
from engine.rules.acts.requirement import EVIDENCE
from engine.rules.deadline import RUNS
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.views.today import (
    ADD_CONTACT,
    ASSIGN_FOUND,
    CLOSE,
    CLOSE_VISIT,
    CONSENT_TO,
    DECIDE,
    LOOK,
    RATE,
    STILL_MISSING,
    VERIFY_BY_ANOTHER,
    VERIFY_ON_EVIDENCE,
    BatchLine,
    RedoLine,
    RoundLine,
    Section,
    VisitLine,
)


def today(desk: Desk, actor: Actor) -> list[Section]:
    """The sections of the actor's role, empty ones too. Raises NotPermitted."""
    return _sections(SectionReader(desk, actor))


def one_section(desk: Desk, actor: Actor, name: str, shown: int) -> Section | None:
    """The section of today that goes by this name, with so many of its tickets named; None where the actor has none of that name."""
    reading = SectionReader(desk, actor, shown, only=name)
    return next((section for section in _sections(reading) if section.name == name), None)


def decisions_of_all(desk: Desk, actor: Actor, shown: int) -> Section:
    """What waits for any leader's word, for the office, which writes down what was decided on paper. Raises NotPermitted."""
    must(may_open, actor)
    return _decisions(SectionReader(desk, actor, shown), lambda ticket: True)


def visits_to_consent(desk: Desk, actor: Actor, shown: int) -> Section:
    """The visits that wait for any leader's consent, for the office. Raises NotPermitted."""
    must(may_open, actor)
    return _consents(SectionReader(desk, actor, shown))


def _sections(reading: SectionReader) -> list[Section]:
    return reading.read(_sought(reading))


def _sought(reading: SectionReader) -> Sequence[Section | Sought | Together]:
    actor = reading.actor
    if actor.role == SUPERVISOR:
        return _of_office(reading)
    if actor.role in UNIT_ROLES and actor.unit is not None:
        return _of_unit(reading, actor.unit)
    return _of_leader(reading) if actor.role == LEADER else []


def _of_office(reading: SectionReader) -> list[Section | Sought | Together]:
    assign, now = reading.states_of("assign"), reading.desk.clock.now()
    waiting = distinct(
        state.name for item in reading.definitions for state in item.states.values()
        if state.turn == "office" and not state.final and not state.rests and state.name not in assign
    )

    def told_by(find: Callable[[Definition, Ticket], str]) -> Callable[[Ticket], str]:
        def found(ticket: Ticket) -> str:
            definition = reading.definition(ticket)
            return find(definition, ticket) if definition is not None else LOOK

        return found

    def step(definition: Definition, ticket: Ticket) -> str:
        name = next_by_office(definition, ticket)
        found = reading.verdict(ticket, name)
        if found is None:
            return "show"
        if any(reason.exit == NotPermitted.exit for reason in found.reasons):
            return VERIFY_BY_ANOTHER if name == "verify" else "show"
        return VERIFY_ON_EVIDENCE if name == "verify" and EVIDENCE in found.needs else name

    def extension(ticket: Ticket) -> consent.Waiting | None:
        return reading.undecided(ticket, consent.EXTENSION)

    return [
        _batches(reading),
        reading.section("to-assign", told_by(assigned_by_office), turn_due, states=assign),
        reading.section("to-verify", told_by(step), turn_due, states=waiting),
        reading.section("requests", told_by(reply_by_office), office_due, switches=("asked",), about=extension),
        reading.section(
            "letters", told_by(answer_by_office), letter_due, states=reading.states_of("issue"), switches=("proposals",),
            about=reading.undecided,
        ),
        reading.section("overdue", "urge", promised, switches=("overdue",)),
        reading.section(
            "due-this-week", "urge", promised, filters={"due_from": now, "due_before": reading.week_end()}, switches=("running",),
        ),
        reading.section("objections", "show", promised, switches=("objected",)),
        reading.section("instructions", "show", report_due, switches=("instructed",), scope=EVERY),
        reading.section("relapses", "reopen", promised, switches=("relapsed",), scope=EVERY),
        _leftovers(reading),
        _proposed(reading),
        _redos(reading),
        *_rounds(reading),
        *_visits(reading),
        _stuck(reading),
    ]


def _batches(reading: SectionReader) -> Section:
    """The batches that are not closed yet: each is to be assigned as a whole by its date."""
    found, count = waiting_batches(reading.desk.database, reading.shown)
    return Section("batches", [BatchLine(batch, waiting) for batch, waiting in found], count)


def _redos(reading: SectionReader) -> Section:
    """Complaints and reviews of which whoever complained asks that it be done again (重办申请), the earliest due first."""
    rows = list(reading.desk.database.rows(queries.REDO_WAITING, limit=MOST_COUNTED))
    return Section("redos", [RedoLine(FEEDBACKS.read(row)) for row in rows[:reading.shown]], len(rows), len(rows) == MOST_COUNTED)


def _rounds(reading: SectionReader) -> list[Section]:
    """Rounds of evaluation in which somebody objects, and those whose time for comments is over and that nobody closed."""
    database, now = reading.desk.database, reading.desk.clock.now()
    disputed: list[int] = []
    ready: list[int] = []
    rows = database.rows(queries.OPEN_ROUNDS, now=now, limit=MOST_COUNTED)
    for stream, disputes, waits in rows:
        if any(each.get("accepted") is None for each in json.loads(disputes)):
            disputed.append(stream)
        elif waits:
            ready.append(stream)
    shown = [*disputed[:reading.shown], *ready[:reading.shown]]
    rounds = {each.id: each for each in map(ROUNDS.read, database.rows(queries.ROUNDS_NAMED, ids=shown))} if shown else {}
    return [
        Section(name, [RoundLine(rounds[each], act) for each in found[:reading.shown]], len(found), len(rows) == MOST_COUNTED)
        for name, act, found in (("disputes", DECIDE, disputed), ("rounds", CLOSE, ready))
    ]


def _leftovers(reading: SectionReader) -> Section:
    """What stood on results of rounds that were corrected or taken back since, and what nobody has judged yet."""
    found = list({item.ticket.id: item.ticket for item in left_to_people(reading.desk.database)}.values())
    return Section("leftovers", reading.lines(found[:reading.shown], "show", promised), len(found))


def _proposed(reading: SectionReader) -> Section:
    """What ledgers say otherwise than tickets, with the command that takes it over."""
    found = proposed_by_ledgers(reading.desk.database)
    lines = reading.lines([item.ticket for item in found[:reading.shown]], "show", promised)
    return Section("proposed", [line._replace(proposed=item.proposed) for line, item in zip(lines, found, strict=False)], len(found))


def _visits(reading: SectionReader) -> list[Section]:
    """Visits of which findings wait to be assigned as a leader consented, those that have not rated all they drew, and those of which
    nothing waits any more.
    """
    found = waiting_visits(reading.desk.database, MOST_COUNTED)
    assign = [VisitLine(item.visit, ASSIGN_FOUND, item.agreed) for item in found if item.agreed]
    rate = [VisitLine(item.visit, RATE, len(item.unrated), item.unrated[0]) for item in found if item.unrated]
    close = [VisitLine(item.visit, CLOSE_VISIT) for item in found if not item.waits]
    return [
        Section(name, lines[:reading.shown], len(lines), len(found) == MOST_COUNTED)
        for name, lines in (("findings", assign), ("rechecks", rate), ("visits", close))
    ]


def _consents(reading: SectionReader) -> Section:
    """Visits of which findings wait for a leader's consent."""
    visits = waiting_visits(reading.desk.database, MOST_COUNTED)
    found = [VisitLine(item.visit, CONSENT_TO, item.unagreed) for item in visits if item.unagreed]
    return Section("visits-to-consent", found[:reading.shown], len(found), len(visits) == MOST_COUNTED)


def _stuck(reading: SectionReader) -> Together:
    """What nothing moves by itself, as the doctor tells it: rules that fail, units of which nobody may act, suspensions that are over."""
    desk = reading.desk
    aside = [ticket for ticket, _ in _tickets_of_ids(desk, desk.database.rows(queries.IDS_SET_ASIDE, limit=MOST_COUNTED))]
    parts: list[Section | Sought] = [
        Section("stuck", reading.lines(aside[:reading.shown], LOOK, turn_due), len(aside), len(aside) == MOST_COUNTED),
    ]
    idle = [str(row[0]) for row in desk.database.rows(queries.IDLE_UNITS, now=desk.clock.now())]

    def part_of(ticket: Ticket) -> str | None:
        open_parts = (item.unit for item in ticket.deadlines.values() if item.unit in idle and item.state == RUNS)
        return next(open_parts, ticket.cooperators[0])

    if idle:
        parts += [
            reading.section("stuck", ADD_CONTACT, turn_due, filters={"lead": idle, "turn": ["lead"]}, unit=lead),
            reading.section("stuck", ADD_CONTACT, turn_due, filters={"cooperating": idle}, unit=part_of),
        ]
    return Together("stuck", [*parts, reading.section("stuck", "resume", office_due, switches=("pause-over",))])


def _tickets_of_ids(desk: Desk, ids: Iterable[Sequence[int]]) -> list[tuple[Ticket, bytes]]:
    named = [row[0] for row in ids]
    return journal.read_tickets(desk.database, named) if named else []


def _of_unit(reading: SectionReader, unit: str) -> list[Section | Sought]:
    own: dict[str, object] = {"lead": [unit]}
    submit, end = reading.states_of("submit"), reading.week_end()

    def part_due(ticket: Ticket) -> datetime | None:
        return next((item.due_at for item in ticket.deadlines.values() if item.unit == unit and item.state == RUNS), None)

    def submitted(ticket: Ticket) -> str:
        """Where a part is not signed off or the head has not endorsed, what is still missing is shown."""
        found = reading.verdict(ticket, "submit")
        return "submit" if found is not None and found.possible else STILL_MISSING

    def unendorsed(ticket: Ticket) -> bool:
        definition = reading.definition(ticket)
        return definition is not None and asks_endorsement(definition, ticket)

    signs = reading.actor.role == HEAD
    to_endorse = [
        reading.chosen("to-endorse", "endorse", promised, unendorsed, states=reading.states_of("endorse"), filters=own, scope=OPEN),
    ] if signs else []

    def to_submit(name: str, switches: tuple[str, ...], **filters: object) -> Section | Sought:
        """What is to be submitted; of a head what does not wait for the own signature, which stands in a section of its own."""
        if signs:
            return reading.chosen(
                name, submitted, promised, lambda ticket: not unendorsed(ticket), states=submit, filters=own | filters, switches=switches,
                scope=OPEN,
            )
        return reading.section(name, submitted, promised, states=submit, filters=own | filters, switches=switches)

    return [
        *to_endorse,
        reading.section("to-accept", "accept", turn_due, states=reading.states_of("accept"), filters=own),
        reading.section("to-revise", "progress", promised, filters=own, switches=("to-revise",)),
        to_submit("rejected", ("sent-back", "as-drafted")),
        to_submit("due", ("first-time", "as-drafted"), due_before=end),
        to_submit("to-submit", ("first-time", "as-drafted"), due_later=end),
        reading.section("parts", "sign-off", part_due, filters={"cooperating": [unit]}),
        reading.section("instructions", "report-back", report_due, filters=own, switches=("instructed",), scope=EVERY),
    ]


def _of_leader(reading: SectionReader) -> list[Section]:
    desk, name = reading.desk, reading.actor.stands_for or reading.actor.name
    units = set(portfolio(desk, reading.actor))

    def mine(ticket: Ticket) -> bool:
        declined = {item.unit for item in ticket.denials} if ticket.lead is None else set()
        return ticket.leader == name or ticket.lead in units or not declined.isdisjoint(units) or not units

    def instructed(ticket: Ticket) -> bool:
        return any(item.by == name and item.reported_at is None for item in ticket.instructions)

    return [
        _decisions(reading, mine),
        _consents(reading),
        reading.chosen("instructions", "show", report_due, instructed, switches=("instructed",)),
    ]


def _decisions(reading: SectionReader, mine: Callable[[Ticket], bool]) -> Section:
    """What waits for a leader's word: letters that are proposed, second extensions, rulings on declines."""
    def undecided(ticket: Ticket) -> bool:
        definition = reading.definition(ticket)
        triggers = definition.triggers.values() if definition is not None else ()
        consents = any("consent" in item.effects and ticket.state in item.sources for item in triggers)
        return consents and mine(ticket) and reading.undecided(ticket) is not None

    about = reading.undecided
    letters = reading.chosen("decisions", "consent", letter_due, undecided, switches=("proposals",), about=about)
    asked = reading.chosen("decisions", "consent", office_due, undecided, switches=("asked-again",), about=about)
    disputed = reading.chosen(
        "decisions", "consent", turn_due, undecided, switches=("declined",), states=reading.states_with("designate"), about=about)
    return reading.merged("decisions", (letters, asked, disputed))
