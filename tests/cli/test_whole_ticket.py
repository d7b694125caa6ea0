"""`show` has all that one opens a ticket for, `log` every fact of an event."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

from tests.cli.conftest import Zg

Shown = Callable[..., Result]


def rejected(zg: Zg) -> str:
    """A ticket that was submitted, sent back, and submitted again."""
    number = zg.submitted()
    zg("reject", number, "--reason", "佐证不全")
    zg("--as", "市市场监管局", "submit", number, "--note", "已补全佐证")
    return number


def test_show_tells_the_last_reason_the_submission_and_who_verified(zg: Zg, shown: Shown) -> None:
    number = rejected(zg)
    told = zg.json("show", number)
    assert (told["last_reason"]["trigger"], told["last_reason"]["text"], told["last_reason"]["by"]) == ("reject", "佐证不全", "office")
    assert told["submission"]["text"] == "已补全佐证" and told["submission"]["unit"] == "SCJGJ" and told["verification"] is None
    zg("verify", number, "--note", "现场看过")
    card = shown("show", number).stdout
    assert "退回整改：佐证不全（督办单位，2020-09-25 09:00）" in card
    assert "已补全佐证（市市场监管局联络员，2020-09-25 09:00）" in card and "现场看过（督办单位，2020-09-25 09:00）" in card


def test_a_reopened_ticket_was_verified_by_nobody_yet(zg: Zg) -> None:
    number = rejected(zg)
    zg("verify", number)
    assert zg.json("show", number)["verification"]["by"] == "office"
    zg("reopen", number, "--reason", "又出现", "--as", "relapse")
    assert zg.json("show", number)["verification"] is None


def test_show_at_a_moment_tells_what_was_known_then(zg: Zg) -> None:
    number = zg.submitted()
    zg("clock", "advance", "1d")
    zg("reject", number, "--reason", "佐证不全")
    assert zg.json("show", number, "--at", "2020-09-25T10:00")["last_reason"] is None
    assert zg.json("show", number)["last_reason"]["text"] == "佐证不全"


def test_the_contact_and_the_phone_are_for_the_office(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("user", "set", "scjgj", "--phone", "0375-1234567")
    assert zg.json("show", number)["contacts"] == [{"account": "scjgj", "name": "市市场监管局联络员", "phone": "0375-1234567"}]
    assert "市市场监管局联络员 0375-1234567" in shown("show", number).stdout
    for who in ("市税务局", "市市场监管局", "leader", "auditor"):
        assert "contacts" not in zg.json("--as", who, "show", number)
        assert "1234567" not in zg("--as", who, "show", number).stdout


def test_letters_that_went_out_stand_on_the_ticket_and_the_log_says_what_they_settled(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-11-30T09:00")
    zg("sweep")
    zg("--as", "leader", "consent", number)
    zg("issue", number, "--by", "督查室主任")
    [letter] = zg.json("show", number)["letters"]
    assert (letter["letter"], letter["unit"], letter["signed_by"], letter["recalled"]) == ("interview", "SCJGJ", "督查室主任", False)
    assert "约谈通知书（市市场监管局，督查室主任签发" in shown("show", number).stdout
    assert "一并了结：督办、通报" in shown("log", number).stdout


def test_the_log_tells_the_date_that_was_asked_for_relapse_or_correction_and_voided_rungs(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("--as", "市市场监管局", "request-extension", number, "--to", "2020-10-14", "--reason", "外线施工")
    assert "延至：2020-10-14 18:00" in shown("log", number).stdout
    zg("refuse", number, "--reason", "来得及")
    zg("clock", "set", "2020-10-12T09:00")
    zg("sweep")
    zg("amend", number, "--due", "2020-11-20", "--reason", "登记错了")
    assert "作废的节点（整改时限）：提醒、催办" in shown("log", number).stdout
    other = zg.submitted()
    zg("verify", other)
    zg("reopen", other, "--reason", "又出现", "--as", "relapse")
    assert "情形：问题反弹" in shown("log", other).stdout
    assert "as: relapse" in shown("log", other, ZG_LANG="en").stdout


def test_a_unit_is_told_of_no_act_that_it_does_not_read(zg: Zg) -> None:
    number = zg.rectifying()
    zg("suspend", number, "--reason", "等待上级批复")
    zg("resume", number)
    zg("reassign", number, "--lead", "市公安局", "--reason", "职责划转")
    zg("--as", "市公安局", "accept", number)
    assert zg.json("show", number)["last_reason"]["text"] == "职责划转"
    assert zg.json("--as", "市市场监管局", "show", number)["last_reason"]["text"] == "等待上级批复", "the ticket as it was when it left"


def test_the_log_says_everything_once(zg: Zg, shown: Shown) -> None:
    first, second = zg.opened(), zg.opened(lead="市公安局")
    zg("assign", first, "--lead", "市公安局", "--due", "2020-11-20")
    assert zg("log", first).stdout.splitlines()[-1].endswith("牵头单位：市公安局；整改时限 2020-11-20 18:00")
    zg("amend", first, "--due", "2020-11-27", "--reason", "录入有误")
    assert zg("log", first).stdout.splitlines()[-1].endswith("整改时限：2020-11-20 18:00 → 2020-11-27 18:00；理由：录入有误")
    zg("assign", second, "--lead", "市公安局")
    assert "牵头单位：市公安局" in zg("--as", "市公安局", "log", second).stdout, "it was to lead already, and is named all the same"
    zg("link", second, "--duplicate-of", first)
    zg("withdraw", second, "--reason", "与前件相同", "--of", first)
    linked, withdrawn = zg("log", second).stdout.splitlines()[-2:]
    assert [linked.count(first), withdrawn.count(first)] == [1, 1]
    assert withdrawn.endswith(f"重复于 {first}；情形：重复；理由：与前件相同")


def test_the_log_names_the_unit_that_a_submission_leaves_out_once(zg: Zg) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-09T10:00")
    zg("--as", "市市场监管局", "submit", number, "--note", "已合并", "--without", "市税务局", "--reason", "逾期未确认")
    last = zg("log", number).stdout.splitlines()[-1]
    assert "没有等待市税务局" in last and last.count("市税务局") == 1


def test_a_duplicate_names_the_ticket_that_it_repeats(zg: Zg, shown: Shown) -> None:
    kept, number = zg.rectifying(), zg.opened()
    zg("withdraw", number, "--reason", "同一件", "--as", "duplicate", "--of", kept)
    card = shown("show", number).stdout
    assert any(line.split(maxsplit=1) == ["撤销原因", f"与 {kept} 重复"] for line in card.splitlines())
    other = zg.opened()
    zg("withdraw", other, "--reason", "弄错了", "--as", "mistake")
    assert any(line.split() == ["撤销原因", "误立"] for line in shown("show", other).stdout.splitlines())
    assert any(line.split() == ["督办经办人", "督办单位"] for line in card.splitlines())
