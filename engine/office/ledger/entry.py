"""A ledger into the record: what becomes of each row, and the writing of it. Preview and commit are one function."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from engine.desk.batch import joined
from engine.desk.filing import copied
from engine.desk.intake import Intake
from engine.desk.tickets import WORKFLOW, Desk
from engine.desk.uncollected import uncollected
from engine.errors import BatchNotFound, Refused
from engine.office.ledger.elsewhere import ask_again, find_elsewhere
from engine.office.ledger.identity import find_twins, identify, natural
from engine.office.ledger.kept import Kept, find_kept, numbered_tickets, own_number
from engine.office.ledger.lookups import by_workflow_of, context_of
from engine.office.ledger.matching import match
from engine.office.ledger.memory import Memory, answered, remembered
from engine.office.ledger.outcome import ASKED, HELD, NEW, SAME, SKIPPED, Outcome, Reading
from engine.office.ledger.pictures import Album, pictures_left
from engine.office.ledger.questions import Asked
from engine.office.ledger.reader import Context, Days, tell
from engine.office.ledger.remarks import outer_left, questions_of, unheard
from engine.office.ledger.repeats import hold_followers, name_earlier, numbers_of
from engine.office.ledger.rows import read_line, written_number
from engine.office.ledger.table import Line
from engine.office.ledger.tables import INCLUDED, Found, file_problems, find_tables
from engine.office.ledger.year import year_of
from engine.office.sheets.sheet import Book
from engine.office.stream import WRITTEN
from engine.office.visits.handed import Handed
from engine.record import counters, journal, queries
from engine.record.aggregates import BATCHES
from engine.record.directory import must_be_in_force
from engine.record.settings import OFFICE_SETTING
from engine.rules.access import Actor, may_open, must
from engine.rules.acts.batch import over_problem
from engine.rules.acts.importing import taken_over
from engine.rules.acts.ledger_item_problems import import_problems
from engine.rules.definition import Definition
from engine.rules.ticket import Folding, Ticket
from engine.rules.ticket_number import full_number
from engine.rules.wording import LONGEST, word_problem

Tick = Callable[[int, int], None]
"""Is told how many rows of how many are written."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever imports says of a file. `named` are fields of columns by their heads, `hidden` says what to do with hidden rows,
    columns and sheets, `answers` are those to questions by their keys; `waiver` is why rows are taken over that
    name earlier findings which are not found.
    """

    source: str | None = None
    batch: str | None = None
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    year: int | None = None
    hidden: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    all_or_nothing: bool = False
    workflow: str = WORKFLOW
    waiver: str | None = None


class Taking(NamedTuple):
    """Rows that are taken over: by whom, as tickets of which workflow, as was wished; `seen` is the last ticket that they were compared
    with.
    """

    actor: Actor
    definition: Definition
    wishes: Wishes
    seen: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The importer of one office's record."""

    desk: Desk

    @uncollected()
    def enter(
        self, actor: Actor, book: Book, wishes: Wishes, *, commit: bool = False, tick: Tick = lambda done, of: None,
    ) -> Outcome:
        """Reads a ledger, and with `commit` takes over what can be. Without it nothing is written, nor where the file as a whole is refused
        or an answer is unfit. Raises NotPermitted, Refused,
        BatchNotFound.
        """
        must(may_open, actor)
        if wishes.waiver is not None and (wrong := word_problem("waiver", wishes.waiver, LONGEST)) is not None:
            raise Refused((wrong,))
        self._batch(wishes.batch)
        definition = self.desk.rules.current(wishes.workflow)
        found = find_tables(book, {**remembered(self.desk.database), **wishes.named}, wishes.sheets, wishes.hidden)
        asked = Asked(wishes.answers, answered(self.desk.database, wishes.batch, book.sha256))
        days = Days(self.desk.rules.calendar(), self.desk.clock.now())
        said = wishes.year or asked.year(days.this_year)
        year = said or year_of(found.titles, found.lines)
        outcome = Outcome(tables=found.tables, refusals=file_problems(book, found, said, wishes.hidden), remarks=found.remarks)
        intake = Intake(self.desk, actor)
        context = context_of(
            intake, definition, days, asked, sha256=book.sha256, year=year, source=wishes.source, batch=wishes.batch,
        )
        contexts = self._contexts(found.lines, context, intake)
        seen = self._last_ticket()
        readings = self._read(found, contexts, wishes)
        kept = self._kept([each for each in readings if each.item is not None and each.action == NEW], context)
        name_earlier(self.desk.database, self.desk.office, readings, kept, context, wishes.waiver)
        self._judge(readings, actor, definition, days)
        match(self.desk.database, self.desk.rules.zone(), self.desk.definition, readings, kept, wishes.batch)
        hold_followers(readings)
        outcome.readings, outcome.questions = readings, questions_of(readings)
        outcome.unasked, outcome.recalled = asked.unused(), asked.recalled
        outcome.heard, outcome.unfit = asked.heard, asked.unfit
        outcome.remarks = [
            *found.remarks, *outer_left(found, contexts), *unheard(found, wishes.named),
            *pictures_left(book, readings, kept),
        ]
        if commit and not outcome.refusals and not outcome.unfit:
            self._commit(Taking(actor, definition, replace(wishes, answers=asked.to_keep()), seen), outcome, Album(book), tick)
        else:
            self._look(outcome, Album(book))
        return outcome

    def _batch(self, number: str | None) -> None:
        """Raises BatchNotFound for a batch that is none, Refused for one that takes no more: a preview says so, too."""
        if number is None:
            return
        found = journal.read_thing(self.desk.database, BATCHES, number)
        if found is None:
            raise BatchNotFound(batch=number)
        if (over := over_problem(found[0])) is not None:
            raise Refused((over,))

    # reading ---------------------------------------------------------------------------------------------------------

    def _contexts(self, lines: Sequence[Line], context: Context, intake: Intake) -> Callable[[Line], Context]:
        """What each line is read against: one that bears the number of a ticket of ours against the workflow of that ticket."""
        office = self.desk.office
        numbers = {own for line in lines if (own := own_number(written_number(line), office)) is not None}
        if not numbers:
            return lambda line: context
        by_hash = {context.definition.hash: context}
        found: dict[str | None, Context] = {}
        for ticket in numbered_tickets(self.desk.database, sorted(numbers)):
            if ticket.definition not in by_hash:
                by_hash[ticket.definition] = by_workflow_of(context, intake, self.desk.definition(ticket))
            found[ticket.number] = by_hash[ticket.definition]
        return lambda line: found.get(own_number(written_number(line), office), context)

    def _read(self, found: Found, context_of: Callable[[Line], Context], wishes: Wishes) -> list[Reading]:
        readings: list[Reading] = []
        scopes: dict[int, Sequence[str]] = {}
        for line in found.lines:
            table = found.tables_of[line.sheet, line.block]
            if line.hidden and wishes.hidden != INCLUDED:
                readings.append(Reading(line.sheet, line.row, None, action=SKIPPED, pictures=line.pictures))
                continue
            for reading in read_line(line, context_of(line), has_closing=table.has_closing):
                scopes[len(readings)] = table.names
                readings.append(reading)
        identify(readings, scopes, wishes.batch)
        for reading in readings:
            if reading.item is not None:
                reading.item = reading.item._replace(opening=reading.item.opening._replace(key=reading.key))
        find_twins(readings)
        return readings

    def _kept(self, readings: Sequence[Reading], context: Context) -> dict[int, Kept]:
        """The tickets of rows that were taken over before, by the `id()` of the row."""
        found = self._there(readings, (), context.batch)
        return found | ask_again(self.desk.database, readings, found, context)

    def _there(self, readings: Sequence[Reading], others: Collection[str], batch: str | None) -> dict[int, Kept]:
        """The tickets of rows, by the `id()` of the row, but for the `others`, which belong to other rows."""
        found = find_kept(self.desk.database, self.desk.office, readings)
        found = {row: kept for row, kept in found.items() if kept.ticket.number not in others}
        left = [reading for reading in readings if id(reading) not in found]
        return found | find_elsewhere(self.desk.database, left, {*others, *(kept.ticket.number for kept in found.values())}, batch)

    def _judge(self, readings: Sequence[Reading], actor: Actor, definition: Definition, days: Days) -> None:
        """What the rules say against each item, before anything is written."""
        for reading in readings:
            if reading.item is None:
                if reading.action == NEW:
                    reading.action = ASKED if reading.asked and not reading.held else HELD
                continue
            if any(question.holds for question in reading.asked):
                continue
            for reason in import_problems(definition, reading.item, actor, days.now):
                tell(reading, reason.code, values=reason.values)

    def _look(self, outcome: Outcome, album: Album) -> None:
        """What is to be told of the pictures of rows that would be taken over."""
        for reading in _new(outcome):
            if reading.pictures:
                with _folder() as folder:
                    album.look_at(reading, folder)

    # writing ---------------------------------------------------------------------------------------------------------

    def _commit(self, taking: Taking, outcome: Outcome, album: Album, tick: Tick) -> None:
        """Writes what is new."""
        at_once = taking.wishes.all_or_nothing
        if at_once and (outcome.count(HELD) or outcome.count(ASKED)):
            return
        outcome.committed = True
        new = _new(outcome)
        size = len(new) if at_once else WRITTEN
        for start in range(0, len(new) or 1, size or 1):
            piece = new[start:start + size]
            with _folder() as folder:
                handed = {id(reading): album.take(reading, folder) for reading in piece if reading.pictures}
                outcome.written += self._write(taking, piece, outcome, album.book.sha256, handed)
            tick(min(start + size, len(new)), len(new))
        Memory(self.desk.database, self.desk.clock, self.desk.salt).keep_proposals(taking.actor, outcome.readings, album.book.sha256)

    def _write(
        self, taking: Taking, readings: Sequence[Reading], outcome: Outcome, sha256: str, handed: Mapping[int, Handed],
    ) -> list[str]:
        """One transaction: what was said of columns and answered, and what nobody took over meanwhile, its numbers one after another."""
        desk, database, actor, wishes = self.desk, self.desk.database, taking.actor, taking.wishes
        files = [file for each in handed.values() for file in each.all()]
        with copied(database, files) if files else nullcontext() as copies, desk.writing_as(actor) as now:
            database.row(queries.SETTING_LOCKED, name=OFFICE_SETTING)  # whoever imports does so one after the other
            memory = Memory(database, desk.clock, desk.salt)
            if wishes.named:
                memory.remember(actor, wishes.named)
            if wishes.answers:
                memory.keep_answers(actor, wishes.answers, wishes.batch, sha256)
            batch = joined(database, wishes.batch)
            if batch is not None and (over := over_problem(batch)) is not None:
                raise Refused((over,))
            left = list(self._left(readings, outcome, taking))
            year, calendar = now.astimezone(desk.rules.zone()).year, desk.rules.calendar()
            streams = counters.next_streams(database, len(left)) if left else range(0)
            serials = counters.next_serials(database, desk.office, year, len(left)) if left else range(0)
            changes: list[journal.Beginning[Ticket]] = []
            numbers: dict[int, str] = {}
            for reading, stream, serial in zip(left, streams, serials, strict=True):
                item = reading.item
                assert item is not None  # noqa: S101 – only items are new
                number = numbers[id(reading)] = full_number(desk.office, year, serial)
                if id(reading) in handed:
                    item = item._replace(opening=item.opening._replace(attached=handed[id(reading)].attached()))
                if reading.follows:
                    item = item._replace(opening=item.opening._replace(repeats=numbers_of(reading, numbers)))
                if batch is not None:
                    item = item._replace(opening=item.opening._replace(assign_by=batch.assign_due_at))
                event = taken_over(
                    taking.definition, item, actor, now, calendar, ticket=stream, number=number,
                    office=desk.office, salt=desk.salt(), secret_salt=desk.salt() if item.opening.secret() else "",
                )
                folding = Folding()
                folding.add(event)
                changes.append(journal.Beginning(folding.ticket(), (event,), written=folding.written()))
            must_be_in_force(database, {unit for change in changes for unit in _units_of(change.after)})
            if copies is not None:
                copies.keep(database, now)
            journal.append_many(database, changes)  # nobody is told of the past
        for reading, change in zip(left, changes, strict=True):
            reading.ticket = change.after.number
        return [change.after.number for change in changes]

    def _left(self, readings: Sequence[Reading], outcome: Outcome, taking: Taking) -> Iterator[Reading]:
        """What nobody took over since it was looked at, under whatever source or batch."""
        came = int(self.desk.database.rows(queries.TICKETS_SINCE, last=taking.seen)[0][0]) - len(outcome.written)
        others = {reading.ticket for reading in outcome.readings if reading.ticket is not None} if came else ()
        there = self._there(readings, others, taking.wishes.batch) if came else {}
        for reading in readings:
            if (kept := there.get(id(reading))) is None:
                yield reading
            else:
                reading.action, reading.ticket = SAME, kept.ticket.number

    def _last_ticket(self) -> int:
        return int(self.desk.database.rows(queries.LAST_TICKET)[0][0] or 0)


def _units_of(ticket: Ticket) -> set[str]:
    """The units that have something to do on it."""
    return set() if ticket.final else {unit for unit in (ticket.lead, *ticket.cooperators) if unit is not None}


def _new(outcome: Outcome) -> list[Reading]:
    """The rows that are taken over, in the order in which they are."""
    return sorted((reading for reading in outcome.readings if reading.action == NEW), key=_order)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder of its owner's alone, until the end."""
    with tempfile.TemporaryDirectory(prefix="zg-pictures-") as folder:
        yield Path(folder)


def _order(reading: Reading) -> tuple[object, ...]:
    """In which order rows are written, whatever order they stand in: by their numbers as people count, within their
    sheets; what repeats another row after that.
    """
    return (reading.depth, natural(reading.key), reading.sheet)
