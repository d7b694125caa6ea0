"""Who signs in: passwords, tokens, waiting after failures; and that no secret is anywhere but with its owner."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from engine.errors import LockedOut, NotPermitted, NotPossible, NotSignedIn, SignInsBusy, WeakPassword
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.registry import sessions, sign_in
from engine.registry.places import Places, network_of
from engine.registry.sign_in import (
    FREE_FAILURES,
    FREE_FAILURES_EVERYWHERE,
    LONGEST_WAIT,
    TOKEN,
    authenticate,
    authenticate_token,
    issue_token,
    set_password,
    waiting,
    weakness,
)
from engine.rules.access import Actor
from tests.registry.conftest import CONTACT, OFFICE, Town

PASSWORD = "七月的伞 借给了 邻居的猫"  # noqa: S105 – opens nothing but the records of these tests
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """The least work that argon2 takes: what is tested here is not how slow it is."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(sign_in, "hasher", lambda: light)
    sign_in._hash_of_nobody.cache_clear()
    return light


@pytest.fixture
def signed(town: Town) -> Town:
    set_password(town.registry, OFFICE, "fgw", PASSWORD)
    return town


def fail(database: Database, times: int, now: datetime = NOW, name: str = "fgw") -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            authenticate(database, name, "不是这个密码吧", now)


def test_name_and_password_make_an_actor(signed: Town) -> None:
    assert authenticate(signed.database, " fgw ", PASSWORD, NOW) == Actor("fgw", "contact", "FGW", "web")
    wide = PASSWORD.replace(" ", "\u3000")  # another keyboard
    assert authenticate(signed.database, "fgw", wide, NOW).name == "fgw"


@pytest.mark.parametrize(("name", "password"), [
    ("fgw", ""), ("fgw", PASSWORD + "!"), ("fgw", "x" * 10_000), ("nobody", PASSWORD), ("gaj", PASSWORD), ("市发改委", PASSWORD),
    ("watch", PASSWORD), ("'; --", PASSWORD), ("\ud800\0", PASSWORD), ("fgw", "\ud800\0" * 9),
])
def test_anything_else_is_refused_with_the_same_words(signed: Town, name: str, password: str) -> None:
    with pytest.raises(NotSignedIn) as caught:
        authenticate(signed.database, name, password, NOW)
    assert caught.value.values == {"reason": "account-or-password"} and str(caught.value).startswith(str(NotSignedIn.__doc__))


def test_an_account_out_of_its_time_does_not_sign_in(signed: Town) -> None:
    signed.registry.accounts.disable(OFFICE, "fgw")
    with pytest.raises(NotSignedIn):
        authenticate(signed.database, "fgw", PASSWORD, NOW)


def test_failures_cost_time_that_grows_and_survives_everything(signed: Town) -> None:
    fail(signed.database, FREE_FAILURES)
    with pytest.raises(LockedOut) as caught:
        authenticate(signed.database, "fgw", PASSWORD, NOW + timedelta(seconds=1))
    assert caught.value.values == {"seconds": 29}
    later = NOW + timedelta(seconds=30)
    fail(signed.database, 1, later)
    with pytest.raises(LockedOut) as caught:
        authenticate(signed.database, "fgw", PASSWORD, later + timedelta(seconds=30))
    assert caught.value.values == {"seconds": 30}
    assert authenticate(signed.database, "fgw", PASSWORD, later + timedelta(seconds=60)).name == "fgw"
    fail(signed.database, FREE_FAILURES - 1, later + timedelta(seconds=61))
    assert authenticate(signed.database, "fgw", PASSWORD, later + timedelta(seconds=62)).name == "fgw"


def test_failures_of_yesterday_are_forgotten(signed: Town) -> None:
    fail(signed.database, FREE_FAILURES)
    fail(signed.database, FREE_FAILURES - 1, NOW + timedelta(days=2))
    assert authenticate(signed.database, "fgw", PASSWORD, NOW + timedelta(days=2)).name == "fgw"


def fails_from(database: Database, address: str, now: datetime = NOW) -> str:
    with pytest.raises((NotSignedIn, LockedOut)) as caught:
        authenticate(database, "fgw", "不是这个密码吧", now, address=address)
    return str(caught.value.code)


