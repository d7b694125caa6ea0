"""What people type, as the rules take it: units by code, moments in UTC, measures, accounts, flags, words beside the facts.

Nothing here prints: what deserves a warning is returned with what was understood, and every door tells it in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from engine.desk.filing import HandedIn, inspect
from engine.desk.plan import read_plan
from engine.desk.tickets import Desk
from engine.errors import AccountNotFound, NotFound, NotPossible, Reason, UnitEnded, UsageError
from engine.record.directory import act_as, find_unit, unit_names
from engine.rules.access import LEADER, SUPERVISOR, Actor
from engine.rules.acts.consent import DESIGNATION, EXTENSION
from engine.rules.acts.decide import Command
from engine.rules.acts.extension import extended_date
from engine.rules.definition import Definition, Trigger
from engine.rules.plan import Measure
from engine.rules.situation import Given
from engine.rules.ticket import Ticket
from engine.rules.ticket_number import separated
from engine.rules.worktime import Calendar, Side, WhenError
from engine.rules.worktime.day import Periods
from engine.rules.worktime.hours import MonthDay, parse_hours, parse_season
from engine.rules.worktime.period import Period, Span, parse_period
from engine.rules.worktime.when import PAST, When, parse_when
from engine.words.vocabulary import code_of, folded, short_names

if TYPE_CHECKING:
    from engine.rules.acts.late_entry import Paper

if TYPE_CHECKING:
    from engine.record.unit_list import StoredUnit
    from engine.rules.unit_names import UnitNames

YES = frozenset({"true", "yes", "y", "1", "on", "是"})
NO = frozenset({"false", "no", "n", "0", "off", "否"})

_KINDS_BY_NAME = {"reason": "words", "note": "words"}
_STEP = re.compile(r"(\d{1,5})(d|h|m)")
_STEPS = {"d": "days", "h": "hours", "m": "minutes"}

_NAMED = {"about": (EXTENSION, DESIGNATION)}
"""What may be typed by name for an input that is no choice: what a leader is asked beside letters, which go by their rungs."""

T = TypeVar("T")

MICROSECOND = timedelta(microseconds=1)
"""The shortest time by which something can be before something else."""


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """What was understood of a text, and what its writer should hear about it: codes of `engine/words` with their values."""

    value: T
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads what an actor typed, against the record and the calendar in force."""

    desk: Desk
    actor: Actor
    _names: dict[bool, UnitNames[StoredUnit]] = field(default_factory=dict, init=False, repr=False, compare=False)

    # acts ------------------------------------------------------------------------------------------------------------

    def command(
        self, name: str, trigger: Trigger | None, typed: Mapping[str, object], ticket: Ticket | None,
    ) -> Understood[Command]:
        """The command for a trigger. What the trigger does not take is passed on as it is: the rules refuse it with a reason. Where the
        trigger extends a limit of the ticket, an amount of time counts from its date.

        Raises UsageError (a time or flag that cannot be read), UnitNotFound, AccountNotFound, TicketNotFound.
        """
        facts: dict[str, Given] = {}
        words: dict[str, str] = {}
        warnings: list[Reason] = []
        since = extended_date(trigger, ticket) if ticket is not None else None
        for key, value in typed.items():
            if value is None or value == () or value is False:
                continue
            item = trigger.takes(key) if trigger else None
            kind = item.kind if item else _KINDS_BY_NAME.get(key, "text")
            if kind == "words":
                words[key] = str(value)
            else:
                facts[key], more = self._fact(kind, key, value, since, item.choices if item else ())
                warnings += more
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
        from engine.rules.acts.late_entry import Paper  # few acts are entered from paper

        found, now = self.when(on, Side.PAST), self.desk.clock.now()
        at = found.value
        if _is_day(on):
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

    # time ------------------------------------------------------------------------------------------------------------

    def when(self, text: str, side: Side, since: datetime | None = None) -> Understood[datetime]:
        """The moment people mean, with warnings of days off and of days that no notice covers yet; an amount counts from `since`, or
        else from now. Raises UsageError.
        """
        found = _moment(text, self.desk.clock.now(), self.desk.rules.calendar(), side, since)
        warnings = (Reason(f"when-{code}", {"date": found.on.isoformat(), "text": text}) for code in found.warnings if code != PAST)
        return Understood(found.at, tuple(warnings))

    def day(self, text: str, side: Side) -> Understood[date]:
        """The day of the office that people mean. Raises UsageError."""
        found = self.when(text, side)
        return Understood(found.value.astimezone(self.desk.rules.zone()).date(), found.warnings)

    def begin(self, text: str, side: Side = Side.ANY) -> Understood[datetime]:
        """When something begins: a day begins at its first moment; a time is that time. Raises UsageError."""
        found = self.when(text, side)
        if not _is_day(text):
            return found
        local = found.value.astimezone(self.desk.rules.zone()).replace(hour=0, minute=0, second=0, microsecond=0)
        return Understood(local.astimezone(found.value.tzinfo), found.warnings)

    def end(self, text: str) -> Understood[datetime]:
        """Until when something lasts: a day lasts until its last moment; a time is that time. Raises UsageError."""
        begun = self.begin(text, Side.COMING)
        return Understood(begun.value + timedelta(days=1), begun.warnings) if _is_day(text) else begun

    def span(self, text: str) -> Understood[Span]:
        """FROM..TO: from the first moment of a day to the last one of a day, either of which may be missing; or one day or period:
        本周, 3月, 2020-03-09. Raises UsageError, also where it ends before it begins.
        """
        first, dots, last = text.partition("..")
        begun = self.whole(first) if first.strip() or not dots else None
        ended = self.whole(last) if last.strip() else None
        if not dots:
            ended = begun
        span = Span(begun.value.since if begun else None, ended.value.before if ended else None)
        if span.since is not None and span.before is not None and span.since >= span.before:
            raise UsageError(reason="usage-span", text=text)
        return Understood(span, tuple(warning for found in (begun, ended) if found for warning in found.warnings))

    def whole(self, text: str) -> Understood[Span]:
        """From the first moment of a day or period to the one after its last; a time is that moment alone. Raises UsageError."""
        zone = self.desk.rules.zone()
        try:
            period = parse_period(text, self.desk.clock.now().astimezone(zone).date())
        except WhenError as error:
            raise unclear(error) from None
        if period is None:
            begun = self.begin(text)
            if not _is_day(text):
                return Understood(Span(begun.value, begun.value), begun.warnings)
            period = Period(*2 * (begun.value.astimezone(zone).date(),))
            return Understood(_moments(period, zone), ())
        return Understood(_moments(period, zone))

    def hours(self, text: str) -> Periods:
        """Open periods of a day. Raises UsageError."""
        return _read(parse_hours, text)

    def season(self, text: str) -> tuple[MonthDay, MonthDay]:
        """The first and the last day of a part of every year. Raises UsageError."""
        return _read(parse_season, text)

    def later(self, amount: str) -> Understood[datetime]:
        """The moment after an amount of time: `3d` is three days on at the same hour, and `3wd` the close of that working day."""
        plain = _STEP.fullmatch(amount.strip().lower())
        if plain is None:
            return self.when(amount, Side.COMING)
        return Understood(self.desk.clock.now() + timedelta(**{_STEPS[plain[2]]: int(plain[1])}))

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

    def account(self, text: str) -> str:
        """The name of the account people mean. Raises AccountNotFound, AmbiguousAccount."""
        return self._account(text).name

    def officer(self, text: str) -> str:
        """The account of the office that handles a ticket (督办经办人). Raises AccountNotFound, AmbiguousAccount, NotPossible for anybody
        of another role.
        """
        found = self._account(text)
        if found.role != SUPERVISOR:
            raise NotPossible(reason="not-an-officer", name=found.name)
        return found.name

    def leader(self, text: str) -> Understood[str]:
        """The leader people mean: the name of the account, or of somebody who has none as it was typed, with a warning that says so.
        Raises AmbiguousAccount, NotPossible for the account of anybody else.
        """
        try:
            found = self._account(text)
        except AccountNotFound:
            return Understood(text.strip(), (Reason("leader-by-name", {"name": text.strip()}),))
        if found.role != LEADER:
            raise NotPossible(reason="not-a-leader", name=found.name)
        return Understood(found.name)

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
        """The states of workflows in force that people mean, each by its code or title; workflows may call different states alike. An
        unknown one is left for the list to refuse.
        """
        known = [state for name in self.desk.rules.names() for state in self.desk.rules.current(name).states.values()]
        found: dict[str, None] = {}
        for text in texts:
            meant = [text] if text in (state.name for state in known) else [
                state.name for state in known if code_of(text, [state.name], "state", {state.name: short_names(state.title)})
            ]
            found |= dict.fromkeys(meant or [text])
        return tuple(found)

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
        if kind == "leader":
            leader = self.leader(str(value))
            return leader.value, leader.warnings
        named = {"unit": self.unit, "account": self.account}
        return named[kind](str(value)) if kind in named else cast(Given, value), ()

    def listed(self, text: str) -> list[str]:
        """The units of a list, as they were typed. A name may hold the sign that parts a list: 各县（市、区）."""
        return [text] if self.names().find(text) is not None else separated(text)

    def _account(self, text: str) -> Actor:
        return act_as(self.desk.database, text, self.actor.via, self.desk.clock.now())


