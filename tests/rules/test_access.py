"""Who may do what: role, relation to the ticket, and trigger."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import NotPermitted
from engine.rules import access
from engine.rules.access import (
    ROLES,
    Actor,
    may_act,
    may_administer,
    may_appoint,
    may_bring_feedback,
    may_bring_feedback_of,
    may_export,
    may_open,
    may_open_as,
    may_open_own,
    may_read_administration,
    may_read_secrets,
    may_redact,
    may_save_for_everybody,
    may_save_for_unit,
    may_seal,
    may_see,
    may_stand_in,
    must,
    must_have_role,
    relations,
    sees_everything,
)
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.event import Event
from tests.rules.conftest import OFFICE, Matter, china, local, workflow

PLATFORM = Actor("hotline", "intake", None)
OFFICE_DOES = {
    "assign", "verify", "reject", "withdraw", "suspend", "resume", "grant", "refuse", "reassign", "reopen", "comment",
    "issue", "waive", "urge", "instruct", "review", "consent", "reinstate",
}
LEAD_DOES = {"accept", "decline", "endorse", "submit", "request-extension", "comment", "progress", "report-back", "review"}
HEAD_DOES = LEAD_DOES | {"send-back"}
COOPERATOR_DOES = {"sign-off", "object", "comment", "progress"}
TABLE = {
    ("supervisor", None): OFFICE_DOES, ("supervisor", "SCJGJ"): OFFICE_DOES,
    ("contact", "SCJGJ"): LEAD_DOES, ("head", "SCJGJ"): HEAD_DOES,
    ("contact", "SWJ"): COOPERATOR_DOES, ("head", "SWJ"): COOPERATOR_DOES,
    ("contact", "GAJ"): set(), ("head", "GAJ"): set(), ("contact", None): set(), ("head", None): set(),
    ("leader", None): {"comment", "instruct", "consent"}, ("leader", "SCJGJ"): {"comment", "instruct", "consent"},
    ("auditor", None): set(), ("auditor", "SCJGJ"): set(), ("admin", None): set(), ("admin", "SCJGJ"): set(),
    ("system", None): set(), ("security", None): set(),
    ("watch", None): {"deemed-accepted"}, ("intake", None): set(), ("nobody", "SCJGJ"): set(),
}


@pytest.mark.parametrize("role_and_unit", TABLE, ids=str)
def test_a_role_does_exactly_what_its_relation_allows(assigned: Matter, role_and_unit: tuple[str, str | None]) -> None:
    actor = Actor("somebody", *role_and_unit)
    triggers = workflow("rectification").triggers.values()
    assert {trigger.name for trigger in triggers if may_act(actor, assigned.ticket, trigger)} == TABLE[role_and_unit]


def test_the_table_knows_every_role() -> None:
    assert set(ROLES) <= {role for role, _ in TABLE}


def test_every_trigger_can_be_done_by_somebody() -> None:
    assert set(workflow("rectification").triggers) == set().union(*TABLE.values())


@pytest.mark.parametrize(("role", "unit", "found"), [
    ("supervisor", None, {"office"}), ("leader", None, {"leader"}), ("watch", None, {"watch"}), ("contact", "SCJGJ", {"lead"}),
    ("head", "SCJGJ", {"lead", "head"}), ("head", "SWJ", {"cooperator"}), ("contact", "SWJ", {"cooperator"}), ("admin", None, set()),
    ("intake", None, {"intake"}),
])
def test_relations_in_the_words_of_a_workflow(assigned: Matter, role: str, unit: str | None, found: set[str]) -> None:
    assert relations(Actor("somebody", role, unit), assigned.ticket) == found


@pytest.mark.parametrize("role", ["contact", "head"])
def test_units_see_what_is_theirs_and_nothing_before_it_was_assigned(matter: Callable[..., Matter], role: str) -> None:
    hidden = workflow("rectification").hidden_states
    opened = matter().open(lead="SCJGJ", cooperators=("SWJ",))
    seen = [unit for unit in ("SCJGJ", "SWJ", "GAJ", None) if may_see(Actor("x", role, unit), opened.ticket, hidden)]
    assert (hidden, seen) == (("found",), [])
    opened.do("assign")
    seen = [unit for unit in ("SCJGJ", "SWJ", "GAJ", None) if may_see(Actor("x", role, unit), opened.ticket, hidden)]
    assert seen == ["SCJGJ", "SWJ"]


@pytest.mark.parametrize("role", ["supervisor", "leader", "auditor", "admin", "watch"])
def test_the_house_sees_everything(assigned: Matter, role: str) -> None:
    found = assigned.ticket._replace(state="found")
    assert may_see(Actor("x", role, None), found, ("found",))


@given(
    role=st.one_of(st.text(), st.sampled_from(["Supervisor", "supervisor ", "office", "root", ""])).filter(lambda role: role not in ROLES),
    unit=st.sampled_from(["SCJGJ", "SWJ", None]), state=st.sampled_from(sorted(workflow("rectification").states)),
)
def test_a_role_that_no_rule_names_sees_nothing_and_may_do_nothing(role: str, unit: str | None, state: str) -> None:
    matter = Matter(local("2020-09-25T09:00"), workflow("rectification"), china()).open(lead="SCJGJ", cooperators=("SWJ",))
    ticket, somebody = matter.ticket._replace(state=state), Actor("x", role, unit)
    assert relations(somebody, ticket) == frozenset()
    assert not may_see(somebody, ticket, ()) and not sees_everything(somebody)
    assert not any(may_act(somebody, ticket, trigger) for trigger in matter.definition.triggers.values())
    for may in (may_open, may_administer, may_read_secrets, may_redact, may_read_administration):
        assert not may(somebody), may.__name__
    for known in ("SCJGJ", "SWJ", None):
        assert not any(may_stand_in(role, unit, other, known) or may_stand_in(other, known, role, unit) for other in (role, *ROLES))


@given(st.sampled_from(["contact", "head"]), st.sampled_from(["contact", "head"]))
def test_nobody_of_no_unit_stands_in_for_a_unit(role: str, other: str) -> None:
    assert not may_stand_in(role, None, other, None)


@pytest.mark.parametrize(("actor", "source", "key", "may"), [
    (OFFICE, "visit", None, True), (OFFICE, "review", "12345:R1", True),
    (PLATFORM, "review", "hotline:R1", True), (PLATFORM, "complaint", "hotline:R1", True), (PLATFORM, "monitor", "hotline:R1", True),
    (PLATFORM, "visit", "hotline:R1", False),
    (PLATFORM, "review", None, False), (PLATFORM, "review", "12345:R1", False), (PLATFORM, "review", "hotline", False),
    (Actor("hotline", "contact", "SWJ"), "review", "hotline:R1", False),
])
def test_a_platform_s_program_opens_tickets_for_what_it_brings_and_no_others(actor: Actor, source: str, key: str | None, may: bool) -> None:
    assert may_open_as(actor, source, key) == may


def test_a_platform_s_program_brings_under_its_own_name_only_and_reads_nothing() -> None:
    assert [role for role in ROLES if may_bring_feedback(Actor("x", role, None))] == ["supervisor", "intake"]
    assert may_bring_feedback_of(OFFICE, "any") and may_bring_feedback_of(PLATFORM, "hotline")
    assert not may_bring_feedback_of(PLATFORM, "12345") and not may_bring_feedback_of(Actor("hotline", "contact", "SWJ"), "hotline")
    reads = [name for name, rule in vars(access).items() if name.startswith("may_") and _reads(rule, PLATFORM)]
    assert reads == ["may_bring_feedback", "may_open_own"] and not may_export(PLATFORM)


def _reads(rule: Callable[..., bool], actor: Actor) -> bool:
    """Whether a rule about nobody but the actor says yes."""
    return len(inspect.signature(rule).parameters) == 1 and rule(actor)


def test_only_the_office_opens_and_only_office_admin_and_system_administer() -> None:
    assert [role for role in ROLES if may_open(Actor("x", role, None))] == ["supervisor"]
    assert [role for role in ROLES if may_administer(Actor("x", role, None))] == ["supervisor", "admin", "system"]


def test_filters_are_named_for_a_unit_by_its_people_and_for_everybody_by_the_office() -> None:
    assert {role for role in ROLES if may_save_for_unit(Actor("x", role, "SWJ"))} == {"contact", "head"}
    assert [role for role in ROLES if may_save_for_everybody(Actor("x", role, None))] == ["supervisor"]


def test_who_complained_is_read_by_the_office_alone_and_erased_by_it_and_the_administrator() -> None:
    assert [role for role in ROLES if may_read_secrets(Actor("x", role, None))] == ["supervisor"]
    assert [role for role in ROLES if may_redact(Actor("x", role, None))] == ["supervisor", "admin"]


def test_the_administration_is_read_by_whoever_administers_and_by_the_auditor() -> None:
    assert [role for role in ROLES if may_read_administration(Actor("x", role, None))] == ["supervisor", "auditor", "admin"]


@pytest.mark.parametrize(("one", "other", "may"), [
    (("head", "FGW"), ("contact", "FGW"), True), (("contact", "FGW"), ("contact", "FGW"), True),
    (("contact", "FGW"), ("head", "FGW"), True),
    (("contact", "FGW"), ("contact", "GAJ"), False), (("contact", "FGW"), ("supervisor", None), False),
    (("supervisor", None), ("supervisor", None), True), (("leader", None), ("leader", None), True),
    (("leader", None), ("supervisor", None), False), (("supervisor", None), ("admin", None), False),
    (("supervisor", "FGW"), ("contact", "FGW"), False), (("admin", None), ("admin", None), False),
    (("auditor", None), ("auditor", None), False), (("watch", None), ("supervisor", None), False),
])
def test_stand_ins_are_of_the_same_unit_and_the_same_side(
    one: tuple[str, str | None], other: tuple[str, str | None], may: bool,
) -> None:
    assert may_stand_in(*one, *other) == may


def test_a_stand_in_s_event_says_for_whom_and_neither_of_the_two_verifies_their_own(submitted: Matter) -> None:
    deputy = Actor("second", "supervisor", None, "test", "office")
    assert submitted.do("verify", deputy).events[-1].data["for"] == "office"
    assert "for" not in submitted.events[0].data
    event = open_ticket(
        submitted.definition, Opening("x", "visit"), deputy, submitted.now, submitted.calendar, ticket=2, number="ZG-2020-0002",
        office="ZG", salt="x",
    )
    assert isinstance(event, Event) and event.data["for"] == "office"
    submitted.ticket = submitted.ticket._replace(state="submitted", hands=("office",))
    assert "own-hands" in submitted.reasons("verify", deputy)


def test_the_office_keeps_accounts_of_units_and_the_administrator_those_that_check_each_other() -> None:
    kept = {role: [of for of in ROLES if may_appoint(Actor("x", role, None), of)] for role in ROLES}
    assert kept.pop("admin") == list(ROLES)
    assert kept.pop("supervisor") == [of for of in ROLES if of not in ("supervisor", "leader", "admin", "system", "security")]
    assert kept.pop("security") == [of for of in ROLES if of != "admin"]
    assert not any(kept.values())


def test_whoever_administers_and_the_watch_seal_and_the_auditor_checks_only() -> None:
    assert [role for role in ROLES if may_seal(Actor("x", role, None))] == [
        role for role in ROLES if role in ("supervisor", "admin", "system", "watch")
    ]


def test_whoever_may_not_is_named_with_the_roles_of_people_that_may() -> None:
    must(may_seal, OFFICE)
    with pytest.raises(NotPermitted) as told:
        must(may_seal, Actor("zhang", "auditor", None, "test"))
    assert told.value.values == {"actor": "zhang", "roles": [role for role in ROLES if role in ("supervisor", "admin")]}


def test_what_every_role_may_read_is_closed_to_whoever_has_none() -> None:
    for role in ROLES:
        if role != "intake":
            must_have_role(Actor("x", role, None, "test"))
    with pytest.raises(NotPermitted):
        must_have_role(PLATFORM)
    with pytest.raises(NotPermitted) as told:
        must_have_role(Actor("x", "visitor", None, "test"))
    assert told.value.values["roles"] == [role for role in ROLES if role not in ("system", "security", "intake", "watch")]


@pytest.mark.parametrize(("via", "may"), [("web", True), ("cli:login", True), ("api:1f2e3d4c", False)])
def test_a_person_makes_what_opens_the_own_account_and_a_token_no_other_one(via: str, may: bool) -> None:
    assert may_open_own(Actor("admin", "admin", None, via)) == may
