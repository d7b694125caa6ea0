"""That a record goes on from a copy that was put back, as the audit tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.audit.audited import Restored
from engine.cli.call import Call
from engine.rules.proof.chain import stamp
from engine.rules.proof.going_on import NOBODY


def restored_line(call: Call, item: Restored) -> str:
    """That the record goes on from a copy, and what is not in it, as far as somebody told."""
    when = call.phrase().moment(item.at) if item.at is not None else "?"
    return call.say(f"audit.restored-{item.by}", when=when, seal=item.last, known=item.known, count=item.behind)


def restored_nodes(items: Sequence[Restored]) -> list[dict[str, Any]]:
    return [
        {"at": item.at and stamp(item.at), "last_seal": item.last, **lost_nodes(item.known, item.behind, item.by)} for item in items
    ]


def lost_nodes(n: int, behind: int, by: str) -> dict[str, Any]:
    """Which seal was known, how many events are not in the record, and who told; null where nobody did."""
    return {"known_seal": n or None, "events_not_in_it": None if by == NOBODY else behind, "known_by": None if by == NOBODY else by}
