"""Events of what the office keeps for itself – a batch, a round, a visit: no unit reads them, and they lead from no state to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from engine.rules.access import Actor
from engine.rules.acts.given import names_given
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import digest_words


class Kept(Protocol):
    """What has a stream."""

    @property
    def id(self) -> int: ...

    @property
    def version(self) -> int: ...


def office_event(
    thing: Kept, actor: Actor, now: datetime, kind: str, data: JsonObject, words: Mapping[str, str] | None = None, salt: str = "",
) -> Event:
    """The next event of a thing. Words go beside the facts; the facts hold their salted digest, and for whom a stand-in acted."""
    return _event(thing.id, thing.version + 1, actor, now, kind, data, words, salt)


def first_office_event(
    stream: int, actor: Actor, now: datetime, kind: str, data: JsonObject, words: Mapping[str, str] | None = None, salt: str = "",
) -> Event:
    """The event that a stream begins with."""
    return _event(stream, 1, actor, now, kind, data, words, salt)


def _event(
    stream: int, seq: int, actor: Actor, now: datetime, kind: str, data: JsonObject, words: Mapping[str, str] | None, salt: str,
) -> Event:
    data["audience"] = OFFICE_AUDIENCE
    if actor.stands_for is not None:
        data["for"] = actor.stands_for
    if words:
        data |= {"words": digest_words(words, salt), "given": names_given(words)}
    return Event(
        stream, seq, now, actor.name, actor.role, actor.unit, actor.via, kind, None, None, data, dict(words) if words else None,
        salt if words else None,
    )
