"""`zg log`: what happened to a ticket, line by line; `--admin` the same for the office itself."""

from __future__ import annotations

from collections.abc import Iterable

from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.frame import argument, option, verb
from engine.cli.many import each, named_tickets
from engine.cli.table import tsv_line
from engine.cli.terminal import clean
from engine.errors import UsageError
from engine.rules.batch import SERIES as BATCHES
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.ticket_number import FEEDBACK, ROUNDS, VISITS, series_typed
from engine.views.entry import entry_changes, entry_sentence
from engine.views.event import event_title, event_view, event_way, word_label
from engine.views.facts import fact_line, facts
from engine.words.phrase import Phrase

MARGIN = "      "


@verb(
    "log", argument("numbers", nargs=-1, metavar="NO…", shell_complete=complete_number), option("--admin", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def log(call: Call, numbers: tuple[str, ...], admin: bool, as_json: bool) -> int:
    if bool(numbers) == admin:
        raise UsageError(reason="usage-log")
    if admin:
        from engine.audit.export import read_administration  # the log of a ticket does without

        app = call.app
        for event in read_administration(app.database, app.desk.clock, app.actor):
            _tell(call, event, None)
        return 0
    chosen = named_tickets(numbers)
    return each(call, chosen, lambda number: _log_of(call, number, several=chosen.several))


def _log_of(call: Call, number: str, *, several: bool) -> int:
    """Prints the events of one ticket; where there are several, with its number."""
    desk, actor = call.app.desk, call.app.actor
    if (series := series_typed(number)) in (BATCHES, VISITS, FEEDBACK, ROUNDS):
        full, events = _of_other(call, number, series)
        if several and call.terminal.out and not call.json:
            call.out(call.terminal.paint(full, "bold"))
        for event in events:
            _tell(call, event, None, full if several else None)
        return 0
    ticket = desk.read(actor, number).ticket
    if several and call.terminal.out and not call.json:
        call.out(call.terminal.paint(ticket.number, "bold"))
    for item in desk.pinned_events(actor, ticket.number):
        _tell(call, item.event, item.definition, ticket.number if several else None, item.before)
    return 0


def _of_other(call: Call, number: str, series: str) -> tuple[str, list[Event]]:
    """The full number and the events of a thing that is no ticket."""
    from engine.office.batches import Batches  # the log of a ticket does without
    from engine.office.complaints.feedbacks import Feedbacks
    from engine.office.rounds.beginning import Rounds
    from engine.office.visits.visits import Visits

    desk, actor = call.app.desk, call.app.actor
    if series == ROUNDS:
        rounds = Rounds(desk)
        round_ = rounds.read(actor, number)
        return round_.number, rounds.events(actor, round_)
    kept = Batches(desk) if series == BATCHES else Visits(desk) if series == VISITS else Feedbacks(desk)
    return kept.events(actor, number)


def _tell(
    call: Call, event: Event, definition: Definition | None, number: str | None = None, before: Definition | None = None,
) -> None:
    if call.json:
        call.dump(event_view(event) | ({"number": number} if number else {}))
        return
    head = f"{number}\t" if number and not call.terminal.out else ""
    then = call.phrase(before, event.at) if before is not definition else None
    call.lines(head + line for line in event_lines(call, event, call.phrase(definition, event.at), then))


def event_lines(call: Call, event: Event, phrase: Phrase, before: Phrase | None = None) -> list[str]:
    """The lines of one event: when, what, who, from which state to which; below them what changed and what was typed. `before` speaks of
    the version that held until the event, if it was another.
    """
    what = clean(event_title(event, phrase))
    who = clean(_actor_text(call, event, phrase))
    way = event_way(event, phrase, before) if event.ticket else entry_sentence(event, phrase)
    when = phrase.moment(event.at)
    if not call.terminal.out:
        return [tsv_line(event.seq, when, what, who, way, _told(call, event, phrase))]
    head = f"{event.seq:>4}  {call.terminal.paint(when, 'dim')}  {call.terminal.paint(what, 'bold')}  {who}"
    lines = [f"{head}  {clean(way) if event.ticket else ''}".rstrip()]
    lines += [MARGIN + clean(text) for text in _fact_lines(event, phrase)]
    for name, text in (event.words or {}).items():
        label = word_label(event, name, phrase)
        first, *rest = clean(text, lines=True).splitlines() or [""]
        lines += [f"{MARGIN}{label}{call.say('list.colon')}{first}", *(f"{MARGIN}  {line}" for line in rest)]
    if event.words is None and "words" in event.data:
        lines.append(MARGIN + call.say("log.erased"))
    return lines


def _told(call: Call, event: Event, phrase: Phrase) -> str:
    """The facts of an event and the words typed with it, in one field for a program."""
    told = [*(entry_changes(event, phrase) if event.ticket == 0 else _fact_lines(event, phrase))]
    told += [f"{word_label(event, name, phrase)}{call.say('list.colon')}{text}" for name, text in (event.words or {}).items()]
    if event.words is None and "words" in event.data:
        told.append(call.say("log.erased"))
    return call.say("list.semicolon").join(told)


def _actor_text(call: Call, event: Event, phrase: Phrase) -> str:
    who = call.called(event.actor, event.role, event.unit, event.at)
    return who + call.say("list.comma") + call.say("log.for", account=phrase.person(event.data["for"])) if "for" in event.data else who


def _fact_lines(event: Event, phrase: Phrase) -> Iterable[str]:
    """What the event states, line by line: the change of the administration, or the facts of a ticket."""
    if event.ticket == 0:
        yield entry_sentence(event, phrase)
        yield from entry_changes(event, phrase)
    else:
        yield from (fact_line(fact, phrase) for fact in facts(event))
