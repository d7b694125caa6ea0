"""The number of a round of evaluation, as people type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import RoundNotFound
from engine.rules.loop.round import DIGITS, SERIES
from engine.rules.ticket_number import full_number, read_number

if TYPE_CHECKING:
    from engine.desk.reading import ReadingDesk


def round_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a round: `1` means that serial in the year of the database's clock. Raises RoundNotFound."""
    typed = read_number(text)
    if typed is None or typed.office not in (None, SERIES):
        raise RoundNotFound(round=text)
    year = typed.year if typed.year is not None else desk.clock.now().astimezone(desk.rules.zone()).year
    return full_number(SERIES, year, typed.serial, DIGITS)
