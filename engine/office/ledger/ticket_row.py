"""A ticket as a row of a ledger that goes out. An import understands its heads, so that it can come in again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from engine.errors import UsageError
from engine.office.ledger.identity import senders_number
from engine.office.sheets.workbook import Column, Value
from engine.rules.definition import Definition
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import LIGHTS, light
from engine.rules.worktime import Calendar
from engine.views.names import Naming
from engine.views.ticket import outer_at, planned_at, rung_name
from engine.words import say
from engine.words.light import light_words
from engine.words.phrase import Phrase

BETWEEN = "、"
"""Stands between several units and several dates in a cell, as offices write them."""

WIDTHS: Mapping[str, int] = {
    "number": 13, "sender": 10, "light": 5, "title": 30, "detail": 26, "source": 10,
    "measure": 8, "grade": 6, "lead": 14, "cooperators": 16,
    "leader": 9, "officer": 10, "opened": 11, "assigned": 11, "due": 11, "outer": 11, "extended": 11, "left": 13, "state": 8, "rung": 8,
    "urged": 8, "finished": 11, "closed": 11, "repeats": 14,
}
"""The columns in their order (`views.ledger.EXPORTED`), with their widths in characters."""


BRIEF = ("number", "light", "measure", "grade", "opened", "assigned", "due", "outer", "finished", "closed")
"""Columns whose cells are short and say nothing where they are cut."""


class Speech(NamedTuple):
    """How a ledger is put into words: in which language, by the labels of a ticket's definition, and what units and people are called."""

    language: str
    phrase: Callable[[Definition | None], Phrase]
    naming: Naming


def chosen(names: Collection[str]) -> tuple[str, ...]:
    """The columns of these names in the order of the ledger; all of them where none is named. Raises UsageError."""
    if any(name not in WIDTHS for name in names):
        raise UsageError(reason="usage-choice", parameter="columns", choices=list(WIDTHS))
    return tuple(name for name in WIDTHS if not names or name in names)


def columns(language: str, names: Collection[str] = tuple(WIDTHS)) -> tuple[Column, ...]:
    """The columns of these names, in their order."""
    lights = {say(f"light.{name}", language): name for name in LIGHTS}
    return tuple(
        Column(say(f"export.head.{name}", language), width, lights if name == "light" else None)
        for name, width in WIDTHS.items() if name in names
    )


def ticket_row(
    ticket: Ticket, definition: Definition, phrase: Phrase, speech: Speech, calendar: Calendar, now: datetime,
    names: Collection[str] = tuple(WIDTHS),
) -> tuple[Value, ...]:
    """The cells of a ticket in the columns of these names, in their order."""
    naming, language, zone = speech.naming, speech.language, calendar.tz
    dates = list(dict.fromkeys(_dates(ticket, zone)))
    cells: dict[str, Value] = {
        "number": ticket.number, "sender": senders_number(ticket),
        "light": say(f"light.{light(ticket, now)}", language), "title": ticket.title, "detail": ticket.detail,
        "source": phrase.label("source", ticket.source), "measure": ticket.measure, "grade": ticket.grade,
        "lead": naming.unit(ticket.lead) if ticket.lead else None,
        "cooperators": BETWEEN.join(map(naming.unit, ticket.cooperators)),
        "leader": naming.title(ticket.leader, now) if ticket.leader else None,
        "officer": naming.title(ticket.officer, now) if ticket.officer else None,
        "opened": day_of(ticket.opened_at, zone), "assigned": day_of(ticket.assigned_at, zone),
        "due": say("list.standing", language) if ticket.standing else dates[0] if dates else _limit(ticket, phrase),
        "outer": day_of(outer_at(ticket, definition), zone),
        "extended": None if ticket.standing else _several(dates[1:]),
        "left": _without_light(light_words(ticket, now, calendar, language, "short"), language),
        "state": phrase.state(ticket.state), "rung": _rung(ticket, definition, phrase),
        "urged": ticket.urged or None,
        "finished": day_of(ticket.submitted_at, zone) if ticket.submitted else None, "closed": day_of(ticket.closed_at, zone),
        "repeats": BETWEEN.join(ticket.repeats),
    }
    return tuple(cells[name] for name in WIDTHS if name in names)


def cell_texts(cells: Iterable[Value]) -> list[str]:
    """Cells as texts, days as 2020-09-25; a cell that is empty is a dash."""
    return ["—" if cell in (None, "") else str(cell) for cell in cells]


def day_of(at: datetime | None, zone: tzinfo) -> date | None:
    """The office's day."""
    return at.astimezone(zone).date() if at is not None else None


def _dates(ticket: Ticket, zone: tzinfo) -> Iterator[date]:
    """The dates that the ticket had, the first one first, and the one that it has: that is given by 交办, or was planned for it."""
    for grant in ticket.grants:
        yield grant.before.astimezone(zone).date()
    last = ticket.promised_at or planned_at(ticket)
    if last is not None:
        yield last.astimezone(zone).date()


def _limit(ticket: Ticket, phrase: Phrase) -> str | None:
    """The limit that an item came with, until it is assigned and has a date."""
    return phrase.amount(ticket.stated_limit) if ticket.stated_limit is not None else None


def _several(dates: list[date]) -> Value:
    """One date as a date; of several a text, since a cell has one date only."""
    return dates[0] if len(dates) == 1 else BETWEEN.join(day.isoformat() for day in dates)


def _without_light(words: str, language: str) -> str:
    """How much time is left, without sign and colour: these have a column of their own."""
    told = words.partition(" ")[2]
    name = next((name for name in LIGHTS if told.startswith(say(f"light.{name}", language))), None)
    return told.removeprefix(say(f"light.{name}", language)).strip() if name is not None else told


def _rung(ticket: Ticket, definition: Definition, phrase: Phrase) -> str | None:
    name = rung_name(ticket, definition)
    return phrase.rung_title(name) if name is not None and not ticket.final else None
