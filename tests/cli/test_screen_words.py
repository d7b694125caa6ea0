"""What the screen calls things: the field's own words, people by name and post, what is missing as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from engine.cli import opening
from tests.cli.conftest import Zg

Shown = Callable[..., Result]


def field(result: Result, name: str) -> str:
    """The value of a field of a card."""
    return next((line.removeprefix(name).strip() for line in result.stdout.splitlines() if line.startswith(f"{name} ")), "")


def test_a_card_names_whose_turn_it_is_and_the_step_and_no_version(zg: Zg, shown: Shown) -> None:
    number = zg.submitted()
    card = shown("show", number)
    assert field(card, "当前责任方") == "督办单位"
    assert field(card, "本环节起始").startswith("2020-09-25") and field(card, "本环节到期日")
    assert "版本" not in card.stdout and zg.json("show", number)["version"] == 5


def test_people_are_called_by_name_and_post_and_never_by_account(zg: Zg, shown: Shown) -> None:
    zg("--as", "admin", "user", "add", "lizy", "--title", "李志远", "--role", "leader")
    zg("--as", "admin", "user", "add", "wangq", "--title", "王强", "--role", "supervisor")
    number = zg.json("--as", "wangq", "open", "窗口无人值守", "--source", "visit", "--lead", "市市场监管局", "--leader", "lizy")["number"]
    zg("assign", number)
    card = shown("show", number)
    assert field(card, "分管市领导") == "李志远（分管市领导）"
    assert field(card, "立项").endswith("王强（督办单位）")
    assert "交办  督办单位  待交办" in shown("log", number).stdout
    refused = shown("--as", "lizy", "verify", number, code=4).stderr
    assert "“李志远（分管市领导）”不能办理“验收销号”" in refused
    assert "李志远 (leader)" in field(shown("show", number, ZG_LANG="en"), "leader")


def test_whoever_urged_by_hand_is_not_said_to_have_phoned(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("urge", number, "--by", "visit")
    assert field(shown("show", number), "人工催办") == "1 次"
    assert "电话催办" not in shown("show", number).stdout.replace("电话催办 urge", "")


def test_what_is_only_told_is_noted_and_not_done(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    assert shown("--as", "市税务局", "object", number, "--reason", "材料不齐").stderr.startswith(f"{number} 已登记：提出异议")
    assert shown("--as", "市税务局", "sign-off", number).stderr.startswith(f"{number} 已办理：配合确认")


@pytest.mark.parametrize(("words", "actor", "told"), [
    (("reject", "1"), "office", "缺少理由：--reason 理由"),
    (("do", "reject", "1"), "office", "缺少理由：--set reason=理由"),
    (("assign",), "office", "缺少编号。"), (("open", "--source", "visit"), "office", "缺少标题。"),
    (("open", "标题"), "office", "缺少来源：--source。"), (("unit", "merge", "市公安局"), "office", "缺少承接单位：--into。"),
    (("unit", "rename", "市公安局"), "office", "缺少新名称：--to。"),
])
def test_what_is_missing_is_called_as_it_is_typed(zg: Zg, words: tuple[str, ...], actor: str, told: str) -> None:
    zg.submitted()
    assert told in zg("--as", actor, *words, code=None).stderr


def test_an_approval_that_is_missing_is_named_by_its_option(zg: Zg) -> None:
    number = zg.opened(grade="B", lead="市市场监管局")
    zg("assign", number)
    zg("--as", "市市场监管局", "accept", number)
    refused = ("--as", "市市场监管局", "request-extension", number, "--to", "2020-11-20", "--reason", "x")
    assert "缺少批准人：--approved-by 姓名或职务" in zg(*refused, code=5).stderr
    assert "approved by is missing: --approved-by WHO" in zg(*refused, code=5, ZG_LANG="en").stderr


def test_a_signer_that_is_missing_is_a_name_or_a_title(zg: Zg) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-11-30T09:00")
    zg("sweep")
    assert "缺少签发人：--by 姓名或职务" in zg("issue", number, code=5).stderr
    zg("waive", number, "--reason", "已约谈")
    assert "不予签发" in zg("log", number).stdout


def test_a_column_that_is_not_what_the_record_tells_is_named_in_words(zg: Zg, shown: Shown) -> None:
    import sqlite3

    zg.rectifying()
    with sqlite3.connect(zg.url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE ticket SET promised_at = '2021-01-01T00:00:00.000000Z'")
    database.close()
    assert "台账“整改时限”与记录不符" in shown("audit", "verify", code=9).stdout
    found = [json.loads(line) for line in zg("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert [finding["field"] for finding in found] == ["promised_at"]


def test_a_prompt_says_what_enter_means(zg: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prompt(text: str, **options: Any) -> str:
        asked.append(text)
        return str(options["default"])

    monkeypatch.setattr(opening.click, "prompt", prompt)
    monkeypatch.setattr("engine.cli.terminal.Terminal.ask", True)
    zg("open", "办税窗口少", "--source", "visit", "--measure", "3.5")
    assert asked and asked[0].endswith("牵头单位（回车采用 市自然资源和规划局）")


def test_nothing_undelivered_is_said_so(shown: Shown) -> None:
    assert "没有待发或未送达的消息" in shown("notices", "outbox").stderr
    assert "Nothing waits to be sent or is undelivered" in shown("notices", "outbox", ZG_LANG="en").stderr


def test_english_says_site_visit_and_urging_notice(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    assert field(shown("show", number, ZG_LANG="en"), "source") == "site visit"
    assert "urging notice" in shown("why", number, ZG_LANG="en").stdout
