"""Lists, cards, logs, reasons: on a terminal, in a pipe, as JSON; and what is not a unit's to see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import Result

from engine.app.opening import open_app
from engine.app.settings import load
from engine.cli.complete import _states, _triggers
from engine.cli.terminal import display_width
from engine.record.cache import RuleCache
from engine.record.connection import connect
from engine.rules.proof.chain import moment
from engine.views.moments import moment_text
from tests.cli.conftest import Zg
from tests.rows import a_definition, tell
from tests.rules.test_rule_names import naming

Shown = Callable[..., Result]


def test_where_the_office_is_late_to_assign_the_light_stays_and_the_words_say_it(zg: Zg, shown: Shown) -> None:
    zg("open", "材料重复提交", "--source", "visit")
    assert "● 绿  ZG-2020-0001" in shown("list").stdout
    zg("clock", "set", "2020-11-02T10:00")
    assert "● 绿 督办单位超时" in shown("list").stdout and zg.json("show", "1")["light"] == "green"


def test_a_light_is_sign_word_and_days(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    assert "● 绿 剩5工作日" in shown("list").stdout
    assert "● 绿 剩5个工作日" in shown("show", "1").stdout
    zg("clock", "set", "2020-09-29T10:00")
    assert "▲ 黄 剩2工作日" in shown("list").stdout
    zg("clock", "set", "2020-10-09T17:00")
    assert "▲ 黄 今天到期" in shown("list").stdout
    zg("clock", "set", "2020-10-09")
    assert "● 红 逾期1工作日" in shown("list").stdout
    zg("clock", "set", "2020-10-13T10:00")
    assert "● 红 逾期3工作日" in shown("list").stdout
    assert "● red 3 wd late" in shown("--lang", "en", "list").stdout
    zg("suspend", "1", "--reason", "等待系统")
    assert "◇ 蓝" in shown("list").stdout
    zg("withdraw", "1", "--reason", "误立")
    assert "○ 灰" in shown("list", "--all").stdout


def test_what_was_submitted_in_time_stays_so_however_long_the_office_takes(zg: Zg, shown: Shown) -> None:
    """Seventeen days after it was handed in the light once said that it was late."""
    zg("clock", "set", "2020-10-12T10:00")
    zg.rectifying()
    zg("--as", "市税务局", "sign-off", "1")
    zg("--as", "市市场监管局", "submit", "1", "--note", "已合并")
    zg("clock", "set", "2020-11-20T10:00")
    assert "● 待验收（按期）" in shown("list").stdout
    assert "● 待验收（按期申请）" in shown("show", "1").stdout
    told = shown("why", "1").stdout
    assert "● 待验收（按期申请）" in told and "绿灯：已按期申请销号" in told and "逾期" not in told.splitlines()[1]
    assert "submitted in time" in shown("--lang", "en", "list").stdout
    assert "to be verified (submitted in time)" in shown("--lang", "en", "show", "1").stdout
    node = zg.json("show", "1")
    assert (node["late_days"], node["on_time"], node["light"]) == (0, True, "green")
    assert node["submitted_at"] == "2020-10-12T02:00:00Z"


def test_what_was_submitted_late_says_by_how_much_and_every_attempt_is_told(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-10-12T10:00")
    zg("--as", "市税务局", "sign-off", "1")
    zg("--as", "市市场监管局", "submit", "1", "--note", "已合并")
    zg("clock", "set", "2020-11-20T10:00")
    assert "● 待验收（逾期2日）" in shown("list").stdout
    assert "● 待验收（逾期2日申请）" in shown("show", "1").stdout
    assert "申请时已逾期2个工作日" in shown("why", "1").stdout
    assert "submitted 2 wd late" in shown("--lang", "en", "list").stdout
    zg("reject", "1", "--reason", "材料不全")
    assert "第2次整改（退回1次）" in shown("show", "1").stdout
    assert "number 2 (rejected 1 time)" in shown("--lang", "en", "show", "1").stdout
    zg("reassign", "1", "--lead", "市公安局", "--reason", "职责调整")
    node = zg.json("show", "1")
    assert [(item["attempt"], item["ended"], item["late_days"], item["due_on"]) for item in node["attempts"]] == [
        (1, "rejected", 2, "2020-10-09"), (2, "reassigned", 0, "2020-11-25"),
    ]
    assert zg.json("--as", "市公安局", "show", "1")["attempts"] == []
    zg("withdraw", "1", "--reason", "误立")
    assert zg.json("show", "1")["closed_at"] == "2020-11-20T02:00:00Z"


def test_colour_is_an_addition(zg: Zg) -> None:
    zg.rectifying()
    assert "\x1b[32m● 绿" in zg("list", ZG_FORCE_TTY="1").stdout
    assert "\x1b" not in zg("list", ZG_FORCE_TTY="1", NO_COLOR="1").stdout
    assert "\x1b" not in zg("--color", "never", "list", ZG_FORCE_TTY="1").stdout
    assert "\x1b" in zg("--color", "always", "show", "1").stdout


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_list_fits_its_terminal_and_cuts_no_number(zg: Zg, width: int) -> None:
    zg("open", "企业开办材料重复提交" * 10, "--source", "visit")
    lines = zg("list", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS=str(width)).stdout.splitlines()
    assert all(display_width(line) <= width for line in lines)
    assert "ZG-2020-0001" in lines[1] and "…" in lines[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_narrow_terminal_the_title_shortens_and_the_state_stays_while_it_fits(zg: Zg, language: str) -> None:
    zg("open", "企业开办材料重复提交" * 10, "--source", "visit")
    zg("assign", "1", "--lead", "市公安局", "--with", "市税务局")
    zg("--as", "市公安局", "accept", "1")
    zg("clock", "set", "2020-10-13T10:00")
    lines = zg("--lang", language, "list", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout.splitlines()
    assert all(display_width(line) <= 60 for line in lines)
    assert "10-09" in lines[1] and lines[1].endswith("整改中" if language == "zh" else "rectifying")
    assert "企业开办" in lines[1] and "…" in lines[1]


def test_a_pipe_gets_whole_lines_with_codes(zg: Zg) -> None:
    title = "企业开办材料重复提交" * 10
    zg("open", title, "--source", "visit")
    zg("assign", "1", "--lead", "市公安局")
    result = zg("--lang", "en", "list")
    assert result.stdout == f"ZG-2020-0001\tgreen\tassigned\tGAJ\t2020-10-09\t2020-09-27\t0\t{title}\n"
    assert result.stderr == ""


def test_no_title_can_command_a_terminal(zg: Zg, shown: Shown, tmp_path: Path) -> None:
    """The rules take no such text, so it is written by a hand that goes round them."""
    zg("open", "标题", "--source", "visit", "--detail", "说明")
    zg("comment", "1", "--note", "备注")
    said = "a\x1b[31mb\x07c\rd\x9be\u202ef"
    with closing(sqlite3.connect(tmp_path / "zg.db")) as connection, connection:
        connection.execute("UPDATE ticket SET title = ?, detail = ?", (said, said))
        words = json.dumps({"salt": "grain", "text": {"note": said}})
        connection.execute("UPDATE event SET words = ? WHERE stream = 1 AND seq = 2", (words,))
    for command in (("show", "1"), ("list",), ("log", "1")):
        on_terminal = shown(*command)
        assert "a\\u001b[31mb" in on_terminal.stdout, command
        assert not set(on_terminal.output + zg(*command).output) & set("\x1b\x07\r\x9b\u202e"), command


def test_filters_narrow_the_list(zg: Zg) -> None:
    zg.rectifying()
    zg("open", "窗口无人值守", "--source", "complaint", "--grade", "B")
    numbers = lambda *words: [node["number"][-1] for node in zg.lines("list", *words)]  # noqa: E731
    assert sorted(numbers()) == ["1", "2"]
    assert numbers("--state", "rectifying") == ["1"]
    assert numbers("--unit", "市税务局") == ["1"]
    assert numbers("--source", "complaint") == ["2"]
    assert numbers("--turn", "office") == ["2"]
    assert numbers("--text", "窗口") == ["2"]
    assert sorted(numbers("--light", "green")) == ["1", "2"] and numbers("--light", "yellow") == []
    assert numbers("--overdue") == []
    zg("clock", "set", "2020-10-20")
    assert numbers("--overdue") == ["1"]
    assert numbers("--light", "red") == ["1"]
    assert numbers("--sort", "newest") == ["2", "1"]


def test_pages_go_on_with_a_cursor(zg: Zg, shown: Shown) -> None:
    for _ in range(5):
        zg.opened()
    seen: list[str] = []
    cursor: list[str] = []
    for _ in range(3):
        result = shown("list", "--limit", "2", "--sort", "number", *cursor)
        seen += [line.split("ZG-2020-")[1][:4] for line in result.stdout.splitlines()[1:]]
        found = [line for line in result.stderr.splitlines() if "--after" in line]
        cursor = ["--after", found[0].split("--after ")[1].split("（")[0]] if found else []
    assert seen == ["0001", "0002", "0003", "0004", "0005"] and cursor == []
    assert "共 5 件" in shown("list").stderr
    assert "共 5 件" in shown("list", "--limit", "2").stderr


@pytest.mark.parametrize("sort", ["due", "turn-due", "number", "newest", "changed", "level"])
def test_every_order_pages_without_gap_or_repetition(zg: Zg, shown: Shown, sort: str) -> None:
    zg.rectifying()
    for _ in range(2):
        zg.opened()
    seen: list[str] = []
    cursor: list[str] = []
    while True:
        result = shown("list", "--limit", "1", "--sort", sort, *cursor)
        seen += [line.split("ZG-2020-")[1][:4] for line in result.stdout.splitlines()[1:]]
        found = [line for line in result.stderr.splitlines() if "--after" in line]
        if not found:
            break
        cursor = ["--after", found[0].split("--after ")[1].split("（")[0]]
    assert sorted(seen) == ["0001", "0002", "0003"]


@pytest.mark.parametrize("sort", ["due", "newest", "changed"])
def test_a_program_goes_on_after_the_last_number_it_saw(zg: Zg, sort: str) -> None:
    zg.rectifying()
    for _ in range(4):
        zg.opened()
    seen: list[str] = []
    while page := zg.lines("list", "--limit", "2", "--sort", sort, *(["--after", seen[-1]] if seen else [])):
        seen += [node["number"] for node in page]
    assert sorted(seen) == [f"ZG-2020-000{place}" for place in range(1, 6)]


@pytest.mark.parametrize("cursor", ["x", "e30", "!!", "bnVsbA"])
def test_a_cursor_that_is_none_is_a_usage_error(zg: Zg, cursor: str) -> None:
    assert zg.error("list", "--after", cursor, code=2)["code"] == "usage-cursor"


def test_a_pipe_gets_every_ticket_and_every_one_is_done(zg: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.desk.lists.PIECE", 7)
    monkeypatch.setattr("engine.cli.listing.USUAL_PAGE", 5)
    for _ in range(20):
        zg.opened()
    listed = zg("list", "--state", "found")
    assert len(listed.stdout.splitlines()) == len(zg.lines("list", "--state", "found")) == 20 and listed.stderr == ""
    done = zg("assign", "-", "--lead", "市公安局", given=listed.stdout)
    assert done.exit_code == 0 and zg.lines("list", "--state", "found") == []
    assert len(zg.lines("--as", "市公安局", "list")) == 20


@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize(("language", "said"), [("zh", "只给出前 2 件"), ("en", "Only the first 2")])
def test_a_limit_that_cuts_is_told_and_one_that_does_not_is_not(zg: Zg, form: tuple[str, ...], language: str, said: str) -> None:
    for _ in range(3):
        zg.opened()
    cut = zg("--lang", language, "list", "--limit", "2", *form)
    assert len(cut.stdout.splitlines()) == 2 and said in cut.stderr
    assert zg("list", "--limit", "3", *form).stderr == ""


def test_an_option_given_twice_means_either(zg: Zg) -> None:
    zg.rectifying()
    zg.opened()
    zg("open", "另一件", "--source", "complaint")
    zg("assign", "3", "--lead", "市公安局")
    numbers = lambda *words: sorted(node["number"][-1] for node in zg.lines("list", *words))  # noqa: E731
    assert numbers("--state", "found", "--state", "rectifying") == ["1", "2"]
    assert numbers("--unit", "市公安局", "--unit", "市市场监管局") == ["1", "3"]
    assert numbers("--source", "complaint", "--source", "visit") == ["1", "2", "3"]
    assert numbers("--turn", "office", "--turn", "lead") == ["1", "2", "3"]


def test_open_ones_are_listed_unless_told(zg: Zg) -> None:
    zg.opened()
    zg.opened()
    zg("withdraw", "1", "--reason", "误立")
    numbers = lambda *words: sorted(node["number"][-1] for node in zg.lines("list", *words))  # noqa: E731
    assert (numbers(), numbers("--all"), numbers("--closed")) == (["2"], ["1", "2"], ["1"])
    assert (numbers("--light", "grey"), numbers("--state", "withdrawn")) == (["1"], ["1"])


@pytest.mark.parametrize("typed", ["Ⅱ类", "ⅱ", "ＩＩ", "ii类"])
def test_words_are_found_in_every_width_and_case(zg: Zg, typed: str) -> None:
    zg("open", "窗口第Ⅱ类问题", "--source", "visit")
    zg("open", "Ａ级窗口", "--source", "visit")
    assert [node["number"][-1] for node in zg.lines("list", "--text", typed)] == ["1"]
    assert [node["number"][-1] for node in zg.lines("list", "--text", "a级")] == ["2"]


def test_an_empty_list_says_so_to_people(zg: Zg, shown: Shown) -> None:
    assert zg("list").output == ""
    assert "没有" in shown("list").stderr


def test_a_unit_sees_its_own_tickets_and_none_before_they_are_assigned(zg: Zg) -> None:
    zg("open", "暗访", "--source", "visit", "--lead", "市公安局")
    zg.rectifying()
    assert [node["number"] for node in zg.lines("--as", "市税务局", "list")] == ["ZG-2020-0002"]
    assert zg.lines("--as", "市公安局", "list") == []
    assert zg.lines("--as", "市公安局", "list", "--unit", "市市场监管局") == []
    assert zg.error("--as", "市公安局", "show", "1", code=3)["code"] == "ticket-not-found"
    assert zg.error("--as", "市公安局", "log", "--admin", code=4)["code"] == "not-permitted"


def test_show_at_an_earlier_time(zg: Zg) -> None:
    zg.opened()
    zg("clock", "advance", "1d")
    zg("assign", "1", "--lead", "市公安局")
    assert zg.json("show", "1", "--at", "2020-09-25T20:00")["state"] == "found"
    assert zg.json("show", "1")["state"] == "assigned"
    assert zg.error("show", "1", "--at", "2020-09-01", code=5)["code"] == "before-opening"
    zg("clock", "set", "2020-10-12T09:00")
    rested = zg("show", "1", "--at", "2020-10-01")  # a day of rest: whoever looks back sets no date, so nobody is warned of it
    assert rested.stderr == ""


def test_show_of_several_is_json_lines(zg: Zg) -> None:
    zg.opened()
    zg.opened()
    assert [node["number"] for node in zg.lines("show", "1", "2")] == ["ZG-2020-0001", "ZG-2020-0002"]
    assert zg("show", "1", "2").stdout.count("编号") == 2


def test_a_card_tells_what_the_ticket_waits_for(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    zg("--as", "市税务局", "sign-off", "1")
    text = shown("show", "1").stdout
    assert "市税务局（已确认）" in text and "2020-10-09" in text and "C类（简易）" in text
    zg("--as", "市市场监管局", "request-extension", "1", "--to", "2020-10-13", "--reason", "受限")
    assert "申请延至 2020-10-13 18:00" in shown("show", "1").stdout
    zg("refuse", "1", "--reason", "可以完成")
    zg("clock", "advance", "12wd")
    zg("sweep")
    assert "督办函（应于" in shown("show", "1").stdout


def test_a_log_tells_the_story(zg: Zg, shown: Shown) -> None:
    zg.submitted()
    text = shown("log", "1").stdout
    assert "待交办 → 待签收" in text and "牵头单位：市市场监管局" in text and "说明：已合并为一张表" in text
    assert "市市场监管局联络员" in text
    events = zg.lines("log", "1")
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert zg("log", "1").stdout.splitlines()[0].split("\t")[:3] == ["1", "2020-09-25 09:00", "立项"]
    assert zg.error("log", code=2)["code"] == "usage-log"
    assert zg.error("log", "1", "--admin", code=2)["code"] == "usage-log"
    assert {event["kind"] for event in zg.lines("log", "--admin")} >= {"set", "loaded"}
    assert "载入" in shown("log", "--admin").stdout


@pytest.mark.parametrize(("language", "told"), [
    ("zh", ["来源：明察暗访", "工作任务：3.1", "问题类别：C类（简易）"]),
    ("en", ["source: site visit", "measure: 3.1", "grade: C (simple)"]),
])
def test_a_log_tells_with_what_a_ticket_was_opened(zg: Zg, shown: Shown, language: str, told: list[str]) -> None:
    zg.opened(measure="3.1")
    lines = [line.strip() for line in shown("--lang", language, "log", "1").stdout.splitlines()]
    assert lines[1:4] == told
    assert told[0] in zg("--lang", language, "log", "1").stdout


def test_why_counts_the_days_by_name(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-10-14")
    zg("sweep")
    text = shown("why", "1").stdout
    assert "2020-09-27  周日  补班（国庆节、中秋节）  第1个工作日" in text
    assert "2020-10-01  周四  放假（国庆节、中秋节）" in text
    assert "第5个工作日" in text and "已触发" in text and "下一步" in text
    node = zg.json("why", "1")
    clock, part, sign = node["clocks"]
    assert (part["clock"], part["due_on"], part["before"]) == (
        "part:SHUIWJ", "2020-09-30", {"clock": "rectify", "amount": "1 working day"},
    )
    assert "比“整改时限”提前1个工作日：2020-09-30 18:00" in text
    assert (clock["clock"], clock["due_on"], clock["amount"]) == ("rectify", "2020-10-09", "5 working days")
    assert sum(step["counts"] for step in clock["steps"]) == 5
    assert [rung["state"] for rung in clock["rungs"]] == ["fired", "fired", "fired", "next", "later"]
    assert (sign["clock"], sign["of"], sign["due_on"]) == ("sign", "office", "2020-10-15")
    assert node["light_because"] == "late"


def test_why_tells_what_stands_still(zg: Zg, shown: Shown) -> None:
    zg.submitted()
    node = zg.json("why", "1")
    assert {clock["clock"]: clock["state"] for clock in node["clocks"]} == {"rectify": "rests", "verify": "runs"}
    assert "中止计时" in shown("why", "1").stdout
    zg("clock", "advance", "2wd")
    zg("reject", "1", "--reason", "佐证不全")
    assert zg.json("why", "1")["clocks"][0]["moved"] is True
    assert "顺延" in shown("why", "1").stdout


def test_a_pause_moves_what_is_to_come_and_no_rung_that_is_behind(zg: Zg, shown: Shown) -> None:
    def rungs() -> dict[str, tuple[str, str]]:
        return {rung["rung"]: (rung["state"], rung["at"][:10]) for rung in zg.json("why", "1")["clocks"][0]["rungs"]}

    zg.opened()
    zg("assign", "1", "--lead", "市市场监管局", "--due", "2020-09-28")  # its reminder would have come the day before 交办
    zg("clock", "set", "2020-09-29T10:00")
    zg("sweep")
    behind = {"reminder": ("skipped", "2020-09-25"), "urging": ("fired", "2020-09-28")}
    assert {name: rungs()[name] for name in behind} == behind
    zg("suspend", "1", "--reason", "等待上级答复")
    zg("clock", "set", "2020-10-20T10:00")
    zg("resume", "1")
    assert rungs() == {
        **behind, "supervision-letter": ("next", "2020-10-22"), "circular": ("later", "2020-10-26"), "interview": ("later", "2020-11-02"),
    }
    assert "已触发  2020-09-28 18:00  催办" in shown("why", "1").stdout
    zg("clock", "set", "2020-10-22T18:00")
    zg("sweep")
    zg("suspend", "1", "--reason", "再等")
    assert rungs()["supervision-letter"] == ("fired", "2020-10-22")
    zg("clock", "advance", "5d")
    zg("resume", "1")
    zg("issue", "1", "--by", "王副市长")
    assert "2020-10-22 18:00  督办" in shown("--as", "市市场监管局", "why", "1").stdout


def test_why_dates_what_fired_as_the_log_does(zg: Zg) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-10-10T10:00")
    zg("sweep")
    zg("suspend", "1", "--reason", "等待政策")
    zg("clock", "advance", "10wd")
    zg("resume", "1")
    zg("calendar", "add", "2020-11-02", "--rest", "--name", "停电")
    fired = {event["data"]["rung"]: event["data"]["scheduled_for"] for event in zg.lines("log", "1") if event["kind"] == "escalated"}
    for reader in ("office", "市市场监管局"):
        clock = zg.json("--as", reader, "why", "1")["clocks"][0]
        told = {rung["rung"]: rung["at"] for rung in clock["rungs"] if rung["state"] == "fired"}
        assert told == {rung: moment_text(moment(fired[rung])) for rung in ("reminder", "urging")}
        assert clock["moved"] is True


@pytest.mark.parametrize(("steps", "because", "said"), [
    ((), "no-promise", "绿灯：还没有交办"),
    ((("assign", "1", "--lead", "市公安局"),), "ahead", "绿灯：整改时限 2020-10-09 18:00 还没有临近"),
    ((("withdraw", "1", "--reason", "误立"),), "final", "灰灯：事项已办结（已撤销）"),
    ((("assign", "1", "--lead", "市公安局"), ("suspend", "1", "--reason", "等")), "suspended", "蓝灯：事项暂缓"),
    ((("assign", "1", "--lead", "市公安局", "--due", "2020-10-20"), ("clock", "set", "2020-10-19")), "soon",
     "黄灯：自 2020-10-16 08:30 起临近整改时限 2020-10-20 18:00"),
])
def test_why_the_light_is_as_it_is(zg: Zg, shown: Shown, steps: tuple[tuple[str, ...], ...], because: str, said: str) -> None:
    zg.opened()
    for step in steps:
        zg(*step)
    assert zg.json("why", "1")["light_because"] == because
    assert said in shown("why", "1").stdout


def test_a_long_count_shows_only_its_special_days(zg: Zg, shown: Shown) -> None:
    zg("open", "疑难", "--source", "visit", "--grade", "A")
    zg("assign", "1", "--lead", "市公安局", "--due", "2020-12-01")
    assert "人工指定" in shown("why", "1").stdout


def test_can_lists_every_trigger_with_every_reason(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    node = zg.json("can", "1")
    verdicts = {item["trigger"]: item for item in node["triggers"]}
    assert verdicts["comment"]["possible"] and verdicts["comment"]["needs"] == ["note"]
    assert [reason["code"] for reason in verdicts["verify"]["reasons"]] == ["state-wrong"]
    text = shown("can", "1").stdout
    assert text.index("✓ 备注 comment") < text.index("✗ 交办 assign")
    assert "“待验收”时才能“验收销号”" in text


@pytest.mark.parametrize(("actor", "trigger", "code"), [
    ("office", "suspend", 0), ("office", "verify", 5), ("市税务局", "suspend", 4), ("office", "frob", 3),
])
def test_can_answers_with_its_exit_code(zg: Zg, actor: str, trigger: str, code: int) -> None:
    zg.rectifying()
    zg("--as", actor, "can", "1", trigger, code=code)


def test_can_says_what_an_assignment_needs_and_the_refusal_says_the_same(zg: Zg, shown: Shown) -> None:
    zg("open", "未定牵头", "--source", "visit")
    assert zg.json("can", "1", "assign")["needs"] == ["lead"]
    assert "--lead" in shown("can", "1", "assign").stdout
    assert [reason["code"] for reason in zg.error("assign", "1", code=5)["reasons"]] == ["lead-missing"]
    zg.rectifying()
    verdict = zg.json("--as", "市市场监管局", "can", "2", "endorse")
    assert (verdict["possible"], verdict["needs"]) == (True, ["file"])


@pytest.mark.parametrize("kind", ["guard", "effect"])
def test_a_ticket_whose_workflow_names_a_rule_that_is_gone_says_which_and_others_are_shown(zg: Zg, kind: str) -> None:
    zg.rectifying()
    zg.rectifying()
    with closing(connect(zg.url)) as database:
        later = naming(RuleCache(database).current("rectification"), kind, "of-a-later-time")
        tell(database, a_definition(later.hash, "later", later.to_json()))
        with database.write():
            database.run("UPDATE ticket SET definition = :later WHERE id = 1", later=later.hash)
    for words in (("show", "1"), ("can", "1"), ("comment", "1", "--note", "x")):
        error = zg.error(*words, code=1)
        assert error["code"] == f"{kind}-unknown"
        assert "of-a-later-time" in error["message"] and "ZG-2020-0001" in error["message"]
    assert zg.json("show", "2")["actions"]
    assert {node["number"]: bool(node["actions"]) for node in zg.lines("list")} == {"ZG-2020-0001": False, "ZG-2020-0002": True}
    zg("log", "1")
    zg("why", "1")


def test_tab_offers_the_states_and_triggers_of_every_workflow_in_force(zg: Zg) -> None:
    with open_app(load(zg.url, "office", "en")) as app:
        context = click.Context(click.Command("x"))
        states, triggers = dict(_states(app, context, "")), dict(_triggers(app, context, ""))
    assert {"found", "received", "handling", "appealed"} <= set(states)
    assert {"assign", "call-back", "uphold", "sign-off"} <= set(triggers)


def test_the_next_step_after_opening_is_told_whatever_the_first_state_is_called(zg: Zg, shown: Shown) -> None:
    for words in (("--workflow", "rectification"), ("--workflow", "complaint")):
        assert "zg assign" in shown("open", "x", "--source", "visit", *words).stderr
    assert "zg assign" not in shown("open", "x", "--source", "visit", "--workflow", "bad-review", "--lead", "市公安局").stderr


def test_the_plan_has_everything_the_design_names(zg: Zg, shown: Shown) -> None:
    zg.json("open", "x", "--source", "visit", "--measure", "3.1")
    node = zg.json("plan")
    assert set(node) >= {"units", "groups", "measures", "indicators", "targets"}
    assert set(node["units"][0]) >= {"code", "name", "aliases", "kind", "relation"}
    assert {measure["no"]: measure["open"] for measure in node["measures"]}["3.1"] == 1
    assert set(node["targets"][0]) >= {
        "id", "measure", "metric", "comparator", "value", "unit", "baseline", "deadline", "scope", "mandatory", "words",
    }
    assert "全面提升企业开办" in shown("plan").stdout
    assert zg("plan").stdout.splitlines()[0].count("\t") == 3


def test_without_a_seed_there_is_no_plan(empty: Zg) -> None:
    empty("init")
    assert empty.error("plan", code=5)["code"] == "no-plan"


def test_units_and_workflows_are_listed(zg: Zg, shown: Shown) -> None:
    units = {node["code"]: node for node in zg.lines("unit", "list")}
    assert units["FGW"]["name"] == "市发展改革委"
    assert "市发展改革委" in shown("unit", "list").stdout and "FGW\t市发展改革委" in zg("unit", "list").stdout
    assert {node["name"] for node in zg.lines("workflow", "list")} == {"rectification", "complaint", "bad-review", "superior"}
    assert "rectification" in shown("workflow", "list").stdout and "rectification\t" in zg("workflow", "list").stdout
