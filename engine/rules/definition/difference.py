"""What differs between two versions of a workflow, piece by piece: for whoever loads another version, or compares two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.rules.definition.model import Definition, node_of
from engine.rules.json_value import Json

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

WORKFLOW, GRADE, STATE, CLOCK, LADDER, RUNG, TRIGGER, INPUT, GUARD, EXTENSION = (
    "workflow", "grade", "state", "clock", "ladder", "rung", "trigger", "input", "guard", "extension",
)
KINDS = (WORKFLOW, GRADE, STATE, CLOCK, LADDER, RUNG, TRIGGER, INPUT, GUARD, EXTENSION)
"""Kinds of pieces a workflow consists of."""

_OWN_FIELDS = ("name", "title", "rule", "initial", "default_grade")
_GROUPS = (
    ("grades", GRADE), ("states", STATE), ("clocks", CLOCK), ("ladders", LADDER), ("triggers", TRIGGER), ("extensions", EXTENSION),
)
_PIECES = {(LADDER, "rungs"): RUNG, (TRIGGER, "input"): INPUT, (TRIGGER, "guards"): GUARD}
"""Lists inside a piece whose members have names, and are therefore compared member by member."""

Node = Mapping[str, Json]


class Difference(NamedTuple):
    """One piece that differs. `of` names the piece it belongs to: the ladder of a rung, the trigger of an input or a guard.

    A piece that was added or removed has no `field`; `before` and `after` are the whole piece, None where it is not. Of one that
    changed they are what the field was and is.
    """

    kind: str
    name: str
    change: str
    of: str | None = None
    field: str | None = None
    before: Json = None
    after: Json = None


def differences(before: Definition, after: Definition) -> tuple[Difference, ...]:
    """Everything that makes two definitions different, in the order of a workflow file. Empty exactly where their hashes are equal."""
    old, new = _whole(before), _whole(after)
    found = list(_fields(WORKFLOW, after.name, None, _only(old, _OWN_FIELDS), _only(new, _OWN_FIELDS)))
    for group, kind in _GROUPS:
        found += _members(kind, None, _node(old[group]), _node(new[group]))
    return tuple(found)


def _members(kind: str, of: str | None, before: Node, after: Node) -> Iterator[Difference]:
    """Pieces by name: those that stayed and differ, those that are new, those that are gone, in the order they stand in."""
    for name, node in after.items():
        if name not in before:
            yield Difference(kind, name, ADDED, of, after=node)
        elif node != before[name]:
            yield from _fields(kind, name, of, _node(before[name]), _node(node))
    for name, node in before.items():
        if name not in after:
            yield Difference(kind, name, REMOVED, of, before=node)


def _fields(kind: str, name: str, of: str | None, before: Node, after: Node) -> Iterator[Difference]:
    """The fields of one piece that differ between the two versions."""
    for field in after:
        old, new = before[field], after[field]
        if old == new:
            continue
        inner = _PIECES.get((kind, field))
        gone, come = (_by_name(old), _by_name(new)) if inner is not None else (None, None)
        if inner is None or gone is None or come is None:
            yield Difference(kind, name, CHANGED, of, field, old, new)
            continue
        yield from _members(inner, name, gone, come)
        if [key for key in gone if key in come] != [key for key in come if key in gone]:
            yield Difference(kind, name, CHANGED, of, field, list(gone), list(come))


def _by_name(value: Json) -> Node | None:
    """The members of a list by their names; None where two have the same name, as a guard may that is asked of two grades apart."""
    members = {str(_node(item)["name"]): item for item in _list(value)}
    return members if len(members) == len(_list(value)) else None


def _whole(definition: Definition) -> Node:
    return {name: node_of(getattr(definition, name)) for name in (*_OWN_FIELDS, *(group for group, _ in _GROUPS))}


def _only(node: Node, names: Sequence[str]) -> Node:
    return {name: node[name] for name in names}


def _node(value: Json) -> Node:
    return value if isinstance(value, Mapping) else {}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()
