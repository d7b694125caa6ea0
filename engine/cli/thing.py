"""How a thing of the office is shown – a batch, a visit: a list of them, a card with its tickets, and what was done to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

import click

from engine.cli.call import Call
from engine.cli.frame import argument, option
from engine.cli.listing import TITLE_LEAST
from engine.cli.table import Cell, Column, pairs, table, tsv
from engine.views.batch import member_view
from engine.views.event import event_view

if TYPE_CHECKING:
    from engine.office.stream import Counted, DoneTo
    from engine.rules.access import Actor
    from engine.rules.ticket import Ticket

Made = TypeVar("Made", bound="tuple[Any, ...]")


class Eraser(Protocol[Made]):
    """Who keeps the words of things, and erases them."""

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Made]: ...

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Made]: ...


class Keeper(Eraser[Made], Protocol[Made]):
    """Who keeps the things of a kind, with their tickets."""

    def counted(self, things: list[Made], /) -> list[Counted[Made]]: ...


class Redactor(Protocol):
    """Asks for words of a thing to be erased, or without a reason confirms it."""

    def __call__(self, call: Call, number: str, seq: int, reason: str | None, *, dry_run: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Shape(Generic[Made]):
    """How the things of one kind are shown. `name` is what they are called in JSON and in words, `keeper` who keeps them; `card` gives the
    lines of one, `told` the fields of its line for programs, `row` its line on a screen under `columns`. `count` says how
    many there are, `read` who may see one.
    """

    name: str
    keeper: Callable[[Call], Keeper[Made]]
    view: Callable[[Call, Counted[Made]], Mapping[str, Any]]
    card: Callable[[Call, Counted[Made]], Sequence[tuple[str, str | Cell]]]
    told: Callable[[Call, Counted[Made]], Sequence[object]]
    columns: Callable[[Call], list[Column]]
    row: Callable[[Call, Counted[Made]], list[Cell | str]]
    count: Callable[[Call, int], None]
    read: Callable[[Actor], bool]

    def print_list(self, call: Call, found: Iterable[Counted[Made]]) -> None:
        """Prints them line by line, without columns that say nothing; for programs as they are read."""
        if call.json:
            for each in found:
                call.dump(self.view(call, each))
            return
        shown = list(found)
        if not call.terminal.out:
            call.lines(tsv([self.told(call, each) for each in shown]))
            return
        call.lines(_filled(call, self.columns(call), [self.row(call, each) for each in shown]))
        self.count(call, len(shown))

    def print_whole(self, call: Call, found: Counted[Made], tickets: Sequence[Ticket], more: Mapping[str, object] | None = None) -> None:
        """Prints one, with its tickets. `more` goes into its JSON."""
        if call.json:
            zone = call.app.desk.rules.zone()
            call.dump({**self.view(call, found), "members": [member_view(ticket, zone) for ticket in tickets], **(more or {})})
            return
        call.lines(pairs(self.card(call, found), call.terminal))
        call.lines(_members(call, tickets))

    def print_done(self, call: Call, done: DoneTo[Made], *, dry_run: bool) -> None:
        """Prints one as it is after an act, or in a rehearsal as it would be, with the event."""
        [found] = self.keeper(call).counted([done.thing])
        if call.json:
            dump_done(call, done, self.name, self.view(call, found), dry_run=dry_run)
            return
        if dry_run:
            call.hint("done.rehearsed")
        call.lines(pairs(self.card(call, found), call.terminal))

    def redact(self, call: Call, number: str, seq: int, reason: str | None, *, dry_run: bool) -> None:
        """Asks for words to be erased, or without a reason confirms it. Who may not read of the thing is told that it is done."""
        done = erased(call, self.keeper(call), number, seq, reason, dry_run=dry_run)
        if self.read(call.app.actor):
            self.print_done(call, done, dry_run=dry_run)
        elif call.json:
            dump_done(call, done, self.name, None, dry_run=dry_run)
        elif dry_run:
            call.hint("done.rehearsed")


def erased(call: Call, keeper: Eraser[Made], number: str, seq: int, reason: str | None, *, dry_run: bool) -> DoneTo[Made]:
    """Asks for words of a thing to be erased, or without a reason confirms it."""
    if reason is not None:
        return keeper.ask_erasure(call.app.actor, number, seq, reason, dry_run=dry_run)
    return keeper.erase(call.app.actor, number, seq, dry_run=dry_run)


def dump_done(call: Call, done: DoneTo[Made], name: str, view: Mapping[str, object] | None, *, dry_run: bool) -> None:
    """Prints a thing after an act as JSON; in a rehearsal under `name`, with the event. Who may not read it (`view` is None) reads the
    number.
    """
    number = cast("Any", done.thing).number
    if not dry_run:
        call.dump({"number": number} if view is None else dict(view))
        return
    rehearsed = {"number": number, "dry_run": True, "events": [event_view(done.event)]}
    call.dump(rehearsed if view is None else {**rehearsed, name: view})


def number_argument(metavar: str) -> click.Argument:
    return argument("number", metavar=metavar)


def write_options() -> tuple[click.Option, ...]:
    return option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True)


def _members(call: Call, tickets: Sequence[Ticket]) -> list[str]:
    """The tickets of a thing, line by line."""
    desk, zone = call.app.desk, call.app.desk.rules.zone()
    views = [(ticket, member_view(ticket, zone)) for ticket in tickets]
    if not call.terminal.out:
        return tsv([["ticket", *view.values()] for _, view in views])
    rows: list[list[Cell | str]] = []
    for ticket, view in views:
        phrase = call.phrase(desk.definition(ticket))
        rows.append([ticket.number, ticket.title, phrase.unit(ticket.lead), view["promised_on"] or "", phrase.state(ticket.state)])
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.title"), least=TITLE_LEAST),
        Column(call.say("field.lead"), spare=1), Column(call.say("field.promised"), whole=True), Column(call.say("field.state")),
    ]
    return ["", *_filled(call, columns, rows)] if rows else []


def _filled(call: Call, columns: Sequence[Column], rows: Sequence[list[Cell | str]]) -> list[str]:
    """The table, without the columns in which nothing stands."""
    filled = [index for index in range(len(columns)) if not rows or any(row[index] for row in rows)]
    return table([columns[index] for index in filled], [[row[index] for index in filled] for row in rows], call.terminal)
