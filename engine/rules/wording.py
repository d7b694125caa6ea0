"""What people may type: length and characters of titles and other words."""

from __future__ import annotations

import unicodedata

from engine.errors import Reason

LONGEST_TITLE = 200
LONGEST = 5_000
"""In characters. A longer text belongs into a file of evidence."""

LONGEST_FACT = 100
"""A short text that stays among the facts: who signed, by which way somebody was called."""

SEPARATORS_AND_TURNS = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Line and paragraph separators, marks that turn the reading direction, and the byte order mark."""


FILE_WORDS = "file-"
"""How the words of an event begin that are the names of files it cites."""


def file_word(sha256: str) -> str:
    """Under which of an event's words the name of a file stands."""
    return f"{FILE_WORDS}{sha256[:12]}"


def title_problem(title: str) -> Reason | None:
    """A title is one line, not empty, without control characters."""
    if not _visible(title):
        return Reason("title-empty")
    return word_problem("title", title, LONGEST_TITLE, one_line=True)


def word_problem(field: str, text: str, longest: int, *, one_line: bool = False) -> Reason | None:
    """Why the text cannot be kept, or None. Line breaks and tabs are fine except in one-line fields."""
    if not _visible(text):
        return Reason("words-empty", {"field": field})
    if len(text) > longest:
        return Reason("words-long", {"field": field, "length": len(text), "longest": longest})
    allowed = "" if one_line else "\n\t\r"
    bad = next((char for char in text if char not in allowed and _forbidden(char)), None)
    return Reason("words-control", {"field": field, "char": f"U+{ord(bad):04X}"}) if bad else None


def _visible(text: str) -> bool:
    """Whether there is anything to read: blanks and marks of no width alone say nothing. Control characters are told by name."""
    return any(not char.isspace() and unicodedata.category(char) != "Cf" for char in text)


def _forbidden(char: str) -> bool:
    """Control characters, surrogates, unassigned code points, and the marks that turn the reading direction around."""
    return unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co") or char in SEPARATORS_AND_TURNS
