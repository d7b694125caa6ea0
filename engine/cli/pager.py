"""The pager: what a person reads on a terminal and is longer than the screen, page by page; never in a pipe."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.cli.terminal import display_width

LESS_OPTIONS = "FRX"
"""For `less` where LESS is not set: ends by itself if all fits, keeps colours, leaves what was read on the screen."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Screen(NamedTuple):
    """How much fits on the terminal at once."""

    width: int
    height: int


@dataclass
class Page:
    """What a reading command said so far: the data, and the hints that come after it."""

    data: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def show(self, pager: Sequence[str]) -> None:
        """Prints the data, through the pager if it is longer than the screen, and then the hints."""
        text, screen = "".join(self.data), current_screen()
        if not (pager and screen is not None and rows(text, screen.width) >= screen.height and _paged(text, pager)):
            sys.stdout.write(text)
            sys.stdout.flush()
        sys.stderr.write("".join(self.hints))


def pager_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The pager a person wants: PAGER, or `less` or `more` where it is not set; none where PAGER is empty, `cat`, or no command."""
    if (chosen := environ.get("PAGER")) is not None:
        with suppress(ValueError):
            words = tuple(shlex.split(chosen))
            return () if words[:1] == ("cat",) else words
        return ()
    if environ.get("TERM") == "dumb":
        return ()
    return next(((name,) for name in ("less", "more") if shutil.which(name)), ())


def current_screen() -> Screen | None:
    """The size of the terminal that standard output is; None where it is none."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return None
    return Screen(size.columns, size.lines) if sys.stdout.isatty() and size.columns and size.lines else None


def rows(text: str, width: int) -> int:
    """The rows a text takes on a screen: a line that is too long takes several, colours take none."""
    return sum(max(1, -(-display_width(_COLOUR.sub("", line)) // width)) for line in text.splitlines())


def _paged(text: str, pager: Sequence[str]) -> bool:
    """Whether the pager took the text. That it is left before the end is no error; Ctrl-C is the pager's while it shows. One that ends
    with an error may have shown nothing, and it cannot be asked: better the text twice than not at all.
    """
    import subprocess  # every command imports this file, and few texts are longer than the screen

    environment = {"LESS": LESS_OPTIONS, "LESSCHARSET": "utf-8", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(pager, stdin=subprocess.PIPE, env=environment)  # noqa: S603 – the user's own pager
    except OSError:
        return False
    interrupted = False
    try:
        process.communicate(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    except BrokenPipeError:
        pass
    except KeyboardInterrupt:
        interrupted = True
    while process.returncode is None:
        try:
            process.wait()
        except KeyboardInterrupt:
            interrupted = True
    return interrupted or process.returncode == 0
