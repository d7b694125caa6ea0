"""A sample of the access matrix through the desk, where a ticket may also not be seen at all."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Refused, TicketNotFound
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from tests.registry.conftest import ADMIN, OFFICE, Town

SEATS = {
    "supervisor": Actor("second", "supervisor", None, "test"), "leader": Actor("leader", "leader", None, "test"),
    "contact of the lead": Actor("gaj", "contact", "GAJ", "test"), "head of the lead": Actor("gaj-head", "head", "GAJ", "test"),
    "contact of a cooperator": Actor("fgw", "contact", "FGW", "test"), "head of a cooperator": Actor("fgw-head", "head", "FGW", "test"),
    "contact of another unit": Actor("kjj", "contact", "KJJ", "test"), "auditor": Actor("auditor", "auditor", None, "test"),
    "admin": Actor("admin", "admin", None, "test"), "watch": Actor("watch", "watch", None, "watch"),
}
LEAD, COOPERATOR = {"contact of the lead", "head of the lead"}, {"contact of a cooperator", "head of a cooperator"}
SAMPLE: list[tuple[str, str, dict[str, Any], dict[str, str], set[str]]] = [
    ("assigned", "accept", {}, {}, LEAD), ("assigned", "decline", {}, {"reason": "非本单位职责"}, LEAD),
    ("assigned", "deemed-accepted", {}, {}, {"watch"}), ("assigned", "withdraw", {"as": "mistake"}, {"reason": "误立"}, {"supervisor"}),
    ("rectifying", "sign-off", {}, {}, COOPERATOR), ("rectifying", "endorse", {}, {}, {"head of the lead"}),
    ("submitted", "verify", {}, {}, {"supervisor"}), ("submitted", "reject", {}, {"reason": "佐证不全"}, {"supervisor"}),
    ("submitted", "comment", {}, {"note": "备注"}, {"supervisor", "leader"} | LEAD | COOPERATOR),
]


@pytest.mark.parametrize(("state", "trigger", "given", "words", "may"), SAMPLE, ids=lambda value: value if isinstance(value, str) else "")
def test_the_desk_does_what_the_matrix_says(
    town: Town, state: str, trigger: str, given: dict[str, Any], words: dict[str, str], may: set[str],
) -> None:
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    number = town.assigned("GAJ", "FGW").number
    if state != "assigned":
        town.desk.do(SEATS["contact of the lead"], number, Command("accept"))
    if state == "submitted":
        town.desk.do(SEATS["contact of a cooperator"], number, Command("sign-off"))
        town.desk.do(SEATS["contact of the lead"], number, Command("submit", {}, {"note": "已整改"}))
    for seat, actor in SEATS.items():
        try:
            town.desk.do(actor, number, Command(trigger, given, words), dry_run=True)
            done = True
        except Refused as refused:
            assert refused.exit == 4, (seat, refused.reasons)
            done = False
        except TicketNotFound:
            assert seat == "contact of another unit"
            done = False
        assert done == (seat in may), seat


def test_before_it_is_assigned_no_unit_can_even_tell_that_it_is_there(town: Town) -> None:
    from engine.rules.acts.opening import Opening

    number = town.desk.open(OFFICE, Opening("暗访发现", "visit", lead="GAJ", cooperators=("FGW",))).ticket.number
    for actor in SEATS.values():
        if actor.unit is None:
            assert town.desk.ticket(actor, number).number == number
        else:
            with pytest.raises(TicketNotFound):
                town.desk.do(actor, number, Command("comment", {}, {"note": "x"}))
