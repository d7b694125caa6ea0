"""What a person is warned of reaches a program too: in the JSON, in that of the error, or as a line of JSON; in a pipe as text."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import engine
from tests.cli.conftest import Zg

HOLIDAY = "2020-10-01"
OFFICE_COMMANDS = [
    (("open", "某问题", "--source", "visit", "--due", HOLIDAY), "when-not-a-working-day"),
    (("open", "某问题", "--source", "visit", "--leader", "王某"), "leader-by-name"),
    (("open", "某问题", "--source", "visit", "--due", "2030-05-14"), "when-provisional"),
    (("amend", "1", "--reason", "更正", "--due", "2020-10-17"), "when-not-a-working-day"),
    (("reject", "1", "--reason", "材料不全", "--due", "2020-10-17"), "when-not-a-working-day"),
    (("clock", "set", "2020-10-03T09:00"), "when-not-a-working-day"),
]


@pytest.mark.parametrize(("words", "code"), OFFICE_COMMANDS)
def test_a_warning_stands_in_the_json_and_nothing_on_standard_error(zg: Zg, words: tuple[str, ...], code: str) -> None:
    zg.submitted()
    zg("clock", "set", "2020-09-28T09:00")
    said = zg(*words, "--json")
    assert said.stderr == ""
    assert [warning["code"] for warning in json.loads(said.stdout)["warnings"]] == [code]
    assert json.loads(said.stdout)["warnings"][0]["message"]


@pytest.mark.parametrize(("words", "code"), OFFICE_COMMANDS)
def test_the_same_warning_is_text_in_a_pipe_and_on_a_terminal(zg: Zg, words: tuple[str, ...], code: str) -> None:
    zg.submitted()
    zg("clock", "set", "2020-09-28T09:00")
    rehearsed = words if words[0] == "clock" else (*words, "--dry-run")
    warned = {"when-not-a-working-day": "不是工作日", "leader-by-name": "按姓名登记", "when-provisional": "日期暂定"}[code]
    for terminal in ({}, {"ZG_FORCE_TTY": "1"}):
        assert warned in zg(*rehearsed, **terminal).stderr
        rehearsed = tuple(word.replace("10-03", "10-04") for word in rehearsed)  # a clock moves forward only


def test_without_a_warning_the_json_has_no_place_for_one(zg: Zg) -> None:
    assert "warnings" not in zg.json("open", "某问题", "--source", "visit", "--due", "2020-10-12")


def test_an_error_takes_the_warnings_that_came_before_it(zg: Zg) -> None:
    said = zg("open", "某问题", "--source", "visit", "--due", "2019-10-01", "--json", code=5)
    node = json.loads(said.stderr)
    assert said.stdout == "" and node["error"]["code"] == "refused"
    assert [warning["code"] for warning in node["warnings"]] == ["when-not-a-working-day"]


def test_fields_without_warnings_leave_them_to_a_line_of_json(zg: Zg) -> None:
    said = zg("open", "某问题", "--source", "visit", "--due", HOLIDAY, "--json=number")
    assert list(json.loads(said.stdout)) == ["number"]
    assert json.loads(said.stderr)["warning"]["code"] == "when-not-a-working-day"
    chosen = zg("open", "某问题", "--source", "visit", "--due", HOLIDAY, "--json=number,warnings")
    assert len(json.loads(chosen.stdout)["warnings"]) == 1 and chosen.stderr == ""


def test_each_of_several_tickets_has_its_own_warnings(zg: Zg) -> None:
    for _ in range(2):
        zg.opened()
    told = zg.lines("assign", "1", "2", "--lead", "市公安局", "--due", "2020-10-17")
    assert [[warning["code"] for warning in node["warnings"]] for node in told] == [["when-not-a-working-day"]] * 2


def test_a_list_that_was_cut_says_so_to_a_program_as_json(zg: Zg) -> None:
    for _ in range(2):
        zg.opened()
    said = zg("list", "--limit", "1", "--json")
    assert len(said.stdout.splitlines()) == 1
    assert json.loads(said.stderr)["warning"]["code"] == "list.cut"


def test_letters_to_recall_and_instructions_that_wait_are_warned_of_everywhere(zg: Zg) -> None:
    number = zg.submitted()
    zg("instruct", number, "--by", "leader", "--note", "限期办结")
    said = zg("verify", number, "--note", "现场核验通过", "--dry-run")
    assert "批示" in said.stderr
    node = zg.json("verify", number, "--note", "现场核验通过")
    assert [warning["code"] for warning in node["warnings"]] == ["done.instruction-waits"]


def test_a_unit_that_declined_before_is_warned_of_with_whom_it_suggested(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市公安局")
    zg("--as", "市公安局", "decline", number, "--reason", "不在职责之内", "--suggest", "市科技局")
    assert "“市公安局”此前已申请退回本件；建议改由：市科技局" in zg("assign", number, "--lead", "市公安局", "--dry-run").stderr
    english = zg("--lang", "en", "assign", number, "--lead", "市公安局", "--dry-run").stderr
    assert "“市公安局” has declined this ticket before, and suggested 市科技局" in english
    assert [item["code"] for item in zg.json("assign", number, "--lead", "市公安局")["warnings"]] == ["done.declined-before"]
    zg("reassign", number, "--lead", "市科技局", "--reason", "职责调整")
    zg("--as", "市科技局", "decline", number, "--reason", "不在职责之内")
    assert "warnings" not in zg.json("assign", number, "--lead", "市科技局", "--designate", "--basis", "纪要"), "it is meant to have it"


def test_another_word_of_a_leader_than_before_is_no_silent_one(zg: Zg) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-20T10:00")
    zg("sweep")
    assert "warnings" not in zg.json("--as", "leader", "consent", number)
    assert "warnings" not in zg.json("--as", "leader", "consent", number), "once more the same"
    assert "此前分管市领导已表示同意，现以本次意见为准" in zg("--as", "leader", "consent", number, "--refuse", "--dry-run").stderr
    told = zg.json("--as", "leader", "consent", number, "--refuse")
    assert [item["code"] for item in told["warnings"]] == ["done.consent-before-true"]
    assert "had refused it" in zg("--lang", "en", "--as", "leader", "consent", number).stderr
    log = zg("log", number, ZG_FORCE_TTY="1").stdout
    assert "此前分管市领导表示同意" in log and "此前分管市领导表示不同意" in log
    assert "had agreed before" in zg("--lang", "en", "log", number, ZG_FORCE_TTY="1").stdout
    zg("audit", "verify")


def test_no_command_prints_a_warning_past_the_json() -> None:
    """Only the call itself knows where a warning goes: no command writes to standard error."""
    written = [
        (path.name, node.lineno) for path in sorted((Path(engine.__file__).parent / "cli").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "stderr"
    ]
    of_the_call = {"call.py", "failure.py", "terminal.py", "pager.py", "progress.py", "watch.py", "__init__.py"}
    assert {name for name, _ in written} <= of_the_call | {"demo.py"}  # which passes on what the commands it types say


# what still names whoever ends ---------------------------------------------------------------------------------------------

def test_a_pipe_hears_what_still_names_an_account_that_is_disabled(zg: Zg) -> None:
    number = zg.opened()
    zg("--as", "admin", "user", "add", "lizy", "--title", "李志远", "--role", "leader")
    zg("assign", number, "--lead", "市公安局", "--leader", "lizy")
    told = zg("--as", "admin", "user", "disable", "lizy").stderr
    assert number in told and "lizy" in told
    assert "市科技局已没有联络员" in zg("user", "disable", "kjj").stderr


def test_a_pipe_hears_who_is_left_of_a_unit_that_ends(zg: Zg) -> None:
    ended = zg("unit", "end", "市科技局", "--from", "2020-09-01", "--basis", "撤销文件")
    assert "仍留在原单位的账号：kjj" in ended.stderr and "项工作任务仍写着它" in ended.stderr
    merged = zg("unit", "merge", "市工信局", "--into", "市公安局", "--from", "2020-09-01", "--basis", "文号", "--with-accounts")
    assert "随之转入的账号" in merged.stderr


# zg log ------------------------------------------------------------------------------------------------------------------

def test_a_log_reads_numbers_from_a_pipe_and_says_of_which_ticket_each_line_is(zg: Zg) -> None:
    for _ in range(2):
        zg.opened()
    lines = zg("log", "-", given="2\n1\n").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["ZG-2020-0002", "ZG-2020-0001"]
    assert zg("log", "1", "2").stdout.splitlines() == list(reversed(lines))
    assert [node["number"] for node in zg.lines("log", "1", "2")] == ["ZG-2020-0001", "ZG-2020-0002"]
    assert "number" not in zg.json("log", "1") and zg("log", "1").stdout.startswith("1\t")
    assert zg("log", "1", "9", code=7).stdout and zg.error("log", code=2)["code"] == "usage-log"
    assert zg.error("log", "1", "--admin", code=2)["code"] == "usage-log"
