"""Facts that stand on a ticket: what was proposed, asked, granted, declined, objected to, instructed, tried, and the files handed in.

Each is written by one event, into that event's effects, and read back from there or from the ticket's row. `seq` is that event.
"""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Self

from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import moment, stamp


class Proposal(NamedTuple):
    """An act (督办, 通报, 约谈) that a rung proposed: it stands until a person issues or waives it.

    `at` is the date of the rung and not of the sweep that found it; `due_at` is the office's limit for its answer; `letter` is the kind
    of letter, None for a rung that has none.
    """

    rung: str
    level: int
    clock: str
    epoch: int
    at: datetime
    seq: int
    due_at: datetime
    letter: str | None = None

    @property
    def kind(self) -> str:
        """The kind of letter; a rung without letters is named by itself."""
        return self.letter or self.rung

    def to_json(self) -> JsonObject:
        node: JsonObject = {
            "rung": self.rung, "level": self.level, "clock": self.clock, "epoch": self.epoch, "at": stamp(self.at), "seq": self.seq,
            "due_at": stamp(self.due_at),
        }
        return node | {"letter": self.letter} if self.letter is not None else node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`. Raises KeyError, TypeError and ValueError for what is no proposal."""
        _refuse_others(cls, _PROPOSAL, node)
        return cls(
            node["rung"], node["level"], node["clock"], node["epoch"], moment(node["at"]), node["seq"], moment(node["due_at"]),
            node.get("letter"),
        )


class Request(NamedTuple):
    """A request for more time that waits for its answer: until when, since when it waits, and the account that asked; None where the
    office entered it for the unit."""

    to: datetime
    at: datetime
    by: str | None
    seq: int

    def to_json(self) -> JsonObject:
        return {"to": stamp(self.to), "at": stamp(self.at), "by": self.by, "seq": self.seq}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _REQUEST, node)
        return cls(moment(node["to"]), moment(node["at"]), node["by"], node["seq"])


class Grant(NamedTuple):
    """An extension that was granted at a moment: the date that stood before it (`from` on the wire), and the date since."""

    before: datetime
    to: datetime
    at: datetime

    def to_json(self) -> JsonObject:
        return {"from": stamp(self.before), "to": stamp(self.to), "at": stamp(self.at)}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _GRANT, node)
        return cls(moment(node["from"]), moment(node["to"]), moment(node["at"]))


class Denial(NamedTuple):
    """A unit declined the ticket (申请退回); `suggest` is the unit that it named instead, if it named one."""

    unit: str | None
    at: datetime
    seq: int
    suggest: str | None = None

    def to_json(self) -> JsonObject:
        node: JsonObject = {"unit": self.unit, "at": stamp(self.at), "seq": self.seq}
        return node | {"suggest": self.suggest} if self.suggest is not None else node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _DENIAL, node)
        return cls(node["unit"], moment(node["at"]), node["seq"], node.get("suggest"))


class Objection(NamedTuple):
    """A cooperator objects to what the lead would submit (配合单位有异议)."""

    at: datetime
    seq: int

    def to_json(self) -> JsonObject:
        return {"at": stamp(self.at), "seq": self.seq}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _OBJECTION, node)
        return cls(moment(node["at"]), node["seq"])


class Instruction(NamedTuple):
    """A leader's word on a ticket (批示): the leader's account, when, and when it was reported back (None: it waits)."""

    by: str
    at: datetime
    seq: int
    reported_at: datetime | None = None

    def to_json(self) -> JsonObject:
        node: JsonObject = {"by": self.by, "at": stamp(self.at), "seq": self.seq}
        return node | {"reported_at": stamp(self.reported_at)} if self.reported_at is not None else node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _INSTRUCTION, node)
        return cls(node["by"], moment(node["at"]), node["seq"], moment(node["reported_at"]) if "reported_at" in node else None)


class Attempt(NamedTuple):
    """An attempt that is over: whose it was, the date it had, when it was handed in (None: it was not) and how late the unit was then.

    `ended` says how: rejected (退回整改), reassigned (改派) or reopened (重新整改). Where no date was promised there is no lateness.
    """

    attempt: int
    ended: str
    lead: str | None = None
    due_at: datetime | None = None
    submitted_at: datetime | None = None
    late_days: int | None = None

    def to_json(self) -> JsonObject:
        node: JsonObject = {"attempt": self.attempt, "ended": self.ended}
        if self.lead is not None:
            node["lead"] = self.lead
        if self.due_at is not None:
            node["due_at"] = stamp(self.due_at)
        if self.submitted_at is not None:
            node["submitted_at"] = stamp(self.submitted_at)
        return node | {"late_days": self.late_days} if self.late_days is not None else node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _ATTEMPT, node)
        due_at, submitted_at = node.get("due_at"), node.get("submitted_at")
        return cls(
            node["attempt"], node["ended"], node.get("lead"), moment(due_at) if due_at else None,
            moment(submitted_at) if submitted_at else None, node.get("late_days"),
        )


class Consent(NamedTuple):
    """What a leader said (同意/不同意) to something that waits: a letter, a second extension, a ruling on a decline.

    `about` names what waited (`engine/rules/acts/consent.py`); `by` is the leader's account, or the name of a leader who has none.
    """

    about: str
    by: str
    agreed: bool
    at: datetime
    seq: int

    def to_json(self) -> JsonObject:
        return {"about": self.about, "by": self.by, "agreed": self.agreed, "at": stamp(self.at), "seq": self.seq}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _CONSENT, node)
        return cls(node["about"], node["by"], node["agreed"], moment(node["at"]), node["seq"])


class Entered(NamedTuple):
    """An act of a unit that the office entered from paper (补录): the trigger, the unit, when it was done, and the event."""

    trigger: str
    unit: str
    at: datetime
    seq: int

    def to_json(self) -> JsonObject:
        return {"trigger": self.trigger, "unit": self.unit, "at": stamp(self.at), "seq": self.seq}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _ENTERED, node)
        return cls(node["trigger"], node["unit"], moment(node["at"]), node["seq"])


OF_ROUND = "round"
"""As what the results of a round are cited on a ticket: they tell of every unit, and no unit reads them."""


class Evidence(NamedTuple):
    """A file that an event cites (佐证): the SHA-256 of its content, its size in bytes, its type by content.

    `kind` says what it was handed in as, where that counts: `signed` is a sheet that the head signed, `round` the results of a round.
    """

    sha256: str
    bytes: int
    type: str
    kind: str | None = None

    def to_json(self) -> JsonObject:
        node: JsonObject = {"sha256": self.sha256, "bytes": self.bytes, "type": self.type}
        return node | {"kind": self.kind} if self.kind is not None else node

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        return cls(node["sha256"], node["bytes"], node["type"], node.get("kind"))


class SetAside(NamedTuple):
    """What a ticket that is withdrawn had and lost: the lead and cooperators in waiting of one that never was assigned, the letters that
    were proposed, the request that was open. A withdrawal that is taken back gives it back.
    """

    lead: str | None = None
    cooperators: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    request: Request | None = None

    def to_json(self) -> JsonObject:
        node: JsonObject = {
            "lead": self.lead, "cooperators": list(self.cooperators), "proposals": [item.to_json() for item in self.proposals],
            "request": self.request.to_json() if self.request is not None else None,
        }
        return {name: value for name, value in node.items() if value}

    @classmethod
    def from_json(cls, node: Mapping[str, Any]) -> Self:
        _refuse_others(cls, _SET_ASIDE, node)
        request = node.get("request")
        return cls(
            node.get("lead"), tuple(node.get("cooperators", ())), tuple(Proposal.from_json(item) for item in node.get("proposals", ())),
            None if request is None else Request.from_json(request),
        )


_ATTEMPT = frozenset(Attempt._fields)
_CONSENT = frozenset(Consent._fields)
_ENTERED = frozenset(Entered._fields)
_PROPOSAL = frozenset(Proposal._fields)
_REQUEST = frozenset(Request._fields)
_SET_ASIDE = frozenset(SetAside._fields)
_GRANT = frozenset({"from", "to", "at"})
_DENIAL = frozenset(Denial._fields)
_OBJECTION = frozenset(Objection._fields)
_INSTRUCTION = frozenset(Instruction._fields)


def _refuse_others(kind: type[object], keys: frozenset[str], node: Mapping[str, Any]) -> None:
    """What an event says is applied whole or not at all: raises ValueError for a key that nobody reads."""
    if not keys.issuperset(node):
        raise ValueError(f"no part of a {kind.__name__.lower()}: {', '.join(sorted(set(node) - keys))}")
