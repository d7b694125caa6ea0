"""What result sheets of offices look like: one subject down the page, subjects in the head, a list of points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from engine.errors import InvalidFile
from engine.office.rounds.imports import Asked, import_results
from engine.office.rounds.names import Names
from engine.office.rounds.results import read_results
from engine.office.sheets.reader import read
from engine.record.aggregates import TICKETS
from tests.office.rounds.conftest import Loop, actions, codes
from tests.registry.conftest import OFFICE, Town, founded_file, founded_name, town

__all__ = ["founded_file", "founded_name", "town"]


@pytest.fixture
def loop(town: Town, tmp_path: Path) -> Loop:
    return Loop(town.at("2020-07-06T09:00"), tmp_path)


def test_one_subject_down_the_page_with_dashes_dittos_ties_and_days_that_were_ranks(loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("结果")
    rows = [
        ["一级", "二级", "满分", "得分", "得分率", "最优", "位次", "失分点"],
        ["获得水电气暖", "3.4", 2.5, 1.8, "72%", "2.50（丙市）", "13/18", "1.平均7.2日；2.线上率低"],
        ["〃", "不动产登记", 3, "—", "—", "2.95", "并列9/18", "数据未反馈"],
        ["", "纳税", 3, 2.9, "97%", "2.95", date(2020, 9, 18), ""],
    ]
    day = book.add_format({"num_format": 'm"月"d"日"'})
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(index, column, value, day if isinstance(value, date) else None)
    book.close()
    number = loop.start("2020-06-30", targets=("3.4:rate>=85", "3.5:rate>=85", "3.8:rate>=85"), subjects=("甲县",))
    applied = import_results(loop.town.desk, OFFICE, number, path, Asked(commit=True))
    assert actions(applied) == {"opened": 1, "missing": 1, "recorded": 1} and applied.problems == []
    results = loop.round(number).results
    assert results["3.4|甲县"].facts["best_of"] == "丙市" and results["3.4|甲县"].facts["rank"] == "13"
    assert (results["3.5|甲县"].result, results["3.5|甲县"].note) == ("not-measured", "数据未反馈")
    assert (results["3.8|甲县"].facts["rank"], results["3.8|甲县"].facts["of"]) == ("9", "18")
    found = loop.of("3.4|甲县", number)
    assert found.office_due_at == loop.round(number).assign_due_at, "one limit for all that a round found"


def test_subjects_in_the_head_with_their_ranks_and_a_mean_that_is_nobodys(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=("3.1:score>=80", "3.5:score>=80"))
    applied = loop.load(
        number, "企业开办(6),88.35,2,71.02,10,80.11", "不动产(5),不参评,—,66.5(含加分2),11,74.9",
        head="指标(权重),甲县得分,位次,乙区得分,位次,平均",
    )
    assert applied.problems == [] and actions(applied) == {"opened": 2, "recorded": 2}
    results = loop.round(number).results
    second = results["3.1|乙区"].facts
    assert (second["score"], second["rank"], results["3.1|甲县"].facts["mean"]) == ("71.02", "10", "80.11")
    assert results["3.5|甲县"].result == "not-applicable" and results["3.5|乙区"].facts["bonus"] == "2"


def test_a_head_of_two_rows_has_the_subject_above_and_its_fields_below(loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("成绩")
    lower = [None, "得分", "位次", "得分", "位次"]
    for row, cells in enumerate((["2020年第二轮"], ["指标"], lower, ["3.4", 86, 2, 71, 10], ["3.5", 90, 1, 66, 11])):
        sheet.write_row(row, 0, cells)
    sheet.merge_range("A2:A3", "指标")
    sheet.merge_range("B2:C2", "乙区")
    sheet.merge_range("D2:E2", "甲县")
    book.close()
    both = loop.start("2020-06-30", targets=("3.4:score>=80", "3.5:score>=80"))
    assert import_results(loop.town.desk, OFFICE, both, path, Asked(commit=True)).problems == []
    facts = {name: (result.facts["score"], result.facts["rank"]) for name, result in loop.round(both).results.items()}
    assert facts == {"3.4|乙区": ("86", "2"), "3.5|乙区": ("90", "1"), "3.4|甲县": ("71", "10"), "3.5|甲县": ("66", "11")}


def test_subjects_in_the_head_may_have_results_by_hand_and_ranks_in_their_cells(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=("3.10", "3.6:rank<=9"))
    applied = loop.load(number, "3.10,达标,未达标", "3.6,第9名,10/12", head="指标,甲县,乙区")
    results = loop.round(number).results
    assert applied.problems == [] and results["3.6|乙区"].facts == {"rank": "10", "of": "12"}
    assert {pair: result.result for pair, result in results.items()} == {
        "3.10|甲县": "pass", "3.10|乙区": "miss", "3.6|甲县": "pass", "3.6|乙区": "miss",
    }


def test_what_was_said_of_columns_is_remembered_for_the_scheme(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    with pytest.raises(InvalidFile) as refused:
        loop.load(first, "3.5-1,甲县,7.2", head="哪一条,对象,数值")
    [problem] = refused.value.problems
    assert (problem.code, problem.values["unknown"]) == ("results-none", ["哪一条"])
    assert problem.values["columns"] == ["对象=subject", "数值=value"]
    loop.load(first, "3.5-1,甲县,7.2", head="哪一条,对象,数值", columns=("哪一条=target",))
    second = loop.at("2020-10-20").start("2020-09-30")
    assert loop.load(second, "3.5-1,甲县,7.2", head="哪一条,对象,数值").problems == []


def test_a_list_of_points_fans_out_and_what_was_settled_counts(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=("3.5",), points=True)
    applied = loop.load(
        number, "1,甲县,不动产,仍收婚姻证明,-1.5,照片17、18,不认可,维持", "2,各县区,〃,未公示时限,各-0.5,视频3,,采纳、扣0.3",
        "3,乙区,不动产,材料重复,-1,,认可,采纳", head="序号,对象,指标,扣分点,扣分,佐证,单位反馈,核定",
    )
    results = loop.round(number).results
    assert applied.problems == [] or {problem.code for problem in applied.problems} <= {"result-out-of-scope"}
    assert results["3.5|甲县|1"].facts["score"] == "-1.5" and results["3.5|乙区|3"].result == "not-applicable"
    assert len({TICKETS.read(row).number for row in loop.town.database.rows("SELECT * FROM ticket")}) == len(loop.every())


def test_values_that_were_taken_from_another_file_are_named(loop: Loop) -> None:
    round_ = loop.round(loop.start("2020-06-30"))
    book = replace(read(loop.file("3.5-1,甲县,7.2,")), links=("2019.xlsx",))
    found = read_results(book, round_, Names(loop.town.database, round_.standards, round_.subjects), {})
    assert [(item.code, item.line, item.values["file"]) for item in found.problems] == [("results-links", None, "2019.xlsx")]
    assert list(found.found) == ["3.5-1|甲县"], "what is read is shown beside"


@pytest.mark.parametrize("cell", ["85%", "85", "较好"])
def test_a_target_that_a_hand_judges_is_told_what_to_write_and_nothing_is_made_of_a_number(loop: Loop, cell: str) -> None:
    number = loop.start("2020-06-30", targets=("3.10",))
    applied = loop.load(number, f"3.10,甲县,{cell}", "3.10,乙区,达标", head="指标,对象,数值")
    assert codes(applied) == ["result-by-hand"]
    assert {pair: result.result for pair, result in loop.round(number).results.items()} == {"3.10|乙区": "pass"}
