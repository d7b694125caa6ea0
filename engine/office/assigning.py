"""What a sheet says of who gets which ticket (整改任务清单): read row by row, so that each row is assigned by its own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from engine.errors import InvalidFile, Problem, UsageError
from engine.office.ledger.dates import TWO_WAYS, read_dates
from engine.office.ledger.earlier import Named, bearers, one_of_each, own_number, read_named
from engine.office.ledger.heads import COOPERATORS, DUE, EARLIER, LEAD, LEADER, NOTE, OUTER, PARTIES, REPEAT
from engine.office.ledger.table import Line
from engine.office.ledger.tables import INCLUDED, find_tables
from engine.office.sheets.cells import folded
from engine.office.sheets.sheet import EMPTY, Book, Cell
from engine.record.database import Database
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.views.moments import day_text
from engine.views.ticket import outer_at

COLUMNS = {"lead": (LEAD, PARTIES), "with": (COOPERATORS,), "leader": (LEADER,), "due": (DUE,), "outer": (OUTER,)}
"""The inputs of an assignment, and the fields of a sheet that give them, the first that is filled."""

DATES = ("due", "outer")
"""Those of them that are dates."""

BASIS, LETTER = "basis", frozenset({"交办文号", "letter"})
"""The input that is the letter by which it is assigned, and the heads under which a list of tasks (整改任务清单) has it filled in."""


class RowAssignment(NamedTuple):
    """A row of a sheet: the ticket whose full number stands in it, what was typed for its assignment – of dates the cells beside, since a
    cell may show less than it holds –, and which earlier findings it names.
    """

    row: int
    number: str
    given: Mapping[str, str]
    named: Named
    dates: Mapping[str, Cell] = {}

    def beyond(self, ticket: Ticket, definition: Definition, zone: tzinfo, today: date) -> dict[str, object]:
        """What was typed, as an assignment takes it: a standing item has no date, and a day is the one that the cell means, of this year
        where it names none. The limit that the ticket came with is left out: that counts from 交办 by itself, and is no date of a person.
        So is a superior's date that it has. Raises UsageError for a cell that may be one of two days.
        """
        cell = self.dates.get("due", EMPTY)
        text = cell.text.strip()
        others: dict[str, object] = {name: value for name, value in self.given.items() if name not in ("due", "outer")}
        if outer := self._outer(ticket, definition, zone, today):
            others["outer"] = outer
        said = read_dates(text, cell.value, today.year)
        amount = str(clocks.SAME_DAY) if said.immediate and not said.dates else said.amount
        if not text or (amount is not None and amount == ticket.stated_limit):
            return others
        if said.standing and not said.dates:
            return others | {"standing": True}
        return others | {"due": amount if amount is not None else _typed(cell, today)}

    def _outer(self, ticket: Ticket, definition: Definition, zone: tzinfo, today: date) -> str | None:
        """The superior's own date, where the workflow keeps one and the ticket has another."""
        if not clocks.keeps(definition, clocks.OUTER) or "outer" not in self.dates:
            return None
        day = _typed(self.dates["outer"], today)
        return None if day == day_text(outer_at(ticket, definition), zone) else day


def _typed(cell: Cell, today: date) -> str:
    """The day of a cell as a person would type it: one that names no year is told without, so that whoever reads it asks where it is past;
    a time of day stays. Raises UsageError for what may be one of two days: a sheet may have cut a nought from 6.30.
    """
    text = cell.text.strip()
    said, whole = read_dates(text, cell.value, today.year), read_dates(text, cell.value, None)
    if said.asked == TWO_WAYS:
        raise UsageError(reason="when-two-ways", text=text, dates=[day.isoformat() for day in said.maybe])
    if not said.dates or ":" in text:
        return text
    day = said.dates[-1]
    return day.isoformat() if whole.dates or day.year != today.year else f"{day.month}月{day.day}日"


def assignments(book: Book) -> list[RowAssignment]:
    """The rows in which the full number of a ticket stands, in their order; a serial alone is the sheet's own and means no ticket.

    Raises InvalidFile where there is none, where one ticket stands in two rows, and where a row names no lead.
    """
    found = [*_rows(find_tables(book, dict.fromkeys(LETTER, (NOTE,)), (), INCLUDED).lines)]
    problems = [] if found else [Problem("assign-no-numbers", file=book.name)]
    seen: dict[str, int] = {}
    for each in found:
        if each.number in seen:
            problems.append(Problem("assign-twice", each.row, {"number": each.number, "row": seen[each.number]}, book.name))
        seen.setdefault(each.number, each.row)
        if "lead" not in each.given:
            problems.append(Problem("assign-no-lead", each.row, {"number": each.number}, book.name))
    if problems:
        raise InvalidFile(file=book.name, problems=problems)
    return found


def repeated(database: Database, rows: Sequence[RowAssignment], name: str) -> Mapping[str, tuple[str, ...]]:
    """The earlier findings that each ticket repeats, as its row says. Raises InvalidFile where a row names one that is not known."""
    found = bearers(database, {number for row in rows for number in row.named.numbers})
    earlier: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for row in rows:
        earlier[row.number], unknown = one_of_each(row.named, found, None, None)
        problems += [Problem(reason.code, row.row, reason.values, name) for reason in unknown]
    if problems:
        raise InvalidFile(file=name, problems=problems)
    return earlier


def _rows(lines: list[Line]) -> Iterator[RowAssignment]:
    for line in lines:
        number = next(filter(None, map(own_number, _texts(line))), None)
        if number is None:
            continue
        filled = {
            name: next((text for field in fields if (text := line.text(field).strip())), "") for name, fields in COLUMNS.items()
        }
        filled[BASIS] = next((text for _, head, cell in line.beside if folded(head) in LETTER and (text := cell.text.strip())), "")
        named = read_named(line.text(EARLIER), line.text(REPEAT))
        dates = {name: line.cell(field) for name in DATES for field in COLUMNS[name] if filled[name]}
        yield RowAssignment(line.row, number, {name: text for name, text in filled.items() if text}, named, dates)


def _texts(line: Line) -> Iterator[str]:
    yield from (cell.text for field, cell in line.cells.items() if field not in (EARLIER, REPEAT))
    yield from (cell.text for _, _, cell in line.beside)
