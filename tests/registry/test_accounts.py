"""The life of accounts: who may act and for whom, who takes over, and that somebody is always left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.audit.export import export
from engine.errors import AccountNotFound, AmbiguousAccount, NotPermitted, NotPossible, Refused, ZgError
from engine.notices.inbox import read_inbox
from engine.record import journal
from engine.record.database import Database, Row
from engine.record.directory import act_as, directory, must_still_act
from engine.record.people import StoredAccount, read_accounts, read_titles
from engine.record.row_change import RowPut
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from tests.registry.conftest import ADMIN, BEGIN, CONTACT, OFFICE, Town
from tests.rows import slip_in

SECOND = NewAccount("fgw2", "第二联络员", "contact", "FGW", "fgw2@example.gov.cn", "138 0000 0000")
LATER, TOMORROW = BEGIN + timedelta(days=7), BEGIN + timedelta(days=1)


def known(town: Town, name: str) -> StoredAccount:
    return next(account for account in read_accounts(town.database) if account.name == name)


def actor(town: Town, name: str) -> Actor:
    return act_as(town.database, name, "test", town.now)


def test_a_new_account_acts_and_its_person_stands_in_words_only(town: Town) -> None:
    town.registry.accounts.add(ADMIN, SECOND)
    assert actor(town, "fgw2") == Actor("fgw2", "contact", "FGW", "test")
    (entry,) = town.entries("account.added")
    assert entry.data == {"what": "account.added", "account": "fgw2", "role": "contact", "unit": "FGW", "words": entry.data["words"]}
    assert entry.words == {"called": "第二联络员", "email": "fgw2@example.gov.cn", "phone": "138 0000 0000"}
    assert town.sound()


@pytest.mark.parametrize(("new", "reason"), [
    (replace(SECOND, name="office"), "account-name-taken"), (replace(SECOND, name="Wang/Li"), "account-name-wrong"),
    (replace(SECOND, role="watch"), "account-role"), (replace(SECOND, unit=None), "account-needs-unit"),
    (replace(SECOND, role="supervisor"), "account-without-unit"), (replace(SECOND, email="a@b\nBcc: c"), "account-email"),
    (replace(SECOND, phone="call me"), "account-phone"), (replace(SECOND, valid_from=LATER, valid_to=BEGIN), "stand-in-time"),
])
def test_what_an_account_cannot_be(town: Town, new: NewAccount, reason: str) -> None:
    with pytest.raises(NotPossible) as caught:
        town.registry.accounts.add(ADMIN, new)
    assert caught.value.values["reason"] == reason
    with pytest.raises(Refused):
        town.registry.accounts.add(OFFICE, replace(SECOND, title="王\x1b[31m"))
    assert town.entries("account.added") == []


def test_an_account_acts_only_in_its_time(town: Town) -> None:
    town.registry.accounts.add(OFFICE, replace(SECOND, valid_from=TOMORROW, valid_to=LATER))
    for at, acts in (("2020-09-25T10:00", False), ("2020-09-26T09:00", True), ("2020-10-02T09:00", False)):
        if acts:
            assert actor(town.at(at), "fgw2").name == "fgw2"
            with pytest.raises(AmbiguousAccount):
                actor(town.at(at), "市发改委")
        else:
            with pytest.raises(AccountNotFound):
                actor(town.at(at), "fgw2")
            assert actor(town.at(at), "市发改委").name == "fgw"


def test_a_changed_account_keeps_its_title_of_the_time(town: Town) -> None:
    town.registry.accounts.add(OFFICE, SECOND)
    town = town.at("2020-09-28T10:00")
    town.registry.accounts.change(OFFICE, "fgw2", title="首席联络员", unit="SHUIWJ", phone=None)
    assert (known(town, "fgw2").unit, known(town, "fgw2").phone) == ("SHUIWJ", None)
    titles = read_titles(town.database)
    moments = (BEGIN - timedelta(days=9), BEGIN, town.now)
    assert [titles.at("fgw2", moment) for moment in moments] == ["第二联络员", "第二联络员", "首席联络员"]
    assert titles.at("nobody", BEGIN) == "nobody"
    (entry,) = town.entries("account.set")
    assert entry.data["changes"] == {"title": None, "unit": ["FGW", "SHUIWJ"], "phone": None}
    assert entry.words == {"called": "首席联络员"}
    with pytest.raises(NotPossible):
        town.registry.accounts.change(OFFICE, "fgw2", title="首席联络员")


def test_a_disabled_account_acts_no_more_and_may_come_back(town: Town) -> None:
    town.registry.accounts.disable(OFFICE, "fgw", "调离")
    with pytest.raises(AmbiguousAccount):
        actor(town, "市发改委")
    with pytest.raises(NotPossible):
        town.registry.accounts.disable(OFFICE, "fgw")
    town.registry.accounts.change(OFFICE, "fgw", active=True)
    assert actor(town, "市发改委").name == "fgw"


@pytest.mark.parametrize("change", [
    lambda accounts: accounts.disable(ADMIN, "admin"), lambda accounts: accounts.disable(ADMIN, "office"),
    lambda accounts: accounts.change(ADMIN, "admin", role="auditor"), lambda accounts: accounts.change(ADMIN, "office", valid_to=LATER),
    lambda accounts: accounts.disable(OFFICE, "watch"), lambda accounts: accounts.change(OFFICE, "watch", title="x"),
])
def test_somebody_who_administers_and_somebody_who_verifies_is_always_left(town: Town, change: Callable[..., object]) -> None:
    before = read_accounts(town.database)
    with pytest.raises(NotPossible):
        change(town.registry.accounts)
    assert read_accounts(town.database) == before


def test_the_second_supervisor_may_go(town: Town) -> None:
    town.registry.accounts.add(ADMIN, NewAccount("duty", "值班督查员", "supervisor"))
    town.registry.accounts.disable(ADMIN, "office")
    with pytest.raises(NotPossible):
        town.registry.accounts.disable(ADMIN, "duty")


def test_a_stand_in_acts_with_the_role_of_whom_it_stands_in_for_and_the_event_says_so(town: Town) -> None:
    number = town.assigned("FGW").number
    town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    deputy = actor(town, "fgw/fgw-head")
    assert deputy == Actor("fgw", "head", "FGW", "test", "fgw-head")
    town.desk.do(actor(town, "fgw"), number, Command("accept"))
    event = town.desk.do(deputy, number, Command("endorse")).events[0]
    assert (event.actor, event.role, event.data["for"]) == ("fgw", "head", "fgw-head")
    assert "for" not in town.desk.events(OFFICE, number)[-2].data
    with pytest.raises(NotPermitted):
        actor(town.at("2020-10-02T09:00"), "fgw/fgw-head")
    with pytest.raises(NotPermitted):
        actor(town, "fgw-head/fgw")
    assert town.sound()


def test_a_stand_in_may_end_early_or_never_begin(town: Town) -> None:
    accounts = town.registry.accounts
    accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    later = town.at("2020-09-26T09:00")
    later.registry.accounts.end_stand_in(OFFICE, "fgw-head", "fgw")
    later.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", LATER, LATER + timedelta(days=1))
    later.registry.accounts.end_stand_in(OFFICE, "fgw-head", "fgw")
    for when in (later, town.at("2020-10-02T10:00")):
        with pytest.raises(NotPermitted):
            actor(when, "fgw/fgw-head")
    assert actor(town, "fgw/fgw-head").stands_for == "fgw-head"
    with pytest.raises(NotPossible):
        later.registry.accounts.end_stand_in(OFFICE, "fgw-head", "fgw")


@pytest.mark.parametrize("change", [
    lambda accounts: accounts.change(ADMIN, "fgw", unit="GAJ"), lambda accounts: accounts.change(ADMIN, "fgw-head", unit="GAJ"),
    lambda accounts: accounts.change(ADMIN, "fgw-head", role="supervisor", unit=None),
    lambda accounts: accounts.change(ADMIN, "fgw", role="leader", unit=None),
])
def test_a_stand_in_ends_with_its_ground(town: Town, change: Callable[..., object]) -> None:
    """The deputy moves to another unit, or the principal becomes a supervisor: the entry ends, and going back does not bring it back."""
    accounts = town.registry.accounts
    accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    later = town.at("2020-09-26T09:00")
    change(later.registry.accounts)
    (entry,) = later.entries("account.stand-in-ended")
    assert (entry.data["account"], entry.data["deputy"]) == ("fgw-head", "fgw")
    with pytest.raises(NotPermitted):
        actor(later, "fgw/fgw-head")
    assert directory(town.database, later.now).deputies == {}
    later.registry.accounts.change(ADMIN, "fgw", role="contact", unit="FGW", title="联络员")
    later.registry.accounts.change(ADMIN, "fgw-head", role="head", unit="FGW", title="负责人")
    with pytest.raises(NotPermitted):
        actor(later, "fgw/fgw-head")
    assert town.sound()


def test_a_stand_in_without_ground_is_no_stand_in_whatever_the_table_holds(town: Town) -> None:
    town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    slip_in(town.database, RowPut("account", {"name": "fgw", "unit": "GAJ"}))
    with pytest.raises(NotPermitted):
        actor(town, "fgw/fgw-head")
    assert directory(town.database, town.now).deputies == {}


@pytest.mark.parametrize(("came_as", "change", "reason"), [
    ("fgw", lambda accounts: accounts.disable(ADMIN, "fgw"), "account-changed"),
    ("fgw", lambda accounts: accounts.change(ADMIN, "fgw", unit="GAJ"), "account-changed"),
    ("fgw/fgw-head", lambda accounts: accounts.change(ADMIN, "fgw-head", role="contact"), "account-changed"),
    ("fgw/fgw-head", lambda accounts: accounts.end_stand_in(ADMIN, "fgw-head", "fgw"), "no-stand-in"),
])
def test_rights_are_read_again_when_the_act_is_written(
    town: Town, came_as: str, change: Callable[..., object], reason: str,
) -> None:
    """An actor is found when a command begins; what changed before the act is written counts."""
    number = town.assigned("FGW").number
    town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    came = actor(town, came_as)
    change(town.registry.accounts)
    with pytest.raises(NotPermitted) as caught:
        town.desk.do(came, number, Command("accept"))
    assert caught.value.values["reason"] == reason
    assert town.desk.ticket(OFFICE, number).state == "assigned"


def test_what_a_right_rests_on_does_not_change_while_an_act_is_written(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row of it is read with the lock that keeps it as it is: an account, the one it stands in for, and the stand-in itself."""
    town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    came, kind = actor(town, "fgw/fgw-head"), type(town.database)
    read: list[str] = []
    rows = kind.rows

    def noted(self: Database, statement: str, /, **values: Any) -> list[Row]:
        read.append(statement)
        return rows(self, statement, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "rows", noted)
    with town.database.write():
        must_still_act(town.database, came, town.now)
    assert len(read) == 3 and all("{share}" in statement for statement in read)


