"""A bar on standard error while something takes long: for people at a terminal only, and gone when there is something to read."""

from __future__ import annotations

import sys

from engine.cli.call import Call

WIDTH = 30
SMALL = 20_000
"""What is done before anybody sees a bar needs none."""


class Progress:
    """How much of a known amount is done."""

    def __init__(self, call: Call, total: int) -> None:
        self.total, self.done, self.shown = total, 0, -1
        self.wanted = call.terminal.err and not call.json and total >= SMALL

    def advance(self, count: int) -> None:
        """So much more is done."""
        self.done += count
        percent = min(100, self.done * 100 // self.total) if self.total else 100
        if self.wanted and percent != self.shown:
            self.shown = percent
            filled = WIDTH * percent // 100
            sys.stderr.write(f"\r[{'#' * filled}{'-' * (WIDTH - filled)}] {percent:3d} %")
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the bar away."""
        if self.shown >= 0:
            sys.stderr.write(f"\r{' ' * (WIDTH + 8)}\r")
            sys.stderr.flush()
            self.shown = -1
