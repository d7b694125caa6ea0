"""Where the time comes from: the machine's clock, or a sandbox's own that stands still until somebody moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is. Aware, UTC."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A sandbox's time: it stands still; `zg clock` moves it (DESIGN §5)."""

    at: datetime

    def now(self) -> datetime:
        return self.at