def test_a_supervisor_who_is_none_any_more_opens_and_administers_nothing(town: Town) -> None:
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    came = actor(town, "second")
    town.registry.accounts.disable(ADMIN, "second")
    number = town.desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", lead="FGW")).ticket.number
    opening = Opening("企业开办材料重复提交", "visit", key="1")
    for act in (
        lambda: town.desk.open(came, opening), lambda: town.desk.open_each(came, opening, ["FGW", "GAJ"]),
        lambda: town.desk.assign_each(came, number, Command("assign"), ["FGW", "GAJ"]),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotPermitted):
        town.registry.accounts.change(came, "fgw", title="x")
    with pytest.raises(NotPermitted):
        export(town.database, town.desk.clock, came).__next__()


@pytest.mark.parametrize(("name", "by"), [
    ("fgw", "gaj"), ("office", "admin"), ("office", "fgw"), ("admin", "office"), ("auditor", "office"), ("leader", "office"),
    ("fgw", "fgw"), ("watch", "office"),
])
def test_who_cannot_stand_in_cannot_take_over_either(town: Town, name: str, by: str) -> None:
    for attempt in (
        lambda: town.registry.accounts.stand_in(OFFICE, name, by, BEGIN, LATER),
        lambda: town.registry.accounts.hand_over(OFFICE, name, by),
    ):
        with pytest.raises(NotPossible) as caught:
            attempt()
        assert caught.value.values["reason"] == "stand-in-unfit"


