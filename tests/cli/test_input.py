"""What comes in on standard input, whatever program wrote it, and what reads numbers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import Result

from engine.cli.stdin import decoded
from tests.cli.conftest import Zg
from tests.cli.test_cold import PLAIN, ROOT, run

Shown = Callable[..., Result]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_encoding_an_office_writes(encoding: str) -> None:
    assert decoded("ZG-2020-0001\t窗口无人值守\n".encode(encoding)) == "ZG-2020-0001\t窗口无人值守\n"


def test_what_is_text_in_no_encoding_is_read_as_escapes() -> None:
    assert decoded(b"\xff\xfe\n") == "\\xff\\xfe\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_list_saved_by_an_office_program_can_be_worked_off(zg: Zg, encoding: str) -> None:
    zg.opened()
    given = zg("list").stdout.replace("\n", "\r\n").encode(encoding)
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, "comment", "-", "--note", "核对", "--json"], input=given, capture_output=True, timeout=60,
        check=False,
        env={**os.environ, "ZG_DB": zg.url, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == 2


def test_can_reads_numbers(zg: Zg) -> None:
    first, second = zg.rectifying(), zg.opened()
    told = [json.loads(line) for line in zg("can", "-", "--json", given=zg("list").stdout).stdout.splitlines()]
    assert {node["number"] for node in told} == {first, second}
    assert zg("can", "-", "assign", given=f"{first}\n{second}\n", code=7).stdout.splitlines()[0].startswith(f"{first}\tassign\tno")
    assert "number" in run(zg, "can", first, "--json", program=PLAIN).stdout


def test_an_extension_of_what_has_no_date_yet_is_not_said_to_be_standing(zg: Zg) -> None:
    number = zg.opened()
    reasons = zg.json("can", number, "request-extension", code=4)["reasons"]
    assert "nothing-due-yet" in {reason["code"] for reason in reasons}
    assert "长期坚持" not in zg("can", number).stdout
    zg("assign", number, "--lead", "市市场监管局", "--standing")
    assert "no-due-date" in {reason["code"] for reason in zg.json("can", number, "request-extension", code=4)["reasons"]}


def test_the_office_s_own_clock_is_not_said_to_be_the_lead_s(zg: Zg, shown: Shown) -> None:
    number = zg.opened(lead="市市场监管局")
    zg("clock", "set", "2020-10-14T09:00")
    fired = zg.lines("sweep")
    assert {(node["rung"], node["unit"]) for node in fired if node["number"] == number} == {("office-due", None), ("office-late", None)}


def test_notices_count_the_inbox_and_not_the_page(zg: Zg, shown: Shown) -> None:
    for _ in range(3):
        zg("assign", zg.opened(), "--lead", "市市场监管局")
    assert "共 3 条，本页 1 条" in shown("--as", "市市场监管局", "notices", "--limit", "1").stderr
    assert len(zg.lines("--as", "市市场监管局", "notices", "--limit", "1")) == 1


def test_a_missing_file_is_explained_once(zg: Zg) -> None:
    number = zg.rectifying()
    refused = zg("--as", "市市场监管局", "submit", number, "--note", "x", "--file", "missing.pdf", code=5).stderr
    assert "原因：没有这个文件" in refused and "原因是" not in refused


def test_who_is_not_permitted_reads_who_is(zg: Zg) -> None:
    refused = zg("--as", "市税务局", "audit", "export", "--json", code=4)
    assert "督办单位、审计员、系统管理员" in json.loads(refused.stderr)["error"]["reasons"][0]["message"]
    assert "有权的是：督办单位、系统管理员。" in zg("--as", "leader", "notices", "outbox", code=4).stderr


def test_a_hint_names_a_ticket_of_another_year_in_full(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    assert "zg why 1 " in shown("show", number).stderr
    zg("clock", "set", "2021-03-01T09:00")
    zg.opened()
    assert f"zg why {number} " in shown("show", number).stderr
    assert "zg assign 2 " in shown("open", "另一件", "--source", "visit").stderr
    assert shown("open", "有牵头的", "--source", "visit", "--lead", "市公安局").stderr.endswith("zg assign 3\n")


def test_a_hint_proposes_only_what_its_reader_may_do(zg: Zg) -> None:
    number = zg.rectifying()
    lead = ("--as", "市市场监管局")
    zg(*lead, "request-extension", number, "--to", "2020-10-14", "--reason", "x")
    asked = zg(*lead, "request-extension", number, "--to", "2020-10-15", "--reason", "x", code=5).stderr
    assert "zg grant" not in asked and "zg refuse" not in asked and f"zg can {number}" in asked
    assert "zg grant" in zg("suspend", number, "--reason", "x", code=5).stderr
    assert "zg sign-off" in zg(*lead, "submit", number, "--note", "x", code=5).stderr, "it says who is to act"
    zg("withdraw", number, "--reason", "误立")
    assert "zg reopen" not in zg("amend", number, "--title", "x", "--reason", "x", code=5).stderr


def test_why_says_because_of_what_a_clock_began_anew(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("amend", number, "--due", "2020-11-20", "--reason", "登记错了")
    assert "因更正重新起算" in shown("why", number).stdout
    other = zg.rectifying()
    zg("--as", "市市场监管局", "request-extension", other, "--to", "2020-10-14", "--reason", "x")
    zg("grant", other)
    assert "因同意延期重新起算" in shown("why", other).stdout
    assert "counted anew because of: grant" in shown("why", other, ZG_LANG="en").stdout


def test_a_unit_that_a_ticket_left_is_not_sent_to_what_it_may_not_read(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("reassign", number, "--lead", "市公安局", "--reason", "职责划转")
    told = shown("--as", "市市场监管局", "show", number).stderr
    assert "zg why" not in told and "zg log" in told


def test_after_a_date_was_amended_whose_letter_was_signed_it_is_said_to_be_recalled(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-14T09:00")
    zg("sweep")
    zg("issue", number, "--by", "督查室主任")
    amended = shown("amend", number, "--due", "2020-11-20", "--reason", "登记错了")
    assert "须收回：督办函" in amended.stderr
    assert "须收回已签发的文书：督办函" in shown("log", number).stdout
    assert [letter["recalled"] for letter in zg.json("show", number)["letters"]] == [True]
    assert "；须收回）" in shown("show", number).stdout and "; to be recalled)" in shown("show", number, ZG_LANG="en").stdout
    zg("audit", "verify")
