"""Erasing words takes two people, and leaves the facts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.rules.access import Actor
from engine.rules.acts.decide import Refusal
from engine.rules.acts.redaction import ask, confirm
from engine.rules.ticket import Event, evolve, fold
from tests.rules.conftest import LEAD, OFFICE, Matter

NOW = datetime(2020, 9, 25, 5, tzinfo=UTC)
ADMIN = Actor("admin", "admin", None, "test")


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal)
    return [reason.code for reason in outcome.reasons]


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
    assert (event.kind, event.data["seq"], event.words) == ("erasure-asked", 1, {"reason": "含个人信息"})
    before = fold(asked.events[:-1])
    assert asked.ticket == before._replace(version=before.version + 1)


def test_another_person_confirms(asked: Matter) -> None:
    event = confirm(asked.ticket, asked.events, 1, ADMIN, NOW)
    assert isinstance(event, Event)
    assert (event.kind, event.data) == ("erased", {"seq": 1, "asked": asked.events[-1].seq})


def test_whoever_asked_cannot_confirm(asked: Matter) -> None:
    assert codes(confirm(asked.ticket, asked.events, 1, OFFICE, NOW)) == ["erasure-same-person"]
    asked.events[-1] = asked.events[-1]._replace(actor="deputy", data={"seq": 1, "for": "admin"})
    assert codes(confirm(asked.ticket, asked.events, 1, ADMIN, NOW)) == ["erasure-same-person"]


def test_what_nobody_asked_for_is_not_confirmed(asked: Matter) -> None:
    assert codes(confirm(asked.ticket, asked.events, len(asked.events), ADMIN, NOW)) == ["erasure-not-asked"]
    done = confirm(asked.ticket, asked.events, 1, ADMIN, NOW)
    assert isinstance(done, Event)
    assert codes(confirm(evolve(asked.ticket, done), [*asked.events, done], 1, ADMIN, NOW)) == ["erasure-not-asked"]


def test_it_is_asked_for_once(asked: Matter) -> None:
    assert codes(ask(asked.ticket, asked.events, 1, "x", OFFICE, NOW, "s")) == ["erasure-open"]


def test_units_neither_ask_nor_confirm(asked: Matter) -> None:
    assert "not-yours" in codes(ask(asked.ticket, asked.events, 1, "x", LEAD, NOW, "s"))
    assert "not-yours" in codes(confirm(asked.ticket, asked.events, 1, LEAD, NOW))


def test_there_must_be_words_and_a_reason(submitted: Matter) -> None:
    last = submitted.ticket.version
    assert codes(ask(submitted.ticket, submitted.events, last + 1, "x", OFFICE, NOW, "s")) == ["no-such-event"]
    bare = [event._replace(words=None) for event in submitted.events]
    assert codes(ask(submitted.ticket, bare, 1, " ", OFFICE, NOW, "s")) == ["no-words", "words-empty"]
