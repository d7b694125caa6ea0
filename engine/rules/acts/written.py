"""Which effects an act may write: those of the effects that its trigger names, and those that follow from any act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.rules.definition import Definition

ALWAYS = frozenset({
    "turn", "final", "closed_at", "returns_to", "late_days", "on_time", "deadlines", "wake_at", "past", "relapse",
})
"""What may follow from any act."""

_SIGNATURES = frozenset({"signed", "endorsed", "objections", "left_out"})

WRITES: Mapping[str, frozenset[str]] = {
    "name-units": frozenset({"lead", "with", "leader", "assigned_by", "assigned_at", "acted_level", "batch"}),
    "units-in-force": frozenset({"lead", "with", "acted_level"}),
    "designate": frozenset({"designated"}),
    "standing": frozenset({"standing"}),
    "first-attempt": frozenset({"attempt", "hands"}),
    "next-attempt": frozenset({"attempt", "hands", "submitted", "attempts", "proposals", "evidenced"}),
    "hand": frozenset({"hands"}),
    "deny": frozenset({"denials", "hands", "lead", "proposals"}),
    "sign": frozenset({"signed", "objections"}),
    "object": frozenset({"objections"}),
    "leave-out": frozenset({"left_out"}),
    "void-signatures": _SIGNATURES,
    "sign-again": _SIGNATURES,
    "endorse": frozenset({"endorsed"}),
    "evidence": frozenset({"evidenced"}),
    "submit": frozenset({"submitted", "submitted_at", "request"}),
    "close": frozenset({"closed_as", "proposals"}),
    "close-as": frozenset({"closed_as", "proposals", "lead", "with", "request"}),
    "note-original": frozenset({"duplicate_of"}),
    "remember-withdrawn": frozenset({"withdrawn_from", "set_aside"}),
    "take-back": frozenset({"closed_as", "withdrawn_from", "set_aside", "duplicate_of", "lead", "with", "proposals", "request"}),
    "reopen": frozenset({"closed_as", "grants"}),
    "ask": frozenset({"request"}),
    "grant": frozenset({"request", "grants"}),
    "refuse": frozenset({"request"}),
    "drop-request": frozenset({"request", "grants"}),
    "issue": frozenset({"acted_level", "proposals"}),
    "waive": frozenset({"proposals"}),
    "consent": frozenset({"consents"}),
    "urge": frozenset({"urged"}),
    "instruct": frozenset({"instructions", "instructed"}),
    "report-back": frozenset({"instructions", "instructed"}),
    "remember-state": frozenset(),
    "plan-date": frozenset(),
    "review": frozenset(),
    "pause": frozenset(),
    "set-outer": frozenset(),
    "internal": frozenset(),
}
"""By the name of an effect, the fields of a ticket that it may write beside the clocks, as an event names them."""

OPENING = ALWAYS | {"assigned_at", "assigned_by"}
"""What an opening may write."""

TAKEN_OVER = ALWAYS | {
    "assigned_at", "attempt", "submitted", "submitted_at", "grants", "standing", "closed_as", "withdrawn_from",
}
"""What taking over an item of a ledger may write."""

RUNG = frozenset({"deadlines", "wake_at", "proposals", "acted_level", "late_days"})
"""What a rung of the ladder may write."""


@lru_cache(maxsize=1_024)
def may_write(definition: Definition, trigger: str) -> frozenset[str]:
    """What an act by this trigger may write."""
    return ALWAYS.union(*(WRITES[name] for name in definition.triggers[trigger].effects))
