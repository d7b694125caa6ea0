"""Numbers of tickets as people type them: `1`, `第1号`, `2020-1`, `zg-2020-1`, `〔2020〕1号`, in full width or half."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 60
"""In characters; whatever is longer is no number."""

SEPARATORS = re.compile(r"\s*[、，,；]\s*")
"""What stands between several of anything: numbers, states, units. A blank does not: it stands in names."""

_DASHES = str.maketrans("‐‑‒–—−－", "-" * 7)
_OFFICE_AND_YEAR = r"(?:(?P<office>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*?)-?)?[〔\[(]?(?P<year>[0-9]{4})(?:[〕\])]|年|-) ?"
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
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper().translate(_DASHES))
    if found is None:
        return None
    return TypedNumber(int(found["serial"]), int(found["year"]) if found["year"] else None, found["office"])


def separated(text: str) -> list[str]:
    """The parts of a list as people write one: `1、2，3`. A text of separators alone is one part, itself."""
    return [part for part in SEPARATORS.split(text) if part] or [text]
