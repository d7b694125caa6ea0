"""The pulse of the duties of one process: when each that is under way last gave a sign of life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

HANGS_AFTER = timedelta(minutes=5)
"""A duty asks between two pieces of work whether it should end; none of them takes nearly so long. After this it is said to hang."""


class Pulse:
    """Duties run beside each other, each in a thread of its own: whichever ends tells of those that hang, since they cannot."""

    def __init__(self) -> None:
        self._alive: dict[str, datetime] = {}

    def begins(self, duty: str, now: datetime) -> None:
        self._alive[duty] = now

    def ends(self, duty: str) -> None:
        self._alive.pop(duty, None)

    def felt(self, duty: str, now: Callable[[], datetime], requested: Callable[[], bool]) -> Callable[[], bool]:
        """The question whether a duty should end, which is a sign of its life."""

        def ask() -> bool:
            self._alive[duty] = now()
            return requested()

        return ask

    def hanging(self, now: datetime) -> dict[str, datetime]:
        """The duties that hang, and their last sign of life."""
        return {duty: alive for duty, alive in sorted(self._alive.items()) if now - alive > HANGS_AFTER}
