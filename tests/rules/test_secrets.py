"""Who complained and where a clue comes from: beside the other words, with a digest of its own, for the office only."""

from __future__ import annotations

import pytest

from engine.rules.access import ROLES, Actor, may_read_secrets, may_redact
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.event import Event
from engine.rules.proof.chain import digest_words
from tests.rules.conftest import OFFICE, Matter


def test_secrets_lie_apart_from_the_words_and_have_a_digest_of_their_own(submitted: Matter) -> None:
    opening = Opening("材料重复提交", "complaint", grade="C", complainant="甲", phone="1390", clue="来信")
    outcome = open_ticket(
        submitted.definition, opening, OFFICE, submitted.now, submitted.calendar, ticket=9, number="ZG-2020-0009", office="ZG",
        salt="salt", secret_salt="grain",  # noqa: S106 – no password
    )
    assert isinstance(outcome, Event)
    secret = {"complainant": "甲", "phone": "1390", "clue": "来信"}
    assert (outcome.words, outcome.secret, outcome.secret_salt) == ({"title": "材料重复提交"}, secret, "grain")
    assert outcome.data["secret"] == digest_words(secret, "grain")
    assert opening._replace(complainant=None, phone=None, clue=None).secret() == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reads_secrets_and_two_roles_erase_words(role: str) -> None:
    actor = Actor("x", role, None)
    assert may_read_secrets(actor) == (role == "supervisor")
    assert may_redact(actor) == (role in ("supervisor", "admin"))