def test_a_stand_in_has_its_time(town: Town) -> None:
    for since, until in ((LATER, BEGIN), (BEGIN - timedelta(days=9), BEGIN)):
        with pytest.raises(NotPossible):
            town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", since, until)
    town.registry.accounts.disable(OFFICE, "fgw")
    with pytest.raises(NotPossible) as caught:
        town.registry.accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    assert caught.value.values["reason"] == "account-not-active"


def test_what_waits_for_a_leader_goes_to_another(town: Town) -> None:
    accounts = town.registry.accounts
    accounts.add(ADMIN, NewAccount("vice", "李副市长", "leader"))
    accounts.portfolio(OFFICE, "leader", ("FGW", "GAJ", "FGW"))
    accounts.portfolio(OFFICE, "vice", ("GAJ",))
    ticket, other = town.assigned("FGW", leader="leader"), town.assigned("FGW")
    dry = accounts.hand_over(OFFICE, "leader", "vice", dry_run=True)
    taken = accounts.hand_over(OFFICE, "leader", "vice")
    assert dry == taken
    assert ([after.number for after in taken.tickets], taken.units) == ([ticket.number], ("FGW",))
    assert town.desk.ticket(OFFICE, ticket.number).leader == "vice"
    assert town.desk.ticket(OFFICE, other.number) == other
    assert (known(town, "leader").portfolio, known(town, "vice").portfolio) == ((), ("FGW", "GAJ"))
    (entry,) = town.entries("account.handed-over")
    event = journal.read_events(town.database, ticket.id)[-1]
    assert (event.kind, event.data["account"], event.data["entry"]) == ("handed-over", ["leader", "vice"], entry.seq)
    assert town.sound()


