"""Many at once: one wins, the others are told who was faster; nobody sees a lock, and numbers have no gap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest

from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record.connection import connect
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from tests.faults.conftest import BEGIN, ROOT, judge
from tests.faults.hands import OFFICE


def crowd(module: str, *words: str, given: str = "") -> Any:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{module}", *words], cwd=ROOT, input=given, capture_output=True, text=True, timeout=1800,
        check=True, env={**os.environ, "ZG_LANG": "en", "LANG": "C.UTF-8"},
    )
    return json.loads(done.stdout)


def assigned(url: str, count: int) -> list[str]:
    with closing(connect(url)) as db:
        desk = Desk(db, FixedClock(BEGIN))
        numbers = [desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", lead="SCJGJ")).ticket.number for _ in range(count)]
        for number in numbers:
            desk.do(OFFICE, number, Command("assign"))
    return numbers


def test_of_two_at_once_one_wins_and_the_other_reads_who_was_faster(founded: str) -> None:
    (number,) = assigned(founded, 1)
    accept, withdraw = ["--as", "SCJGJ", "accept", number], ["withdraw", number, "--reason", "x"]
    told = crowd("duel", founded, number, *accept, "--", *accept)
    assert sorted(code for code, _ in told) == [0, 6]
    loser = next(text for code, text in told if code == 6)
    assert "市市场监管局 contact did “accept” at 2020-09-25 09:00; the ticket is at version 3" in loser
    told = crowd("duel", founded, number, *withdraw, "--", "--as", "SCJGJ", "submit", number, "--note", "x")
    assert sorted(code for code, _ in told) in ([0, 6], [0, 0])  # submit first, then withdraw: both may
    judge(founded, [])


def test_two_remarks_at_once_are_no_conflict(founded: str) -> None:
    (number,) = assigned(founded, 1)
    told = crowd("duel", founded, number, "comment", number, "--note", "a", "--", "comment", number, "--note", "b")
    assert [code for code, _ in told] == [0, 0]


def one_winner_each(url: str, processes: int, tickets: int) -> dict[int, int]:
    numbers = assigned(url, tickets)
    told = crowd("crowd", url, str(processes), "--as", "SCJGJ", "accept", "NO", given=" ".join(numbers))
    assert len(told) == tickets
    codes: dict[int, int] = {}
    for answers in told:
        assert [code for code, _ in answers].count(0) == 1
        for code, text in answers:
            codes[code] = codes.get(code, 0) + 1
            assert code in (0, 5, 6), text
            assert "lock" not in text.lower()
            assert code != 6 or "市市场监管局 contact did “accept”" in text
    with closing(connect(url)) as db:
        assert db.rows("SELECT version, state, count(*) FROM ticket GROUP BY version, state") == [(3, "rectifying", tickets)]
    judge(url, [])
    return codes


def gap_free(url: str, processes: int, each: int) -> None:
    told = crowd("crowd", url, str(processes), "open", "企业开办材料重复提交", "--source", "visit", given="x " * each)
    assert {code for answers in told for code, _ in answers} == {0}
    assert judge(url, []).tickets == processes * each


def test_of_eight_processes_at_the_same_tickets_one_wins_each(founded: str) -> None:
    one_winner_each(founded, 8, 12)


def test_openings_from_eight_processes_have_numbers_without_gap(founded: str) -> None:
    gap_free(founded, 8, 5)


@pytest.mark.torture
def test_of_32_processes_at_the_same_200_tickets_one_wins_each(founded: str) -> None:
    print(f"32 processes, 200 tickets: {one_winner_each(founded, 32, 200)}")  # noqa: T201 – for docs/reliability.md


@pytest.mark.torture
def test_openings_from_32_processes_have_numbers_without_gap(founded: str) -> None:
    gap_free(founded, 32, 60)
