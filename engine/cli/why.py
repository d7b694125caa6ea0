"""`zg why`: how each date came about day by day, which rungs fired and which come next, what stands still."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.cli.call import Call
from engine.cli.card import light_of
from engine.cli.frame import option, verb
from engine.cli.many import each, named, numbers_argument
from engine.cli.terminal import clean
from engine.rules.acts.proposals import kind_of
from engine.rules.definition import Definition, Rung, by_grade
from engine.rules.proof.chain import moment
from engine.rules.ticket import RESTS, RUNS, Deadline, Ticket
from engine.rules.timing import clocks
from engine.rules.worktime import Calendar, derive, parse_amount
from engine.views.ticket import moment_text, ticket_view
from engine.words.phrase import Phrase

LONGEST = 40
"""Days shown one by one; of a longer count only those that are not plain working days."""

PLAIN = ("workday", "work")


@verb("why", numbers_argument(), option("--json", "as_json", is_flag=True))
def why(call: Call, numbers: tuple[str, ...], as_json: bool) -> int:
    chosen = named(numbers)

    def one(number: str) -> int:
        desk = call.app.desk
        ticket = desk.ticket(call.app.actor, number)
        definition = desk.definition(ticket)
        calendar, now = desk.rules.calendar(), desk.clock.now()
        view = ticket_view(ticket, definition, call.app.actor, now, calendar)
        reasons = [explained(ticket, item, definition, _counted_with(call, ticket, item)) for item in _shown(ticket)]
        if call.json:
            call.dump({
                "number": ticket.number, "now": moment_text(now), "light": view["light"], "light_because": because(ticket, view["light"]),
                "promised_at": view["promised_at"], "next_alarm": view["next_alarm"], "proposals": view["proposals"],
                "held_until": moment_text(clocks.held_until(definition, ticket)), "clocks": reasons,
            })
            return 0
        phrase = call.phrase(definition)
        call.out(f"{call.terminal.paint(ticket.number, 'bold')}  {clean(ticket.title)}")
        call.out(call.terminal.paint(light_of(call, view, now, call.language), view["light"]))
        call.out(_light_reason(call, ticket, view["light"], phrase))
        for item, reason in zip(_shown(ticket), reasons, strict=True):
            call.out("")
            call.lines(_clock_lines(call, ticket, item, reason, definition, phrase))
        if not reasons:
            call.out(call.say("because.no-clock"))
        call.lines(_proposal_lines(call, ticket, phrase))
        alarm = clocks.next_alarm(ticket.deadlines)
        call.out("", call.say("because.alarm", date=phrase.moment(alarm)) if alarm else call.say("because.no-alarm"))
        return 0

    return each(call, chosen, one)


def _shown(ticket: Ticket) -> list[Deadline]:
    """What runs or rests, the promise first; of what ended only the promise."""
    live = [item for item in ticket.deadlines.values() if item.promise or item.state in (RUNS, RESTS)]
    return sorted(live, key=lambda item: not item.promise)


def _counted_with(call: Call, ticket: Ticket, item: Deadline) -> Calendar:
    """The calendar a date was counted with, not the one that came later; of a county its own."""
    rules = call.app.desk.rules
    whole = rules.version(item.calendar) if item.calendar else rules.calendar()
    return clocks.counted_by(item.of, item.unit, whole.of(ticket.lead))


def because(ticket: Ticket, light: str) -> str:
    """The code of why the light is as it is."""
    if light == "blue":
        return "request" if ticket.request is not None else "suspended"
    if light == "green" and ticket.late_at is None:
        return "standing" if ticket.standing else "resting" if ticket.promised_at else "no-promise"
    return {"grey": "final", "red": "late", "yellow": "soon", "green": "ahead"}[light]


def _proposal_lines(call: Call, ticket: Ticket, phrase: Phrase) -> Iterable[str]:
    """What was proposed and waits for the office's signature."""
    for place, item in enumerate(ticket.proposals):
        if place == 0:
            yield ""
        yield call.say(
            "because.proposal", letter=phrase.label("letter", kind_of(item)), name=phrase.rung(item["clock"], item["rung"]),
            date=phrase.moment(moment(item["at"])), until=phrase.moment(moment(item["due_at"])),
        )


def explained(ticket: Ticket, item: Deadline, definition: Definition, calendar: Calendar) -> dict[str, Any]:
    """One clock as values: dates, the days counted, the rungs."""
    ladder = definition.ladders[clocks.clock_of(definition, item).ladder]
    counted = derive(item.started_at, parse_amount(item.amount), calendar) if item.amount and item.state != "void" else ()
    clock = clocks.clock_of(definition, item)
    before = by_grade(clock.amount, definition.grade_of(ticket.grade)) if clock.before else None
    moved = bool(counted) and clocks_end(item, calendar) != item.due_at
    return {
        "clock": item.clock, "of": item.of, "state": item.state, "epoch": item.epoch, "amount": item.amount,
        "fixed": item.fixed and before is None, "before": {"clock": clock.before, "amount": before} if before else None,
        "started_at": moment_text(item.started_at), "due_at": moment_text(item.due_at),
        "due_on": calendar.local_day(item.due_at).isoformat(), "provisional": item.provisional, "left_seconds": item.left,
        "moved": moved,
        "steps": [
            {"day": step.day.isoformat(), "counts": step.counts, "number": step.number, "kind": step.kind, "name": step.name}
            for step in counted
        ],
        "rungs": [_rung(ticket, item, place, rung, definition, calendar) for place, rung in enumerate(ladder.rungs)
                  if by_grade(rung.at, ticket.grade) is not None],
    }


