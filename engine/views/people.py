"""A unit, an account, a token as every door gives them in JSON; none of them with a secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from engine.record.people import KnownAccount
from engine.record.unit_list import KnownUnit
from engine.views.moments import moment_text


def unit_view(unit: KnownUnit) -> dict[str, Any]:
    """What a unit or group is."""
    return {
        "code": unit.code, "name": unit.name, "aliases": list(unit.aliases), "former": list(unit.former), "kind": unit.kind,
        "relation": unit.relation, "parent": unit.parent, "rank_group": unit.rank_group, "members": list(unit.members),
        "ended_on": _day(unit.valid_to), "successor": unit.successor,
    }


def names_view(names: Iterable[tuple[str, str, date | None, date | None]]) -> list[dict[str, Any]]:
    """What a unit is and was called: name, official or alias, from, to."""
    return [{"name": name, "kind": kind, "from": _day(since), "to": _day(until)} for name, kind, since, until in names]


def account_view(account: KnownAccount, now: datetime, room: str | None) -> dict[str, Any]:
    """An account, and whether it may act at this time. `room` is which chat room it is told in: the room's address is nobody's to read."""
    return {
        "name": account.name, "title": account.title, "role": account.role, "unit": account.unit, "active": account.may_act(now),
        "email": account.email, "phone": account.phone, "chat": room,
        "valid_from": moment_text(account.valid_from),
        "valid_to": moment_text(account.valid_to), "portfolio": list(account.portfolio), "has_password": account.has_password,
        "stand_ins": [
            {"by": item.deputy, "from": moment_text(item.valid_from), "until": moment_text(item.valid_to)} for item in account.stand_ins
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
