"""The keys of the seals as the administration's entries tell them: which was in force when, and whether one leads to the next.

A hand-over is a signed note too, by both keys: the old one says who follows it, the new one whom it follows. So whoever knows one key of
a record knows all of them, before and after; nobody can put keys of his own before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.rules.proof.finding import Finding
from engine.rules.proof.note import ED25519, Note, Verifier

KEY = "key"
"""The name under which entries of the administration put a key in force."""

ALGORITHMS = {"chain": "sha256", "tree": "rfc6962-sha256", "signature": "ed25519"}
"""What an entry that puts a key in force says of the algorithms that hold from then on."""

SealEvent = tuple[int, str, Mapping[str, Any]]
"""Seq, kind and facts of an event about keys or seals."""


def hand_over_text(old: Verifier, new: Verifier) -> str:
    """What both keys sign when one takes the place of the other."""
    return f"zhenggai/hand-over/v1\n{old}\n{new}\n"


def handed_over(note: object, old: Verifier, new: Verifier) -> bool:
    """Whether a note of both keys says so."""
    try:
        found = Note.parse(note) if isinstance(note, str) else None
        return found is not None and found.text == hand_over_text(old, new) and {old, new} == set(found.signers([old, new]))
    except ValueError:
        return False


def verifier(text: object) -> Verifier | None:
    """The key of an entry; None for what can sign no seal."""
    try:
        found = Verifier.parse(text)
    except ValueError:
        return None
    return found if found.kind == ED25519 else None


@dataclass(slots=True)
class Keys:
    """The keys in the order in which they were in force. `announced` holds, for every seal that an event of the administration
    names, the seq and facts of that event and the key in force then; `lost` the events that replaced a key without its signature.
    """

    in_force: list[Verifier] = field(default_factory=list)
    announced: dict[int, tuple[int, Mapping[str, Any], Verifier | None]] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, events: Iterable[SealEvent]) -> None:
        for seq, kind, facts in events:
            if kind == "sealed" and type(facts.get("n")) is int:
                self._seal(seq, facts)
            elif kind == "set" and facts.get("name") == KEY:
                self._another(seq, facts)

    def _seal(self, seq: int, facts: Mapping[str, Any]) -> None:
        """Seals are told in their order: else a later key could vouch for an earlier one."""
        n = facts["n"]
        if n <= next(reversed(self.announced), 0):
            self.findings.append(Finding("seal", 0, None, seq, "n", n))
        else:
            self.announced[n] = seq, facts, self.in_force[-1] if self.in_force else None

    def _another(self, seq: int, facts: Mapping[str, Any]) -> None:
        new = verifier(facts.get("key"))
        if new is None:
            self.findings.append(Finding("key", 0, None, seq))
            return
        old = self.in_force[-1] if self.in_force else None
        if old is None:
            sound = "replaces" not in facts
        elif facts.get("lost") is True:
            sound = facts.get("replaces") == str(old) and new.name == old.name
            self.lost.append(seq)
        else:
            sound = facts.get("replaces") == str(old) and new.name == old.name and handed_over(facts.get("note"), old, new)
        if not sound:
            self.findings.append(Finding("key", 0, None, seq))
        self.in_force.append(new)

    def knows(self, known: Verifier) -> bool:
        """Whether a key that somebody knows is one of them. Whether they lead to each other, the findings tell."""
        return known in self.in_force
