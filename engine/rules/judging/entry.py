"""An entry of the administration judged again: who wrote it, whether whoever did may change such rows, and whether it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from engine.errors import Reason
from engine.rules.access import (
    WATCH,
    Actor,
    may_administer,
    may_appoint,
    may_authorise,
    may_bring_feedback_of,
    may_change_account,
    may_enter,
    may_evaluate,
    may_export,
    may_keep_accounts,
    may_open,
    may_read_administration,
    may_seal,
    may_separate,
)
from engine.rules.acts.lost_key import lost_problems
from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known, Post
from engine.rules.judging.person import administrator_of, may, person
from engine.rules.judging.statement import stated
from engine.rules.proof.chain import moment
from engine.rules.proof.going_on import RESTORED
from engine.rules.proof.keys import SEALED
from engine.rules.proof.length import READ

UPGRADED = "upgraded"

LEDGER = "ledger"
"""The name of an entry by which somebody took the ledger away."""

KINDS: Mapping[str, Callable[[Actor], bool]] = {
    "set": lambda actor: True,  # the rows say who may
    "loaded": may_administer, "clocked": may_administer, SEALED: may_seal, RESTORED: may_administer, READ: may_read_administration,
}
"""Who writes which kind of entry."""

CALLED = frozenset({"name", "title"})
"""What changes of an account where its unit is renamed; the name is its key."""

_SPAN = ("valid_from", "valid_to")


SEPARATED = "separated"
"""The setting by which the administrator's work is parted in three."""

OF_THE_OFFICE = frozenset({"office", "name", "city", "plan", "sandbox", SEPARATED})
"""Settings of what the office is, which the watch never writes."""

OF_LEDGERS, SUCCESSORS = "ledger-", "successors"
"""What is kept of work on tickets, by whoever does it: how ledgers are read, and what targets and schemes went over to."""

REHASHED = frozenset({"name", "password_hash"})
"""What changes of an account whose password the watch hashes anew; the name is its key."""

BESIDE_ACCOUNTS = frozenset({"account_title", "account_portfolio"})
"""Tables beside that of the accounts, which a unit that ends or is called otherwise changes too."""

INVITED = "account.invited"
"""What an entry is called by which somebody was given a link to an account."""

REVOKED = frozenset({"id", "revoked_at"})
"""What changes of a key that is revoked; the id is its key."""


def entry(event: Event, known: Known) -> Judgement:
    """What stands against an entry. An upgrade is written by the program, in the name of an account that need not act any more."""
    if event.kind == UPGRADED:
        return Judgement()
    allowed = may_export if event.kind == READ and event.data.get("name") == LEDGER else KINDS.get(event.kind)
    if allowed is None:
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    actor = administrator_of(event, known)
    changes = all(_may_change(actor, node, known) for node in event.data.get("rows", ()))
    permitted = allowed(actor) and _of_account(event, actor, known) and changes
    return both(person(event, known), judgement([may(permitted, event), stated(event, known), *_lost(event, actor, known)]))


def _lost(event: Event, actor: Actor, known: Known) -> tuple[Reason, ...]:
    """Why a key may not be replaced as lost: neither was the known one said, nor did another person ask."""
    data = event.data
    if data.get("lost") is not True:
        return ()
    replaced, seq = str(data.get("replaces")), data.get("asked")
    asked, appointed = (type(seq) is int and known.lost_asked(seq)) or (None, ())
    return lost_problems(replaced, replaced if data.get("known") is True else None, asked, actor, appointed)


def _of_account(event: Event, actor: Actor, known: Known) -> bool:
    """Whoever writes of an account in an entry without rows administers, or it is the own one; that it is locked, the watch says. A link to
    an account is a key to it, so it is given by whoever may appoint to its role.
    """
    if event.data.get("what") == INVITED:
        return _may_appoint(actor, known.post(str(event.data["account"])))
    told = event.kind != "set" or "rows" in event.data or actor.role == WATCH
    return told or may_keep_accounts(actor) or event.data.get("account") == actor.name


def _may_change(actor: Actor, node: Mapping[str, Json], known: Known) -> bool:
    """Whether the actor may change such a row, as the entry tells it."""
    table, values = node["table"], cast("Mapping[str, Json]", node["put"] if "put" in node else node["drop"])
    if table == "account":
        return _may_change_account(actor, values, known)
    if table == "token" and "account" in values:
        return actor.owns(values["account"]) or _may_appoint(actor, known.post(cast(str, values["account"])))
    if table == "token":  # a key that is revoked opens nothing any more
        return "put" in node and values.keys() == REVOKED and values["revoked_at"] is not None
    if table == "seal":
        return may_seal(actor)
    if table == "feedback_refusal":
        return may_bring_feedback_of(actor, cast(str, values["source"]))
    if table == "stand_in":
        return may_authorise(actor)
    if table in BESIDE_ACCOUNTS:
        return may_keep_accounts(actor)
    if table == "setting" and values["name"] == SEPARATED:
        return "put" in node and may_separate(actor)
    if table == "ledger_proposal" or (table == "setting" and str(values["name"]).startswith(OF_LEDGERS)):
        return may_open(actor) or may_administer(actor)
    if table == "setting" and values["name"] == SUCCESSORS:
        return may_evaluate(actor) or may_administer(actor)
    return may_administer(actor) or (table == "setting" and actor.role == WATCH and values["name"] not in OF_THE_OFFICE)


def _may_change_account(actor: Actor, values: Mapping[str, Json], known: Known) -> bool:
    """Who may appoint to the role before and to the role after changes an account; everybody, of the own one, what decides nothing; and
    whoever renames a unit, what its accounts are called.
    """
    before = known.post(cast(str, values["name"]))
    after = _post(values, before)
    if before is not None and after == before:
        if actor.owns(values["name"]):
            return True
        if actor.role == WATCH:
            return values.keys() == REHASHED
        if CALLED.issuperset(values):
            return may_keep_accounts(actor)
    fields = values.keys() - {"name"}
    if before is None:  # where another says what it may, it acts only then
        return may_enter(actor, after.role) and (not after.active or may_appoint(actor, after.role))
    return may_change_account(actor, values["name"], (before.role, after.role), fields, ends=before.active and not after.active)


def _post(values: Mapping[str, Json], before: Post | None) -> Post:
    """The account after the change."""
    told = {name: values[name] for name in ("role", "unit", "active") if name in values}
    spans = {name: moment(text) if (text := cast("str | None", values[name])) else None for name in _SPAN if name in values}
    return (before or Post("", None))._replace(**told, **spans)  # type: ignore[arg-type] # whoever writes it into the table checks the kinds


def _may_appoint(actor: Actor, post: Post | None) -> bool:
    return post is not None and may_appoint(actor, post.role)
