"""The words of a round are erased by two people: from its events, its row and its log; what its tickets say is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import engine.cli
from engine.cli.terminal import Terminal
from tests.cli.conftest import Zg

ROWS = ("指标,对象,数值,备注", "3.5-1,甲县,7.2,张三反映线上率低", "3.5-1,乙区,1,李四核对", "3.1-1,甲县,1,", "3.1-1,乙区,—,王五未反馈")
SCOPE = ("--scheme", "市自评", "--subjects", "甲县,乙区", "--targets", "3.5-1,3.1-1", "--on", "2020-06-30")
ROUND = "R-2020-01"


def measured(zg: Zg) -> str:
    file = Path(zg.url.removeprefix("sqlite:///")).with_name("r.csv")
    file.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    zg("evaluate", "start", *SCOPE)
    zg("evaluate", "import", ROUND, str(file), "--commit")
    return file.read_text(encoding="utf-8")


def erase(zg: Zg, seq: int) -> None:
    zg("redact", ROUND, "--seq", str(seq), "--reason", "含个人信息")
    zg("--as", "admin", "redact", ROUND, "--seq", str(seq), "--confirm")


def kept(zg: Zg) -> str:
    """The round and its events as the database has them."""
    with closing(sqlite3.connect(zg.url.removeprefix("sqlite:///"))) as database:
        rows = database.execute("SELECT * FROM round").fetchall()
        events = database.execute("SELECT e.* FROM event e JOIN round r ON r.id = e.stream").fetchall()
    return "".join(cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell) for row in (*rows, *events) for cell in row)


def test_the_notes_of_a_round_are_erased_by_two_people_and_the_record_stays_sound(zg: Zg, tmp_path: Path) -> None:
    text = zg.once(measured)
    asked = zg.json("redact", ROUND, "--seq", "2", "--reason", "含个人信息")
    assert asked["round"] == ROUND and "李四" in kept(zg)
    assert zg.error("redact", ROUND, "--seq", "2", "--confirm", code=4)["reasons"][0]["code"] == "erasure-same-person"
    rehearsed = zg.json("--as", "admin", "redact", ROUND, "--seq", "2", "--confirm", "--dry-run")
    assert [event["kind"] for event in rehearsed["events"]] == ["erased"] and "round" not in rehearsed and "李四" in kept(zg)
    assert zg.json("--as", "admin", "redact", ROUND, "--seq", "2", "--confirm") == {"number": ROUND}
    assert not any(name in kept(zg) for name in ("张三", "李四", "王五"))
    assert [event["kind"] for event in zg.lines("log", ROUND)][-2:] == ["erasure-asked", "erased"]
    assert zg.lines("log", ROUND)[1]["words"] is None and "李四" not in zg("log", ROUND).stdout
    assert zg.json("evaluate", "show", ROUND)["missing"] == [], "what was explained stays explained"
    (tmp_path / "again.csv").write_text(text, encoding="utf-8")
    again = zg.json("evaluate", "import", ROUND, str(tmp_path / "again.csv"), "--commit")
    assert again["actions"]["unchanged"] == 4 and "李四" not in kept(zg)
    zg("audit", "verify")
    zg("audit", "rebuild", "--into", f"sqlite:///{tmp_path / 'rebuilt.db'}")


def test_the_title_of_a_round_and_why_it_was_closed_are_erased(zg: Zg) -> None:
    zg.once(measured)
    zg("evaluate", "close", ROUND, "--accept-missing", "赵六说明")
    erase(zg, 3)
    erase(zg, 1)
    assert "赵六" not in kept(zg) and zg.json("evaluate", "show", ROUND)["closed_by"] == "office"
    assert zg.json("evaluate", "show", ROUND)["title"] != "市自评 2020-06-30"
    zg("audit", "verify")


def test_an_erasure_names_the_tickets_whose_detail_is_an_erased_note(zg: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    zg.once(measured)
    monkeypatch.setattr(engine.cli, "detect_terminal", lambda **_: Terminal(out=True, err=True, ask=False, width=100, colour=False))
    asked = zg("redact", ROUND, "--seq", "2", "--reason", "含个人信息")
    assert "张三反映线上率低" not in asked.stdout and "zg redact ZG-2020-0001 --seq 1" in asked.stderr
    rehearsed = zg("redact", ROUND, "--seq", "1", "--reason", "含个人信息", "--dry-run")
    assert "试运行" in rehearsed.stderr and ROUND in rehearsed.stdout
    shown = zg("log", ROUND)
    assert "张三反映线上率低" in shown.stdout and "note-" not in shown.stdout
    done = zg("--as", "admin", "redact", ROUND, "--seq", "2", "--confirm")
    assert "zg redact ZG-2020-0001 --seq 1" in done.stderr and "ZG-2020-0002" not in done.stderr and done.stdout == ""


def test_words_of_a_round_that_is_not_there_cannot_be_erased(zg: Zg) -> None:
    assert zg.error("redact", ROUND, "--seq", "1", "--reason", "误录", code=3)["code"] == "round-not-found"
    assert zg.error("--as", "scjgj", "redact", ROUND, "--seq", "1", "--reason", "误录", code=4)["code"] == "not-permitted"
