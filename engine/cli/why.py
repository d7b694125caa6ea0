"""`zg why`: how each date came about day by day, which rungs fired and which come next, what stands still."""

from __future__ import annotations

from collections.abc import Iterable

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.many import each, named_tickets, numbers_argument
from engine.cli.terminal import clean
from engine.desk.explaining import explain
from engine.views.clock_text import (
    ClockText,
    DayText,
    alarm_sentence,
    clock_texts,
    day_text_of,
    light_sentence,
    limit_sentence,
    proposal_sentences,
)
from engine.views.clocks import StepView
from engine.words.light import light_words


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
        call.out(light_sentence(ticket, view, phrase))
        if (limit := limit_sentence(view, phrase)) is not None:
            call.out(limit)
        for text in clock_texts(ticket, view, phrase):
            call.out("")
            call.lines(_clock_lines(call, text))
        if not view["clocks"]:
            call.out(call.say("because.no-clock"))
        proposals = proposal_sentences(view, phrase)
        call.lines(["", *proposals] if proposals else ())
        call.out("", alarm_sentence(view, phrase))
        return 0

    return each(call, chosen, one)


def _clock_lines(call: Call, text: ClockText) -> Iterable[str]:
    """The lines of one clock: whose it is, where its date comes from, day by day, its state and its rungs."""
    yield call.terminal.paint(text.head, "bold")
    yield f"  {text.origin}"
    yield from (_line(day) for day in text.days)
    yield from (f"  {line}" for line in text.more)
    yield from (f"  {rung.state}  {rung.when}  {rung.title}" for rung in text.rungs)


def day_line(call: Call, step: StepView) -> str:
    """One counted day on a line: `  2026-10-10  周六  补班（国庆节）  第3个工作日`."""
    return _line(day_text_of(step, call.language))


def _line(day: DayText) -> str:
    return f"    {'+' if day.counts else '·'} {day.day}  {day.weekday}  {clean(day.kind)}  {day.number}".rstrip()
