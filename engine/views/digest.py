"""A week for a leader (一周情况): what came and was closed, unit by unit, what is late, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar
from engine.views.figures import Figures


@dataclass(frozen=True, slots=True)
class Digest:
    """The seven days until today, beside the seven before; of the reader's units where `own`. `late` are red ones, `coming` those that are
    due in the seven days after today: of each the first. `told` are the states of what figures count, `ends` those in which it is over.
    """

    since: date
    until: date
    before: date
    own: bool
    week: Figures
    week_before: Figures
    late: tuple[Ticket, ...]
    coming: tuple[Ticket, ...]
    next_day: date
    last_day: date
    told: tuple[str, ...]
    ends: tuple[str, ...]
    now: datetime
    calendar: Calendar
