"""Browsers that are signed in, and one-time links: who opens what, for how long, and what ends it; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from engine.errors import NotPermitted, NotPossible, NotSignedIn, WeakPassword
from engine.registry import sessions, sign_in
from engine.registry.invitations import VALID_FOR, InvitationGone, accept, first_administrator, invite, invited
from engine.registry.policy import Policy
from engine.registry.sessions import IDLE, LONGEST, Client, begin, end, end_one, end_others, listed, signed_in
from engine.registry.sign_in import authenticate, set_password
from engine.rules.access import Actor
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

PASSWORD = "七月的伞 借给了 邻居的猫"  # noqa: S105 – opens nothing but the records of these tests
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(sign_in, "hasher", lambda: light)


def test_a_browser_is_signed_in_with_the_role_of_now_until_it_is_signed_out(town: Town) -> None:
    secret = begin(town.database, CONTACT, NOW, Client("10.0.0.1", "Firefox"))
    assert signed_in(town.database, secret, NOW).actor == Actor("fgw", "contact", "FGW", "web")
    assert secret not in repr(town.database.rows("SELECT * FROM web_session"))
    with pytest.raises(NotSignedIn):
        signed_in(town.database, secret + "x", NOW)
    end(town.database, secret)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, secret, NOW)


def test_a_browser_that_was_left_alone_or_is_signed_in_too_long_is_signed_out(town: Town) -> None:
    secret = begin(town.database, CONTACT, NOW)
    assert signed_in(town.database, secret, NOW + IDLE - timedelta(seconds=1)), "it was seen then"
    assert signed_in(town.database, secret, NOW + IDLE + timedelta(minutes=1)), "and is not idle since"
    with pytest.raises(NotSignedIn):
        signed_in(town.database, secret, NOW + 3 * IDLE)
    busy = begin(town.database, CONTACT, NOW)
    for passed in range(1, int(LONGEST / IDLE) * 2):
        signed_in(town.database, busy, NOW + passed * IDLE / 2)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, busy, NOW + LONGEST)


def test_where_a_browser_may_be_idle_for_minutes_only_one_that_is_used_stays(town: Town) -> None:
    secret, strict = begin(town.database, CONTACT, NOW), Policy(idle=timedelta(minutes=5))
    for minute in range(1, 10):
        assert signed_in(town.database, secret, NOW + timedelta(minutes=minute), policy=strict)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, secret, NOW + timedelta(minutes=14), policy=strict)


def test_the_own_browsers_are_listed_and_each_can_be_signed_out(town: Town) -> None:
    one, two, three = (begin(town.database, CONTACT, NOW, Client(f"10.0.0.{number}")) for number in (1, 2, 3))
    foreign = begin(town.database, OFFICE, NOW)
    found = listed(town.database, CONTACT, two)
    assert sorted((item.address, item.own) for item in found) == [("10.0.0.1", False), ("10.0.0.2", True), ("10.0.0.3", False)]
    end_one(town.database, CONTACT, next(item.id for item in found if item.address == "10.0.0.1"))
    end_one(town.database, CONTACT, listed(town.database, OFFICE, foreign)[0].id)
    assert [item.address for item in listed(town.database, CONTACT, two)] != [] and signed_in(town.database, foreign, NOW)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, one, NOW)
    end_others(town.database, CONTACT, two)
    assert [item.address for item in listed(town.database, CONTACT, two)] == ["10.0.0.2"]
    with pytest.raises(NotSignedIn):
        signed_in(town.database, three, NOW)


def test_another_password_signs_every_other_browser_out_and_an_ended_account_all(town: Town) -> None:
    own, other = begin(town.database, CONTACT, NOW), begin(town.database, CONTACT, NOW)
    set_password(town.registry, CONTACT, "fgw", PASSWORD, sessions.digest(own))
    assert signed_in(town.database, own, NOW).actor.name == "fgw"
    with pytest.raises(NotSignedIn):
        signed_in(town.database, other, NOW)
    town.registry.accounts.disable(OFFICE, "fgw")
    with pytest.raises(NotSignedIn):
        signed_in(town.database, own, NOW)


def test_a_link_gives_a_password_once_and_looking_at_it_uses_nothing_up(town: Town) -> None:
    made = invite(town.registry, OFFICE, "fgw", NOW)
    assert made.secret not in repr(made) and made.secret not in repr(town.entries()) + repr(town.database.rows("SELECT * FROM invitation"))
    assert [invited(town.database, made.secret, NOW) for _ in range(3)] == ["fgw"] * 3
    with pytest.raises(WeakPassword):
        accept(town.registry, made.secret, "1111111111", NOW)
    assert accept(town.registry, made.secret, PASSWORD, NOW) == Actor("fgw", "contact", "FGW", "web")
    assert authenticate(town.database, "fgw", PASSWORD, NOW).name == "fgw"
    for use in (invited, lambda _, secret, now: accept(town.registry, secret, PASSWORD, now)):
        with pytest.raises(InvitationGone):
            use(town.database, made.secret, NOW)
    assert [event.data["what"] for event in town.entries()[-2:]] == ["account.invited", "account.password"]
    assert town.sound()


def test_a_link_is_over_after_its_time_and_another_one_ends_those_of_before(town: Town) -> None:
    first, second = (invite(town.registry, OFFICE, "fgw", NOW).secret for _ in range(2))
    with pytest.raises(InvitationGone):
        invited(town.database, first, NOW)
    assert invited(town.database, second, NOW + VALID_FOR - timedelta(seconds=1)) == "fgw"
    with pytest.raises(InvitationGone):
        invited(town.database, second, NOW + VALID_FOR)
    town.registry.accounts.disable(OFFICE, "fgw")
    with pytest.raises(InvitationGone):
        invited(town.database, second, NOW)


def test_a_link_is_made_by_whoever_appoints_to_the_role(town: Town) -> None:
    for actor, name in ((OFFICE, "leader"), (OFFICE, "admin"), (CONTACT, "fgw"), (CONTACT, "gaj")):
        with pytest.raises(NotPermitted):
            invite(town.registry, actor, name, NOW)
    assert invite(town.registry, ADMIN, "leader", NOW).account == "leader"
    town.registry.accounts.disable(OFFICE, "gaj")
    with pytest.raises(NotPossible):
        invite(town.registry, OFFICE, "gaj", NOW)


def test_the_first_administrator_gets_a_link_as_long_as_nobody_can_sign_in(town: Town) -> None:
    made = first_administrator(town.registry, ADMIN, NOW)
    assert made is not None and made.account == "admin"
    accept(town.registry, made.secret, PASSWORD, NOW)
    assert first_administrator(town.registry, ADMIN, NOW) is None
    assert town.sound()
