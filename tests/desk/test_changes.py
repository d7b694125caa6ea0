"""Who hears at once that something was written: whoever may see what it is about, and nobody else."""

from __future__ import annotations

from engine.desk.changes import last_event, written_since
from engine.desk.tickets import Desk
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from tests.registry.conftest import OFFICE, Town

FGW, SHUIWJ = (Actor(name.lower(), "contact", name, "test") for name in ("FGW", "SHUIWJ"))
AUDITOR, SECURITY = Actor("auditor", "auditor", None, "test"), Actor("anquan", "security", None, "test")


def hear(desk: Desk, after: int) -> list[str]:
    """The accounts that hear of what was written after an event."""
    heard = {actor.name: written_since(desk, actor, after) for actor in (OFFICE, AUDITOR, FGW, SHUIWJ, SECURITY)}
    assert {item.last for item in heard.values()} == {last_event(desk)}, "nobody looks at it twice"
    return [name for name, item in heard.items() if item.any]


def test_a_unit_hears_of_its_own_tickets_and_neither_of_others_nor_of_what_is_the_offices_own(town: Town) -> None:
    desk, number = town.desk, town.assigned("FGW").number
    begin = last_event(desk)
    assert hear(desk, begin) == []
    desk.do(OFFICE, number, Command("comment", {}, {"note": "督办单位自己的话"}, salt="s"))
    assert hear(desk, begin) == ["office", "auditor"]
    after = last_event(desk)
    desk.do(OFFICE, number, Command("comment", {"to_unit": True}, {"note": "告诉承办单位"}, salt="s"))
    assert hear(desk, after) == ["office", "auditor", "fgw"]
    after = last_event(desk)
    desk.open(OFFICE, Opening("暗访发现的问题", "visit", lead="SHUIWJ"))
    assert hear(desk, after) == ["office", "auditor"], "an unannounced visit is secret until it is assigned"
