"""What ledgers hold that a reader trips over: each with a sheet made for it. Only looked at, nothing is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.errors import BatchNotFound, UsageError
from engine.office.ledger.entry import Ledger, Wishes
from engine.office.sheets.reader import read_bytes
from engine.record.connection import connect
from engine.rules.acts.ledger_item import Item
from tests.office.ledgers import HEADS, actions, asked, book, csv, imported, only, problems, refusals, row, sheet
from tests.office.sheets.making import changed, converted
from tests.registry.conftest import OFFICE, Town


@pytest.fixture(scope="module")
def town(founded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A record that is only looked at, so that all tests here may share it."""
    path = tmp_path_factory.mktemp("seen") / "zg.db"
    shutil.copyfile(founded_file, path)
    with closing(connect(f"sqlite:///{path}")) as database:
        yield Town(database)


def item_of(town: Town, data: bytes, **wishes: object) -> Item:
    item = only(imported(town, data, **wishes)).item
    assert item is not None
    return item


def on(item: Item) -> date | None:
    return item.opening.due.date() if item.opening.due else None


# -- who complained -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heads", [
    "投诉人,联系电话", "投诉人,手机号", "投诉人,举报人", "投诉人电话,反映人电话", "来电号码,投诉人电话", "举报人,举报人身份证号",
    "来电人,家庭住址", "投诉人,联系人电话", "联系方式,信访人", "举报线索,举报群众",
    "举报人,举报电话", "举报电话,反映手机",
])
def test_all_that_a_ledger_says_of_who_complained_is_kept_from_the_unit(town: Town, heads: str) -> None:
    data = f"序号,问题,牵头单位,整改时限,状态,{heads}\ne1,办税慢,市税务局,2020-06-30,整改中,张三甲,13811112222\n"
    opening = item_of(town, data.encode()).opening
    assert not opening.detail and "张三甲" not in str(opening.words()), "the unit reads these"
    assert "张三甲" in str(opening.secret()) and "13811112222" in str(opening.secret())


def test_how_an_official_is_reached_stays_a_note(town: Town) -> None:
    data = "序号,问题,牵头单位,整改时限,状态,投诉人,责任人电话\ne1,办税慢,市税务局,2020-06-30,整改中,张三甲,13811112222\n".encode()
    assert item_of(town, data).opening.detail == "责任人电话：13811112222"
    assert item_of(town, data.replace("投诉人,责任人电话".encode(), "备注,联系电话".encode())).opening.detail


# -- units and measures in one cell -------------------------------------------------------------------------------------------


def test_units_of_a_cell_are_split_by_known_names_and_roles_by_their_words(town: Town) -> None:
    opening = item_of(town, csv(row(unit="市市场监管局牵头，市税务局、市公安局配合"))).opening
    assert (opening.lead, opening.cooperators) == ("SCJGJ", ("SHUIWJ", "GAJ"))


