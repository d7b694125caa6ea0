"""The names of guards and effects live for ever: a ticket is pinned to its definition, and a definition names them.

A record that a later program wrote may name more. Then nothing is guessed: whatever would ask or apply a rule of that ticket raises.
"""

from __future__ import annotations

from functools import lru_cache

from engine.errors import UnknownRule
from engine.rules.acts.guards import GUARDS
from engine.rules.definition import Definition

EFFECT_NAMES = frozenset({
    "name-units", "designate", "plan-date", "standing", "review", "first-attempt", "next-attempt", "hand", "deny", "sign",
    "object", "leave-out", "void-signatures", "endorse", "submit", "close", "close-as", "remember-state", "pause", "set-outer", "issue",
    "waive", "urge", "instruct", "report-back", "reopen", "ask", "grant", "refuse", "drop-request",
    "consent", "remember-withdrawn", "take-back", "internal", "sign-again", "send-back", "revised", "units-in-force",
    "note-original", "evidence",
})
"""The name of every effect of the registry. A list of its own, because `zg show` asks for the names and need not import the effects."""


@lru_cache(maxsize=64)
def unknown_rules(definition: Definition) -> tuple[tuple[str, str], ...]:
    """What the definition names and this program does not have: (`guard` or `effect`, name)."""
    guards = {guard.name for trigger in definition.triggers.values() for guard in trigger.guards} - GUARDS.keys()
    effects = {effect for trigger in definition.triggers.values() for effect in trigger.effects} - EFFECT_NAMES
    return (*(("guard", name) for name in sorted(guards)), *(("effect", name) for name in sorted(effects)))


def refuse_unknown_rules(definition: Definition, number: str | None = None) -> None:
    """Raises UnknownRule for a definition that names a guard or an effect this program does not have. `number`: of the ticket in hand."""
    for kind, name in unknown_rules(definition):
        ticket = {"number": number} if number is not None else {}
        raise UnknownRule(reason=f"{kind}-unknown", name=name, workflow=definition.name, hash=definition.hash[:12], **ticket)
