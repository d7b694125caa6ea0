"""What waits for somebody today (今日待办) as JSON: sections of tickets, each with the command that is run next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, NotRequired, TypedDict
from zoneinfo import ZoneInfo

from engine.rules.acts.consent import Waiting
from engine.rules.batch import Batch, is_late
from engine.rules.definition.model import Text
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.round import Round
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import BLUE, GREEN, RED, light
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Calendar
from engine.views.ledger_proposal import Proposed, commands
from engine.views.moments import day_text, moment_text
from engine.words import say

CONSENT_ON_PAPER = "consent-on-paper"
"""What the office does next about what needs a leader's consent: it keeps what the leader signed, or waits."""

DESIGNATION = "designation"
"""How a ticket is assigned that units declined too often: to a unit that cannot decline it (指定承办)."""

VERIFY_ON_EVIDENCE, STILL_MISSING = "verify-on-evidence", "still-missing"
"""What is verified where nobody handed in evidence; and what comes before a submission, a part or the head's endorsement."""

VERIFY_BY_ANOTHER = "verify-by-another"
"""What waits to be verified by somebody else of the office: whoever asks gave the task, worked on it, or found it."""

DISSENT, LOOK, ADD_CONTACT = "dissent", "look", "add-contact"
"""What is run next that is no trigger: a leader says no; somebody looks at why rules fail; a unit gets somebody who may act."""

DECIDE, CLOSE = "decide-dispute", "close-round"
"""What is done next about a round of evaluation: look at what is objected to, or close it."""

CONSENT_TO, ASSIGN_FOUND, RATE, CLOSE_VISIT = "consent-to-visit", "assign-findings", "rate-recheck", "close-visit"
"""What is done next about a visit: a leader consents, what was found is assigned, what was drawn is rated, the visit is closed."""

SUGGEST = "suggest"
"""What is done next about a finding of a visit that has no unit: one is suggested, so that a leader can consent to it."""

DECIDE_REDO = "decide-redo"
"""What is done next about a complaint or review that is asked to be done again: a person decides."""

OTHER_ANSWERS = {
    "grant": "refuse", "endorse": "send-back", "verify": "reject", VERIFY_ON_EVIDENCE: "reject",
    VERIFY_BY_ANOTHER: "reject", "issue": "waive", "consent": DISSENT,
    ADD_CONTACT: "reassign",
}
"""How a question is answered otherwise than by the first of its two commands."""

COMMANDS = {
    "assign": "zg assign {number} --lead {lead}", "verify": "zg verify {number} --note {note}", "grant": "zg grant {number}",
    "issue": "zg issue {number} --by {by}", "urge": "zg urge {number} --by phone", "resume": "zg resume {number}",
    "accept": "zg accept {number}", "submit": "zg submit {number} --note {note}", "sign-off": "zg sign-off {number}",
    "report-back": "zg report-back {number} --note {note}", "consent": "zg consent {number} --about {about}", "show": "zg show {number}",
    DESIGNATION: "zg assign {number} --lead {lead} --designate --basis {basis}",
    CONSENT_ON_PAPER: "zg consent {number} --about {about} --by {by} --file {file}", "waive": "zg waive {number} --reason {reason}",
    DECIDE_REDO: "zg feedback decide {number} --reopen --reason {reason}",
    DECIDE: "zg evaluate show {number}", CLOSE: "zg evaluate close {number}",
    SUGGEST: "zg amend {number} --lead {lead} --reason {reason}", CONSENT_TO: "zg visit consent {number}",
    ASSIGN_FOUND: "zg assign --visit {number} --suggested",
    RATE: "zg visit recheck {number} {again} {rating}", CLOSE_VISIT: "zg visit close {number}",
    "reopen": "zg reopen {number} --as relapse --reason {reason}",
    "refuse": "zg refuse {number} --reason {reason}", "reject": "zg reject {number} --reason {reason}", "endorse": "zg endorse {number}",
    "send-back": "zg send-back {number} --reason {reason}", "progress": "zg progress {number} --note {note}",
    VERIFY_ON_EVIDENCE: "zg verify {number} --note {note} --file {file}", STILL_MISSING: "zg can {number} submit",
    VERIFY_BY_ANOTHER: "zg can {number} verify",
    DISSENT: "zg consent {number} --about {about} --refuse", LOOK: "zg log {number}",
    ADD_CONTACT: "zg user add {leader} --title {by} --unit {unit} --role contact",
    "reassign": "zg reassign {number} --lead {lead} --reason {reason}",
}
"""How a trigger is fired; any other by `zg do`. What is to be filled in stands in its place as `typed.` words, which are never taken as
facts."""

