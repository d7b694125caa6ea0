"""Every entry that the program writes to the administration is one of which the audit knows the rows, and it knows no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from engine.rules.judging.entry import UPGRADED
from engine.rules.judging.statement import ENTRIES
from tests.test_house import SOURCES, tree_of

PLACES = {"_note": (1, 2), "administer": (1, 4)}
"""Where a call gives the kind of an entry and its facts, by the name of what is called."""

PASSED_ON = "engine.registry.entries"
"""The room whose own call writes what others gave it."""


def written() -> Iterator[tuple[str, ast.AST, ast.AST, ModuleType]]:
    """Every call of the source that writes an entry: where, the function that holds it, the call, and its room."""
    for name, path in SOURCES.items():
        source = path.read_text(encoding="utf-8")
        if not any(f".{place}" in source for place in PLACES):  # every worker reads this when it collects, and few files have one
            continue
        for function in (node for node in ast.walk(tree_of(name)) if isinstance(node, ast.FunctionDef)):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in PLACES:
                    yield f"{name}.{function.name}", function, call, import_module(name)


def entry_of(function: ast.AST, call: ast.AST, room: ModuleType) -> tuple[str, str] | None:
    """The kind of an entry and what it is called; None where the call writes no entry: others have a `_note` of their own."""
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    kind_at, facts_at = PLACES[call.func.attr]
    kind = text(call.args[kind_at], room) if len(call.args) > facts_at else None
    if kind is None:
        return None
    if "" in ENTRIES.get(kind, {}) or kind == UPGRADED:
        return kind, ""
    facts = literal(call.args[facts_at], function)
    said = {text(key, room): value for key, value in zip(facts.keys, facts.values, strict=True) if key is not None}
    named = said.get("what") or said.get("name")
    return kind, (text(named, room) if named is not None else next(iter(said))) or ""


def literal(node: ast.AST, function: ast.AST) -> ast.Dict:
    """The facts as they are written, also where they are put together before the call."""
    if isinstance(node, ast.Dict):
        spread = node.values[0] if node.keys and node.keys[0] is None else None
        return literal(spread, function) if spread is not None else node
    if isinstance(node, ast.BinOp):
        return literal(node.left, function)
    assert isinstance(node, ast.Name)
    for given in ast.walk(function):
        targets = given.targets if isinstance(given, ast.Assign) else [given.target] if isinstance(given, ast.AnnAssign) else []
        if any(isinstance(target, ast.Name) and target.id == node.id for target in targets):
            assert isinstance(given, ast.Assign | ast.AnnAssign) and given.value is not None
            return literal(given.value, function)
    raise AssertionError(f"nothing is called {node.id}")


def text(node: ast.AST, room: ModuleType) -> str | None:
    """A literal, or the constant of the room that is named."""
    value = node.value if isinstance(node, ast.Constant) else getattr(room, node.id, None) if isinstance(node, ast.Name) else None
    return value if isinstance(value, str) else None


CALLS = [call for call in written() if not call[0].startswith(PASSED_ON + "._note")]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[0]}:{call[2].lineno}")
def test_the_audit_knows_the_rows_of_every_entry_that_is_written(call: tuple[str, ast.AST, ast.AST, ModuleType]) -> None:
    found = entry_of(*call[1:])
    assert found is None or found[0] == UPGRADED or found[1] in ENTRIES[found[0]]


def test_the_audit_knows_no_entry_that_nobody_writes() -> None:
    found = {entry for _, *call in CALLS if (entry := entry_of(*call)) is not None}
    known = {(kind, name) for kind, names in ENTRIES.items() for name in names}
    assert found == known | {(UPGRADED, "")}
