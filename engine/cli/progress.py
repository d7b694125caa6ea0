"""A bar on standard error while something takes long: for people at a terminal only, and gone when there is something to read."""

from __future__ import annotations

import sys

from engine.cli.call import Call

WIDTH = 30
SMALL = 20_000
"""An amount of work that is done before anybody would see a bar."""


class Progress:
    """A bar that shows how much of a known amount is done."""

    def __init__(self, call: Call, total: int) -> None:
        self.total, self.done, self.shown = total, 0, -1
        self.wanted = call.terminal.err and not call.json and total >= SMALL

    def advance(self, count: int) -> None:
        """Adds to what is done, and draws the bar anew when a percent is full."""
        self.done += count
        percent = min(100, self.done * 100 // self.total) if self.total else 100
        if self.wanted and percent != self.shown:
            self.shown = percent
            filled = WIDTH * percent // 100
            sys.stderr.write(f"\r[{'#' * filled}{'-' * (WIDTH - filled)}] {percent:3d} %")
            sys.stderr.flush()

    def clear(self) -> None:
        """Removes the bar from the screen."""
        if self.shown >= 0:
            sys.stderr.write(f"\r{' ' * (WIDTH + 8)}\r")
            sys.stderr.flush()
            self.shown = -1