def test_strangers_who_fail_keep_nobody_else_out(signed: Town) -> None:
    for _ in range(FREE_FAILURES):
        fails_from(signed.database, "2001:db8::1")
    assert fails_from(signed.database, "2001:db8::2") == "locked-out", "one network"
    assert fails_from(signed.database, "2001:db8:0:1::1") == "not-signed-in"
    actor = authenticate(signed.database, "fgw", PASSWORD, NOW, address="192.0.2.7")
    assert fails_from(signed.database, "2001:db8::1") == "locked-out", "that somebody else knew it opens nothing"
    sessions.begin(signed.database, actor, NOW, sessions.Client("192.0.2.7", "x"))
    for number in range(FREE_FAILURES_EVERYWHERE):
        fails_from(signed.database, f"198.51.100.{number}")
    with pytest.raises(LockedOut):
        authenticate(signed.database, "fgw", PASSWORD, NOW, address="203.0.113.9")
    assert authenticate(signed.database, "fgw", PASSWORD, NOW, address="192.0.2.7").name == "fgw", "from where it signed in before"
    set_password(signed.registry, OFFICE, "fgw", PASSWORD)
    assert authenticate(signed.database, "fgw", PASSWORD, NOW, address="2001:db8::1").name == "fgw"


def test_strangers_leave_places_for_whom_we_know_and_one_network_for_others() -> None:
    places = Places(all=3, strangers=2, one_network=1)
    with places.taken("a", known=False), places.taken("b", known=False):
        for network, known in (("c", False), ("a", True)):
            with pytest.raises(SignInsBusy), places.taken(network, known=known):
                raise AssertionError
        with places.taken("c", known=True), pytest.raises(SignInsBusy), places.taken("d", known=True):
            raise AssertionError
    with places.taken("a", known=False):
        pass


@pytest.mark.parametrize(("address", "network"), [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::"), ("2001:db8:0:0:ffff::1", "2001:db8::"),
    ("fe80::1%eth0", "fe80::"), (None, ""), ("testclient", "testclient"),
])
def test_a_network_is_an_address_and_of_ipv6_all_that_one_person_has(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_clock_set_back_opens_nothing(signed: Town) -> None:
    fail(signed.database, FREE_FAILURES)
    with pytest.raises(LockedOut):
        authenticate(signed.database, "fgw", PASSWORD, NOW - timedelta(days=3))


def test_a_lock_out_is_an_entry_for_known_accounts_and_alike_for_unknown_names(signed: Town) -> None:
    fail(signed.database, FREE_FAILURES)
    fail(signed.database, FREE_FAILURES, name="nobody")
    with pytest.raises(LockedOut):
        authenticate(signed.database, "NOBODY ", PASSWORD, NOW)
    (entry,) = signed.entries("account.locked")
    assert (entry.data["account"], entry.data["failures"], entry.data["seconds"]) == ("fgw", 5, 30)
    assert signed.sound()


def test_another_password_ends_the_waiting(signed: Town) -> None:
    fail(signed.database, FREE_FAILURES)
    set_password(signed.registry, OFFICE, "fgw", PASSWORD + "和伞")
    assert authenticate(signed.database, "fgw", PASSWORD + "和伞", NOW).name == "fgw"


def test_many_attempts_at_once_are_many_failures(signed: Town) -> None:
    def attempt(_: int) -> str:
        with closing(connect(signed.url)) as database:
            try:
                authenticate(database, "fgw", "不是这个密码吧", NOW)
            except (NotSignedIn, LockedOut) as error:
                return error.code
        return "in"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(attempt, range(24)))
    assert said.count("not-signed-in") == FREE_FAILURES and said.count("locked-out") == 24 - FREE_FAILURES


def test_more_at_once_than_have_a_place_are_sent_away_uncounted(signed: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "_PLACES", Places(1, 1, 1))

    def looked_at(_hash: str, _password: str) -> bool:
        for _ in range(FREE_FAILURES + 1):
            with pytest.raises(SignInsBusy):
                authenticate(signed.database, "fgw", "不是这个密码吧", NOW)
        return False

    with monkeypatch.context() as patch:
        patch.setattr(sign_in, "_matches", looked_at)
        for _ in range(2):
            with pytest.raises(NotSignedIn):
                authenticate(signed.database, "fgw", "不是这个密码吧", NOW)
    row = signed.database.row(queries.FAILURES, who=sign_in._name_digest("fgw"))
    assert row is not None and row[0] == 2


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (12, 3600), (10_000, 3600)])
def test_the_waiting_doubles_up_to_an_hour(failures: int, seconds: int) -> None:
    assert waiting(failures) == timedelta(seconds=seconds) <= LONGEST_WAIT


def test_the_same_password_is_hashed_anew_when_the_parameters_change(signed: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def stored() -> str:
        return str(signed.database.rows("SELECT password_hash FROM account WHERE name = 'fgw'")[0][0])

    before = stored()
    assert before.startswith("$argon2id$") and "m=8," in before
    monkeypatch.setattr(sign_in, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=16, parallelism=1))
    authenticate(signed.database, "fgw", PASSWORD, NOW)
    assert "m=16," in stored()
    assert authenticate(signed.database, "fgw", PASSWORD, NOW).name == "fgw"


