"""The list of tasks (整改任务清单) that follows from a round: what was found, and what waits to be reopened; it goes out as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InvalidFile, os_problem
from engine.office.sheets.workbook import Column, Frame, Table, write_workbook
from engine.office.stream import LISTED
from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.settings import NAME_SETTING, SANDBOX_SETTING, setting
from engine.rules.access import Actor, may_read_rounds, must
from engine.rules.loop.round import Round
from engine.rules.loop.target import measured, plain
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk
    from engine.words.phrase import Phrase

HEADS = ("number", "subject", "target", "demand", "value", "note", "lead", "due", "letter")
WIDTHS = (14, 10, 28, 11, 9, 34, 21, 12, 18)
FILLED_IN = ("lead", "due", "letter")
"""What whoever issues the list writes into it."""


def write_tasklist(desk: Desk, actor: Actor, round_: Round, path: Path, phrase: Phrase) -> int:
    """Writes the list and returns how many tasks it has. Who is to lead, by when and by which letter is filled in, and comes back by
    `assign --from`. Raises NotPermitted, InvalidFile.
    """
    must(may_read_rounds, actor)
    columns = [
        Column(phrase.say(f"tasklist.{name}"), width, filled_in=name in FILLED_IN)
        for name, width in zip(HEADS, WIDTHS, strict=True)
    ]
    title = phrase.say("tasklist.title", round=round_.number, title=round_.title)
    mark = phrase.say("tasklist.sandbox") if setting(desk.database, SANDBOX_SETTING) is not None else ""
    if mark:
        title = phrase.say("export.marked", title=title, mark=mark)
    table = Table(phrase.say("tasklist.sheet"), title, tuple(columns), _rows(desk, round_, phrase))
    made = phrase.say("tasklist.made", office=setting(desk.database, NAME_SETTING) or "", date=phrase.moment(desk.clock.now()))
    try:
        return write_workbook(path, [table], Frame(made, phrase.say("export.page", page="{page}", pages="{pages}"), mark))[0]
    except OSError as error:
        raise InvalidFile([os_problem(error)], reason="file-not-written", file=path.name) from error


def _rows(desk: Desk, round_: Round, phrase: Phrase) -> Iterator[tuple[str | None, ...]]:
    """A row a ticket that waits to be assigned or reopened; of one that several problems were found to be, a line of its cells each."""
    pairs: dict[str, list[str]] = {}
    for pair, result in sorted(round_.results.items()):
        if result.ticket is not None:
            pairs.setdefault(result.ticket, []).append(pair)
    for ticket in _listed_tickets(desk, list(pairs)):
        if _waits(ticket, round_):
            each = zip(*(_cells(round_, pair, phrase) for pair in pairs[ticket.number]), strict=True)
            told = ["\n".join(dict.fromkeys(filter(None, texts))) or None for texts in each]
            yield ticket.number, *told, phrase.unit(ticket.lead) if ticket.lead else None, None, None


def _cells(round_: Round, pair: str, phrase: Phrase) -> tuple[str | None, ...]:
    """What the round says of a pair: whose, which target, what was demanded and measured, and the note."""
    problem, result = round_.problem(pair), round_.results[pair]
    standard = round_.standard(problem.target)
    return (
        phrase.unit(problem.subject), f"{problem.target} {standard.name if standard else ''}".strip(),
        phrase.demand(standard.demand) if standard else None, plain(measured(standard, result.facts)) if standard else None, result.note,
    )


def _listed_tickets(desk: Desk, numbers: list[str]) -> Iterator[Ticket]:
    """The tickets of these numbers, in their order."""
    found: dict[str, Ticket] = {}
    for start in range(0, len(numbers), LISTED):
        rows = desk.database.rows(queries.TICKETS_NUMBERED, numbers=numbers[start:start + LISTED])
        found |= {ticket.number: ticket for ticket in map(TICKETS.read, rows)}
    return (found[number] for number in numbers if number in found)


def _waits(ticket: Ticket, round_: Round) -> bool:
    """Whether somebody has to give it to a unit: it was found and not assigned, or it relapsed."""
    return ticket.relapse == round_.number or (not ticket.final and ticket.assigned_at is None)
