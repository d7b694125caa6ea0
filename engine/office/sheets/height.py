"""How high a row must be for its texts: a sheet that was not made by hand grows no row by itself everywhere."""

from __future__ import annotations

LINE = 14
"""The height of a line, in points."""

MOST_LINES = 29
"""A row is at most 409 points high."""


def lines(text: str, width: float) -> int:
    """Into how many lines a text is broken in a column of this width, in characters."""
    if "\n" not in text and len(text) * 2 < width:
        return 1
    room = max(1, int(width) - 1)
    return sum(max(1, -(-wide(line) // room)) for line in text.split("\n"))


def height(count: int) -> int | None:
    """The height of a row of so many lines, in points; None for that of one line, which every program knows."""
    return LINE * min(count, MOST_LINES) if count > 1 else None


def wide(text: str) -> int:
    """How wide a text is, in characters of Latin letters: Chinese ones are twice as wide."""
    return sum(1 if char.isascii() else 2 for char in text)
