"""The rows that entries about accounts change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.rules.access import ADMIN, SYSTEM
from engine.rules.json_value import Json
from engine.rules.judging.rows.expected import Expected, Holds, Rows, Said, now, several, something, told_as, word
from engine.rules.proof.chain import stamp

_WORDS: Mapping[str, Holds] = {"title": word("called"), "email": word("email"), "phone": word("phone"), "chat": told_as("chat")}
"""Columns of an account that are words, and what people read of them."""


def _title(account: Json) -> Expected:
    """What it is called from now on, which a log of that time says."""
    return Expected("account_title", {"account": account, "since": now, "title": word("called")}, new=True)


def added(said: Said) -> Rows:
    facts = said.facts
    if said.known.post(facts["account"]) is not None:
        return None
    active = said.event.role != SYSTEM  # what it may, another says
    return [
        Expected("account", {
            "name": facts["account"], "role": facts["role"], "unit": facts.get("unit"), "active": active, "valid_from": facts.get("from"),
            "valid_to": facts.get("until"), **{name: holds for name, holds in _WORDS.items() if name != "chat"},
        }, new=True),
        _title(facts["account"]),
    ]


def changed(said: Said) -> Rows:
    name, changes = said.facts["account"], said.facts["changes"]
    post = said.known.post(name)
    if post is None:
        return None
    values: dict[str, Json | Holds] = {"name": name}
    for column, pair in changes.items():
        if column in _WORDS:
            values[column] = _WORDS[column]
            continue
        old, values[column] = pair
        if old != _fact(getattr(post, column)):
            return None
    return [Expected("account", values), *([_title(name)] if "title" in changes else ())]


def _fact(value: str | bool | datetime | None) -> Json:
    return stamp(value) if isinstance(value, datetime) else value


def separated(said: Said) -> Rows:
    """The setting, and the accounts of administrators, which end."""
    ended = said.facts["ended"]
    administrators = all(post is not None and post.role == ADMIN for post in map(said.known.post, ended))
    return [
        Expected("setting", {"name": "separated", "value": "1"}, new=True),
        *(Expected("account", {"name": name, "active": False}) for name in ended),
    ] if administrators else None


def disabled(said: Said) -> Rows:
    return [Expected("account", {"name": said.facts["account"], "active": False})]


def password(said: Said) -> Rows:
    """One that the person chose is of that moment; one that somebody else gave is to be changed."""
    name = said.facts["account"]
    return [Expected("account", {"name": name, "password_hash": something, "password_at": now if said.event.actor == name else None})]


def rehashed(said: Said) -> Rows:
    return [Expected("account", {"name": said.facts["account"], "password_hash": something})]


def second_factor(said: Said) -> Rows:
    return [Expected("account", {"name": said.facts["account"], "second_factor": something})]


def second_factor_ended(said: Said) -> Rows:
    return [Expected("account", {"name": said.facts["account"], "second_factor": None})]


def identity(said: Said) -> Rows:
    return [Expected("account", {"name": said.facts["account"], "identity": something if "provider" in said.facts else None})]


def token(said: Said) -> Rows:
    facts = said.facts
    return [Expected("token", {
        "id": facts["token"], "account": facts["account"], "name": word("token"), "hash": something, "created_at": now,
        "expires_at": facts.get("until"), "scope": facts["scope"], "per_minute": facts["per_minute"],
    }, new=True)]


def token_revoked(said: Said) -> Rows:
    return [Expected("token", {"id": said.facts["token"], "revoked_at": now})]


def stand_in(said: Said) -> Rows:
    facts = said.facts
    return [Expected("stand_in", {
        "account": facts["account"], "deputy": facts["deputy"], "valid_from": facts["from"], "valid_to": facts["until"],
    }, new=True)]


def stand_in_ended(said: Said) -> Rows:
    key = {"account": said.facts["account"], "deputy": said.facts["deputy"], "valid_from": something}
    return [
        several(Expected("stand_in", {**key, "valid_to": now})), several(Expected("stand_in", key, drops=True)),
    ]


def portfolio(said: Said) -> Rows:
    account, before, after = said.facts["account"], set(said.facts["before"]), set(said.facts["units"])
    return None if said.known.portfolio(account) != before else [
        *(_held(account, unit, drops=True) for unit in before - after), *(_held(account, unit) for unit in after - before),
    ]


def handed_over(said: Said) -> Rows:
    """What the one account held goes, and what it says is passed on is what the other did not hold."""
    old, new = said.facts["account"], said.facts["to"]
    had = said.known.portfolio(old)
    passed = had - said.known.portfolio(new)
    return None if set(said.facts.get("units", ())) != passed else [
        *(_held(old, unit, drops=True) for unit in had), *(_held(new, unit) for unit in passed),
    ]


def _held(account: str, unit: str, *, drops: bool = False) -> Expected:
    return Expected("account_portfolio", {"account": account, "unit": unit}, drops=drops)
