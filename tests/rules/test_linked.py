"""Whether the events of a ticket still make the hashes beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.rules.event import Event
from engine.rules.proof.chain import GENESIS, body, canonical, digest_words, link
from engine.rules.proof.linked import first_unlinked
from tests.rules.conftest import Matter

Stored = list[tuple[Event, bytes]]


@pytest.fixture
def stored(rectifying: Matter) -> Stored:
    """The events of a ticket with their words and their hashes, as the journal writes them."""
    found, before = [], GENESIS
    for event in rectifying.events:
        words = {"note": "收到"}
        told = event._replace(words=words, salt="salt", data={**event.data, "words": digest_words(words, "salt")})
        before = link(before, body(
            ticket=told.ticket, seq=told.seq, at=told.at, actor=told.actor, role=told.role, unit=told.unit, via=told.via, kind=told.kind,
            from_state=told.from_state, to_state=told.to_state, data=canonical(told.data),
        ))
        found.append((told, before))
    return found


def test_events_as_they_were_written_are_linked_also_without_the_words_that_were_erased(stored: Stored) -> None:
    assert len(stored) > 2 and first_unlinked(stored) is None and first_unlinked([]) is None
    assert first_unlinked([(event._replace(words=None, salt=None), hash_) for event, hash_ in stored]) is None


@pytest.mark.parametrize("change", [
    lambda event: event._replace(actor="somebody-else"), lambda event: event._replace(words={"note": "别的话"}),
    lambda event: event._replace(salt=None),
])
def test_the_first_event_that_was_changed_is_named(stored: Stored, change: Callable[[Event], Event]) -> None:
    event, hash_ = stored[1]
    assert first_unlinked([stored[0], (change(event), hash_), *stored[2:]]) == 2


def test_an_event_that_is_gone_or_has_another_hash_is_seen_where_it_was(stored: Stored) -> None:
    assert first_unlinked(stored[1:]) == 1 and first_unlinked([stored[0], *stored[2:]]) == 2
    assert first_unlinked([*stored[:-1], (stored[-1][0], bytes(32))]) == len(stored)
