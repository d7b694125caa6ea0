"""What many callers rely on and few tests name: permission by role, columns of a ticket, names of words, effects that lack their input."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.errors import NotPermitted
from engine.rules.access import (
    ROLES,
    Actor,
    may_administer,
    may_read_administration,
    must,
    must_have_role,
    sees_everything,
)
from engine.rules.acts.effects import EFFECTS
from engine.rules.acts.effects.registry import Draft
from engine.rules.proof.chain import stamp_or_none
from engine.rules.ticket import TICKET
from engine.rules.wording import FILE_WORDS, file_word
from tests.rules.conftest import LEAD, OFFICE, Matter, local


@pytest.mark.parametrize("role", [*ROLES, "", "visitor", "Supervisor"])
def test_only_a_role_that_a_rule_names_may_read_what_every_role_may(role: str) -> None:
    actor = Actor("x", role, None, "test")
    if role in ROLES and role != "intake":
        must_have_role(actor)
    else:
        with pytest.raises(NotPermitted) as caught:
            must_have_role(actor)
        nobody_has = ("intake", "watch", "system", "security")  # the last two only where the administrator's work is parted
        assert caught.value.values == {"actor": "x", "roles": [name for name in ROLES if name not in nobody_has]}


@pytest.mark.parametrize(("may", "roles"), [
    (may_administer, ["supervisor", "admin"]), (may_read_administration, ["supervisor", "auditor", "admin"]),
    (sees_everything, ["supervisor", "leader", "auditor", "admin"]), (lambda actor: False, []),
])
def test_what_is_not_permitted_names_who_asked_and_who_may(may: Callable[[Actor], bool], roles: list[str]) -> None:
    must(lambda actor: actor == LEAD, LEAD)
    with pytest.raises(NotPermitted) as caught:
        must(may, LEAD)
    assert caught.value.values == {"actor": LEAD.name, "roles": roles}


@pytest.mark.parametrize(("name", "complaint"), [("ask", "no date"), ("instruct", "nobody")])
def test_an_effect_without_the_input_that_a_guard_demands_is_a_broken_definition(rectifying: Matter, name: str, complaint: str) -> None:
    at = rectifying.situation(OFFICE)
    with pytest.raises(ValueError, match=complaint):
        EFFECTS[name].apply(at, Draft())


def test_a_column_holds_json_only_of_what_is_packed(assigned: Matter) -> None:
    ticket = assigned.ticket
    assert TICKET.column("title", ticket.title) == ticket.title
    assert TICKET.column("request", None) is None
    assert json.loads(str(TICKET.column("cooperators", ticket.cooperators))) == list(ticket.cooperators)


def test_json_that_is_known_is_written_as_it_is_known(assigned: Matter) -> None:
    ticket = assigned.ticket
    columns = dict(zip(TICKET.names, TICKET.columns(ticket, {"cooperators": ["GAJ"], "request": None}), strict=True))
    assert (columns["cooperators"], columns["request"], columns["title"]) == ('["GAJ"]', None, ticket.title)


def test_a_moment_that_is_not_there_has_no_text() -> None:
    assert (stamp_or_none(None), stamp_or_none(datetime(2020, 1, 1, tzinfo=UTC))) == (None, "2020-01-01T00:00:00.000000Z")
    assert stamp_or_none(local("2020-01-01T08:00")) == "2020-01-01T00:00:00.000000Z"


def test_the_name_of_a_file_stands_under_the_beginning_of_its_hash() -> None:
    assert file_word("0123456789abcdef" * 4) == f"{FILE_WORDS}0123456789ab"
