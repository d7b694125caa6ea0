"""Macros written out where a template shows them: a page of the ledger calls two for each of its rows, and a call costs more than what
most of them say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

SAY = "t"
"""What a template calls to say the text of a code."""

GIVEN = frozenset({"view", "reader", "form", "w", "t", "frame", "problem"})
"""What every template is given, so that a macro that names it may stand anywhere."""

Macros = Mapping[str, nodes.Macro]
Parse = Callable[[str], nodes.Template]
"""Reads a template by its name."""


def written_out(tree: nodes.Template, parse: Parse) -> nodes.Template:
    """The template with what its macros say in their places, and without the imports that nothing needs any more."""
    _WritingOut(_macros(tree, parse)).visit(tree)
    named = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    tree.body = [node for node in tree.body if not isinstance(node, nodes.FromImport) or named.intersection(map(_alias, node.names))]
    return tree


def _macros(tree: nodes.Template, parse: Parse) -> dict[str, nodes.Macro]:
    """The macros that a template knows by name: its own and those it imports, the macros in them written out too."""
    found: dict[str, nodes.Macro] = {}
    for node in tree.find_all(nodes.FromImport):
        if isinstance(node.template, nodes.Const):
            there = _macros(parse(node.template.value), parse)
            found |= {_alias(name): there[_name(name)] for name in node.names if _name(name) in there}
    for macro in tree.find_all(nodes.Macro):
        _WritingOut(found).visit(macro)
        if _stands_alone(macro):
            found[macro.name] = macro
    return found


def _name(imported: str | tuple[str, str]) -> str:
    return imported if isinstance(imported, str) else imported[0]


def _alias(imported: str | tuple[str, str]) -> str:
    return imported if isinstance(imported, str) else imported[1]


def _stands_alone(macro: nodes.Macro) -> bool:
    """Whether a macro names nothing but what it is handed, what it makes itself, and what every template is given."""
    names = list(macro.find_all(nodes.Name))
    made = {name.name for name in names if name.ctx in ("store", "param")} | {"loop"}
    return all(name.name in made | GIVEN for name in names)


class _WritingOut(NodeTransformer):
    """Puts the bodies of some macros where they are shown."""

    def __init__(self, macros: Macros) -> None:
        self._macros = macros

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        """What is shown, in pieces: what stood there, and the bodies of macros."""
        pieces: list[nodes.Node] = []
        plain: list[nodes.Expr] = []
        for child in node.nodes:
            body = self._body(child)
            if body is None:
                plain.append(child)
                continue
            pieces += [nodes.Output(plain, lineno=node.lineno)] if plain else []
            pieces.append(body)
            plain = []
        return [*pieces, nodes.Output(plain, lineno=node.lineno)] if plain else pieces

    def _body(self, shown: nodes.Expr) -> nodes.With | None:
        """What a call of a macro shows: its body, with its arguments under their names; None for anything else."""
        if not isinstance(shown, nodes.Call) or not isinstance(shown.node, nodes.Name) or shown.node.name not in self._macros:
            return None
        if shown.dyn_args is not None or shown.dyn_kwargs is not None:
            return None
        macro = self._macros[shown.node.name]
        names = [argument.name for argument in macro.args]
        values = dict(zip(reversed(names), reversed(macro.defaults), strict=False))
        values |= dict(zip(names, shown.args, strict=False))
        values |= {item.key: item.value for item in shown.kwargs}
        if values.keys() != set(names):
            return None
        told = {name: value for name, value in values.items() if not (isinstance(value, nodes.Name) and value.name == name)}
        fixed = {name: told.pop(name) for name in [*told] if _stands_fast(told[name]) and not _is_set(macro, name)}
        body = [_Named(fixed).visit(part) for part in _copied(macro.body)]
        targets: list[nodes.Expr] = [nodes.Name(name, "param") for name in told]
        return nodes.With(targets, list(told.values()), body, lineno=shown.lineno)


class _Named(NodeTransformer):
    """Puts what stands fast where its name stands, so that the compiler settles it."""

    def __init__(self, fixed: Mapping[str, nodes.Expr]) -> None:
        self._fixed = fixed

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:
        """A name, or what is handed on under it."""
        return self._fixed.get(node.name, node)


def _stands_fast(value: nodes.Expr) -> bool:
    """Whether an argument is the same every time, or a text that is said by its code alone."""
    if isinstance(value, nodes.Call) and isinstance(value.node, nodes.Name) and value.node.name == SAY:
        return len(value.args) == 1 and isinstance(value.args[0], nodes.Const) and not value.kwargs
    return isinstance(value, nodes.Const)


def _is_set(macro: nodes.Macro, name: str) -> bool:
    """Whether the body of a macro gives a name another value."""
    return any(found.name == name and found.ctx != "load" for part in macro.body for found in part.find_all(nodes.Name))


def _copied(part: Any) -> Any:
    """A part of a body for one place: another place hands on something else."""
    if isinstance(part, list):
        return [_copied(each) for each in part]
    if not isinstance(part, nodes.Node):
        return part
    found = copy(part)
    for name, value in part.iter_fields():
        setattr(found, name, _copied(value))
    return found