@pytest.mark.parametrize(("password", "reason"), [
    ("短", "password-length"), ("x" * 201, "password-length"), ("my-fgw-secret", "password-common"), ("Password2026!", "password-common"),
    ("Manchester", "password-common"), ("123qweasdzxc", "password-common"), ("1qaz@WSX3edc", "password-common"),
    ("aaaaaaaaaaaa", "password-monotone"), ("一二一二一二一二一二一二", "password-monotone"), (PASSWORD, None),
])
def test_a_password_is_long_and_its_own(password: str, reason: str | None) -> None:
    assert weakness("fgw", password) == reason


def test_a_weak_password_is_refused_without_repeating_it(town: Town) -> None:
    with pytest.raises(WeakPassword) as caught:
        set_password(town.registry, OFFICE, "fgw", "aaaaaaaaaaaa")
    assert "aaaa" not in f"{caught.value!r} {caught.value.values}"
    with pytest.raises(NotPossible):
        set_password(town.registry, OFFICE, "watch", PASSWORD)


def test_everybody_changes_the_own_password_and_nobody_another_s(town: Town) -> None:
    set_password(town.registry, CONTACT, "fgw", PASSWORD)
    with pytest.raises(NotPermitted):
        set_password(town.registry, CONTACT, "gaj", PASSWORD)


def test_a_token_opens_what_its_account_opens_and_names_itself(town: Town) -> None:
    issued = issue_token(town.registry, CONTACT, "fgw", "政务平台")
    assert TOKEN.fullmatch(issued.secret)
    opened = authenticate_token(town.database, issued.secret, NOW)
    assert opened == (Actor("fgw", "contact", "FGW", f"api:{issued.id}"), issued.id, "read", 600)
    assert town.database.rows("SELECT used_at FROM token") == [(NOW,)]
    authenticate_token(town.database, issued.secret, NOW + timedelta(minutes=59))
    assert town.database.rows("SELECT used_at FROM token") == [(NOW,)]


def test_a_token_that_is_wrong_expired_revoked_or_of_nobody_opens_nothing(town: Town) -> None:
    good = issue_token(town.registry, OFFICE, "fgw", "甲")
    ends = issue_token(town.registry, OFFICE, "fgw", "乙", town.now + timedelta(days=1))
    revoked = issue_token(town.registry, OFFICE, "fgw", "丙")
    before = town.entries()
    for actor in (CONTACT, OFFICE):  # the name of another account revokes nothing
        with pytest.raises((NotPermitted, NotPossible)):
            town.registry.credentials.revoke_token(actor, "gaj", revoked.id)
    assert town.entries() == before
    town.registry.credentials.revoke_token(CONTACT, "fgw", revoked.id)
    end = good.secret[-1]
    for wrong in (good.secret[:-1] + ("0" if end != "0" else "1"), good.secret.upper(), "", "zgt_", good.id, revoked.secret,
                  f"zgt_00000000_{good.secret[-64:]}"):
        with pytest.raises(NotSignedIn):
            authenticate_token(town.database, wrong, NOW)
    assert authenticate_token(town.database, ends.secret, town.now).actor.name == "fgw"
    with pytest.raises(NotSignedIn):
        authenticate_token(town.database, ends.secret, town.now + timedelta(days=1))
    town.registry.accounts.disable(OFFICE, "fgw")
    with pytest.raises(NotSignedIn):
        authenticate_token(town.database, good.secret, NOW)
    with pytest.raises(NotPossible):
        town.registry.credentials.revoke_token(OFFICE, "fgw", revoked.id)
    with pytest.raises(NotPossible):
        issue_token(town.registry, OFFICE, "gaj", "丁", town.now)


def test_no_secret_is_in_the_record_or_in_what_is_said(signed: Town) -> None:
    issued = issue_token(signed.registry, OFFICE, "fgw", "政务平台")
    fail(signed.database, FREE_FAILURES, name=PASSWORD)  # typed into the wrong field
    assert issued.secret not in repr(issued)
    said = repr(signed.entries()) + repr([row for name in ("account", "token", "sign_in_failure", "event", "setting")
                                          for row in signed.database.rows(f"SELECT * FROM {name}")])
    assert PASSWORD not in said and issued.secret not in said and issued.secret[-64:] not in said
    assert "argon2" not in repr(journal.read_events(signed.database, 0))