@pytest.mark.parametrize(
    ("cells", "answer"),
    [({"unit": "市财政局、市税务局"}, ("leads", "frist")), ({"unit": "各县（市、区）"}, ("groups", "maybe")),
     ({"unit": "市某某局"}, ("unit:市某某局", "不存在")), ({"status": "已整改"}, ("done-undated", "opne")),
     ({"due": "6月30日"}, ("year", "20"))],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_answer_that_a_question_does_not_have_is_refused_and_decides_nothing(
    town: Town, cells: dict[str, str], answer: tuple[str, str],
) -> None:
    outcome = imported(town, csv(row(**cells)), answers=dict([answer]), commit=True)
    assert outcome.unfit[answer[0]].text == answer[1] and not outcome.committed
    with pytest.raises(UsageError) as refused:
        outcome.must_fit()
    assert refused.value.values["text"] == answer[1]


@pytest.mark.parametrize(("cells", "answer"), [
    ({"unit": "市财政局、市税务局"}, ("leads", "第一个牵头")), ({"unit": "市某某局"}, ("unit:市某某局", "No unit")),
    ({"status": "已整改"}, ("done-undated", "仍在整改")), ({"due": "6月30日"}, ("year", "2020年度")),
    ({"due": "6月30日"}, ("year", "去年")),
], ids=lambda value: value[1] if isinstance(value, tuple) else "")
def test_an_answer_is_given_in_words_too(town: Town, cells: dict[str, str], answer: tuple[str, str]) -> None:
    outcome = imported(town, csv(row(**cells)), answers=dict([answer]))
    assert not outcome.unfit and answer[0] in outcome.heard and answer[0] not in asked(outcome)


def test_the_year_is_answered_like_every_question(town: Town) -> None:
    data = csv(row(due="6月30日"))
    assert asked(imported(town, data)) == {"year": 1}
    assert on(item_of(town, data, answers={"year": "2020"})) == date(2020, 6, 30)


def test_several_leads_are_asked_about_once_and_answered_for_all(town: Town) -> None:
    data = csv(row("1", unit="市市场监管局、市税务局"), row("2", "办电慢", unit="市公安局、市财政局"))
    outcome = imported(town, data)
    assert asked(outcome) == {"leads": 2} and actions(outcome) == ["asked", "asked"]
    first = imported(town, data, answers={"leads": "first"})
    assert [(each.item.opening.lead, each.item.opening.cooperators) for each in first.readings if each.item] == [
        ("SCJGJ", ("SHUIWJ",)), ("GAJ", ("CZJ",)),
    ]
    each = imported(town, data, answers={"leads": "each"})
    assert [(reading.item.opening.lead, reading.key) for reading in each.readings if reading.item] == [
        ("SCJGJ", "1/SCJGJ"), ("SHUIWJ", "1/SHUIWJ"), ("GAJ", "2/GAJ"), ("CZJ", "2/CZJ"),
    ]


def test_a_group_becomes_one_ticket_a_member_once_somebody_says_so(town: Town) -> None:
    data = csv(row(unit="各县（市、区）"))
    assert asked(imported(town, data)) == {"groups": 1}
    fanned = imported(town, data, answers={"groups": "each"})
    assert len(fanned.readings) == 12 and set(actions(fanned)) == {"new"}


def test_a_unit_that_nobody_knows_is_asked_about_with_what_is_near(town: Town) -> None:
    data = csv(row(unit="市工商局"))
    [(question, rows)] = imported(town, data).questions
    assert (question.key, len(rows)) == ("unit:市工商局", 1) and question.hint
    assert item_of(town, data, answers={"unit:市工商局": "市市场监管局"}).opening.lead == "SCJGJ"
    left_out = item_of(town, csv(row(unit="市公安局、张三")), answers={"unit:张三": "none"})
    assert left_out.opening.lead == "GAJ" and "张三" in (left_out.opening.detail or "")
    group = imported(town, data, answers={"unit:市工商局": "各县（市、区）", "groups": "each"})
    assert len(group.readings) == 12


def test_numbered_measures_stay_the_list_of_one_ticket(town: Town) -> None:
    heads = ("序号", "问题描述", "整改措施", "责任单位", "整改时限", "整改情况")
    data = csv(("1", "办电慢", "1.精简材料；2.一窗受理\n3.并联审批", "市供电公司", "2020年11月30日", "整改中"), heads=heads)
    outcome = imported(town, data)
    assert actions(outcome) == ["new"]
    assert only(outcome).item.opening.detail == "整改措施：1.精简材料；2.一窗受理\n3.并联审批"  # type: ignore[union-attr]


def test_two_fields_under_one_head_are_told_apart(town: Town) -> None:
    heads = ("序号", "问题描述", "责任部门/责任人", "整改时限", "整改情况")
    item = item_of(town, csv(("1", "办电慢", "市公安局/张三", "2020年11月30日", "整改中"), heads=heads))
    assert item.opening.lead == "GAJ" and item.opening.detail == "责任部门/责任人：张三"


# -- dates --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("due", "expected"), [
    ("2020年11月底前", date(2020, 11, 30)), ("11月底前", date(2020, 11, 30)), (44165, date(2020, 11, 30)),
    ("２０２０．１１．３０", date(2020, 11, 30)),
])
def test_a_limit_as_offices_write_it(town: Town, due: object, expected: date) -> None:
    assert on(item_of(town, sheet(row(due=due), title="2020年整改台账"))) == expected


