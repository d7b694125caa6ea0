from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import UsageError
from engine.record.database import Database
from engine.record.journal import ticket_of
from engine.record.listing import LIGHTS, SORTS, Selection, counting, listing, position
from engine.rules.proof.chain import stamp
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light
from tests.record.conftest import HASH, NOON, Office, deadline

DAY = timedelta(days=1)


@pytest.fixture
def desk(office: Office) -> Office:
    """Tickets of every light, some without any date."""
    for place in range(3):
        office.assigned("FGW", ("GAJ",), due=NOON + place * DAY)
    office.assigned("GAJ", due=NOON + 2 * DAY)
    office.open()
    office.open(source="complaint", measure="3.1", source_ref="100%_a!")
    warned = office.open()
    office.do(warned.id, "assigned", {
        "lead": "SHUIWJ", "deadlines": {"rectify": deadline(NOON + 9 * DAY, warn_at=stamp(NOON + DAY))},
    })
    asked = office.assigned("FGW", due=NOON)
    office.do(asked.id, "assigned", {"request": {"to": stamp(NOON + 9 * DAY), "at": stamp(NOON), "by": "fgw", "seq": 3}})
    resting = office.assigned("FGW")
    office.do(resting.id, "suspended", {"returns_to": "rectifying", "wake_at": None})
    closed = office.assigned("FGW")
    office.do(closed.id, "verified", {"final": True, "wake_at": None, "closed_as": "verified"})
    return office


def found(db: Database, selection: Selection) -> list[Ticket]:
    sql, values = listing(selection)
    return [ticket_of(row) for row in db.rows(sql, **values)]


@pytest.mark.parametrize("hours", [-1, 0, 24, 25, 48, 300])
def test_the_light_of_a_list_is_the_light_of_the_rules(desk: Office, hours: int) -> None:
    now = NOON + timedelta(hours=hours)
    every = [ticket for ticket, _ in desk.tickets.values()]
    for name in LIGHTS:
        assert {ticket.id for ticket in found(desk.db, Selection(now, light=name))} == {
            ticket.id for ticket in every if light(ticket, now) == name
        }
    sql, values = counting(Selection(now))
    counts = dict(desk.db.rows(sql, **values))
    assert counts == {name: number for name in LIGHTS if (number := sum(light(ticket, now) == name for ticket in every))}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_show_every_ticket_once_in_order(desk: Office, sort: str, limit: int) -> None:
    selection = Selection(NOON, sort=sort, limit=limit)
    seen: list[int] = []
    while rows := desk.db.rows(listing(selection)[0], **listing(selection)[1]):
        seen += [row[0] for row in rows]
        selection = replace(selection, after=position(selection, rows[-1]))
    assert sorted(seen) == sorted(desk.tickets)
    whole = found(desk.db, Selection(NOON, sort=sort, limit=100))
    assert seen == [ticket.id for ticket in whole]
    dates = [ticket.promised_at for ticket in whole]
    if sort == "due":
        assert dates == sorted([at for at in dates if at], key=stamp) + [None] * dates.count(None)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        ({"filters": {"unit": "GAJ"}}, {1, 2, 3, 4}),
        ({"filters": {"lead": "GAJ"}}, {4}),
        ({"filters": {"unit": "GAJ", "hidden": [f"{HASH} assigned"]}}, set()),
        ({"filters": {"state": "found"}}, {5, 6}),
        ({"filters": {"source": "complaint"}}, {6}),
        ({"filters": {"measure": "3.1", "state": "found"}}, {6}),
        ({"filters": {"turn": "lead"}}, {1, 2, 3, 4, 8, 9, 10}),
        ({"filters": {"numbers": ["ZG-2026-0002", "ZG-2026-9999"]}}, {2}),
        ({"filters": {"text": "不一致 7"}}, {7}),
        ({"filters": {"text": "zg-2026-0003"}}, {3}),
        ({"filters": {"text": "%"}}, set()),
        ({"filters": {"text": "_"}}, set()),
        ({"filters": {"text": "' OR 1=1 --"}}, set()),
        ({"switches": ["overdue"]}, {1, 8}),
        ({"switches": ["open"], "filters": {"lead": "FGW"}}, {1, 2, 3, 8, 9}),
        ({"switches": ["proposals"]}, set()),
    ],
)
def test_filters_find_what_they_say(desk: Office, selection: dict[str, Any], ids: set[int]) -> None:
    assert {ticket.id for ticket in found(desk.db, Selection(NOON, **selection))} == ids


@pytest.mark.parametrize(
    "selection", [{"filters": {"colour": 1}}, {"switches": ["late"]}, {"light": "purple"}, {"sort": "id; DROP TABLE ticket"}],
)
def test_what_a_list_does_not_know_is_refused_with_what_it_knows(selection: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        listing(Selection(NOON, **selection))
    assert caught.value.values["known"]


def test_a_footer_counts_no_more_than_it_says(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.record.listing.MOST_COUNTED", 2)
    statement, values = counting(Selection(NOON))
    assert sum(row[1] for row in desk.db.rows(statement, **values)) == 2
