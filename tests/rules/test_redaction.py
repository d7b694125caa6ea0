"""Erasing words takes two people, and leaves the facts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.redaction import Appointment, appoints, ask, confirm
from engine.rules.event import Event
from engine.rules.proof.chain import digest_words
from engine.rules.ticket import evolve, fold
from tests.rules.conftest import LEAD, OFFICE, Matter

NOW = datetime(2020, 9, 25, 5, tzinfo=UTC)
ADMIN = Actor("admin", "admin", None, "test")


def reasons(outcome: Event | Refusal) -> list[Reason]:
    assert isinstance(outcome, Refusal)
    return list(outcome.reasons)


def codes(outcome: Event | Refusal) -> list[str]:
    return [reason.code for reason in reasons(outcome)]


@pytest.fixture
def asked(submitted: Matter) -> Matter:
    """Somebody of the office asked for the words of the opening to be erased."""
    event = ask(submitted.ticket, submitted.events, 1, "含个人信息", OFFICE, NOW, "salt")
    assert isinstance(event, Event)
    submitted.events.append(event)
    submitted.ticket = evolve(submitted.ticket, event)
    return submitted


def test_asking_is_an_event_that_changes_nothing_else(submitted: Matter, asked: Matter) -> None:
    event = asked.events[-1]
    assert (event.kind, event.data, event.words, event.salt) == (
        "erasure-asked",
        {"seq": 1, "audience": "office", "words": digest_words({"reason": "含个人信息"}, "salt"), "given": ["reason"]},
        {"reason": "含个人信息"}, "salt",
    )
    assert (event.at, event.actor, event.from_state, event.to_state) == (NOW, OFFICE.name, "submitted", "submitted")
    before = fold(asked.events[:-1])
    assert asked.ticket == before._replace(version=before.version + 1, changed_at=NOW)


def test_another_person_confirms(asked: Matter) -> None:
    event = confirm(asked.ticket, asked.events, 1, ADMIN, NOW)
    assert isinstance(event, Event)
    assert (event.kind, event.data) == ("erased", {"seq": 1, "asked": asked.events[-1].seq})
    assert (event.at, event.actor, event.from_state, event.to_state) == (NOW, "admin", "submitted", "submitted")


def test_whoever_asked_cannot_confirm(asked: Matter) -> None:
    assert reasons(confirm(asked.ticket, asked.events, 1, OFFICE, NOW)) == [Reason("erasure-same-person", {"actor": OFFICE.name}, 4)]
    asked.events[-1] = asked.events[-1]._replace(actor="deputy", data={"seq": 1, "for": "admin"})
    assert codes(confirm(asked.ticket, asked.events, 1, ADMIN, NOW)) == ["erasure-same-person"]


@pytest.mark.parametrize(("appointed", "code"), [
    (Appointment("admin", "root", True), "erasure-late-account"), (Appointment("admin", OFFICE.name, False), "erasure-own-account"),
    (Appointment("deputy", "root", True), "erasure-late-account"), (Appointment("deputy", OFFICE.name, False), "erasure-own-account"),
])
def test_a_second_account_is_no_second_person(asked: Matter, appointed: Appointment, code: str) -> None:
    """Neither the account that confirms nor the one it stands in for is made for it."""
    by = Actor("admin", "admin", None, "test", "deputy")
    refused = reasons(confirm(asked.ticket, asked.events, 1, by, NOW, [appointed]))
    assert [(reason.code, reason.values["actor"], reason.exit) for reason in refused] == [(code, appointed.account, 4)]


def test_an_account_that_somebody_else_made_before_confirms(asked: Matter) -> None:
    appointed = [Appointment("admin", "root", False), Appointment("another", OFFICE.name, True)]
    assert isinstance(confirm(asked.ticket, asked.events, 1, ADMIN, NOW, appointed), Event)


def test_what_nobody_asked_for_is_not_confirmed(asked: Matter) -> None:
    last = asked.ticket.version
    assert reasons(confirm(asked.ticket, asked.events, last, ADMIN, NOW)) == [Reason("erasure-not-asked", {"seq": last})]
    assert codes(confirm(asked.ticket, asked.events, last + 1, ADMIN, NOW)) == ["no-such-event", "erasure-not-asked"]
    done = confirm(asked.ticket, asked.events, 1, ADMIN, NOW)
    assert isinstance(done, Event)
    assert codes(confirm(evolve(asked.ticket, done), [*asked.events, done], 1, ADMIN, NOW)) == ["erasure-not-asked"]


def test_it_is_asked_for_once(asked: Matter) -> None:
    again = ask(asked.ticket, asked.events, 1, "x", ADMIN, NOW, "s")
    assert reasons(again) == [Reason("erasure-open", {"actor": OFFICE.name, "seq": 1})]


def test_units_neither_ask_nor_confirm(asked: Matter) -> None:
    refused = Reason("not-yours", {"actor": LEAD.name, "by": ["office"], "trigger": "redact"}, 4)
    assert refused in reasons(ask(asked.ticket, asked.events, 1, "x", LEAD, NOW, "s"))
    assert refused in reasons(confirm(asked.ticket, asked.events, 1, LEAD, NOW))


def test_there_must_be_words_and_a_reason(submitted: Matter) -> None:
    last = submitted.ticket.version
    beyond = ask(submitted.ticket, submitted.events, last + 1, "x", OFFICE, NOW, "s")
    assert reasons(beyond) == [Reason("no-such-event", {"seq": last + 1, "last": last})]
    bare = [event._replace(words=None) for event in submitted.events]
    wordless, blank = reasons(ask(submitted.ticket, bare, 1, " ", OFFICE, NOW, "s"))
    assert wordless == Reason("no-words", {"seq": 1})
    assert (blank.code, blank.values["field"]) == ("words-empty", "reason")


@pytest.mark.parametrize(("facts", "comes"), [
    ({"what": "account.added", "account": "second"}, True),
    ({"what": "account.set", "account": "second", "changes": {"role": ["contact", "supervisor"]}}, True),
    ({"what": "account.set", "account": "second", "changes": {"phone": None}}, False),
    ({"what": "unit.added"}, False), ({}, False),
])
def test_an_account_comes_to_its_role_by_the_entry_that_makes_or_changes_it(facts: dict[str, object], comes: bool) -> None:
    assert appoints(facts) is comes  # type: ignore[arg-type] # facts of an entry
