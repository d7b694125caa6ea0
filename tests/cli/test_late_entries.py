"""What came on paper is entered with `--on`, and every view says so (补录)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Zg

BASIS = ("--basis", "收文登记第12号")


def overdue(zg: Zg) -> str:
    """Assigned on 2020-09-25 to the end of 2020-10-09; the report of 10-09 lies in a tray until 10-16, after the supervision letter."""
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("accept", number, "--on", "2020-09-25T09:00", *BASIS)
    zg("clock", "set", "2020-10-14T19:00")
    zg("sweep")
    zg("issue", number, "--by", "督查室主任")
    zg("clock", "set", "2020-10-16T10:00")
    return number


@pytest.mark.parametrize("given", ["2020-10-09", "10月9日", "１０月９日", "2020-10-09T17:00"])
def test_a_report_on_the_last_day_was_in_time(zg: Zg, given: str) -> None:
    number = overdue(zg)
    ticket = zg.json("submit", number, "--note", "已整改", "--on", given, *BASIS)
    assert (ticket["state"], ticket["level"], ticket["acted_level"]) == ("submitted", 0, 0)
    assert [(item["trigger"], item["unit"]) for item in ticket["entered"]] == [("accept", "SCJGJ"), ("submit", "SCJGJ")]
    event = zg.lines("log", number)[-1]
    assert event["data"]["for_unit"] == "SCJGJ" and event["words"]["basis"] == "收文登记第12号"
    assert event["data"]["recall"] == ["supervision-letter/SCJGJ/2020-10-13"]


def test_log_and_show_say_that_it_was_entered_late_and_what_must_be_recalled(zg: Zg) -> None:
    number = overdue(zg)
    told = zg("submit", number, "--note", "已整改", "--on", "10月9日", *BASIS, ZG_FORCE_TTY="1")
    assert "这些文书已经签发，须收回：督办函" in told.stderr
    log = zg("log", number, ZG_FORCE_TTY="1").stdout
    assert "申请销号（补录）" in log and "补录依据：收文登记第12号" in log
    assert "补录：市市场监管局的纸质件，实际办理时间 2020-10-09\n" in log
    assert "作废的节点（整改时限）：催办、督办" in log and "须收回已签发的文书：督办函" in log
    card = zg("show", number, ZG_FORCE_TTY="1").stdout
    assert "补录" in card and "申请销号，市市场监管局，2020-10-09\n" in card
    english = zg("--lang", "en", "log", number, ZG_FORCE_TTY="1").stdout
    assert "submit (entered late)" in english and "to be recalled: supervision letter" in english
    assert "entered late" in zg("--lang", "en", "show", number, ZG_FORCE_TTY="1").stdout


def test_why_says_that_a_clock_began_anew_by_a_late_entry(zg: Zg) -> None:
    number = overdue(zg)
    zg("submit", number, "--note", "已整改", "--on", "10月9日", *BASIS)
    assert "因申请销号（补录）重新起算" in zg("why", number, ZG_FORCE_TTY="1").stdout
    assert "submit (entered late)" in zg("--lang", "en", "why", number, ZG_FORCE_TTY="1").stdout


def test_the_unit_hears_that_its_paper_was_entered_and_what_is_void(zg: Zg) -> None:
    number = overdue(zg)
    zg("submit", number, "--note", "已整改", "--on", "10月9日", *BASIS)
    text = zg("--as", "市市场监管局", "notices", ZG_FORCE_TTY="1", COLUMNS="200").stdout
    assert "申请销号（补录）" in text and "作废" in text


def test_who_entered_a_report_does_not_verify_it_unless_alone(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "admin", "user", "add", "wangfang", "--role", "supervisor", "--title", "督查专员")
    zg("clock", "set", "2020-09-27T10:00")
    zg("accept", number, "--on", "2020-09-25T10:00", *BASIS)
    zg("submit", number, "--note", "已整改", "--on", "2020-09-26", *BASIS)
    assert zg.error("verify", number, code=4)["reasons"][0]["code"] == "own-hands"
    zg("--as", "wangfang", "verify", number)


@pytest.mark.parametrize("colleagues", [(), ("third",)])
def test_what_a_stand_in_entered_is_not_verified_by_whom_it_stands_in_for_where_a_third_can(zg: Zg, colleagues: tuple[str, ...]) -> None:
    number = overdue(zg)
    for name in ("bob", *colleagues):
        zg("--as", "admin", "user", "add", name, "--role", "supervisor", "--title", name)
    zg("--as", "admin", "user", "stand-in", "office", "--by", "bob", "--until", "2020-12-31")
    zg("--as", "bob/office", "submit", number, "--note", "已整改", "--on", "2020-10-09", *BASIS)
    assert zg.error("--as", "bob", "verify", number, code=4)["reasons"][0]["code"] == "own-hands"
    zg("--as", "office", "verify", number, code=4 if colleagues else 0)
    zg("audit", "verify")


def test_an_office_of_one_verifies_what_it_entered(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("clock", "set", "2020-09-27T10:00")
    zg("accept", number, "--on", "2020-09-25T10:00", *BASIS)
    zg("submit", number, "--note", "已整改", "--on", "今天", *BASIS)
    zg("verify", number)


def test_a_rung_that_had_come_before_the_paper_counts_though_nobody_swept(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("--as", "市市场监管局", "accept", number)
    zg("clock", "set", "2020-10-16T10:00")
    ticket = zg.json("submit", number, "--note", "已整改", "--on", "2020-10-12T09:00", *BASIS)
    assert (ticket["state"], ticket["level"]) == ("submitted", 1)
    assert [event["data"]["rung"] for event in zg.lines("log", number) if event["kind"] == "escalated"] == ["reminder", "urging"]


@pytest.mark.parametrize(("words", "code", "reason"), [
    (("submit", "--note", "已整改", "--on", "2020-10-17", *BASIS), 5, "entry-ahead"),
    (("submit", "--note", "已整改", "--on", "2020-09-24", *BASIS), 5, "entry-before-act"),
    (("submit", "--note", "已整改", "--on", "2020-10-09"), 5, "entry-basis-missing"),
    (("submit", "--note", "已整改", "--on", "2020-10-09", *BASIS, "--for", "市公安局"), 4, "entry-other-unit"),
    (("do", "comment", "--set", "note=电话", "--on", "2020-10-09", *BASIS), 5, "entry-not-a-units"),
])
def test_what_cannot_be_entered_says_why(zg: Zg, words: tuple[str, ...], code: int, reason: str) -> None:
    number = overdue(zg)
    command, *rest = words
    trigger = [rest.pop(0)] if command == "do" else []
    found = zg.error(command, *trigger, number, *rest, code=code)
    assert reason in [item["code"] for item in found["reasons"]]
    assert zg("show", number, "--json").stdout == zg("show", number, "--json").stdout


def test_a_basis_without_a_date_is_a_usage_error(zg: Zg) -> None:
    number = overdue(zg)
    assert "--on" in zg.error("submit", number, "--note", "已整改", *BASIS, code=2)["message"]


def test_a_day_to_come_is_refused_as_one(zg: Zg) -> None:
    number = overdue(zg)
    zg("submit", number, "--note", "已整改", "--on", "12月1日", *BASIS, code=2)


def test_the_contact_s_sheet_is_entered_after_the_ticket_was_deemed_accepted(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    zg("clock", "set", "2020-09-30T10:00")
    zg("sweep")
    ticket = zg.json("accept", number, "--on", "2020-09-25T11:00", *BASIS)
    assert ticket["state"] == "rectifying" and [item["trigger"] for item in ticket["entered"]] == ["accept"]
    log = zg("log", number, ZG_FORCE_TTY="1").stdout
    assert "视同签收" in log and "签收（补录）" in log
    assert "accept (entered late)" in zg("--lang", "en", "log", number, ZG_FORCE_TTY="1").stdout
    zg("accept", number, "--on", "2020-09-25T11:00", *BASIS, code=5)
    zg("audit", "verify")
