"""How a ticket begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import Actor, may_open_as
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import effects_of, fields_of_state
from engine.rules.acts.given import names_given
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import LEAD, OFFICE
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.situation import Situation
from engine.rules.ticket import TICKET, Fields, evolve
from engine.rules.ticket_facts import Evidence
from engine.rules.timing import clocks, parts
from engine.rules.wording import LONGEST, LONGEST_FACT, title_problem, word_problem
from engine.rules.worktime import Calendar, WhenError

SOURCES = (
    "evaluation", "visit", "review", "complaint", "monitor", "instruction", "superior", "meeting", "inspection", "media", "self",
)
"""Where a problem comes from (DESIGN §8)."""

LONGEST_KEY = 100

SECRETS = ("complainant", "phone", "clue")
"""Confidential words (DESIGN §3): for the supervision office only, never in exports, letters or notices."""


_UNBORN = TICKET.make({name: TICKET.first.get(name) for name in TICKET.names})
"""A ticket of which no event tells anything yet."""


ORIGINAL, COPY = "original", "copy"
"""What the file of a finding is: as it was handed in, for the office alone, or the marked copy that its unit is given."""


@dataclass(frozen=True, slots=True)
class Onsite:
    """What a visit adds to what it found: who took part, and where it was seen (None: nobody said)."""

    visit: str
    team: tuple[str, ...]
    place: str | None

    def facts(self) -> JsonObject:
        """What the first event says of it."""
        return {"visit": self.visit, "team": list(self.team)}


@dataclass(frozen=True, slots=True)
class Attached:
    """The files that come with a new ticket. `names` are words, by the word of each file; `photos` say of each photo what its camera
    wrote, and which copy was made of it.
    """

    evidence: tuple[Evidence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    photos: JsonObject = field(default_factory=dict)

    def facts(self) -> JsonObject:
        """What the first event says of them."""
        facts: JsonObject = {"evidence": [item.to_json() for item in self.evidence]} if self.evidence else {}
        return facts | ({"photos": self.photos} if self.photos else {})


NO_FILES = Attached()


class Opening(NamedTuple):
    """A finding that becomes a ticket. Units are codes; `due` is an aware moment set by a person; `key` the sender's own id;
    `officer` the account of the office that handles it, where that is not who opens it. `assign_by` is when all of its batch is to be
    assigned. `limit` is an amount of time that is allowed from 交办, where no date is set, `outer` the superior's own date (上级时限).
    `repeats` are the full numbers of earlier findings that this one repeats (反复); `waiver` is why it is opened although one that its
    sender named is not found.
    """

    title: str
    source: str
    detail: str | None = None
    measure: str | None = None
    grade: str | None = None
    lead: str | None = None
    cooperators: tuple[str, ...] = ()
    leader: str | None = None
    officer: str | None = None
    due: datetime | None = None
    key: str | None = None
    happened_at: datetime | None = None
    complainant: str | None = None
    phone: str | None = None
    clue: str | None = None
    batch: str | None = None
    problem_key: str | None = None
    round: str | None = None
    assign_by: datetime | None = None
    onsite: Onsite | None = None
    attached: Attached = NO_FILES
    limit: str | None = None
    outer: datetime | None = None
    repeats: tuple[str, ...] = ()
    waiver: str | None = None

    def secret(self) -> dict[str, str]:
        """What only the supervision office reads: who complained, and where a clue comes from."""
        return {name: value for name in SECRETS if (value := getattr(self, name))}

    def words(self) -> dict[str, str]:
        place = {"place": self.onsite.place} if self.onsite is not None and self.onsite.place is not None else {}
        waiver = {"waiver": self.waiver} if self.waiver else {}
        return {"title": self.title, **({"detail": self.detail} if self.detail else {}), **waiver, **place, **self.attached.names}


def opening_problems(definition: Definition, opening: Opening, actor: Actor, now: datetime) -> tuple[Reason, ...]:
    """Everything that stands against opening the ticket."""
    found: list[Reason | None] = [
        None if may_open_as(actor, opening.source, opening.key) else Reason("may-not-open", {"actor": actor.name}, 4),
        title_problem(opening.title),
        word_problem("detail", opening.detail, LONGEST) if opening.detail is not None else None,
    ]
    if not opening.source.strip():
        found.append(Reason("source-missing", {"possible_sources": list(SOURCES)}, needs=("source",)))
    elif opening.source not in SOURCES:
        found.append(Reason("source-unknown", {"source": opening.source, "possible_sources": list(SOURCES)}))
    if opening.grade is not None and opening.grade not in definition.grades:
        found.append(Reason("grade-unknown", {"grade": opening.grade, "known": list(definition.grades)}))
    if opening.grade is None and definition.default_grade is None and definition.grades:
        found.append(Reason("grade-missing", {"known": list(definition.grades)}))
    if opening.lead is None and definition.states[definition.initial].turn == LEAD:
        found.append(Reason("lead-missing", needs=("lead",)))
    if opening.lead is not None and opening.lead in opening.cooperators:
        found.append(Reason("lead-is-cooperator", {"unit": opening.lead}))
    if opening.due is not None and opening.due <= now:
        found.append(Reason("date-past", {"date": opening.due}))
    if opening.limit is not None:
        found.append(_limit_problem(opening.limit))
    if opening.outer is not None and not clocks.keeps(definition, clocks.OUTER):
        found.append(Reason("no-outer-clock", {"workflow": definition.name}))
    if opening.onsite is not None:
        if opening.onsite.place is not None:
            found.append(word_problem("place", opening.onsite.place, LONGEST_FACT, one_line=True))
        if not definition.states[definition.initial].hidden:
            found.append(Reason("finding-seen-at-once", {"workflow": definition.name}))
    if opening.waiver is not None:
        found.append(word_problem("waiver", opening.waiver, LONGEST))
    if opening.key is not None:
        found.append(word_problem("key", opening.key, LONGEST_KEY, one_line=True))
    found += [word_problem(name, value, LONGEST) for name in SECRETS if (value := getattr(opening, name)) is not None]
    return tuple(reason for reason in found if reason)


def _limit_problem(limit: str) -> Reason | None:
    """Why an amount of time cannot be promised: it is none, or longer than a calendar reaches."""
    try:
        clocks.amount_of(limit)
    except WhenError:
        return Reason("limit-unreadable", {"limit": limit})
    return None


def open_ticket(
    definition: Definition, opening: Opening, actor: Actor, now: datetime, calendar: Calendar, *, ticket: int, number: str,
    office: str, salt: str, secret_salt: str = "", parent: int | None = None,
) -> Event | Refusal:
    """The first event of a ticket, or every reason against it. `ticket` and `number` come from the record's counters.

    Secrets have a digest and a salt of their own, so that the other words can be checked by whoever is given them.
    """
    refuse_unknown_rules(definition)
    reasons = opening_problems(definition, opening, actor, now)
    if reasons:
        return Refusal(reasons)
    words, secret = opening.words(), opening.secret() or None
    data = facts_of_opening(definition, opening, actor, number=number, office=office, parent=parent)
    data |= {"words": digest_words(words, salt), "given": names_given(words)}
    if secret:
        data["secret"] = digest_words(secret, secret_salt)
    bare = Event(
        ticket=ticket, seq=1, at=now, actor=actor.name, role=actor.role, unit=actor.unit, via=actor.via, kind="opened",
        from_state=None, to_state=definition.initial, data=data, words=words, salt=salt,
        secret=secret, secret_salt=secret_salt if secret else None,
    )
    data["effects"] = _first_effects(Situation(definition, evolve(None, bare), actor, now, calendar), opening)
    return bare


def facts_of_opening(
    definition: Definition, opening: Opening, actor: Actor, *, number: str, office: str, parent: int | None = None,
) -> JsonObject:
    """What the first event of a ticket says beside what was typed and what follows from it."""
    data: JsonObject = {
        "number": number, "office": office, "workflow": definition.name, "definition": definition.hash, "source": opening.source,
        "effects": {},
    }
    data |= _stated(
        parent=parent, source_ref=opening.key, measure=opening.measure, grade=opening.grade or definition.default_grade,
        lead=opening.lead, leader=opening.leader, batch=opening.batch, officer=opening.officer, problem_key=opening.problem_key,
        round=opening.round, limit=opening.limit, **{"for": actor.stands_for},
    )
    if opening.cooperators:
        data["with"] = list(dict.fromkeys(opening.cooperators))
    if opening.repeats:
        data["repeats"] = list(opening.repeats)
    if opening.due is not None:
        data["due"] = stamp(opening.due)
    if opening.outer is not None:
        data["outer"] = stamp(opening.outer)
    if opening.happened_at is not None:
        data["happened_at"] = stamp(opening.happened_at)
    return data | (opening.onsite.facts() if opening.onsite is not None else {}) | opening.attached.facts()


def _first_effects(at: Situation, opening: Opening) -> JsonObject:
    """The clocks of the first state begin; a date already set waits as a plan unless the promise begins here, and the office's own clock
    has the date of the batch. A ticket that its unit sees and has to act upon from the beginning is assigned by its opening.
    """
    definition, ticket, due = at.definition, at.ticket, opening.due
    first = definition.states[definition.initial]
    begins_here = definition.promise is not None and definition.promise.name in first.clocks
    at = at._replace(calendar=at.calendar.of(ticket.lead))
    deadlines = clocks.enter_state(
        at, None, definition.initial, fixed_at=due if begins_here else None, office_by=opening.assign_by,
    )
    if due is not None and not begins_here:
        deadlines |= clocks.planned(at, due)
    if opening.outer is not None:
        deadlines |= clocks.begin_attribute_clocks(at, clocks.OUTER, fixed_at=opening.outer)
    deadlines |= parts.follow(at, ticket._replace(deadlines=deadlines))
    return effects_of(at, _assigned(at), definition.initial, deadlines)


def undated_effects(definition: Definition, actor: Actor, now: datetime, calendar: Calendar) -> JsonObject:
    """What follows from an opening but for the deadlines that begin and the first alarm: whoever judges it need not count their dates."""
    at = Situation(definition, _UNBORN, actor, now, calendar)
    return TICKET.effects_of(fields_of_state(at, _assigned(at), definition.initial, {}))


def _assigned(at: Situation) -> Fields:
    """What the opening says of the assignment, where it is one."""
    first = at.definition.states[at.definition.initial]
    return {} if first.hidden or first.turn == OFFICE else {"assigned_at": at.now, "assigned_by": at.actor.signature}


def _stated(**values: Json) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None}
