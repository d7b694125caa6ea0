"""Common passwords: those that are shipped are those of the list that they are made of, and none of them is taken."""

from __future__ import annotations

import hashlib
import urllib.error

import pytest

from engine.registry.common_passwords import DIGEST_BYTES, FILE, is_common
from engine.registry.sign_in import SHORTEST, weakness
from tests.registry.common_passwords import listed, made, source


def test_what_is_shipped_is_what_was_made_in_an_order_in_which_it_is_found() -> None:
    content = FILE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == source()["sha256"]
    digests = [content[at:at + DIGEST_BYTES] for at in range(0, len(content), DIGEST_BYTES)]
    assert digests == sorted(set(digests)) and len(digests) > 15_000


@pytest.mark.parametrize("password", ["basketball", "BasketBall", "qwerty12345", "123456789a"])
def test_a_common_one_is_known_however_it_is_written(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", ["", "七月的伞 借给了 邻居的猫", "basketball in the rain", "\U0010ffff" * 12])
def test_any_other_one_is_not(password: str) -> None:
    assert not is_common(password)


@pytest.mark.torture
def test_it_is_made_of_the_list_and_of_the_3000_first_that_the_rules_would_allow_none_is_taken() -> None:
    try:
        passwords = listed()
    except (urllib.error.URLError, TimeoutError):
        pytest.skip("no registry of npm")
    assert made(passwords) == FILE.read_bytes()
    for least in (8, SHORTEST, 12):
        first = [password for password in passwords if len(password) >= least][:3_000]
        assert len(first) == 3_000 and all(weakness("nobody", password, least) for password in first)
