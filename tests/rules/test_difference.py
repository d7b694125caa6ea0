"""What differs between two versions of a workflow: every piece, each once, and nothing where they are the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from engine.app.shipped import workflow_files
from engine.registry.workflow_file import load
from engine.rules.definition import Clock, Definition, Guard, State, Text
from engine.rules.definition.difference import Difference, differences

SHIPPED = {path.stem: load(path) for path in workflow_files()}
BASE = SHIPPED["rectification"]


def changed(**fields: object) -> Definition:
    """The shipped workflow with other fields, knowing its own hash."""
    return replace(BASE, **fields).with_hash()  # type: ignore[arg-type] # any field


def trigger(name: str, **fields: object) -> Definition:
    return changed(triggers={**BASE.triggers, name: BASE.triggers[name]._replace(**fields)})


def ladder(*rungs: object) -> Definition:
    unit = BASE.ladders["unit"]
    return changed(ladders={**BASE.ladders, "unit": unit._replace(rungs=rungs)})


def test_nothing_differs_from_itself() -> None:
    for definition in SHIPPED.values():
        assert differences(definition, Definition.from_json(definition.to_json())) == ()


def test_a_new_piece_is_added_one_that_is_gone_is_removed_and_each_stands_there_whole() -> None:
    state = State("reviewing", Text("复核中", "reviewing"), "submitted", "office")
    after = changed(states={**BASE.states, "reviewing": state})
    (new,) = differences(BASE, after)
    assert (new.kind, new.name, new.change, new.field, new.before) == ("state", "reviewing", "added", None, None)
    assert new.after["title"] == {"zh": "复核中", "en": "reviewing"}  # type: ignore[call-overload, index]
    assert differences(after, BASE) == (new._replace(change="removed", before=new.after, after=None),)


def test_a_clock_whose_amount_and_title_changed_differs_in_two_fields() -> None:
    clock: Clock = BASE.clocks["rectify"]
    after = changed(clocks={**BASE.clocks, "rectify": clock._replace(amount={"*": "9 days"}, title=Text("限", "limit"))})
    found = {item.field: (item.before, item.after) for item in differences(BASE, after)}
    assert set(found) == {"amount", "title"}
    assert found["amount"] == (dict(clock.amount), {"*": "9 days"})


def test_guards_are_compared_one_by_one_under_their_trigger() -> None:
    guards = BASE.triggers["submit"].guards
    gone, kept = guards[0], guards[1:]
    after = trigger("submit", guards=(*kept, Guard("has-date")))
    assert [(item.kind, item.name, item.change, item.of) for item in differences(BASE, after)] == [
        ("guard", "has-date", "added", "submit"), ("guard", gone.name, "removed", "submit"),
    ]


def test_a_guard_asked_of_other_grades_is_that_guard_changed() -> None:
    guards = tuple(guard._replace(grades=("A",)) if guard.name == "endorsed" else guard for guard in BASE.triggers["submit"].guards)
    assert differences(BASE, trigger("submit", guards=guards)) == (
        Difference("guard", "endorsed", "changed", "submit", "grades", ["A", "B"], ["A"]),
    )


def test_a_guard_that_stands_twice_makes_the_list_differ_as_a_whole() -> None:
    guards = (*BASE.triggers["submit"].guards, Guard("endorsed", ("C",)))
    (found,) = differences(BASE, trigger("submit", guards=guards))
    assert (found.kind, found.name, found.field) == ("trigger", "submit", "guards")


def test_rungs_in_another_order_differ_by_their_order_alone() -> None:
    rungs = BASE.ladders["unit"].rungs
    (found,) = differences(BASE, ladder(rungs[1], rungs[0], *rungs[2:]))
    assert (found.kind, found.name, found.field) == ("ladder", "unit", "rungs")
    assert found.after == [rungs[1].name, rungs[0].name, *(rung.name for rung in rungs[2:])]


def test_a_rung_that_is_moved_out_of_the_middle_is_removed_and_the_order_of_the_others_stayed() -> None:
    rungs = BASE.ladders["unit"].rungs
    assert [(item.kind, item.change) for item in differences(BASE, ladder(rungs[0], *rungs[2:]))] == [("rung", "removed")]


@pytest.mark.parametrize("field", ["title", "rule", "initial", "default_grade"])
def test_a_field_of_the_workflow_itself_is_told(field: str) -> None:
    other = {"title": Text("另", "other"), "rule": ("新规定",), "initial": "assigned", "default_grade": "A"}
    assert [(item.kind, item.field) for item in differences(BASE, changed(**{field: other[field]}))] == [("workflow", field)]


def test_whenever_hashes_differ_something_differs() -> None:
    """Every field of every piece, changed one at a time."""
    for group in ("states", "clocks", "triggers", "extensions"):
        for name, piece in getattr(BASE, group).items():
            for field in piece._fields:
                if field == "name" or getattr(piece, field) == ():
                    continue
                after = changed(**{group: {**getattr(BASE, group), name: piece._replace(**{field: _other(getattr(piece, field))})}})
                assert after.hash != BASE.hash
                assert differences(BASE, after) != (), (group, name, field)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, Text):
        return Text("另", "other")
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return value[1:]
    return "9 days" if isinstance(value, str) or value is None else {"*": {"x": "9 days"}}


NAMING = {
    "state": {"initial", "sources", "target", "back", "rests_in"}, "clock": {"clocks", "restart", "at_least", "before"},
    "ladder": {"ladder"}, "trigger": {"trigger"},
}
"""By kind the keys under which a workflow names a piece."""


def with_name(definition: Definition, kind: str, group: str, name: str, to: str) -> Definition:
    """The workflow with a piece under another name, wherever it is named."""
    def told(node: Any) -> Any:
        if isinstance(node, dict):
            return {to if key == name else key: item for key, item in node.items()}
        return [to if item == name else item for item in node] if isinstance(node, list) else to if node == name else node

    def walked(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: told(walked(item)) if key in NAMING[kind] else walked(item) for key, item in node.items()}
        return [walked(item) for item in node] if isinstance(node, list) else node

    whole = walked(json.loads(definition.to_json()))
    called = {key: to if key in (name, to) else key for key in whole[group]}
    whole[group] = {called[key]: {**item, "name": called[key]} for key, item in whole[group].items()}
    return Definition.from_json(json.dumps(whole)).with_hash()


@pytest.mark.parametrize(("kind", "group", "name"), [
    ("state", "states", "submitted"), ("state", "states", "found"), ("clock", "clocks", "rectify"), ("ladder", "ladders", "unit"),
    ("trigger", "triggers", "verify"),
])
def test_a_piece_that_is_called_otherwise_was_renamed_and_nothing_that_names_it_differs(kind: str, group: str, name: str) -> None:
    after = with_name(BASE, kind, group, name, f"{name}-x")
    assert differences(BASE, after) == (Difference(kind, f"{name}-x", "renamed", None, "name", name, f"{name}-x"),)


def test_two_pieces_that_are_renamed_at_once_are_both_told() -> None:
    after = with_name(with_name(BASE, "state", "states", "submitted", "checking"), "clock", "clocks", "verify", "check")
    assert [(item.kind, item.before, item.after) for item in differences(BASE, after)] == [
        ("state", "submitted", "checking"), ("clock", "verify", "check"),
    ]


def test_a_piece_that_is_renamed_and_changed_is_another_one() -> None:
    after = with_name(BASE, "state", "states", "submitted", "checking")
    other = replace(after, states={**after.states, "checking": after.states["checking"]._replace(title=Text("核验中", "checked"))})
    found = {(item.kind, item.name): item.change for item in differences(BASE, other.with_hash())}
    assert (found["state", "checking"], found["state", "submitted"]) == ("added", "removed")
