"""Letters that wait for a signature, on the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from tests.cli.conftest import Zg

SIGNED = ("--by", "督查室主任")


@pytest.fixture
def late(zg: Zg) -> Zg:
    """Two tickets of a bureau and one of the court, five working days late."""
    zg.once(three_late)
    return zg


def three_late(zg: Zg) -> None:
    for lead in ("市市场监管局", "市市场监管局", "市中级法院"):
        zg("assign", zg.opened(), "--lead", lead)
    zg("clock", "set", "2020-10-15T19:00")
    zg("sweep")


def test_one_line_a_unit_day_and_letter_with_its_tickets(late: Zg) -> None:
    bureau, court = late.lines("list", "--proposals")
    assert (bureau["tickets"], bureau["letter"], bureau["level"]) == (["ZG-2020-0001", "ZG-2020-0002"], "circular", 3)
    assert (bureau["on"], bureau["due_on"], bureau["unit"]) == ("2020-10-15", "2020-10-19", "SCJGJ")
    assert (court["tickets"], court["letter"]) == (["ZG-2020-0003"], "report-to-group")
    assert late("list", "--proposals").stdout.splitlines()[0].split("\t") == [
        "ZG-2020-0001,ZG-2020-0002", "SCJGJ", "circular", "3", "2020-10-15", "2020-10-19",
    ]
    assert len(late.lines("list", "--proposals", "--limit", "1")) == 1
    assert len(late.lines("list", "--proposals", "--unit", "市中级法院")) == 1


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_letter_is_issued_for_all_its_tickets_through_a_pipe(late: Zg, form: tuple[str, ...]) -> None:
    lines = late("list", "--proposals", "--unit", "市市场监管局", *form).stdout
    late("--as", "leader", "consent", "-", given=lines)
    done = late.lines("issue", "-", *SIGNED, given=lines)
    assert [(ticket["number"], ticket["acted_level"], ticket["proposals"]) for ticket in done] == [
        ("ZG-2020-0001", 3, []), ("ZG-2020-0002", 3, []),
    ]
    keys = [late.lines("log", number)[-1]["data"]["letter"] for number in ("1", "2")]
    assert keys == ["circular/SCJGJ/2020-10-15"] * 2
    assert [letter["unit"] for letter in late.lines("list", "--proposals")] == ["ZJFY"]
    late("audit", "verify")


def test_a_suspended_ticket_waits_with_its_letter(late: Zg) -> None:
    late("suspend", "3", "--reason", "等待")
    assert [letter["unit"] for letter in late.lines("list", "--proposals")] == ["SCJGJ"]


@pytest.mark.parametrize(("language", "said"), [("zh", "尚未签发，随之终止："), ("en", "never signed, these lapsed with it:")])
def test_a_verification_says_which_proposals_lapsed_with_it(late: Zg, language: str, said: str) -> None:
    late("--as", "市中级法院", "submit", "3", "--note", "已整改")
    assert said in late("--lang", language, "verify", "3", "--dry-run", ZG_FORCE_TTY="1").stderr
    assert [warning["code"] for warning in late.json("verify", "3")["warnings"]] == ["lapsed"]
    assert "未签发的建议随之终止" in late("log", "3", ZG_FORCE_TTY="1").stdout
    assert "lapsed" not in late("--as", "市中级法院", "log", "3", "--json").stdout


def test_a_unit_sees_no_letter_before_it_is_issued(late: Zg) -> None:
    assert late.lines("--as", "市中级法院", "list", "--proposals") == []


def test_what_is_wrong_is_said_in_three_lines(late: Zg) -> None:
    assert "签发人" in late("issue", "1", code=5).stderr
    assert "督办、通报" in late("issue", "1", *SIGNED, "--rung", "约谈", code=5).stderr
    assert late.error("--as", "市中级法院", "issue", "3", *SIGNED, code=4)["code"] == "refused"
    late("waive", "1", "--reason", "已当面督促")
    assert "没有待签发的文书" in late("issue", "1", *SIGNED, code=5).stderr
    assert late.error("list", "--proposals", "--limit", "0", code=2)["code"].startswith("usage")
    for line in ("ZG-2020-0001,x", '{"tickets": 3}', '{"tickets": []}', ","):
        assert late.error("issue", "-", *SIGNED, given=line, code=5)["code"] == "line-without-number"


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ("通报", "待签发", "签发时限")), ("en", ("circular", "to be signed", "time to sign")),
])
def test_people_read_it_on_card_list_why_and_log(
    late: Zg, shown: Callable[..., Result], language: str, said: tuple[str, ...],
) -> None:
    letter, waiting, clock = said
    assert letter in shown("--lang", language, "list", "--proposals").stdout
    assert letter in shown("--lang", language, "show", "1").stdout and waiting in shown("--lang", language, "show", "1").stdout
    why = shown("--lang", language, "why", "1").stdout
    assert clock in why and "2020-10-19 18:00" in why
    assert [item["rung"] for item in late.json("why", "1")["proposals"]] == ["supervision-letter", "circular"]
    late("--as", "leader", "consent", "1")
    late("issue", "1", *SIGNED)
    late("waive", "2", "--reason", "先电话督促")
    assert "督查室主任" in shown("--lang", language, "log", "1").stdout
    assert letter in shown("--lang", language, "log", "2").stdout.splitlines()[-2]
    assert "--by" in shown("--lang", language, "can", "3", "issue").stdout
    late("waive", "3", "--reason", "x")
    assert shown("--lang", language, "list", "--proposals").stdout == ""


def test_as_it_was_is_told_with_the_days_left_then(late: Zg, shown: Callable[..., Result]) -> None:
    text = shown("show", "1", "--at", "2020-10-01").stdout
    assert "剩1个工作日" in text and "逾期" not in text
