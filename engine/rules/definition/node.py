"""Walking a parsed YAML tree with its line numbers, collecting problems instead of raising them.

The tree is PyYAML's node graph (`yaml.compose`), known here by shape only, so that the rules import no parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from engine.errors import Problem

NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}|\*")
LONGEST_TEXT = 200


class Reading:
    """The problems of one file so far, and the line of every path that was read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def report(self, code: str, node: Any, **values: Any) -> None:
        self.problems.append(Problem(code, node.start_mark.line + 1, values, self.file))

    def mapping(self, node: Any, path: str, allowed: Iterable[str] | None = None, needed: Iterable[str] = ()) -> dict[str, Any]:
        """The entries of a mapping node. With `allowed`, other keys are refused with the nearest that would do."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if _shape(node) != "mapping":
            self.report("definition-not-a-mapping", node, path=path)
            return {}
        entries: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if _shape(key) == "scalar" else None
            if name is None:
                self.report("definition-bad-key", key, path=path)
            elif name in entries:
                self.report("definition-twice", key, path=path, key=name)
            elif allowed is not None and name not in allowed:
                near = get_close_matches(name, list(allowed), 1)
                self.report("definition-unknown-key", key, path=path, key=name, near=near[0] if near else "",
                              known=", ".join(sorted(allowed)))
            elif allowed is None and not NAME.fullmatch(name):
                self.report("definition-bad-name", key, path=path, key=name)
            else:
                entries[name] = value
                self.lines[f"{path}.{name}"] = key.start_mark.line + 1
        for name in needed:
            if name not in entries:
                self.report("definition-missing-key", node, path=path, key=name)
        return entries

    def sequence(self, node: Any, path: str) -> list[Any]:
        if _shape(node) != "sequence":
            self.report("definition-not-a-list", node, path=path)
            return []
        return list(node.value)

    def text(self, node: Any, path: str) -> str:
        if _shape(node) != "scalar" or not node.value.strip() or len(node.value) > LONGEST_TEXT or not node.value.isprintable():
            self.report("definition-not-a-text", node, path=path)
            return ""
        return str(node.value)

    def name(self, node: Any, path: str) -> str:
        text = self.text(node, path)
        if text and not NAME.fullmatch(text):
            self.report("definition-bad-name", node, path=path, key=text)
            return ""
        return text

    def names(self, node: Any, path: str) -> tuple[str, ...]:
        return tuple(name for item in self.sequence(node, path) if (name := self.name(item, path)))

    def flag(self, node: Any, path: str) -> bool:
        if _shape(node) == "scalar" and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.report("definition-not-a-flag", node, path=path)
        return False

    def whole(self, node: Any, path: str, low: int, high: int) -> int:
        """A whole number between the bounds, both included."""
        if _shape(node) == "scalar" and re.fullmatch(r"[+-]?[0-9]{1,4}", node.value) and low <= int(node.value) <= high:
            return int(node.value)
        self.report("definition-not-a-number", node, path=path, low=low, high=high)
        return low

    def choice(self, node: Any, path: str, choices: Iterable[str]) -> str:
        text = self.text(node, path)
        if text and text not in choices:
            near = get_close_matches(text, list(choices), 1)
            self.report("definition-unknown-choice", node, path=path, key=text, near=near[0] if near else "",
                          known=", ".join(sorted(choices)))
        return text

    def by_grade(self, node: Any, path: str, read: Callable[[Any, str], Any]) -> Mapping[str, Any]:
        """Either one value for all grades, or a mapping from grade to value."""
        if _shape(node) != "mapping":
            return {"*": read(node, path)}
        return {grade: read(value, f"{path}.{grade}") for grade, value in self.mapping(node, path).items()}


def _shape(node: Any) -> str:
    """The kind of a YAML node as PyYAML names it: scalar, sequence or mapping."""
    return str(node.id)
