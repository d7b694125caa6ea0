"""That a record goes on from a copy that was put back, as the audit tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.audit.audited import Restored
from engine.cli.call import Call
from engine.rules.proof.chain import stamp


def restored_line(call: Call, item: Restored) -> str:
    """That the record goes on from a copy, and what is not in it."""
    when = call.phrase().moment(item.at) if item.at is not None else "?"
    return call.say("audit.restored", when=when, seal=item.last, known=item.known, count=item.behind)


def restored_nodes(items: Sequence[Restored]) -> list[dict[str, Any]]:
    return [
        {"at": item.at and stamp(item.at), "last_seal": item.last, "known_seal": item.known, "events_not_in_it": item.behind}
        for item in items
    ]
