"""The number of a round of evaluation, as people type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import RoundNotFound
from engine.rules.loop.round import DIGITS, SERIES

if TYPE_CHECKING:
    from engine.desk.reading import ReadingDesk


def round_number(desk: ReadingDesk, text: str) -> str:
    """The full number of what was typed for a round: `1` means that serial in the year of the database's clock. Raises RoundNotFound."""
    found = desk.number_in(SERIES, text, DIGITS)
    if found is None:
        raise RoundNotFound(round=text)
    return found
