"""No test is green whatever happens: the kinds of assertion that cannot fail, as far as their text alone gives them away."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FILES = sorted(TESTS.rglob("*.py"))
ANYTHING = {"Exception", "BaseException"}


def cannot_fail(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the kind of everything that looks like a check and is none."""
    for node in ast.walk(tree):
        match node:
            case ast.Assert(test=test):
                yield from ((node.lineno, kind) for part in parts(test) for kind in always_true(part))
            case ast.With(items=items):
                yield from ((node.lineno, "any error will do") for item in items if catches_anything(item.context_expr))
            case ast.Try(handlers=handlers) if any(isinstance(inner, ast.Assert) for inner in ast.walk(node)):
                yield from ((handler.lineno, "swallows the assertion") for handler in handlers if swallows(handler))
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[_, ast.List(elts=[]) | ast.Tuple(elts=[]), *_]):
                yield node.lineno, "runs for nothing"


def parts(test: ast.expr) -> list[ast.expr]:
    """What each has to be true by itself: the sides of an `and`."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return [inner for value in test.values for inner in parts(value)]
    return [test]


def always_true(test: ast.expr) -> Iterator[str]:
    match test:
        case ast.Constant(value=value) if value:
            yield "a constant"
        case ast.Tuple(elts=[_, *_]) | ast.List(elts=[_, *_]) | ast.Set() | ast.Dict(keys=[_, *_]):
            yield "something that is never empty"
        case ast.Lambda() | ast.GeneratorExp():
            yield "an object, not what it would give"
        case ast.BoolOp(op=ast.Or(), values=values):
            yield from (kind for value in values for kind in always_true(value))
        case ast.Compare(left=left, ops=ops, comparators=rights):
            for one, op, other in zip([left, *rights], ops, rights, strict=False):
                yield from compares_nothing(one, op, other)


def compares_nothing(one: ast.expr, op: ast.cmpop, other: ast.expr) -> Iterator[str]:
    same = ast.dump(one) == ast.dump(other) and not any(isinstance(inner, ast.Call) for inner in ast.walk(one))
    if same and isinstance(op, ast.Eq | ast.Is | ast.LtE | ast.GtE):
        yield "a thing with itself"
    if is_length(one) and isinstance(op, ast.GtE) and isinstance(other, ast.Constant) and other.value == 0:
        yield "a length that is never below nothing"
    if cut_to(other, one) or cut_to(one, other):
        yield "as much of what is expected as there happens to be"


def is_length(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"


def cut_to(node: ast.expr, other: ast.expr) -> bool:
    """`expected[: len(found)]` beside `found`."""
    return (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None
        and isinstance(node.slice.upper, ast.Call) and is_length(node.slice.upper)
        and [ast.dump(argument) for argument in node.slice.upper.args] == [ast.dump(other)]
    )


def catches_anything(node: ast.expr) -> bool:
    """`pytest.raises(Exception)` without a word of what it says."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "raises" and not node.keywords
        and any(isinstance(inner, ast.Name) and inner.id in ANYTHING for argument in node.args for inner in ast.walk(argument))
    )


def swallows(handler: ast.ExceptHandler) -> bool:
    """An `except` that takes an AssertionError with the rest and does nothing about it."""
    names = {name.id for name in ast.walk(handler.type) if isinstance(name, ast.Name)} if handler.type else ANYTHING
    return bool(names & {*ANYTHING, "AssertionError"}) and all(isinstance(inner, ast.Pass | ast.Continue) for inner in handler.body)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_check_is_one_that_cannot_fail(path: Path) -> None:
    assert list(cannot_fail(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("text", [
    "assert (x == 1, 'why')", "assert 'text'", "assert [x]", "assert x and (y for y in x)", "assert lambda: x == 1",
    "assert x == 1 or 'text'",
    "assert x.y == x.y", "assert len(x) >= 0", "assert found == ['a', 'b'][: len(found)]", "assert f(x) == ['a'][: len(f(x))] != []",
    "with pytest.raises(Exception):\n    f()", "with pytest.raises((KeyError, BaseException)):\n    f()",
    "try:\n    assert f()\nexcept Exception:\n    pass", "try:\n    assert f()\nexcept:\n    pass",
    "@pytest.mark.parametrize('x', [])\ndef test(x): ...",
])
def test_each_kind_is_found(text: str) -> None:
    assert len(list(cannot_fail(ast.parse(text)))) == 1


@pytest.mark.parametrize("text", [
    "assert x == 1, 'why'", "assert f() == f()", "assert len(x) >= 1", "assert found == expected[: len(expected)]", "assert x or y",
    "with pytest.raises(Exception, match='check'):\n    f()", "with pytest.raises(KeyError):\n    f()",
    "try:\n    assert f()\nexcept KeyError:\n    pass", "try:\n    f()\nexcept Exception:\n    pass", "assert not []", "assert x < x.y",
])
def test_what_can_fail_is_let_alone(text: str) -> None:
    assert list(cannot_fail(ast.parse(text))) == []
