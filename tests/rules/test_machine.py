"""The shared machine: which edges exist, and that a guard is asked once and only where there is one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from engine.rules.machine import machine_of, move
from tests.rules.conftest import workflow

RECTIFICATION = workflow("rectification")


def test_every_edge_of_the_definition_exists_and_no_other() -> None:
    for trigger in RECTIFICATION.triggers.values():
        for state in RECTIFICATION.states:
            for back in trigger.back or (None,):
                moved = move(RECTIFICATION, state, trigger.name, lambda: True, back)
                expected = back or trigger.target or state
                assert moved == (expected if state in trigger.sources else None), (trigger.name, state)


def test_a_guard_that_stands_against_it_keeps_the_state() -> None:
    assert move(RECTIFICATION, "submitted", "verify", lambda: False) is None


def test_the_guard_is_asked_once_and_only_on_an_edge() -> None:
    asked: list[str] = []

    def clear() -> bool:
        asked.append("asked")
        return True

    assert move(RECTIFICATION, "found", "verify", clear) is None
    assert move(RECTIFICATION, "found", "no-such-trigger", clear) is None
    assert asked == []
    assert move(RECTIFICATION, "suspended", "resume", clear, "submitted") == "submitted"
    assert asked == ["asked"]


@pytest.mark.parametrize("back", [None, "verified", "found"])
def test_a_suspended_ticket_returns_only_where_it_came_from(back: str | None) -> None:
    assert move(RECTIFICATION, "suspended", "resume", lambda: True, back) is None


def test_a_definition_has_one_machine_however_often_it_is_read() -> None:
    assert machine_of(RECTIFICATION) is machine_of(replace(RECTIFICATION))
    assert machine_of(RECTIFICATION) is not machine_of(workflow("complaint"))
    assert machine_of(RECTIFICATION).models == []


def test_threads_share_it() -> None:
    def walk(_: int) -> list[str | None]:
        path = [("found", "assign"), ("assigned", "accept"), ("rectifying", "submit"), ("submitted", "verify")]
        return [move(RECTIFICATION, state, trigger, lambda: True) for state, trigger in path]

    with ThreadPoolExecutor(8) as pool:
        walks = list(pool.map(walk, range(200)))
    assert walks == [["assigned", "rectifying", "submitted", "verified"]] * 200
