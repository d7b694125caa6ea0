"""`zg evaluate …` typed from end to end: what each says at a terminal, in a pipe and as JSON, in both languages, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from engine.cli.terminal import display_width
from engine.rules.loop.outcome import ACTIONS
from tests.cli.conftest import Zg
from tests.office.sheets.making import converted

HEAD = "指标,对象,数值,备注"
FIRST = ("3.5-1,甲县,7.2,线上率低", "3.5-1,乙区,1,", "3.1-1,甲县,1,", "3.1-1,乙区,—,")
PAIR = {"target", "subject", "value", "result", "action", "ticket"}
SCOPE = ("--scheme", "市自评", "--subjects", "甲县,乙区", "--targets", "3.5-1,3.1-1")
ROUND = {
    "round", "title", "scheme", "on", "period_from", "received_on", "doc", "subjects", "targets", "points", "interim", "comment_until",
    "assign_limit", "assign_due_on", "started_at", "started_by", "results_version", "actions", "disputes", "closed_at", "closed_by",
    "undone_at", "undone_by", "version",
}


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    def write(*rows: str, name: str = "r.csv") -> str:
        path = tmp_path / name
        path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
        return str(path)

    return write


def _measured(zg: Zg, on: str, *rows: str) -> str:
    file = Path(zg.url.removeprefix("sqlite:///")).with_name(f"{on}.csv")
    file.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    number = zg.json("evaluate", "start", *SCOPE, "--on", on)["round"]
    zg("evaluate", "import", number, str(file), "--commit")
    return str(number)


@pytest.fixture
def round_(zg: Zg) -> str:
    """A first round: one miss, two that reach their target, one that was not measured."""
    return str(zg.once(_measured, "2020-06-30", *FIRST))


def rectified(zg: Zg, number: str, *, verified: bool) -> None:
    lead = zg.json("show", number)["lead"].lower()
    zg("assign", number)
    zg("--as", lead, "accept", number)
    zg("--as", lead, "submit", number, "--note", "已整改")
    if verified:
        zg("verify", number, "--note", "属实")


def imported(zg: Zg, *words: str, code: int = 0) -> Any:
    return json.loads(zg("evaluate", *words, "--json", code=code).stdout)


def test_a_round_begins_with_its_number_and_its_scope(zg: Zg) -> None:
    view = zg.json(
        "evaluate", "start", *SCOPE, "--period", "2020-04-01..2020-06-30", "--received", "2020-09-01", "--doc", "平12号",
        "--title", "第一轮", "--assign-limit", "5wd",
    )
    assert set(view) == ROUND and view["round"] == "R-2020-01"
    assert (view["on"], view["period_from"], view["received_on"], view["doc"]) == ("2020-06-30", "2020-04-01", "2020-09-01", "平12号")
    assert (view["subjects"], [item["id"] for item in view["targets"]], view["title"]) == (["甲县", "乙区"], ["3.5-1", "3.1-1"], "第一轮")
    assert view["actions"] == dict.fromkeys(ACTIONS, 0)
    zg("audit", "verify")


def test_a_preview_and_a_commit_say_the_same_and_the_actions_add_up(zg: Zg, sheet: Callable[..., str]) -> None:
    zg("evaluate", "start", *SCOPE, "--on", "2020-06-30")
    file = sheet(*FIRST, "3.99,甲县,1,")
    shown, done = imported(zg, "import", "1", file, code=7), imported(zg, "import", "1", file, "--commit", code=7)
    fields = {"round", "dry_run", "actions", "pairs", "problems", "columns", "confirm", "asks", "new_subjects", "unclear_subjects"}
    assert set(shown) == fields and shown["dry_run"]
    assert tuple(shown["actions"]) == ACTIONS and sum(shown["actions"].values()) == len(shown["pairs"]) == 4
    assert all(set(pair) == PAIR for pair in shown["pairs"])
    assert [set(problem) for problem in shown["problems"]] == [{"row", "code", "message"}]
    assert (shown["problems"][0]["row"], shown["problems"][0]["code"]) == (6, "result-target")
    assert (done["actions"], done["dry_run"]) == (shown["actions"], False)
    assert [pair["ticket"] for pair in done["pairs"] if pair["action"] == "opened"] == ["ZG-2020-0001"]
    assert imported(zg, "import", "1", file, "--commit", code=7)["actions"]["unchanged"] == 4
    zg("audit", "verify")


def test_all_or_nothing_writes_nothing_where_a_row_cannot_be_used(zg: Zg, sheet: Callable[..., str]) -> None:
    zg("evaluate", "start", *SCOPE, "--on", "2020-06-30")
    zg("evaluate", "import", "1", sheet("3.5-1,甲县,9,", "3.99,甲县,1,"), "--commit", "--all-or-nothing", code=8)
    assert zg.lines("list") == []


def test_what_passes_is_verified_and_what_relapsed_reopened_by_a_person(
    zg: Zg, shown: Callable[..., Result], round_: str,
) -> None:
    rectified(zg, "1", verified=True)
    zg("clock", "set", "2020-10-20T09:00")
    second = _measured(zg, "2020-10-19", "3.5-1,甲县,9,", "3.5-1,乙区,7,", "3.1-1,甲县,1,")
    [item] = zg.lines("evaluate", "reopen", second, "--relapsed")
    assert set(item) == {"number", "done", "state", "reasons"} and (item["number"], item["done"], item["state"]) == (
        "ZG-2020-0001", True, "rectifying",
    )
    [because] = [event["words"]["reason"] for event in zg.lines("log", "1") if event["data"].get("trigger") == "reopen"]
    assert because == f"{second} 复测未达标：9（≤2工作日）"
    lead = zg.json("show", "1")["lead"].lower()
    zg("--as", lead, "submit", "1", "--note", "再次整改")
    zg("clock", "set", "2020-11-20T09:00")
    third = _measured(zg, "2020-11-19", "3.5-1,甲县,1,", "3.5-1,乙区,1,", "3.1-1,甲县,1,")
    told = shown("evaluate", "verify", third, "--passing")
    assert zg.json("show", "1")["state"] == "verified" and "另有 1 件复测达标，待承办单位申请销号" in told.output
    for width in ("40", "60", "100"):
        seen = shown("evaluate", "board", COLUMNS=width).stdout
        assert max(display_width(line) for line in seen.splitlines()) <= int(width) and third in seen, "the oldest round gives in first"
        legend = shown("evaluate", "board", COLUMNS=width).output
        assert "↑ 比上一轮好" in legend and (round_ in seen or f"没有显示：{round_}" in legend.replace("\n", "")), "and is said to"
    board = zg.json("evaluate", "board")
    assert set(board) == {"scheme", "rounds", "rows"} and board["rounds"] == [round_, second, third]
    [line] = [row for row in board["rows"] if (row["target"], row["subject"]) == ("3.5-1", "甲县")]
    assert set(line) == {"target", "name", "demand", "subject", "cells", "light", "ticket"}
    assert [cell["value"] for cell in line["cells"]] == ["7.2", "9", "1"] and line["ticket"] == "ZG-2020-0001"
    zg("audit", "verify")


def test_an_objection_is_heard_before_anything_is_opened(
    zg: Zg, shown: Callable[..., Result], sheet: Callable[..., str], tmp_path: Path,
) -> None:
    begun = shown("evaluate", "start", *SCOPE, "--on", "2020-06-30", "--for-comment", "5wd", COLUMNS="200").output
    file = sheet(*FIRST)
    assert imported(zg, "import", "1", file, "--commit")["actions"]["recorded"] == 4 and zg.lines("list") == []
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    about = ("1", "--unit", "甲县", "--target", "3.5-1", "--reason", "口径不同")
    assert zg.error("evaluate", "object", *about, code=5)["code"] == "refused"
    view = zg.json("evaluate", "object", *about, "--file", str(scan))
    assert set(view["disputes"][0]) == {"target", "subject", "at", "by", "accepted", "settled_by"}
    [objection] = zg.json("evaluate", "show", "1")["disputes"]
    assert (objection["reason"], len(objection["files"]), objection["decision"]) == ("口径不同", 1, None)
    end = zg.json("evaluate", "show", "1")["comment_until"][:10]
    told = shown("evaluate", "show", "1", COLUMNS="200").stdout
    assert f"异议 3.5-1 甲县：口径不同（签字材料 {objection['files'][0][:12]}），待核定" in told and end in told and end in begun
    assert end in shown("evaluate", "import", "1", file, COLUMNS="200").output, "it is said until when results are only kept"
    log = shown("--lang", "en", "evaluate", "log", "1", COLUMNS="200").stdout
    assert "objected 3.5-1 甲县: 口径不同" in log and "(import, version 1, file " in log and ": recorded 4)" in log
    answer = shown("--lang", "en", "evaluate", "decide", *about, "--accept", "--value", "1", COLUMNS="200").stdout
    assert "objection to 3.5-1 甲县: 口径不同" in answer and ", accepted" in answer, "the answer says what was decided"
    decided = zg.json("evaluate", "show", "1")
    assert "accepted 1" in shown("--lang", "en", "evaluate", "log", "1", COLUMNS="200").stdout
    assert "objection to 3.5-1 甲县: 口径不同" in (seen := shown("--lang", "en", "evaluate", "show", "1", COLUMNS="200").stdout)
    assert "accepted: 口径不同" in seen
    assert decided["disputes"][0]["accepted"] is True
    zg("clock", "set", "2020-10-20T09:00")
    assert imported(zg, "import", "1", file, "--commit")["actions"]["opened"] == 0


def test_a_round_is_corrected_taken_back_and_told_of(zg: Zg, round_: str, sheet: Callable[..., str]) -> None:
    right = sheet("3.5-1,甲县,1,", *FIRST[1:], name="right.csv")
    words = ("correct", round_, right, "--reason", "录入错误", "--material", "yes")
    shown, done = imported(zg, *words), imported(zg, *words, "--commit")
    assert [(item["ticket"], item["how"]) for item in shown["reversals"]] == [("ZG-2020-0001", "withdraw")]
    assert shown["reversals"] == done["reversals"] and done["stays"] == []
    assert zg.json("evaluate", "show", round_)["results_version"] == 2
    taken = imported(zg, "undo", round_, "--reason", "用错文件", "--commit")
    assert (taken["round"], taken["dry_run"]) == (round_, False) and zg.json("evaluate", "show", round_)["undone_by"] == "office"
    log = zg.json("evaluate", "log", round_)
    assert set(log) == {"round", "applications", "events"}
    assert [item["cause"] for item in log["applications"]] == ["import", "correct", "undo"]
    assert set(log["applications"][0]) == {"version", "cause", "by", "at", "file", "settings", "actions"}
    zg("audit", "verify")


def test_a_request_to_take_back_ends_with_a_correction_and_with_whoever_made_it(zg: Zg, round_: str, sheet: Callable[..., str]) -> None:
    zg("assign", "1")
    zg("--as", "admin", "user", "add", "second", "--role", "supervisor", "--title", "督查员")
    ask, confirm = (("evaluate", "undo", round_, *reason, "--commit") for reason in (("--reason", "用错文件"), ()))
    zg(*ask)
    zg("evaluate", "correct", round_, sheet("3.5-1,甲县,8,", *FIRST[1:], name="other.csv"), "--reason", "x", "--material", "no", "--commit")
    assert zg("--as", "second", *confirm, code=5).stdout == "", "it was asked for of other results"
    zg(*ask)
    zg("--as", "second", "evaluate", "keep", round_, code=4)
    zg("evaluate", "keep", round_)
    zg("--as", "second", *confirm, code=5)
    assert "收回撤回申请" in zg("evaluate", "log", round_).output
    zg("audit", "verify")


@pytest.mark.parametrize(("language", "withdrawn", "sums", "before"), [
    ("zh", "ZG-2020-0001 按误报撤销：已交办", "撤销 1 件", "早已撤回，未写入"),
    ("en", "ZG-2020-0001 is withdrawn as a mistake: it was assigned to", "1 ticket withdrawn", "taken back before; nothing was written"),
])
def test_a_preview_names_what_is_withdrawn_and_a_second_undo_claims_nothing(
    zg: Zg, shown: Callable[..., Result], round_: str, sheet: Callable[..., str], language: str, withdrawn: str, sums: str, before: str,
) -> None:
    zg("assign", "1")
    zg("--as", "admin", "user", "add", "second", "--role", "supervisor", "--title", "督查员")
    words = ("--lang", language, "evaluate", "undo", round_, "--reason", "用错文件")
    right = sheet("3.5-1,甲县,1,", *FIRST[1:], name="right.csv")
    corrected = ("--lang", language, "evaluate", "correct", round_, right, "--reason", "x", "--material", "yes")
    for preview in (corrected, words):
        told = shown(*preview, COLUMNS="200").output
        assert withdrawn in told, told
        assert zg.json("show", "1")["state"] == "assigned"
    assert sums in told
    assert f"zg evaluate undo {round_} --commit" in shown(*words, "--commit", COLUMNS="200").output, "a unit was told: another confirms"
    zg("--as", "admin", "user", "add", "third", "--role", "supervisor", "--title", "督查员")
    assert zg("--as", "third", "evaluate", "undo", round_, "--commit", code=4).stdout == "", "an account that was made for it"
    confirmed = shown("--as", "second", "--lang", language, "evaluate", "undo", round_, "--commit", COLUMNS="200")
    assert sums in confirmed.output, confirmed.output
    again = shown(*words, "--commit", COLUMNS="200")
    assert again.stdout == "" and before in again.output
    listed = shown("--lang", language, "evaluate", "list", "--all", COLUMNS="200").output
    assert ("已撤回" if language == "zh" else "taken back") in listed


def test_a_round_is_closed_when_every_pair_is_explained(zg: Zg, round_: str) -> None:
    assert zg.error("evaluate", "close", round_, code=5)["code"] == "refused"
    assert zg.json("evaluate", "show", round_)["missing"] == [{"target": "3.1-1", "subject": "乙区"}]
    assert zg.json("evaluate", "close", round_, "--accept-missing", "数据未反馈")["closed_by"] == "office"
    assert zg.lines("evaluate", "list") == [] and [view["round"] for view in zg.lines("evaluate", "list", "--all")] == [round_]


@pytest.mark.parametrize(("words", "code", "said"), [
    (("show", "77"), 3, "round-not-found"), (("start", "--on", "2020-06-30"), 2, "usage-missing"),
    (("start", *SCOPE, "--on", "2020-06-30"), 5, "round-same-day"), (("start", *SCOPE, "--on", "2021-06-30"), 5, "round-ahead"),
    (("start", "--scheme", "x", "--targets", "9.9"), 3, "target-not-found"),
    (("start", "--scheme", "x", "--targets", "慢"), 2, "target-text"),
    (("import", "1", "missing.csv"), 8, None), (("undo", "1"), 5, "undo-not-asked"), (("correct", "1", "r.csv", "--reason", "x"), 2, None),
    (("import", "1", "empty.csv"), 8, None), (("import", "1", "r.csv", "--confirm", "9", "--commit"), 5, "confirm-other"),
    (("import", "1", "r.csv", "--map", "数值"), 2, None),
    (("verify", "1"), 2, "usage-passing"), (("reopen", "1"), 2, "usage-relapsed"),
    (("decide", "1", "--unit", "甲县", "--target", "3.5-1", "--accept", "--reason", "x"), 5, "not-disputed"),
])
def test_what_cannot_be_is_refused_in_words_and_writes_nothing(
    zg: Zg, round_: str, sheet: Callable[..., str], words: tuple[str, ...], code: int, said: str | None,
) -> None:
    sheet(*FIRST)
    sheet("", name="empty.csv")
    before = zg.json("evaluate", "show", round_)["version"]
    found = zg.error("evaluate", *words, code=code)
    assert said is None or f'"{said}"' in json.dumps(found), found
    assert zg.json("evaluate", "show", round_)["version"] == before


def test_the_task_list_goes_out_is_filled_in_elsewhere_and_comes_back_as_assignments(
    zg: Zg, shown: Callable[..., Result], tmp_path: Path,
) -> None:
    number = _measured(zg, "2020-06-30", "3.5-1,甲县,7.2,线上率低", "3.5-1,乙区,9,", "3.1-1,甲县,9,", "3.1-1,乙区,9,")
    out = tmp_path / "清单.xlsx"
    assert "4" in shown("evaluate", "tasklist", number, "--out", str(out)).output
    office = tmp_path / "另存.xlsx"
    office.write_bytes(converted(filled(out), "xlsx", tmp_path / "office"))
    told = shown("--lang", "zh", "assign", "--from", str(office), "--doc", "平营商办〔2020〕8号", "--dry-run")
    assert "市公安局" in told.output and {ticket["state"] for ticket in zg.lines("list")} == {"found"}
    zg("assign", "--from", str(office), "--doc", "平营商办〔2020〕8号")
    found = {ticket["number"]: ticket for ticket in zg.lines("list")}
    assert {ticket["state"] for ticket in found.values()} == {"assigned"} and len(found) == 4
    assert [number for number, ticket in found.items() if ticket["lead"] == "GAJ"] == ["ZG-2020-0001"]
    assert zg.lines("log", "ZG-2020-0002")[-1]["words"]["basis"] == "平营商办〔2020〕99号", "the letter that its row names"
    assert found["ZG-2020-0001"]["promised_on"] == "2020-10-30"
    assert zg.lines("log", "ZG-2020-0001")[-1]["words"]["basis"] == "平营商办〔2020〕8号"
    zg("audit", "verify")


def filled(path: Path) -> bytes:
    """The list as somebody filled it in: another lead and a date for the first task."""
    book = load_workbook(path)
    sheet = book.active
    heads = {str(cell.value): (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    first = heads["ZG-2020-0001"][0]
    sheet.cell(first, heads["牵头单位"][1], "市公安局")
    sheet.cell(first, heads["整改时限"][1], date(2020, 10, 30)).number_format = "yyyy/m/d"
    sheet.cell(heads["ZG-2020-0002"][0], heads["交办文号"][1], "平营商办〔2020〕99号")
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_late_round_needs_a_word(zg: Zg, round_: str, sheet: Callable[..., str]) -> None:
    zg("evaluate", "start", *SCOPE, "--on", "2020-03-31", "--interim")
    file = sheet("3.5-1,甲县,9,")
    assert zg.error("evaluate", "import", "2", file, "--commit", code=5)["code"] == "round-late"
    assert imported(zg, "import", "2", file, "--commit", "--late")["actions"]["earlier"] == 1


@pytest.mark.parametrize("words", [("show", "1"), ("list",), ("log", "1"), ("start", "--scheme", "x"), ("undo", "1", "--reason", "x")])
def test_a_unit_reads_and_writes_no_round(zg: Zg, round_: str, words: tuple[str, ...]) -> None:
    assert zg.error("--as", "市市场监管局", "evaluate", *words, code=4)["code"] == "not-permitted"


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ("编号", "评价方案", "未达标", "新发现", "本轮未测")), ("en", ("number", "scheme", "missed", "found", "not measured")),
])
def test_a_round_is_shown_in_both_languages_on_a_narrow_terminal(
    zg: Zg, shown: Callable[..., Result], round_: str, language: str, said: tuple[str, ...],
) -> None:
    wide = shown("--lang", language, "evaluate", "show", round_).stdout
    assert all(word in wide for word in said), wide
    for words in (("show", round_), ("list",), ("board",), ("log", round_)):
        narrow = shown("--lang", language, "evaluate", *words, COLUMNS="40").stdout
        assert max(display_width(line) for line in narrow.splitlines()) <= 40, narrow


def test_a_pipe_gets_fields_between_tabs(zg: Zg, round_: str) -> None:
    board = [line.split("\t") for line in zg("evaluate", "board").stdout.splitlines()]
    assert ["3.5-1", "甲县", round_, "7.2", "miss"] == next(line for line in board if line[1] == "甲县" and line[0] == "3.5-1")[:5]
    assert zg("evaluate", "list").stdout.split("\t")[:3] == [round_, "市自评", "2020-06-30"]
    assert "\t".join(("3.5-1", "甲县", "7.2", "miss", "opened", "ZG-2020-0001")) in zg("evaluate", "show", round_).stdout


def test_what_goes_on_as_what_is_entered_and_listed_and_nothing_is_lost_of_sight(zg: Zg, round_: str) -> None:
    entered = zg.json("evaluate", "successor", "--target", "3.5-1", "3.5-2")
    assert entered == zg.json("evaluate", "successor") == {"schemes": {}, "targets": {"3.5-1": "3.5-2"}}
    assert zg("evaluate", "successor").stdout == "目标\t3.5-1\t3.5-2\n"
    assert zg.error("evaluate", "successor", "--target", "3.5-2", "3.5-1", code=5)["reasons"][0]["code"] == "successor-round"
    assert zg.error("evaluate", "successor", "--target", "3.5-1", "3.5-2", "--scheme", "a", "b", code=2)["code"] == "usage-successor"
    assert zg.error("evaluate", "rekey", code=2)["code"] == "usage-rekey"
    assert zg.lines("evaluate", "rekey", "--dry-run") == [] and zg("evaluate", "rekey", "--dry-run").stdout == ""
    zg("audit", "verify")


def test_a_ticket_of_a_unit_that_ended_is_listed_before_an_import_is_refused(zg: Zg, sheet: Callable[..., str]) -> None:
    number = zg.json("evaluate", "start", "--scheme", "市自评", "--targets", "3.5-1", "--on", "2020-06-30")["round"]
    zg("evaluate", "import", number, sheet("3.5-1,市公安局,9,"), "--commit")
    zg("unit", "end", "市公安局", "--from", "2020-07-01", "--basis", "机构改革")
    [lost] = zg.lines("evaluate", "rekey", "--dry-run")
    assert lost == {
        "number": "ZG-2020-0001", "scheme": "市自评", "target": "3.5-1", "subject": "GAJ", "target_gone": None, "unit_gone": "GAJ",
    }
    assert "单位已撤销" in zg("evaluate", "rekey", "--dry-run").stdout
    told = zg.error("evaluate", "import", number, sheet("3.5-1,甲县,9,"), code=5)
    assert told["code"] == "keys-without-counterpart" and "ZG-2020-0001" in told["message"] and "rekey --dry-run" in told["hint"]


def test_a_program_reads_of_an_import_the_codes_that_json_has_and_whether_anything_was_written(
    zg: Zg, sheet: Callable[..., str],
) -> None:
    zg("evaluate", "start", "--scheme", "市自评", "--targets", "3.5-1", "--on", "2020-06-30")
    file = sheet("3.5-1,甲县,9,", "9.9,甲县,1,", "9.8,甲县,1,")
    shown = [line.split("\t") for line in zg("evaluate", "import", "1", file, code=7).stdout.splitlines()]
    assert shown[:2] == [["dry-run", "R-2020-01"], ["pair", "3.5-1", "甲县", "9", "miss", "opened", ""]]
    assert [line[:2] for line in shown[2:]] == [["problem", "3"], ["problem", "4"], ["action", "opened"]], "in the order of the rows"
    assert zg("evaluate", "import", "1", file, "--commit", code=7).stdout.startswith("applied\tR-2020-01\npair\t")