def choice_group(key: str) -> str:
    """Where `engine/words` has the names of what may be chosen for an input."""
    return "way" if key == "by" else "consent" if key == "about" else f"choice.{key}"


def sandbox_begin(text: str, now: datetime, calendar: Calendar) -> datetime:
    """The moment a sandbox begins: a date is its opening hour, so that its first working day is still ahead. Raises UsageError."""
    found = _moment(text, now, calendar, Side.ANY, None)
    return calendar.opening(found.on) if found.at == calendar.close(found.on) else found.at


def _moment(text: str, now: datetime, calendar: Calendar, side: Side, since: datetime | None) -> When:
    try:
        return parse_when(text, now, calendar, side, since)
    except WhenError as error:
        raise unclear(error) from None


def _read(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except WhenError as error:
        raise unclear(error) from None


def unclear(error: WhenError) -> UsageError:
    """What is wrong with a time that was typed; of a date that lacks its year with those that may be meant."""
    return UsageError(reason=f"when-{error.code}", text=error.text, dates=[day.isoformat() for day in error.dates])


def _moments(period: Period, zone: tzinfo) -> Span:
    """The days as moments, half-open."""
    since, before = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (period.first, period.last + timedelta(days=1))
    )
    return Span(since, before)


def _is_day(text: str) -> bool:
    """Whether a text names a day without a time of day."""
    return not any(sign in text for sign in "T: ")
