"""What a record says that was put back from a backup and is gone on with: where it ended, what was known that is not in it, and under
which name it goes on. It says so for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.note import Note, Verifier

RESTORED = "restored"
"""The kind of the entry."""


LIST, WITNESS, NOBODY = "list", "witness", "nobody"
"""Who told of the newest checkpoint: the list beside the key, a witness, or nothing but the copy itself."""

TELLERS = frozenset({LIST, WITNESS, NOBODY})


class GoingOn(NamedTuple):
    """A copy that was gone on with: all `size` events it held with their `root`, and the newest checkpoint known of the record before, by
    whom (`by`), and the number `n` of its seal, which a witness does not know (0). Where nobody told, that is the copy's own last one.
    """

    size: int
    root: bytes
    n: int
    known: Checkpoint
    by: str

    def facts(self) -> dict[str, int | str]:
        """What the entry says of it."""
        return {
            "size": self.size, "root": self.root.hex(), "n": self.n, "known_size": self.known.size, "known_root": self.known.root.hex(),
            "known_name": self.known.origin, "known_by": self.by,
        }

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> GoingOn:
        """The inverse. Raises ValueError."""
        size, n, known = (_number(facts.get(name)) for name in ("size", "n", "known_size"))
        root, known_root = (bytes.fromhex(str(facts.get(name))) for name in ("root", "known_root"))
        if facts.get("known_by") not in TELLERS:
            raise ValueError("known by nobody knows whom")
        return cls(size, root, n, Checkpoint(str(facts.get("known_name")), known, known_root), str(facts["known_by"]))

    def text(self, old: Verifier, new: Verifier) -> str:
        """What both keys sign."""
        here = Checkpoint(new.name, self.size, self.root)
        return f"zhenggai/restored/v1\n{old}\n{new}\n{self.n}\n{self.by}\n{self.known.text()}{here.text()}"

    def goes_without(self, n: int, checkpoint: Checkpoint) -> bool:
        """Whether a seal of the record before, that came after the copy, is one of those that it says it goes on without."""
        return checkpoint.size <= self.known.size and (self.by == WITNESS or n <= self.n)

    def contradicts(self, n: int, checkpoint: Checkpoint) -> bool:
        """Whether such a seal is another one than the newest that was known."""
        same = checkpoint.size == self.known.size if self.by == WITNESS else n == self.n
        return same and checkpoint.root != self.known.root


def signed_by_both(note: object, text: str, old: Verifier, new: Verifier) -> bool:
    """Whether a note holds this text and both keys signed it."""
    try:
        found = Note.parse(note) if isinstance(note, str) else None
        return found is not None and found.text == text and {old, new} == set(found.signers([old, new]))
    except ValueError:
        return False


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError("no number")
    return value
