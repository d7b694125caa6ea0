"""How each date of a ticket came about, in sentences: what `zg why` prints and a page about one ticket shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.views.clocks import CauseView, ClockView, StepView, WhyView, shown_clocks
from engine.words import say

if TYPE_CHECKING:
    from engine.words.phrase import Phrase

MOST_DAYS = 40
"""The largest number of days shown one by one; of a longer count only those that are not plain working days."""

PLAIN_KINDS = ("workday", "work")


class DayText(NamedTuple):
    """One counted day: whether it counts, its date, weekday, what kind of day it is, and as which it counts."""

    counts: bool
    day: str
    weekday: str
    kind: str
    number: str


class RungText(NamedTuple):
    """One rung of the ladder: how it stands (`fired`, `next`, …), when it is, and what it is called."""

    state: str
    when: str
    title: str


class ClockText(NamedTuple):
    """One clock: whose it is, where its date comes from, the days that were counted, what else moved it, and its rungs."""

    head: str
    origin: str
    days: tuple[DayText, ...]
    more: tuple[str, ...]
    rungs: tuple[RungText, ...]


def light_sentence(ticket: Ticket, view: WhyView, phrase: Phrase) -> str:
    """Why the light is as it is."""
    return say(
        f"because.light.{view['light_because']}", phrase.language, date=phrase.moment(ticket.promised_at),
        warn=phrase.moment(ticket.warn_at), state=phrase.state(ticket.state), days=view["late_days"],
    )


def limit_sentence(view: WhyView, phrase: Phrase) -> str | None:
    """The limit that a ticket came with, and what stated it; None where none counts."""
    limit = view["limit"]
    if limit is None:
        return None
    told = {"batch": limit["batch"], "sheet": limit["sheet"], "row": limit["row"]}
    places = [phrase.say(f"because.limit.{name}", **{name: value}) for name, value in told.items() if value is not None]
    where = phrase.say("because.limit.between").join(places or [phrase.say("because.limit.opening")])
    return phrase.say("because.limit", amount=phrase.amount(limit["amount"]), places=where)


def clock_texts(ticket: Ticket, view: WhyView, phrase: Phrase) -> list[ClockText]:
    """Every clock that is explained, the promise first."""
    return [
        _clock_text(ticket, item, node, view["held_until"], phrase)
        for item, node in zip(shown_clocks(ticket), view["clocks"], strict=True)
    ]


def proposal_sentences(view: WhyView, phrase: Phrase) -> list[str]:
    """The proposed letters that wait for the office's signature."""
    return [
        say(
            "because.proposal", phrase.language, letter=phrase.label("letter", item["letter"]),
            name=phrase.rung(item["clock"], item["rung"]), date=phrase.moment(moment(str(item["at"]))),
            until=phrase.moment(moment(str(item["due_at"]))),
        )
        for item in view["proposals"]
    ]


def alarm_sentence(view: WhyView, phrase: Phrase) -> str:
    """When the next alarm comes."""
    alarm = view["next_alarm"]
    if alarm is None:
        return say("because.no-alarm", phrase.language)
    return say("because.alarm", phrase.language, date=phrase.moment(moment(alarm)))


def day_text_of(step: StepView, language: str) -> DayText:
    """One counted day in words."""
    day = date.fromisoformat(step["day"])
    kind = say(f"day.{step['kind']}", language)
    named = step["name"] and step["name"] != kind
    return DayText(
        step["counts"], step["day"], say(f"weekday.{day.weekday()}", language),
        say("day.named", language, kind=kind, name=step["name"]) if named else kind,
        say("day.number", language, number=step["number"]) if step["number"] else "",
    )


def _clock_text(ticket: Ticket, item: Deadline, node: ClockView, held_until: str | None, phrase: Phrase) -> ClockText:
    who = phrase.unit(item.unit) or phrase.label("who", node["of"])
    head = say("because.clock", phrase.language, clock=phrase.clock(node["clock"].partition(":")[0]), who=who)
    return ClockText(
        head, _origin(ticket, item, node, phrase), tuple(day_text_of(step, phrase.language) for step in _shown_days(node["steps"])),
        tuple(_more(ticket, item, node, held_until, phrase)), tuple(_rungs(item, node, phrase)),
    )


def _more(ticket: Ticket, item: Deadline, node: ClockView, held_until: str | None, phrase: Phrase) -> Iterator[str]:
    """What else there is to say of a clock: pauses, what moved it, why it began anew, whether it stands still."""
    language = phrase.language
    for pause in node["pauses"]:
        if pause["until"] is not None:
            yield say(
                "because.pause", language, since=phrase.moment(moment(str(pause["since"]))), until=phrase.moment(moment(pause["until"])),
                moved=phrase.amount(str(pause["moved"])),
            )
    if node["moved"]:
        yield say("because.moved", language, date=phrase.moment(item.due_at))
    if node["epoch"] > 1:
        yield _cause(node["cause"], phrase)
    if node["provisional"]:
        yield say("because.provisional", language)
    if node["state"] == RESTS:
        yield say("because.rests", language, state=phrase.state(ticket.state), left=_left(node["left_days"], language))
    elif node["state"] != RUNS:
        yield say(f"because.state.{node['state']}", language)
    if item.promise and held_until is not None:
        yield say("because.held", language, until=phrase.moment(moment(held_until)))


def _rungs(item: Deadline, node: ClockView, phrase: Phrase) -> Iterator[RungText]:
    for rung in node["rungs"]:
        at = moment(rung["at"]) if rung["at"] else None
        yield RungText(say(f"rung.{rung['state']}", phrase.language), phrase.moment(at), phrase.rung(node["clock"], rung["rung"]))
    if (again := node["repetition"]) is not None:
        yield RungText(say("rung.next", phrase.language), phrase.moment(item.next_at), phrase.repeated(again["clock"], again["n"]))


def _origin(ticket: Ticket, item: Deadline, node: ClockView, phrase: Phrase) -> str:
    """Where a date comes from: counted from a start, set by somebody or something, or an amount before another clock's date."""
    date_, before = phrase.moment(item.due_at), node["before"]
    if before is not None:
        amount = phrase.amount(before["amount"] or "")
        return say("because.before", phrase.language, clock=phrase.clock(before["clock"]), amount=amount, date=date_)
    if (by := node["fixed_by"]) is not None:
        number = {"batch": ticket.batch, "round": ticket.round}.get(by)
        return say(f"because.fixed-by.{by}", phrase.language, date=date_, number=number)
    start, amount = phrase.moment(item.started_at), phrase.amount(str(item.amount))
    return say("because.amount", phrase.language, start=start, amount=amount, date=date_)


def _cause(cause: CauseView | None, phrase: Phrase) -> str:
    """Why a clock began anew, as far as its reader may know."""
    if cause is None:
        return say("because.epoch-anew", phrase.language)
    title = phrase.trigger(cause["trigger"])
    told = say("entry.title", phrase.language, trigger=title) if cause["entered_late"] else title
    return say("because.epoch", phrase.language, cause=told)


def _shown_days(steps: Sequence[StepView]) -> Iterable[StepView]:
    """The days that were counted; of a long count only the special ones."""
    return steps if len(steps) <= MOST_DAYS else [step for step in steps if step["kind"] not in PLAIN_KINDS]


def _left(days: int | None, language: str) -> str:
    """How much was left when the clock stopped, or how late it was."""
    days = days or 0
    return say("because.stopped-late", language, days=-days) if days < 0 else say("because.left", language, days=days)
