"""`zg why`: how each date came about day by day, which rungs fired and which come next, what stands still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.terminal import clean
from engine.desk.explaining import explain
from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.views.clocks import CauseView, ClockView, StepView, shown_clocks
from engine.views.proposal import ProposalView
from engine.words.light import light_words
from engine.words.phrase import Phrase

MOST_DAYS = 40
"""The largest number of days shown one by one; of a longer count only those that are not plain working days."""

PLAIN_KINDS = ("workday", "work")


@verb("why", numbers_argument(), option("--json", "as_json", is_flag=True))
def why(call: Call, numbers: tuple[str, ...], as_json: bool) -> int:
    chosen = named_tickets(numbers)

    def one(number: str) -> int:
        ticket, definition, now, calendar, view = explain(call.app.desk, call.app.actor, number)
        if call.json:
            call.dump(view)
            return 0
        phrase, light = call.phrase(definition), view["light"]
        call.out(f"{call.terminal.paint(ticket.number, 'bold')}  {clean(ticket.title)}")
        words = light_words(ticket, now, calendar, call.language)
        call.out(call.terminal.paint(words, light))
        call.out(call.say(
            f"because.light.{view['light_because']}", date=phrase.moment(ticket.promised_at), warn=phrase.moment(ticket.warn_at),
            state=phrase.state(ticket.state), days=view["late_days"],
        ))
        for item, node in zip(shown_clocks(ticket), view["clocks"], strict=True):
            call.out("")
            call.lines(_clock_lines(call, ticket, item, node, view["held_until"], phrase))
        if not view["clocks"]:
            call.out(call.say("because.no-clock"))
        call.lines(_proposal_lines(call, view["proposals"], phrase))
        alarm = view["next_alarm"]
        call.out("", call.say("because.alarm", date=phrase.moment(moment(alarm))) if alarm else call.say("because.no-alarm"))
        return 0

    return each(call, chosen, one)


def _proposal_lines(call: Call, proposals: Iterable[ProposalView], phrase: Phrase) -> Iterable[str]:
    """The lines of the proposed letters that wait for the office's signature."""
    for index, item in enumerate(proposals):
        if index == 0:
            yield ""
        yield call.say(
            "because.proposal", letter=phrase.label("letter", item["letter"]), name=phrase.rung(item["clock"], item["rung"]),
            date=phrase.moment(moment(item["at"])), until=phrase.moment(moment(item["due_at"])),
        )


def _clock_lines(
    call: Call, ticket: Ticket, item: Deadline, node: ClockView, held_until: str | None, phrase: Phrase,
) -> Iterable[str]:
    """The lines of one clock: whose it is, where its date comes from, day by day, its state and its rungs."""
    who = phrase.unit(item.unit) or phrase.label("who", node["of"])
    yield call.terminal.paint(call.say("because.clock", clock=phrase.clock(node["clock"].partition(":")[0]), who=who), "bold")
    yield "  " + _origin(call, ticket, item, node, phrase)
    yield from _days(call, node["steps"])
    for pause in node["pauses"]:
        if pause["until"] is not None:
            yield "  " + call.say(
                "because.pause", since=phrase.moment(moment(str(pause["since"]))), until=phrase.moment(moment(pause["until"])),
                moved=phrase.amount(str(pause["moved"])),
            )
    if node["moved"]:
        yield "  " + call.say("because.moved", date=phrase.moment(item.due_at))
    if node["epoch"] > 1:
        yield "  " + _cause(call, node["cause"], phrase)
    if node["provisional"]:
        yield "  " + call.say("because.provisional")
    if node["state"] == RESTS:
        yield "  " + call.say("because.rests", state=phrase.state(ticket.state), left=_left(call, node["left_days"]))
    elif node["state"] != RUNS:
        yield "  " + call.say(f"because.state.{node['state']}")
    if item.promise and held_until is not None:
        yield "  " + call.say("because.held", until=phrase.moment(moment(held_until)))
    for rung in node["rungs"]:
        at = moment(rung["at"]) if rung["at"] else None
        yield f"  {call.say('rung.' + rung['state'])}  {phrase.moment(at)}  {phrase.rung(node['clock'], rung['rung'])}"
    if (again := node["repetition"]) is not None:
        yield f"  {call.say('rung.next')}  {phrase.moment(item.next_at)}  {phrase.repeated(again['clock'], again['n'])}"


def _origin(call: Call, ticket: Ticket, item: Deadline, node: ClockView, phrase: Phrase) -> str:
    """Where a date comes from: counted from a start, set by somebody or something, or an amount before another clock's date."""
    date, before = phrase.moment(item.due_at), node["before"]
    if before is not None:
        amount = phrase.amount(before["amount"] or "")
        return call.say("because.before", clock=phrase.clock(before["clock"]), amount=amount, date=date)
    if node["fixed_by"] is not None:
        number = {"batch": ticket.batch, "round": ticket.round}.get(node["fixed_by"])
        return call.say(f"because.fixed-by.{node['fixed_by']}", date=date, number=number)
    return call.say("because.amount", start=phrase.moment(item.started_at), amount=phrase.amount(str(item.amount)), date=date)


def _cause(call: Call, cause: CauseView | None, phrase: Phrase) -> str:
    """Why a clock began anew, as far as its reader may know."""
    if cause is None:
        return call.say("because.epoch-anew")
    title = phrase.trigger(cause["trigger"])
    return call.say("because.epoch", cause=call.say("entry.title", trigger=title) if cause["entered_late"] else title)


def _days(call: Call, steps: Sequence[StepView]) -> Iterable[str]:
    """The lines of the days that were counted; of a long count only the special ones."""
    short = len(steps) <= MOST_DAYS
    for step in steps:
        if not short and step["kind"] in PLAIN_KINDS:
            continue
        yield day_line(call, step)


def day_line(call: Call, step: StepView) -> str:
    """One counted day on a line: `  2026-10-10  周六  补班（国庆节）  第3个工作日`."""
    day = date.fromisoformat(step["day"])
    kind = call.say(f"day.{step['kind']}")
    name = call.say("day.named", kind=kind, name=clean(step["name"])) if step["name"] and step["name"] != kind else kind
    number = call.say("day.number", number=step["number"]) if step["number"] else ""
    mark = "+" if step["counts"] else "·"
    return f"    {mark} {step['day']}  {call.say(f'weekday.{day.weekday()}')}  {name}  {number}".rstrip()


def _left(call: Call, days: int | None) -> str:
    """How much was left when the clock stopped, or how late it was."""
    days = days or 0
    return call.say("because.stopped-late", days=-days) if days < 0 else call.say("because.left", days=days)
