"""What monitoring points find: each finding opens one ticket, whoever sends it again; what cannot be used says why."""

from __future__ import annotations

from typing import Any

import pytest

from engine.audit.verify import verify
from engine.desk.act import Done
from engine.errors import KeyTaken, NotPermitted, Refused, UnitNotFound
from engine.office.monitoring import take_in
from engine.rules.access import Actor
from tests.registry.conftest import OFFICE, Town

FOUND = {
    "ref": "J-7", "title": "政务大厅叫号机停用", "detail": "三天没有修", "unit": "市市场监管局", "name": "李四", "phone": "13800000000",
}


def taken(town: Town, actor: Actor = OFFICE, source: str = "大厅监测点", **said: Any) -> Done:
    return take_in(town.desk, actor, source, FOUND | said)


def test_a_finding_opens_one_ticket_that_waits_to_be_assigned(town: Town) -> None:
    ticket = taken(town).ticket
    assert (ticket.source, ticket.state, ticket.lead) == ("monitor", "found", "SCJGJ")
    again = taken(town)
    assert again.events == () and again.ticket.number == ticket.number
    with pytest.raises(KeyTaken):
        taken(town, title="叫号机修好了又坏")
    assert taken(town, source="另一监测点").ticket.number != ticket.number
    assert list(verify(town.database)) == []


def test_its_program_brings_under_its_own_name_and_no_unit_brings_any(town: Town) -> None:
    program, unit = Actor("hall", "intake", None, "api:1"), Actor("scjgj", "contact", "SCJGJ", "test")
    for actor, source in ((program, "大厅监测点"), (unit, "scjgj")):
        with pytest.raises(NotPermitted):
            taken(town, actor, source)


@pytest.mark.parametrize(("said", "codes"), [
    ({"ref": ""}, ["words-empty"]), ({"ref": "a\0b"}, ["words-control"]), ({"title": ""}, ["title-empty"]),
    ({"ref": "x" * 61, "colour": "red"}, ["finding-field-unknown", "words-long"]),
])
def test_what_cannot_be_used_says_why_and_opens_nothing(town: Town, said: dict[str, str], codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        taken(town, **said)
    assert [reason.code for reason in refused.value.reasons] == codes
    with pytest.raises(UnitNotFound):
        taken(town, unit="没有这个单位")
