"""A workflow as a Mermaid state diagram: states, triggers on the edges, the clocks that run in a state as a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from engine.rules.definition import Definition, State, Trigger

_UNSAFE = str.maketrans({'"': "'", ":": "：", ";": "；", "\n": " ", "#": "＃", "%": "％"})


def mermaid(definition: Definition, language: str, amount: Callable[[str], str] = str) -> str:
    """The text of the diagram. Titles in `language` (`zh`, `en`), `amount` says `5 working days` as people do.

    Triggers that leave the state as it is are not drawn.
    """
    lines = ["stateDiagram-v2", f"    %% {definition.name} {definition.hash[:12]}"]
    states = in_order(definition)
    lines += [f'    state "{_safe(state.title.in_language(language))}" as {_id(state.name)}' for state in states]
    lines.append(f"    [*] --> {_id(definition.initial)}")
    lines += _edges(definition, language)
    lines += [f"    {_id(state.name)} --> [*]" for state in states if state.final]
    for state in states:
        lines += _note(definition, state, language, amount)
    return "\n".join(lines)


@lru_cache(maxsize=64)
def in_order(definition: Definition) -> tuple[State, ...]:
    """The states in the order a ticket goes through them: from the first one breadth first, states at rest and ends last.

    A definition from the record has its keys in the order of the alphabet, which tells people nothing.
    """
    found = [definition.initial]
    for here in found:
        for trigger in definition.triggers.values():
            if here in trigger.sources:
                found += [name for name in (trigger.target, *trigger.back) if name is not None and name not in found]
    found += [name for name in definition.states if name not in found]
    return tuple(sorted((definition.states[name] for name in found), key=lambda state: (state.final, state.rests)))


def triggers_in_order(definition: Definition) -> tuple[Trigger, ...]:
    """The triggers in the order of the states they begin in; those of almost any state last."""
    position = {state.name: number for number, state in enumerate(in_order(definition))}
    return tuple(sorted(
        definition.triggers.values(),
        key=lambda trigger: (len(trigger.sources) > len(position) // 2, min((position[name] for name in trigger.sources), default=0)),
    ))


def _edges(definition: Definition, language: str) -> Iterable[str]:
    """One edge for each pair of states, with the titles of all triggers that lead there."""
    titles: dict[tuple[str, str], list[str]] = {}
    for trigger in triggers_in_order(definition):
        for source in trigger.sources:
            for target in trigger.back or ((trigger.target,) if trigger.target else ()):
                titles.setdefault((source, target), []).append(_safe(trigger.title.in_language(language)))
    for (source, target), names in titles.items():
        yield f"    {_id(source)} --> {_id(target)} : {' / '.join(names)}"


def _note(definition: Definition, state: State, language: str, amount: Callable[[str], str]) -> list[str]:
    if not state.clocks:
        return []
    clock_titles = [_safe(definition.clocks[name].title.in_language(language)) for name in state.clocks]
    amounts = [" / ".join(map(amount, dict.fromkeys(definition.clocks[name].amount.values()))) for name in state.clocks]
    lines = [f"        {title} {amount}" for title, amount in zip(clock_titles, amounts, strict=True)]
    return [f"    note right of {_id(state.name)}", *lines, "    end note"]


def _safe(text: str) -> str:
    """Signs that Mermaid would read as its own become their full-width sisters."""
    return text.translate(_UNSAFE)


def _id(name: str) -> str:
    """Mermaid reads `-` and words like `end` or `state` as its own."""
    return f"s_{name.replace('-', '_')}"
