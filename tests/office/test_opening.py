"""A new ticket with files: the originals are the office's alone, its unit is given marked copies of photos, a refusal keeps nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk.filing import inspect
from engine.desk.showing import show
from engine.errors import Refused
from engine.office.visits.opening import open_with
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from tests.office.test_photos import photo
from tests.registry.conftest import OFFICE, Town

SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")


def test_the_office_keeps_what_was_handed_in_and_the_unit_is_given_the_copy_of_the_photo(town: Town, tmp_path: Path) -> None:
    (tmp_path / "来信.txt").write_text("投诉人的来信", encoding="utf-8")
    files = [inspect(photo(tmp_path / "IMG_1.jpg")), inspect(tmp_path / "来信.txt")]
    number = open_with(town.desk, OFFICE, Opening("评价器停用", "complaint", lead="SCJGJ"), files).ticket.number
    town.desk.do(OFFICE, number, Command("assign"))
    [copy] = [file["name"] for file in show(town.desk, SCJGJ, number).view["files"]]
    assert copy.endswith("-1.jpg") and "IMG" not in copy
    assert {"IMG_1.jpg", "来信.txt", copy} == {file["name"] for file in show(town.desk, OFFICE, number).view["files"]}
    assert town.sound()


def test_a_ticket_that_is_refused_keeps_nothing_of_its_files(town: Town, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        open_with(town.desk, OFFICE, Opening(" ", "complaint"), [inspect(photo(tmp_path / "IMG_1.jpg"))])
    assert town.database.rows("SELECT sha256 FROM evidence") == [] == town.database.rows("SELECT id FROM ticket")
