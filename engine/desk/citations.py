"""Files that the events of a ticket cite (佐证): which, and under which name they were handed in."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from engine.record import queries
from engine.record.database import Database
from engine.rules.json_value import JsonObject
from engine.rules.ticket import Ticket
from engine.rules.wording import file_word


class File(NamedTuple):
    """A file as one event cites it. `name` is what it was called, None where the words of the event were erased."""

    ticket: str
    seq: int
    sha256: str
    bytes: int
    type: str
    name: str | None

    def to_json(self) -> JsonObject:
        return {"seq": self.seq, "name": self.name, "bytes": self.bytes, "type": self.type, "sha256": self.sha256}


def files_of(database: Database, ticket: Ticket) -> list[File]:
    """The files that the events of a ticket cite, in their order; for the desk, which has asked who wants to know (`Desk.files`)."""
    found = []
    for seq, data, words in database.rows(queries.FILES, ticket=ticket.id):
        names = json.loads(words)["text"] if words else {}
        for item in json.loads(data).get("evidence", ()):
            name = names.get(file_word(item["sha256"]))
            found.append(File(ticket.number, seq, item["sha256"], item["bytes"], item["type"], name))
    return found


def of_rounds(database: Database, hashes: Collection[str]) -> frozenset[str]:
    """Those of some files that a round cites. They hold what was found of every unit, with its rank: no unit is given them."""
    return frozenset(row[0] for row in database.rows(queries.OF_ROUNDS, hashes=sorted(hashes))) if hashes else frozenset()
