"""One act on many tickets, as a page: which of them it is possible for, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.errors import ZgError
from engine.rules.acts.consent import Waiting
from engine.rules.definition import Definition, Input
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.ticket_page import ActForm, inputs_for


class BulkRow(NamedTuple):
    """One ticket of many: what stands against the act, or went wrong with it; `unit` is who leads it then. `done`: it was done.

    `version` is the one that the form is made of; `about` what of the ticket waits for a leader, where the act is a leader's word.
    `mended`: what went wrong lies in what was typed, so that the same row may be meant again.
    """

    ticket: Ticket
    definition: Definition
    version: int
    unit: str | None
    error: ZgError | None = None
    done: bool = False
    about: Waiting | None = None
    mended: bool = False


class BulkGroup(NamedTuple):
    """The rows of one unit; of none yet where `unit` is None."""

    unit: str | None
    rows: tuple[BulkRow, ...]


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The act with its form, which follows from the workflow of the first ticket, and all rows. `tried`: the rows say what became of them;
    `previewed`: they say what would, by what was typed.
    """

    form: ActForm
    rows: tuple[BulkRow, ...]
    tried: bool = False
    previewed: bool = False

    @property
    def groups(self) -> tuple[BulkGroup, ...]:
        """The rows by unit, in the order of their first."""
        units = dict.fromkeys(row.unit for row in self.rows)
        return tuple(BulkGroup(unit, tuple(row for row in self.rows if row.unit == unit)) for unit in units)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the form asks for, for all tickets together."""
        return inputs_for(self.form.verdict.trigger, [row.ticket for row in self.rows], self.form.at)

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def barred(self) -> int:
        """How many the act is not possible for, or went wrong."""
        return sum(row.error is not None for row in self.rows)

    @property
    def left(self) -> tuple[BulkRow, ...]:
        """What can still be done."""
        return tuple(row for row in self.rows if not row.done)


class BulkChoice(NamedTuple):
    """An act, for how many of the tickets it is possible, and one of those."""

    trigger: str
    possible: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class BulkChoices:
    """The acts that may be done to some tickets."""

    tickets: tuple[Ticket, ...]
    choices: tuple[BulkChoice, ...]
    now: datetime
    calendar: Calendar
