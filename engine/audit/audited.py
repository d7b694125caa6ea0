"""What an audit looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from engine.audit.witnessed import Witnessed


class Restored(NamedTuple):
    """A copy that was put back and gone on with: when, the last of its seals, the newest one known before – 0 where a witness told of it,
    who does not know its number –, how many events were sealed between them, and who told (`rules.proof.going_on`).
    """

    at: datetime | None
    last: int
    known: int
    behind: int
    by: str


Tick = Callable[[int], None]
"""Is told how many more events were read."""


@dataclass(slots=True)
class Audited:
    """What was looked at; filled while the findings are read. `tables` counts the rows of each table, `told_since` is the entry from
    which on those of the administration are told, `lost` counts the keys that were replaced without the old one's word, `anchored` whether
    the record was compared with a key known from outside of it, `sought` where a key was looked for, `restored` tells where it goes on
    from a copy that was put back, `witnessed` what each witness signed last where some are demanded, `judged` counts the events that were
    judged again, `unasked` what could not be asked of how many of them.
    """

    events: int = 0
    tickets: int = 0
    redacted: int = 0
    findings: int = 0
    seals: int = 0
    lost: int = 0
    anchored: bool = False
    sought: Path | None = None
    files: int = 0
    told_since: int | None = None
    restored: list[Restored] = field(default_factory=list)
    witnessed: list[Witnessed] = field(default_factory=list)
    tables: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    unasked: Counter[str] = field(default_factory=Counter)