def test_a_limit_that_was_extended_keeps_the_date_before(town: Town) -> None:
    item = item_of(town, csv(row(due="原9.30延至11.30")), year=2020)
    assert on(item) == date(2020, 11, 30) and [at.date() for at in item.past.extended] == [date(2020, 9, 30)]
    apart = ("序号", "问题", "责任单位", "整改时限", "延期至", "整改情况")
    item = item_of(town, csv(("1", "办电慢", "市公安局", "2020-09-30", "2020-11-30", "整改中"), heads=apart))
    assert on(item) == date(2020, 11, 30) and len(item.past.extended) == 1


def test_a_review_instead_of_a_date_or_beside_one(town: Town) -> None:
    standing = item_of(town, csv(row(due="按季度")))
    assert standing.past.standing and on(standing) is None
    both = item_of(town, csv(row(due="11月底前并长期坚持")), year=2020)
    assert on(both) == date(2020, 11, 30) and not both.past.standing and "长期坚持" in (both.opening.detail or "")


def test_a_word_of_the_end_in_a_column_of_dates_is_asked_about(town: Town) -> None:
    assert asked(imported(town, csv(row(due="已完成")))) == {"due:已完成": 1}
    assert item_of(town, csv(row(due="已完成")), answers={"due:已完成": "standing"}).past.standing


def test_a_date_that_may_be_two_days_is_asked_about(town: Town) -> None:
    data = csv(row(due="11.3"), title="2020年整改台账")
    [(question, _)] = imported(town, data).questions
    assert (question.key, question.hint) == ("due:11.3", ("2020-11-03", "2020-11-30"))
    assert on(item_of(town, data, answers={"due:11.3": "2020-11-30"})) == date(2020, 11, 30)


def test_dates_without_a_year_have_that_of_the_title_or_are_asked_about(town: Town) -> None:
    data = csv(row(due="11月30日"))
    assert asked(imported(town, data)) == {"year": 1}
    assert on(item_of(town, data, year=2020)) == date(2020, 11, 30)
    assert on(item_of(town, csv(row("1", due="11月30日", finished="", remark="")), year=2021)) == date(2021, 11, 30)


def test_an_immediate_limit_and_an_amount_count_from_the_day_it_was_assigned(town: Town) -> None:
    heads = ("序号", "问题", "责任单位", "交办时间", "整改时限", "整改情况")
    def due(text: str, assigned: str = "2020-09-01") -> date | None:
        return on(item_of(town, csv(("1", "办电慢", "市公安局", assigned, text, "整改中"), heads=heads)))
    assert due("立即") == date(2020, 9, 1) and due("15个工作日") == date(2020, 9, 22)
    waiting = imported(town, csv(("1", "办电慢", "市公安局", "", "立即", "整改中"), heads=heads))
    assert asked(waiting) == {"no-due": 1}
    unassigned = item_of(town, csv(("1", "办电慢", "市公安局", "", "立即整改", "未交办"), heads=heads)).opening
    assert (unassigned.limit, unassigned.detail) == ("0 working days", "整改时限：立即整改"), "the day on which it will be assigned"


@pytest.mark.parametrize(("text", "limit"), [
    ("15个工作日", "15 working days"), ("十五个工作日内", "15 working days"), ("15日", "15 days"), ("一个月内", "1 month"),
    ("两周内", "14 days"), ("自交办之日起30日内", "30 days"), ("半个月", "15 days"), ("72小时内", "72 hours"),
    ("10 working days", "10 working days"), ("三个月", "3 months"),
])
def test_an_amount_of_what_is_still_to_be_assigned_is_a_limit_and_no_note(town: Town, text: str, limit: str) -> None:
    heads = ("序号", "问题", "责任单位", "发现时间", "整改时限")
    opening = item_of(town, csv(("1", "办电慢", "市公安局", "2020-09-01", text), heads=heads)).opening
    assert (opening.limit, opening.due, opening.detail) == (limit, None, None)


