"""`zg user`, stand-ins and `--as B/A`, as people and programs meet them; no secret is ever printed but the one just made."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]
SECOND = ("user", "add", "fgw2", "--title", "第二联络员", "--role", "contact", "--unit", "市发改委", "--phone", "138 0000 0000")
SENTENCE = "七月的伞 借给了 邻居的猫"


def written(zg: Zg) -> list[object]:
    """The administration's log without what says that somebody read it."""
    return [event for event in zg.lines("log", "--admin") if event["kind"] != "read"]


def test_an_account_is_added_shown_listed_and_disabled(zg: Zg, shown: Shown) -> None:
    node = zg.json(*SECOND)
    assert (node["name"], node["unit"], node["active"], node["has_password"]) == ("fgw2", "FGW", True, False)
    assert "第二联络员" in shown("user", "show", "fgw2").stdout
    assert zg("user", "list", "--unit", "市发改委").stdout.splitlines()[-1] == "fgw2\t第二联络员\tcontact\tFGW\tyes"
    assert {node["role"] for node in zg.lines("user", "list", "--role", "leader")} == {"leader"}
    assert "fgw2" in shown("user", "disable", "fgw2", "--reason", "调离").stderr
    assert "fgw2" not in zg("user", "list").stdout and "fgw2\t第二联络员\tcontact\tFGW\tno" in zg("user", "list", "--all").stdout
    zg("--as", "fgw2", "list", code=3)
    assert zg.json("user", "set", "fgw2", "--enable", "--title", "首席联络员")["title"] == "首席联络员"
    node = zg.json("--as", "admin", "user", "set", "fgw2", "--role", "supervisor", "--no-unit", "--until", "2020-12-31")
    assert (node["role"], node["unit"], node["valid_to"]) == ("supervisor", None, "2020-12-31T16:00:00Z")


def test_the_administrators_work_is_parted_only_once_somebody_agreed(zg: Zg) -> None:
    before = written(zg)
    assert "--yes" in zg("--as", "admin", "user", "separate", code=2).stderr
    assert "三员" in zg("--as", "admin", "user", "separate", "--yes", code=5).stderr  # agreed, and the three are missing
    assert written(zg) == before


def test_b_for_a_is_in_the_log(zg: Zg, shown: Shown) -> None:
    zg("assign", zg.opened(), "--lead", "市发改委")
    zg(*SECOND)
    zg("--as", "fgw2", "accept", "1")
    zg("--as", "fgw2/fgw-head", "endorse", "1", code=4)
    assert "--as fgw2/fgw-head" in shown("user", "stand-in", "fgw-head", "--by", "fgw2", "--until", "2020-09-30").stderr
    zg("--as", "fgw2/fgw-head", "endorse", "1")
    assert "第二联络员（市发展改革委负责人）、代市发展改革委负责人" in shown("log", "1").stdout
    assert zg.lines("log", "1")[-1]["data"]["for"] == "fgw-head"
    zg("user", "stand-in", "fgw-head", "--by", "fgw2", "--end")
    zg("--as", "fgw2/fgw-head", "comment", "1", "--note", "x", code=4)
    zg("audit", "verify")


def test_a_leader_filters_by_its_portfolio_and_sees_the_rest_all_the_same(zg: Zg) -> None:
    for lead, together in (("市发改委", "市税务局"), ("市公安局", "市发改委"), ("市公安局", "市税务局")):
        zg("assign", zg.opened(), "--lead", lead, "--with", together)
    assert zg.json("user", "portfolio", "leader", "--unit", "市发改委")["portfolio"] == ["FGW"]
    numbers = [node["number"] for node in zg.lines("--as", "leader", "list", "--portfolio")]
    assert sorted(numbers) == ["ZG-2020-0001", "ZG-2020-0002"]
    assert len(zg.lines("--as", "leader", "list")) == 3
    zg("list", "--portfolio", code=5)
    zg("user", "portfolio", "leader", code=2)
    assert zg.json("user", "portfolio", "leader", "--none")["portfolio"] == []
    assert zg.lines("--as", "leader", "list", "--portfolio") == []


