"""What is wrong with a file that is no YAML, by line and column: its parser says so in English alone, so what it says is known by kind."""

from __future__ import annotations

import re

import yaml

from engine.errors import Problem

KINDS = (
    (re.compile(r"expected ',' or '\]'"), "yaml-bracket"),
    (re.compile(r"expected ',' or '\}'"), "yaml-brace"),
    (re.compile(r"found unexpected end of stream"), "yaml-quote"),
    (re.compile(r"found character '\\t'"), "yaml-tab"),
    (re.compile(r"found character .* cannot start"), "yaml-sign"),
    (re.compile(r"mapping values are not allowed"), "yaml-colon"),
    (re.compile(r"could not find expected ':'"), "yaml-key"),
    (re.compile(r"expected <block end>"), "yaml-indent"),
    (re.compile(r"but found another document"), "yaml-several"),
)
"""The codes of what people do most often; anything else is `definition-yaml`."""


def yaml_fault(error: Exception, text: str, file: str) -> Problem:
    """Where the text of a file stops to be YAML, and why. `opened` is the line of what was not closed."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[:error.position]
        line, column = before.count("\n") + 1, error.position - before.rfind("\n")
        return Problem("yaml-character", line, {"column": column, "char": f"U+{ord(text[error.position]):04X}"}, file)
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Problem("definition-yaml-somewhere", None, {}, file)
    code = next((code for said, code in KINDS if said.match(error.problem or "")), "definition-yaml")
    opened = (error.context_mark or mark).line + 1
    return Problem(code, mark.line + 1, {"column": mark.column + 1, "opened": opened}, file)
