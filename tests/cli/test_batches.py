"""`zg batch`: what came in with a letter, as people and programs are told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from engine.cli.terminal import display_width
from tests.cli.conftest import Zg

NEW = ("batch", "new", "省营商环境评价反馈问题", "--letter", "豫营商办〔2020〕12号", "--date", "2020-09-20", "--sender", "省营商办")
SHOWN = (("batch", "show", "1"), ("batch", "show", "1", "--json"), ("batch", "list"), ("batch", "list", "--all", "--json"))


def opened(zg: Zg, *words: str) -> str:
    return str(zg.json("open", "企业开办材料重复提交", "--source", "superior", "--batch", "1", *words)["number"])


def test_a_letter_is_received_and_its_tickets_are_listed(zg: Zg) -> None:
    made = zg.json(*NEW)
    assert made == {
        "number": "B-2020-0001", "title": "省营商环境评价反馈问题", "letter": "豫营商办〔2020〕12号", "dated_on": "2020-09-20",
        "sender": "省营商办", "assign_limit": "10 working days", "assign_due_at": "2020-10-15T10:00:00Z", "assign_due_on": "2020-10-15",
        "office_late": False, "next_alarm": "2020-10-15T10:00:00Z",
        "received_at": "2020-09-25T01:00:00Z", "received_on": "2020-09-25", "received_by": "office", "closed_at": None,
        "closed_on": None, "closed_by": None, "version": 1, "tickets": 0, "unassigned": 0, "open": 0, "repeats": 0,
    }
    number = opened(zg, "--lead", "市市场监管局")
    shown = zg.json("batch", "show", "B-2020-1")
    assert shown["members"] == [
        {"number": number, "title": "企业开办材料重复提交", "state": "found", "lead": "SCJGJ", "promised_on": None},
    ]
    assert (shown["tickets"], shown["unassigned"], shown["open"]) == (1, 1, 1)
    assert zg.json("show", number)["batch"] == "B-2020-0001"
    zg("audit", "verify")


def test_what_a_letter_lacks_is_refused_with_every_reason(zg: Zg) -> None:
    refused = zg.error(
        "batch", "new", " ", "--letter", "一\n二", "--date", "2020-09-26", "--sender", "省营商办", "--limit", "0d", code=5,
    )
    assert [reason["code"] for reason in refused["reasons"]] == ["title-empty", "words-control", "letter-ahead", "limit-empty"]
    zg(*NEW)
    assert [reason["code"] for reason in zg.error(*NEW, code=5)["reasons"]] == ["letter-received"]


@pytest.mark.parametrize(("words", "code"), [
    (("--date", "没日子"), "when-not-understood"), (("--limit", "很久"), "when-not-an-amount"), (("--sender", "TEXT"), "usage-placeholder"),
])
def test_what_cannot_be_read_is_a_mistake_in_writing(zg: Zg, words: tuple[str, str], code: str) -> None:
    given = list(NEW)
    if words[0] in given:
        given[given.index(words[0]) + 1] = words[1]
    else:
        given += words
    assert zg.error(*given, code=2)["code"] == code


def test_a_batch_is_closed_once_all_of_it_is_assigned(zg: Zg) -> None:
    zg(*NEW)
    number = opened(zg)
    assert [reason["code"] for reason in zg.error("batch", "close", "1", code=5)["reasons"]] == ["batch-unassigned"]
    zg("assign", number, "--lead", "市市场监管局")
    rehearsed = zg.json("batch", "close", "1", "--dry-run")
    assert (rehearsed["dry_run"], [event["kind"] for event in rehearsed["events"]]) == (True, ["batch-closed"])
    closed = zg.json("batch", "close", "1")
    assert (closed["closed_by"], closed["closed_on"], closed["open"]) == ("office", "2020-09-25", 1)
    assert zg.lines("batch", "list") == [] and len(zg.lines("batch", "list", "--all")) == 1
    assert [reason["code"] for reason in zg.error(
        "open", "又一件", "--source", "superior", "--batch", "1", code=5,
    )["reasons"]] == ["batch-over"]


def test_each_of_several_units_gets_a_ticket_of_the_batch(zg: Zg) -> None:
    zg(*NEW)
    done = zg.lines("open", "窗口无人值守", "--source", "superior", "--batch", "1", "--lead", "市公安局、市税务局", "--each", "--yes")
    assert {ticket["batch"] for ticket in done} == {"B-2020-0001"} and len(done) == 2


@pytest.mark.parametrize("who", ["scjgj", "scjgj-head", "admin"])
@pytest.mark.parametrize("words", [*SHOWN, NEW, ("batch", "close", "1")], ids=" ".join)
def test_no_unit_and_no_administrator_learns_of_a_batch(zg: Zg, words: tuple[str, ...], who: str) -> None:
    zg(*NEW)
    opened(zg)
    result = zg("--as", who, *words, code=4)
    assert result.stdout == "" and "省营商办" not in result.stderr and "B-2020-0001" not in result.stderr


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_leaders_and_the_auditor_read_batches_and_write_none(zg: Zg, who: str) -> None:
    zg(*NEW)
    for words in SHOWN:
        assert "省营商环境评价反馈问题" in zg("--as", who, *words).stdout
    for words in (("batch", "close", "1"), NEW):
        refused = zg.error("--as", who, *words, code=4)
        assert refused["code"] == "not-permitted"


@pytest.mark.parametrize("typed", ["2", "ZG-2020-0001", "渣", "B-2019-0001"])
def test_a_batch_that_is_not_there_is_not_found(zg: Zg, typed: str) -> None:
    zg(*NEW)
    for words in (("batch", "show"), ("batch", "close")):
        assert zg.error(*words, typed, code=3)["code"] == "batch-not-found"
    assert zg.error("open", "标题", "--source", "visit", "--batch", typed, code=3)["code"] == "batch-not-found"


@pytest.mark.parametrize("words", [
    ("show",), ("why",), ("can",), ("assign", "--lead", "市公安局"),
    ("audit", "export"), ("audit", "verify"), ("evidence", "get", "--out", "."),
], ids=" ".join)
def test_a_command_for_tickets_knows_no_batch(zg: Zg, words: tuple[str, ...]) -> None:
    zg(*NEW)
    first = words[:2] if words[0] in ("audit", "evidence") else words[:1]
    assert zg.error(*first, "B-2020-0001", *words[len(first):], code=3)["code"] == "ticket-not-found"


def test_the_whole_export_holds_batches_and_verifies_as_a_file(zg: Zg) -> None:
    zg(*NEW)
    zg("audit", "export", "--out", "all.jsonl")
    assert zg.json("audit", "verify", "--file", "all.jsonl")["events"] > 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_batches_fit_a_narrow_terminal(zg: Zg, shown: Callable[..., Result], language: str) -> None:
    zg(*NEW)
    opened(zg, "--lead", "市市场监管局")
    for words in (("batch", "list"), ("batch", "show", "1")):
        page = shown("--lang", language, *words, COLUMNS="60").stdout
        assert "B-2020-0001" in page and "2020-10-15" in page
        assert max(map(display_width, page.splitlines())) <= 60, page


def test_the_office_reads_of_which_batch_a_ticket_is_and_when_a_batch_was_closed(zg: Zg, shown: Callable[..., Result]) -> None:
    zg(*NEW)
    number = opened(zg)
    zg("assign", number, "--lead", "市市场监管局")
    zg("batch", "close", "1")
    assert "来文批次\tB-2020-0001" in zg("show", number).stdout
    assert "B-2020-0001" not in zg("--as", "市市场监管局", "show", number).stdout
    assert shown("batch", "list", "--all").stdout.splitlines()[1].endswith("2020-09-25")


def test_whoever_may_not_receive_letters_is_told_who_may(zg: Zg) -> None:
    zg(*NEW)
    for who in ("scjgj", "leader"):
        for words in (("batch", "close", "1"), NEW):
            told = zg("--lang", "en", "--as", who, *words, code=4).stderr
            assert "supervision office" in told and "auditor" not in told, told


def test_the_scan_of_a_letter_comes_with_it(zg: Zg, tmp_path: Path) -> None:
    (tmp_path / "来文.pdf").write_bytes(b"%PDF-1.4 a letter")
    zg(*NEW, "--file", str(tmp_path / "来文.pdf"))
    [received] = zg.lines("log", "B-2020-0001")
    assert received["data"]["evidence"][0]["type"] == "application/pdf"
    assert "来文.pdf" in zg("log", "b-2020-1").stdout
    zg("audit", "verify")


def test_two_people_erase_the_words_of_a_letter(zg: Zg) -> None:
    zg(*NEW)
    asked = zg.json("redact", "B-2020-0001", "--seq", "1", "--reason", "含个人信息")
    assert asked["title"] == "省营商环境评价反馈问题"
    assert zg.error("redact", "B-2020-0001", "--seq", "1", "--confirm", code=4)["reasons"][0]["code"] == "erasure-same-person"
    rehearsed = zg.json("--as", "admin", "redact", "B-2020-0001", "--seq", "1", "--confirm", "--dry-run")
    assert [event["kind"] for event in rehearsed["events"]] == ["erased"] and "batch" not in rehearsed
    assert "试运行" not in zg("--as", "admin", "redact", "B-2020-0001", "--seq", "1", "--confirm", "--dry-run").stdout
    assert zg.json("--as", "admin", "redact", "B-2020-0001", "--seq", "1", "--confirm") == {"number": "B-2020-0001"}
    assert "省营商办" not in zg("batch", "show", "1").stdout
    assert [event["words"] for event in zg.lines("log", "B-2020-0001")] == [None, {"reason": "含个人信息"}, None]
    zg("audit", "verify")


def test_words_of_a_batch_that_is_not_there_cannot_be_erased(zg: Zg) -> None:
    assert zg.error("redact", "B-2020-0001", "--seq", "1", "--reason", "误录", code=3)["code"] == "batch-not-found"


@pytest.mark.parametrize("who", ["scjgj", "admin"])
def test_the_log_of_a_batch_is_for_whoever_may_read_batches(zg: Zg, who: str) -> None:
    zg(*NEW)
    assert zg.error("--as", who, "log", "B-2020-0001", code=4)["code"] == "not-permitted"
    assert [event["kind"] for event in zg.lines("--as", "leader", "log", "B-2020-0001")] == ["batch-received"]


def test_a_sweep_says_which_limit_of_a_batch_is_over(zg: Zg) -> None:
    zg(*NEW)
    opened(zg)
    zg("clock", "set", "2020-10-16T09:00")
    fired = zg.lines("sweep")
    assert [(item["number"], item["clock"], item["rung"], item["unit"], item["recipients"]) for item in fired] == [
        ("ZG-2020-0001", "assign", "office-due", None, []), ("B-2020-0001", "assign-all", "office-due", None, ["office"]),
    ]
    [entry] = zg.lines("notices")
    assert entry["number"] == "B-2020-0001"
    assert "来文批次交办期限" in zg("--lang", "zh", "log", "B-2020-0001").stdout
    zg("audit", "verify")


def test_a_batch_whose_limit_is_over_is_marked(zg: Zg, shown: Callable[..., Result]) -> None:
    zg(*NEW)
    zg("clock", "set", "2020-10-15T18:00")
    [view] = zg.lines("batch", "list")
    assert view["office_late"] is True
    assert "2020-10-15 逾期" in shown("--lang", "zh", "batch", "list").stdout
    assert "已逾期" in zg("--lang", "zh", "batch", "show", "1").stdout


def test_lists_and_figures_are_narrowed_to_a_batch(zg: Zg) -> None:
    zg(*NEW)
    inside, outside = opened(zg), zg.json("open", "窗口无人值守", "--source", "visit")["number"]
    assert [ticket["number"] for ticket in zg.lines("list", "--batch", "1")] == [inside]
    assert zg.json("count", "--batch", "b-2020-1")["total"]["opened"] == 1
    each = zg.lines("open", "材料重复提交", "--source", "visit", "--lead", "市公安局、市税务局", "--each", "--yes")
    assert {ticket["number"] for ticket in zg.lines("list", "--batch", each[0]["number"])} == {ticket["number"] for ticket in each}
    assert {ticket["number"] for ticket in zg.lines("list", "--batch", "1", "--batch", each[0]["number"])} == {
        inside, *(ticket["number"] for ticket in each),
    }
    assert zg.lines("list", "--batch", outside) == []
    for typed, code in (("2", "batch-not-found"), ("ZG-2020-0099", "ticket-not-found")):
        assert zg.error("list", "--batch", typed, code=3)["code"] == code
    assert zg.error("--as", "scjgj", "list", "--batch", "1", code=4)["code"] == "not-permitted"


def test_the_office_reads_today_which_batches_are_to_be_assigned_or_closed(zg: Zg, shown: Callable[..., Result]) -> None:
    def section() -> dict[str, Any]:
        return next(item for item in zg.json("today")["sections"] if item["section"] == "batches")

    assert section() == {"section": "batches", "count": 0, "more": False, "tickets": []}
    zg(*NEW)
    number = opened(zg)
    line = {
        "number": "B-2020-0001", "title": "省营商环境评价反馈问题", "lead": None, "due_on": "2020-10-15",
        "light": "green", "late_days": None,
        "command": "zg list --state found --batch B-2020-0001",
    }
    assert section()["tickets"] == [line]
    zg("assign", number, "--lead", "市市场监管局")
    assert section()["tickets"] == [line | {"light": "blue", "command": "zg batch close B-2020-0001"}]
    zg("clock", "set", "2020-10-15T18:00")
    assert section()["tickets"][0]["light"] == "blue"
    late = opened(zg)
    assert section()["tickets"][0]["light"] == "red"
    assert "来文批次（1）" in shown("--lang", "zh", "today").stdout
    assert "batches\tB-2020-0001" in zg("today").stdout
    zg("assign", late, "--lead", "市市场监管局")
    zg("batch", "close", "1")
    assert section()["count"] == 0
