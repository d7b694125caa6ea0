"""What people type, as the rules take it: units by code, moments in UTC, measures, accounts, flags, words beside the facts.

What deserves a warning is returned with what was understood; times are read by `times`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, cast

from engine.desk.batch import batch_number, existing_batch
from engine.desk.filing import HandedIn, inspect
from engine.desk.finding import visit_number
from engine.desk.plan import read_plan
from engine.desk.times import Times
from engine.desk.typed_accounts import TypedAccounts
from engine.desk.understood import Understood, must_be_filled_in
from engine.errors import NotFound, NotPossible, Reason, UnitEnded, UsageError, VisitNotFound
from engine.record import journal, queries
from engine.record.aggregates import VISITS
from engine.record.directory import find_unit, unit_names
from engine.rules.access import Actor, may_read_batches, may_read_visits, must
from engine.rules.acts.command import Command
from engine.rules.acts.consent import DESIGNATION, EXTENSION
from engine.rules.acts.extension import extended_date
from engine.rules.acts.guards.closing import DUPLICATE
from engine.rules.acts.repeats import in_order
from engine.rules.definition import Definition, Trigger
from engine.rules.plan import Measure
from engine.rules.situation import Given
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import separated
from engine.rules.worktime import Side
from engine.words.vocabulary import choice_group, code_of, folded, short_names

if TYPE_CHECKING:
    from engine.record.unit_list import StoredUnit
    from engine.rules.acts.late_entry import Paper
    from engine.rules.unit_names import UnitNames

YES = frozenset({"true", "yes", "y", "1", "on", "是"})
NO = frozenset({"false", "no", "n", "0", "off", "否"})

_KINDS_BY_NAME = {"reason": "words", "note": "words"}

_NAMED = {"about": (EXTENSION, DESIGNATION)}
"""What may be typed by name for an input that is no choice: what a leader is asked beside letters, which go by their rungs."""

MICROSECOND = timedelta(microseconds=1)
"""The shortest time by which something can be before something else."""

@dataclass(frozen=True, slots=True)
class Intake(Times):
    """Reads what an actor typed, against the record and the calendar in force."""

    actor: Actor
    _names: dict[bool, UnitNames[StoredUnit]] = field(default_factory=dict, init=False, repr=False, compare=False)

    # acts ------------------------------------------------------------------------------------------------------------

    def command(
        self, name: str, trigger: Trigger | None, typed: Mapping[str, object], ticket: Ticket | None,
    ) -> Understood[Command]:
        """The command for a trigger. What the trigger does not take is passed on as it is: the rules refuse it with a reason. Where the
        trigger extends a limit of the ticket, an amount of time counts from its date.

        Raises UsageError (a time or flag that cannot be read, a place that was not filled in, an original of what is no duplicate),
        UnitNotFound, AccountNotFound, TicketNotFound.
        """
        facts: dict[str, Given] = {}
        words: dict[str, str] = {}
        warnings: list[Reason] = []
        since = extended_date(trigger, ticket) if ticket is not None else None
        for key, value in typed.items():
            if value is None or value == () or value is False:
                continue
            must_be_filled_in(key, value)
            item = trigger.takes(key) if trigger else None
            kind = item.kind if item else _KINDS_BY_NAME.get(key, "text")
            if kind == "words":
                words[key] = str(value)
            else:
                facts[key], more = self._fact(kind, key, value, since, item.choices if item else ())
                warnings += more
        if "of" in facts and trigger is not None:
            _of_a_duplicate(facts, trigger)
        return Understood(Command(name, facts, words), tuple(warnings))

    def files(self, paths: Sequence[str]) -> list[HandedIn]:
        """The files that are handed in with an act, looked at and not yet kept. Raises BadEvidence."""
        return [inspect(Path(path)) for path in paths]

    def paper(self, on: str | None, basis: str | None, unit: str | None) -> Understood[Paper | None]:
        """The paper that an act is entered from; None where none was named. A day is before its close: what came on the last day came in
        time. Raises UsageError, UnitNotFound.
        """
        if on is None:
            if basis is not None or unit is not None:
                raise UsageError(reason="usage-paper")
            return Understood(None)
        must_be_filled_in("basis", basis)
        from engine.rules.acts.late_entry import Paper  # few acts are entered from paper

        found, now = self._named(on, Side.PAST), self.desk.clock.now()
        at = found.value.at
        if found.value.whole_day:
            today = self.desk.rules.calendar().local_day
            at = now if today(at) == today(now) and now < at else at - MICROSECOND
        return Understood(Paper(at, basis, self.unit(unit) if unit is not None else None), found.warnings)

    def flag(self, key: str, value: object) -> bool:
        """Yes or no in the words people use. Raises UsageError."""
        if isinstance(value, bool):
            return value
        plain = str(value).strip().casefold()
        if plain not in YES | NO:
            raise UsageError(reason="usage-flag", text=key, value=value)
        return plain in YES

    @property
    def accounts(self) -> TypedAccounts:
        """Who reads the names of accounts."""
        return TypedAccounts(self.desk, self.actor)

    # people and units ------------------------------------------------------------------------------------------------

    def names(self, *, ended: bool = False) -> UnitNames[StoredUnit]:
        """The units by their names, read once: an assignment may name hundreds."""
        if ended not in self._names:
            self._names[ended] = unit_names(self.desk.database, ended=ended)
        return self._names[ended]

    def unit(self, text: str) -> str:
        """The code of the unit people mean. Raises UnitNotFound, UnitEnded, and NotPossible for a group: work belongs to one unit."""
        found = find_unit(self.desk.database, text, self.names())
        if found.is_group:
            raise NotPossible(reason="unit-is-group", name=found.name)
        return found.code

    def units(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The codes of several units, each once, in their order; a text may name several. Raises as `unit` does."""
        return tuple(dict.fromkeys(self.unit(part) for text in texts for part in self.listed(text)))

    def members(self, text: str) -> tuple[str, ...]:
        """The codes of the units that a text names, of a group each of its members in force. Raises UnitNotFound, UnitEnded."""
        known = unit_names(self.desk.database)
        found: dict[str, None] = {}
        for part in self.listed(text):
            unit = find_unit(self.desk.database, part)
            found |= dict.fromkeys(code for code in unit.members if known.find(code)) if unit.is_group else {unit.code: None}
        return tuple(found)

    def unit_or_group(self, text: str) -> str:
        """The code of what people mean, for looking only; it may have ended. Raises UnitNotFound."""
        try:
            return find_unit(self.desk.database, text, self.names()).code
        except UnitEnded:
            former = self.names(ended=True).find(text)
            if former is None:
                raise
            return former.code

    def units_or_groups(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The codes of several units or groups, for looking only; a text may name several. Raises UnitNotFound."""
        return tuple(dict.fromkeys(self.unit_or_group(part) for text in texts for part in self.listed(text)))

    def earlier(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The full numbers of earlier findings, the earliest first. Raises TicketNotFound."""
        return in_order(self.desk.ticket(self.actor, part).number for text in texts for part in self.listed(text))

    def batch(self, text: str) -> str:
        """The number of the batch people mean. Raises NotPermitted, BatchNotFound."""
        must(may_read_batches, self.actor)
        return batch_number(self.desk, text)

    def batch_or_first(self, text: str) -> str:
        """The number of the batch people mean, or that of the ticket with which several for one problem begin. Raises NotPermitted,
        BatchNotFound, TicketNotFound.
        """
        must(may_read_batches, self.actor)
        return existing_batch(self.desk, self.actor, text)

    def visit(self, text: str) -> str:
        """The number of the visit people mean, which is there. Raises NotPermitted, VisitNotFound."""
        must(may_read_visits, self.actor)
        number = visit_number(self.desk, text)
        if journal.read_thing(self.desk.database, VISITS, number) is None:
            raise VisitNotFound(visit=text)
        return number

    # the plan and the workflow ---------------------------------------------------------------------------------------

    def measure(self, number: str) -> Measure:
        """The measure of the plan. Raises NotFound with the nearest ones, and NotPossible where there is no plan."""
        measures = {measure.no: measure for measure in read_plan(self.desk, self.actor).measures}
        found = measures.get(folded(number))
        if found is None:
            near = get_close_matches(number, list(measures), 3, 0.4)
            raise NotFound(reason="measure-not-found", name=number, nearest=near or list(measures)[:3])
        return found

    def suggested_leads(self, measure: Measure) -> tuple[str, ...]:
        """The units that the plan suggests as lead: its leads, else everybody it names. A person chooses; it is never picked silently."""
        return measure.leads or measure.named

    def grade(self, definition: Definition, text: str | None) -> str | None:
        """The grade as the workflow writes it, typed as that or by its title; an unknown one is left for the rules to refuse."""
        if text is None:
            return None
        names = {grade: short_names(title) for grade, title in definition.grades.items()}
        return code_of(text, definition.grades, "grade", names) or text

    def states(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The states that people mean, each by its code or title, of every version that a ticket may be pinned to; workflows may call
        different states alike. One that its workflow has no more is also what it became when tickets went over to another version. An
        unknown one is left for the list to refuse.
        """
        if not texts:
            return ()
        known = [state for definition in self.desk.rules.readable().values() for state in definition.states.values()]
        found: dict[str, None] = {}
        for text in texts:
            meant = [text] if text in (state.name for state in known) else [
                state.name for state in known if code_of(text, [state.name], "state", {state.name: short_names(state.title)})
            ]
            found |= dict.fromkeys(meant or [text])
        return tuple(found | dict.fromkeys(self._now_called(found)))

    def _now_called(self, states: Iterable[str]) -> Iterator[str]:
        """What states are called now that a workflow has no more: another one may have a state of that name still."""
        rules = self.desk.rules
        in_force = {workflow: rules.current(workflow).states for workflow in rules.names()}
        lost = {name for each in rules.readable().values() for name in each.states if name not in in_force.get(each.name, {})}
        retired = [name for name in states if name in lost]
        pairs = [(str(past), str(name)) for past, name in self.desk.database.rows(queries.STATES_GONE_OVER)] if retired else []
        while retired:
            past = retired.pop()
            names = [name for before, name in pairs if before == past]
            pairs = [pair for pair in pairs if pair[0] != past]
            retired += names
            yield from names

    # how -------------------------------------------------------------------------------------------------------------

    def _fact(
        self, kind: str, key: str, value: object, since: datetime | None, choices: Sequence[str],
    ) -> tuple[Given, Sequence[Reason]]:
        """What was typed for the input `key` of a trigger, as its kind in the workflow (`unit`, `when`, `flag`, …) is read, and the
        warnings about how it was read.
        """
        if kind == "units":
            return self.units([str(item) for item in (value if isinstance(value, tuple) else (value,))]), ()
        if isinstance(value, tuple):
            raise UsageError(reason="usage-twice", text=key)
        if kind == "when":
            found = self.when(str(value), Side.COMING, since)
            return found.value, found.warnings
        if kind == "flag":
            return self.flag(key, value), ()
        if kind == "choice" or key in _NAMED:
            return code_of(str(value), choices or _NAMED.get(key, ()), choice_group(key)) or str(value), ()
        if kind == "ticket":
            return self.desk.ticket(self.actor, str(value)).number, ()
        if kind == "leader" or (kind, key) == ("account", "leader"):  # a workflow of before takes the input `leader` as an account
            leader = self.accounts.leader(str(value))
            return leader.value, leader.warnings
        named = {"unit": self.unit, "account": self.accounts.name}
        return named[kind](str(value)) if kind in named else cast(Given, value), ()

    def listed(self, text: str) -> list[str]:
        """The units of a list, as they were typed."""
        return separated(text)



def _of_a_duplicate(facts: dict[str, Given], trigger: Trigger) -> None:
    """Whoever names the ticket that this one repeats says that it is a duplicate. Raises UsageError where another case is named too."""
    case = trigger.takes("as")
    if case is not None and DUPLICATE in case.choices and facts.setdefault("as", DUPLICATE) != DUPLICATE:
        raise UsageError(reason="usage-of-no-duplicate")
