"""What follows from a result for a ticket: one table, as data. Nothing else happens.

Absence never closes, a pass never closes, a miss never starts a unit's clock: what a table proposes, people do.
"""

# No `from __future__ import annotations`: `zg show` reads the names of the actions with the ticket.

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from engine.rules.loop.target import MISS, NOT_APPLICABLE, NOT_DUE, NOT_MEASURED, PASS

OPENED, MEASURED, PASSED, RELAPSED, CONFIRMED, UNCHANGED = "opened", "measured", "passed", "relapsed", "confirmed", "unchanged"
MISSING, DISMISSED, EXCEPTED, EARLIER, RECORDED, PROBLEM = "missing", "dismissed", "excepted", "earlier", "recorded", "problem"

ACTIONS = (
    OPENED, MEASURED, PASSED, RELAPSED, CONFIRMED, UNCHANGED, MISSING, DISMISSED, EXCEPTED, EARLIER, RECORDED, PROBLEM,
)
"""What a result may do. Of every round they add up to the pairs in its scope. `unchanged`: the round knows this result already;
`recorded`: the round keeps it, and no ticket changes; `problem`: what the row says cannot be used.
"""

COUNTS_AS_MISS = frozenset({OPENED, MEASURED, RELAPSED})
"""Actions by which a ticket's misses grow."""

TOLD = frozenset({MEASURED, PASSED, EXCEPTED})
"""Actions of which the unit of a ticket reads."""

OPENS = frozenset({OPENED, RELAPSED})
"""Actions after which a person opens something for a unit: very many of them at once are asked for by their number."""

NONE, UNDER_WAY, SUBMITTED, VERIFIED, BEFORE, OLD, SUSPENDED, NO_PROBLEM, REPORTED = (
    "none", "under-way", "submitted", "verified", "before", "old", "suspended", "no-problem", "reported",
)


class Outcome(NamedTuple):
    """What happens by a miss, by a pass, and where a pair in scope was not measured."""

    miss: str
    passed: str
    missing: str = MISSING


TABLE: Mapping[str, Outcome] = MappingProxyType({
    NONE: Outcome(OPENED, RECORDED),
    UNDER_WAY: Outcome(MEASURED, PASSED),
    SUBMITTED: Outcome(MEASURED, PASSED),
    VERIFIED: Outcome(RELAPSED, CONFIRMED),
    BEFORE: Outcome(EARLIER, RECORDED),
    OLD: Outcome(OPENED, RECORDED),
    SUSPENDED: Outcome(EXCEPTED, PASSED),
    NO_PROBLEM: Outcome(DISMISSED, RECORDED),
    REPORTED: Outcome(RELAPSED, PASSED),
})
"""By what the ticket of a problem is.

`none`: there is none. `under-way`: found, assigned, being rectified. `verified`: closed, and measured after that. `before`: measured
before it was opened, before it was last submitted, or not after it was closed. `old`: closed in an earlier year, or for good, by a
workflow that reopens nothing. `suspended`: put off until a day that is to come. `no-problem`: withdrawn as a mistake or as no problem.
`reported`: verified by us, not yet closed by the superior.
A duplicate is none of these: what is measured is applied to the ticket that it repeats.
"""

TABLE_ORDER = (NONE, UNDER_WAY, SUBMITTED, VERIFIED, BEFORE, OLD, SUSPENDED, NO_PROBLEM, REPORTED)


def action_of(standing: str, result: str) -> str:
    """What a result does to a ticket that is so."""
    outcome = TABLE[standing]
    if result in (NOT_APPLICABLE, NOT_DUE):
        return RECORDED
    return {MISS: outcome.miss, PASS: outcome.passed, NOT_MEASURED: outcome.missing}[result]