FILLED_IN = ("lead", "note", "by", "file", "reason", "basis", "leader", "rating")

PROGRAMS = "en"
"""The language in which programs read a command."""


class Line(NamedTuple):
    """A ticket that waits, until when, and the trigger that is fired next; where the answer may be another one, that one's. `unit`: whom
    it waits for, where that is who it hangs on; `about`: what of it waits for a leader; `proposed`: what a ledger says otherwise than it.
    """

    ticket: Ticket
    due_at: datetime | None
    trigger: str
    otherwise: str | None = None
    unit: str | None = None
    about: Waiting | None = None
    proposed: Proposed | None = None


class BatchLine(NamedTuple):
    """A batch that is not closed, and how many of its tickets wait to be assigned."""

    batch: Batch
    waiting: int


class RoundLine(NamedTuple):
    """A round of evaluation that waits for the office, and what is done next: `decide-dispute` or `close-round`."""

    round: Round
    act: str


class VisitLine(NamedTuple):
    """A visit that waits, what is done next, and for how many things; `again` is the next ticket to be rated."""

    visit: Visit
    act: str
    waiting: int = 0
    again: str = ""


class RedoLine(NamedTuple):
    """A complaint or review that is asked to be done again (重办申请), until when a person decides that."""

    feedback: Feedback


class Section(NamedTuple):
    """Tickets, batches, rounds, visits, or complaints and reviews that wait for the same: the first of them, and how many
    there are; `more`: at least so many.
    """

    name: str
    lines: Sequence[Line | BatchLine | RoundLine | VisitLine | RedoLine]
    total: int
    more: bool = False


class TodayPage(NamedTuple):
    """All that waits for somebody, as a page: the sections that have something, at a moment, by the calendar in force. `drafts`: how many
    the reader began; `acts`: by the id of a ticket what somebody of a unit may do to it now.
    """

    sections: Sequence[Section]
    now: datetime
    calendar: Calendar
    drafts: int = 0
    acts: Mapping[int, tuple[str, ...]] = {}


class LineView(TypedDict):
    """A ticket that waits, or a batch, which has no lead and no days of lateness. `otherwise`: the command of the other
    answer, where there are two.
    """

    number: str
    title: str
    lead: str | None
    due_on: str | None
    light: str
    late_days: int | None
    command: str
    otherwise: NotRequired[str]


class SectionView(TypedDict):
    """A section; `count` is of all its tickets, `more` where they were not counted to the end."""

    section: str
    count: int
    more: bool
    tickets: list[LineView]


TodayView = TypedDict("TodayView", {"as": str, "now": str | None, "sections": list[SectionView]})
"""All that waits for an account."""


def today_view(account: str, now: datetime, sections: Sequence[Section], calendar: Calendar) -> TodayView:
    return {"as": account, "now": moment_text(now), "sections": [section_view(section, now, calendar) for section in sections]}


def section_view(section: Section, now: datetime, calendar: Calendar) -> SectionView:
    return {
        "section": section.name, "count": section.total, "more": section.more,
        "tickets": [line_view(line, now, calendar) for line in section.lines],
    }


def batch_light(line: BatchLine, now: datetime) -> str:
    """The light of a batch: what is all assigned waits only to be closed."""
    return BLUE if not line.waiting else RED if is_late(line.batch, now) else GREEN


