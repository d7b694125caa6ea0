"""Who finds what in the inbox after an act: whoever gained, lost or had a duty moved, one notice each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from engine.errors import Refused, TicketNotFound
from engine.notices.inbox import count_inbox, read_inbox
from engine.record import queries
from engine.registry.accounts import NewAccount
from engine.rules.access import LEADER, Actor
from engine.rules.acts.amend import Amendment
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.watch.sweep import sweep
from tests.registry.conftest import ADMIN, BEGIN, OFFICE, Town

REASON = {"reason": "x"}
NOTE = {"note": "x"}
DAY = date(2020, 9, 1)


def contact(unit: str) -> Actor:
    return Actor(unit.lower(), "contact", unit, "test")


def inbox(town: Town) -> Counter[str]:
    """How many notices each person got."""
    return Counter(row[0] for row in town.database.rows("SELECT recipient FROM notice WHERE channel = 'inbox'"))


def inbox_lines(town: Town, reader: Actor) -> list[tuple[str, str, datetime | None]]:
    """What, title and date of what a reader was told, newest first."""
    entries = read_inbox(town.database, reader, town.now, "zh", {}, everything=True)
    return [(entry.line.what, entry.line.title, entry.line.by) for entry in entries]


def heard(
    town: Town, number: str, trigger: str, words: dict[str, str] | None = None, actor: Actor = OFFICE, **given: object,
) -> Counter[str]:
    """Who is told of an act, and how often."""
    before = inbox(town)
    town.desk.do(actor, number, Command(trigger, given, words or {}, salt="s"))  # type: ignore[arg-type]
    return inbox(town) - before


def once(*names: str) -> Counter[str]:
    return Counter(dict.fromkeys(names, 1))


def test_a_reassignment_is_told_once_to_everybody_it_gives_or_takes_something(town: Town) -> None:
    ticket = town.assigned("FGW", "SHUIWJ")
    assert inbox(town) == once("fgw", "shuiwj")
    given = {"lead": "GAJ", "with": ("KJJ",)}
    assert heard(town, ticket.number, "reassign", REASON, **given) == once("fgw", "shuiwj", "gaj", "kjj")


def test_a_date_that_moves_is_told_once_by_whatever_act(town: Town) -> None:
    ticket = town.assigned("FGW", "SHUIWJ")
    town.desk.do(contact("FGW"), ticket.number, Command("accept"))
    before = inbox(town)
    town.desk.amend(OFFICE, ticket.number, Amendment("x", due=datetime.fromisoformat("2020-11-02T18:00+08:00"), salt="s"))
    assert inbox(town) - before == once("fgw", "shuiwj")
    assert heard(town, ticket.number, "suspend", REASON) == once("fgw", "shuiwj")
    later = town.at("2020-11-10T09:00")
    due = datetime.fromisoformat("2020-12-01T18:00+08:00")
    assert heard(later, ticket.number, "resume", due=due) == once("fgw", "shuiwj")


def test_an_overdue_rung_and_the_act_that_overtakes_it_are_one_notice(town: Town) -> None:
    ticket = town.assigned("FGW")
    town.desk.do(contact("FGW"), ticket.number, Command("accept"))
    later = town.at("2020-10-13T09:00")
    assert heard(later, ticket.number, "suspend", REASON) == once("fgw", "fgw-head")
    assert town.sound()


def test_what_a_sweep_does_to_a_ticket_is_one_notice(town: Town) -> None:
    town.assigned("FGW", "SHUIWJ")
    before = inbox(town)
    later = town.at("2020-11-13T09:00")
    sweep(later.desk, breathe=lambda _: None)
    assert set((inbox(town) - before).values()) == {1}


@pytest.mark.parametrize(("old", "new", "told"), [
    ("FGW", "KJJ", ("kjj",)), ("SHUIWJ", "KJJ", ("kjj",)), ("FGW", "SHUIWJ", ("shuiwj",)),
])
def test_the_successor_of_a_merged_unit_is_told_and_the_unit_that_ended_is_not(
    town: Town, old: str, new: str, told: tuple[str, ...],
) -> None:
    ticket = town.assigned("FGW", "SHUIWJ")
    before = inbox(town)
    town.registry.units.merge(OFFICE, old, new, DAY, "x")
    assert inbox(town) - before == once(*told)
    assert town.desk.ticket(OFFICE, ticket.number).version == ticket.version + 1


def test_a_contact_that_follows_into_the_successor_is_told_there(town: Town) -> None:
    town.assigned("FGW")
    before = inbox(town)
    town.registry.units.merge(OFFICE, "FGW", "KJJ", DAY, "x", accounts=True)
    assert inbox(town) - before == once("fgw", "kjj")


def test_a_disabled_contact_and_a_disabled_leader_are_as_if_none_were_named(town: Town) -> None:
    ticket = town.assigned("FGW", leader="leader")
    second = replace(OFFICE, name="second")
    accounts = town.registry.accounts
    accounts.add(ADMIN, NewAccount("second", "督办二科", "supervisor"))
    accounts.disable(OFFICE, "fgw", None)
    assert heard(town, ticket.number, "urge", {}, second, by="phone") == once("office")
    leaders = [row[0] for row in town.database.rows(queries.ACCOUNTS, now=town.now) if row[2] == LEADER]
    for name in leaders:
        accounts.disable(ADMIN, name, None)
    town.desk.do(OFFICE, ticket.number, Command("instruct", {"by": "leader"}, NOTE, salt="s"))
    head = Actor("fgw-head", "head", "FGW", "test")
    assert heard(town, ticket.number, "report-back", NOTE, head) == once("office", "second")


def test_a_unit_that_lost_a_ticket_reads_that_it_did(town: Town) -> None:
    ticket = town.assigned("FGW")
    town.desk.do(OFFICE, ticket.number, Command("reassign", {"lead": "GAJ"}, REASON, salt="s"))
    for language, text in (("zh", "改派，不再由贵单位承办"), ("en", "reassign; no longer with your unit")):
        first = read_inbox(town.database, contact("FGW"), BEGIN, language, {})[0]
        assert (first.line.what, first.line.title, first.line.by) == (text, ticket.title, None)
        assert read_inbox(town.database, contact("GAJ"), BEGIN, language, {})[0].line.what == text.partition("，")[0].partition(";")[0]


def test_a_notice_says_what_was_told_whatever_became_of_title_date_and_reader(town: Town) -> None:
    """After a correction, and to whoever has lost the ticket since or follows into the unit that took over."""
    ticket = town.assigned("FGW", "SHUIWJ")
    told = {unit: inbox_lines(town, contact(unit)) for unit in ("FGW", "SHUIWJ")}
    assert all(title == ticket.title and by is not None for lines in told.values() for _, title, by in lines)
    town.desk.do(contact("FGW"), ticket.number, Command("accept"))
    due = BEGIN + timedelta(days=60)
    town.desk.amend(OFFICE, ticket.number, Amendment("录入错误", title="另一个标题", due=due, salt="s"))
    amended = inbox_lines(town, contact("FGW"))
    assert amended == [("更正", "另一个标题", due), *told["FGW"]]
    town.registry.units.merge(OFFICE, "SHUIWJ", "KJJ", DAY, "x", accounts=True)
    assert inbox_lines(town, replace(contact("SHUIWJ"), unit="KJJ"))[-1] == told["SHUIWJ"][-1]
    town.desk.do(OFFICE, ticket.number, Command("reassign", {"lead": "GAJ"}, REASON, salt="s"))
    assert inbox_lines(town, contact("FGW")) == [("改派，不再由贵单位承办", "另一个标题", None), *amended]
    town.desk.amend(OFFICE, ticket.number, Amendment("录入错误", title="第三个标题", salt="s"))
    assert [title for _, title, _ in inbox_lines(town, contact("FGW"))] == ["另一个标题"] * 2 + [ticket.title]
    assert count_inbox(town.database, contact("FGW")) == 3


def test_a_cooperator_whose_ticket_was_declined_reads_that_its_duty_ended_and_what_it_was_told_before(town: Town) -> None:
    """Also after the ticket was assigned to other units, who read nothing of it."""
    ticket = town.assigned("FGW", "SHUIWJ")
    desk, together = town.desk, contact("SHUIWJ")
    desk.do(contact("FGW"), ticket.number, Command("decline", {}, REASON, salt="s"))
    assert desk.ticket(OFFICE, ticket.number).past == {"FGW": 3, "SHUIWJ": 3}
    lines = ["申请退回，不再由贵单位承办", "交办"]
    for given in (None, {"lead": "GAJ", "with": ("KJJ",)}):
        if given is not None:
            desk.do(OFFICE, ticket.number, Command("assign", given, {}, salt="s"))  # type: ignore[arg-type]
        assert [(entry.line.what, entry.line.title) for entry in read_inbox(town.database, together, BEGIN, "zh", {})] == [
            (line, ticket.title) for line in lines
        ]
        assert [event.seq for event in desk.events(together, ticket.number)] == [2, 3]
    assert [entry.line.what for entry in read_inbox(town.database, contact("KJJ"), BEGIN, "zh", {})] == ["交办"]


def test_a_unit_that_is_merged_before_its_ticket_is_assigned_is_never_told_of_it(town: Town) -> None:
    ticket = town.desk.open(OFFICE, Opening("暗访发现的问题", "visit", grade="C", lead="FGW")).ticket
    town.registry.units.merge(OFFICE, "FGW", "KJJ", DAY, "x")
    assert town.desk.ticket(OFFICE, ticket.number).lead == "KJJ"
    for reader in (contact("FGW"), contact("KJJ")):
        with pytest.raises(TicketNotFound):
            town.desk.read(reader, ticket.number)


def reopened(town: Town, ticket: Ticket, **given: object) -> Ticket:
    return town.desk.do(OFFICE, ticket.number, Command("reopen", given, REASON, salt="s")).ticket  # type: ignore[arg-type]


def verified(town: Town, lead: str, *together: str) -> Ticket:
    number = town.assigned(lead, *together).number
    town.desk.do(contact(lead), number, Command("accept"))
    for unit in together:
        town.desk.do(contact(unit), number, Command("sign-off"))
    town.desk.do(contact(lead), number, Command("submit", {}, NOTE, salt="s"))
    return town.desk.do(OFFICE, number, Command("verify")).ticket


def test_a_ticket_reopened_to_a_merged_unit_goes_to_its_successor_who_reads_all_of_it(town: Town) -> None:
    ticket = verified(town, "FGW", "SHUIWJ")
    town.registry.units.merge(OFFICE, "FGW", "GXJ", DAY, "x")
    town.registry.units.merge(OFFICE, "GXJ", "KJJ", DAY, "x")
    town.registry.units.merge(OFFICE, "SHUIWJ", "KJJ", DAY, "x")
    before = inbox(town)
    after = reopened(town, ticket)
    assert (after.lead, after.cooperators) == ("KJJ", ())
    events = town.desk.events(contact("KJJ"), ticket.number)
    merged = [entry.seq for entry in town.entries("unit.merged")]
    stored = [event for event in town.desk.events(OFFICE, ticket.number) if event.kind == "handed-over"]
    assert [(event.data["unit"], event.data["entry"]) for event in stored] == [
        (["FGW", "GXJ"], merged[0]), (["GXJ", "KJJ"], merged[1]), (["SHUIWJ", "KJJ"], merged[2]),
    ]
    acts = [event.data["trigger"] for event in events if event.kind == "did"]
    assert acts == ["assign", "accept", "sign-off", "submit", "verify", "reopen"]
    assert inbox(town) - before == once("kjj")
    assert town.sound()


def test_a_ticket_reopened_to_a_unit_that_nobody_succeeded_asks_for_a_lead(town: Town) -> None:
    ticket = verified(town, "FGW", "SHUIWJ")
    town.registry.units.end(OFFICE, "FGW", DAY, "x")
    town.registry.units.end(OFFICE, "SHUIWJ", DAY, "x")
    (verdict,) = [item for item in town.desk.verdicts(OFFICE, ticket) if item.trigger.name == "reopen"]
    assert verdict.possible and "lead" in verdict.needs
    with pytest.raises(Refused) as caught:
        reopened(town, ticket)
    assert [reason.code for reason in caught.value.reasons] == ["lead-ended"]
    after = reopened(town, ticket, lead="KJJ")
    assert (after.lead, after.cooperators) == ("KJJ", ())
    assert town.sound()


def test_what_is_said_of_a_closed_ticket_hands_nothing_over(town: Town) -> None:
    ticket = verified(town, "FGW")
    town.registry.units.merge(OFFICE, "FGW", "KJJ", DAY, "x")
    done = town.desk.do(OFFICE, ticket.number, Command("comment", {}, NOTE, salt="s"))
    assert [event.kind for event in done.events] == ["did"] and done.ticket.lead == "FGW"


def test_a_leader_is_told_once_of_what_the_office_enters_in_his_name(town: Town) -> None:
    town.registry.accounts.add(ADMIN, NewAccount("mayor", "王副市长", "leader"))
    scan = Evidence("b" * 64, 10, "image/png")
    ticket = town.assigned("FGW")
    town.desk.do(contact("FGW"), ticket.number, Command("accept"))
    with town.database.write():
        town.database.run(queries.KEEP_EVIDENCE, sha256=scan.sha256, bytes=scan.bytes, type=scan.type, stored_at=town.now)
    assert heard(town, ticket.number, "instruct", NOTE, by="mayor")["mayor"] == 1
    late = town.at("2020-10-19T19:00")
    sweep(late.desk, breathe=lambda _: None)
    before = inbox(town)
    late.desk.do(OFFICE, ticket.number, Command("consent", {"by": "mayor", "refuse": True}, NOTE, (scan,), salt="s"))
    assert inbox(town) - before == once("mayor")
    mayor = Actor("mayor", "leader", None, "test")
    entries = {language: read_inbox(town.database, mayor, late.now, language, {}, everything=True) for language in ("zh", "en")}
    said = {language: [entry.line.what for entry in found if entry.event.kind == "did"] for language, found in entries.items()}
    assert said == {
        "zh": ["领导审定：不同意通报（督办单位已以您的名义登记）", "批示（督办单位已以您的名义登记）"],
        "en": ["consent: no to circular (entered in your name by the office)", "instruct (entered in your name by the office)"],
    }
