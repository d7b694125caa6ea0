"""An item of a ledger that was kept elsewhere: what it is, what had become of it, and where it stood."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from engine.rules.acts.opening import Opening
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import stamp


class Origin(NamedTuple):
    """Where an item stands in the file that it came from: the file's SHA-256, the sheet, the row as people count them, and the number it
    has there, if it has one.
    """

    sha256: str
    sheet: str
    row: int
    number: str | None = None


class Past(NamedTuple):
    """What had become of an item before it was taken over: the state that it had reached, when it was assigned (交办), the dates that
    stood before the one it has now, the earliest first (延期), when it was handed in and when it was closed. A standing item (长期坚持)
    has no date.
    """

    state: str
    assigned_at: datetime | None = None
    extended: tuple[datetime, ...] = ()
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    standing: bool = False

    def to_json(self) -> JsonObject:
        """What of it the event says beside its state. Only what there is."""
        moments = {"assigned_at": self.assigned_at, "finished_at": self.finished_at, "closed_at": self.closed_at}
        node: JsonObject = {name: stamp(at) for name, at in moments.items() if at is not None}
        if self.extended:
            node["extended"] = [stamp(at) for at in self.extended]
        return node | {"standing": True} if self.standing else node


class Item(NamedTuple):
    """An item of a ledger: what it is, what had become of it, where it stands in its file. Its pictures are its opening's."""

    opening: Opening
    past: Past
    origin: Origin
