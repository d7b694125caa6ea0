"""What people type to say which tickets of the ledger they mean, as the ledger takes it: for lists and figures, behind every door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from engine.desk.intake import Intake
from engine.desk.round import round_number
from engine.desk.wanted import CLOSED, EVERY, Wanted
from engine.rules.worktime import Side
from engine.rules.worktime.period import EVER, Span


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was typed, each as its text; None or () where nothing was. Lights, levels, sources and turns are codes already. `every`:
    closed ones too. `mine`: of whoever asks, as an officer. A `unit` leads or cooperates, a `lead` leads.
    """

    state: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    officer: tuple[str, ...] = ()
    round: tuple[str, ...] = ()
    mine: bool = False
    batch: tuple[str, ...] = ()
    visit: tuple[str, ...] = ()
    text: str | None = None
    opened: str | None = None
    due: str | None = None
    closed_in: str | None = None
    changed_since: str | None = None
    every: bool = False
    closed: bool = False
    overdue: bool = False
    late: bool = False
    on_time: bool = False
    repeats: bool = False
    portfolio: bool = False


SWITCHES = frozenset({"mine", "every", "closed", "overdue", "late", "on_time", "repeats", "portfolio"})
SINGLE = frozenset({"text", "opened", "due", "closed_in", "changed_since"})
FILTERS = tuple(item.name for item in fields(Wishes))


def wishes_of(intake: Intake, texts: Mapping[str, Sequence[str]]) -> Wishes:
    """The wishes as named texts say them; of one that takes one text the last. Raises UsageError for a switch that says neither."""
    given: dict[str, object] = {}
    for name in (name for name in FILTERS if texts.get(name)):
        said = texts[name]
        given[name] = intake.flag(name, said[-1]) if name in SWITCHES else said[-1] if name in SINGLE else tuple(said)
    return Wishes(**given)  # type: ignore[arg-type] # each by the kind of its field


def texts_of(wishes: Wishes) -> dict[str, tuple[str, ...]]:
    """The wishes as named texts, without those that wish nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for name in FILTERS:
        wish = getattr(wishes, name)
        if wish:
            found[name] = ("1",) if wish is True else (wish,) if isinstance(wish, str) else tuple(wish)
    return found


def understood(intake: Intake, wishes: Wishes) -> Wanted:
    """What is meant by the wishes. Raises UsageError, UnitNotFound, AccountNotFound, AmbiguousAccount, NotPossible (an officer who is
    none), NotFound (a measure).
    """
    mine = (intake.actor.stands_for or intake.actor.name,) if wishes.mine else ()
    return Wanted(
        states=intake.states(wishes.state), units=intake.units_or_groups(wishes.unit),
        leads=intake.units_or_groups(wishes.lead) if wishes.lead else None,
        lights=wishes.light, levels=wishes.level, sources=wishes.source, turns=wishes.turn,
        measures=tuple(intake.measure(text).no for text in wishes.measure), grades=tuple(_grade(intake, text) for text in wishes.grade),
        officers=(*(intake.accounts.former_officer(text) for text in wishes.officer), *mine),
        batches=tuple(intake.batch_or_first(text) for text in wishes.batch), text=wishes.text,
        visits=tuple(intake.visit(text) for text in wishes.visit),
        rounds=tuple(round_number(intake.desk, text) for text in wishes.round),
        opened=_span(intake, wishes.opened, Side.PAST), due=_span(intake, wishes.due), closed=_span(intake, wishes.closed_in, Side.PAST),
        changed_since=intake.since(wishes.changed_since).value if wishes.changed_since is not None else None,
        late=wishes.late, on_time=wishes.on_time, repeats=wishes.repeats,
        scope=EVERY if wishes.every else CLOSED if wishes.closed else None,
        overdue=wishes.overdue, portfolio=wishes.portfolio,
    )


def _span(intake: Intake, text: str | None, side: Side = Side.ANY) -> Span:
    return intake.span(text, side).value if text is not None else EVER


def _grade(intake: Intake, text: str) -> str:
    """The grade as the workflow in force writes it that knows it; what none knows is left for the list to refuse."""
    rules = intake.desk.rules
    for name in rules.names():
        definition = rules.current(name)
        found = intake.grade(definition, text)
        if found is not None and found in definition.grades:
            return found
    return text
