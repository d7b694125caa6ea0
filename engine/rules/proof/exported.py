"""An exported file, checked by itself: no database, no network. Lines come in, findings go out.

A file is JSON lines: a head; for every event `{"event", "id", "hash", "words", "salt"}`, of a single ticket also `"index"` and `"proof"`;
for every seal `{"seal"}`; of a single ticket the administration's events about keys and seals as `{"told"}`; at last `{"end"}` with how
many events and seals there are. The canonical text of `event` is what was hashed: chain, seals and proofs follow RFC 8785 and RFC 6962.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.rules.proof.chain import GENESIS, canonical, digest_words, link
from engine.rules.proof.finding import Finding
from engine.rules.proof.merkle import root_of_proof
from engine.rules.proof.seal import Seal
from engine.rules.proof.sealed import KEY, Keys, SealEvent, findings
from engine.rules.streams import FIRST_KINDS

FORMAT = 1
WHOLE, TICKET = "record", "ticket"


@dataclass(slots=True)
class Checked:
    """What a file held; filled while the findings are read."""

    scope: str = ""
    at: str = ""
    events: int = 0
    redacted: int = 0
    proven: int = 0
    after: int = 0
    seals: list[Seal] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)


@dataclass(slots=True)
class _Chain:
    """One stream while it is read."""

    seq: int = 0
    head: bytes = GENESIS
    number: str | None = None
    missing: set[int] = field(default_factory=set)


def check(lines: Iterable[str], checked: Checked, trusted: str | None = None) -> Iterator[Finding]:
    """Every finding of a file. `trusted` is a public key known from elsewhere; without one the file vouches for itself only."""
    chains: dict[int, _Chain] = {}
    leaves: list[tuple[int, bytes]] = []
    proofs: list[tuple[int, int, int, bytes, Any]] = []
    announcements: list[SealEvent] = []
    ended = False
    for line_number, text in enumerate(lines, 1):
        try:
            node = json.loads(text, object_pairs_hook=_object)
            if line_number == 1:
                checked.scope, checked.at = _head(node)
            elif "event" in node:
                yield from _event(node, chains, leaves, proofs, announcements, checked)
            elif "seal" in node:
                seal = Seal.from_json(node["seal"])
                seal.link()  # one without a text to sign is none
                checked.seals.append(seal)
            elif "told" in node:
                announcements.append((int(node["told"]["seq"]), str(node["told"]["kind"]), dict(node["told"]["data"])))
            else:
                ended = node["end"] == {"events": checked.events, "seals": len(checked.seals)}
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
            yield Finding("line", field=str(line_number))
    if not ended:
        yield Finding("line", field="end")
    for stream, chain in chains.items():
        yield from (Finding("words", stream, chain.number, seq) for seq in sorted(chain.missing))
    checked.keys.read(announcements)
    yield from _seals(checked, leaves)
    yield from _proofs(checked, proofs, chains)
    if trusted is not None and not checked.keys.leads_from(trusted):
        yield Finding("key", field="trusted")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file. Raises ValueError where a key is there twice: two readers may take different ones."""
    node = dict(pairs)
    if len(node) != len(pairs):
        raise ValueError("a key is there twice")
    return node


def _head(node: Mapping[str, Any]) -> tuple[str, str]:
    if node["zhenggai"] != FORMAT or node["scope"] not in (WHOLE, TICKET):
        raise ValueError("not a file of this kind")
    return str(node["scope"]), str(node["at"])


def _event(
    node: Mapping[str, Any], chains: dict[int, _Chain], leaves: list[tuple[int, bytes]], proofs: list[tuple[int, int, int, bytes, Any]],
    announcements: list[SealEvent], checked: Checked,
) -> Iterator[Finding]:
    event, id_, stored = node["event"], int(node["id"]), bytes.fromhex(node["hash"])
    stream, seq, data = int(event["ticket"]), int(event["seq"]), dict(event["data"])
    chain = chains.setdefault(stream, _Chain())
    checked.events += 1
    if "number" in data and seq == 1:
        chain.number = str(data["number"])
    if seq != chain.seq + 1:
        yield Finding("gap", stream, chain.number, chain.seq + 1)
    elif link(chain.head, canonical(event)) != stored:
        yield Finding("altered", stream, chain.number, seq)
    if chain.seq == 0 and stream != 0 and event["kind"] not in FIRST_KINDS:
        yield Finding("fold", stream, chain.number, seq)
    chain.seq, chain.head = seq, stored
    if "words" in data:
        if node.get("words") is None:
            chain.missing.add(seq)
        elif digest_words(node["words"], str(node["salt"])) != data["words"]:
            yield Finding("words", stream, chain.number, seq)
    elif node.get("words") is not None or node.get("salt") is not None:
        yield Finding("words", stream, chain.number, seq)
    if event["kind"] == "erased" and data["seq"] in chain.missing:
        chain.missing.discard(data["seq"])
        checked.redacted += 1
    if stream == 0 and (event["kind"] == "sealed" or (event["kind"] == "set" and data.get("name") == KEY)):
        announcements.append((seq, str(event["kind"]), data))
    if checked.scope == WHOLE:
        leaves.append((id_, stored))
    else:
        proofs.append((stream, seq, id_, stored, (node.get("index"), node.get("proof"))))


def _seals(checked: Checked, leaves: list[tuple[int, bytes]]) -> Iterator[Finding]:
    """The seals, over all events of the file; of a single ticket the seals by themselves, since what they cover is not in the file."""
    last = checked.seals[-1].upto if checked.seals else 0
    checked.after = sum(1 for id_, _ in leaves if id_ > last)
    for finding in findings(checked.seals, checked.keys, leaves):
        if checked.scope == WHOLE or finding.code != "sealed":
            yield finding


def _proofs(
    checked: Checked, proofs: list[tuple[int, int, int, bytes, Any]], chains: Mapping[int, _Chain],
) -> Iterator[Finding]:
    """Each event up to the last seal leads to its root; what came after it nobody has sealed yet."""
    last = checked.seals[-1] if checked.seals else None
    for stream, seq, id_, stored, (index, proof) in proofs:
        if last is None or id_ > last.upto:
            checked.after += 1
        elif not _leads(stored, index, proof, last):
            yield Finding("proof", stream, chains[stream].number, seq, seal=last.n)
        else:
            checked.proven += 1


def _leads(stored: bytes, index: object, proof: object, seal: Seal) -> bool:
    if type(index) is not int or not isinstance(proof, list):
        return False
    try:
        return root_of_proof(stored, index, seal.size, [bytes.fromhex(step) for step in proof]) == seal.root
    except (ValueError, TypeError):
        return False
