"""A whole ticket as a reader is shown it, whatever door asks."""

from __future__ import annotations

import pytest

from engine.desk.showing import show
from engine.errors import TicketNotFound
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from tests.registry.conftest import CONTACT, OFFICE, Town

POLICE = Actor("gaj", "contact", "GAJ", "test")


def test_a_unit_that_a_ticket_left_is_offered_nothing_to_do(town: Town) -> None:
    number = town.assigned("FGW").number
    town.desk.do(CONTACT, number, Command("accept"))
    later = town.at("2020-09-28T10:00")
    later.desk.do(OFFICE, number, Command("reassign", {"lead": "GAJ"}, {"reason": "职责划转"}))
    left, now = show(later.desk, CONTACT, number), show(later.desk, POLICE, number)
    assert (left.view["left_at"], left.view["lead"], left.view["actions"]) == ("2020-09-28T02:00:00Z", "FGW", [])
    assert (now.view["left_at"], now.view["lead"]) == (None, "GAJ") and now.view["actions"]
    assert left.at == later.now


def test_who_complained_is_shown_to_the_supervision_office_alone(town: Town) -> None:
    opening = Opening("窗口无人", "complaint", complainant="甲", phone="1")
    number = town.desk.open(OFFICE, opening).ticket.number
    town.desk.do(OFFICE, number, Command("assign", {"lead": "FGW"}))
    assert show(town.desk, OFFICE, number).view["secret"] == {"complainant": "甲", "phone": "1"}
    for actor in (CONTACT, Actor("l", "leader", None, "test")):
        assert "secret" not in show(town.desk, actor, number).view
    with pytest.raises(TicketNotFound):
        show(town.desk, POLICE, number)
