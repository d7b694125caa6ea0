"""What goes back to senders: each state of a ticket once, by the webhooks and as a file; a comparison changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.notices.outbox import read_event_notices
from engine.notices.reach import WEBHOOK, Policy, announce
from engine.notices.setup import Setup
from engine.notices.writing import Writer
from engine.office.complaints.feedbacks import Feedbacks
from engine.office.complaints.inbound import take_in
from engine.office.complaints.outbound import outcomes, reconcile, write_csv, write_lines
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.watch.outcomes import tell_senders
from tests.registry.conftest import OFFICE, Town

SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")
BAD: Mapping[str, Any] = {
    "ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": 1, "unit": "SCJGJ", "item": "开办", "text": "跑了三趟",
    "phone": "13800001111",
}


def called_back(town: Town) -> None:
    take_in(town.desk, OFFICE, "省平台", BAD)
    town.desk.do(SCJGJ, "1", Command("call-back", {}, {"note": "已电话回访"}))


def told(town: Town) -> list[tuple[str, str | None, int]]:
    return [(line["ref"], line["outcome"], line["version"]) for line in outcomes(town.desk, OFFICE, "省平台")]


def test_a_sender_is_told_of_each_state_once_however_often_it_is_looked_at(town: Town) -> None:
    take_in(town.desk, OFFICE, "省平台", BAD)
    assert tell_senders(town.desk).events == 0 and told(town) == [], "the sender's own message is no news to it"
    town.desk.do(SCJGJ, "1", Command("call-back", {}, {"note": "已电话回访"}))
    assert [tell_senders(town.desk).events for _ in range(2)] == [1, 0]
    assert told(town) == [("R1", "accepted", 2)]
    town.desk.do(SCJGJ, "1", Command("submit", {}, {"note": "已整改"}))
    town.desk.do(OFFICE, "1", Command("verify"))
    assert tell_senders(town.desk).events == 1, "what it came to, not every step"
    assert told(town) == [("R1", "rectified", 3)]
    assert town.sound()


def test_a_sender_that_heard_of_the_end_hears_of_a_ticket_that_goes_on_after_it_also_long_after(town: Town) -> None:
    called_back(town)
    town.desk.do(SCJGJ, "1", Command("submit", {}, {"note": "已整改"}))
    town.desk.do(OFFICE, "1", Command("verify"))
    tell_senders(town.desk)
    later = town.at("2021-03-01T09:00")
    later.desk.do(OFFICE, "ZG-2020-0001", Command("reopen", {}, {"reason": "又出现"}))
    assert [tell_senders(later.desk).events for _ in range(2)] == [1, 0]
    assert told(later)[-1][1] != "rectified"
    later.desk.do(OFFICE, "ZG-2020-0001", Command("withdraw", {"as": "mistake"}, {"reason": "误立"}))
    assert (tell_senders(later.desk).events, told(later)[-1][1]) == (1, "closed-as") and later.sound()


def test_programs_are_told_facts_and_our_mark_comes_back_as_an_echo(town: Town) -> None:
    announce(town.database, town.desk.clock, Policy(channels=(), webhooks=("platform",)))
    called_back(town)
    tell_senders(town.desk)
    ids = [row[0] for row in town.database.rows("SELECT id FROM notice WHERE channel = :channel ORDER BY id", channel=WEBHOOK)]
    facts = [Writer(town.database, Setup()).facts(each.event) for each in read_event_notices(town.database, ids)]
    [sent] = [each for each in facts if each["type"] == "zhenggai.feedback.outcome-told"]
    assert sent["data"] == {
        "number": "F-2020-0001", "seq": 2, "kind": "outcome-told", "source": "省平台", "ref": "R1", "ticket": "ZG-2020-0001",
        "outcome": "accepted", "state": "rectifying", "version": 2, "mark": "F-2020-0001/2",
    }
    assert "13800001111" not in json.dumps(facts) and "跑了三趟" not in json.dumps(facts, ensure_ascii=False)
    assert take_in(town.desk, OFFICE, "省平台", {**BAD, "version": 9, "mark": sent["data"]["mark"]}).action == "echo"


def test_the_file_holds_what_was_told(town: Town, tmp_path: Path) -> None:
    called_back(town)
    tell_senders(town.desk)
    assert write_lines(outcomes(town.desk, OFFICE, "省平台"), tmp_path / "x.jsonl") == 1
    assert json.loads((tmp_path / "x.jsonl").read_text(encoding="utf-8"))["outcome"] == "accepted"
    assert write_csv(outcomes(town.desk, OFFICE, "省平台"), tmp_path / "x.csv") == 1
    head, row = (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.endswith("version,mark") and row.startswith("R1,F-2020-0001,ZG-2020-0001,accepted,rectifying,")
    assert list(outcomes(town.desk, OFFICE, "12345")) == []


@pytest.mark.parametrize("piece", [500, 2])
def test_a_comparison_names_what_differs_and_changes_nothing(
    town: Town, tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.office.complaints.outbound.PIECE", piece)
    for ref in ("R1", "R2", "R3", "R4"):
        take_in(town.desk, OFFICE, "省平台", {**BAD, "ref": ref, "version": 2, "item": ref})
    before = town.database.rows("SELECT count(*) FROM event")
    rows = [{**BAD, "ref": "R1", "version": 1, "item": "R1"}, {**BAD, "ref": "R2", "version": 2, "item": "R2", "state": "已办结"},
            {**BAD, "ref": "R3", "version": 3, "item": "R3"}, {**BAD, "ref": "R9"}, {"ref": "R8"}]
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    found = {(each.ref, each.code) for each in reconcile(town.desk, OFFICE, "省平台", path)}
    assert found == {
        ("R1", "older-there"), ("R2", "content"), ("R2", "open-here"), ("R3", "newer-there"), ("R9", "unknown-here"), ("R8", "unreadable"),
        ("R4", "unknown-there"),
    }
    assert town.database.rows("SELECT count(*) FROM event") == before
    assert Feedbacks(town.desk).read(OFFICE, "1").stated_version == 2
