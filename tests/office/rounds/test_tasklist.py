"""The list of tasks has a row a ticket, and comes back as it went out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.office.assigning import assignments
from engine.office.rounds.tasklist import write_tasklist
from engine.office.sheets.reader import read
from engine.rules.acts.command import Command
from engine.words.phrase import Phrase
from tests.office.rounds.conftest import Loop
from tests.registry.conftest import OFFICE

ONE = ("3.5-1",)


def two_of_one(loop: Loop) -> tuple[str, str]:
    """A round in which a ticket stands for two problems, and is found again in both."""
    first = loop.start("2020-06-30", targets=ONE)
    loop.load(first, "3.5-1,甲县,7,", "3.5-1,乙区,8,", confirm=2)
    kept, other = loop.of("3.5-1|甲县", first).number, loop.of("3.5-1|乙区", first).number
    loop.town.desk.do(OFFICE, other, Command("withdraw", {"as": "duplicate", "of": kept}, {"reason": "重复"}))
    loop.at("2020-09-01")
    second = loop.start("2020-08-31", targets=ONE)
    loop.load(second, "3.5-1,甲县,9,窗口少", "3.5-1,乙区,6,线上率低")
    return second, kept


def test_a_ticket_of_two_problems_has_one_row_and_the_list_comes_back(loop: Loop, tmp_path: Path) -> None:
    number, kept = two_of_one(loop)
    out = tmp_path / "任务清单.xlsx"
    assert write_tasklist(loop.town.desk, OFFICE, loop.round(number), out, Phrase("zh")) == 1
    [row] = assignments(read(out))
    assert row.number == kept and "lead" in row.given
    [line] = [line for sheet in read(out) for line in sheet.rows if any(cell.text == kept for cell in line.cells)]
    told = [cell.text for cell in line.cells]
    assert "乙区\n甲县" in told and "线上率低\n窗口少" in told and "6\n9" in told


def test_the_tickets_of_a_list_are_read_at_once(loop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def statements(count: int, day: str) -> int:
        number = loop.start(day, targets=ONE, subjects=(), scheme=f"方案{count}")
        loop.load(number, *(f"3.5-1,第{index},9," for index in range(count)), confirm=count)
        asked: list[str] = []
        database = type(loop.town.database)
        with monkeypatch.context() as patch:
            for name in ("rows", "row"):
                real = getattr(database, name)
                patch.setattr(database, name, lambda self, *a, _real=real, **k: asked.append("") or _real(self, *a, **k))
            assert write_tasklist(loop.town.desk, OFFICE, loop.round(number), tmp_path / f"{count}.xlsx", Phrase("zh")) == count
        return len(asked)

    assert statements(2, "2020-06-30") == statements(12, "2020-06-30")
