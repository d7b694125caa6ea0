"""The table of a sheet is found wherever it lies, and what is no item of it is set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.office.sheets.cells import folded
from engine.office.sheets.heading import Block, blocks, find_heading
from engine.office.sheets.reader import read_bytes
from engine.office.sheets.sheet import Sheet

from .making import HEADS, xlsx

KNOWN = {folded(text) for text in (*HEADS, "指标(权重)", "位次", "牵头单位", "配合单位", "得分", "问题描述")}


def known(head: str) -> bool:
    return folded(head) in KNOWN


def unknown(head: str) -> bool:
    return False


def sheet_of(rows: Sequence[Sequence[object]], merge: Callable[[Worksheet], None] | None = None) -> Sheet:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merge is not None:
            merge(sheet)

    return read_bytes("a.xlsx", xlsx(fill)).sheets[0]


ITEM = ("1", "出证慢", "市公安局", "7月20日", "整改中")


@pytest.mark.parametrize("above", [0, 1, 5, 14])
@pytest.mark.parametrize("knows", [known, unknown])
def test_a_heading_is_found_in_any_of_the_first_rows(above: int, knows: Callable[[str], bool]) -> None:
    sheet = sheet_of([*[["台账"]] * above, HEADS, ITEM, ITEM])
    [block] = blocks(sheet, knows)
    assert block.heading.first == above and block.heading.heads == HEADS
    assert [row.number for row in block.rows] == [above + 2, above + 3]


def test_a_heading_below_the_first_rows_is_not_looked_for() -> None:
    assert find_heading(sheet_of([*[["台账"]] * 15, HEADS, ITEM]), known) is None


def test_breaks_blanks_and_full_width_letters_in_a_head_do_not_hide_it() -> None:
    sheet = sheet_of([["序\n号", " 存在问题 ", "责任\n单位", "整改时限", "整改情况"], ITEM])
    heading = find_heading(sheet, known)
    assert heading is not None and heading.heads == HEADS


def two_rows(merged: bool) -> Sheet:
    upper: tuple[object, ...] = ("指标(权重)", "甲县", None, "乙区", None, "平均")
    lower: tuple[object, ...] = (None, "得分", "位次", "得分", "位次", None)

    def merge(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 1, 0, upper[0])
        sheet.merge_range(0, 1, 0, 2, upper[1])
        sheet.merge_range(0, 3, 0, 4, upper[3])
        sheet.merge_range(0, 5, 1, 5, upper[5])

    return sheet_of([upper, lower, ("企业开办(6)", 88.35, 2, 71.02, 10, 80.11)], merge if merged else None)


@pytest.mark.parametrize("merged", [True, False])
def test_two_rows_of_heads_are_one_heading(merged: bool) -> None:
    [block] = blocks(two_rows(merged), known)
    assert block.heading.heads == ("指标(权重)", "甲县/得分", "甲县/位次", "乙区/得分", "乙区/位次", "平均")
    assert [row.number for row in block.rows] == [3]


def block_of(*rows: Sequence[object]) -> Block:
    [block] = blocks(sheet_of([HEADS, *rows]), known)
    return block


def test_signatures_totals_notes_sections_and_blank_rows_are_no_items() -> None:
    block = block_of(
        ("一、政务服务",), ITEM, (), ("合计", 1), ("编制：张三", None, "审核：李四"), ("填表说明：逐项填写",), ("项目部领导：",),
    )
    assert [row.number for row in block.rows] == [3]
    assert [(number, kind) for number, kind, _ in block.aside] == [
        (1, "heading"), (2, "section"), (4, "blank"), (5, "total"), (6, "signature"), (7, "note"), (8, "signature"),
    ]
    assert {kind: text for _, kind, text in block.aside}["section"] == "一、政务服务"


@pytest.mark.parametrize("text", ["合计：8项", "总计2项", "总计：7件", "本页合计", "合计 7", "小计", "共计12个问题。"])
def test_a_total_is_no_item_in_whichever_column_its_word_stands(text: str) -> None:
    block = block_of(ITEM, (None, text, None, None, None), (None, None, text, 3, 4), ("9", text, None, None, None))
    assert [row.number for row in block.rows] == [2]


def test_an_item_about_totals_is_an_item() -> None:
    block = block_of(("3", "合计金额有误", "市公安局", "", ""), ("4", "累计8项未公开，合计不符", "市财政局", "7月1日", ""))
    assert [row.number for row in block.rows] == [2, 3]


def test_an_item_that_begins_like_a_signature_is_an_item() -> None:
    block = block_of(("3", "审核材料：超时", "市公安局", "", ""), ("审核窗口无人", "x", "市财政局", "7月1日", ""))
    assert [row.number for row in block.rows] == [2, 3]


def test_a_heading_that_comes_again_begins_a_block_with_the_title_above_it() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 4, "甲小区摸排情况")
        sheet.merge_range(3, 0, 3, 4, "乙小区摸排情况")

    first, second = blocks(sheet_of([[], HEADS, ITEM, [], HEADS, ITEM, ITEM], merge), known)
    assert (first.title, second.title) == ("甲小区摸排情况", "乙小区摸排情况")
    assert [[row.number for row in block.rows] for block in (first, second)] == [[3], [6, 7]]


def test_a_row_that_only_continues_a_merged_one_is_an_item() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_range(1, 0, 2, 0, "1")
        sheet.merge_range(1, 1, 2, 1, "出证慢")

    [block] = blocks(sheet_of([HEADS, ITEM, (None, None, "市财政局")], merge), known)
    assert [row.number for row in block.rows] == [2, 3]


def test_a_sheet_without_a_table_has_no_block() -> None:
    assert blocks(sheet_of([["会议纪要"], ["今天讨论了整改"]]), known) == ()
    assert blocks(sheet_of([[1, 2], [3, 4]]), unknown) == ()
