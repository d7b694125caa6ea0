"""What rungs set going, through the sweep of a real record: triggers that are fired, and letters that are proposed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench import crowd
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.registry.registry import Registry
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.watch import sweep

LEADER = Actor("leader", "leader", None)
SHIPPED = Path(__file__).parents[2] / "workflows" / "rectification.yaml"


def assigned(desk: Desk, **given: str) -> str:
    number = desk.open(crowd.OFFICE, Opening("企业开办材料重复提交", "visit", grade="C")).ticket.number
    desk.do(crowd.OFFICE, number, Command("assign", {"lead": "SCJGJ", **given}))
    return number


def test_an_unsigned_ticket_is_deemed_accepted_by_the_sweep_once(desk: Desk) -> None:
    number = assigned(desk)
    desk.clock = FixedClock(crowd.START + timedelta(days=2))
    assert [sweep(desk).events for _ in range(2)] == [2, 0]
    assert desk.ticket(crowd.OFFICE, number).state == "rectifying"
    rung, did = desk.events(crowd.OFFICE, number)[-2:]
    assert (did.data["trigger"], did.data["happened_at"], did.at) == ("deemed-accepted", rung.data["scheduled_for"], desk.clock.now())


def test_a_trigger_that_is_refused_at_that_moment_leaves_the_rung_and_breaks_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rectification.yaml"
    text = SHIPPED.read_text(encoding="utf-8").replace("    by: [watch]\n", "    by: [watch]\n    guards: [request-open]\n", 1)
    path.write_text(text, encoding="utf-8")
    Registry(desk.database, desk.clock).load_workflow(crowd.OFFICE, path)
    number, other = assigned(desk), assigned(desk)
    desk.do(crowd.CONTACT, other, Command("accept"))
    desk.clock = FixedClock(crowd.DUE)
    assert sweep(desk).aside == 0
    ticket = desk.ticket(crowd.OFFICE, number)
    assert (ticket.state, ticket.level) == ("assigned", 1)
    assert [event.data["rung"] for event in desk.events(crowd.OFFICE, number)[2:]] == ["deemed-accepted", "reminder", "urging"]
    assert desk.ticket(crowd.OFFICE, other).level == 1
    assert sweep(desk).events == 0
    assert list(verify(desk.database)) == []


@pytest.mark.parametrize(("lead", "letters"), [
    ("SCJGJ", ["supervision-letter", "circular", "interview"]), ("ZJFY", ["work-prompt", "report-to-group", "ask-group"]),
])
def test_the_relation_of_the_unit_in_the_record_chooses_the_letter_that_is_issued(desk: Desk, lead: str, letters: list[str]) -> None:
    number = assigned(desk, lead=lead)
    for rung, days in (("督办", 10), ("通报", 25), ("约谈", 60)):
        desk.clock = FixedClock(crowd.DUE + timedelta(days=days))
        sweep(desk)
        if rung != "督办":
            desk.do(LEADER, number, Command("consent", {"about": rung}))
        desk.do(crowd.OFFICE, number, Command("issue", {"by": "督查室主任", "rung": rung}))
    issued = [event.data["letter"].split("/")[:2] for event in desk.events(crowd.OFFICE, number) if event.data.get("trigger") == "issue"]
    assert issued == [[letter, lead] for letter in letters]
    assert desk.ticket(crowd.OFFICE, number).acted_level == 4
    assert list(verify(desk.database)) == []
