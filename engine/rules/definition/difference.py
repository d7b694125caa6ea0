"""What differs between two versions of a workflow, piece by piece: for whoever loads another version, or compares two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.rules.definition.model import Definition, node_of
from engine.rules.json_value import Json

ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"

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

_REFERENCES: Mapping[str, Sequence[tuple[str, str]]] = {
    STATE: (("triggers", "sources"), ("triggers", "target"), ("triggers", "back"), ("clocks", "rests_in")),
    CLOCK: (("states", "clocks"), ("triggers", "restart"), ("triggers", "at_least"), ("clocks", "before")),
    LADDER: (("clocks", "ladder"),),
    TRIGGER: (("ladders", "rungs"),),
}
"""Where pieces of a kind are named by others: the group and the field. What nothing but a name tells apart, a guard or an input, is never
taken for one that was renamed.
"""

Node = Mapping[str, Json]


class Difference(NamedTuple):
    """One piece that differs. `of` names the piece it belongs to: the ladder of a rung, the trigger of an input or a guard.

    A piece that was added or removed has no `field`; `before` and `after` are the whole piece, None where it is not. Of one that
    changed they are what the field was and is; of one that was renamed, and is the same otherwise, its names.
    """

    kind: str
    name: str
    change: str
    of: str | None = None
    field: str | None = None
    before: Json = None
    after: Json = None


def differences(before: Definition, after: Definition) -> tuple[Difference, ...]:
    """Everything that makes two definitions different, in the order of a workflow file; that others name a piece by its new name is no
    difference of theirs. Empty exactly where their hashes are equal.
    """
    old, new = _whole(before), _whole(after)
    old, names = _with_new_names(old, new)
    found = [Difference(kind, name, RENAMED, None, "name", past, name) for kind in KINDS for past, name in names.get(kind, {}).items()]
    found += list(_fields(WORKFLOW, after.name, None, _only(old, _OWN_FIELDS), _only(new, _OWN_FIELDS)))
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


def _with_new_names(old: Node, new: Node) -> tuple[Node, Mapping[str, Mapping[str, str]]]:
    """What was, called as it is now, and by kind the names that differ: as often as one new name makes another one plain."""
    names: dict[str, dict[str, str]] = {}
    found = True
    while found:
        found = False
        for group, kind in _GROUPS:
            if kind in _REFERENCES and (renamed := _renamed(_node(old[group]), _node(new[group]))):
                old, found = _called(old, group, kind, renamed), True
                names[kind] = names.get(kind, {}) | renamed
    return old, names


def _renamed(before: Node, after: Node) -> dict[str, str]:
    """The pieces that are gone and stand under another name otherwise unchanged, by the name they had."""
    gone = {name: _nameless(node) for name, node in before.items() if name not in after}
    come = {name: _nameless(node) for name, node in after.items() if name not in before}
    pairs = [(past, name) for past, node in gone.items() for name, other in come.items() if node == other]
    return {past: name for past, name in pairs if sum(past in pair or name in pair for pair in pairs) == 1}


def _nameless(node: Json) -> Node:
    return {field: value for field, value in _node(node).items() if field != "name"}


def _called(old: Node, group: str, kind: str, names: Mapping[str, str]) -> Node:
    """The version with new names, wherever a piece is named."""
    def name(value: Json) -> Json:
        if isinstance(value, str):
            return names.get(value, value)
        if isinstance(value, Mapping):
            return {names.get(key, key): item for key, item in value.items()}
        return [name(item) for item in _list(value)] if value is not None else None

    def rung(value: Json) -> Json:
        return {**_node(value), "trigger": name(_node(value)["trigger"])}

    made = {place: dict(_node(node)) if place in dict(_GROUPS) else node for place, node in old.items()}
    made[group] = {names.get(key, key): {**_node(node), "name": names.get(key, key)} for key, node in _node(made[group]).items()}
    for place, field in _REFERENCES[kind]:
        made[place] = {
            key: {**node, field: [rung(item) for item in _list(node[field])] if field == "rungs" else name(node[field])}
            for key, node in ((key, _node(each)) for key, each in _node(made[place]).items())
        }
    if kind == STATE:
        made["initial"] = name(made["initial"])
    return made


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
