"""Workflows, calendar, clock, sweep, audit, init: the rest of the commands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from engine.app.shipped import workflow_files
from engine.cli.workflow import definition_of
from engine.record.schema import SCHEMA
from engine.registry.workflow_file import load
from tests.cli.conftest import Zg

Shown = Callable[..., Result]
RECTIFICATION = next(path for path in workflow_files() if path.stem == "rectification")


def test_a_workflow_is_shown_with_and_without_a_database(zg: Zg, empty: Zg) -> None:
    for name in ("rectification", "complaint", "bad-review", "superior"):
        text = zg("workflow", "show", name).stdout
        assert "由督办单位办理" in text
    assert zg.json("workflow", "show", "rectification")["initial"] == "found"
    assert zg.error("workflow", "show", "nothing", code=3)["code"] == "workflow-not-found"


def test_the_shipped_workflows_are_sound(empty: Zg) -> None:
    for path in workflow_files():
        assert empty.json("workflow", "check", str(path))["sound"] is True
    assert "由督办单位办理" in empty("workflow", "show", "rectification").stdout
    assert empty.error("workflow", "show", "nothing", code=3)["code"] == "workflow-not-found"


def test_mistakes_in_a_workflow_are_told_with_their_lines(empty: Zg) -> None:
    text = RECTIFICATION.read_text(encoding="utf-8").replace("to: verified", "to: verifyed")
    Path("broken.yaml").write_text(text, encoding="utf-8")
    result = empty("workflow", "check", "broken.yaml", code=8)
    assert "broken.yaml:" in result.stderr and "verified" in result.stderr
    node = json.loads(empty("workflow", "check", "broken.yaml", "--json", code=8).stdout)
    assert node["sound"] is False and node["problems"][0]["code"] == "check-unknown" and node["problems"][0]["line"] > 100
    assert empty.error("workflow", "check", "absent.yaml", code=8)["code"] == "invalid-file"


def test_a_drawing_has_every_state_and_every_way(empty: Zg) -> None:
    definition = load(RECTIFICATION)
    text = empty("workflow", "draw", str(RECTIFICATION)).stdout
    assert text.startswith("stateDiagram-v2")
    for state in definition.states.values():
        assert f'state "{state.title.zh}" as s_{state.name}' in text
    assert "s_found --> s_assigned : 交办" in text and "5个工作日" in text
    assert "s_suspended --> s_assigned : 恢复" in text
    assert "found --> s_assigned : assign" in empty("--lang", "en", "workflow", "draw", "rectification").stdout


@pytest.mark.parametrize(("start", "amount", "on"), [
    ("2026-09-30", "5wd", "2026-10-13"), ("2020-09-30", "5 working days", "2020-10-14"), ("2020-09-25", "5个工作日", "2020-10-09"),
    ("2020-01-31", "1mo", "2020-03-02"), ("2020-09-25T17:00", "4wh", "2020-09-27"), ("2020-10-09", "0wd", "2020-10-09"),
])
def test_due_dates_are_counted_with_the_shipped_calendar(empty: Zg, start: str, amount: str, on: str) -> None:
    assert empty.json("calendar", "due", start, amount)["due_on"] == on
    assert empty("calendar", "due", start, amount).stdout == f"{on}\n"


def test_the_days_of_a_count_are_shown_to_people(shown: Shown) -> None:
    text = shown("calendar", "due", "2020-09-30", "5wd").stdout
    assert "2020-10-10  周六  补班（国庆节、中秋节）  第2个工作日" in text


def test_many_due_dates_come_from_standard_input_in_order(empty: Zg) -> None:
    result = empty("calendar", "due", "-", given="2026-09-30\t5wd\n\nnonsense\t5wd\n2020-09-30\t5wd\n", code=7)
    nodes = [json.loads(line) for line in result.stdout.splitlines()]
    assert [node.get("due_on") for node in nodes] == ["2026-10-13", None, "2020-10-14"]
    assert nodes[1]["error"] == "when-not-understood" and nodes[1]["line"] == 3


@pytest.mark.parametrize(("start", "amount", "code"), [
    ("2020-09-30", "5x", "when-not-an-amount"), ("2200-12-31", "5wd", "when-out-of-range"), ("1700-01-01", "5wd", "when-out-of-range"),
    ("2020-02-30", "5wd", "when-no-such-date"),
])
def test_what_cannot_be_counted_is_a_usage_error(empty: Zg, start: str, amount: str, code: str) -> None:
    assert empty.error("calendar", "due", start, amount, code=2)["code"] == code


def test_the_calendar_of_a_year(zg: Zg, shown: Shown) -> None:
    node = zg.json("calendar", "show", "2020")
    assert {day["day"]: day["working"] for day in node["days"]}["2020-10-10"] is True
    assert "补班" in shown("calendar", "show").stdout and "2020-10-01\tholiday" in zg("calendar", "show", "2020").stdout
    assert "暂定" in shown("calendar", "show", "2030").stdout
    assert zg.json("calendar", "check")["needs_notice"] is False
    assert "正常" in zg("calendar", "check").stdout
    zg("clock", "set", "2026-12-20")
    assert "2027" in zg("calendar", "check").stdout


def test_a_sandboxs_clock_moves_forward_only(zg: Zg) -> None:
    assert zg.json("clock") == {"now": "2020-09-25T01:00:00Z", "sandbox": True}
    assert zg.json("clock", "advance", "3d")["now"] == "2020-09-28T01:00:00Z"
    assert zg.json("clock", "set", "2020-10-09T09:00")["now"] == "2020-10-09T01:00:00Z"
    assert zg.json("clock", "advance", "1wd")["now"] == "2020-10-10T10:00:00Z"
    assert zg.error("clock", "set", "2020-09-01", code=5)["code"] == "clock-backwards"
    assert zg.error("clock", "advance", "x", code=2)["code"] == "when-not-understood"
    assert zg.error("--as", "市公安局", "clock", "advance", "1d", code=4)["code"] == "not-permitted"
    assert "演练时钟" in zg("clock").stdout and "演练时钟" in zg("clock", "advance", "1h").stdout


def test_a_real_clock_cannot_be_moved(empty: Zg) -> None:
    empty("init")
    assert empty.json("clock")["sandbox"] is False
    assert empty.error("clock", "advance", "1d", code=5)["code"] == "real-clock"


def test_a_sweep_says_what_it_fired_once(zg: Zg, shown: Shown) -> None:
    zg.rectifying()
    assert "没有" in shown("sweep").stderr
    zg("clock", "set", "2020-10-09")
    fired = zg.lines("sweep")
    assert [node["rung"] for node in fired] == ["part-reminder", "reminder", "part-urging", "urging"]
    assert zg.lines("sweep") == []
    zg("clock", "advance", "3wd")
    assert "督办" in shown("sweep").stdout
    zg("clock", "advance", "2wd")
    told = [line.split("\t") for line in zg("sweep").stdout.splitlines()]
    assert {each[3][10:] for each in told} <= {"T09:00:00+08:00", "T18:00:00+08:00"}, "times of a line are the office's own"
    rows = [each[:2] for each in told]
    assert ["ZG-2020-0001", "circular"] in rows
    assert ["ZG-2020-0001", "part-urging"] in rows  # it came round again


def test_the_audit_verifies_and_names_what_was_altered(zg: Zg, tmp_path: Path, shown: Shown) -> None:
    zg.rectifying()
    assert zg.json("audit", "verify")["verified"] is True
    assert "核验通过" in zg("audit", "verify").stdout
    with closing(sqlite3.connect(tmp_path / "zg.db")) as connection, connection:
        connection.execute("UPDATE event SET data = replace(data, 'SCJGJ', 'GAJ') WHERE stream = 1 AND seq = 2")
    result = shown("audit", "verify", code=9)
    assert "ZG-2020-0001 #2" in result.stdout and "存证核验不通过" in result.stderr
    assert zg("audit", "verify", code=9).stdout.startswith("ZG-2020-0001\t2\t")
    found = [json.loads(line) for line in zg("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert {"number": "ZG-2020-0001", "seq": 2}.items() <= found[0].items()


def test_init_says_what_it_made_and_never_overwrites(empty: Zg) -> None:
    made = empty.json("init", "--seed", "pingdingshan-2020", "--sandbox", "2020-09-25")
    assert made["units"] == 49 and made["sandbox"] == "2020-09-25T00:30:00Z"
    assert empty.error("init", code=5)["code"] == "database-exists"


@pytest.mark.parametrize(("words", "code", "expected"), [
    (("--seed", "nothing"), 3, "seed-not-found"), (("--sandbox", "gestern"), 2, "when-not-understood"),
])
def test_init_with_something_wrong_makes_nothing(empty: Zg, tmp_path: Path, words: tuple[str, ...], code: int, expected: str) -> None:
    assert empty.error("init", *words, code=code)["code"] == expected
    assert not (tmp_path / "zg.db").exists()


def test_upgrade_of_what_is_up_to_date_changes_nothing(zg: Zg) -> None:
    assert zg.json("upgrade")["schema"] == SCHEMA
    assert "0001" in zg("upgrade").stdout


def test_init_tells_people_what_next(empty: Zg) -> None:
    result = empty("init", "--sandbox", "2020-09-25T10:00", ZG_FORCE_TTY="1")
    assert "2020-09-25 10:00" in result.stdout and "zg open" in result.stderr


def test_definitions_without_a_database_are_the_shipped_ones(empty: Zg) -> None:
    from engine.cli.call import Call

    call = Call("zh", flags={"db": empty.url})
    assert definition_of(call, "rectification") == load(RECTIFICATION)
