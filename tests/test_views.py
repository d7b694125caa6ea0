"""What every door shows is values with names: no view says `Any`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import engine.views

FILES = sorted(Path(engine.views.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_view_is_a_value_with_names_or_json_and_never_any(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert "Any" not in names


def test_the_package_names_its_files_in_reading_order() -> None:
    listed = (engine.views.__doc__ or "").partition("In reading order: ")[2].strip().rstrip(".")
    assert sorted(name.strip() for name in listed.split(",")) == [path.stem for path in FILES if path.stem != "__init__"]
