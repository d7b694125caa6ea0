"""The second factor: by the published vectors, a code once, recovery codes once, waiting after wrong ones; and what the record keeps."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from engine.audit.verify import verify
from engine.errors import LockedOut, NotPermitted, NotPossible, NotSignedIn
from engine.record import queries
from engine.registry.policy import Policy
from engine.registry.second_factor import RECOVERY_CODES, SecondFactor, WrongCode, _step_of, check, enrol, new_secret
from engine.registry.sessions import HALFWAY, SECOND, begin, begin_halfway, halfway_in, signed_in
from engine.registry.sign_in import FREE_FAILURES
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def code_of(secret: str, now: datetime) -> str:
    return pyotp.TOTP(secret).at(now)


@pytest.fixture
def enrolled(town: Town) -> tuple[Town, str, tuple[str, ...]]:
    secret = new_secret()
    return town, secret, enrol(town.registry, CONTACT, secret, code_of(secret, NOW), NOW)


@pytest.mark.parametrize("seconds, code", [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")])
def test_codes_are_those_of_the_published_vectors(seconds: int, code: str) -> None:
    secret = b32encode(b"12345678901234567890").decode()
    assert _step_of(secret, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30  # RFC 6238, appendix B, its last six digits


def test_a_code_counts_once_and_those_around_the_moment_count(enrolled: tuple[Town, str, tuple[str, ...]]) -> None:
    town, secret, _ = enrolled
    for code, at in ((code_of(secret, NOW), NOW), (code_of(secret, LATER), LATER - timedelta(minutes=2)), ("000000", LATER), ("", LATER)):
        with pytest.raises(WrongCode):
            check(town.registry, CONTACT, code, at)
    given = code_of(secret, LATER)
    assert check(town.registry, CONTACT, f"{given[:3]} {given[3:]}", LATER + timedelta(seconds=30)) is None
    with pytest.raises(WrongCode):
        check(town.registry, CONTACT, given, LATER + timedelta(seconds=31))


def test_each_recovery_code_counts_once_and_only_hashes_are_kept(enrolled: tuple[Town, str, tuple[str, ...]]) -> None:
    town, _, codes = enrolled
    assert len(set(codes)) == RECOVERY_CODES
    assert check(town.registry, CONTACT, codes[3].lower().replace("-", " "), LATER) == RECOVERY_CODES - 1
    with pytest.raises(WrongCode):
        check(town.registry, CONTACT, codes[3], LATER)
    row = town.database.row(queries.SECOND_FACTOR, name=CONTACT.name)
    assert row is not None and not any(code.replace("-", "") in row[0] for code in codes)
    told = repr(town.entries())
    assert SecondFactor.of(row[0]).secret not in told and repr(SecondFactor.of(row[0])) == "SecondFactor(recovery=7)"
    assert list(verify(town.database)) == []


def test_whoever_guesses_waits_and_a_right_code_forgets_it(enrolled: tuple[Town, str, tuple[str, ...]]) -> None:
    town, secret, _ = enrolled
    for _ in range(FREE_FAILURES - 1):
        with pytest.raises(WrongCode):
            check(town.registry, CONTACT, "123", LATER)
    check(town.registry, CONTACT, code_of(secret, LATER), LATER)
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongCode):
            check(town.registry, CONTACT, "123", LATER)
    with pytest.raises(LockedOut):
        check(town.registry, CONTACT, code_of(secret, LATER + timedelta(minutes=1)), LATER)


def test_a_phone_that_has_another_secret_is_not_enrolled(town: Town) -> None:
    for secret in (new_secret(), "short", ""):
        with pytest.raises(WrongCode):
            enrol(town.registry, CONTACT, secret, code_of(new_secret(), NOW), NOW)
    with pytest.raises(WrongCode):
        check(town.registry, CONTACT, "123456", NOW)


def test_who_may_appoint_takes_it_away_and_the_browsers_go_with_it(enrolled: tuple[Town, str, tuple[str, ...]]) -> None:
    town, secret, _ = enrolled
    with pytest.raises(NotPossible):
        enrol(town.registry, CONTACT, secret, code_of(secret, LATER), LATER)
    browser = begin(town.database, CONTACT, NOW)
    with pytest.raises(NotPermitted):
        town.registry.credentials.end_second_factor(CONTACT, "gaj")
    town.registry.credentials.end_second_factor(OFFICE, CONTACT.name)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, browser, NOW)
    with pytest.raises(NotPossible):
        town.registry.credentials.end_second_factor(ADMIN, CONTACT.name)
    assert list(verify(town.database)) == []


def test_a_browser_that_is_halfway_in_is_shown_nothing_and_not_for_long(town: Town) -> None:
    secret = begin_halfway(town.database, CONTACT, NOW)
    with pytest.raises(NotSignedIn):
        signed_in(town.database, secret, NOW)
    assert halfway_in(town.database, secret, NOW).name == CONTACT.name
    with pytest.raises(NotSignedIn):
        halfway_in(town.database, secret, NOW + HALFWAY)
    with pytest.raises(NotSignedIn):
        halfway_in(town.database, begin(town.database, CONTACT, NOW), NOW)


def test_a_role_of_which_one_is_asked_has_to_set_it_up_first(enrolled: tuple[Town, str, tuple[str, ...]]) -> None:
    town, _, _ = enrolled
    policy = Policy(second_factor=frozenset({"contact", "supervisor"}))
    assert signed_in(town.database, begin(town.database, CONTACT, NOW), NOW, policy=policy).first is None
    assert signed_in(town.database, begin(town.database, OFFICE, NOW), NOW, policy=policy).first == SECOND
    assert signed_in(town.database, begin(town.database, ADMIN, NOW), NOW, policy=policy).first is None


def test_an_identity_is_one_account_and_is_told_by_its_hash(town: Town) -> None:
    town.registry.credentials.keep_identity(ADMIN, "fgw", "city", "city:4711")
    with pytest.raises(NotPossible):
        town.registry.credentials.keep_identity(ADMIN, "gaj", "city", "city:4711")
    with pytest.raises(NotPermitted):
        town.registry.credentials.keep_identity(CONTACT, "fgw", "city", "city:4712")
    assert "4711" not in repr(town.entries())
    town.registry.credentials.keep_identity(ADMIN, "fgw", None, None)
    assert town.database.row(queries.ACCOUNT_OF_IDENTITY, identity="city:4711") is None
    assert list(verify(town.database)) == []
