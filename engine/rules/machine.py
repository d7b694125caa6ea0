"""A definition as one shared, model-less `transitions.Machine` (the only importer of transitions).

The machine holds the edges and says where one leads; it runs on a scratch value, never on a row. It is read-only once built, so any
number of threads may share it (never `queued`, never `add_model`: both were measured to lose or repeat transitions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from transitions import EventData, Machine, MachineError

from engine.rules.definition import Definition


@dataclass(slots=True)
class Scratch:
    """What the machine moves: a state, and the one to which it may go back."""

    state: str
    back: str | None = None


def move(definition: Definition, state: str, trigger: str, clear: Callable[[], bool], back: str | None = None) -> str | None:
    """The state after the trigger, or None if the edge does not exist or a guard stands against it.

    `clear` tells whether nothing stands against it, and is asked once, after the edge is known to exist. `back` is the state a suspended
    ticket returns to.
    """
    target = _target(definition, state, trigger, back)
    return target if target is not None and clear() else None


@lru_cache(maxsize=1024)
def _target(definition: Definition, state: str, trigger: str, back: str | None) -> str | None:
    """Where the machine goes; None where it has no such edge. It is asked once for each edge: a definition does not change."""
    scratch = Scratch(state, back)
    event = machine_of(definition).events.get(trigger)
    if event is None:
        return None
    try:
        moved = event.trigger(scratch)
    except MachineError:
        return None
    return scratch.state if moved else None


@lru_cache(maxsize=64)
def machine_of(definition: Definition) -> Machine:
    """The machine of a definition, built once."""
    states = list(definition.states)
    machine = Machine(model=None, states=states, initial=states[0], auto_transitions=False, send_event=True)
    for trigger in definition.triggers.values():
        for source in trigger.sources:
            for target in trigger.back or (trigger.target or source,):
                machine.add_transition(trigger.name, source, target, conditions=[_returns_there] if trigger.back else None)
    return machine


def _returns_there(event: EventData) -> bool:
    return event.transition is not None and event.transition.dest == cast(Scratch, event.model).back
