"""How a guard is registered: under a name that lives for ever, with what it looks at and what else it needs from a workflow."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.acts.requirement import NOTHING_NEEDED, Requirement
from engine.rules.situation import Situation

Check = Callable[[Situation], Reason | None]


class RegisteredGuard(NamedTuple):
    """A guard of the registry. `looks_at`: the inputs it looks at; the trigger takes them. `file` is evidence."""

    check: Check
    needs: Requirement

    @property
    def looks_at(self) -> tuple[str, ...]:
        return self.needs.takes


GUARDS: dict[str, RegisteredGuard] = {}


def guard(name: str, needs: Requirement = NOTHING_NEEDED) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        GUARDS[name] = RegisteredGuard(check, needs)
        return check

    return register
