"""The people around a ticket, as the command line shows them: cooperators, heads, leaders, the units it left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]
SUBMIT = ("--as", "市市场监管局", "submit", "1", "--note", "已合并为一张表")


def part_of(zg: Zg) -> dict[str, Any]:
    [part] = zg.json("show", "1")["parts"]
    return dict(part)


def test_each_cooperator_has_a_date_a_light_and_a_word_on_the_card(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    part = part_of(zg)
    assert (part["unit"], part["due_on"], part["light"], part["signed"], part["open"], part["late"]) == (
        "SHUIWJ", "2020-09-30", "green", False, True, False,
    )
    text = shown("show", "1").stdout
    assert "市税务局（● 绿，2020-09-30 前确认）" in text and "牵头单位；待确认：市税务局" in text
    zg("clock", "set", "2020-09-30T18:00")
    assert (part_of(zg)["light"], part_of(zg)["late"], zg.json("show", "1")["light"]) == ("red", True, "yellow")
    zg("--as", "市税务局", "sign-off", "1")
    part = part_of(zg)
    assert (part["light"], part["signed"], part["signed_at"], part["late"]) == ("grey", True, "2020-09-30T10:00:00Z", True)
    assert "市税务局（已确认）" in shown("show", "1").stdout
    assert zg.json("show", "1", "--at", "2020-09-26")["parts"][0]["light"] == "green"


def test_the_list_of_whose_turn_it_is_knows_the_open_parts_of_cooperators(zg: Zg) -> None:
    zg.rectifying()
    zg.opened()
    zg("assign", "2", "--lead", "市公安局")
    asked = ("list", "--turn", "cooperator")
    assert [node["number"] for node in zg.lines(*asked)] == ["ZG-2020-0001"]
    assert [node["number"] for node in zg.lines(*asked, "--unit", "市税务局")] == ["ZG-2020-0001"]
    assert zg.lines(*asked, "--unit", "市市场监管局") == zg.lines("--as", "市市场监管局", *asked) == []
    assert len(zg.lines("--as", "市税务局", *asked)) == 1
    zg("--as", "市税务局", "sign-off", "1")
    assert zg.lines(*asked) == []
    assert len(zg.lines("list", "--turn", "lead")) == 2
    assert zg.json("audit", "verify")["verified"] is True


def test_a_cooperator_that_is_late_need_not_be_waited_for(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    assert zg.error(*SUBMIT, code=5)["reasons"][0]["code"] == "sign-off-missing"
    assert "submit" not in zg.json("--as", "市市场监管局", "show", "1")["actions"]
    zg("clock", "set", "2020-09-30T18:00")
    assert "submit" in zg.json("--as", "市市场监管局", "show", "1")["actions"]
    error = zg(*SUBMIT, code=5).stderr
    assert "市税务局" in error and "--without SHUIWJ --reason" in error
    ticket = zg.json(*SUBMIT, "--without", "市税务局", "--reason", "三次催告未确认")
    assert (ticket["state"], ticket["parts"][0]["left_out"], ticket["parts"][0]["late"]) == ("submitted", True, True)
    assert "市税务局（2020-09-30 到期未确认，没有等待）" in shown("show", "1").stdout
    assert "没有等待市税务局：它应于 2020-09-30 18:00 前确认" in shown("log", "1").stdout


def test_an_objection_stands_on_the_card_with_its_reason(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    words = ("--as", "市税务局", "object", "1")
    assert zg.error(*words, code=5)["reasons"][0]["code"] == "input-missing"
    [part] = zg.json(*words, "--reason", "系统由省局统管", "--dry-run")["ticket"]["parts"]
    assert part["objection"] == "系统由省局统管"
    assert part_of(zg)["objection"] is None
    zg(*words, "--reason", "系统由省局统管")
    assert (part_of(zg)["objection"], part_of(zg)["objected_at"]) == ("系统由省局统管", "2020-09-25T01:00:00Z")
    assert "市税务局：系统由省局统管" in shown("show", "1").stdout
    assert zg.lines("list")[0]["parts"][0]["objection"] == "系统由省局统管"


def test_a_contact_endorses_with_a_scan_and_the_log_says_so(zg: Zg, shown: Shown) -> None:
    zg.opened(grade="B")
    zg("assign", "1", "--lead", "市公安局")
    zg("--as", "市公安局", "accept", "1")
    assert zg.error("--as", "市公安局", "endorse", "1", code=4)["reasons"][0]["code"] == "scan-missing"
    Path("审签单.pdf").write_bytes(b"%PDF-1.7 signed")
    assert zg.json("--as", "市公安局", "endorse", "1", "--file", "审签单.pdf")["endorsed"] is True
    assert zg.lines("log", "1")[-1]["data"]["evidence"][0]["kind"] == "signed"
    assert "附负责人签字的扫描件" in shown("log", "1").stdout


def test_whoever_assigns_next_reads_who_sent_it_back_and_why(zg: Zg, shown: Shown) -> None:
    zg.opened(grade="B")
    zg("assign", "1", "--lead", "市公安局")
    words = ("--as", "市公安局", "decline", "1", "--reason", "不属于本单位职责", "--clause", "三定规定第五条", "--suggest", "市财政局")
    assert zg.error(*words, code=5)["reasons"][0]["code"] == "input-missing"
    zg(*words, "--approved-by", "局长")
    [denial] = zg.json("show", "1")["denials"]
    assert denial == {
        "unit": "GAJ", "at": "2020-09-25T01:00:00Z", "on": "2020-09-25", "suggest": "CZJ", "clause": "三定规定第五条",
        "reason": "不属于本单位职责", "approved_by": "局长",
    }
    first = shown("show", "1").stdout.splitlines()[0]
    assert "市公安局（2020-09-25）：不属于本单位职责（依据 三定规定第五条、局长批准、建议由市财政局承办）" in first
    assert "lead-missing" in str(zg.error("assign", "1", code=5))
    zg("assign", "1", "--lead", "市财政局")
    assert "不属于本单位职责" not in shown("show", "1").stdout
    assert len(zg.json("show", "1")["denials"]) == 1


def test_urging_in_person_is_counted(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    zg("urge", "1", "--by", "phone", "--note", "答应周五前报")
    ticket = zg.json("urge", "1")
    assert (ticket["urged"], ticket["level"]) == (2, 0)
    assert "2 次" in shown("show", "1").stdout and "方式：电话" in shown("log", "1").stdout
    assert zg.error("urge", "1", "--by", "letter", code=2)["code"] == "usage-choice"
    assert zg.json("--as", "市税务局", "progress", "1", "--note", "接口联调中")["state"] == "rectifying"
    assert "接口联调中" in shown("log", "1").stdout


def test_an_instruction_stands_on_top_until_it_is_answered(zg: Zg, shown: Shown) -> None:
    zg.opened()
    zg.rectifying()
    assert zg.error("instruct", "2", "--note", "请限期办结", code=5)["reasons"][0]["code"] == "leader-missing"
    assert zg.error("instruct", "2", "--note", "请限期办结", "--by", "市公安局", code=5)["code"] == "not-a-leader"
    node = zg.json("instruct", "2", "--note", "请限期办结", "--by", "leader", "--urgent")
    [said] = node["instructions"]
    assert (said["by"], said["note"], said["due_on"], said["reported_at"], said["late"], node["instructed"], node["state"]) == (
        "leader", "请限期办结", "2020-09-29", None, False, True, "rectifying",
    )
    assert "分管市领导：请限期办结（2020-09-29 前反馈）" in shown("show", "2").stdout.splitlines()[0]
    listed = shown("list", "--sort", "number").stdout.splitlines()
    assert listed[0] == "领导批示待反馈 1 件：" and "ZG-2020-0002  分管市领导  2020-09-29 前反馈" in listed[1]
    assert any("【批示】" in line for line in listed[3:])
    assert zg("list").stdout.count("\n") == 2  # a program reads tickets and nothing else
    assert "批示人：分管市领导" in shown("log", "2").stdout
    assert "批示反馈时限" in shown("why", "2").stdout
    node = zg.json("--as", "市市场监管局", "report-back", "2", "--note", "已按批示办结")
    assert (node["instructed"], node["instructions"][0]["reported_at"]) == (False, "2020-09-25T01:00:00Z")
    assert "批示" not in shown("list").stdout
    zg("--as", "leader", "instruct", "2", "--note", "再报一次", "--report-by", "2020-10-16")
    assert zg.json("show", "2")["instructions"][1]["due_on"] == "2020-10-16"
    assert zg.json("audit", "verify")["verified"] is True


def test_a_unit_keeps_what_it_had_of_a_ticket_that_left_it(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-09-28T10:00")
    ticket = zg.json("reassign", "1", "--lead", "市公安局", "--reason", "职责划转")
    assert (ticket["lead"], ticket["promised_on"], ticket["parts"][0]["signed"]) == ("GAJ", "2020-10-12", False)
    zg("--as", "市公安局", "comment", "1", "--note", "后来的事")
    kept = zg.json("--as", "市市场监管局", "show", "1")
    assert (kept["lead"], kept["state"], kept["promised_on"], kept["actions"], kept["left_at"]) == (
        "SCJGJ", "rectifying", "2020-10-09", [], "2020-09-28T02:00:00Z",
    )
    assert "2020-09-28 10:00 起不再由本单位承办" in shown("--as", "市市场监管局", "show", "1").stdout
    events = zg.lines("--as", "市市场监管局", "log", "1")
    assert [event["data"].get("trigger", event["kind"]) for event in events] == ["assign", "accept", "reassign"]
    assert "后来的事" not in shown("--as", "市市场监管局", "log", "1").stdout
    assert zg.json("--as", "市市场监管局", "show", "1", "--at", "2020-09-29")["lead"] == "SCJGJ"
    for words in (("can", "1"), ("why", "1"), ("comment", "1", "--note", "x")):
        assert zg.error("--as", "市市场监管局", *words, code=3)["code"] == "ticket-not-found"
    assert zg.lines("--as", "市市场监管局", "list") == []
    assert zg.error("--as", "市财政局", "show", "1", code=3)["code"] == "ticket-not-found"
    assert zg.json("--as", "市公安局", "show", "1")["left_at"] is None
    assert zg.json("audit", "verify")["verified"] is True


def test_a_finding_like_a_recent_one_is_hinted_at_and_never_stopped(zg: Zg, shown: Shown) -> None:
    words = ("open", "企业开办环节材料重复提交", "--source", "visit", "--measure", "3.1")
    assert zg.json("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1")["similar"] == []
    [found] = zg.json(*words)["similar"]
    assert (found["number"], found["state"], found["opened_on"]) == ("ZG-2020-0001", "found", "2020-09-25")
    told = shown(*words).stderr
    assert "可能重复：ZG-2020-0002" in told and "zg link 3 --duplicate-of ZG-2020-0001" in told
    assert zg.json("open", "低压接电超时", "--source", "visit", "--measure", "3.1")["similar"] == []
    assert zg.json("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.4")["similar"] == []
    assert zg.json("open", "企业开办材料重复提交", "--source", "visit")["similar"] == []
    zg("open", "窗口无人值守", "--source", "visit", "--lead", "市公安局")
    assert len(zg.json("open", "窗口无人值班", "--source", "visit", "--lead", "市公安局", "--dry-run")["ticket"]["similar"]) == 1
    dry = shown("open", "窗口无人值班", "--source", "visit", "--lead", "市公安局", "--dry-run").stderr
    assert "可能重复：" in dry and "zg link" not in dry
    assert "可能重复：" in zg("open", "窗口无人值守", "--source", "visit", "--lead", "市公安局").stderr  # in a pipe too
    zg("clock", "set", "2020-12-25T09:00")
    assert zg.json(*words)["similar"] == []


def test_only_the_one_that_is_kept_is_proposed_as_the_same(zg: Zg) -> None:
    words = ("open", "企业开办环节材料重复提交", "--source", "visit", "--measure", "3.1")
    for _ in range(3):
        zg(*words)
    zg("withdraw", "2", "--reason", "登记有误", "--as", "mistake")
    zg("link", "3", "--duplicate-of", "1")
    assert [found["number"] for found in zg.json(*words)["similar"]] == ["ZG-2020-0001"]


def test_a_standing_item_has_a_review_and_no_date(zg: Zg, shown: Shown) -> None:
    zg.opened()
    ticket = zg.json("assign", "1", "--lead", "市市场监管局", "--standing")
    assert (ticket["standing"], ticket["promised_on"], ticket["review_on"], ticket["light"]) == (True, None, "2020-12-25", "green")
    zg("--as", "市市场监管局", "accept", "1")
    assert "没有整改时限，2020-12-25 前复核" in shown("show", "1").stdout
    assert "长期坚持" in shown("list").stdout and "长期坚持的事项没有整改时限，定期复核" in shown("why", "1").stdout
    zg("clock", "set", "2020-12-01T09:00")
    assert zg.json("review", "1", "--note", "抽查无反弹")["review_on"] == "2021-03-01"
    assert zg.error("assign", "1", "--lead", "市公安局", "--standing", "--due", "2021-02-01", code=5)["code"] == "refused"
    ticket = zg.json("amend", "1", "--due", "2021-02-01", "--reason", "市政府定了时限")
    assert (ticket["standing"], ticket["promised_on"], ticket["review_on"]) == (False, "2021-02-01", None)
    assert zg.json("amend", "1", "--standing", "--reason", "仍须长期坚持")["standing"] is True
    assert "长期坚持：否 → 是" in shown("log", "1").stdout


def test_whoever_was_told_by_a_rung_of_a_wrong_date_gets_one_correction(zg: Zg) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-10-13T18:00")
    zg("sweep")
    ticket = zg.json("amend", "1", "--due", "2020-10-20", "--reason", "日期录入有误")
    assert (ticket["level"], ticket["acted_level"], ticket["proposals"]) == (0, 0, [])
    zg("amend", "1", "--title", "企业开办环节材料重复提交", "--reason", "表述不准")  # of this nobody is told
    with closing(sqlite3.connect(zg.url.removeprefix("sqlite:///"))) as record:
        told = record.execute(
            "SELECT recipient, channel, count(*) FROM notice JOIN event USING (stream, seq) WHERE event.kind = 'amended'"
            " GROUP BY recipient, channel ORDER BY recipient",
        ).fetchall()
    assert told == [(name, "inbox", 1) for name in ("leader", "office", "scjgj", "scjgj-head", "shuiwj")]
    terminal = {"ZG_FORCE_TTY": "1", "COLUMNS": "200"}
    assert "督办" in zg("notices", "--all", **terminal).stdout
    said = zg("--as", "scjgj", "notices", "--all", **terminal).stdout
    assert "催办" in said and "督办" not in said
