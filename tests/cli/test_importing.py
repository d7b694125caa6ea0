"""`zg import` at a terminal, in a pipe, as JSON: what it says, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.office.sheets.reader import read
from tests.cli.conftest import Zg
from tests.office.ledgers import HEADS, csv, row, sheet

KEYS = {
    "file", "sha256", "dry_run", "columns", "rows", "counts", "problems", "questions", "remarks", "unseen", "unasked", "recalled",
    "written", "tickets",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[[bytes], str]:
    def write(data: bytes) -> str:
        path = tmp_path / ("台账.xlsx" if data[:2] == b"PK" else "台账.csv")
        path.write_bytes(data)
        return str(path)
    return write


MIXED = csv(row("1", due="2030年11月30日"), row("2", "办电慢", "市工商局"), row("3", ""))


def test_nothing_is_written_without_commit(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    path = ledger(MIXED)
    told = json.loads(zg("import", path, "--json").stdout)
    assert set(told) == KEYS and told["dry_run"] and told["written"] == 0
    assert told["columns"] == dict(zip(HEADS, ("number", "title", "parties", "due", "status", "finished_on", "remark"), strict=True))
    assert [each["action"] for each in told["rows"]] == ["new", "asked", "held"]
    assert [(each["key"], each["default"], each["count"]) for each in told["questions"]] == [("unit:市工商局", None, 1)]
    assert [(each["row"], each["code"], each["holds"]) for each in told["problems"]] == [(4, "row-without-title", True)]


def test_good_rows_are_written_and_the_rest_is_told_by_the_exit_code(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    path = ledger(MIXED)
    nothing = json.loads(zg("import", path, "--commit", "--all-or-nothing", "--json", code=8).stdout)
    assert nothing["written"] == 0
    told = json.loads(zg("import", path, "--commit", "--json", code=7).stdout)
    assert told["written"] == 1 and len(told["tickets"]) == 1
    shown = json.loads(zg("show", told["tickets"][0], "--json").stdout)
    assert (shown["state"], shown["promised_on"]) == ("rectifying", "2030-11-30")
    answered = json.loads(zg("import", path, "--commit", "--answer", "unit:市工商局=市市场监管局", "--json", code=7).stdout)
    assert [each["action"] for each in answered["rows"]] == ["same", "new", "held"] and answered["written"] == 1


def test_a_refused_file_is_refused_with_its_reason(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    path = ledger(csv(row(due="2019年1月1日"), title="2020年整改台账"))
    told = json.loads(zg("import", path, "--json", code=8).stdout)
    assert [(each["row"], each["code"]) for each in told["problems"]] == [(None, "ledger-year-dates")]
    assert zg("import", path, "--year", "2020", "--json")
    assert "标题" in zg("import", path, code=8).stdout


def test_a_program_reads_lines_that_say_what_they_are_about(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    lines = [line.split("\t") for line in zg("import", ledger(MIXED)).stdout.splitlines()]
    assert [line[0] for line in lines] == ["column"] * 7 + ["row"] * 3 + ["question", "problem", "written"]


def test_columns_and_answers_are_said_as_pairs(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    path = ledger(csv(row("1"), heads=(*HEADS[:2], "落实", *HEADS[3:])))
    told = json.loads(zg("import", path, "--map", "落实=lead", "--json").stdout)
    assert told["rows"][0]["lead"] == "SCJGJ" and told["columns"]["落实"] == "lead"
    for wrong in (("--map", "落实"), ("--map", "落实=boss"), ("--answer", "leads"), ("--answer", "=first")):
        zg("import", path, *wrong, code=2)
    assert json.loads(zg("import", path, "--answer", "leads=first", "--json").stdout)["unasked"] == ["leads"]


def test_a_copy_comes_back_with_what_is_wrong_in_red(zg: Zg, ledger: Callable[[bytes], str], tmp_path: Path) -> None:
    path, copy = ledger(sheet(row("1"), row("2", "办电慢", "市工商局"), row("3", ""))), tmp_path / "错误.xlsx"
    zg("import", path, "--annotated", str(copy))
    [page] = read(copy)
    assert [line.cells[-1].text for line in page.rows] == ["错误说明", "", "“市工商局”是哪个单位？", "没有写明问题"]
    assert page.rows[2].cells[2].marks.fill == "FF9999" and page.rows[3].cells[1].marks.fill == "FF9999"
    again = json.loads(zg("import", str(copy), "--json").stdout)
    assert [each["action"] for each in again["rows"]] == ["new", "asked", "held"] and again["columns"]["错误说明"] == "-"
    zg("import", path, "--annotated", path, code=2)


def test_only_the_office_imports(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    zg("--as", "auditor", "import", ledger(MIXED), code=4)


def test_what_is_no_ledger_is_an_error_of_its_own(zg: Zg, ledger: Callable[[bytes], str], tmp_path: Path) -> None:
    zg("import", str(tmp_path / "nowhere.xlsx"), code=8)
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04rubbish")
    zg("import", str(broken), code=8)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_person_is_shown_what_to_answer(zg: Zg, ledger: Callable[[bytes], str], language: str) -> None:
    told = zg("--lang", language, "import", ledger(MIXED), ZG_FORCE_TTY="1", COLUMNS="50").stdout
    assert "--answer 'unit:市工商局=UNIT|none'" in told and ("不是单位 none" in told or "none (no unit)" in told)
    assert "\n  新立项 1\n  等待回答 1\n" in told or "\n  new: 1\n" in told


def test_rows_are_counted_as_rows_and_what_becomes_of_them_as_items(zg: Zg, ledger: Callable[[bytes], str]) -> None:
    path = ledger(csv(row("1", unit="各县（市、区）"), row("2", unit="市公安局")))
    told = zg("--lang", "en", "import", path, "--answer", "groups=each", ZG_FORCE_TTY="1", NO_COLOR="1").stdout
    assert "Rows: 2; items: 1" in told
    plain = zg("--lang", "en", "import", ledger(csv(row("1"), row("2"))), ZG_FORCE_TTY="1", NO_COLOR="1").stdout
    assert "Rows: 2\n" in plain