def test_what_is_under_way_without_a_limit_is_asked_about_once(town: Town) -> None:
    data = csv(row("1", due=""), row("2", "办电慢", due="/"))
    assert asked(imported(town, data)) == {"no-due": 2}
    for answer, state in (("2020-12-31", "rectifying"), ("limit", "rectifying"), ("found", "found"), ("standing", "rectifying")):
        items = [each.item for each in imported(town, data, answers={"no-due": answer}).readings if each.item]
        assert [item.past.state for item in items] == [state, state]
        assert items[0].past.standing is (answer == "standing")


# -- what became of it --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["未整改完成", "部分整改", "未闭环", "基本完成", "已完成80%"])
def test_what_is_not_done_is_not_done(town: Town, status: str) -> None:
    assert item_of(town, csv(row(status=status))).past.state == "rectifying"


def test_a_done_word_without_a_date_is_asked_for_once(town: Town) -> None:
    data = csv(row("1", status="已整改"), row("2", "办电慢", status="已销号"))
    assert asked(imported(town, data)) == {"done-undated": 2}
    answered = imported(town, data, answers={"done-undated": "2020-08-31"})
    assert [each.item.past.state for each in answered.readings if each.item] == ["verified", "verified"]
    assert [each.item.past.state for each in imported(town,
    data, answers={"done-undated": "open"}).readings if each.item] == ["rectifying"] * 2
    assert item_of(town,
    csv(row(status="已于2020年8月15日整改到位"))).past.closed_at.date() == date(2020, 8, 15)  # type: ignore[union-attr]


def test_where_a_column_says_whether_it_is_closed_done_waits_to_be_verified(town: Town) -> None:
    heads = (*HEADS[:6], "是否销号")
    def state(status: str, finished: str, closing: str) -> str:
        return item_of(town, csv((*row(status=status, finished=finished)[:6], closing), heads=heads)).past.state
    assert state("已整改", "2020-08-15", "否") == "submitted" and state("已整改", "2020-08-15", "") == "submitted"
    assert state("已整改", "2020-08-15", "是") == "verified" and state("", "2020-08-15", "") == "submitted"
    assert state("整改中", "", "否") == "rectifying" and state("", "", "否") == "rectifying"


def test_nothing_that_nobody_assigned_starts_a_clock(town: Town) -> None:
    assert item_of(town, csv(row(status=""))).past.state == "found"
    assert item_of(town, csv(row(status="待交办", due=""))).past.state == "found"


def test_what_contradicts_itself_is_held_back_for_a_person(town: Town) -> None:
    outcome = imported(town, csv(row(status="整改中", finished="2020-08-15")))
    assert (actions(outcome), problems(outcome)) == (["held"], ["row-contradicts"])


def test_a_word_that_nobody_knows_is_asked_about(town: Town) -> None:
    data = csv(row(status="已上报"))
    assert asked(imported(town, data)) == {"status:已上报": 1}
    assert item_of(town, data, answers={"status:已上报": "running"}).past.state == "rectifying"


def test_a_remark_is_kept_and_never_a_state(town: Town) -> None:
    for remark in ("已报省局销号", "同意延期", "与17条重复"):
        outcome = imported(town, csv(row(remark=remark)))
        assert (actions(outcome), problems(outcome)) == (["new"], ["row-judge"])
        item = only(outcome).item
        assert item and item.past.state == "rectifying" and item.opening.detail == f"备注：{remark}"
    assert problems(imported(town, csv(row(status="已销号", finished="2020-08-15", remark="已销号")))) == []


def test_dates_in_the_wrong_order_or_still_to_come_hold_a_row_back(town: Town) -> None:
    heads = ("序号", "问题", "责任单位", "交办时间", "整改时限", "整改情况", "整改完成日期")
    wrong = csv(("1", "办电慢", "市公安局", "2020-08-20", "2020-09-30", "已整改", "2020-08-15"), heads=heads)
    assert problems(imported(town, wrong)) == ["import-disordered"]
    ahead = csv(("1", "办电慢", "市公安局", "2020-08-20", "2020-09-30", "已整改", "2020-12-15"), heads=heads)
    assert problems(imported(town, ahead)) == ["import-ahead"]


# -- what values do not tell --------------------------------------------------------------------------------------------------


