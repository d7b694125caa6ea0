"""The story every part hangs on: one problem before the National Day holiday of 2020, from finding to interview."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Zg

RUNGS = [
    ("reminder", "提醒", "2020-09-29T00:30:00.000000Z"),
    ("urging", "催办", "2020-10-09T10:00:00.000000Z"),
    ("supervision-letter", "督办", "2020-10-13T10:00:00.000000Z"),
    ("circular", "通报", "2020-10-15T10:00:00.000000Z"),
    ("interview", "约谈", "2020-10-22T10:00:00.000000Z"),
]
DAYS = [f"2020-{month:02d}-{day:02d}" for month, day in (*((9, day) for day in range(25, 31)), *((10, day) for day in range(1, 31)))]


def accepted(zg: Zg) -> None:
    opened = zg.json("open", "企业开办材料重复提交", "--source", "visit", "--measure", "3.1", "--grade", "C")
    assert (opened["number"], opened["state"], opened["due_on"], opened["promised_on"]) == (
        "ZG-2020-0001", "found", "2020-09-28", None,
    )
    assert zg.json("assign", "1", "--lead", "市市场监管局", "--with", "市税务局")["promised_on"] == "2020-10-09"
    ticket = zg.json("--as", "市市场监管局", "accept", "1")
    assert (ticket["state"], ticket["due_on"]) == ("rectifying", "2020-10-09")


def escalated(zg: Zg) -> list[dict[str, Any]]:
    return [event["data"] for event in zg.lines("log", "1") if event["kind"] == "escalated" and event["data"]["clock"] == "rectify"]


def repeated(events: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The repetitions of the last rung among them: number and date."""
    return [(data["n"], data["scheduled_for"]) for data in events if "n" in data]


@pytest.mark.parametrize("stops", [DAYS, ["2020-10-30"], ["2020-10-01", "2020-10-14", *DAYS[-5:]]], ids=["day-by-day", "leap", "gaps"])
def test_each_rung_fires_on_its_date_exactly_once_however_time_goes_and_however_often_the_sweep_runs(
    zg: Zg, stops: list[str],
) -> None:
    accepted(zg)
    for stop in stops:
        zg("clock", "set", f"{stop}T23:00")
        zg("sweep")
        zg("sweep")
    fired = escalated(zg)
    assert [(data["rung"], data["name"], data["scheduled_for"]) for data in fired if "n" not in data] == RUNGS
    assert repeated(fired) == [(1, "2020-10-29T10:00:00.000000Z")]
    assert {data["epoch"] for data in fired} == {1}
    zg("audit", "verify")


def test_rungs_that_lay_before_the_ticket_existed_are_skipped(zg: Zg) -> None:
    accepted(zg)
    zg("clock", "set", "2020-09-28T23:00")
    zg("sweep")
    assert [event["kind"] for event in zg.lines("log", "1")] == ["opened", "did", "did"]


def test_why_counts_each_day_with_the_names_of_holidays_and_make_up_days(zg: Zg, shown: Any) -> None:
    accepted(zg)
    text = shown("why", "1").stdout
    assert "2020-09-27  周日  补班（国庆节、中秋节）  第1个工作日" in text
    assert "2020-10-08  周四  放假（国庆节、中秋节）" in text
    assert "2020-10-09  周五  工作日  第5个工作日" in text


def test_a_ticket_is_shown_as_it_was(zg: Zg) -> None:
    accepted(zg)
    zg("clock", "set", "2020-10-22T23:00")
    zg("sweep")
    assert zg.json("show", "1", "--at", "2020-10-01")["level"] == 0
    assert zg.json("show", "1")["level"] == 4


@pytest.mark.parametrize("statement", [
    "UPDATE event SET actor = 'nobody' WHERE stream = 1 AND seq = 2", "DELETE FROM event WHERE stream = 1 AND seq = 2",
    "UPDATE ticket SET lead = 'GAJ' WHERE id = 1", "UPDATE event SET data = replace(data, 'SCJGJ', 'GAJ') WHERE stream = 1 AND seq = 2",
    "UPDATE ticket SET title = 'x' WHERE id = 1", "DELETE FROM event WHERE stream = 1 AND seq = 3",
])
def test_the_audit_names_ticket_and_event_after_a_change_by_hand(zg: Zg, statement: str) -> None:
    accepted(zg)
    zg("audit", "verify")
    with sqlite3.connect(Path(zg.url.removeprefix("sqlite:///"))) as connection:
        connection.execute(statement)
    connection.close()
    finding = zg("audit", "verify", code=9)
    assert "ZG-2020-0001" in finding.stdout
    assert finding.stderr.startswith("错误：")
