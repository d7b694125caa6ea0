"""Who wrote an event: whether the account was there, could act, and had the role, the unit and the stand-in that the event says."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.errors import Reason
from engine.rules.access import WATCH, WATCH_ACCOUNT, Actor, may_stand_in
from engine.rules.event import Event
from engine.rules.judging.judgement import LAWFUL, Judgement, judgement
from engine.rules.judging.known import Known

PEOPLE = "people"
"""What is not asked where the record does not tell who there was."""


def actor_of(event: Event) -> Actor:
    """Who acts, as the event says it."""
    return _actor(event.actor, event.role, event.unit, event.via, event.data.get("for"))


def administrator_of(event: Event, known: Known) -> Actor:
    """The same, where it matters whether the office had parted the administrator's work in three by then."""
    actor = actor_of(event)
    return replace(actor, separated=True) if known.separated else actor


@lru_cache(maxsize=4_096)
def _actor(name: str, role: str, unit: str | None, via: str, stands_for: str | None) -> Actor:
    """One value for one person: few people write many events, and each is asked for more than once."""
    return Actor(name, role, unit, via, stands_for)


def person(event: Event, known: Known) -> Judgement:
    """What stands against the actor, as whoever writes an event is asked (`record/directory.must_still_act`)."""
    actor = actor_of(event)
    if actor.role == WATCH:
        built_in = actor.name == WATCH_ACCOUNT and actor.unit is None and actor.stands_for is None
        return judgement([None if built_in else Reason("judged-watch", {"actor": actor.name})])
    if not known.tells_people:
        return Judgement((), (PEOPLE,))
    own = known.post(actor.name)
    meant = own if actor.stands_for is None else known.post(actor.stands_for)
    if own is None or meant is None:
        return judgement([Reason("judged-account", {"actor": actor.signature})])
    at = max(event.at, known.no_earlier or event.at)
    if own is meant and own.may_act(at) and own.role == actor.role and own.unit == actor.unit:  # most act for themselves, as they may
        return LAWFUL
    return judgement([
        None if own.may_act(at) and meant.may_act(at) else Reason("judged-ended", {"actor": actor.signature}),
        None if (meant.role, meant.unit) == (actor.role, actor.unit) else Reason(
            "judged-role", {"actor": actor.signature, "role": actor.role, "unit": actor.unit or "-"},
        ),
        None if actor.stands_for is None or (
            may_stand_in(meant.role, meant.unit, own.role, own.unit) and known.stands_in(actor.stands_for, actor.name, at)
        ) else Reason("judged-stand-in", {"actor": actor.name, "account": actor.stands_for}),
    ])


def by_watch(event: Event) -> Reason | None:
    """Why not, of what only the watch writes."""
    return None if event.role == WATCH else Reason("judged-watch", {"actor": event.actor})


def may(allowed: bool, event: Event) -> Reason | None:
    """Why not, of what only those write who may."""
    return None if allowed else Reason("judged-may", {"actor": event.actor, "kind": event.kind})
