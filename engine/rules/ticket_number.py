"""Numbers of tickets: `ZG-2020-0001`, and as people type them: `1`, `第1号`, `2020-1`, `zg-2020-1`, `〔2020〕1号`, wide or not."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST = 60
"""In characters; whatever is longer is no number."""

SERIAL_DIGITS = 4
"""Digits of a serial on a page, at least."""

ROUNDS = "R"
"""What the numbers of rounds begin with: `R-2020-01`."""

VISITS = "V"
"""What the numbers of visits begin with: `V-2020-0001`."""

FEEDBACK = "F"
"""What the numbers of complaints and reviews begin with: `F-2020-0001`."""

SEPARATORS = re.compile(r"\s*[、，,；\r\n]\s*(?![^()（）]{0,60}[)）])")
"""What stands between several of anything: numbers, states, units; also the end of a line. A blank does not: it stands in names; nor does
anything between brackets: 各县（市、区）."""

_DASHES = str.maketrans("‐‑‒–—−－", "-" * 7)
_OFFICE_AND_YEAR = r"(?:(?P<office>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*?)-?)?[〔\[(]?(?P<year>[1-9][0-9]{3})(?:[〕\])]|年|-) ?"
_WRITTEN = frozenset({"", "<wide>", "<narrow>", "<small>", "<noBreak>"})
"""Kinds of characters (Unicode) that are but another width of those of a number; `²` and `①` are of others."""

_NUMBER = re.compile(rf"(?:{_OFFICE_AND_YEAR})?第?(?P<serial>[0-9]{{1,9}})[号件]?")


class TypedNumber(NamedTuple):
    """A number as it was typed. Without `year` it is of this year, without `office` of this office."""

    serial: int
    year: int | None = None
    office: str | None = None


def read_number(text: str) -> TypedNumber | None:
    """What the text names; None where it is no number of a ticket."""
    if len(text) > LONGEST:
        return None
    if not text.isascii():
        if not all(_kind(char) in _WRITTEN for char in text):
            return None
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None:
        return None
    return TypedNumber(int(found["serial"]), int(found["year"]) if found["year"] else None, found["office"])


def series_typed(text: str) -> str | None:
    """The series that was typed with a number (`B`, `V`, `ZG`); None where none was, or where it is no number."""
    typed = read_number(text)
    return typed.office if typed is not None else None


def number_in(series: str, text: str, year: int, digits: int = SERIAL_DIGITS) -> str | None:
    """The full number of what was typed for a thing of a series (`B`, `V`), where `year` is this year; None where it is none of it."""
    typed = read_number(text)
    if typed is None or typed.office not in (None, series):
        return None
    return full_number(series, typed.year if typed.year is not None else year, typed.serial, digits)


def full_number(series: str, year: int, serial: int, digits: int = SERIAL_DIGITS) -> str:
    """The number of a ticket or of another thing that is counted, as every page writes it."""
    return f"{series}-{year}-{serial:0{digits}d}"


@lru_cache(maxsize=64)
def number_parts(number: str) -> tuple[int, int]:
    """Year and serial of `ZG-2026-0001`. Raises ValueError."""
    prefix, year, serial = number.rsplit("-", 2)
    if not prefix or not year.isdecimal() or not serial.isdecimal():
        raise ValueError(f"not a ticket number: {number}")
    return int(year), int(serial)


def short_number(number: str, year: int) -> str:
    """The shortest number that every command takes in a year: `7` for a ticket of that year, else the whole number."""
    opened_in, serial = number_parts(number)
    return str(serial) if opened_in == year else number


def separated(text: str) -> list[str]:
    """The parts of a list as people write one: `1、2，3`. A text of separators alone is one part, itself."""
    return [part for part in SEPARATORS.split(text) if part] or [text]


def _kind(char: str) -> str:
    """How Unicode derives the character from a plainer one; empty where it does not, or where the two are the same."""
    first = unicodedata.decomposition(char).partition(" ")[0]
    return first if first.startswith("<") else ""
