"""`--each`: one ticket for each unit of a group, all of one batch, or none."""

from __future__ import annotations

from contextlib import closing

import pytest

import engine.cli
from engine.cli.terminal import Terminal
from engine.record.connection import connect
from tests.cli.conftest import Zg

COUNTIES = "各县（市、区）"


def members(zg: Zg) -> list[str]:
    return sorted(next(group for group in zg.json("plan")["groups"] if group["name"] == COUNTIES)["members"])


def test_one_ticket_is_opened_for_each_member_and_all_are_one_batch(zg: Zg) -> None:
    found = zg.lines("open", "窗口无人值守", "--source", "visit", "--lead", COUNTIES, "--each", "--yes", "--with", "市公安局")
    assert sorted(ticket["lead"] for ticket in found) == members(zg) and len(found) > 5
    assert {ticket["batch"] for ticket in found} == {found[0]["number"]}
    assert [ticket["number"] for ticket in found] == [f"ZG-2020-{serial:04d}" for serial in range(1, len(found) + 1)]
    assert all(ticket["cooperators"] == ["GAJ"] for ticket in found)
    zg("audit", "verify")


def test_a_rehearsal_shows_them_and_keeps_none(zg: Zg) -> None:
    text = zg("open", "窗口无人值守", "--source", "visit", "--lead", COUNTIES, "--each", "--dry-run", ZG_FORCE_TTY="1").stderr
    assert "实际没有写入" in text
    assert zg.lines("list", "--all") == []


def test_a_rehearsed_assignment_shows_every_event_that_would_be_written(zg: Zg) -> None:
    found = zg.lines("assign", zg.opened(), "--lead", "市公安局、市税务局", "--each", "--dry-run")
    assert [[event["kind"] for event in item["events"]] for item in found] == [["did"], ["opened", "did"]]


def test_the_same_key_again_is_the_same_tickets(zg: Zg) -> None:
    words = ("open", "窗口无人值守", "--source", "visit", "--lead", "市公安局、市税务局", "--each", "--yes", "--key", "12345-7")
    first, again = zg.lines(*words), zg.lines(*words)
    assert [ticket["number"] for ticket in first] == [ticket["number"] for ticket in again] == ["ZG-2020-0001", "ZG-2020-0002"]
    assert again[1]["batch"] == "ZG-2020-0001"


def test_a_ticket_is_assigned_to_each_member(zg: Zg) -> None:
    number = zg.opened(detail="三个窗口", clue="热线")
    found = zg.lines("assign", number, "--lead", COUNTIES, "--each", "--yes", "--due", "2020-10-20", "--with", "市公安局")
    assert sorted(ticket["lead"] for ticket in found) == members(zg) and found[0]["number"] == number
    assert {(ticket["state"], ticket["batch"], ticket["promised_on"], ticket["detail"]) for ticket in found} == {
        ("assigned", number, "2020-10-20", "三个窗口"),
    }
    assert zg.json("show", found[-1]["number"])["secret"] == {"clue": "热线"}
    zg("audit", "verify")


def test_what_is_refused_for_one_is_done_for_none(zg: Zg) -> None:
    number = zg.opened()
    zg("assign", number, "--lead", "市公安局、市税务局", "--each", "--yes", "--due", "2020-09-01", code=5)
    assert [ticket["number"] for ticket in zg.lines("list", "--all")] == [number]
    assert zg.json("show", number)["state"] == "found"
    zg("--as", "市公安局", "open", "x", "--source", "visit", "--lead", COUNTIES, "--each", "--yes", code=4)
    zg("--as", "市公安局", "assign", number, "--lead", COUNTIES, "--each", "--yes", code=3)


def test_each_needs_units_and_one_ticket(zg: Zg) -> None:
    zg("open", "x", "--source", "visit", "--each", code=2)
    first, second = zg.opened(), zg.opened()
    zg("assign", first, second, "--lead", COUNTIES, "--each", code=2)
    assert "--each" in zg("assign", first, "--lead", COUNTIES, code=5).stderr


@pytest.mark.parametrize(("answer", "opened"), [("n\n", 0), ("y\n", 2)])
def test_a_person_looks_at_whom_it_concerns_first(zg: Zg, monkeypatch: pytest.MonkeyPatch, answer: str, opened: int) -> None:
    monkeypatch.setattr(engine.cli, "detect_terminal", lambda **_: Terminal(out=True, err=True, ask=True, width=100, colour=False))
    asked = zg("open", "窗口无人", "--source", "visit", "--lead", "市公安局、市税务局", "--each", given=answer)
    assert "将为 2 个单位各立一件：市公安局、市税务局" in asked.stderr
    assert len(zg.lines("list", "--all")) == opened


@pytest.mark.parametrize("environment", [{}, {"ZG_FORCE_TTY": "1"}])
@pytest.mark.parametrize("words", [
    ("open", "窗口无人", "--source", "visit", "--lead", "市公安局、市税务局", "--each"),
    ("assign", "1", "--lead", "市公安局、市税务局", "--each"),
])
def test_where_nobody_can_be_asked_nothing_is_done_and_the_answer_is_named(
    zg: Zg, words: tuple[str, ...], environment: dict[str, str],
) -> None:
    zg.opened()
    told = zg("--lang", "zh", *words, code=2, given="y\n", **environment).stderr
    assert "为 2 个单位各立一件" in told and "--yes" in told
    assert [ticket["state"] for ticket in zg.lines("list", "--all")] == ["found"]


def test_a_unit_reads_no_number_of_the_others(zg: Zg) -> None:
    first, second = zg.lines("assign", zg.opened(), "--lead", "市公安局、市税务局", "--each", "--yes")
    assert zg.json("--as", "市公安局", "show", first["number"])["batch"] == first["number"]
    assert zg.json("--as", "市税务局", "show", second["number"])["batch"] is None
    for words in (("show", second["number"], "--json"), ("log", second["number"], "--json")):
        assert first["number"] not in zg("--as", "市税务局", *words).stdout


def test_a_group_of_which_no_unit_is_in_force_is_refused_by_name(zg: Zg) -> None:
    with closing(connect(zg.url)) as database, database.write():
        database.run("DELETE FROM unit_member WHERE group_code IN (SELECT unit FROM unit_name WHERE name = :name)", name=COUNTIES)
    error = zg.error("open", "窗口无人值守", "--source", "visit", "--lead", COUNTIES, "--each", "--yes", code=5)
    assert error["code"] == "no-member-in-force" and COUNTIES in error["message"]
