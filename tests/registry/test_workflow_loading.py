"""Loading a workflow file into the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.app import shipped
from engine.record import journal
from tests.registry.conftest import OFFICE, Town


def test_the_entry_of_a_loaded_workflow_is_told_without_reading_the_record(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "mine.yaml"
    shipped_file = next(file for file in shipped.workflow_files() if file.stem == "rectification")
    text = shipped_file.read_text(encoding="utf-8").replace("workflow: rectification", "workflow: mine")
    path.write_text(text, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.delattr(journal, "read_events")
        loaded = town.registry.load_workflow(OFFICE, path)
    assert loaded.event == town.entries("workflow")[-1]
