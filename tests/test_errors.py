"""What a traceback prints of an error: codes, places and values; the texts people read lie in `engine/words`."""

from __future__ import annotations

import pytest

from engine.errors import InvalidFile, Problem


@pytest.mark.parametrize(("problem", "printed"), [
    (Problem("problem-page"), "problem-page"),
    (Problem("problem-page", 7), "problem-page"),
    (Problem("problem-page", values={"first": 1990}), "problem-page {'first': 1990}"),
    (Problem("problem-page", file="plan.yaml", where="units[FGW].kind"), "plan.yaml: units[FGW].kind: problem-page"),
    (Problem.at("problem-page", "kind", value="x").within("units[FGW]"), "units[FGW]: kind: problem-page {'value': 'x'}"),
])
def test_a_problem_prints_where_it_is_its_code_and_its_values(problem: Problem, printed: str) -> None:
    assert str(problem) == printed


def test_an_invalid_file_prints_every_problem_on_a_line_of_its_own() -> None:
    error = InvalidFile([Problem("problem-page"), Problem.at("problem-missing", "backup.json")], file="a.tar")
    assert str(error).splitlines() == ["The file or its data is not valid.", "problem-page", "backup.json: problem-missing"]
    assert (error.values["count"], error.values["file"]) == (2, "a.tar")


def test_an_invalid_file_without_problems_prints_one_line() -> None:
    assert str(InvalidFile(message="no table of that name")) == "The file or its data is not valid. (no table of that name)"
