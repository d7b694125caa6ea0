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


class GoingOn(NamedTuple):
    """A copy that was gone on with: all `size` events it held with their `root`, and the newest checkpoint known of the record before, that
    of seal `n`.
    """

    size: int
    root: bytes
    n: int
    known: Checkpoint

    def facts(self) -> dict[str, int | str]:
        """What the entry says of it."""
        return {
            "size": self.size, "root": self.root.hex(), "n": self.n, "known_size": self.known.size, "known_root": self.known.root.hex(),
        }

    @classmethod
    def of(cls, facts: Mapping[str, object], old: Verifier) -> GoingOn:
        """The inverse, of a record whose key was `old`. Raises ValueError."""
        size, n, known = (_number(facts.get(name)) for name in ("size", "n", "known_size"))
        root, known_root = (bytes.fromhex(str(facts.get(name))) for name in ("root", "known_root"))
        return cls(size, root, n, Checkpoint(old.name, known, known_root))

    def text(self, old: Verifier, new: Verifier) -> str:
        """What both keys sign."""
        here = Checkpoint(new.name, self.size, self.root)
        return f"zhenggai/restored/v1\n{old}\n{new}\n{self.n}\n{self.known.text()}{here.text()}"


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
