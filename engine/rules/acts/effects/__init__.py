"""The effects: what a trigger changes beside the state. Each writes into the draft of the event that `decide` makes.

In reading order: registry, assignment, sign_off, extension, closing, pause, leader, outer.
"""

# ruff: noqa: I001 – imported in reading order: in this order the effects register, and docs/workflows.md lists them

from __future__ import annotations

from engine.rules.acts.effects.registry import EFFECTS
from engine.rules.acts.effects import assignment, sign_off, extension, closing, pause, leader, outer

__all__ = ["EFFECTS", "assignment", "closing", "extension", "leader", "outer", "pause", "sign_off"]
