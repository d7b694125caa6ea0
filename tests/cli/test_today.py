"""What `today` puts before whoever opens the day: what is stuck, what the head is to endorse, and both answers to a question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from click.testing import Result

from engine.record.connection import connect
from tests.cli.conftest import Zg
from tests.rows import a_definition, tell

Shown = Callable[..., Result]
BAD = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of `{}`


def section(zg: Zg, name: str, *actor: str) -> list[dict[str, Any]]:
    found = {item["section"]: item for item in zg.json(*actor, "today")["sections"]}[name]
    assert found["count"] == len(found["tickets"])
    return list(found["tickets"])


def commands(tickets: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(ticket["command"], ticket.get("otherwise")) for ticket in tickets]


def test_a_request_may_be_granted_or_refused(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("--as", "市市场监管局", "request-extension", number, "--to", "2020-10-14", "--reason", "外线施工")
    assert commands(section(zg, "requests")) == [(f"zg grant {number}", f"zg refuse {number} --reason TEXT")]
    for language, told in (("zh", "  或者：zg refuse 编号 --reason 理由"), ("en", "  or: zg refuse NO --reason TEXT")):
        lines = shown("--lang", language, "today").stdout.splitlines()
        place = next(place for place, line in enumerate(lines) if line.endswith("zg grant 1"))
        assert lines[place + 1] == told
    assert zg("today").stdout.splitlines()[-1].split("\t")[-2:] == [f"zg grant {number}", f"zg refuse {number} --reason TEXT"]


def test_whoever_verifies_signs_or_decides_may_say_no(zg: Zg) -> None:
    submitted = zg.submitted()
    assert commands(section(zg, "to-verify")) == [(f"zg verify {submitted} --note TEXT", f"zg reject {submitted} --reason TEXT")]
    late = zg.rectifying()
    zg("clock", "set", "2020-10-13T18:00")
    zg("sweep")
    assert commands(section(zg, "letters")) == [(f"zg issue {late} --by WHO", f"zg waive {late} --reason TEXT")]
    zg("clock", "set", "2020-10-20T10:00")
    zg("sweep")
    about = f"zg consent {late} --about circular"
    assert (about, f"{about} --refuse") in commands(section(zg, "decisions", "--as", "leader"))


def test_an_instruction_that_nobody_answered_stays_before_whoever_gave_it_after_the_end(zg: Zg) -> None:
    number = zg.rectifying()
    zg("--as", "leader", "instruct", number, "--note", "限期办结")
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "市市场监管局", "submit", number, "--note", "已整改")
    assert commands(section(zg, "instructions")) == [(f"zg show {number}", None)]
    zg("verify", number, "--note", "已核")
    for actor in ((), ("--as", "leader")):
        assert commands(section(zg, "instructions", *actor)) == [(f"zg show {number}", None)]


def test_a_leader_is_told_which_letter_waits_the_highest_first(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    zg("clock", "set", "2020-10-30T10:00")
    zg("sweep")

    def waiting() -> list[str]:
        return [ticket["command"] for ticket in section(zg, "decisions", "--as", "leader")]

    assert waiting() == [f"zg consent {number} --about interview"]
    assert "zg consent 1 --about 约谈\n" in shown("--as", "leader", "today").stdout
    assert "  或者：zg consent 编号 --about 约谈 --refuse\n" in shown("--as", "leader", "today").stdout
    zg("--as", "leader", "consent", "1", "--about", "约谈", "--refuse")
    assert waiting() == [f"zg consent {number} --about circular"], "what is left, and not the same letter again"
    zg(*waiting()[0].replace("zg", "--as leader").split())
    assert waiting() == []


def test_what_a_leader_may_be_asked_beside_letters_is_typed_as_people_call_it(zg: Zg, shown: Shown) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市公安局")
    zg("--as", "市公安局", "decline", number, "--reason", "不在职责之内")
    assert "zg consent 1 --about 指定承办\n" in shown("--as", "leader", "today").stdout
    assert "zg consent 1 --about designation\n" in shown("--lang", "en", "--as", "leader", "today").stdout
    zg("--as", "leader", "consent", "1", "--about", "指定承办")


def test_an_objection_of_a_cooperator_is_the_office_s_to_see_to(zg: Zg, shown: Shown) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局", "--with", "市税务局")
    assert section(zg, "objections") == []
    zg("--as", "市税务局", "object", number, "--reason", "数据口径不一致")
    assert commands(section(zg, "objections")) == [(f"zg show {number}", None)]
    assert "配合单位有异议（1）" in shown("today").stdout and "objections of cooperators (1)" in shown("--lang", "en", "today").stdout
    zg("--as", "市市场监管局", "accept", number)
    zg("--as", "市税务局", "sign-off", number)
    assert section(zg, "objections") == []


def test_a_head_is_told_what_to_endorse_and_a_contact_is_not(zg: Zg) -> None:
    simple, hard = zg.opened(grade="C"), zg.opened(grade="B")
    for number in (simple, hard):
        zg("assign", number, "--lead", "市市场监管局")
        zg("--as", "市市场监管局", "accept", number)
    assert commands(section(zg, "to-endorse", "--as", "scjgj-head")) == [(f"zg endorse {hard}", f"zg send-back {hard} --reason TEXT")]
    assert "to-endorse" not in {item["section"] for item in zg.json("--as", "市市场监管局", "today")["sections"]}
    told = [entry["number"] for item in zg.json("--as", "scjgj-head", "today")["sections"] for entry in item["tickets"]]
    assert sorted(told) == sorted([simple, hard]), "what waits for the own signature stands there alone"
    zg("--as", "scjgj-head", "send-back", hard, "--reason", "缺照片")
    assert section(zg, "to-endorse", "--as", "scjgj-head") == []
    assert commands(section(zg, "to-revise", "--as", "市市场监管局")) == [(f"zg progress {hard} --note TEXT", None)]
    zg("--as", "scjgj-head", "endorse", hard)
    assert section(zg, "to-endorse", "--as", "scjgj-head") == []


def test_what_would_be_refused_is_not_proposed(zg: Zg) -> None:
    """Neither to submit while a part is open, nor to verify without the evidence that nobody handed in."""
    number, lead = zg.opened(grade="B"), ("--as", "市市场监管局")
    zg("assign", number, "--lead", "市市场监管局", "--with", "市税务局")
    zg(*lead, "accept", number)
    assert commands(section(zg, "to-submit", *lead)) == [(f"zg can {number} submit", None)]
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "scjgj-head", "endorse", number)
    assert commands(section(zg, "to-submit", *lead)) == [(f"zg submit {number} --note TEXT", None)]
    zg(*lead, "submit", number, "--note", "已合并为一张表")
    assert commands(section(zg, "to-verify")) == [
        (f"zg verify {number} --note TEXT --file FILE", f"zg reject {number} --reason TEXT"),
    ]


def test_a_suspension_that_is_over_is_stuck(zg: Zg) -> None:
    number = zg.rectifying()
    zg("suspend", number, "--reason", "等批复", "--until", "2020-10-12")
    assert section(zg, "stuck") == []
    zg("clock", "set", "2020-10-13T09:00")
    assert commands(section(zg, "stuck")) == [(f"zg resume {number}", None)]


def test_what_waits_for_a_unit_with_nobody_to_act_is_stuck(zg: Zg, shown: Shown) -> None:
    number = zg.rectifying()
    for name in ("scjgj", "scjgj-head"):
        zg("--as", "admin", "user", "disable", name)
    assert commands(section(zg, "stuck")) == [(
        "zg user add ACCOUNT --title WHO --unit SCJGJ --role contact", f"zg reassign {number} --lead UNIT --reason TEXT",
    )]
    assert "停滞" in shown("today").stdout
    zg("--as", "admin", "user", "add", "li", "--title", "李联络员", "--unit", "SCJGJ", "--role", "contact")
    assert section(zg, "stuck") == []
    for name in ("shuiwj", "shuiwj-head"):
        zg("--as", "admin", "user", "disable", name)
    assert commands(section(zg, "stuck")) == [("zg user add ACCOUNT --title WHO --unit SHUIWJ --role contact", None)], "its part is open"
    assert section(zg, "parts", "--as", "li") == [] and section(zg, "to-submit", "--as", "li")


def test_a_ticket_whose_rules_fail_is_stuck_until_something_happens_to_it(zg: Zg) -> None:
    """The definition it is pinned to cannot be read: the rest of the day can."""
    number, other = zg.rectifying(), zg.submitted()
    right = zg.json("show", number)["definition"]
    with closing(connect(zg.url)) as database:
        tell(database, a_definition(BAD, "broken", current=False))
        with database.write():
            database.run("UPDATE ticket SET definition = :bad WHERE number = :number", bad=BAD, number=number)
    zg("clock", "set", "2020-10-12T09:00")
    zg("sweep", code=None)
    assert commands(section(zg, "stuck")) == [(f"zg log {number}", None)]
    assert [ticket["number"] for ticket in section(zg, "overdue")] == [number]
    assert [ticket["number"] for ticket in section(zg, "to-verify")] == [other]
    assert [node["number"] for node in zg.lines("list", "--state", "submitted")] == [other]
    with closing(connect(zg.url)) as database, database.write():
        database.run("UPDATE ticket SET definition = :right WHERE number = :number", right=right, number=number)
    zg("urge", number, "--by", "phone")
    assert section(zg, "stuck") == []
