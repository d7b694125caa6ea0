"""Drafts: what somebody began to type into the form of an act or of a new ticket, kept until it is sent, so that it can be gone on with on
another device.

A draft is its author's alone and decides nothing. Times are real, as those of sessions are: a sandbox's clock stands still. Files are not
kept: what nobody sent is no evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from engine.desk.tickets import Desk
from engine.desk.typed_opening import OPTIONAL
from engine.errors import Busy, NotPossible
from engine.record import queries
from engine.record.aggregates import TICKETS
from engine.record.database import Row
from engine.record.directory import writing_as
from engine.rules.access import Actor, may_open, must
from engine.rules.acts.opening import SECRETS
from engine.rules.proof.chain import canonical
from engine.views.draft import Draft, OwnDraft

KEPT = timedelta(days=14)
"""A draft that nobody touched for so long is gone."""

MOST = 50
"""Drafts of one account."""

LONGEST = 30_000
"""Characters of a draft: more than any form takes."""

OPEN = "open"
"""What the draft of a new ticket is for."""

OF_A_NEW_TICKET = frozenset({"title", "source", "workflow", "with", "repeats", *OPTIONAL}) - {*SECRETS}
"""The fields of a new ticket that are kept. Who complained is not: it is confided to a ticket, and there is none yet."""


def save_draft(desk: Desk, actor: Actor, typed: Draft) -> Draft | None:
    """Keeps what was typed in the place of what was kept before; None where nothing is left of it. What the act does not ask for is left
    out. Raises TicketNotFound, NotFound (the workflow has no such act), NotPermitted, NotPossible (too long, too many).
    """
    place = _place_of(desk, actor, typed)
    kept = {name: list(texts) for name, texts in typed.words.items() if name in place.asked and any(text.strip() for text in texts)}
    text = canonical(kept)
    if len(text) > LONGEST:
        raise NotPossible(reason="draft-too-long", most=LONGEST)
    about, now = _key(place.number, place.trigger), typed.saved_at
    draft = Draft(place.number, place.trigger, typed.version or place.version, kept, now)
    with writing_as(desk.database, actor, desk.clock.now()):
        desk.database.run(queries.DROP_OLD_DRAFTS, old_at=now - KEPT)
        desk.database.run(queries.DROP_DRAFT, account=actor.name, about=about)
        if not kept:
            return None
        if len(list(desk.database.rows(queries.DRAFTS, account=actor.name, old_at=now - KEPT))) >= MOST:
            raise NotPossible(reason="draft-too-many", most=MOST)
        desk.database.run(queries.SAVE_DRAFT, account=actor.name, about=about, version=draft.version, words=text, now=now)
    return draft


class _Place(NamedTuple):
    """What a draft is for, and which fields it may have."""

    number: str | None
    trigger: str
    version: int
    asked: frozenset[str]


def _place_of(desk: Desk, actor: Actor, typed: Draft) -> _Place:
    if typed.number is None:
        must(may_open, actor)
        return _Place(None, OPEN, 0, OF_A_NEW_TICKET)
    ticket = desk.ticket(actor, typed.number)
    found = desk.trigger(ticket, typed.trigger)
    return _Place(ticket.number, found.name, ticket.version, frozenset(item.name for item in found.input))


def draft_of(desk: Desk, actor: Actor, number: str | None, trigger: str, now: datetime) -> Draft | None:
    """What the actor kept for this act on the ticket of this full number; without a number for a new one."""
    row = desk.database.row(queries.DRAFT, account=actor.name, about=_key(number, trigger), old_at=now - KEPT)
    return _draft(row) if row is not None else None


def own_drafts(desk: Desk, actor: Actor, now: datetime) -> tuple[OwnDraft, ...]:
    """What the actor kept, the newest first; nothing about a ticket that the actor may not see any more."""
    drafts = [_draft(row) for row in desk.database.rows(queries.DRAFTS, account=actor.name, old_at=now - KEPT)]
    if not drafts:
        return ()
    rows = desk.database.rows(queries.TICKETS_NUMBERED, numbers=sorted({draft.number for draft in drafts if draft.number is not None}))
    seen = {ticket.number: desk.as_seen(actor, ticket) for ticket in map(TICKETS.read, rows) if desk.sees(actor, ticket)}
    return tuple(OwnDraft(draft, seen.get(draft.number or "")) for draft in drafts if draft.number is None or draft.number in seen)


def drop_sent(desk: Desk, actor: Actor, numbers: Iterable[str | None], trigger: str, now: datetime) -> None:
    """The acts on these tickets were done. A draft that cannot be dropped because others write grows old by itself: whoever acted must not
    hear that it came to nothing.
    """
    for number in numbers:
        with suppress(Busy):
            drop_draft(desk, actor, number, trigger, now)


def drop_draft(desk: Desk, actor: Actor, number: str | None, trigger: str, now: datetime) -> None:
    """It is not wanted any more. That there is none is as well."""
    if draft_of(desk, actor, number, trigger, now) is None:
        return
    with writing_as(desk.database, actor, desk.clock.now()):
        desk.database.run(queries.DROP_DRAFT, account=actor.name, about=_key(number, trigger))


def _key(number: str | None, trigger: str) -> str:
    return f"{number or ''}/{trigger}"


def _draft(row: Row) -> Draft:
    about, version, words, saved_at = row
    number, _, trigger = about.partition("/")
    return Draft(number or None, trigger, version, json.loads(words), saved_at)
