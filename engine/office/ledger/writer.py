"""The ledger as a file: the rows of `zg list` by the same filter, as far as whoever asks may see them, and an entry that says so."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from engine.desk.figures import figures, this_year
from engine.desk.lists import every
from engine.desk.tickets import Desk
from engine.desk.wanted import Wanted
from engine.errors import UsageError
from engine.office.ledger.feed import DueDate, feed
from engine.office.ledger.figures_sheet import Counts, figures_sheet
from engine.office.ledger.ticket_row import BETWEEN, Speech, chosen, columns, day_of, ticket_row
from engine.office.sheets.workbook import Frame, Table, Value, write_workbook
from engine.record import journal
from engine.record.directory import begin_administering, note
from engine.record.settings import DEFAULT_NAME, NAME_SETTING, setting
from engine.rules.access import Actor, may_export, must
from engine.rules.definition import Definition
from engine.rules.json_value import Json, JsonObject
from engine.rules.judging.entry import LEDGER
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light
from engine.rules.worktime.period import Span
from engine.views.ticket import ticket_view
from engine.words.phrase import Phrase

XLSX, CSV, JSONL, ICS = KINDS = ("xlsx", "csv", "jsonl", "ics")
"""The kinds of file, by their endings."""

SHEETS = (XLSX, CSV)
"""Those that have columns."""

PIECE = 2**20


class Exported(NamedTuple):
    """What was written: how many tickets (of a calendar, those with a date), and the SHA-256 of the file."""

    format: str
    tickets: int
    sha256: str


def kind_of(name: str) -> str:
    """The kind of file that a name asks for. Raises UsageError."""
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in KINDS:
        raise UsageError(reason="usage-export-kind", file=name, kinds=[f".{each}" for each in KINDS])
    return kind


@dataclass(frozen=True, slots=True)
class Writer:
    """One going out of the ledger: for an actor, in words, of one snapshot. `sandbox`: what is written says that it is no real ledger.
    `columns` are those that a sheet is to have, all of them where none is named."""

    desk: Desk
    actor: Actor
    speech: Speech
    sandbox: bool = False
    tick: Callable[[int], None] = lambda count: None
    columns: tuple[str, ...] = ()

    def write(self, wanted: Wanted, path: Path, kind: str) -> Exported:
        """Writes the tickets that are wanted to a file and notes it. Raises NotPermitted, OSError, and as `desk.lists.every` does."""
        must(may_export, self.actor)
        if self.columns and kind not in SHEETS:
            raise UsageError(reason="usage-columns-sheet", kinds=[f".{each}" for each in SHEETS])
        write = {XLSX: self._workbook, CSV: self._text, JSONL: self._lines, ICS: self._calendar}[kind]
        with self.desk.database.snapshot():
            count = write(wanted, path)
        done = Exported(kind, count, _sha256(path))
        self._note(wanted, done)
        return done

    def _note(self, wanted: Wanted, done: Exported) -> None:
        """Reading leaves a trace: who took away what, by which filter."""
        database, now = self.desk.database, self.desk.clock.now()
        facts: JsonObject = {
            "name": LEDGER, "format": done.format, "count": done.tickets, "sha256": done.sha256, "filter": filter_facts(wanted),
        }
        words = {"text": wanted.text} if wanted.text else None

        def entry() -> None:
            begin_administering(database, self.actor, now)
            journal.administer(database, "read", now, self.actor, facts, words, self.desk.salt() if words else None)

        note(database, entry)

    # -- each kind ------------------------------------------------------------------------------------------------------------

    def _workbook(self, wanted: Wanted, path: Path) -> int:
        counts: Counts = Counter()
        return write_workbook(path, self._tables(wanted, counts), self._frame())[0]

    def _tables(self, wanted: Wanted, counts: Counts) -> Iterator[Table]:
        language = self.speech.language
        heads = columns(language, chosen(self.columns))
        yield Table(self._say("export.ledger"), f"{self._title()}\n{self._made()}", heads, self._rows(wanted, counts))
        year = this_year(self.desk)
        found = figures(self.desk, self.actor, wanted, "unit", year)
        first, last = (day_of(at, self.desk.rules.zone()) for at in (year.since, self.desk.clock.now()))
        notes = (self._say("export.span", since=first, before=last), self._say("export.note"))
        yield figures_sheet(counts, found, self.speech, notes)

    def _frame(self) -> Frame:
        return Frame(self._made(), self._say("export.page", page="{page}", pages="{pages}"), self._mark())

    def _made(self) -> str:
        """Who took the ledger away, by title and account, and when: on the sheet itself and on each page of it."""
        phrase = self._phrase(None)
        who, at = phrase.person(self.actor.name), phrase.moment(self.desk.clock.now())
        return self._say("export.made", who=who, account=self.actor.signature, at=at)

    def _text(self, wanted: Wanted, path: Path) -> int:
        from engine.office.sheets.delimited import write_delimited  # the others write no text

        heads = [column.head for column in columns(self.speech.language, chosen(self.columns))]
        return write_delimited(path, heads, self._rows(wanted, Counter()))

    def _lines(self, wanted: Wanted, path: Path) -> int:
        desk, count = self.desk, 0
        with path.open("w", encoding="utf-8") as file:
            for ticket in self._tickets(wanted):
                now = desk.clock.now()
                view = ticket_view(
                    ticket, desk.definition(ticket), self.actor, now, desk.rules.calendar(), desk.referred_words(ticket),
                    alone=desk.alone(ticket, now), visit=desk.visit_of(ticket),
                )
                file.write(json.dumps(view, ensure_ascii=False) + "\n")
                count += 1
        return count

    def _calendar(self, wanted: Wanted, path: Path) -> int:
        count = 0

        def dated() -> Iterator[DueDate]:
            nonlocal count
            for ticket in self._tickets(wanted):
                if ticket.promised_at is not None:
                    count += 1
                    yield self._due_date(ticket, ticket.promised_at)

        with path.open("wb") as file:
            file.writelines(feed(self._title(), dated(), self.desk.clock.now()))
        return count

    def _due_date(self, ticket: Ticket, promised_at: datetime) -> DueDate:
        phrase = self._phrase(self.desk.definition(ticket))
        naming, lead = self.speech.naming, ticket.lead
        name = light(ticket, self.desk.clock.now())
        description = self._say(
            "export.due.detail", lead=naming.unit(lead) if lead else "—", state=phrase.state(ticket.state),
            cooperators=BETWEEN.join(map(naming.unit, ticket.cooperators)) or "—",
        )
        day = promised_at.astimezone(self.desk.rules.zone()).date()
        summary = self._say("export.due", title=ticket.title, number=ticket.number)
        return DueDate(ticket.number, day, summary, description, ticket.version, ticket.changed_at, (self._say(f"light.{name}"),))

    # -- what all of them hold ------------------------------------------------------------------------------------------------

    def _tickets(self, wanted: Wanted) -> Iterator[Ticket]:
        for ticket in every(self.desk, self.actor, wanted):
            yield ticket
            self.tick(1)

    def _rows(self, wanted: Wanted, counts: Counts) -> Iterator[tuple[Value, ...]]:
        phrases, names = dict[str, Phrase](), chosen(self.columns)
        calendar, now = self.desk.rules.calendar(), self.desk.clock.now()
        for ticket in self._tickets(wanted):
            definition = self.desk.definition(ticket)
            phrase = phrases.setdefault(ticket.definition, self._phrase(definition))
            counts[ticket.lead, light(ticket, now)] += 1
            yield ticket_row(ticket, definition, phrase, self.speech, calendar, now, names)

    def _title(self) -> str:
        office = setting(self.desk.database, NAME_SETTING) or DEFAULT_NAME
        title = self._say("export.title", office=office)
        return self._say("export.marked", title=title, mark=self._mark()) if self.sandbox else title

    def _mark(self) -> str:
        return self._say("export.sandbox") if self.sandbox else ""

    def _phrase(self, definition: Definition | None) -> Phrase:
        return self.speech.phrase(definition)

    def _say(self, code: str, **values: object) -> str:
        return self._phrase(None).say(code, **values)


def filter_facts(wanted: Wanted) -> JsonObject:
    """What was asked for, as an entry tells it: only what narrows the ledger, and no words that somebody typed."""
    found: JsonObject = {}
    for field in fields(wanted):
        value = getattr(wanted, field.name)
        if field.name not in ("text", "limit", "after") and value not in (field.default, (), None):
            found[field.name] = _fact(value)
    return found


def _fact(value: object) -> Json:
    if isinstance(value, Span):
        return [stamp(at) if at is not None else None for at in (value.since, value.before)]
    if isinstance(value, datetime):
        return stamp(value)
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value] # texts and switches


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()
