"""Erasing words, by two people: one asks, another confirms. Facts and their digests stay, so the chain still verifies and says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import Reason
from engine.rules.access import Actor, may_redact
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import next_event
from engine.rules.acts.office_event import Kept, office_event
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.ticket import Ticket
from engine.rules.wording import LONGEST, word_problem

if TYPE_CHECKING:
    from engine.rules.event import Facts

ASKED, ERASED = "erasure-asked", "erased"


APPOINTING = frozenset({"role", "active", "valid_from", "valid_to"})
"""Fields of an account by which it comes to act in its role, or acts on."""


class Appointment(NamedTuple):
    """How an account came to its role: by whom, and whether only after the erasure was asked for."""

    account: str
    by: str
    after_asking: bool


def appoints(facts: Facts) -> bool:
    """Whether by an entry with these facts an account comes to act in its role."""
    made = facts.get("what") == "account.added"
    return made or (facts.get("what") == "account.set" and not APPOINTING.isdisjoint(facts["changes"]))


def ask(thing: Kept, events: Iterable[Event], seq: int, reason: str, actor: Actor, now: datetime, salt: str) -> Event | Refusal:
    """Asks for the words of an event to be erased, of a ticket or another thing."""
    history = list(events)
    found = [*_problems(thing, history, seq, actor), word_problem("reason", reason, LONGEST)]
    if (open_ := open_request(history, seq)) is not None:
        found.append(Reason("erasure-open", {"actor": open_.actor, "seq": seq}))
    reasons = tuple(item for item in found if item)
    if reasons:
        return Refusal(reasons)
    return _next(thing, actor, now, ASKED, {"seq": seq, "audience": OFFICE_AUDIENCE}, {"reason": reason}, salt)


def confirm(
    thing: Kept, events: Iterable[Event], seq: int, actor: Actor, now: datetime, appointed: Iterable[Appointment] = (),
) -> Event | Refusal:
    """Confirms what somebody else asked for: the words go with this event.

    `appointed` says how accounts came to their roles, as far as the record does not have them from its beginning. Two accounts are two
    people only where the one that confirms was there before the request, and whoever asked did not make it.
    """
    history = list(events)
    found = _problems(thing, history, seq, actor)
    asked = open_request(history, seq)
    if asked is None:
        found.append(Reason("erasure-not-asked", {"seq": seq}))
    elif {actor.name, actor.stands_for} & people(asked):
        found.append(Reason("erasure-same-person", {"actor": actor.name}, 4))
    else:
        found += [
            Reason("erasure-late-account" if one.after_asking else "erasure-own-account", {"actor": one.account, "by": one.by}, 4)
            for one in unfit(asked, actor, appointed)
        ]
    if found or asked is None:
        return Refusal(tuple(found))
    return _next(thing, actor, now, ERASED, {"seq": seq, "asked": asked.seq})


def unfit(asked: Event, actor: Actor, appointed: Iterable[Appointment]) -> list[Appointment]:
    """By what an account is no second person beside whoever asked, in all that takes two: it came to its role after it, or by them."""
    return [
        one for one in appointed
        if one.account in (actor.name, actor.stands_for) and (one.after_asking or one.by in people(asked))
    ]


def _next(
    thing: Kept, actor: Actor, now: datetime, kind: str, data: JsonObject, words: Mapping[str, str] | None = None, salt: str = "",
) -> Event:
    if isinstance(thing, Ticket):
        return next_event(thing, actor, now, kind, thing.state, data, words, salt)
    return office_event(thing, actor, now, kind, data, words, salt)


def _problems(thing: Kept, history: list[Event], seq: int, actor: Actor) -> list[Reason]:
    """What stands against erasing, for whoever asks and for whoever confirms."""
    found = []
    if not may_redact(actor):
        found.append(Reason("not-yours", {"actor": actor.name, "by": ["office"], "trigger": "redact"}, 4))
    event = next((event for event in history if event.seq == seq), None)
    if event is None:
        found.append(Reason("no-such-event", {"seq": seq, "last": thing.version}))
    elif event.words is None:
        found.append(Reason("no-words", {"seq": seq}))
    return found


def open_request(history: Iterable[Event], seq: int) -> Event | None:
    """The request for the words of this event that nobody confirmed yet."""
    asked = None
    for event in history:
        if event.kind == ASKED and event.data["seq"] == seq:
            asked = event
        elif event.kind == ERASED and event.data["seq"] == seq:
            asked = None
    return asked


def people(asked: Event) -> set[str]:
    """The account that asked, and the account that it stood in for."""
    return {asked.actor, str(asked.data.get("for", asked.actor))}
