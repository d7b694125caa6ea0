"""What pages and answers say: texts by code, values as people read them, addresses. In one language, over one open record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from engine.errors import Problem as FileProblem
from engine.errors import Reason, ZgError
from engine.office.ledger.questions import GRADE, PLACES
from engine.office.ledger.ticket_row import Speech as Columns
from engine.office.ledger.ticket_row import cell_texts, ticket_row
from engine.rules.acts.consent import Waiting
from engine.rules.acts.proposals import in_height, named, names
from engine.rules.definition import Definition
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Proposal
from engine.rules.timing.clocks import light
from engine.rules.worktime import Calendar
from engine.views.imports import QuestionView
from engine.views.ledger import LedgerRow
from engine.views.names import Naming
from engine.views.queue import OfUnit
from engine.views.today import about_title, act_of
from engine.web.assets import path_of
from engine.web.context import Context
from engine.web.problem import COMMAND, Problem, fault_line, problem_of
from engine.web.query import Texts
from engine.words import has, plain
from engine.words.light import SIGNS, light_words
from engine.words.phrase import Phrase
from engine.words.undelivered import failure_text
from engine.words.vocabulary import answer_name, choice_group


@lru_cache(maxsize=4_096)
def _fixed(code: str, language: str) -> Markup | None:
    """The text of a code that has no place for a value, escaped once for all the pages that say it."""
    text = plain(code, language)
    return escape(text) if text is not None else None


class Speech:
    """How one answer speaks."""

    def __init__(self, context: Context) -> None:
        self.language = context.language
        self._asked, self._settings, self._record = context.asked, context.settings, context.record
        self._phrases: dict[str, Phrase] = {}
        self._units: dict[str | None, str] = {}
        self._states: dict[tuple[str, str], str] = {}

    def t(self, code: str, /, **values: Any) -> str:
        """The text of a code, as a page says it: what is put together of several must not be escaped yet, so phrases say it."""
        return _fixed(code, self.language) or self._plain.say(code, **values)

    def phrase(self, definition: Definition | None = None, at: datetime | None = None) -> Phrase:
        """How values are put, by the names of now or of a moment."""
        zone = self.zone
        when = at or self._record.desk.clock.now()
        return Phrase(
            self.language, self._settings.labels, definition,
            (lambda code: self.names.unit_on(code, at.astimezone(zone).date())) if at is not None else self.names.unit, zone,
            lambda account: self.names.person(account, when, zone, self.language), None,
        )

    def form_phrase(self, definition: Definition | None, act: str | None) -> Phrase:
        """How values are put beside the form of an act."""
        return replace(self._of(definition), act=act)

    def of(self, error: ZgError) -> Phrase:
        """How an error is put: by the workflow of its ticket, where it has one."""
        return self.phrase(self._definition_of(error))

    def form_of(self, error: ZgError, template: str) -> Phrase:
        """How an error is put to whoever filled in the form of a template: fields are called as there, `input.rounds-new.title`."""
        return self.form_phrase(self._definition_of(error), error.values.get("trigger") or template.replace("/", "-"))

    # values ----------------------------------------------------------------------------------------------------------

    def label(self, group: str, name: str | None) -> str:
        return self._plain.label(group, name) if name else ""

    def unit(self, code: str | None) -> str:
        """What a unit is called: asked once for all the lines of a page, as is a state."""
        found = self._units.get(code)
        if found is None:
            found = self._units[code] = self._plain.unit(code)
        return found

    def units(self, codes: Iterable[str]) -> str:
        return self._plain.several(self.unit(code) for code in codes)

    def person(self, account: str | None) -> str:
        return self._plain.person(account)

    def people(self, accounts: Iterable[str]) -> str:
        return self._plain.several(map(self.person, accounts))

    def amount(self, text: str | None) -> str:
        """An amount of time, where there is one."""
        return self._plain.amount(text) if text else ""

    def demand(self, text: str) -> str:
        """What a target asks for."""
        return self._plain.demand(text)

    def several(self, items: Iterable[object]) -> str:
        return self._plain.several(items)

    def moment(self, at: datetime | str | None) -> str:
        return self._plain.moment(moment(at) if isinstance(at, str) else at)

    def day(self, at: datetime | None) -> str:
        return self._plain.day(at)

    def state(self, definition: Definition | None, name: str) -> str:
        key = (definition.hash if definition is not None else "", name)
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = self._of(definition).state(name)
        return found

    def states(self, definition: Definition, names: Iterable[str]) -> str:
        return self.several(self.state(definition, name) for name in names)

    def grade(self, definition: Definition | None, name: str | None) -> str:
        return self._of(definition).grade(name)

    def trigger(self, definition: Definition | None, name: str) -> str:
        return self._of(definition).trigger(name)

    def workflow(self, definition: Definition) -> str:
        """What a workflow is called."""
        return definition.title.in_language(self.language)

    def act(self, ticket: Ticket, name: str) -> str:
        """What an act on a ticket is called."""
        return self.trigger(self._record.desk.definition(ticket), name)

    def next_act(self, name: str | None) -> str | None:
        """The trigger whose form is opened next; None where one looks at the ticket first."""
        return act_of(name)

    def proposed(self, definition: Definition, field: str, text: str | None) -> str:
        """The value of a field that a ledger says otherwise: of a unit and of a state what it is called."""
        if text is None:
            return "—"
        return self.unit(text) if field == "lead" else self.state(definition, text) if field == "state" else text

    def about(self, waiting: Waiting) -> str:
        """What of a ticket waits for a leader."""
        return self.t("page.queues.about", what=self.asked(waiting))

    def asked(self, waiting: Waiting) -> str:
        """What waits for a leader, as it is called."""
        return about_title(waiting, self.language)

    def letter(self, ticket: Ticket) -> str:
        """The highest letter that waits to be issued, as it is called; "" where none does."""
        definition = self._record.desk.definition(ticket)
        found = named(definition, ticket, None)
        return self.asked(Waiting(names(definition, found), "")) if found is not None else ""

    def letters(self, definition: Definition, ticket: Ticket) -> list[tuple[str, str]]:
        """The letters that wait on a ticket, the highest first: each by its rung, with what the rung and the letter are called."""
        return [(item.rung, self._one_letter(definition, item)) for item in in_height(ticket)]

    def _one_letter(self, definition: Definition, proposal: Proposal) -> str:
        rung, code = self.asked(Waiting(names(definition, proposal), "")), f"letter.{proposal.kind}"
        letter = self.t(code) if has(code, self.language) else rung
        return rung if rung == letter else self.t("page.tickets.rung-letter", rung=rung, letter=letter)

    def field(self, definition: Definition, name: str, trigger: str) -> str:
        return self._of(definition).field(name, trigger)

    def choice(self, group: str, code: str) -> str:
        return self._plain.label(group, code)

    def group_of(self, name: str) -> str:
        """Where the names of what may be chosen for an input stand."""
        return choice_group(name)

    def reason(self, definition: Definition | None, reason: Reason, act: str | None = None) -> str:
        """Why an act is refused."""
        return self.form_phrase(definition, act).reason(reason)

    def trouble(self, definition: Definition | None, error: ZgError) -> Problem:
        """What stands against an act, in words."""
        return problem_of(error, self.form_phrase(definition, error.values.get("trigger")))

    def problem(self, problem: FileProblem) -> str:
        """What is wrong with a file."""
        return fault_line(problem, self.language)

    def failure(self, code: str | None) -> str:
        """Why a message did not arrive."""
        return failure_text(self._plain, code)

    def typed_at_terminal(self, text: str) -> bool:
        """Whether a text says what to type at a terminal: no help to whoever reads a page."""
        return COMMAND.search(text) is not None

    def cells(self, row: LedgerRow, names: Collection[str], now: datetime) -> list[str]:
        """The columns of these names of a ticket, in their order, as a ledger has them that goes out."""
        speech, calendar = Columns(self.language, self.phrase, self.names), self._record.desk.rules.calendar()
        return cell_texts(ticket_row(row.ticket, row.definition, self._of(row.definition), speech, calendar, now, names))

    def light_of(self, ticket: Ticket, now: datetime) -> str:
        """The code of a light: red, yellow, green, blue, grey."""
        return light(ticket, now)

    def light(self, ticket: Ticket, now: datetime, calendar: Calendar, form: str = "days") -> str:
        return light_words(ticket, now, calendar, self.language, form)

    def sign(self, name: str) -> str:
        """The shape of a light: colour alone tells nothing to many people."""
        return SIGNS[name]

    def fields(self, field: str, group: str) -> str:
        """What a column of a foreign sheet is: a field of a ledger (`ledger-field`) or of results (`result-field`)."""
        return self.several(self._plain.say(f"{group}.{each}") for each in field.split("+"))

    def begun(self, form: Texts, begin: str) -> list[str]:
        """The rests of the names of a form that begin so, as `answer.` and the key of a question."""
        return [name.removeprefix(begin) for name in form.names() if name.startswith(begin)]

    def written(self, question: QuestionView) -> bool:
        """Whether the answer to a question of an import may be written: a day, a unit, a source, a year."""
        return not PLACES.isdisjoint(question["choices"])

    def answer(self, question: QuestionView, code: str, definition: Definition) -> str:
        """What an answer to a question of an import is called; of a column, its head."""
        grades = definition.grades if question["code"] == GRADE else {}
        return self.grade(definition, code) if code in grades else answer_name(question["code"], code, self.language) or code

    def size(self, size: int) -> str:
        """The size of a file."""
        kilobytes = max(1, round(size / 1024))
        return f"{kilobytes} kB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"

    def urging(self, urging: OfUnit, now: datetime, calendar: Calendar) -> str:
        """What is sent to a unit's work group to remind it (催办): plain text, one line a ticket."""
        heads = [self.t("page.queues.urge-head", unit=self.unit(urging.unit), count=len(urging.tickets))]
        heads += [
            self.t(
                "page.queues.urge-line", place=place, number=ticket.number, title=ticket.title, due=self.day(ticket.promised_at),
                light=self.light(ticket, now, calendar),
            ) for place, ticket in enumerate(urging.tickets, 1)
        ]
        return "\n".join((*heads, self._plain.say("page.queues.urge-foot")))

    # addresses -------------------------------------------------------------------------------------------------------

    def url(self, path: str) -> str:
        """A path of ours, below the one under which a portal serves us."""
        return f"{self._asked.root}{path}"

    def asset(self, name: str) -> str:
        return self.url(path_of(name))

    def has(self, code: str) -> bool:
        return has(code, self.language)

    # how -------------------------------------------------------------------------------------------------------------

    def _definition_of(self, error: ZgError) -> Definition | None:
        ticket = error.values.get("ticket")
        return self._record.desk.definition(ticket) if isinstance(ticket, Ticket) else None

    def _of(self, definition: Definition | None) -> Phrase:
        """How values of a workflow are put, made once for all the lines of a page."""
        key = definition.hash if definition is not None else ""
        if key not in self._phrases:
            self._phrases[key] = self.phrase(definition)
        return self._phrases[key]

    @property
    def zone(self) -> ZoneInfo:
        """The office's zone."""
        return self._record.desk.rules.zone()

    @cached_property
    def names(self) -> Naming:
        return Naming(self._record.database)

    @property
    def _plain(self) -> Phrase:
        return self._of(None)
