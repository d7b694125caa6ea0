"""Numbers of tickets as people type them: `1`, `第1号`, `2020-1`, `zg-2020-1`, `〔2020〕1号`, in full width or half."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 60
"""In characters; whatever is longer is no number."""

SEPARATORS = re.compile(r"\s*[、，,；]\s*(?![^()（）]{0,60}[)）])")
"""What stands between several of anything: numbers, states, units. A blank does not: it stands in names; nor does anything between
brackets: 各县（市、区）."""

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
    if len(text) > LONGEST or not (text.isascii() or all(_kind(char) in _WRITTEN for char in text)):
        return None
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper().translate(_DASHES))
    if found is None:
        return None
    return TypedNumber(int(found["serial"]), int(found["year"]) if found["year"] else None, found["office"])


def separated(text: str) -> list[str]:
    """The parts of a list as people write one: `1、2，3`. A text of separators alone is one part, itself."""
    return [part for part in SEPARATORS.split(text) if part] or [text]


def _kind(char: str) -> str:
    """How Unicode derives the character from a plainer one; empty where it does not, or where the two are the same."""
    first = unicodedata.decomposition(char).partition(" ")[0]
    return first if first.startswith("<") else ""
