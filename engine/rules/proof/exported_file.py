"""An exported file as it is read, line by line: what each may hold, and what the events say of themselves.

A file is JSON lines: a head; for every event `{"event", "id", "hash", "words", "salt"}`; for every seal `{"seal", "cosignatures"}`, the
lines that witnesses signed under it; at last `{"end"}` with how many events and seals there are. Of a single ticket there are also the
entries about keys and seals, and those that say how long the ticket was, each with the hash `"previous"` in its stream; each event that is
sealed has `"index"` and `"proof"`, which lead to the last seal, and each seal `"consistency"`, which leads to it from the seal before. The
canonical text of `event` is what was hashed: chain, proofs and notes follow RFC 8785, RFC 6962 and C2SP. Nothing else may be in it: what
one reader passes over, another may believe. Files of format 2 are read too; they have no cosignatures.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.rules.proof.chain import BODY_VERSION, GENESIS, canonical, digest_words, link, moment
from engine.rules.proof.checked import Checked
from engine.rules.proof.cosigned import Lines, parsed
from engine.rules.proof.finding import Finding
from engine.rules.proof.going_on import RESTORED
from engine.rules.proof.keys import SealEvent, of_keys
from engine.rules.proof.length import Length, length_in
from engine.rules.proof.seal import Seal
from engine.rules.streams import FIRST_KINDS

FORMAT, WITHOUT_COSIGNATURES = 3, 2
WHOLE, TICKET = "record", "ticket"

ADMINISTRATION = 0
"""The stream of the entries about keys and seals."""

AMENDED = "amended"
"""The kind of the events that give a ticket other words."""

_EVENT = frozenset({"v", "ticket", "seq", "at", "actor", "role", "unit", "via", "kind", "from", "to", "data"})
_LINE = frozenset({"event", "id", "hash", "words", "salt"})
_PROOF = frozenset({"index", "proof"})


class NewerFormat(ValueError):
    """A later version of the program wrote the file."""


@dataclass(slots=True)
class Chain:
    """One stream while it is read."""

    seq: int = 0
    id: int = -1
    head: bytes = GENESIS
    number: str | None = None
    missing: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Told:
    """An event of a file: where it stands, its hash, and what is said to prove it."""

    stream: int
    seq: int
    id: int
    hash: bytes
    index: Any
    proof: Any


@dataclass(slots=True)
class ExportedFile:
    """A file while it is read."""

    checked: Checked
    number: str | None = None
    chains: dict[int, Chain] = field(default_factory=dict)
    events: list[Told] = field(default_factory=list)
    announced: list[SealEvent] = field(default_factory=list)
    lengths: list[tuple[datetime, Length, Told]] = field(default_factory=list)
    consistency: list[Any] = field(default_factory=list)
    cosignatures: list[Lines] = field(default_factory=list)
    format: int = FORMAT
    ended: bool = False

    def read(self, place: int, text: str) -> Iterator[Finding]:
        """One line. Raises ValueError and the like for what is none."""
        node = json.loads(text, object_pairs_hook=_object)
        if self.ended:
            raise ValueError("something follows the end")
        if place == 1:
            self._head(node)
        elif "event" in node:
            yield from self._event(node)
        elif "seal" in node:
            self._seal(node)
        else:
            self.ended = node == {"end": {"events": len(self.events), "seals": len(self.checked.seals)}}

    def _head(self, node: dict[str, Any]) -> None:
        self.format, scope, number = _whole(node["zhenggai"]), node["scope"], node.get("number")
        if self.format > FORMAT:
            raise NewerFormat
        _only(node, {"zhenggai", "scope", "at"} | ({"number"} if scope == TICKET else set()))
        if self.format < WITHOUT_COSIGNATURES or scope not in (WHOLE, TICKET) or (scope == TICKET) != isinstance(number, str):
            raise ValueError("not a file of this kind")
        self.checked.scope, self.checked.at, self.number = scope, str(node["at"]), number

    def _seal(self, node: dict[str, Any]) -> None:
        names = {"seal"} if self.checked.scope == WHOLE else {"seal", "consistency"}
        _only(node, names if self.format == WITHOUT_COSIGNATURES else names | {"cosignatures"})
        signed, seal = parsed(node.get("cosignatures", [])), Seal.from_json(node["seal"])
        self.cosignatures.append(signed)
        self.checked.seals.append(seal)
        self.consistency.append(node.get("consistency"))

    def _event(self, node: dict[str, Any]) -> Iterator[Finding]:
        event = node["event"]
        _only(event, _EVENT)
        stream, seq, data, id_ = _whole(event["ticket"]), _whole(event["seq"]), event["data"], _whole(node["id"])
        alone = self.checked.scope == TICKET and stream == ADMINISTRATION
        _only(node, _LINE | (_PROOF & node.keys() if self.checked.scope == TICKET else set()) | ({"previous"} if alone else set()))
        if event["v"] != BODY_VERSION or not isinstance(data, dict):
            raise ValueError("an event of another version")
        stored, chain = bytes.fromhex(node["hash"]), self.chains.setdefault(stream, Chain())
        told = Told(stream, seq, id_, stored, node.get("index"), node.get("proof"))
        self.events.append(told)
        self.checked.events += not alone
        if chain.seq == 0 and stream != ADMINISTRATION:
            yield from self._first(event, chain, node["words"])
        if alone:
            chain.head, chain.seq = bytes.fromhex(node["previous"]), max(chain.seq, seq - 1)
        if seq != chain.seq + 1 or id_ <= chain.id:
            yield Finding("gap", stream, chain.number, chain.seq + 1)
        elif link(chain.head, canonical(event)) != stored:
            yield Finding("altered", stream, chain.number, seq)
        chain.seq, chain.id, chain.head = seq, id_, stored
        yield from self._words(node, data, chain, stream, seq)
        if event["kind"] == AMENDED and self.checked.number is not None and "title" in data["changes"]:
            self.checked.title = (node["words"] or {}).get("title")
        if event["kind"] == "erased" and data["seq"] in chain.missing:
            chain.missing.discard(data["seq"])
            self.checked.redacted += 1
        if alone and (length := length_in(event["kind"], data, self.number)) is not None:
            self.lengths.append((moment(event["at"]), length, told))
        if stream == ADMINISTRATION and of_keys(event["kind"], data):
            self.announced.append((seq, event["kind"], data))
            if event["kind"] == RESTORED:
                self.checked.restored[seq] = event["at"]

    def _first(self, event: Mapping[str, Any], chain: Chain, words: Any) -> Iterator[Finding]:
        """What the first event of a stream says of it: a file of one ticket holds that ticket, and no other."""
        stream = event["ticket"]
        number = event["data"].get("number")
        chain.number = number if isinstance(number, str) else None
        if event["kind"] not in FIRST_KINDS:
            yield Finding("fold", stream, chain.number, event["seq"])
        if self.checked.scope == TICKET:
            others = [other for other in self.chains if other not in (ADMINISTRATION, stream)]
            if others or chain.number != self.number:
                yield Finding("fold", stream, chain.number, event["seq"])
            self.checked.number, self.checked.title = chain.number, (words or {}).get("title")

    def _words(self, node: Mapping[str, Any], data: Mapping[str, Any], chain: Chain, stream: int, seq: int) -> Iterator[Finding]:
        words, salt = node["words"], node["salt"]
        if "words" in data and words is None and salt is None:
            chain.missing.add(seq)
        elif "words" not in data:
            if words is not None or salt is not None:
                yield Finding("words", stream, chain.number, seq)
        elif not (isinstance(salt, str) and isinstance(words, dict)) or digest_words(words, salt) != data["words"]:
            yield Finding("words", stream, chain.number, seq)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file. Raises ValueError where a key is there twice: two readers may take different ones."""
    node = dict(pairs)
    if len(node) != len(pairs):
        raise ValueError("a key is there twice")
    return node


def _only(node: Mapping[str, Any], names: Collection[str]) -> None:
    """Raises ValueError where an object has other keys than these."""
    if node.keys() != set(names):
        raise ValueError("a key that nobody knows, or one is missing")


def _whole(value: object) -> int:
    """Raises ValueError for what is no number of the record."""
    if type(value) is not int or value < 0:
        raise ValueError("no number")
    return value
