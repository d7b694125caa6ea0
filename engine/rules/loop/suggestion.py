"""What a visit suggests (拟办): which unit puts a finding right, and whether a leader consented to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Reason

if TYPE_CHECKING:
    from engine.rules.loop.visit import Visit


class Finding(NamedTuple):
    """What a visit found, and which unit is to put it right: a ticket that nobody outside the office knows of yet."""

    number: str
    unit: str | None

    @property
    def agreed(self) -> str:
        """How a consent names it."""
        return f"{self.number}={self.unit}"


def agreed_problem(visit: Visit, finding: Finding) -> Reason | None:
    """Why a finding may not be assigned as it was suggested: no unit is, no leader consented to it, or it was changed since. None where it
    may.
    """
    if finding.unit is None:
        return Reason("finding-without-unit", {"number": finding.number})
    if finding.agreed in visit.agreed:
        return None
    if visit.consented_at is None:
        return Reason("visit-not-consented", {"visit": visit.number, "number": finding.number})
    return Reason("finding-not-consented", {"visit": visit.number, "number": finding.number})