@pytest.mark.parametrize(("language", "text"), [
    ("zh", "王副市长名下事项移交李副市长：2 件整改事项（{first}、另有 1 件）；分管单位 市发展改革委"),
    ("en", "What waited for 王副市长 is with 李副市长 now: 2 tickets ({first}, 1 more); the units 市发展改革委"),
])
def test_whoever_takes_over_and_whoever_hands_over_are_told_once_of_all_of_it(
    town: Town, monkeypatch: pytest.MonkeyPatch, language: str, text: str,
) -> None:
    monkeypatch.setattr("engine.registry.accounts.SHOWN", 1)
    accounts = town.registry.accounts
    accounts.change(ADMIN, "leader", title="王副市长")
    for name, title in (("vice", "李副市长"), ("deputy", "张副市长")):
        accounts.add(ADMIN, NewAccount(name, title, "leader"))
    accounts.stand_in(ADMIN, "vice", "deputy", BEGIN, LATER)
    accounts.portfolio(OFFICE, "leader", ("FGW",))
    first, _ = town.assigned("FGW", leader="leader"), town.assigned("GAJ", leader="leader")
    before = len(town.database.rows("SELECT id FROM notice"))
    accounts.hand_over(OFFICE, "leader", "vice")
    for name in ("vice", "deputy", "leader"):
        reader = Actor(name, "leader", None, "test")
        assert read_inbox(town.database, reader, town.now, language, {})[0].line.what == text.format(first=first.number)
    assert len(town.database.rows("SELECT id FROM notice")) - before == 3
    accounts.hand_over(OFFICE, "leader", "vice")
    assert len(town.database.rows("SELECT id FROM notice")) - before == 3, "nothing was left to hand over"


def test_an_open_request_goes_to_the_next_contact(town: Town) -> None:
    town.registry.accounts.add(OFFICE, SECOND)
    number = town.assigned("FGW").number
    town.desk.do(actor(town, "fgw"), number, Command("accept"))
    ask = Command("request-extension", {"to": BEGIN + timedelta(days=17)}, {"reason": "外线受限"}, salt="x")
    town.desk.do(actor(town, "fgw"), number, ask)
    taken = town.registry.accounts.hand_over(OFFICE, "fgw", "fgw2")
    assert [ticket.request.by for ticket in taken.tickets if ticket.request] == ["fgw2"]
    assert town.registry.accounts.hand_over(OFFICE, "fgw", "fgw2").tickets == ()


def test_whoever_answers_for_the_lead_is_told_and_so_is_whoever_stands_in(town: Town) -> None:
    accounts = town.registry.accounts
    accounts.add(ADMIN, NewAccount("vice", "李副市长", "leader"))
    accounts.portfolio(OFFICE, "vice", ("FGW",))
    accounts.stand_in(OFFICE, "fgw-head", "fgw", BEGIN, LATER)
    people = directory(town.database, town.now)
    assert people.leaders == ("leader", "vice") and people.portfolios == {"FGW": ("vice",)}
    assert people.deputies == {"fgw-head": ("fgw",)}
    assert directory(town.database, LATER).deputies == {}
    with pytest.raises(NotPossible):
        accounts.portfolio(OFFICE, "fgw", ("FGW",))


