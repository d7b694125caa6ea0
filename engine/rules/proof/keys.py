"""The keys of the seals as the administration's entries tell them: which was in force when, and whether one leads to the next.

A hand-over is a signed note too, by both keys: the old one says who follows it, the new one whom it follows. So whoever knows one key of
a record knows all of them, before and after; nobody can put keys of his own before it. A copy that was put back goes on under another name,
with another key, in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.rules.proof.finding import Finding
from engine.rules.proof.going_on import RESTORED, GoingOn, signed_by_both
from engine.rules.proof.note import ED25519, Verifier

KEY = "key"
"""The name under which entries of the administration put a key in force."""

ALGORITHMS = {"chain": "sha256", "tree": "rfc6962-sha256", "signature": "ed25519"}
"""What an entry that puts a key in force says of the algorithms that hold from then on."""

SEALED = "sealed"
"""The kind of the entries that tell of seals."""

SEAL_FACTS = frozenset({"n", "upto", "size", "root", "rows"})
"""What such an entry says, and the row of the seal."""

SealEvent = tuple[int, str, Mapping[str, Any]]
"""Seq, kind and facts of an event about keys or seals."""


def of_keys(kind: str, facts: Mapping[str, Any]) -> bool:
    """Whether an entry is about keys or seals."""
    return kind in (SEALED, RESTORED) or (kind == "set" and facts.get("name") == KEY)


def hand_over_text(old: Verifier, new: Verifier) -> str:
    """What both keys sign when one takes the place of the other."""
    return f"zhenggai/hand-over/v1\n{old}\n{new}\n"


def handed_over(note: object, old: Verifier, new: Verifier) -> bool:
    """Whether a note of both keys says so."""
    return signed_by_both(note, hand_over_text(old, new), old, new)


def verifier(text: object) -> Verifier | None:
    """The key of an entry; None for what can sign no seal."""
    try:
        found = Verifier.parse(text)
    except ValueError:
        return None
    return found if found.kind == ED25519 else None


class Left(NamedTuple):
    """A name under which the record does not go on: by which entry, after which of its seals, and what was said."""

    seq: int
    last: int
    said: GoingOn


@dataclass(slots=True)
class Keys:
    """The keys in the order in which they were in force. `announced` holds, for every seal that an event of the administration
    names, the seq and facts of that event and the key in force then; `lost` the key that follows one without its signature, by the seq of
    the event that says so, `alone` those events that one person did, `passed_on` the keys that signed who follows them; `left` the names
    that the record had before it was put back.
    """

    in_force: list[Verifier] = field(default_factory=list)
    announced: dict[int, tuple[int, Mapping[str, Any], Verifier | None]] = field(default_factory=dict)
    lost: dict[int, Verifier] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)
    passed_on: list[Verifier] = field(default_factory=list)
    left: dict[str, Left] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, events: Iterable[SealEvent]) -> None:
        for seq, kind, facts in events:
            if kind == SEALED and type(facts.get("n")) is int:
                self._seal(seq, facts)
            elif kind == "set" and facts.get("name") == KEY:
                self._judgeable(seq, facts)
                self._another(seq, facts)
            elif kind == RESTORED:
                self._judgeable(seq, facts)
                self._elsewhere(seq, facts)

    def last(self) -> int:
        """The number of the seal that was told last."""
        return next(reversed(self.announced), 0)

    def _seal(self, seq: int, facts: Mapping[str, Any]) -> None:
        """Seals are told in their order: else a later key could vouch for an earlier one."""
        n = facts["n"]
        if n <= self.last():
            self.findings.append(Finding("seal", 0, None, seq, "n", n))
        else:
            self.announced[n] = seq, facts, self.in_force[-1] if self.in_force else None

    def _judgeable(self, seq: int, facts: Mapping[str, Any]) -> None:
        """Other algorithms than these hold from here on: what they prove, nobody here can judge."""
        if facts.get("algorithms", ALGORITHMS) != ALGORITHMS:
            self.findings.append(Finding("algorithms", 0, None, seq))

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
            self._lose(seq, facts, new)
        else:
            sound = facts.get("replaces") == str(old) and new.name == old.name and handed_over(facts.get("note"), old, new)
            if sound:
                self.passed_on.append(old)
        if not sound:
            self.findings.append(Finding("key", 0, None, seq))
        self.in_force.append(new)

    def _elsewhere(self, seq: int, facts: Mapping[str, Any]) -> None:
        """The record goes on from a copy, under a name that it never had."""
        new, old = verifier(facts.get("key")), self.in_force[-1] if self.in_force else None
        try:
            if new is None or old is None or any(new.name == key.name for key in self.in_force):
                raise ValueError("no other name")
            said = GoingOn.of(facts)
            lost = facts.get("lost") is True
            if facts.get("replaces") != str(old) or not (lost or signed_by_both(facts.get("note"), said.text(old, new), old, new)):
                raise ValueError("nobody vouches for it")
        except ValueError:
            self.findings.append(Finding("key", 0, None, seq))
            return
        if lost:
            self._lose(seq, facts, new)
        else:
            self.passed_on.append(old)
        self.left[old.name] = Left(seq, self.last(), said)
        self.in_force.append(new)

    def _lose(self, seq: int, facts: Mapping[str, Any], new: Verifier) -> None:
        self.lost[seq] = new
        if "asked" not in facts:
            self.alone.add(seq)

    def knows(self, known: Verifier) -> bool:
        """Whether a key that somebody knows is one of them. Whether they lead to each other, the findings tell."""
        return known in self.in_force

    def led_to(self, known: Verifier) -> list[Verifier]:
        """The keys for which one that somebody knows speaks: those that follow it, and those before it that signed who follows them. What
        came before a key that was lost might be anybody's, who wrote that the known one follows his own; none where it is not one of them.
        """
        if not self.knows(known):
            return []
        first = self.in_force.index(known)
        while first and self.in_force[first - 1] in self.passed_on:
            first -= 1
        return self.in_force[first:]
