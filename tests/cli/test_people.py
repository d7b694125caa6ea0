"""The people around a ticket, as the command line shows them: cooperators, heads, leaders, the units it left."""

from __future__ import annotations

from collections.abc import Callable
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