def test_a_row_that_is_struck_out_is_asked_about_and_a_part_is_kept_as_a_note(town: Town) -> None:
    def strike(target: Workbook, page: Worksheet) -> None:
        struck = target.add_format({"font_strikeout": True})
        for column, cell in enumerate(row()):
            page.write(1, column, cell, struck)
        page.write_rich_string(2, 1, "办电慢", struck, "（已取消）", "，材料多")
    data = sheet(row(), row("2", "办电慢（已取消），材料多"), then=strike)
    outcome = imported(town, data)
    assert asked(outcome) == {"struck": 1} and actions(outcome) == ["asked", "new"]
    second = outcome.readings[1].item
    assert second and second.opening.title == "办电慢，材料多" and "~~（已取消）~~" in (second.opening.detail or "")
    assert actions(imported(town, data, answers={"struck": "skip"})) == ["skipped", "new"]
    assert actions(imported(town, data, answers={"struck": "include"})) == ["new", "new"]


def test_a_colour_is_no_status_and_is_asked_about_once(town: Town) -> None:
    def fill(target: Workbook, page: Worksheet) -> None:
        green = target.add_format({"bg_color": "#92D050"})
        for number in (1, 2):
            page.write(number, 1, "办电慢", green)
    data = sheet(row("1", status=""), row("2", status=""), row("3", "另一件", status=""), then=fill)
    outcome = imported(town, data)
    assert asked(outcome) == {"fill:92D050": 2} and {each.item.past.state for each in outcome.readings if each.item} == {"found"}
    done = imported(town, data, answers={"fill:92D050": "done", "done-undated": "2020-08-31"})
    assert [each.item.past.state for each in done.readings if each.item] == ["verified", "verified", "found"]


def test_hidden_parts_are_counted_and_somebody_has_to_say_what_to_do(town: Town) -> None:
    def hide(target: Workbook, page: Worksheet) -> None:
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(6, 6, None, None, {"hidden": True})
        page.activate()
        target.get_worksheet_by_name("旧").hide()
    data = book({"旧": [HEADS, row("9", "旧问题")], "台账": [HEADS, row("1", remark="秘"), row("2", "办电慢")]}, then=hide)
    [refusal] = imported(town, data).refusals
    assert refusal.code == "ledger-hidden" and dict(refusal.values) == {"sheets": 1, "columns": 1, "rows": 1}
    skipped = imported(town, data, hidden="skip")
    assert actions(skipped) == ["new", "skipped"] and skipped.readings[0].item.opening.detail is None  # type: ignore[union-attr]
    included = imported(town, data, hidden="include")
    assert actions(included) == ["new", "new", "new"]


def test_merged_numbers_are_one_ticket_and_merged_units_fill_down(town: Town) -> None:
    heads = ("序号", "问题描述", "整改措施", "责任单位", "整改时限", "整改情况")
    rows = [
        ("", "", "精简材料", "", "2020年11月30日", "整改中"), ("", "", "一窗受理", "", "2020年11月30日", "整改中"),
        ("2", "办电慢", "", "", "2020年11月30日", "整改中"), ("3", "无责任单位", "", "", "2020年11月30日", "待交办"),
    ]
    def merge(target: Workbook, page: Worksheet) -> None:
        page.merge_range("A2:A3", "1")
        page.merge_range("B2:B3", "企业开办材料重复提交")
        page.merge_range("D2:D4", "市市场监管局")
    found = [each.item for each in imported(town, sheet(*rows, heads=heads, then=merge)).readings]
    assert [item and (item.origin.number, item.opening.lead, item.opening.detail) for item in found] == [
        ("1", "SCJGJ", "整改措施：精简材料\n一窗受理"), ("2", "SCJGJ", None), ("3", None, None),
    ]


def test_ditto_repeats_what_stands_above(town: Town) -> None:
    data = csv(row("1"), row("2", "办电慢", "同上", "〃", "″"), row("3", "登记慢", "〃"))
    assert [(each.item.opening.lead, on(each.item)) for each in imported(town, data).readings if each.item] == [
        ("SCJGJ", date(2020, 11, 30)),
    ] * 3


