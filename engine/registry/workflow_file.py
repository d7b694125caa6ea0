"""Reading a workflow file from disk: YAML to nodes to a definition that was checked. The only importer of the YAML parser for workflows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.errors import InvalidFile
from engine.rules.check import check
from engine.rules.definition import Definition
from engine.rules.definition.problem import Problem
from engine.rules.definition.reader import read

LARGEST_FILE_BYTES = 256 * 1024
"""A workflow is a page or two. What is larger, or uses YAML's aliases to grow, comes from somebody who means no good."""


class InvalidWorkflow(InvalidFile):
    """The workflow file has mistakes."""

    code = "invalid-workflow"

    def __init__(self, found: list[Problem], file: str) -> None:
        super().__init__(file=file, count=len(found))
        self.found = found


def examine(path: Path) -> tuple[Definition | None, list[Problem]]:
    """The definition in the file, and every complaint about it. Raises InvalidFile only if the file cannot be read at all."""
    name = str(path)
    text = _text(path)
    node, problem = _compose(text, name)
    if node is None:
        return None, [problem or Problem("definition-empty", 1, {}, name)]
    definition, problems, lines = read(node, name)
    if definition is None:
        return None, problems
    return definition, check(definition, lines, name)


def load(path: Path) -> Definition:
    """The definition in the file. Raises InvalidWorkflow with every complaint."""
    definition, problems = examine(path)
    if problems or definition is None:
        raise InvalidWorkflow(problems, str(path))
    return definition


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise InvalidFile(file=str(path), problems=[f"> {LARGEST_FILE_BYTES} bytes"])
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InvalidFile(file=str(path), problems=[str(error)]) from error


def _compose(text: str, name: str) -> tuple[Any, Problem | None]:
    """PyYAML's node graph, or what it says is wrong. Aliases are refused: they can blow a small file up, or close a ring."""
    import yaml

    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                return None, Problem("definition-alias", token.start_mark.line + 1, {}, name)
        return yaml.compose(text, Loader=yaml.SafeLoader), None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        return None, Problem("definition-yaml", line, {"message": error.problem or str(error)}, name)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, Problem("definition-yaml", None, {"message": str(error)}, name)
