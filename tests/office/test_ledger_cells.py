"""What the cells of ledgers say: heads of columns, dates, progress, units. No database: only words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.office.ledger.columns import Column, columns, fields_of, known, parsed_field
from engine.office.ledger.dates import DateCell, dates_in, read_dates, years_in
from engine.office.ledger.heads import FIELDS, PATTERNS, SEVERAL, SYNONYMS
from engine.office.ledger.parties import Parties, read_parties
from engine.office.ledger.status import CLOSED, DONE, RUNNING, SUBMITTED, SUSPENDED, WITHDRAWN, read_closing, read_status

LAYOUTS = json.loads((Path(__file__).parents[1] / "facts" / "ledger_layouts.json").read_text(encoding="utf-8"))
CONSTRUCTION = "L11"
"""A list of building works and no ledger: nothing in it is a problem."""


def read(*heads: str, two_rows: bool = False, **named: str) -> dict[str, str | None]:
    found = columns(heads, {head: (field,) for head, field in named.items()}, two_rows=two_rows)
    return {column.head: column.field for column in found}


# -- columns ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["id"])
def test_every_column_of_a_layout_is_understood_or_reported(layout: dict[str, list[str]]) -> None:
    found = {column.head: column for column in columns(layout["header"], {})}
    assert set(found) == {head for head in layout["header"] if head.strip()}
    unknown = [head for head, column in found.items() if not column.fields]
    works = ("单位工程", "分部工程", "分项工程") if layout["id"] == CONSTRUCTION else ()
    assert [head.strip() for head in unknown] == list(works)
    if layout["id"] != CONSTRUCTION:
        assert sum("title" in column.fields for column in found.values()) == 1


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if "aliases" in layout], ids=lambda layout: layout["id"])
def test_other_heads_for_the_same_mean_the_same(layout: dict[str, dict[str, list[str]]]) -> None:
    for name, aliases in layout["aliases"].items():
        meant = {field for alias in aliases for field in fields_of(alias)} - {"detail"}
        assert meant == set(fields_of(name)), name


@pytest.mark.parametrize(("head", "field"), [
    ("序　号", "number"), ("问题\n描述", "title"), ("整改\n时限", "due"), ("责任部门/责任人", "parties+person"),
    ("整改措施及时限", "note+due"),
    ("责任单位和责任人", "parties+person"), ("牵头/配合单位", "lead+cooperators"), ("整改责任单位（牵头）", "lead"),
    ("*责任单位：", "parties"),
    ("配合部门（单位）", "cooperators"), ("市级包抓领导", "leader"), ("延期后整改时限", "extended"), ("隐患整改要求完成日期", "due"),
    ("实际完成整改时间", "finished_on"), ("销号验收时间", "closed_on"), ("问题整改进展情况", "status"), ("Due Date", "due"),
    ("Responsible unit", "parties"), ("Finding", "title"), ("天气", None), ("涉及金额", None),
])
def test_a_head_means_a_field(head: str, field: str | None) -> None:
    assert read(head) == {head: field}


@pytest.mark.parametrize(("head", "field"), [
    ("销号/时间", "closed_on"), ("责任单位/牵头", "lead"), ("责任单位/配合", "cooperators"), ("整改情况/完成时间", "finished_on"),
    ("整改责任/责任人", "person"), ("办理/状态", "status"), ("天气/温度", None),
])
def test_a_head_of_two_rows_is_read_as_one(head: str, field: str | None) -> None:
    assert read(head, two_rows=True) == {head: field}


def test_a_head_that_may_mean_two_things_is_asked_about_unless_another_column_settles_it() -> None:
    assert columns(["问题", "完成时间"], {})[1] == Column(1, "完成时间", ("due",), ("due", "finished_on"))
    assert read("问题", "整改时限", "完成时间")["完成时间"] == "finished_on"
    assert read("问题", "完成时间", "整改完成日期")["完成时间"] == "due"
    assert read("整改时限", "整改完成日期", "完成时间")["完成时间"] == "note"


def test_what_people_say_of_a_column_holds() -> None:
    assert read("问题", "完成时间", 完成时间="finished_on") == {"问题": "title", "完成时间": "finished_on"}
    assert read("问题", "天气", 天气="-")["天气"] == "-"
    assert read("问题", "存在问题", 问题="title") == {"问题": "title", "存在问题": "detail"}


def test_of_two_columns_of_limits_the_second_counts_where_the_first_is_blank_and_is_said_to_be() -> None:
    found = columns(["整改期限", "计划完成时间", "问题", "备注", "说明"], {})
    assert [(column.field, column.second) for column in found] == [
        ("due", False), ("due", True), ("title", False), ("remark", False), ("remark", False),
    ]


def test_a_sheet_without_titles_is_titled_by_what_else_it_says() -> None:
    assert read("序号", "具体情况")["具体情况"] == "title"
    assert read("序号", "天气") == {"序号": "number", "天气": None}


def test_fields_are_named_as_the_program_names_them() -> None:
    assert parsed_field("lead+cooperators") == ("lead", "cooperators") and parsed_field("-") == ("-",)
    assert parsed_field("boss") is None
    assert {field for _, field in PATTERNS} <= set(FIELDS) and set(SYNONYMS) <= set(FIELDS) and set(FIELDS) >= SEVERAL


def test_a_heading_is_found_by_heads_that_are_known() -> None:
    assert known("责任单位") and known("时间") and not known("1.精简材料；2.一窗受理") and not known("")


# -- dates --------------------------------------------------------------------------------------------------------------------


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("text", "dates"), [
    ("7月20日", "2020-07-20"), ("２０２０年７月２０日", "2020-07-20"), ("2020.7.20", "2020-07-20"), ("2020/7/20 前", "2020-07-20"),
    ("2020-07-20 00:00:00", "2020-07-20"), ("20200720", "2020-07-20"), ("44032", "2020-07-20"), ("6.30", "2020-06-30"),
    ("11月底前", "2020-11-30"), ("2020年6月底前", "2020-06-30"), ("十一月底", "2020-11-30"), ("七月二十日", "2020-07-20"),
    ("6月上旬", "2020-06-10"), ("6月中旬", "2020-06-20"), ("9月", "2020-09-30"), ("年底前", "2020-12-31"), ("今年底", "2020-12-31"),
    ("明年3月底", "2021-03-31"), ("2021年3月", "2021-03-31"), ("第三季度末", "2020-09-30"), ("二季度", "2020-06-30"),
    ("上半年", "2020-06-30"),
    ("2020年", "2020-12-31"), ("2020-06", "2020-06-30"), ("7月20日前完成", "2020-07-20"), ("12.31前", "2020-12-31"),
    ("2020.7.1—7.20", "2020-07-20"), ("7月1日至7月20日", "2020-07-20"), ("2020年7月-12月", "2020-12-31"),
    ("June 30, 2020", "2020-06-30"), ("30 Jun 2020", "2020-06-30"), ("by 30 June", "2020-06-30"),
    ("原6.30延至9.30", "2020-06-30 2020-09-30"), ("2020年6月30日（延期至2020年9月30日）", "2020-06-30 2020-09-30"),
    ("原11.30延至3.31", "2020-11-30 2021-03-31"), ("6月30日、9月30日", "2020-06-30 2020-09-30"),
])
def test_a_date_as_offices_write_it(text: str, dates: str) -> None:
    assert read_dates(text, text, 2020) == DateCell(tuple(map(day, dates.split())))


@pytest.mark.parametrize(("text", "expected"), [
    ("立即", DateCell(immediate=True)), ("立行立改", DateCell(immediate=True)), ("长期坚持", DateCell(standing=True)),
    ("按季度", DateCell(review="3 months", standing=True)), ("每月", DateCell(review="1 month", standing=True)),
    ("每半年一次", DateCell(review="6 months", standing=True)), ("ongoing", DateCell(standing=True)),
    ("6月底前并长期坚持", DateCell((date(2020, 6, 30),), standing=True)),
    ("立即整改，6月底前完成", DateCell((date(2020, 6, 30),), immediate=True)),
    ("15个工作日", DateCell(amount="15 working days")), ("30日内", DateCell(amount="30 days")), ("一个月内", DateCell(amount="1 month")),
    ("两周", DateCell(amount="14 days")), ("半年", DateCell(amount="6 months")), ("一年内", DateCell(amount="12 months")),
    ("24小时", DateCell(amount="24 hours")), ("/", DateCell()), ("待定", DateCell()), ("", DateCell()),
    ("已完成", DateCell(asked="status")), ("已于6月15日完成", DateCell(asked="status", maybe=(date(2020, 6, 15),))),
    ("6.3", DateCell(asked="two-ways", maybe=(date(2020, 6, 3), date(2020, 6, 30)))), ("6月31日", DateCell(asked="unreadable")),
    ("尽快", DateCell(asked="unreadable")), ("半天内", DateCell(asked="unreadable")), ("13月", DateCell(asked="unreadable")),
    ("3月15日前报送方案，6月底前完成", DateCell(asked="unreadable", maybe=(date(2020, 3, 15), date(2020, 6, 30)))),
])
def test_a_date_cell_that_is_no_plain_date(text: str, expected: DateCell) -> None:
    assert read_dates(text, text, 2020) == expected


def test_digits_without_end_are_no_date() -> None:
    assert read_dates("9" * 6000, "", 2020) == read_dates("9" * 6, "", 2020)
    assert read_dates("43983", "", 2020) == DateCell((date(2020, 6, 1),))


def test_a_date_without_a_year_is_asked_about_where_the_ledger_has_none() -> None:
    assert read_dates("7月20日", "7月20日", None) == DateCell(asked="year")
    assert read_dates("年底", "年底", None) == DateCell(asked="year")
    assert read_dates("2月29日", "2月29日", None) == DateCell(asked="year"), "a day of some years"
    for no_day in ("2020年12月32日", "12月32日"):
        assert read_dates(no_day, no_day, None) == DateCell(asked="unreadable"), "no year makes it one"
    assert read_dates("2020年7月1日-7月20日", "", None) == DateCell((date(2020, 7, 20),))


def test_what_a_sheet_holds_as_a_day_is_that_day() -> None:
    assert read_dates("7月20日", datetime(2020, 7, 20, 9), None) == DateCell((date(2020, 7, 20),))  # noqa: DTZ001 – as sheets hold them
    assert read_dates("x", date(2020, 7, 20), None) == DateCell((date(2020, 7, 20),))
    assert read_dates("x", date(1900, 1, 1), None) == DateCell(asked="unreadable")


def test_days_in_a_text_are_those_that_are_named_as_such() -> None:
    assert dates_in("已于6月15日整改3处，见2.1条", 2020) == (date(2020, 6, 15),)
    assert dates_in("已整改", 2020) == () and dates_in("6月15日", None) == ()
    assert years_in("2019年台账，2020-01-02，编号20201") == (2019, 2020)


# -- progress -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "未整改完成", "部分整改", "未闭环", "整改中", "已完成80%", "正在整改", "基本完成", "已整改3处，剩余2处正在整改", "尚未启动",
    "无法整改", "待整改", "未销号",
    "长期坚持，持续推进", "召开专题会议研究部署整改工作", "Partially completed", "not completed", "in progress", "大部分已完成",
    "未按期完成", "逾期未完成",
    "已制定方案，拟于9月完成", "整改进行中",
])
def test_what_goes_on_is_not_done(text: str) -> None:
    assert read_status(text).state == RUNNING


@pytest.mark.parametrize(("text", "state"), [
    ("已整改", DONE), ("已于6月15日完成整改", DONE), ("已全部整改到位", DONE), ("100%", DONE), ("办结", DONE), ("已完成整改。", DONE),
    ("Completed", DONE),
    ("已销号", CLOSED), ("已闭环", CLOSED), ("验收通过", CLOSED), ("Closed", CLOSED), ("已整改完成，待验收", SUBMITTED),
    ("申请销号", SUBMITTED),
    ("暂缓", SUSPENDED), ("已撤销", WITHDRAWN), ("", None), ("/", None), ("—", None),
])
def test_a_cell_of_progress_tells_a_state(text: str, state: str | None) -> None:
    assert read_status(text) == (state, None)


@pytest.mark.parametrize(("text", "asked"), [
    ("整改", "unknown"), ("是", "unknown"), ("不属实", "doubtful"), ("重复", "doubtful"), ("已报省局销号", "doubtful"),
    ("移交纪委", "doubtful"),
])
def test_what_nobody_knows_is_for_a_person(text: str, asked: str) -> None:
    assert read_status(text) == (None, asked)


@pytest.mark.parametrize(("text", "state"), [
    ("是", CLOSED), ("√", CLOSED), ("否", RUNNING), ("×", RUNNING), ("", None), ("已销号", CLOSED), ("未销号", RUNNING),
    ("待验收", SUBMITTED),
])
def test_a_cell_of_endings_says_yes_or_no(text: str, state: str | None) -> None:
    assert read_closing(text) == (state, None)


# -- units --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unit:
    code: str
    is_group: bool = False


NAMES = {
    "甲局": Unit("A"), "乙局": Unit("B"), "市丙局": Unit("C"), "发展和改革局": Unit("D"), "各县(市、区)": Unit("ALL", True),
    "各县(市、区)人民": Unit("X"),
}


def parties(text: str) -> dict[str, tuple[str, ...]]:
    return {name: value for name, value in read_parties(text, NAMES.get)._asdict().items() if value}


@pytest.mark.parametrize(("text", "expected"), [
    ("甲局", {"responsible": ("A",)}), ("甲局、乙局", {"responsible": ("A", "B")}), ("甲局乙局", {"responsible": ("A", "B")}),
    ("甲局和乙局", {"responsible": ("A", "B")}), ("发展和改革局", {"responsible": ("D",)}), ("甲局\n乙局", {"responsible": ("A", "B")}),
    ("牵头单位：甲局\n配合单位：乙局、市丙局", {"leads": ("A",), "cooperators": ("B", "C")}),
    ("甲局牵头，乙局、市丙局配合", {"leads": ("A",), "cooperators": ("B", "C")}),
    ("甲局（牵头）、乙局（配合）", {"leads": ("A",), "cooperators": ("B",)}),
    ("甲局、乙局（配合）", {"responsible": ("A",), "cooperators": ("B",)}), ("责任单位：甲局", {"responsible": ("A",)}),
    ("由甲局牵头负责", {"leads": ("A",)}), ("甲局等有关部门", {"responsible": ("A",)}), ("各县（市、区）", {"groups": ("ALL",)}),
    ("各县（市、区）政府", {"groups": ("ALL",)}), ("甲局（张三）", {"responsible": ("A",), "others": ("张三",)}),
    ("甲局 张三", {"responsible": ("A",), "others": ("张三",)}), ("丁局", {"unknown": ("丁局",)}),
    ("甲局、丁局", {"responsible": ("A",), "unknown": ("丁局",)}), ("/", {}), ("", {}), ("甲局、甲局", {"responsible": ("A",)}),
    ("甲局牵头，甲局配合", {"leads": ("A",)}),
])
def test_units_are_found_by_known_names_and_roles_by_the_words_beside_them(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert parties(text) == expected
    assert set(Parties._fields) >= set(expected)
