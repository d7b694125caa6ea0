"""What a leader decides (同意/不同意), in person or on paper, and a withdrawal that is taken back: as an office types them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
def late(zg: Zg) -> Zg:
    """A ticket five working days late: a circular is proposed."""
    zg.once(five_days_late)
    return zg


def five_days_late(zg: Zg) -> None:
    zg("assign", zg.opened(), "--lead", "市市场监管局")
    zg("clock", "set", "2020-10-15T19:00")
    zg("sweep")


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "批示件.png"
    path.write_bytes(PNG)
    return str(path)


def test_a_circular_is_refused_with_the_command_that_is_missing(late: Zg) -> None:
    error = late.error("issue", "1", "--by", "督查室主任", code=5)
    assert error["reasons"][0]["code"] == "consent-missing"
    assert "zg issue ZG-2020-0001 --by 签发人 --rung 督办" in error["hint"] and "zg --as 领导账号 consent ZG-2020-0001" in error["hint"]
    text = late("issue", "1", "--by", "督查室主任", code=5).stderr
    assert "“通报”须先经领导同意" in text
    assert "circular needs a leader's consent" in late("--lang", "en", "issue", "1", "--by", "x", code=5).stderr


def test_today_asks_for_the_consent_before_the_letter(late: Zg, scan: str) -> None:
    def letters() -> str:
        return str(next(item for item in late.json("today")["sections"] if item["section"] == "letters")["tickets"][0]["command"])

    assert letters() == "zg consent ZG-2020-0001 --about circular --by WHO --file FILE"
    late("consent", "1", "--by", "王副市长", "--file", scan)
    assert letters() == "zg issue ZG-2020-0001 --by WHO"
    late("--as", "leader", "consent", "1", "--refuse")
    assert letters() == "zg waive ZG-2020-0001 --reason TEXT"


def command(zg: Zg, section: str, *, who: str = "office") -> str:
    """What `today` says to run about the first ticket of a section."""
    tickets = next(item for item in zg.json("--as", who, "today")["sections"] if item["section"] == section)["tickets"]
    return str(tickets[0]["command"]) if tickets else ""


def test_today_asks_for_the_consent_before_a_second_extension(zg: Zg, scan: str) -> None:
    zg("assign", zg.opened(grade="B"), "--lead", "市市场监管局")
    zg("--as", "市市场监管局", "accept", "1")
    for said in (None, "同意", "不同意"):
        zg("--as", "市市场监管局", "request-extension", "1", "--to", "3wd", "--reason", "外线施工", "--approved-by", "刘局长")
        if said is None:
            assert command(zg, "requests") == "zg grant ZG-2020-0001"
            zg("grant", "1")
        else:
            assert command(zg, "requests") == "zg consent ZG-2020-0001 --about extension --by WHO --file FILE"
            refused = ("--refuse",) if said == "不同意" else ()
            zg("consent", "1", "--by", "王副市长", "--file", scan, *refused)
            assert command(zg, "requests") == ("zg refuse ZG-2020-0001 --reason TEXT" if refused else "zg grant ZG-2020-0001")
            zg("refuse", "1", "--reason", "另行研究")


def test_today_tells_how_to_assign_what_two_units_declined_and_asks_the_leader_of_one_of_them(zg: Zg) -> None:
    zg("--as", "admin", "user", "add", "wang", "--title", "王副市长", "--role", "leader")
    zg("--as", "admin", "user", "add", "li", "--title", "李副市长", "--role", "leader")
    zg("--as", "admin", "user", "portfolio", "wang", "--unit", "市公安局")
    zg("--as", "admin", "user", "portfolio", "li", "--unit", "市财政局")
    number = zg.opened()
    for unit in ("市公安局", "市税务局"):
        assert command(zg, "to-assign") == f"zg assign {number} --lead UNIT"
        zg("assign", number, "--lead", unit)
        zg("--as", unit, "decline", number, "--reason", "不在职责之内")
    assert command(zg, "to-assign") == f"zg assign {number} --lead UNIT --designate --basis TEXT"
    assert command(zg, "decisions", who="wang") == f"zg consent {number} --about designation", "a unit of this leader declined it"
    assert command(zg, "decisions", who="li") == ""


def test_today_sends_nobody_to_verify_what_somebody_else_must_verify(zg: Zg, scan: str) -> None:
    number = zg.opened(grade="A")
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "市市场监管局", "accept", number)
    zg("--as", "市市场监管局", "endorse", number, "--file", scan)
    zg("--as", "市市场监管局", "submit", number, "--note", "已合并", "--file", scan)
    verify = f"zg verify {number} --note TEXT"
    assert command(zg, "to-verify") == verify, "the office has one person"
    zg("--as", "admin", "user", "add", "second", "--title", "督办二科", "--role", "supervisor")
    assert command(zg, "to-verify") == f"zg can {number} verify", "who assigned it is told why"
    assert command(zg, "to-verify", who="second") == verify


@pytest.mark.parametrize("words", [
    ("issue", "1", "--rung", "督办", "--by", "姓名或职务"), ("issue", "1", "--rung", "督办", "--by", "WHO"),
    ("waive", "1", "--reason", "TEXT"), ("waive", "1", "--reason", "理由"), ("comment", "1", "--note", " 说明 "),
    ("issue", "1", "--rung", "督办", "--by", "签发人"),
])
def test_a_place_that_was_not_filled_in_is_missing_and_never_a_fact(late: Zg, words: tuple[str, ...]) -> None:
    error = late.error(*words, code=2)
    assert error["code"] == "usage-placeholder" and "缺少" in error["message"]
    assert late.json("show", "1")["acted_level"] == 1


def test_the_account_of_the_leader_is_no_place_to_be_filled_in(late: Zg) -> None:
    late("open", "窗口无人", "--source", "visit")
    assert late.json("assign", "2", "--lead", "市公安局", "--leader", "leader")["leader"] == "leader"


def test_a_leader_agrees_in_person_and_the_office_issues(late: Zg) -> None:
    ticket = late.json("--as", "leader", "consent", "1", "--note", "同意通报")
    assert [(item["about"], item["by"], item["agreed"]) for item in ticket["consents"]] == [("rectify/1/circular", "leader", True)]
    assert late.json("issue", "1", "--by", "督查室主任")["acted_level"] == 3
    late("audit", "verify")


def test_a_leader_who_does_not_agree_is_asked_for_by_name(late: Zg) -> None:
    late("--as", "leader", "consent", "1", "--refuse", "--note", "先约谈再定")
    assert "分管市领导不同意“通报”" in late("issue", "1", "--by", "督查室主任", code=5).stderr, "by the post, and not the account"
    assert "分管市领导不同意：通报" in (log := late("log", "1").stdout) and "不同意：是" not in log, "a no is told once"
    late("waive", "1", "--reason", "领导不同意通报")


def test_the_office_registers_a_paper_decision_of_a_leader_without_account(late: Zg, scan: str) -> None:
    assert "--file" in late("consent", "1", "--by", "王副市长", code=5).stderr
    ticket = late.json("consent", "1", "--by", "王副市长", "--file", scan)
    assert ticket["consents"][0]["by"] == "王副市长"
    late("issue", "1", "--by", "督查室主任")


@pytest.mark.parametrize(("language", "log", "card"), [
    ("zh", "王副市长同意：通报", "王副市长同意通报"), ("en", "王副市长 agrees: circular", "王副市长 agrees to circular"),
])
def test_log_and_card_say_who_agreed_to_what(late: Zg, scan: str, shown: Callable[..., Result], language: str, log: str, card: str) -> None:
    late("consent", "1", "--by", "王副市长", "--file", scan)
    assert log in shown("--lang", language, "log", "1").stdout
    assert card in shown("--lang", language, "show", "1").stdout
    assert late.json("--as", "市市场监管局", "show", "1")["consents"] == [], "it is the office's own"


def test_can_says_what_a_leader_may_decide_and_what_the_office_misses(late: Zg) -> None:
    assert late.json("--as", "leader", "can", "1", "consent")["possible"]
    assert late.json("can", "1", "consent")["needs"] == ["by", "file"]
    late("--as", "市市场监管局", "can", "1", "consent", code=4)


def test_several_are_decided_at_once(late: Zg) -> None:
    for _ in range(2):
        late("assign", late.opened(), "--lead", "市公安局")
    late("clock", "set", "2020-11-02T19:00")
    late("sweep")
    late("--as", "leader", "consent", "1", "2", "3")
    assert [item["consents"][0]["agreed"] for item in late.lines("show", "1", "2", "3")] == [True] * 3


def test_a_mistaken_withdrawal_is_taken_back(zg: Zg, shown: Callable[..., Result]) -> None:
    number = zg.rectifying()
    before = zg.json("show", number)
    zg("withdraw", number, "--reason", "撤错了编号")
    assert "reinstate" in zg.json("show", number)["actions"]
    ticket = zg.json("reinstate", number, "--reason", "撤错了编号")
    assert {name: ticket[name] for name in ("number", "state", "promised_on", "attempt", "light")} == {
        name: before[name] for name in ("number", "state", "promised_on", "attempt", "light")
    }
    assert "撤回撤销" in shown("log", number).stdout and "reinstate" in shown("--lang", "en", "log", number).stdout
    zg("reinstate", number, "--reason", "撤错了编号", code=5)
    zg("audit", "verify")