def line_view(line: Line | BatchLine | RoundLine | VisitLine | RedoLine, now: datetime, calendar: Calendar) -> LineView:
    if isinstance(line, RedoLine):
        asked = line.feedback
        late = asked.redo_due_at is not None and asked.redo_due_at < now
        return {
            "number": asked.number, "title": asked.item or asked.title, "lead": asked.unit,
            "due_on": day_text(asked.redo_due_at, ZoneInfo(calendar.zone)), "light": RED if late else GREEN, "late_days": None,
            "command": command_of(line, asked.number),
        }
    if isinstance(line, VisitLine):
        return {
            "number": line.visit.number, "title": line.visit.title, "lead": None, "due_on": None, "light": BLUE, "late_days": None,
            "command": command_of(line, line.visit.number),
        }
    if isinstance(line, RoundLine):
        return {
            "number": line.round.number, "title": line.round.title, "lead": None,
            "due_on": day_text(line.round.comments_end_at, ZoneInfo(calendar.zone)), "light": "blue", "late_days": None,
            "command": command_of(line, line.round.number),
        }
    if isinstance(line, BatchLine):
        batch = line.batch
        return {
            "number": batch.number, "title": batch.title, "lead": None,
            "due_on": day_text(batch.assign_due_at, ZoneInfo(calendar.zone)), "light": batch_light(line, now),
            "late_days": None, "command": command_of(line, batch.number),
        }
    ticket = line.ticket
    view: LineView = {
        "number": ticket.number, "title": ticket.title, "lead": ticket.lead, "due_on": day_text(line.due_at, ZoneInfo(calendar.zone)),
        "light": light(ticket, now), "late_days": lateness(ticket, now, calendar), "command": command_of(line, ticket.number),
    }
    if line.otherwise is not None:
        view["otherwise"] = otherwise_of(line, ticket.number)
    return view


def command_of(line: Line | BatchLine | RoundLine | VisitLine | RedoLine, number: str, language: str = PROGRAMS) -> str:
    """The command that does what the line waits for. A batch is closed once all of it is assigned; until then what waits is listed."""
    if isinstance(line, RedoLine):
        return COMMANDS[DECIDE_REDO].format(number=number, reason=say("typed.reason", language))
    if isinstance(line, RoundLine):
        return COMMANDS[line.act].format(number=number)
    if isinstance(line, VisitLine):
        return COMMANDS[line.act].format(number=number, again=line.again, rating=say("typed.rating", language))
    if isinstance(line, BatchLine):
        return f"zg list --state found --batch {number}" if line.waiting else f"zg batch close {number}"
    if line.proposed is not None:
        return commands(line.proposed, say("typed.reason", language))[0]
    if line.trigger != "assign":
        return _command(line.trigger, line, number, language)
    if line.ticket.lead is None:
        return _command(line.trigger, line, number, language)
    found = line.ticket.visit is not None and line.ticket.assigned_at is None
    return COMMANDS[ASSIGN_FOUND].format(number=line.ticket.visit) if found else f"zg assign {number}"


def otherwise_of(line: Line, number: str, language: str = PROGRAMS) -> str:
    """The command of the other answer; nothing where there is but one."""
    return _command(line.otherwise, line, number, language) if line.otherwise is not None else ""


FORMS = {VERIFY_ON_EVIDENCE: "verify", DESIGNATION: "assign", CONSENT_ON_PAPER: "consent", DISSENT: "consent"}
"""The trigger of what is run next, where that goes by a name of its own."""

NO_FORMS = frozenset({SUGGEST, STILL_MISSING, VERIFY_BY_ANOTHER, LOOK, ADD_CONTACT, "show"})
"""What is run next that is no act on the ticket: one looks at it first."""


def act_of(trigger: str | None) -> str | None:
    """The trigger whose form is opened next; None where the ticket is looked at first."""
    return None if trigger is None or trigger in NO_FORMS else FORMS.get(trigger, trigger)


def _command(trigger: str, line: Line, number: str, language: str) -> str:
    return COMMANDS.get(trigger, f"zg do {trigger} {{number}}").format(
        number=number, unit=line.unit, about=_typed(line.about, language) if line.about is not None else "",
        **{name: say(f"typed.{name}", language) for name in FILLED_IN},
    )


def about_title(waiting: Waiting, language: str) -> str:
    """What waits for a leader, as it is called."""
    code, *titles = waiting.names
    own = dict(zip(Text._fields, titles, strict=True)) if titles else {language: say(f"consent.{code}", language)}
    return own.get(language, code)


def _typed(waiting: Waiting, language: str) -> str:
    """What waits for a leader as it is typed: by its title, where that is one word of the language; for programs by its code."""
    title = about_title(waiting, language)
    return waiting.names[0] if language == PROGRAMS or " " in title else title
