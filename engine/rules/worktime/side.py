"""On which side of today a moment that somebody types can lie."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """A limit is still coming; what is looked back at has passed; a start of something may be either."""

    COMING = "coming"
    PAST = "past"
    ANY = "any"
