"""The templates as programs, one set a language: what a page says whatever it shows is settled when its template is compiled.

Jinja asks at every call whether what is called wants to be told of the context, and hands on each piece of a page by itself. A page of
the ledger makes a thousand calls of our own functions: none of them wants that, and most give the same text every time.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import markup_join
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from engine.web.written_out import SAY, written_out
from engine.words import has, plain

TEMPLATES = Path(__file__).parent / "templates"

unsafe = re.compile("[&<>\"']").search
"""Finds a sign that means something in a page: most values have none, and are pieces of it as they are."""

OURS = frozenset({"w", "form"})
"""The names in templates whose methods are ours, so that nothing is asked of them."""


@cache
def environment(language: str) -> Environment:
    """The templates in a language. A name that a view does not have is an error, never an empty place; whatever people typed is escaped."""
    return Templates(language)


class Templates(Environment):
    """Templates that are compiled for one language."""

    def __init__(self, language: str) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            extensions=["jinja2.ext.do"], auto_reload=False,
        )
        self.language = language

    @staticmethod
    def piece(value: object) -> str:
        """A value as it stands in a page, escaped unless it is a piece of a page itself."""
        return value if type(value) is Markup or (type(value) is str and not unsafe(value)) else escape(value)

    @staticmethod
    def joined(pieces: tuple[object, ...]) -> str:
        """Pieces one after the other; escaped where one of them is a piece of a page."""
        for piece in pieces:
            if type(piece) is not str:
                return markup_join(pieces)
        return "".join(cast("tuple[str, ...]", pieces))

    def settled(self, tree: nodes.Template) -> nodes.Template:
        """A template with everything in its place that stands fast: the macros it shows, and the texts of this language."""
        whole: nodes.Template = _Settled(self.language).visit(written_out(tree, self._parsed))
        whole.set_environment(self)
        return whole

    def _parsed(self, name: str) -> nodes.Template:
        return self.parse(cast(FileSystemLoader, self.loader).get_source(self, name)[0], name)

    class Compiler(CodeGenerator):
        """Writes a template as a Python program."""

        def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
            """The whole of it, with the texts that stand fast in their places."""
            super().visit_Template(cast(Templates, self.environment).settled(node), frame)

        def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
            """The beginning of a value that is shown."""
            del node, frame, finalize
            self.write("environment.piece(")

        def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
            """Pieces that are put together: most are texts, of which nothing has to be asked."""
            self.write("environment.joined((")
            for piece in node.nodes:
                self.visit(piece, frame)
                self.write(", ")
            self.write("))")

        def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
            """A call, without asking anything of a function of ours."""
            called = node.node
            if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name in OURS:
                self.visit(called.node, frame)
                self.write(f".{called.attr}")
            elif isinstance(called, nodes.Name) and called.name == SAY:
                self.visit(called, frame)
            else:
                super().visit_Call(node, frame, forward_caller=forward_caller)
                return
            self.write("(")
            for given in (*node.args, *node.kwargs):
                self.visit(given, frame)
                self.write(", ")
            for stars, several in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
                if several is not None:
                    self.write(stars)
                    self.visit(several, frame)
                    self.write(", ")
            self.write(")")

        def enter_frame(self, frame: Frame) -> None:
            """A block collects its pieces."""
            super().enter_frame(frame)
            if _is_block(frame):
                self.buffer(frame)

        def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
            """A block hands on all of it at once."""
            if _is_block(frame):
                self.writeline(f'yield "".join({frame.buffer})')
            super().leave_frame(frame, with_python_scope)

    code_generator_class = Compiler


def _is_block(frame: Frame) -> bool:
    return frame.block_frame and frame.parent is None


class _Settled(NodeTransformer):
    """Puts texts that have no place for a value where they are said, escaped once for all pages."""

    def __init__(self, language: str) -> None:
        self._language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        found = _settled(node, self._language)
        return nodes.Const(escape(found), lineno=node.lineno) if found is not None else node


def _settled(node: nodes.Call, language: str) -> str | None:
    """The text that a call gives every time; None where it depends on anything, or is no text of ours."""
    if not isinstance(node.node, nodes.Name) or node.node.name != SAY or len(node.args) != 1 or node.kwargs:
        return None
    code: Any = node.args[0].value if isinstance(node.args[0], nodes.Const) else None
    return plain(code, language) if isinstance(code, str) and has(code, language) else None
