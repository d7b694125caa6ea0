"""A fault of a file as one line: where it is and what it is."""

from __future__ import annotations

from engine.errors import Problem
from engine.words import has, say


def problem_line(problem: Problem, language: str) -> str:
    """`units.yaml:12: units[FGW].kind: …`, as far as file, line and path inside the document are known; of a sheet that needs no name the
    row: `第2行：…`.
    """
    text = say(problem.code, language, **problem.values) if has(problem.code, language) else problem.code
    if problem.where:
        text = f"{problem.where}{say('list.colon', language)}{text}"
    if problem.line and not problem.file:
        return f"{say('import.row', language, row=problem.line)}{say('list.colon', language)}{text}"
    position = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{position}: {text}" if position else text
