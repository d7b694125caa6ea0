"""What a judge finds: the reasons against an event, and what could not be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.errors import Reason

EDITION = 1
"""The edition of the rules. It grows whenever the same act has other effects than before (`tests/rules/test_editions.py` tells): of what
an earlier edition wrote it is asked whether it may write such effects, and not whether each has the value that it would have today.
"""

RULES = "rules"
"""Where the first entry of a record, and that of an upgrade, tell by which edition is written from then on."""


class Judgement(NamedTuple):
    """Every reason for which an event could not have been written by the rules, and the names of what was not asked, because the record
    does not tell what it depends on (any more). None and none: the event is lawful.
    """

    reasons: tuple[Reason, ...] = ()
    skipped: tuple[str, ...] = ()


LAWFUL = Judgement()

DEFINITION = "definition"
"""What is not asked where the workflow cannot be read."""

UNFIT = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What an event raises that no rule has written."""


def judgement(reasons: Iterable[Reason | None], skipped: Sequence[str] = ()) -> Judgement:
    """What is left of reasons that may be none."""
    left = tuple(filter(None, reasons))
    return Judgement(left, tuple(skipped)) if left or skipped else LAWFUL


def both(first: Judgement, second: Judgement) -> Judgement:
    if second is LAWFUL:  # most are, and everything is judged
        return first
    return Judgement(first.reasons + second.reasons, first.skipped + second.skipped)
