"""A unit and an account as JSON. Neither holds a secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from engine.record.people import StoredAccount
from engine.record.unit_list import StoredUnit
from engine.views.moments import date_text, moment_text


class UnitView(TypedDict):
    """What a unit or group is now; `ended_on` and `successor` are set for one that is no more."""

    code: str
    name: str
    aliases: list[str]
    former: list[str]
    kind: str
    relation: str | None
    parent: str | None
    rank_group: str | None
    members: list[str]
    ended_on: str | None
    successor: str | None


NameView = TypedDict("NameView", {"name": str, "kind": str, "from": str | None, "to": str | None})
"""A name of a unit, official or alias, and the days on which it had it."""

StandInView = TypedDict("StandInView", {"by": str, "from": str | None, "until": str | None})
"""Who acts for an account, from when until when."""


class AccountView(TypedDict):
    """An account. `active` says whether it may act now; `chat` is the chat service its notices go to, never the address of its
    robot; what opens it is null for whoever may not know.
    """

    name: str
    title: str
    role: str
    unit: str | None
    active: bool
    email: str | None
    phone: str | None
    chat: str | None
    valid_from: str | None
    valid_to: str | None
    portfolio: list[str]
    keeps_codes: bool
    has_password: bool | None
    password_at: str | None
    has_second_factor: bool | None
    has_identity: bool | None
    stand_ins: list[StandInView]


def masked(phone: str | None) -> str | None:
    """A telephone number of which only so much is told that people know it again: 138****1234; of a short one its last two digits."""
    if phone is None:
        return None
    head, tail = (3, 4) if len(phone) > 10 else (0, 2)
    return f"{phone[:head]}****{phone[-tail:]}"


def unit_view(unit: StoredUnit) -> UnitView:
    """What a unit or group is."""
    return {
        "code": unit.code, "name": unit.name, "aliases": list(unit.aliases), "former": list(unit.former), "kind": unit.kind,
        "relation": unit.relation, "parent": unit.parent, "rank_group": unit.rank_group, "members": list(unit.members),
        "ended_on": date_text(unit.valid_to), "successor": unit.successor,
    }


def name_views(names: Iterable[tuple[str, str, date | None, date | None]]) -> list[NameView]:
    """What a unit is and was called: name, official or alias, from, to."""
    return [{"name": name, "kind": kind, "from": date_text(since), "to": date_text(until)} for name, kind, since, until in names]


def account_view(account: StoredAccount, now: datetime) -> AccountView:
    """An account as it stands now, as an actor may read it (`engine.desk.people`)."""
    return {
        "name": account.name, "title": account.title, "role": account.role, "unit": account.unit, "active": account.may_act(now),
        "email": account.email, "phone": account.phone, "chat": account.chat, "valid_from": moment_text(account.valid_from),
        "valid_to": moment_text(account.valid_to), "portfolio": list(account.portfolio), "keeps_codes": account.keeps_codes,
        "has_password": account.has_password,
        "password_at": moment_text(account.password_at), "has_second_factor": account.has_second_factor,
        "has_identity": account.has_identity,
        "stand_ins": [
            {"by": item.deputy, "from": moment_text(item.valid_from), "until": moment_text(item.valid_to)} for item in account.stand_ins
        ],
    }
