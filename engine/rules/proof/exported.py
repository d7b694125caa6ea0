"""An exported file, checked by itself: no database, no network. Lines come in, findings go out.

A file is JSON lines: a head; for every event `{"event", "id", "hash", "words", "salt"}`; for every seal `{"seal"}`; at last `{"end"}` with
how many events and seals there are. Of a single ticket there are also the entries about keys and seals, each with the hash `"previous"` in
its stream; each event that is sealed has `"index"` and `"proof"`, which lead to the last seal, and each seal `"consistency"`, which leads
to it from the seal before. The canonical text of `event` is what was hashed: chain, proofs and notes follow RFC 8785, RFC 6962 and C2SP.
Nothing else may be in it: what one reader passes over, another may believe.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.rules.proof.anchor import UNKNOWN, Anchor
from engine.rules.proof.chain import BODY_VERSION, GENESIS, canonical, digest_words, link
from engine.rules.proof.finding import Finding
from engine.rules.proof.going_on import RESTORED
from engine.rules.proof.keys import Keys, SealEvent, of_keys
from engine.rules.proof.merkle import consistent, root_of_proof
from engine.rules.proof.seal import Seal
from engine.rules.proof.sealed import findings
from engine.rules.streams import FIRST_KINDS

FORMAT = 2
WHOLE, TICKET = "record", "ticket"

ADMINISTRATION = 0
"""The stream of the entries about keys and seals."""

_EVENT = frozenset({"v", "ticket", "seq", "at", "actor", "role", "unit", "via", "kind", "from", "to", "data"})
_LINE = frozenset({"event", "id", "hash", "words", "salt"})
_PROOF = frozenset({"index", "proof"})


@dataclass(slots=True)
class Checked:
    """What a file held; filled while the findings are read; of one ticket without the entries beside it. `proven` counts the events that a
    seal covers, `after` the others: nothing but the file itself speaks for those. `restored` holds when the record went on from a
    copy, by the seq of the entry.
    """

    scope: str = ""
    at: str = ""
    number: str | None = None
    title: str | None = None
    events: int = 0
    redacted: int = 0
    proven: int = 0
    after: int = 0
    restored: dict[int, object] = field(default_factory=dict)
    seals: list[Seal] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)


@dataclass(slots=True)
class _Chain:
    """One stream while it is read."""

    seq: int = 0
    head: bytes = GENESIS
    number: str | None = None
    missing: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Told:
    """An event of a file: where it stands, its hash, and what is said to prove it."""

    stream: int
    seq: int
    id: int
    hash: bytes
    index: Any
    proof: Any


@dataclass(slots=True)
class _File:
    """A file while it is read."""

    checked: Checked
    number: str | None = None
    chains: dict[int, _Chain] = field(default_factory=dict)
    events: list[_Told] = field(default_factory=list)
    announced: list[SealEvent] = field(default_factory=list)
    consistency: list[Any] = field(default_factory=list)
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
            _only(node, {"seal"} if self.checked.scope == WHOLE else {"seal", "consistency"})
            self.checked.seals.append(Seal.from_json(node["seal"]))
            self.consistency.append(node.get("consistency"))
        else:
            self.ended = node == {"end": {"events": len(self.events), "seals": len(self.checked.seals)}}

    def _head(self, node: dict[str, Any]) -> None:
        scope, number = node["scope"], node.get("number")
        _only(node, {"zhenggai", "scope", "at"} | ({"number"} if scope == TICKET else set()))
        if node["zhenggai"] != FORMAT or scope not in (WHOLE, TICKET) or (scope == TICKET) != isinstance(number, str):
            raise ValueError("not a file of this kind")
        self.checked.scope, self.checked.at, self.number = scope, str(node["at"]), number

    def _event(self, node: dict[str, Any]) -> Iterator[Finding]:
        event = node["event"]
        _only(event, _EVENT)
        stream, seq, data, id_ = _whole(event["ticket"]), _whole(event["seq"]), event["data"], _whole(node["id"])
        alone = self.checked.scope == TICKET and stream == ADMINISTRATION
        _only(node, _LINE | (_PROOF & node.keys() if self.checked.scope == TICKET else set()) | ({"previous"} if alone else set()))
        if event["v"] != BODY_VERSION or not isinstance(data, dict):
            raise ValueError("an event of another version")
        stored, chain = bytes.fromhex(node["hash"]), self.chains.setdefault(stream, _Chain())
        self.events.append(_Told(stream, seq, id_, stored, node.get("index"), node.get("proof")))
        self.checked.events += not alone
        if chain.seq == 0 and stream != ADMINISTRATION:
            yield from self._first(event, chain, node["words"])
        if alone:
            chain.head, chain.seq = bytes.fromhex(node["previous"]), max(chain.seq, seq - 1)
        if seq != chain.seq + 1:
            yield Finding("gap", stream, chain.number, chain.seq + 1)
        elif link(chain.head, canonical(event)) != stored:
            yield Finding("altered", stream, chain.number, seq)
        chain.seq, chain.head = seq, stored
        yield from self._words(node, data, chain, stream, seq)
        if event["kind"] == "erased" and data["seq"] in chain.missing:
            chain.missing.discard(data["seq"])
            self.checked.redacted += 1
        if stream == ADMINISTRATION and of_keys(event["kind"], data):
            self.announced.append((seq, event["kind"], data))
            if event["kind"] == RESTORED:
                self.checked.restored[seq] = event["at"]

    def _first(self, event: Mapping[str, Any], chain: _Chain, words: Any) -> Iterator[Finding]:
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

    def _words(self, node: Mapping[str, Any], data: Mapping[str, Any], chain: _Chain, stream: int, seq: int) -> Iterator[Finding]:
        words, salt = node["words"], node["salt"]
        if "words" in data and words is None and salt is None:
            chain.missing.add(seq)
        elif "words" not in data:
            if words is not None or salt is not None:
                yield Finding("words", stream, chain.number, seq)
        elif not (isinstance(salt, str) and isinstance(words, dict)) or digest_words(words, salt) != data["words"]:
            yield Finding("words", stream, chain.number, seq)


def check(lines: Iterable[str], checked: Checked, anchor: Anchor = UNKNOWN) -> Iterator[Finding]:
    """Every finding of a file. `anchor` is what is known from elsewhere; without it the file vouches for itself only."""
    file = _File(checked)
    for place, text in enumerate(lines, 1):
        try:
            yield from file.read(place, text)
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
            yield Finding("line", field=str(place))
    if not file.ended:
        yield Finding("line", field="end")
    for stream, chain in file.chains.items():
        yield from (Finding("words", stream, chain.number, seq) for seq in sorted(chain.missing))
    checked.keys.read(file.announced)
    yield from _seals(file)
    if checked.scope == TICKET:
        yield from _consistency(file)
        yield from _proofs(file)
    yield from anchor.findings(checked.keys, checked.seals)


def _seals(file: _File) -> Iterator[Finding]:
    """The seals, over all events of the file; of a single ticket the seals by themselves, since what they cover is not in the file."""
    checked = file.checked
    last = checked.seals[-1].upto if checked.seals else 0
    checked.after = sum(told.id > last for told in file.events if checked.scope == WHOLE or told.stream != ADMINISTRATION)
    checked.proven = checked.events - checked.after
    leaves = [(told.id, told.hash) for told in sorted(file.events, key=lambda told: told.id)]
    for finding in findings(checked.seals, checked.keys, leaves):
        if checked.scope == WHOLE or finding.code != "sealed":
            yield finding


def _consistency(file: _File) -> Iterator[Finding]:
    """Each seal is over all that the one before was over: so is the last one, to which everything leads."""
    previous: Seal | None = None
    for seal, proof in zip(file.checked.seals, file.consistency, strict=True):
        if (proof != [] if previous is None else not _grew(previous, seal, proof)):
            yield Finding("consistency", seal=seal.n)
        previous = seal


def _grew(old: Seal, new: Seal, proof: object) -> bool:
    steps = _steps(proof)
    return steps is not None and consistent(old.size, old.root, new.size, new.root, steps)


def _proofs(file: _File) -> Iterator[Finding]:
    """Each event up to the last seal leads to its root, in the order in which they happened; what came after it nobody has sealed yet."""
    last = file.checked.seals[-1] if file.checked.seals else None
    before = -1
    for told in sorted(file.events, key=lambda told: told.id):
        if last is None or told.id > last.upto:
            sound = told.index is None and told.proof is None
        else:
            steps = _steps(told.proof)
            sound = (
                type(told.index) is int and told.index > before and steps is not None
                and root_of_proof(told.hash, told.index, last.size, steps) == last.root
            )
            before = told.index if sound else before
        if not sound:
            yield Finding("proof", told.stream, file.chains[told.stream].number, told.seq, seal=last.n if last else None)


def _steps(proof: object) -> list[bytes] | None:
    """The hashes of a proof; None for what is none."""
    try:
        return [bytes.fromhex(step) for step in proof] if isinstance(proof, list) else None
    except (ValueError, TypeError):
        return None


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
