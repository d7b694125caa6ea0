"""The administrator's work in three parts (三员分立): who enters accounts, who says what they may, who looks at what both did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from engine.errors import NotPermitted
from engine.rules import access
from engine.rules.access import ROLES, THREE, Actor, may_appoint, may_change_account, may_enter, must
from engine.rules.event import Event
from engine.rules.judging.entry import entry as judge
from engine.rules.judging.known import Post
from tests.rules.conftest import local
from tests.rules.told import Told

AT = local("2020-09-25T10:00")
SYSTEM, SECURITY, AUDITOR = (Actor(role, role, None, "test", separated=True) for role in THREE)
ADMIN, OFFICE = (Actor(name, role, None, "test") for name, role in (("admin", "admin"), ("office", "supervisor")))
MAY = (
    "may_administer", "may_authorise", "may_keep_accounts", "may_read_administration", "may_separate", "may_watch", "may_export",
    "may_seal",
)


def rights(role: str, *, separated: bool) -> set[str]:
    actor = Actor("x", role, None, "test", separated=separated)
    return {name for name in MAY if getattr(access, name)(actor)}


def test_where_the_work_is_parted_each_of_the_three_does_a_part_and_nobody_the_whole() -> None:
    assert rights("system", separated=True) == {"may_administer", "may_keep_accounts", "may_watch", "may_seal"}
    assert rights("security", separated=True) == {"may_authorise", "may_keep_accounts"}
    assert rights("auditor", separated=True) == {"may_read_administration", "may_watch", "may_export"}
    assert rights("admin", separated=True) == {"may_watch", "may_export"}
    assert rights("supervisor", separated=True) == {"may_watch", "may_export"}


def test_where_it_is_not_the_office_and_the_administrator_do_it_and_the_administrator_alone_parts_it() -> None:
    whole = {"may_administer", "may_authorise", "may_keep_accounts", "may_read_administration", "may_watch", "may_export", "may_seal"}
    assert rights("supervisor", separated=False) == whole and rights("admin", separated=False) == whole | {"may_separate"}


def test_none_of_the_three_sees_or_handles_a_ticket_but_that_the_auditor_looks() -> None:
    for actor in (SYSTEM, SECURITY):
        seen = [
            name for name, rule in vars(access).items() if name.startswith("may_") and name not in MAY and _alone(name) and rule(actor)
        ]
        assert seen == ["may_open_own", "may_read_common"] and not access.sees_everything(actor)
    assert access.sees_everything(AUDITOR)


def _alone(name: str) -> bool:
    return getattr(access, name).__code__.co_argcount == 1


def test_no_one_person_makes_an_account_that_acts() -> None:
    for role in ROLES:
        makers = [actor.role for actor in (SYSTEM, SECURITY, AUDITOR) if may_enter(actor, role) and may_appoint(actor, role)]
        assert makers == []
    assert not may_enter(SYSTEM, "admin") and not may_appoint(SECURITY, "admin")
    assert may_enter(ADMIN, "leader") and may_enter(OFFICE, "contact")
    assert not may_enter(OFFICE, "leader") and not may_enter(AUDITOR, "contact")


@pytest.mark.parametrize(("actor", "fields", "ends", "may"), [
    (SYSTEM, {"title", "phone"}, False, True), (SYSTEM, {"role"}, False, False), (SYSTEM, {"active"}, False, False),
    (SYSTEM, {"active"}, True, True), (SYSTEM, {"password_hash"}, False, False), (SYSTEM, {"title", "unit"}, False, False),
    (SECURITY, {"title"}, False, False), (SECURITY, {"role", "unit"}, False, True), (SECURITY, {"active"}, False, True),
    (SECURITY, {"active"}, True, True), (SECURITY, {"password_hash", "password_at"}, False, True),
    (AUDITOR, {"active"}, True, False), (AUDITOR, set(), False, False), (ADMIN, {"title", "role"}, False, True),
])
def test_who_enters_says_who_it_is_and_who_looks_after_security_what_it_may(
    actor: Actor, fields: Collection[str], ends: bool, may: bool,
) -> None:
    assert may_change_account(actor, "zhang", ("contact", "head"), fields, ends=ends) == may


@pytest.mark.parametrize(("fields", "ends", "may"), [
    ({"role"}, False, False), ({"unit"}, False, False), ({"valid_to"}, False, False), ({"active"}, False, False), ({"active"}, True, True),
])
def test_nobody_says_what_the_own_account_may_where_the_work_is_parted(fields: Collection[str], ends: bool, may: bool) -> None:
    roles = ("security", "security")
    assert may_change_account(SECURITY, "security", roles, fields, ends=ends) == may
    assert may_change_account(SECURITY, "another", roles, fields, ends=ends)
    assert may_change_account(ADMIN, "admin", ("admin", "admin"), fields, ends=ends), "where it is not, the administrator does it whole"


def test_whoever_keeps_or_audits_accounts_calls_nobody() -> None:
    assert [role for role in ROLES if access.may_call(Actor("x", role, None))] == ["supervisor", "leader"]


def test_whoever_may_not_is_named_with_those_of_the_three_that_may() -> None:
    with pytest.raises(NotPermitted) as told:
        must(access.may_authorise, SYSTEM)
    assert told.value.values["roles"] == ["security"]


# judged again --------------------------------------------------------------------------------------------------------

POSTS = {actor.name: Post(actor.role, None) for actor in (SYSTEM, SECURITY, AUDITOR, ADMIN, OFFICE)} | {"zhang": Post("contact", "SCJGJ")}


NOW = "2020-09-25T02:00:00.000000Z"
ADDED = ("account.added", {"role": "contact", "unit": "SCJGJ"}, {"called": "张三"})
TITLE = {"table": "account_title", "put": {"account": "li", "since": NOW, "title": {"word": "called"}}}


def row(table: str, **values: object) -> dict[str, Any]:
    return {"table": table, "put": values}


def new_account(*, active: bool) -> dict[str, Any]:
    nothing = dict.fromkeys((
        "email", "phone", "chat", "password_hash", "password_at", "second_factor", "identity", "valid_from", "valid_to",
    ))
    return row("account", name="li", title={"word": "called"}, role="contact", unit="SCJGJ", active=active, **nothing)


def reasons(
    actor: Actor, what: str, facts: Mapping[str, Any], *rows: dict[str, Any], words: Mapping[str, str] | None = None,
    separated: bool = True, account: str = "zhang",
) -> list[str]:
    data = {"what": what, "account": account, **facts, "rows": list(rows)}
    if words:
        data["words"] = "digest"
    event = Event(0, 7, AT, actor.name, actor.role, None, "test", "set", None, None, data, words)
    known = Told({}, (), POSTS, separated=separated, no_earlier=AT)
    return [reason.code for reason in judge(event, known).reasons]


@pytest.mark.parametrize(("actor", "active", "found"), [
    (SYSTEM, False, []), (SYSTEM, True, ["judged-may", "judged-rows"]), (SECURITY, True, ["judged-may"]),
    (OFFICE, True, ["judged-may"]), (ADMIN, True, ["judged-may"]),
])
def test_an_account_that_one_person_made_to_act_is_found(actor: Actor, active: bool, found: list[str]) -> None:
    what, facts, words = ADDED
    assert reasons(actor, what, facts, new_account(active=active), TITLE, words=words, account="li") == found


def test_before_it_was_parted_the_same_was_right() -> None:
    what, facts, words = ADDED
    assert reasons(OFFICE, what, facts, new_account(active=True), TITLE, words=words, account="li", separated=False) == []


@pytest.mark.parametrize(("actor", "found"), [
    (SECURITY, []), (SYSTEM, ["judged-may"]), (AUDITOR, ["judged-may"]), (OFFICE, ["judged-may"]),
])
def test_what_accounts_may_is_said_by_who_looks_after_security(actor: Actor, found: list[str]) -> None:
    enabled = {"changes": {"role": ["contact", "head"]}}
    assert reasons(actor, "account.set", enabled, row("account", name="zhang", role="head")) == found
    span = {"deputy": "li", "from": NOW, "until": NOW}
    stands = row("stand_in", account="zhang", deputy="li", valid_from=NOW, valid_to=NOW)
    assert reasons(actor, "account.stand-in", span, stands) == found


def test_whoever_changed_the_own_rights_is_found() -> None:
    span = {"changes": {"valid_to": [None, "2030-01-01T00:00:00.000000Z"]}}
    for account, found in (("security", ["judged-may"]), ("zhang", [])):
        told = row("account", name=account, valid_to="2030-01-01T00:00:00.000000Z")
        assert reasons(SECURITY, "account.set", span, told, account=account) == found


@pytest.mark.parametrize(("actor", "separated", "found"), [
    (ADMIN, False, []), (OFFICE, False, ["judged-may"]), (SYSTEM, True, ["judged-may"]), (ADMIN, True, ["judged-may"]),
])
def test_the_work_is_parted_once_by_the_administrator(actor: Actor, separated: bool, found: list[str]) -> None:
    rows = (row("setting", name="separated", value="1"), row("account", name="admin", active=False))
    assert reasons(actor, "office.separated", {"ended": ["admin"]}, *rows, separated=separated, account="admin") == found


def test_it_is_never_put_together_again() -> None:
    dropped = {"table": "setting", "drop": {"name": "separated"}}
    for actor in (ADMIN, SYSTEM, SECURITY):
        assert "judged-may" in reasons(actor, "office.separated", {"ended": []}, dropped)


@pytest.mark.parametrize(("name", "actor", "found"), [
    ("ledger-columns", OFFICE, []), ("ledger-columns", SECURITY, ["judged-may"]), ("ledger-columns", SYSTEM, []),
    ("ledger-answers/B-2020-0001", OFFICE, []), ("successors", OFFICE, []), ("successors", AUDITOR, ["judged-may"]),
    ("notices", OFFICE, ["judged-may"]), ("notices", SYSTEM, []),
])
def test_what_is_kept_of_work_on_tickets_whoever_does_that_still_keeps(name: str, actor: Actor, found: list[str]) -> None:
    said = [code for code in reasons(actor, "x", {}, row("setting", name=name, value="1")) if code != "judged-rows"]
    assert said == found
