"""An event as the row that is kept of it, and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.record.database import Row
from engine.rules.event import Event
from engine.rules.proof.chain import body, canonical, digest_text, link


def facts_of(data: str) -> dict[str, Any]:
    """The facts of an event, from its stored text. Raises ValueError for what are no facts."""
    facts = json.loads(data)
    if type(facts) is not dict:
        raise ValueError("facts that are no object")
    return facts


def event_of(row: Row, data: Mapping[str, Any] | None = None) -> Event:
    """The event of a row of EVENT_COLUMNS; `data` if its facts have been read already."""
    facts = facts_of(row[10]) if data is None else data
    if row[11] is None:
        return Event(*row[:10], facts)  # type: ignore[call-arg] # ten columns are its first ten fields
    typed = json.loads(row[11])
    words = (typed.get("text"), typed.get("salt"), typed.get("secret"), typed.get("secret_salt"))
    return Event(*row[:10], facts, *words)  # type: ignore[call-arg] # as above


def values_of(event: Event, previous: bytes) -> tuple[dict[str, Any], bytes]:
    """The row of an event and its hash. Raises ValueError unless the facts hold the digest of exactly the words beside them."""
    words = None
    if event.words:
        text = canonical(dict(event.words))
        if not event.salt or event.data.get("words") != digest_text(text, event.salt):
            raise ValueError(f"event {event.seq}: the facts do not hold the digest of the words")
        words = f'{{"salt":{canonical(event.salt)}{_secret(event)},"text":{text}}}'
    elif "words" in event.data:
        raise ValueError(f"event {event.seq}: a digest without words")
    data = canonical(event.data)
    head = link(previous, body(
        ticket=event.ticket, seq=event.seq, at=event.at, actor=event.actor, role=event.role, unit=event.unit, via=event.via,
        kind=event.kind, from_state=event.from_state, to_state=event.to_state, data=data,
    ))
    return {
        "stream": event.ticket, "seq": event.seq, "at": event.at, "actor": event.actor, "role": event.role, "unit": event.unit,
        "via": event.via, "kind": event.kind, "from_state": event.from_state, "to_state": event.to_state, "data": data,
        "words": words, "hash": head,
    }, head


def _secret(event: Event) -> str:
    """What only the supervision office reads, as the canonical text that stands between the salt and the other words of an event.

    Raises ValueError unless the facts hold the digest of exactly these secrets.
    """
    if not event.secret:
        return ""
    text = canonical(dict(event.secret))
    if not event.secret_salt or event.data.get("secret") != digest_text(text, event.secret_salt):
        raise ValueError(f"event {event.seq}: the facts do not hold the digest of the secrets")
    return f',"secret":{text},"secret_salt":{canonical(event.secret_salt)}'
