"""How alike two titles are: for a hint that a finding may be there already, never for a decision."""

from __future__ import annotations

ALIKE = 0.6
"""From this ratio (0 to 1) on two titles are worth a look."""


def alike(one: str, other: str) -> bool:
    """Whether two titles may mean the same problem. Punctuation, blanks and case play no part."""
    from difflib import SequenceMatcher  # only an opening compares titles; no other command of the desk need wait

    left, right = _bare(one), _bare(other)
    if not (left and right):
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _bare(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