def clocks_end(item: Deadline, calendar: Calendar) -> Any:
    """Where the amount alone would have ended, without pauses."""
    from engine.rules.worktime import due

    return due(item.started_at, parse_amount(str(item.amount)), calendar).at


def _rung(
    ticket: Ticket, item: Deadline, place: int, rung: Rung, definition: Definition, calendar: Calendar,
) -> dict[str, Any]:
    at = clocks.rung_time(rung, ticket.grade, item.due_at, calendar)
    held_until = clocks.held_until(definition, ticket) if item.promise and rung.level >= clocks.URGING_LEVEL else None
    if rung.name in item.skipped:
        state = "skipped"
    elif rung.name in item.ours:
        state = "ours"
    elif place < item.rung:
        state = "fired"
    elif item.state == RESTS:
        state = "resting"
    elif item.state != RUNS:
        state = "void"
    elif held_until is not None:
        state = "held" if at is None or at < held_until else "to-office"
    else:
        state = "next" if place == item.rung else "later"
    return {"rung": rung.name, "level": rung.level, "at": moment_text(at), "state": state}


def _light_reason(call: Call, ticket: Ticket, light: str, phrase: Phrase) -> str:
    return call.say(
        f"because.light.{because(ticket, light)}", date=phrase.moment(ticket.promised_at), warn=phrase.moment(ticket.warn_at),
        state=phrase.state(ticket.state),
    )


def _clock_lines(
    call: Call, ticket: Ticket, item: Deadline, reason: dict[str, Any], definition: Definition, phrase: Phrase,
) -> Iterable[str]:
    """A clock in words."""
    clock = clocks.clock_of(definition, item).title.in_language(call.language)
    who = phrase.unit(item.unit) or phrase.label("who", item.of)
    yield call.terminal.paint(call.say("because.clock", clock=clock, who=who), "bold")
    yield "  " + _origin(call, item, reason, phrase)
    yield from _days(call, reason["steps"])
    if reason["moved"]:
        yield "  " + call.say("because.moved", date=phrase.moment(item.due_at))
    if item.epoch > 1:
        yield "  " + call.say("because.epoch", epoch=item.epoch)
    if item.provisional:
        yield "  " + call.say("because.provisional")
    if item.state == RESTS:
        yield "  " + call.say("because.rests", state=phrase.state(ticket.state), left=_hours(call, item.left))
    elif item.state != RUNS:
        yield "  " + call.say(f"because.state.{item.state}")
    held_until = clocks.held_until(definition, ticket)
    if item.promise and held_until is not None:
        yield "  " + call.say("because.held", until=phrase.moment(held_until))
    ladder = definition.ladders[clocks.clock_of(definition, item).ladder]
    titles = {rung.name: rung.title.in_language(call.language) for rung in ladder.rungs}
    for node in reason["rungs"]:
        yield f"  {call.say('rung.' + node['state'])}  {phrase.moment(moment(node['at']))}  {titles[node['rung']]}"


def _origin(call: Call, item: Deadline, reason: dict[str, Any], phrase: Phrase) -> str:
    """Where the date comes from: counted from a start, set by a person, or so long before another clock's date."""
    date = phrase.moment(item.due_at)
    if reason["before"]:
        amount = phrase.amount(reason["before"]["amount"])
        return call.say("because.before", clock=phrase.clock(reason["before"]["clock"]), amount=amount, date=date)
    if item.fixed:
        return call.say("because.fixed", date=date)
    return call.say("because.amount", start=phrase.moment(item.started_at), amount=phrase.amount(str(item.amount)), date=date)


def _days(call: Call, steps: list[dict[str, Any]]) -> Iterable[str]:
    """The days that were counted; of a long count only the special ones."""
    short = len(steps) <= LONGEST
    for step in steps:
        if not short and step["kind"] in PLAIN:
            continue
        yield day_line(call, step)


def day_line(call: Call, step: dict[str, Any]) -> str:
    """`  2026-10-10  周六  补班（国庆节）  第3个工作日`."""
    from datetime import date

    day = date.fromisoformat(step["day"])
    kind = call.say(f"day.{step['kind']}")
    name = call.say("day.named", kind=kind, name=clean(step["name"])) if step["name"] and step["name"] != kind else kind
    number = call.say("day.number", number=step["number"]) if step["number"] else ""
    mark = "+" if step["counts"] else "·"
    return f"    {mark} {step['day']}  {call.say(f'weekday.{day.weekday()}')}  {name}  {number}".rstrip()


def _hours(call: Call, seconds: int | None) -> str:
    if seconds is None:
        return call.say("because.date-stands")
    hours, rest = divmod(seconds, 3600)
    return call.say("because.left", hours=hours, minutes=rest // 60)