def test_what_waits_for_a_leader_is_handed_over(zg: Zg, shown: Shown) -> None:
    zg("assign", zg.opened(), "--lead", "市发改委", "--leader", "leader")
    zg("--as", "admin", "user", "add", "vice", "--title", "李副市长", "--role", "leader")
    zg("user", "portfolio", "leader", "--unit", "市发改委")
    words = ("user", "hand-over", "leader", "--to", "vice")
    assert zg.json(*words, "--dry-run") == {
        "account": "leader", "to": "vice", "tickets": ["ZG-2020-0001"], "units": ["FGW"], "dry_run": True,
    }
    assert "ZG-2020-0001" in shown(*words).stdout
    assert "分管市领导 → 李副市长" in shown("log", "1").stdout
    assert zg(*words).stdout == ""


def test_a_password_comes_from_a_line_or_a_prompt_and_is_never_shown(zg: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    result = zg("user", "password", "fgw", given=f"{SENTENCE}\n")
    assert SENTENCE not in result.output and zg.json("user", "show", "fgw")["has_password"]
    zg("user", "password", "fgw", given="\n", code=5)
    for weak in ("short", "a" * 12, "my-fgw-pass"):
        assert weak not in zg("user", "password", "fgw", given=f"{weak}\n", code=5).output

    import engine.cli
    from engine.cli.terminal import Terminal

    monkeypatch.setattr(engine.cli, "detect_terminal", lambda **_: Terminal(out=True, err=True, ask=True, width=100, colour=False))
    result = zg("user", "password", "fgw", given=f"{SENTENCE}！\n{SENTENCE}！\n")
    assert SENTENCE not in result.output
    assert SENTENCE not in zg("log", "--admin", "--json").stdout + zg("user", "show", "fgw").stdout


def test_a_token_is_shown_once(zg: Zg, shown: Shown) -> None:
    node = zg.json("user", "token", "fgw", "--name", "政务平台", "--expires", "2020-12-31")
    assert re.fullmatch(r"zgt_[0-9a-f]{8}_[0-9a-f]{64}", node["token"]) and node["expires_at"] == "2020-12-31T16:00:00Z"
    assert re.fullmatch(r"zgt_\w+\n", shown("user", "token", "fgw").stdout)
    listed = zg.lines("user", "token", "fgw", "--list")
    assert sorted(item["name"] for item in listed) == ["政务平台", "未命名"]
    later = shown("user", "token", "fgw", "--list").stdout + zg("log", "--admin", "--json").stdout + zg("user", "show", "fgw").stdout
    assert node["token"] not in later and node["token"][-64:] not in later
    assert zg.lines("user", "token", "fgw", "--revoke", node["id"])
    zg("user", "token", "fgw", "--revoke", node["id"], code=5)
    zg("--as", "gaj", "user", "token", "fgw", code=4)
    assert zg("--as", "fgw", "user", "token", "fgw").stdout.startswith("zgt_")


@pytest.mark.parametrize(("words", "code"), [
    (("disable", "admin"), 5), (("disable", "office"), 5), (("disable", "watch"), 5), (("disable", "nobody"), 3), (("show", "nobody"), 3),
    (("set", "fgw"), 5), (("set", "fgw", "--email", "nonsense"), 5), (("set", "fgw", "--phone", "nonsense"), 5),
    (("set", "fgw", "--role", "watch"), 2), (("set", "fgw", "--no-unit"), 5), (("set", "office", "--unit", "市发改委"), 5),
    (("add", "Wang", "--title", "x", "--role", "contact", "--unit", "市发改委"), 5),
    (("add", "fgw", "--title", "x", "--role", "leader"), 5),
    (("add", "fgw2", "--title", "x\x07", "--role", "leader"), 5), (("add", "fgw2", "--title", "x"), 2),
    (("stand-in", "fgw-head", "--by", "gaj", "--until", "2020-10-01"), 5), (("stand-in", "fgw-head", "--by", "fgw"), 2),
    (("stand-in", "fgw-head", "--by", "fgw", "--until", "2020-09-01"), 5), (("stand-in", "fgw-head", "--by", "fgw", "--end"), 5),
    (("hand-over", "leader", "--to", "fgw"), 5), (("portfolio", "fgw", "--none"), 5), (("token", "fgw", "--expires", "2020-09-01"), 5),
])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_is_three_lines_and_changes_nothing(zg: Zg, words: tuple[str, ...], code: int, language: str) -> None:
    before = written(zg)
    result = zg("--lang", language, "--as", "admin", "user", *words, code=code)
    assert result.stdout == "" and 3 <= len(result.stderr.splitlines()) <= 4, result.stderr
    assert "—" not in result.stderr
    assert written(zg) == before


def test_who_checks_the_office_is_not_made_by_it_and_keeps_own_addresses(zg: Zg) -> None:
    zg("--as", "admin", "user", "add", "o2", "--title", "督查二员", "--role", "supervisor")
    for words in (("disable", "o2"), ("add", "l9", "--title", "副市长", "--role", "leader"), ("set", "admin", "--email", "x@example.org")):
        assert zg.error("user", *words, code=4)["code"] == "account-appointed"
    for name in ("office", "leader", "fgw"):
        assert zg.json("--as", name, "user", "set", name, "--phone", "13900000000")["phone"] == "13900000000"
    zg("audit", "verify")


@pytest.mark.parametrize("actor", ["市科技局", "kjj-head", "leader", "auditor"])
def test_only_the_office_and_the_administrator_keep_accounts(zg: Zg, actor: str) -> None:
    for words in (SECOND[1:], ("set", "fgw", "--title", "x"), ("disable", "fgw"), ("stand-in", "fgw-head", "--by", "fgw", "--until", "5d"),
                  ("hand-over", "leader", "--to", "leader"), ("portfolio", "leader", "--none"), ("token", "fgw")):
        zg("--as", actor, "user", *words, code=4)
    zg("--as", actor, "user", "password", "fgw", given=f"{SENTENCE}\n", code=4)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_about_accounts_reads_as_a_sentence(zg: Zg, shown: Shown, language: str) -> None:
    zg(*SECOND)
    zg("--as", "admin", "user", "add", "vice", "--title", "李副市长", "--role", "leader", "--from", "2020-09-25", "--until", "2021-12-31")
    zg("user", "set", "fgw2", "--title", "首席联络员", "--unit", "市税务局", "--until", "2021-12-31")
    zg("user", "stand-in", "fgw-head", "--by", "fgw", "--until", "2020-09-30")
    zg("user", "stand-in", "fgw-head", "--by", "fgw", "--end")
    zg("user", "portfolio", "leader", "--unit", "市发改委")
    zg("user", "hand-over", "leader", "--to", "vice")
    zg("user", "password", "fgw", given=f"{SENTENCE}\n")
    node = zg.json("user", "token", "fgw", "--expires", "2020-12-31")
    zg("user", "token", "fgw", "--revoke", node["id"])
    zg("user", "disable", "fgw2", "--reason", "调离")
    text = shown("--lang", language, "log", "--admin").stdout
    assert "=" not in text and "entry." not in text and "市税务局" in text and "首席联络员" in text
    assert "valid_to" not in text and "T1" not in text


def test_a_robots_address_is_read_unseen_and_never_shown(zg: Zg) -> None:
    zg("user", "chat", "fgw", given="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=t0p-s3cret\n")
    assert zg.json("user", "show", "fgw")["chat"] == "wecom" and "企业微信" in zg("user", "show", "fgw").stdout
    said = zg("user", "show", "fgw").stdout + zg("log", "--admin", "--json").stdout + zg("log", "--admin").stdout
    assert "s3cret" not in said and '"chat": "wecom"' in said
    zg("user", "chat", "fgw", "--none")
    assert zg.json("user", "show", "fgw")["chat"] is None
    for wrong in ("", "https://example.org/s3cret", "wecombot://s3cret", "https://open.feishu.cn/open-apis/bot/v2/hook/密"):
        result = zg("user", "chat", "fgw", given=f"{wrong}\n", code=5)
        assert "s3cret" not in result.stderr and "Webhook" in result.stderr
    zg("audit", "verify")


def test_ending_an_account_says_what_still_names_it(zg: Zg, shown: Shown) -> None:
    zg("assign", zg.opened(), "--lead", "市发改委", "--leader", "leader")
    zg("user", "portfolio", "leader", "--unit", "市科技局")
    zg("--as", "admin", "user", "add", "mayor", "--title", "市长", "--role", "leader")
    zg("user", "stand-in", "mayor", "--by", "leader", "--until", "2020-12-31")
    node = zg.json("--as", "admin", "user", "disable", "leader")
    assert node["still_named"] == {"tickets": ["ZG-2020-0001"], "portfolio": ["KJJ"], "stands_for": ["mayor"], "unit": None}
    zg("--as", "admin", "user", "set", "leader", "--enable")
    told = shown("--as", "admin", "user", "disable", "leader").stderr
    assert "ZG-2020-0001" in told and "市科技局" in told and "mayor" in told and "zg user hand-over leader --to" in told
    assert zg.json("user", "disable", "fgw")["still_named"]["unit"] == "FGW"
    told = shown("user", "disable", "kjj").stderr
    assert "市科技局已没有联络员" in told and "zg user add 账号 --unit KJJ --role contact" in told


def test_an_officer_s_tickets_and_an_open_request_name_who_has_them_and_go_to_another(zg: Zg) -> None:
    zg("assign", zg.opened(), "--lead", "市发改委")
    zg("--as", "市发改委", "accept", "1")
    zg("--as", "市发改委", "request-extension", "1", "--to", "2020-10-12", "--reason", "x")
    zg("user", "add", "fgw2", "--title", "第二联络员", "--role", "contact", "--unit", "市发改委")
    assert zg.json("user", "disable", "fgw")["still_named"] == {
        "tickets": ["ZG-2020-0001"], "portfolio": [], "stands_for": [], "unit": None,
    }
    zg("--as", "admin", "user", "add", "second", "--title", "督办二科", "--role", "supervisor")
    assert zg.json("user", "hand-over", "office", "--to", "second")["tickets"] == ["ZG-2020-0001"]
    assert zg.json("user", "hand-over", "fgw", "--to", "fgw2")["tickets"] == ["ZG-2020-0001"]
    assert zg.json("--as", "admin", "user", "disable", "second")["still_named"]["tickets"] == ["ZG-2020-0001"]


def test_a_stand_in_until_a_day_is_shown_with_that_day_as_its_last(zg: Zg, shown: Shown) -> None:
    zg(*SECOND)
    zg("user", "stand-in", "fgw-head", "--by", "fgw2", "--until", "2020-09-30")
    assert "至2020-09-30）" in shown("user", "show", "fgw-head").stdout
    assert "to 2020-09-30)" in shown("--lang", "en", "user", "show", "fgw-head").stdout
    zg("user", "stand-in", "fgw-head", "--by", "fgw2", "--end")
    zg("user", "stand-in", "fgw-head", "--by", "fgw2", "--until", "2020-09-30T12:00")
    assert "至2020-09-30 12:00）" in shown("user", "show", "fgw-head").stdout


def test_a_stand_in_of_a_sandbox_that_stands_long_ago_is_one_for_the_audit_too(zg: Zg) -> None:
    zg("user", "add", "second", "--title", "副联络员", "--role", "contact", "--unit", "市市场监管局")
    zg("user", "stand-in", "scjgj", "--by", "second", "--until", "2020-10-09")
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "second/scjgj", "accept", number)
    zg("audit", "verify")
