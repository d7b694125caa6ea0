"""What went out comes in again: into the same record it is nothing, into another one it is the same ledger."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Zg

KEPT = (
    "标题", "详情", "来源", "对应任务编号", "问题类别", "牵头单位", "配合单位", "交办时间", "整改时限", "延期至", "状态", "整改完成时间",
    "销号时间",
)
"""The columns that an import takes over as they are. Numbers, and when something was entered, are each record's own."""


@pytest.fixture
def lived(zg: Zg) -> Zg:
    """A record with tickets in every state."""
    zg.once(every_state)
    return zg


def every_state(zg: Zg) -> None:
    for serial in range(1, 9):
        about = ("--source", "inspection", "--measure", "3.1", "--detail", f"第{serial}次", "--grade", "C")
        zg("open", f"窗口材料重复提交（{serial}）", *about)
    for serial in (2, 3, 4, 5, 6, 8):
        zg("assign", str(serial), "--lead", "市市场监管局", "--due", "2020-12-31")
    zg("assign", "7", "--lead", "市公安局", "--standing")
    for serial in (3, 4, 5, 6):
        zg("--as", "市市场监管局", "accept", str(serial))
    for serial in (4, 5):
        zg("--as", "市市场监管局", "submit", str(serial), "--note", "已合并")
    zg("clock", "advance", "1d")
    zg("verify", "5", "--note", "属实")
    zg("suspend", "6", "--reason", "机构改革")
    zg("withdraw", "8", "--reason", "不属实", "--as", "not-a-problem")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_ledger_of_ours_into_the_same_record_is_nothing(lived: Zg, tmp_path: Path, kind: str) -> None:
    path = str(tmp_path / f"台账.{kind}")
    lived("export", path, "--all")
    told = lived.json("import", path, "--commit")
    assert {name: count for name, count in told["counts"].items() if count} == {"same": 8}
    assert (told["written"], told["questions"], told["problems"]) == (0, [], []), "nor is our sheet of figures a thing to tell"


def test_a_ledger_of_ours_into_another_record_is_the_same_ledger(lived: Zg, tmp_path: Path, office_template: Path) -> None:
    out, back = tmp_path / "出.csv", tmp_path / "回.csv"
    lived("export", str(out), "--all")
    shutil.copyfile(office_template, tmp_path / "other.db")
    other = Zg(f"sqlite:///{tmp_path / 'other.db'}")
    other("clock", "advance", "1d")
    told = other.json("import", str(out), "--commit")
    assert (told["written"], told["questions"]) == (8, [])
    other("export", str(back), "--all")
    assert sorted(map(str, rows(back))) == sorted(map(str, rows(out)))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if len(line) > 3]
    return [{name: cell for name, cell in zip(lines[0], line, strict=True) if name in KEPT} for line in lines[1:]]