# -- numbers ------------------------------------------------------------------------------------------------------------------


def test_a_number_is_what_is_displayed(town: Town) -> None:
    def format_(target: Workbook, page: Worksheet) -> None:
        two = target.add_format({"num_format": "0.00"})
        page.write(1, 0, 1.1, target.add_format({"num_format": "0.0"}))
        page.write(2, 0, 1.1, two)
    outcome = imported(town, sheet(row("x"), row("y", "办电慢"), then=format_))
    assert [each.number for each in outcome.readings] == ["1.1", "1.10"] and actions(outcome) == ["new", "new"]


def test_headings_between_rows_are_no_items(town: Town) -> None:
    outcome = imported(town,
    csv(("一、企业开办", "", "", "", "", "", ""), row("(一)"), ("二、获得电力", "", "", "", "", "", ""), row("(一)之2", "办电慢")))
    assert actions(outcome) == ["new", "new"] and [each.code for each in outcome.remarks] == ["ledger-aside", "ledger-aside"]


def test_numbers_that_begin_anew_are_known_with_their_sheet_or_their_table(town: Town) -> None:
    sheets = imported(town, book({"甲": [HEADS, row("1")], "乙": [HEADS, row("1", "办电慢")]}))
    assert [each.key for each in sheets.readings] == ["甲/1", "乙/1"]
    blocks = [["东小区问题台账"], HEADS, row("1"), ["西小区问题台账"], HEADS, row("1", "办电慢")]
    def merge(target: Workbook, page: Worksheet) -> None:
        page.merge_range(0, 0, 0, 6, "东小区问题台账")
        page.merge_range(3, 0, 3, 6, "西小区问题台账")
    tables = imported(town, book({"台账": blocks}, then=merge))
    assert [each.key for each in tables.readings] == ["台账/东小区问题台账/1", "台账/西小区问题台账/1"]


def test_twins_that_agree_are_one_and_of_others_neither_is_taken(town: Town) -> None:
    outcome = imported(town, csv(row("1"), row("1"), row("2", "办电慢"), row("2", "登记慢")))
    assert actions(outcome) == ["new", "twin", "held", "held"] and problems(outcome) == ["row-twins", "row-twins"]


def test_items_without_numbers_are_known_by_what_they_say(town: Town) -> None:
    one, other = (imported(town, csv(row(number, "办电慢"), row("", "登记慢"))).readings[1].key for number in ("1", "7"))
    assert one == other and one.startswith("~")


# -- last year's copy ---------------------------------------------------------------------------------------------------------


def test_a_title_of_another_year_than_the_dates_is_refused_until_the_year_is_said(town: Town) -> None:
    data = csv(row(due="2019年11月30日"), title="2020年整改台账")
    assert refusals(imported(town, data)) == ["ledger-year-dates"]
    assert refusals(imported(town, data, year=2020)) == []
    numbered = csv(row("2019-12", due="11月30日"), title="2020年整改台账")
    assert refusals(imported(town, numbered)) == ["ledger-year-numbers"]


def test_values_of_other_files_are_refused_until_the_year_is_said(town: Town) -> None:
    def link(target: Workbook, page: Worksheet) -> None:
        page.write_formula(1, 1, "='[2019年台账.xlsx]台账'!$B$2", None, "企业开办材料重复提交")
    data = changed(sheet(row(), then=link), {
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="2019.xlsx" '
            b'TargetMode="External"/></Relationships>'
        ),
    })
    assert refusals(imported(town, data)) == ["ledger-links"] and refusals(imported(town, data, year=2020)) == []


# -- files --------------------------------------------------------------------------------------------------------------------


