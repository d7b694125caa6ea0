"""What a unit did on paper, entered at the desk."""

from __future__ import annotations

import pytest

from engine.errors import Refused
from engine.registry.accounts import NewAccount
from engine.rules.acts.command import Command
from engine.rules.acts.late_entry import Paper
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town


@pytest.mark.parametrize("together", [True, False])
def test_whoever_entered_a_report_does_not_verify_it_where_the_office_has_two(town: Town, together: bool) -> None:
    if together:
        town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    number = town.assigned("FGW").number
    town.desk.do(CONTACT, number, Command("accept"))
    later = town.at("2020-09-28T10:00")
    report = Command("submit", {}, {"note": "材料已合并"})
    later.desk.do(OFFICE, number, report, paper=Paper(town.at("2020-09-25T16:00").now, "收文登记第12号"))
    if not together:
        assert later.desk.do(OFFICE, number, Command("verify")).ticket.final
        return
    with pytest.raises(Refused) as caught:
        later.desk.do(OFFICE, number, Command("verify"))
    assert "own-hands" in [reason.code for reason in caught.value.reasons]
