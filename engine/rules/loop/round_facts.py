"""What a round of evaluation keeps: a result, an application of results, an objection, a ticket left to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Self, cast

from engine.rules.json_value import Json, JsonObject
from engine.rules.loop.target import Facts
from engine.rules.proof.chain import moment, stamp

NOTE = "note-"
"""What the name of a word begins with that is the evaluator's note on a pair."""

ERASED_NOTE = ""
"""What stands for a note that was erased: there was one, and nobody knows any more what it said."""


class Result(NamedTuple):
    """What the round says of one pair: the facts of its row, what they come to, and what that did to which ticket.

    `pending`: kept only, because the time for comments runs or the pair is disputed; the next import applies it. `decided`: a person's
    decision about a dispute, which no file changes. `version` is of the results in which it stands since.
    """

    facts: Facts
    result: str
    action: str
    ticket: str | None = None
    pending: bool = False
    decided: bool = False
    version: int = 1
    note: str | None = None

    def to_json(self) -> JsonObject:
        return _compact({**self._asdict(), "facts": dict(self.facts)})

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        return cls(**node)

    def says_as(self, other: "Result | None") -> bool:
        """Whether the row and what it comes to are the same, whatever was done about it. An erased note is not compared."""
        if other is None or (self.facts, self.result) != (other.facts, other.result):
            return False
        return self.note == other.note or ERASED_NOTE in (self.note, other.note)


class Application(NamedTuple):
    """One file that was applied (导入记录): which version of the results it made, by whom, what it was, how it was read, what it did."""

    version: int
    cause: str
    by: str
    at: datetime
    file: str | None
    settings: Mapping[str, Json]
    actions: Mapping[str, int]

    def to_json(self) -> JsonObject:
        return cast(JsonObject, {**self._asdict(), "at": stamp(self.at)})

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        return cls(**{**node, "at": moment(node["at"])})

    def goes_on(self, other: "Application") -> bool:
        """Whether the other one is a further piece of this: a large file is applied in pieces."""
        return (self.version, self.cause, self.by, self.file, self.settings) == (
            other.version, other.cause, other.by, other.file, other.settings,
        )


class Dispute(NamedTuple):
    """An objection of a unit to one pair (异议), and the office's decision once there is one: `accepted`, or not."""

    pair: str
    unit: str
    at: datetime
    by: str
    seq: int
    accepted: bool | None = None
    settled_by: str | None = None

    def to_json(self) -> JsonObject:
        return {name: value for name, value in {**self._asdict(), "at": stamp(self.at)}.items() if value is not None}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        return cls(**{**node, "at": moment(node["at"])})


class Leftover(NamedTuple):
    """A ticket that stood on a result which a correction or undoing took away, and that a person has to look at: why nothing reversed it
    (a code), and the version that it had then.
    """

    ticket: str
    why: str
    version: int

    def to_json(self) -> JsonObject:
        return cast(JsonObject, self._asdict())

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        return cls(**node)


def _compact(node: Mapping[str, Any]) -> JsonObject:
    return {name: value for name, value in node.items() if value is not None and value is not False}