def test_title_and_signature_rows_and_totals_are_no_items(town: Town) -> None:
    data = csv(row(), ("合计", "1", "", "", "", "", ""), ("填表人：张三", "", "", "审核：李四", "", "", ""), title="2020年整改台账")
    assert actions(imported(town, data)) == ["new"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_is_read_in_the_encodings_of_offices(town: Town, encoding: str) -> None:
    assert item_of(town, csv(row()).decode("utf-8").encode(encoding)).opening.lead == "SCJGJ"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_a_kind_of_file_does_not_show_is_said(town: Town, kind: str, tmp_path: Path) -> None:
    data = converted(sheet(row(), row("2", "办电慢", due="11月底前"), title="2020年整改台账"), kind, tmp_path)
    from engine.office.ledger.entry import Ledger, Wishes
    from engine.office.sheets.reader import read_bytes
    from tests.registry.conftest import OFFICE

    read = read_bytes(f"台账.{kind}", data)
    outcome = Ledger(town.desk).enter(OFFICE, read, Wishes())
    assert actions(outcome) == ["new", "new"] and {"strike", "fill"} <= read.unseen


def test_a_file_without_a_ledger_is_refused(town: Town) -> None:
    assert refusals(imported(town, csv(heads=("天气", "温度")))) == ["ledger-empty"]
    assert refusals(imported(town, csv(("市公安局", "2020-11-30"), heads=("责任单位", "整改时限")))) == ["ledger-no-title"]
    assert refusals(imported(town, csv(row()), sheets=("没有",))) == ["ledger-no-sheet"]


@pytest.mark.parametrize(("heads", "rows"), [
    (("一级", "二级", "满分", "得分", "得分率", "最优", "位次", "失分点"), (
        ("获得电力", "低压办电", "2.5", "1.80", "72%", "2.50（丙市）", "13/18", "1.平均7.2日；2.线上率低"),
        ("〃", "供电可靠率", "3", "—", "—", "2.95", "并列9/18", "数据未反馈"),
    )),
    (("指标(权重)", "甲县得分", "位次", "乙区得分", "位次", "平均"), (
        ("企业开办(6)", "88.35", "2", "71.02", "10", "80.11"), ("不动产(5)", "不参评", "—", "66.5(含加分2)", "11", "74.9"),
    )),
    (("序号", "对象", "指标", "扣分点", "扣分", "佐证", "单位反馈", "核定"), (
        ("1", "甲县", "不动产", "仍收婚姻证明", "-1.5", "照片17、18", "不认可", "维持"),
        ("2", "各县区", "〃", "未公示时限", "各-0.5", "视频3", "", "采纳，扣0.3"),
    )),
], ids=["ranks", "wide", "points"])
def test_a_sheet_of_results_is_no_ledger_and_told_where_it_belongs(
    town: Town, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...],
) -> None:
    outcome = imported(town, csv(*rows, heads=heads))
    assert refusals(outcome) == ["ledger-results"]
    unknown = {problem.values.get("column") for problem in outcome.remarks if problem.code == "ledger-column-unknown"}
    understood = {column.head for table in outcome.tables for column in table.columns if column.fields}
    assert unknown | understood == set(heads), "every column is understood or reported"


def test_points_are_taken_as_a_ledger_by_whoever_says_which_column_names_them(town: Town) -> None:
    data = csv(("1", "甲县", "仍收婚姻证明", "-1.5"), heads=("序号", "对象", "扣分点", "扣分"))
    assert refusals(imported(town, data, named={"扣分点": ("title",)})) == []


def test_a_column_is_never_dropped_silently(town: Town) -> None:
    data = csv((*row(), "晴"), heads=(*HEADS, "天气"))
    outcome = imported(town, data)
    assert [problem.code for problem in outcome.remarks] == ["ledger-column-unknown"]
    kept = imported(town, data, named={"天气": ("note",)})
    assert only(kept).item.opening.detail == "天气：晴" and kept.remarks == []  # type: ignore[union-attr]


def test_a_total_in_a_later_cell_is_no_item_and_a_matter_that_names_one_is(town: Town) -> None:
    total = ("9", "8项", "合计", "", "", "", "")
    outcome = imported(town, sheet(row("1"), total, row("2", "合计金额与明细不符", "市税务局")))
    assert [reading.number for reading in outcome.readings] == ["1", "2"]


