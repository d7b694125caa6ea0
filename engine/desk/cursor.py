"""The cursor of a list: where the next page begins, as one word; or the number of the last ticket seen."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from engine.desk.reading import ReadingDesk
from engine.errors import TicketNotFound, UsageError
from engine.record.listing.selection import Order, order_of
from engine.rules.access import Actor
from engine.rules.proof.chain import LARGEST_INTEGER, moment, stamp


def cursor_text(value: object, ticket: int) -> str:
    """Where the next page begins, as a word that survives any shell."""
    position: Mapping[str, object] = {"v": stamp(value) if isinstance(value, datetime) else value, "i": ticket}
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def position(desk: ReadingDesk, actor: Actor, text: str, sort: str) -> tuple[object, int]:
    """A cursor as it was given, or the number of the last ticket seen: what a program has. Raises UsageError, TicketNotFound."""
    order = order_of(sort)
    try:
        number = desk.number(text)
    except TicketNotFound:
        try:
            node = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            return _value(node, order), _whole(node["i"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(reason="usage-cursor", text=text) from None
    ticket = desk.ticket(actor, number)
    return getattr(ticket, order.column), ticket.id


def _value(node: Mapping[str, object], order: Order) -> object:
    """The sort value that a cursor holds. Raises ValueError, KeyError, TypeError for what the column never holds."""
    if order.column in ("id", "level", "acted_level"):
        return _whole(node["v"])
    return None if node["v"] is None and order.nullable else moment(cast(str, node["v"]))


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < LARGEST_INTEGER:
        raise ValueError(value)
    return value
