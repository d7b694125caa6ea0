"""A record as the program writes it, and the exported files of it: by whoever has the keys that a test gives him."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from engine.audit.key import Key
from engine.rules.proof.chain import GENESIS, canonical, digest_words, link, stamp
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.going_on import LIST, GoingOn
from engine.rules.proof.keys import hand_over_text, of_keys
from engine.rules.proof.length import length_of
from engine.rules.proof.merkle import Frontier, consistency_proof, inclusion_proofs
from engine.rules.proof.note import Note
from engine.rules.proof.seal import Seal, next_seal
from tests.signing import FIRST

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NUMBER = "ZG-2026-0001"
Line = dict[str, Any]


class Writer:
    """Writes a record as the program does: events in a chain, seals over them, and what a file of it or of its ticket holds."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.made: list[Line] = []
        self.heads: dict[int, tuple[int, bytes]] = {}
        self.seals: list[Seal] = []
        self.proofs: list[list[str]] = []
        self.cosignatures: list[list[str]] = []
        self.happened(0, "set", {"name": "key", "key": str(key.verifier)})

    def happened(self, stream: int, kind: str, data: Line, words: dict[str, str] | None = None) -> None:
        seq, head = self.heads.get(stream, (0, GENESIS))
        event = {
            "v": 1, "ticket": stream, "seq": seq + 1, "at": stamp(AT), "actor": "office", "role": "supervisor", "unit": None, "via": "cli",
            "kind": kind, "from": None, "to": None, "data": data | ({"words": digest_words(words, "salt")} if words else {}),
        }
        hash_ = link(head, canonical(event))
        self.heads[stream] = seq + 1, hash_
        self.made.append({
            "event": event, "id": len(self.made) + 1, "hash": hash_.hex(), "words": words, "salt": "salt" if words else None,
            "previous": head.hex(),
        })

    def seal(self, *signers: Key) -> None:
        last = self.seals[-1] if self.seals else None
        new = [bytes.fromhex(line["hash"]) for line in self.made[last.upto if last else 0 :]]
        tree = (last.tree() if last else Frontier()).grown(new)
        text = Checkpoint(self.key.name, tree.size, tree.root()).text()
        seal = next_seal(last, tree, len(self.made), AT, Note(text, tuple(key.sign(text) for key in signers or (self.key,))))
        self.proofs.append([step.hex() for step in consistency_proof(last.tree(), tree.size, new)] if last else [])
        self.seals.append(seal)
        self.cosignatures.append([])
        self.happened(0, "sealed", {"n": seal.n, "upto": seal.upto, "size": seal.size, "root": seal.root.hex()})

    def cosigned(self, witness: Key, time: int = 0, text: str | None = None) -> None:
        """A witness signs the last seal, or another text under it."""
        self.cosignatures[-1].append(witness.cosign(text or self.seals[-1].text(), time).line.rstrip("\n"))

    def exported(self) -> None:
        """The ticket is taken away: an entry says how long it is."""
        seq, head = self.heads[1]
        self.happened(0, "read", {"name": "export"} | length_of(NUMBER, seq, head))

    def hands_over(self, new: Key, *signers: Key, **said: Any) -> None:
        text = hand_over_text(self.key.verifier, new.verifier)
        note = str(Note(text, tuple(key.sign(text) for key in signers))) if signers else None
        self.happened(0, "set", {"name": "key", "key": str(new.verifier), "replaces": str(self.key.verifier), "note": note, **said})
        self.key = new

    def goes_on(self, new: Key) -> GoingOn:
        last = self.seals[-1]
        said = GoingOn(len(self.made), bytes(32), last.n + 1, replace(last.checkpoint(), size=last.size + 9), LIST)
        text = said.text(self.key.verifier, new.verifier)
        note = str(Note(text, (self.key.sign(text), new.sign(text))))
        self.happened(0, "restored", {"key": str(new.verifier), "replaces": str(self.key.verifier), "note": note, **said.facts()})
        self.key = new
        return said

    def file(self, scope: str) -> list[Line]:
        """The lines of a file of the whole record, or of its ticket."""
        head = {"zhenggai": 3, "scope": scope, "at": stamp(AT)}
        kept = [{name: value for name, value in line.items() if name != "previous"} for line in self.made]
        sealed: list[Line] = [
            {"seal": seal.to_json(), "cosignatures": lines} for seal, lines in zip(self.seals, self.cosignatures, strict=True)
        ]
        if scope == "ticket":
            head |= {"number": NUMBER}
            kept = [
                {name: value for name, value in line.items() if name != "previous" or line["event"]["ticket"] == 0} for line in self.made
                if line["event"]["ticket"] == 1 or line["event"]["kind"] == "read"
                or of_keys(line["event"]["kind"], line["event"]["data"])
            ]
            upto = self.seals[-1].upto if self.seals else 0
            leaves = [bytes.fromhex(line["hash"]) for line in self.made[:upto]]
            proofs = inclusion_proofs(leaves, frozenset(range(upto)))
            for line in kept:
                if line["id"] <= upto:
                    line |= {"index": line["id"] - 1, "proof": [step.hex() for step in proofs[line["id"] - 1]]}
            for line, proof in zip(sealed, self.proofs, strict=True):
                line |= {"consistency": proof}
        events = sum("event" in line for line in kept)
        return [head, *kept, *sealed, {"end": {"events": events, "seals": len(self.seals)}}]


def record(key: Key = FIRST) -> Writer:
    """A key, a ticket of two events, a seal over them, the event of the seal, and one more event of the ticket."""
    written = Writer(key)
    written.happened(1, "opened", {"number": NUMBER}, {"title": "材料重复提交"})
    written.happened(1, "did", {"trigger": "assign"})
    written.seal()
    written.happened(1, "did", {"trigger": "comment"}, {"note": "已联系"})
    return written


def grown(key: Key = FIRST) -> Writer:
    """The same with a second seal, over everything."""
    written = record(key)
    written.seal()
    return written
