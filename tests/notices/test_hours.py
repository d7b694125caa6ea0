"""Quiet hours: nobody is written to outside the working hours of their own unit, and what a correction voids is not sent any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.notices.setup import USUAL_FIELDS, Setup, SmsSetup
from engine.registry.calendars import CalendarChange, Calendars
from engine.registry.registry import Registry
from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment
from engine.rules.acts.command import Command
from engine.rules.worktime import Calendar, add_day
from engine.rules.worktime.day import REST, WORK
from engine.watch.sweep import sweep
from tests.notices.conftest import BEGIN, OFFICE, Hub, Office

CONTACT = Actor("scjgj", "contact", "SCJGJ")


@pytest.fixture
def texting(office: Office, hub: Hub) -> Office:
    """Two contacts are told by SMS: one of a bureau of the city, one of a county."""
    office.setup = Setup(sms=SmsSetup(hub.url, "json", USUAL_FIELDS))
    office.reach("scjgj", phone="+86 138-0000-0000")
    office.reach("yx", phone="+86 138-0000-0001")
    office.deliver()
    return office


def decide_day(office: Office, day: str, kind: str, unit: str | None) -> None:
    calendars = Calendars(office.desk, Registry(office.database, office.clock))
    before = office.desk.rules.calendar()
    after = add_day(before, datetime.fromisoformat(day).date(), kind, "防汛", unit)
    assert isinstance(after, Calendar)
    change = CalendarChange(before, after, calendars.notices(), {"day": day, "kind": kind, "unit": unit})
    calendars.put_in_force(OFFICE, change, lambda *_: None)


def phones(hub: Hub) -> list[str]:
    return sorted(event["phone"][-1] for event in hub.events)


def test_a_county_that_rests_for_a_day_is_written_to_on_the_next_and_the_city_at_once(texting: Office, hub: Hub) -> None:
    decide_day(texting, "2020-09-25", REST, "YX")
    texting.assigned()
    texting.assigned(lead="YX")
    assert texting.notices("recipient, not_before") == [
        ("scjgj", BEGIN), ("yx", datetime(2020, 9, 27, 0, 30, tzinfo=UTC)),
    ]
    assert texting.deliver().sent == 1 and phones(hub) == ["0"]
    texting.clock.at = datetime(2020, 9, 27, 0, 30, tzinfo=UTC)
    assert texting.deliver().sent == 1 and phones(hub) == ["0", "1"]


def test_what_was_queued_before_a_county_closed_waits_for_it_as_well(texting: Office, hub: Hub) -> None:
    texting.clock.at = datetime(2020, 9, 24, 13, tzinfo=UTC)  # Thursday evening: both wait for Friday's opening
    texting.assigned()
    texting.assigned(lead="YX")
    decide_day(texting, "2020-09-25", REST, "YX")
    texting.clock.at = BEGIN
    assert texting.deliver().sent == 1 and phones(hub) == ["0"]


def test_a_county_that_works_while_the_city_rests_is_written_to(texting: Office, hub: Hub) -> None:
    decide_day(texting, "2020-09-26", WORK, "YX")
    texting.clock.at = datetime(2020, 9, 25, 13, tzinfo=UTC)
    texting.assigned()
    texting.assigned(lead="YX")
    texting.clock.at = datetime(2020, 9, 26, 1, tzinfo=UTC)  # a Saturday
    assert texting.deliver().sent == 1 and phones(hub) == ["1"]


def test_a_message_about_a_rung_that_is_voided_before_it_goes_out_does_not_go_out(texting: Office, hub: Hub) -> None:
    number = texting.assigned()
    texting.desk.do(CONTACT, number, Command("accept"))
    texting.deliver()
    hub.got.clear()
    due = texting.desk.ticket(OFFICE, number).promised_at
    assert due is not None
    texting.clock.at = due + timedelta(hours=3)  # 催办 fired at the close, and its message waits for the morning
    swept = sweep(texting.desk)
    assert "urging" in {event.data["rung"] for _, event in swept.fired}
    waiting = texting.notices("sent_at")
    assert waiting[-1] == (None,)
    texting.desk.amend(OFFICE, number, Amendment("期限录入有误", due=due + timedelta(days=30)))
    texting.clock.at = due + timedelta(hours=15)
    texting.deliver()
    [said] = [event["text"] for event in hub.events]
    assert "更正" in said and "催办" in said and "1条" not in said
    assert len(texting.notices("sent_at")) == len(waiting) and (None,) not in texting.notices("sent_at")


def test_a_message_that_was_tried_already_still_goes_out_before_the_correction(texting: Office, hub: Hub) -> None:
    """Somebody may have got it: its repetition must hold what it held."""
    number = texting.assigned()
    texting.desk.do(CONTACT, number, Command("accept"))
    texting.deliver()
    hub.got.clear()
    hub.answer = 500
    due = texting.desk.ticket(OFFICE, number).promised_at
    assert due is not None
    texting.clock.at = due + timedelta(hours=15)
    sweep(texting.desk)
    assert texting.deliver().failed >= 1
    texting.desk.amend(OFFICE, number, Amendment("期限录入有误", due=due + timedelta(days=30)))
    hub.answer, texting.clock.at = 200, texting.clock.at + timedelta(minutes=1)
    hub.got.clear()
    texting.deliver()
    assert len(hub.got) == 2
