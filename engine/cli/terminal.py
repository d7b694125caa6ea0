"""What stands at the other end of the output: a person's terminal or a program, how wide, in colour or not."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

USUAL_WIDTH = 80

CODES = {"red": "31", "yellow": "33", "green": "32", "blue": "34", "grey": "90", "bold": "1", "dim": "2"}

INDENT = "  "
"""What further lines of one text begin with."""

_PIECES = re.compile(r"(?:[!-~]+|[^!-~])[，。、；：）》”]* *")
"""What a line is not broken in: a word or a Chinese character, with the marks behind it."""

_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the reading direction around: they can make a line seem to say something else."""


class Terminal(NamedTuple):
    """What stands at the ends of the standard streams: whether `out` and `err` are terminals, and whether a person may be asked."""

    out: bool
    err: bool
    ask: bool
    width: int
    colour: bool

    def paint(self, text: str, *styles: str) -> str:
        """The text in colour if colour is wanted. The sign and the word say the same, so nothing is lost without."""
        if not self.colour or not styles:
            return text
        return f"\x1b[{';'.join(CODES[style] for style in styles)}m{text}\x1b[0m"

    def wrapped(self, texts: Iterable[str]) -> list[str]:
        """The texts in lines that fit, each further line of a text indented. A program is given each text as one line."""
        return [line for text in texts for line in (wrap(text, self.width) if self.out else [text])]


def detect_terminal(environ: Mapping[str, str] = os.environ, color: str = "auto") -> Terminal:
    """The terminal of this process. `ZG_FORCE_TTY` pretends there is one; `COLUMNS` sets its width."""
    forced = bool(environ.get("ZG_FORCE_TTY"))
    out = forced or sys.stdout.isatty()
    return Terminal(
        out=out, err=forced or sys.stderr.isatty(), ask=not forced and sys.stdin.isatty() and sys.stdout.isatty(),
        width=_width(environ), colour=_colour(environ, color, out),
    )


def _colour(environ: Mapping[str, str], color: str, out: bool) -> bool:
    """Whether to use colour: `--color` > NO_COLOR > CLICOLOR_FORCE > CLICOLOR=0 > TERM=dumb > whether it is a terminal."""
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return out and environ.get("CLICOLOR") != "0" and environ.get("TERM") != "dumb"


def _width(environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or USUAL_WIDTH
    except (OSError, ValueError):
        return USUAL_WIDTH


def clean(text: str, *, lines: bool = False) -> str:
    """The text without anything that could command the terminal. With `lines`, line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_harmless(char, lines) for char in text)


def _harmless(char: str, lines: bool) -> str:
    if char in "\n\t":
        return char if lines else " "
    if char in _DIRECTION_MARKS or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return f"\\u{ord(char):04x}"
    return char


def display_width(text: str) -> int:
    """The columns a text takes on the screen: 2 for a wide character, 0 for a combining one. Ambiguous width is narrow."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def fit(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis if something had to go."""
    if display_width(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _columns(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken between words, and between any two Chinese characters."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line.strip() and display_width(line) + display_width(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = INDENT
        line += piece
    return [*lines, line.rstrip()]


def pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))
