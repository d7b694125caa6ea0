"""Reading a workflow file from disk: YAML to nodes to a definition that was checked. The only importer of the YAML parser for workflows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.errors import InvalidFile, Problem, os_problem
from engine.record.regular import opened
from engine.rules.check import check
from engine.rules.definition import Definition
from engine.rules.definition.reader import read

LARGEST_FILE_BYTES = 256 * 1024
"""A workflow is a page or two. What is larger, or uses YAML's aliases to grow, comes from somebody who means no good."""

DEEPEST = 20
"""A workflow has seven levels. The parser calls itself for every level, and scans flat lists faster than nested ones."""

MOST_TOKENS = 30_000
"""A workflow has some thousand. The parser takes a second for so many."""


class InvalidWorkflow(InvalidFile):
    """The workflow file has mistakes."""

    code = "invalid-workflow"

    def __init__(self, found: list[Problem], file: str) -> None:
        super().__init__(found, file=file)


def examine(path: Path) -> tuple[Definition | None, list[Problem]]:
    """The definition in the file, and every problem of it. Raises InvalidFile only if the file cannot be opened at all."""
    name = str(path)
    node, problem = _read(path)
    if node is None:
        return None, [problem or Problem("definition-empty", 1, {}, name)]
    definition, problems, lines = read(node, name)
    if definition is None:
        return None, problems
    return definition, check(definition, lines, name)


def load(path: Path) -> Definition:
    """The definition in the file. Raises InvalidWorkflow with every problem."""
    definition, problems = examine(path)
    if problems or definition is None:
        raise InvalidWorkflow(problems, str(path))
    return definition


def file_name(path: Path) -> str:
    """The name of the file as the record can keep it: bytes that are no text are replaced."""
    return path.name.encode("utf-8", "replace").decode()


def _read(path: Path) -> tuple[Any, Problem | None]:
    """PyYAML's node graph of the file, or what is wrong with it as a whole.

    No more is read than a workflow may have, so that a device without end ends too.
    """
    name = str(path)
    try:
        with opened(path) as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise InvalidFile(file=name, problems=[os_problem(error)]) from error
    if len(content) > LARGEST_FILE_BYTES:
        return None, Problem("definition-too-large", None, {"most": LARGEST_FILE_BYTES // 1024}, name)
    try:
        return _compose(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        return None, Problem("definition-not-utf8", content.count(b"\n", 0, error.start) + 1, {}, name)


def _compose(text: str, name: str) -> tuple[Any, Problem | None]:
    """The node graph. Refused before it is made: aliases, which can blow a small file up or close a ring, nesting
    without end, and tokens without end."""
    import yaml  # the registry serves many commands, and only one that reads a file waits for the parser

    from engine.registry.yaml_fault import yaml_fault  # it imports the parser too

    opening = yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken | yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken
    closing = yaml.BlockEndToken | yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken
    depth = 0
    try:
        for count, token in enumerate(yaml.scan(text, Loader=yaml.SafeLoader)):
            if count > MOST_TOKENS:
                return None, Problem("definition-too-many", token.start_mark.line + 1, {"most": MOST_TOKENS}, name)
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                return None, Problem("definition-alias", token.start_mark.line + 1, {}, name)
            depth += isinstance(token, opening) - isinstance(token, closing)
            if depth > DEEPEST:
                return None, Problem("definition-too-deep", token.start_mark.line + 1, {"most": DEEPEST}, name)
        return yaml.compose(text, Loader=yaml.SafeLoader), None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, yaml_fault(error, text, name)
