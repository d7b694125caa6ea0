"""The guards: what a workflow may ask before something is done. Each returns why not, or None.

A reason says which inputs it waits for (`needs`), if it is about nothing but their absence. A reason that needs nothing stands
whatever is given: so `zg can`, which gives nothing, and a refusal are one list. What a guard looks at, and what else it needs from a
workflow, is declared beside it. In reading order: registry, assignment, sign_off, closing, leader, pause, extension,
outer.
"""

# ruff: noqa: I001 – imported in reading order: in this order the guards register, and docs/workflows.md lists them

from __future__ import annotations

from engine.rules.acts.guards.registry import GUARDS
from engine.rules.acts.guards import assignment, sign_off, closing, leader, pause, extension, outer

__all__ = ["GUARDS", "assignment", "closing", "extension", "leader", "outer", "pause", "sign_off"]