@pytest.mark.parametrize("change", [
    lambda registry: registry.accounts.add(CONTACT, SECOND), lambda registry: registry.accounts.change(CONTACT, "gaj", title="x"),
    lambda registry: registry.accounts.change(CONTACT, "fgw", role="supervisor", unit=None),
    lambda registry: registry.accounts.disable(CONTACT, "gaj"),
    lambda registry: registry.accounts.stand_in(CONTACT, "fgw-head", "fgw", BEGIN, LATER),
    lambda registry: registry.accounts.end_stand_in(CONTACT, "fgw-head", "fgw"),
    lambda registry: registry.accounts.hand_over(CONTACT, "fgw-head", "fgw"),
    lambda registry: registry.accounts.portfolio(CONTACT, "leader", ()),
    lambda registry: registry.credentials.keep_password(CONTACT, "gaj", "x"),
    lambda registry: registry.credentials.keep_token(CONTACT, "gaj", "1a2b3c4d", "x", bytes(32), None, scope="read", per_minute=1),
    lambda registry: registry.credentials.revoke_token(CONTACT, "gaj", "1a2b3c4d"),
    lambda registry: registry.credentials.keep_password(replace(CONTACT, stands_for="fgw-head"), "fgw", "x"),
])
def test_only_the_office_and_the_administrator_keep_accounts(town: Town, change: Callable[..., object]) -> None:
    before = town.entries()
    with pytest.raises(NotPermitted):
        change(town.registry)
    assert town.entries() == before


@pytest.mark.parametrize("change", [
    lambda registry: registry.accounts.add(OFFICE, NewAccount("duty", "值班督查员", "supervisor")),
    lambda registry: registry.accounts.add(OFFICE, NewAccount("root", "管理员", "admin")),
    lambda registry: registry.accounts.change(OFFICE, "leader", role="supervisor"),
    lambda registry: registry.accounts.change(OFFICE, "auditor", role="admin"),
    lambda registry: registry.accounts.change(OFFICE, "retired", active=True),
    lambda registry: registry.accounts.change(OFFICE, "second", valid_to=LATER),
    lambda registry: registry.credentials.keep_password(OFFICE, "second", "x"),
    lambda registry: registry.credentials.keep_password(OFFICE, "admin", "x"),
    lambda registry: registry.credentials.keep_token(OFFICE, "second", "1a2b3c4d", "x", bytes(32), None, scope="read", per_minute=1),
    lambda registry: registry.credentials.revoke_token(OFFICE, "second", "1a2b3c4d"),
    lambda registry: registry.accounts.add(OFFICE, NewAccount("vice", "李副市长", "leader")),
    lambda registry: registry.accounts.change(OFFICE, "fgw", role="leader", unit=None),
    lambda registry: registry.accounts.change(OFFICE, "leader", title="x"),
    lambda registry: registry.accounts.change(OFFICE, "leader", role="contact", unit="FGW"),
    lambda registry: registry.accounts.change(OFFICE, "leader", phone="13800000000"),
    lambda registry: registry.accounts.disable(OFFICE, "leader"),
    lambda registry: registry.credentials.keep_password(OFFICE, "leader", "x"),
    lambda registry: registry.credentials.keep_token(OFFICE, "leader", "1a2b3c4d", "x", bytes(32), None, scope="read", per_minute=1),
    lambda registry: registry.accounts.disable(OFFICE, "second"), lambda registry: registry.accounts.disable(OFFICE, "office"),
    lambda registry: registry.accounts.change(OFFICE, "second", role="auditor"),
    lambda registry: registry.accounts.change(OFFICE, "second", email="x@example.gov.cn"),
    lambda registry: registry.accounts.change(OFFICE, "office", title="x"),
    lambda registry: registry.accounts.change(OFFICE, "office", valid_to=LATER),
    lambda registry: registry.accounts.change(OFFICE, "admin", email="x@example.gov.cn"),
    lambda registry: registry.accounts.disable(OFFICE, "admin"),
    lambda registry: registry.accounts.change(replace(OFFICE, stands_for="second"), "office", phone="13800000000"),
])
def test_accounts_of_those_who_check_each_other_are_kept_by_the_administrator_only(town: Town, change: Callable[..., object]) -> None:
    for name, until in (("second", None), ("retired", LATER)):
        town.registry.accounts.add(ADMIN, NewAccount(name, "督查员", "supervisor", valid_to=until))
    town.registry.accounts.disable(ADMIN, "retired")
    town.registry.accounts.stand_in(ADMIN, "second", "office", BEGIN, LATER)
    before = town.entries()
    with pytest.raises(NotPermitted) as caught:
        change(town.registry)
    assert caught.value.values["reason"] == "account-appointed"
    assert town.entries() == before


@pytest.mark.parametrize("actor", [OFFICE, ADMIN, CONTACT, Actor("leader", "leader", None, "test")], ids=lambda actor: actor.name)
def test_everybody_keeps_the_addresses_of_their_own_account(town: Town, actor: Actor) -> None:
    town.registry.accounts.change(actor, actor.name, email="own@example.gov.cn", phone="13800000000")
    assert (known(town, actor.name).email, known(town, actor.name).phone) == ("own@example.gov.cn", "13800000000")


