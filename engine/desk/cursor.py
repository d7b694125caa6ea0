"""The cursor of a list: where the next page begins, as one word; or the number of the last ticket seen."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from engine.desk.reading import ReadingDesk
from engine.errors import TicketNotFound, UsageError
from engine.record import queries
from engine.record.listing.selection import Order, order_of
from engine.rules.access import Actor
from engine.rules.proof.chain import LARGEST_INTEGER, moment, stamp
from engine.rules.ticket_number import read_number


def cursor_text(value: object, number: str, order: Order) -> str:
    """Where the next page begins, as a word that survives any shell. It holds what the list shows, and no id: those count all things."""
    shown: dict[str, object] = {"n": number}
    if order.column != "id":
        shown["v"] = stamp(value) if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps(shown, separators=(",", ":")).encode()).decode().rstrip("=")


def position(desk: ReadingDesk, actor: Actor, text: str, sort: str) -> tuple[object, int]:
    """A cursor as it was given, or the number of the last ticket seen: what a program has. Raises UsageError, TicketNotFound."""
    order = order_of(sort)
    try:
        number = desk.number(text)
    except TicketNotFound:
        try:
            node = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            place = _place(desk, node["n"])
            return place if order.column == "id" else _value(node, order), place
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(reason="usage-cursor", text=text) from None
    ticket = desk.ticket(actor, number)
    return getattr(ticket, order.column), ticket.id


def _place(desk: ReadingDesk, number: object) -> int:
    """The id of the ticket of that number, or of the last one before it: whether there is one is no matter of whoever asks. Raises
    ValueError for what is no number of a ticket.
    """
    typed = read_number(number) if isinstance(number, str) else None
    if typed is None or typed.year is None or typed.serial >= LARGEST_INTEGER:
        raise ValueError(number)
    row = desk.database.row(queries.TICKET_UP_TO, office=typed.office or desk.office, year=typed.year, serial=typed.serial)
    return int(row[0]) if row else 0


def _value(node: Mapping[str, object], order: Order) -> object:
    """The sort value that a cursor holds. Raises ValueError, KeyError, TypeError for what the column never holds."""
    if order.column in ("level", "acted_level"):
        return _whole(node["v"])
    return None if node["v"] is None and order.nullable else moment(cast(str, node["v"]))


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < LARGEST_INTEGER:
        raise ValueError(value)
    return value
