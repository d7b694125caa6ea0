"""What SQLite is taught for our statements."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from engine.rules.proof.chain import CACHE_SIZE, LARGEST_INTEGER, moment, stamp


def teach() -> None:
    """How SQLite holds what it has no type for: moments and days as text, lists as JSON, truth as 0 and 1."""
    @lru_cache(maxsize=CACHE_SIZE)  # a row has a dozen, and the rows of a batch share theirs
    def read_moment(text: bytes) -> datetime | str:
        """A damaged time stays text, even if it could be guessed, so that the audit can name it instead of falling over it."""
        try:
            return moment(text.decode()) if text.translate(None, b"0123456789") == b"--T::.Z" and len(text) == 27 else text.decode()
        except ValueError:
            return text.decode(errors="replace")

    def listed(values: Sequence[object]) -> str:
        """Numbers too large for a database are told as where they stand alone."""
        if any(isinstance(value, int) and abs(value) >= LARGEST_INTEGER for value in values):
            raise OverflowError(f"a number beyond {LARGEST_INTEGER}")
        return json.dumps(values, ensure_ascii=False)  # the encoder of events would be loaded by reading commands too

    def read_day(text: bytes) -> date | str:
        try:
            return date.fromisoformat(text.decode())
        except ValueError:
            return text.decode(errors="replace")

    sqlite3.register_adapter(datetime, stamp)
    sqlite3.register_adapter(date, date.isoformat)
    sqlite3.register_adapter(list, listed)
    sqlite3.register_adapter(tuple, listed)
    sqlite3.register_converter("UTCTEXT", read_moment)
    sqlite3.register_converter("DAYTEXT", read_day)
    sqlite3.register_converter("BOOLEAN", b"1".__eq__)
