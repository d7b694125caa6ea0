"""`zg workflow diff` and `zg workflow migrate`: two versions compared, and open tickets that go over from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from engine.cli.terminal import display_width
from tests.cli.conftest import Zg
from tests.cli.test_workflow_load import LONGER, RENAMED, TEXT, written

MORE_TIME = ("amount: 1 working day\n", "amount: 3 working days\n")


def called_otherwise(zg: Zg) -> str:
    """A version in force in which 待验收 is the state `checking`, 等待验收, and units have more time to accept. Its hash."""
    text = TEXT.replace("submitted", "checking").replace(*RENAMED).replace(*MORE_TIME)
    Path("checking.yaml").write_text(text, encoding="utf-8")
    return str(zg.json("workflow", "load", "checking.yaml")["hash"])


def test_two_files_are_compared_without_a_database(empty: Zg) -> None:
    base, other = written(name="base.yaml"), written(RENAMED, LONGER)
    found = empty.json("workflow", "diff", base, other)
    assert [(item["name"], item["field"]) for item in found["differences"]] == [("submitted", "title"), ("rectify", "amount")]
    assert found["same"] is False and found["before"]["hash"] != found["after"]["hash"]
    assert empty.json("workflow", "diff", base, "rectification")["same"] is True
    assert "状态 submitted（等待验收），标题：待验收 → 等待验收" in empty("workflow", "diff", base, other).stdout


@pytest.mark.parametrize(("language", "said"), [("zh", "两个版本完全相同"), ("en", "The two versions are the same")])
def test_what_is_the_same_is_said_to_be(zg: Zg, language: str, said: str) -> None:
    result = zg("--lang", language, "workflow", "diff", "rectification", written())
    assert said in result.stdout and len(result.stdout.splitlines()) == 1
    assert zg.json("workflow", "diff", "rectification", "rectification")["differences"] == []


def test_versions_are_named_by_the_digits_their_hash_begins_with(zg: Zg) -> None:
    old = next(item["hash"] for item in zg.lines("workflow", "list") if item["name"] == "rectification")
    new = called_otherwise(zg)
    found = zg.json("workflow", "diff", old[:8], new[:12])
    assert (found["before"]["hash"], found["after"]["hash"]) == (old, new)
    assert zg.error("workflow", "diff", "ffffffff", "rectification", code=3)["code"] == "version-not-found"
    assert zg.error("workflow", "diff", "nowhere.yaml", "rectification", code=8)["code"] == "invalid-file"


def test_a_dry_run_shows_what_would_become_of_each_ticket_and_keeps_nothing(zg: Zg) -> None:
    number = zg.submitted()
    to = called_otherwise(zg)
    [ticket, summary] = zg.lines("workflow", "migrate", "rectification", "--map", "submitted=checking", "--dry-run")
    assert (ticket["number"], ticket["state_before"], ticket["state"]) == (number, "submitted", "checking")
    assert (ticket["promised_on"], ticket["moved"], ticket["begun"], ticket["ended"], ticket["skipped"]) == ("2020-10-09", {}, [], [], {})
    assert ticket["next"]["clock"] == "verify" and ticket["next"]["rung"] == "office-due" and ticket["next"]["n"] == 0
    assert [event["kind"] for event in ticket["events"]] == ["migrated"]
    assert summary == {
        "workflow": "rectification", "to": to, "map": {"submitted": "checking"}, "dry_run": True, "tickets": 1, "left": [],
    }
    assert zg.json("show", number)["state"] == "submitted"


def test_what_has_no_place_is_refused_with_every_reason_and_nothing_changes(zg: Zg) -> None:
    numbers = [zg.submitted(), zg.submitted()]
    called_otherwise(zg)
    error = zg.error("workflow", "migrate", "rectification", code=5)
    assert [(reason["code"], reason["values"]["number"]) for reason in error["reasons"]] == [("migrate-no-state", no) for no in numbers]
    assert "--map submitted=" in error["hint"] and "流程换版" in error["message"]
    assert zg.error("workflow", "migrate", "rectification", "--map", "submitted=nowhere", code=2)["hint"] == "zg workflow migrate --help"
    text = zg("workflow", "migrate", "rectification", "--map", "待验收=verified", code=5).stderr
    assert f"{numbers[0]}：在办状态“待验收”不能转为终结状态 verified" in text
    assert [zg.json("show", number)["state"] for number in numbers] == ["submitted", "submitted"]
    assert zg.error("workflow", "migrate", "rectification", "--map", "submitted", code=2)["code"] == "usage-map"
    assert zg.error("workflow", "migrate", "rectification", "--to", "0000", code=3)["code"] == "version-not-found"
    assert zg.error("--as", "市市场监管局", "workflow", "migrate", "rectification", code=4)["code"] == "not-permitted"
    assert zg("audit", "verify").exit_code == 0


def test_tickets_go_over_and_retired_states_stay_readable_for_ever(zg: Zg, shown: Callable[..., Result]) -> None:
    number = zg.submitted()
    closed = zg.submitted()
    zg("--as", "office", "withdraw", closed, "--reason", "录入错误", "--as", "mistake")
    to = called_otherwise(zg)
    text = shown("workflow", "migrate", "rectification", "--map", "待验收=等待验收").stdout
    assert "待验收 → 等待验收" in text and closed not in text
    assert [item["number"] for item in zg.lines("list", "--state", "submitted")] == [number], "by the name it had"
    assert [item["number"] for item in zg.lines("list", "--state", "待验收")] == [number]
    assert "都已按" in shown("workflow", "migrate", "rectification").stderr
    assert zg.json("show", number)["definition"] == to and zg.json("show", closed)["definition"] != to
    log = zg("log", number).stdout.splitlines()
    assert log[-1].split("\t")[4] == "待验收 → 等待验收" and log[-2].split("\t")[4] == "整改中 → 待验收"
    assert "流程版本" in log[-1] and log[-1].split("\t")[2] == "流程换版"
    zg("clock", "advance", "1d")
    zg("reject", number, "--reason", "材料不全")
    assert zg.json("show", number, "--at", "2020-09-25T09:00")["state"] == "checking"
    assert zg.lines("list", "--state", "等待验收") == []
    assert zg.lines("list", "--state", "submitted", "--all") == []
    assert [item["number"] for item in zg.lines("list", "--state", "整改中")] == [number]
    assert zg.json("show", number)["submission"]["trigger"] == "submit"
    assert zg("audit", "verify").exit_code == 0


def test_a_list_knows_the_states_of_versions_that_are_in_force_no_more(zg: Zg) -> None:
    number = zg.submitted()
    called_otherwise(zg)
    assert [item["number"] for item in zg.lines("list", "--state", "submitted")] == [number]
    assert [item["number"] for item in zg.lines("list", "--state", "待验收")] == [number]
    assert "待验收" in zg("show", number).stdout


def test_dates_that_move_and_rungs_that_are_passed_by_are_told(zg: Zg, shown: Callable[..., Result]) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    early = "    - {name: early, title: {zh: 早提醒, en: early}, at: -6, act: notify, tell: [lead]}\n"
    zg("workflow", "load", written(MORE_TIME, ("    - {name: reminder, ", f"{early}    - {{name: reminder, ")))
    text = shown("workflow", "migrate", "rectification", "--dry-run", COLUMNS="60").stdout
    assert max(display_width(line) for line in text.splitlines()) <= 60
    assert "签收时限 2020-09-27 → 2020-09-29" in text and "略过的节点（整改时限）：早提醒" in text
    zg("workflow", "migrate", "rectification")
    assert "略过的节点（整改时限）：早提醒" in zg("log", number).stdout
    assert "早提醒" not in zg("--as", "市市场监管局", "log", number).stdout
    assert any("流程换版" in item["text"] for item in zg.lines("--as", "市市场监管局", "notices"))