def test_nobody_is_called_like_an_account_of_another_role(town: Town) -> None:
    accounts, leader = town.registry.accounts, known(town, "leader").title
    accounts.add(OFFICE, SECOND)
    for change in (
        lambda: accounts.add(OFFICE, NewAccount("fgw3", leader, "contact", "FGW")),
        lambda: accounts.add(OFFICE, NewAccount("fgw3", f" {leader} ", "contact", "FGW")),
        lambda: accounts.add(OFFICE, NewAccount("fgw3", "Leader", "contact", "FGW")),
        lambda: accounts.change(OFFICE, "fgw2", title=leader), lambda: accounts.change(ADMIN, "leader", title=SECOND.title),
    ):
        with pytest.raises(NotPossible) as caught:
            change()
        assert caught.value.values["reason"] == "account-title-taken"
        assert caught.value.values["other"] in ("leader", "fgw2")
    accounts.change(OFFICE, "fgw", title=SECOND.title)  # people of one role may be called alike
    accounts.disable(ADMIN, "leader")
    accounts.change(OFFICE, "fgw2", title=leader)
    with pytest.raises(NotPossible):
        accounts.change(ADMIN, "leader", active=True)


def test_a_supervisor_is_not_made_alone_by_the_other(town: Town) -> None:
    """Who is alone in the office verifies what passed through his own hands: the other one is ended by the administrator only."""
    town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    for end in (
        lambda accounts: accounts.disable(OFFICE, "second"), lambda accounts: accounts.change(OFFICE, "second", valid_to=TOMORROW),
        lambda accounts: accounts.change(OFFICE, "second", role="contact", unit="FGW"),
    ):
        with pytest.raises(NotPermitted):
            end(town.registry.accounts)
    assert known(town, "second").may_act(LATER)


def test_an_erasure_is_not_confirmed_by_a_second_account_of_whoever_asked(town: Town) -> None:
    """Whether the account was made by whoever asked, or only after asking, or made a supervisor only then."""
    accounts, desk, second = town.registry.accounts, town.desk, Actor("second", "supervisor", None, "test")
    accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    accounts.add(OFFICE, NewAccount("third", "联络员", "contact", "FGW"))
    one, two = town.assigned("FGW").number, town.assigned("FGW").number
    desk.ask_erasure(ADMIN, one, 1, "含个人信息")
    desk.ask_erasure(OFFICE, two, 1, "含个人信息")
    accounts.change(ADMIN, "third", role="supervisor", unit=None)
    accounts.add(ADMIN, NewAccount("fourth", "督查员", "supervisor"))
    for number, by, code in (
        (one, second, "erasure-own-account"), (two, Actor("third", "supervisor", None, "test"), "erasure-late-account"),
        (two, Actor("fourth", "supervisor", None, "test"), "erasure-late-account"),
    ):
        with pytest.raises(Refused) as caught:
            desk.erase(by, number, 1)
        assert [reason.code for reason in caught.value.reasons] == [code]
    accounts.change(ADMIN, "second", title="督查专员")
    accounts.add(ADMIN, NewAccount("fifth", "督查员", "supervisor", valid_to=LATER))
    three = town.assigned("FGW").number
    desk.ask_erasure(OFFICE, three, 1, "含个人信息")
    accounts.change(ADMIN, "fifth", valid_to=None)
    with pytest.raises(Refused) as caught:
        desk.erase(Actor("fifth", "supervisor", None, "test"), three, 1)
    assert [reason.code for reason in caught.value.reasons] == ["erasure-late-account"]
    assert desk.erase(second, two, 1).ticket.title == "〔已删除〕"
    assert desk.erase(OFFICE, one, 1).ticket.title == "〔已删除〕"


@pytest.mark.parametrize("change", [
    lambda accounts: accounts.change(OFFICE, "nobody", title="x"), lambda accounts: accounts.disable(OFFICE, "nobody"),
    lambda accounts: accounts.stand_in(OFFICE, "nobody", "fgw", BEGIN, LATER), lambda accounts: accounts.hand_over(OFFICE, "fgw", "nobody"),
])
def test_who_is_not_there_is_not_found(town: Town, change: Callable[..., object]) -> None:
    with pytest.raises(ZgError) as caught:
        change(town.registry.accounts)
    assert caught.value.exit == 3