def test_of_a_head_of_two_rows_the_lower_one_says_that_it_is_a_person(town: Town) -> None:
    def merged(target: Workbook, page: Worksheet) -> None:
        page.merge_range(0, 2, 0, 3, "责任分工")
        for column, head in ((0, "序号"), (1, "问题")):
            page.merge_range(0, column, 1, column, head)

    rows = [["", "", "", ""], ["", "", "责任单位", "责任人及联系电话"], ["1", "办电慢", "市供电公司", "张三 13900001111"]]
    outcome = imported(town, book({"台账": rows}, merged))
    assert ([column.field for column in outcome.tables[0].columns], asked(outcome)) == (["number", "title", "parties", "person"], {})


def test_a_column_that_is_not_there_and_a_batch_that_is_none_are_told_in_the_preview(town: Town) -> None:
    outcome = imported(town, csv(row()), named={"无此列": ("note",)})
    assert [remark.code for remark in outcome.remarks] == ["ledger-no-column"]
    with pytest.raises(BatchNotFound):
        imported(town, csv(row()), batch="B-2020-0009")


def test_heads_of_pictures_below_a_table_are_no_item(town: Town) -> None:
    outcome = imported(town, csv(row(), ("整改前", "", "", "", "整改后", "", ""), ("整改前：", "", "", "", "", "", "")))
    assert actions(outcome) == ["new"] and {problem.code for problem in outcome.remarks} == {"ledger-aside"}


def test_units_responsible_by_their_part_are_read_from_the_upper_head(town: Town) -> None:
    """The first leads; the others are kept with their part."""
    heads = [("序号", "问题描述", "整改责任单位", "", "", "整改期限"), ("", "", "建设单位", "责任人", "施工单位", "")]
    cells = ("1", "临边防护缺失", "市市场监管局", "赵一", "某施工公司", "2020-11-30")
    outcome = imported(town, csv(heads[1], cells, heads=heads[0]))
    assert [column.field for table in outcome.tables for column in table.columns][2:5] == ["parties", "person", "note"]
    item = only(outcome).item
    assert item is not None and item.opening.lead == "SCJGJ" and "整改责任单位/施工单位：某施工公司" in (item.opening.detail or "")


def test_findings_of_an_audit_are_named_by_what_they_are_and_not_by_their_report(town: Town) -> None:
    heads = ("序号", "审计报告定稿标题", "问题所属单位", "事实表述", "问题定性", "整改时限")
    rows = [("1", "2019年预算执行审计", "市税务局", "津贴多发8.2万元", "违规发放津贴", "2020-11-30")]
    item = only(imported(town, csv(*rows, heads=heads))).item
    assert item is not None and item.opening.title == "违规发放津贴"
    assert "审计报告定稿标题：2019年预算执行审计" in (item.opening.detail or "")


def test_where_no_column_says_the_problem_rows_say_nothing_more(town: Town) -> None:
    outcome = imported(town, csv(("市公安局", "2020-11-30"), heads=("责任单位", "整改时限")))
    assert (refusals(outcome), problems(outcome), actions(outcome)) == (["ledger-no-title"], [], ["held"])


def test_of_numbers_that_hold_for_their_table_a_sheet_of_another_name_is_asked_about(town: Town) -> None:
    """Saved as csv a sheet has no name, and blocks that count anew are known by it."""
    blocks = [("光明小区",), HEADS, row("1"), row("2", "办电慢"), (), ("和平小区",), HEADS, row("1", "登记慢")]
    imported(town, book({"台账": blocks}), commit=True)
    text = "\n".join(",".join(map(str, cells)) for cells in blocks).encode()
    for again in (text, book({"九月": blocks})):
        waits = imported(town, again, commit=True)
        assert (actions(waits), asked(waits)) == (["asked"] * 3, {"again": 3})
        assert actions(imported(town, again, answers={"again": "same"}, commit=True)) == ["same"] * 3
    other = [("光明小区",), HEADS, row("1", "另一件"), ("和平小区",), HEADS, row("1", "又一件")]
    assert actions(imported(town, book({"十月": other}))) == ["new"] * 2, "a list that counts from one again"


def test_text_that_is_named_as_a_workbook_is_told_to_be_none(town: Town) -> None:
    outcome = Ledger(town.desk).enter(OFFICE, read_bytes("台账.xlsx", "今天开会\n讨论整改".encode()), Wishes())
    assert [problem.code for problem in outcome.refusals] == ["ledger-of-text"]
