"""Everything that is done to tickets: thin commands, many at once, dry runs, versions, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Zg

TICKET_KEYS = {
    "number", "title", "state", "stage", "workflow", "source", "measure", "grade", "lead", "cooperators", "turn", "due_at", "due_on",
    "promised_at", "promised_on", "provisional", "light", "office_late", "level", "acted_level", "rung", "next_alarm", "attempt",
    "version", "opened_at", "state_since", "actions",
}


def test_opening_prints_the_ticket(zg: Zg) -> None:
    ticket = zg.json("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1", "--grade", "c", "--detail", "详情")
    assert set(ticket) >= TICKET_KEYS
    assert (ticket["number"], ticket["state"], ticket["grade"], ticket["lead"]) == ("ZG-2020-0001", "found", "C", None)


def test_a_measure_suggests_the_lead_on_a_terminal_only_and_never_picks_it(zg: Zg) -> None:
    words = ("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1")
    assert zg(*words).stderr == ""
    told = zg(*words, ZG_FORCE_TTY="1")
    assert "市市场监管局" in told.stderr
    assert zg.json("show", "2")["lead"] is None


@pytest.mark.parametrize(("answer", "lead"), [("\n", "SCJGJ"), ("市公安局\n", "GAJ")])
def test_at_a_terminal_a_person_is_asked_for_the_lead(zg: Zg, monkeypatch: pytest.MonkeyPatch, answer: str, lead: str) -> None:
    import engine.cli
    from engine.cli.terminal import Terminal

    monkeypatch.setattr(engine.cli, "detect_terminal", lambda **_: Terminal(out=True, err=True, ask=True, width=100, colour=False))
    result = zg("open", "x", "--source", "visit", "--measure", "3.1", given=answer)
    assert "市市场监管局" in result.stderr
    assert zg.json("show", "1")["lead"] == lead


def test_an_unknown_measure_names_the_nearest(zg: Zg) -> None:
    assert "3.1" in zg("open", "x", "--source", "visit", "--measure", "3.111", code=3).stderr


def test_the_same_key_opens_once_and_other_content_is_a_conflict(zg: Zg) -> None:
    words = ("--source", "complaint", "--key", "12345-7")
    first = zg.json("open", "窗口无人", *words)
    assert zg.json("open", "窗口无人", *words)["number"] == first["number"]
    assert zg.error("open", "别的事", *words, code=6)["code"] == "key-taken"


@pytest.mark.parametrize("actor", ["市公安局", "auditor", "admin", "leader"])
def test_whoever_may_not_open_learns_nothing_of_what_a_key_opened(zg: Zg, actor: str) -> None:
    words = ("--source", "visit", "--key", "K1", "--complainant", "王五")
    zg.json("open", "暗访一处窗口", *words)
    tried = (("暗访一处窗口", words), ("暗访一处窗口", (*words[:-1], "王四")), ("别的事", words), ("别的事", ("--source", "visit")))
    told = [zg.error("--as", actor, "open", title, *changed, code=4) for title, changed in tried]
    assert {json.dumps(error, ensure_ascii=False) for error in told} == {json.dumps(told[0], ensure_ascii=False)}
    assert "ZG-2020-0001" not in str(told)


def test_a_ticket_goes_its_whole_way(zg: Zg) -> None:
    number = zg.submitted()
    assert zg.json("verify", number, "--note", "核验通过")["state"] == "verified"
    assert zg.json("reopen", number, "--reason", "反弹", "--as", "relapse")["state"] == "rectifying"
    assert zg.json("--as", "市市场监管局", "request-extension", number, "--to", "3wd", "--reason", "受限")["light"] == "blue"
    assert zg.json("refuse", number, "--reason", "可按期完成")["light"] == "green"
    assert zg.json("suspend", number, "--reason", "等待系统", "--until", "2020-10-20")["state"] == "suspended"
    assert zg.json("resume", number)["state"] == "rectifying"
    assert zg.json("reassign", number, "--lead", "市财政局", "--reason", "职责划转")["lead"] == "CZJ"
    assert zg.json("--as", "市财政局", "decline", number, "--reason", "非本单位职责", "--suggest", "市公安局")["state"] == "found"
    assert zg.json("withdraw", number, "--reason", "误立", "--as", "mistake")["closed_as"] == "mistake"


def test_granting_an_extension_moves_the_date(zg: Zg) -> None:
    number = zg.rectifying()
    zg("--as", "市市场监管局", "request-extension", number, "--to", "2020-10-13", "--reason", "受限")
    assert zg.json("grant", number)["promised_on"] == "2020-10-13"


def test_an_extension_of_an_amount_counts_from_the_date_it_extends(zg: Zg) -> None:
    numbers = zg.rectifying(), zg.rectifying()
    promised = zg.json("show", numbers[0])["promised_on"]
    for number, words, amount in ((numbers[0], (), "5wd"), (numbers[1], ("--to", "2wd"), "2wd")):
        zg("--as", "市市场监管局", "request-extension", number, "--to", "5wd", "--reason", "受限")
        assert zg.json("grant", number, *words)["promised_at"] == zg.json("calendar", "due", promised, amount)["due_at"]


def test_a_date_beyond_the_cap_is_refused_when_it_is_asked_for(zg: Zg) -> None:
    error = zg.error("--as", "市市场监管局", "request-extension", zg.rectifying(), "--to", "6wd", "--reason", "受限", code=5)
    assert [reason["code"] for reason in error["reasons"]] == ["beyond-cap"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("assign", "1", "--lead", "市财政局", "--due", "3月10日"), "2021-03-10"),
        (("open", "x", "--source", "visit", "--due", "9.24"), "2021-09-24"),
        (("amend", "1", "--reason", "x", "--due", "９月２４日"), "2021-09-24"),
        (("show", "1", "--at", "12月1日"), "2019-12-01"),
        (("unit", "end", "市财政局", "--from", "12月1日", "--basis", "x"), "2019-12-01"),
        (("do", "suspend", "1", "--set", "reason=x", "--set", "until=3月10日"), "2021-03-10"),
        (("clock", "set", "3月10日"), "2021-03-10"),
        (("user", "stand-in", "office", "--by", "deputy", "--until", "3月10日"), "2021-03-10"),
    ],
)
def test_a_date_without_a_year_is_never_guessed_into_another(zg: Zg, words: tuple[str, ...], meant: str) -> None:
    zg.opened()
    error = zg.error(*words, code=2)
    assert error["code"] in ("when-already-past", "when-still-to-come", "when-day-already-past", "when-day-still-to-come")
    assert error["hint"].endswith(meant)


def test_what_is_refused_lists_every_reason_and_says_what_next(zg: Zg) -> None:
    number = zg.rectifying()
    error = zg.error("--as", "市税务局", "verify", number, code=4)
    assert error["code"] == "refused"
    assert [reason["code"] for reason in error["reasons"]] == ["state-wrong", "not-yours", "own-unit"]
    text = zg("--as", "市税务局", "verify", number, code=4).stderr.splitlines()
    assert text[0].startswith("错误：ZG-2020-0001") and "验收销号" in text[0]
    assert [line.strip()[:2] for line in text[1:4]] == ["原因", "“市", "“市"]
    assert text[-1].startswith("下一步：zg can")


def test_a_missing_field_is_named(zg: Zg) -> None:
    number = zg.submitted()
    assert "理由" in zg("reject", number, code=5).stderr
    assert zg.error("reject", number, code=5)["reasons"][0]["code"] == "input-missing"


def test_many_tickets_each_for_itself(zg: Zg) -> None:
    for _ in range(3):
        zg.opened()
    zg("assign", "2", "--lead", "市公安局")
    result = zg("assign", "1", "2", "3", "--lead", "市财政局", "--json", code=7)
    assert [line.split('"number": "')[1][:12] for line in result.stdout.splitlines()] == ["ZG-2020-0001", "ZG-2020-0003"]
    assert "ZG-2020-0002" in result.stderr
    zg("accept", "1", "2", code=4)  # the common code of all


def test_numbers_come_from_standard_input_in_any_form(zg: Zg) -> None:
    for _ in range(3):
        zg.opened()
    lines = "1\nZG-2020-0002\tgreen\tfound\n" + '{"number": "ZG-2020-0003"}\n\n'
    assert [node["state"] for node in zg.lines("assign", "-", "--lead", "市公安局", given=lines)] == ["assigned"] * 3


def test_a_list_flows_into_a_command(zg: Zg) -> None:
    zg.opened()
    zg.opened()
    listed = zg("list").stdout
    assert len(zg.lines("comment", "-", "--note", "已电话联系", given=listed)) == 2


@pytest.mark.parametrize("line", ["没有编号", '{"x": 1}', "{", "ZG-2020", "1; drop"])
def test_a_line_without_a_number_is_refused(zg: Zg, line: str) -> None:
    assert zg.error("comment", "-", "--note", "x", code=5, given=line + "\n")["code"] == "line-without-number"


def test_no_numbers_at_all_do_nothing(zg: Zg) -> None:
    assert zg("comment", "-", "--note", "x", given="").stdout == ""


def test_a_dry_run_shows_the_events_and_writes_nothing(zg: Zg) -> None:
    number = zg.opened()
    said = zg.json("assign", number, "--lead", "市公安局", "--dry-run")
    assert said["dry_run"] is True and said["ticket"]["state"] == "assigned"
    assert [event["kind"] for event in said["events"]] == ["did"]
    assert "交办" in zg("assign", number, "--lead", "市公安局", "--dry-run").stdout
    assert zg.json("show", number)["version"] == 1
    zg("open", "试立", "--source", "visit", "--dry-run")
    assert len(zg.lines("list")) == 1


def test_if_version_guards_against_somebody_else(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市公安局", "--if-version", "1")
    error = zg.error("reassign", number, "--lead", "市财政局", "--reason", "x", "--if-version", "1", code=6)
    assert "督办单位" in error["reasons"][0]["message"] and "交办" in error["reasons"][0]["message"]
    assert zg.error("comment", "1", "2", "--note", "x", "--if-version", "1", code=2)["code"] == "usage-version-of-many"


def test_a_group_is_never_assigned_to(zg: Zg) -> None:
    number = zg.opened()
    error = zg.error("assign", number, "--lead", "各县（市、区）", code=5)
    assert error["code"] == "unit-is-group" and "--each" in error["hint"]


def test_an_unknown_unit_names_the_nearest(zg: Zg) -> None:
    number = zg.opened()
    assert "市发展改革委" in zg("assign", number, "--lead", "市发改改委", code=3).stderr


@pytest.mark.parametrize("when", ["昨夜", "2020-02-30", "2020-10-09T25:00", "1800-01-01", "9999999wd"])
def test_a_time_that_cannot_be_read_is_a_usage_error(zg: Zg, when: str) -> None:
    number = zg.opened()
    assert zg.error("assign", number, "--lead", "市公安局", "--due", when, code=2)["code"].startswith("when-")
    assert zg.json("show", number)["version"] == 1


def test_a_day_off_is_only_warned_of(zg: Zg) -> None:
    number = zg.opened()
    told = zg("assign", number, "--lead", "市公安局", "--due", "2020-10-10", ZG_FORCE_TTY="1").stderr
    assert "不是工作日" not in told  # a make-up day is worked
    told = zg("amend", number, "--due", "2020-10-11", "--reason", "会议定", ZG_FORCE_TTY="1").stderr
    assert "2020-10-11 不是工作日" in told
    assert zg.json("show", number)["promised_on"] == "2020-10-11"


def test_the_generic_command_fires_any_trigger_with_typed_inputs(zg: Zg) -> None:
    number = zg.opened()
    ticket = zg.json("do", "assign", number, "--set", "lead=市公安局", "--set", "with=市财政局、市税务局", "--set", "designate=是",
                     "--set", "basis=会议纪要", "--set", "due=2020-10-15")
    assert (ticket["lead"], ticket["cooperators"], ticket["designated"]) == ("GAJ", ["CZJ", "SHUIWJ"], True)
    assert ticket["promised_on"] == "2020-10-15"


def test_the_generic_command_drives_other_workflows(zg: Zg) -> None:
    number = zg.json("open", "窗口态度差", "--source", "review", "--workflow", "bad-review", "--lead", "市公安局")["number"]
    assert zg.json("--as", "市公安局", "do", "call-back", number, "--set", "note=已回访")["state"] == "rectifying"


@pytest.mark.parametrize(("pairs", "code", "expected"), [
    (("lead",), 2, "usage-pair"), (("=x",), 2, "usage-pair"), (("designate=maybe", "lead=市公安局"), 2, "usage-flag"),
    (("lead=市公安局", "lead=市财政局"), 2, "usage-twice"),
])
def test_a_pair_that_cannot_be_read_is_a_usage_error(zg: Zg, pairs: tuple[str, ...], code: int, expected: str) -> None:
    number = zg.opened()
    words = [word for pair in pairs for word in ("--set", pair)]
    assert zg.error("do", "assign", number, *words, code=code)["code"] == expected


def test_what_a_trigger_does_not_take_is_refused_with_a_reason(zg: Zg) -> None:
    number = zg.opened()
    reasons = zg.error("do", "assign", number, "--set", "lead=市公安局", "--set", "colour=red", code=5)["reasons"]
    assert [reason["code"] for reason in reasons] == ["input-unknown"]
    assert zg.error("do", "frobnicate", number, code=5)["reasons"][0]["code"] == "no-such-trigger"


def test_evidence_is_kept_by_content_and_its_name_is_words(zg: Zg) -> None:
    number = zg.rectifying()
    Path("新表.txt").write_text("合并后的表", encoding="utf-8")
    zg("comment", number, "--note", "附新表", "--file", "新表.txt")
    event = zg.lines("log", number)[-1]
    [kept] = event["data"]["evidence"]
    assert kept["bytes"] == len("合并后的表".encode())
    assert event["words"][f"file-{kept['sha256'][:12]}"] == "新表.txt"
    assert "新表.txt" in zg("log", number, ZG_FORCE_TTY="1").stdout
    assert zg.error("comment", number, "--note", "x", "--file", "没有.txt", code=5)["message"] == "文件“没有.txt”读不出来，没有保存。"


def test_amending_keeps_old_and_new(zg: Zg) -> None:
    number = zg.rectifying()
    ticket = zg.json("amend", number, "--title", "企业开办环节材料重复提交", "--measure", "3.1", "--reason", "表述不准")
    assert (ticket["title"], ticket["measure"]) == ("企业开办环节材料重复提交", "3.1")
    assert zg.error("amend", number, "--reason", "x", code=5)["reasons"][0]["code"] == "nothing-to-amend"
    assert zg.error("amend", number, number, "--reason", "x", "--if-version", "1", code=2)["code"] == "usage-version-of-many"


def test_the_log_shows_what_was_corrected_old_and_new(zg: Zg) -> None:
    number = zg.rectifying()
    zg("amend", number, "--due", "2020-10-15", "--source", "self", "--grade", "B", "--measure", "3.1", "--reason", "登记有误")
    text = zg("log", number, ZG_FORCE_TTY="1", NO_COLOR="1").stdout
    for line in ("整改时限：2020-10-09 18:00 → 2020-10-15 18:00", "来源：明察暗访 → 自查发现", "问题类别：C类（简易） → B类（跨部门）",
                 "工作任务：— → 3.1", "理由：登记有误"):
        assert line in text


def test_what_cannot_be_opened_says_so_without_a_number(zg: Zg) -> None:
    error = zg.error("--as", "市公安局", "open", "  ", "--source", "visit", "--grade", "Z", code=4)
    assert "立项" in error["message"] and "NO" not in error["message"]
    assert {reason["code"] for reason in error["reasons"]} == {"may-not-open", "title-empty", "grade-unknown"}


def test_grades_are_those_of_the_workflow_in_any_case(zg: Zg) -> None:
    ticket = zg.json("open", "退税慢", "--source", "complaint", "--workflow", "complaint", "--grade", "HELP")
    assert ticket["grade"] == "help"


def test_a_link_is_taken_back_and_both_logs_say_so(zg: Zg) -> None:
    zg("open", "甲", "--source", "visit")
    zg("open", "乙", "--source", "visit")
    zg("link", "2", "--duplicate-of", "1")
    taken = zg.json("unlink", "2", "--reason", "不是同一个问题")
    assert taken["duplicate_of"] is None and zg.json("show", "2")["links"] == []
    assert "取消关联" in zg("log", "2").stdout and "不再重复于 ZG-2020-0001" in zg("log", "2").stdout
    assert "不是同一个问题" in zg("log", "2").stdout and "不再与本件重复的有 ZG-2020-0002" in zg("log", "1").stdout
    assert zg.error("unlink", "2", "--reason", "x", code=5)["reasons"][0]["code"] == "no-duplicate"
    assert "现在不能“取消关联”" in zg("unlink", "2", "--reason", "x", code=5).stderr
    assert zg.json("show", "1")["duplicates"] == []
    zg("audit", "verify")


def test_linking_names_the_original(zg: Zg) -> None:
    zg.opened()
    zg.opened()
    zg("link", "2", "--duplicate-of", "1")
    assert zg.lines("log", "2")[-1]["data"]["target"] == "ZG-2020-0001"
    assert "重复于 ZG-2020-0001" in zg("log", "2", ZG_FORCE_TTY="1").stdout
    assert zg.error("link", "1", "--duplicate-of", "1", code=5)["reasons"][0]["code"] == "duplicate-of-itself"
    assert zg.error("link", "1", "--duplicate-of", "9", code=3)["code"] == "ticket-not-found"


def test_several_done_are_one_line_each(zg: Zg) -> None:
    zg.opened()
    zg.opened()
    lines = zg("assign", "1", "2", "--lead", "市公安局").stdout.splitlines()
    assert [line.split("\t")[:4] for line in lines] == [[f"ZG-2020-000{place}", "green", "assigned", "GAJ"] for place in (1, 2)]
    assert "市公安局" in zg("comment", "1", "2", "--note", "x", ZG_FORCE_TTY="1", NO_COLOR="1").stdout


def test_hints_are_for_people_only(zg: Zg) -> None:
    assert zg("open", "x", "--source", "visit").stderr == ""
    assert "zg assign 2" in zg("open", "x", "--source", "visit", ZG_FORCE_TTY="1").stderr
    assert zg("open", "x", "--source", "visit", "--json", ZG_FORCE_TTY="1").stderr == ""
