"""What lies in a cell of the record, read by `Database.pieces`: whatever somebody put there, of whatever type.

A driver gives a moment as its text (SQLite) or as a moment (PostgreSQL); text may hold bytes that are none, as lone surrogates.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from engine.rules.proof.chain import CACHE_SIZE, moment, stamp

STAMP_LENGTH = 27
"""How long the text of a moment is; nothing longer is looked at, nor remembered."""

LONGEST_NAME = 64
"""How much of a cell is repeated where it names a row."""


def moment_of(cell: object) -> datetime | None:
    """The moment that lies in a cell; None for what is none, or is not spelled as we spell it."""
    if type(cell) is str:
        return _moment(cell) if len(cell) == STAMP_LENGTH else None
    return cell if isinstance(cell, datetime) else None


@lru_cache(maxsize=CACHE_SIZE)
def _moment(text: str) -> datetime | None:
    try:
        found = moment(text)
        return found if stamp(found) == text else None
    except (ValueError, OverflowError):
        return None


def day_of(cell: object) -> date | None:
    """The day that lies in a cell; None for what is none, or is not spelled as we spell it."""
    if type(cell) is not str:
        return cell if type(cell) is date else None
    try:
        found = date.fromisoformat(cell)
        return found if found.isoformat() == cell else None
    except ValueError:
        return None


def id_of(cell: object) -> int | None:
    """The number that lies in a cell; None for what is none."""
    return cell if type(cell) is int else None


def name_of(cell: object) -> str | None:
    """The text of a cell as it can be shown and written anywhere; None for what is no text."""
    if type(cell) is not str:
        return None
    return cell[:LONGEST_NAME].encode(errors="replace").decode()


def is_text(cell: object) -> bool:
    """Whether a text lies in a cell that can be given to a statement again: half of a character cannot."""
    return type(cell) is str and cell.encode(errors="ignore").decode() == cell
