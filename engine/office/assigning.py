"""What a sheet says of who gets which ticket (整改任务清单): read row by row, so that each row is assigned by its own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from engine.errors import InvalidFile, Problem
from engine.office.ledger.dates import read_dates
from engine.office.ledger.earlier import Named, bearers, one_of_each, own_number, read_named
from engine.office.ledger.heads import COOPERATORS, DUE, EARLIER, LEAD, LEADER, NOTE, OUTER, PARTIES, REPEAT
from engine.office.ledger.table import Line
from engine.office.ledger.tables import INCLUDED, find_tables
from engine.office.sheets.cells import folded
from engine.office.sheets.sheet import Book
from engine.record.database import Database
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.timing import clocks
from engine.views.moments import day_text
from engine.views.ticket import outer_at

COLUMNS = {"lead": (LEAD, PARTIES), "with": (COOPERATORS,), "leader": (LEADER,), "due": (DUE,), "outer": (OUTER,)}
"""The inputs of an assignment, and the fields of a sheet that give them, the first that is filled."""

BASIS, LETTER = "basis", frozenset({"交办文号", "letter"})
"""The input that is the letter by which it is assigned, and the heads under which a list of tasks (整改任务清单) has it filled in."""


class RowAssignment(NamedTuple):
    """A row of a sheet: the ticket whose full number stands in it, what was typed for its assignment, and which earlier findings it
    names.
    """

    row: int
    number: str
    given: Mapping[str, str]
    named: Named

    def beyond(self, ticket: Ticket, definition: Definition, zone: tzinfo) -> dict[str, object]:
        """What was typed, as an assignment takes it: a standing item has no date, and a day is the one that the cell means. The limit that
        the ticket came with is left out: that counts from 交办 by itself, and is no date of a person. So is a superior's date that it has.
        """
        text = self.given.get("due", "")
        others: dict[str, object] = {name: value for name, value in self.given.items() if name not in ("due", "outer")}
        if outer := self._outer(ticket, definition, zone):
            others["outer"] = outer
        said = read_dates(text, None, None)
        amount = str(clocks.SAME_DAY) if said.immediate and not said.dates else said.amount
        if not text or (amount is not None and amount == ticket.stated_limit):
            return others
        if said.standing and not said.dates:
            return others | {"standing": True}
        return others | {"due": amount if said.immediate and amount is not None else _day(text)}

    def _outer(self, ticket: Ticket, definition: Definition, zone: tzinfo) -> str | None:
        """The superior's own date, where the workflow keeps one and the ticket has another."""
        if not clocks.keeps(definition, clocks.OUTER) or not (text := self.given.get("outer", "")):
            return None
        day = _day(text)
        return None if day == day_text(outer_at(ticket, definition), zone) else day


def _day(text: str) -> str:
    """The day that a cell means, where it is one that only an office reads: 2020年4月底前."""
    said = read_dates(text, None, None)
    return said.dates[-1].isoformat() if said.dates and said.asked is None and not text.isascii() else text


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
        yield RowAssignment(line.row, number, {name: text for name, text in filled.items() if text}, named)


def _texts(line: Line) -> Iterator[str]:
    yield from (cell.text for field, cell in line.cells.items() if field not in (EARLIER, REPEAT))
    yield from (cell.text for _, _, cell in line.beside)
