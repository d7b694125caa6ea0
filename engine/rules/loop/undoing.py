"""Taking a round back whole: by one person, or where a unit was told of it by two, of whom one asks and another does it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import office_event
from engine.rules.acts.redaction import Appointment, people, unfit
from engine.rules.event import Event
from engine.rules.loop.round import RECORDED, SETTLED, UNDO_ASKED, UNDO_WITHDRAWN, UNDONE, Round
from engine.rules.loop.round_problems import not_now, standing
from engine.rules.wording import LONGEST, word_problem

TAKEN_BACK = "undo"
"""Why results are recorded as gone."""


def undo_asked(history: Iterable[Event]) -> Event | None:
    """The request to take a round back that waits for another person. It is about the results of then: it ends with whoever asked
    withdrawing it, and with the first result that is another one afterwards.
    """
    asked = None
    for event in history:
        if event.kind == UNDO_ASKED:
            asked = event
        elif event.kind in (UNDO_WITHDRAWN, SETTLED) or (event.kind == RECORDED and event.data["cause"] != TAKEN_BACK):
            asked = None
    return asked


def ask_undo(round_: Round, asked: Event | None, reason: str, actor: Actor, now: datetime, salt: str) -> Event | Refusal:
    """The event by which somebody asks for a round to be taken back whose letters went out, which another person does; or every reason
    against it.
    """
    found = [
        *not_now(round_, actor), word_problem("reason", reason, LONGEST),
        Reason("undo-asked-before", {"round": round_.number, "actor": asked.actor}) if asked is not None else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    return office_event(round_, actor, now, UNDO_ASKED, {}, {"reason": reason}, salt)


def withdraw_undo(round_: Round, asked: Event | None, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which whoever asked for a round to be taken back asks no more, or every reason against it."""
    found = [
        *not_now(round_, actor), Reason("undo-not-asked", {"round": round_.number}) if asked is None else None,
        Reason("undo-not-yours", {"actor": actor.name, "by": asked.actor}, 4) if asked is not None and not _is_by(asked, actor) else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    return office_event(round_, actor, now, UNDO_WITHDRAWN, {})


def undo_problems(
    round_: Round, asked: Event | None, reason: str | None, actor: Actor, appointed: Iterable[Appointment] = (),
) -> tuple[Reason, ...]:
    """What stands against taking a round back, whatever it holds. Where somebody asked for it, that says why, and another does it, whose
    account was there before and is not of whoever asked, as `appointed` says.
    """
    return standing([
        *not_now(round_, actor), same_person(asked, actor), *_unfit(asked, actor, appointed),
        word_problem("reason", reason, LONGEST) if reason is not None else None,
        Reason("undo-not-asked", {"round": round_.number}) if reason is None and asked is None else None,
        Reason("undo-asked-before", {"round": round_.number, "actor": asked.actor}) if reason is not None and asked is not None else None,
    ])


def undo(
    round_: Round, asked: Event | None, reason: str | None, actor: Actor, now: datetime, salt: str, appointed: Iterable[Appointment] = (),
) -> Event | Refusal:
    """The event by which a round is taken back whole, once every result of it was; or every reason against it."""
    found = [
        *undo_problems(round_, asked, reason, actor, appointed),
        Reason("round-not-empty", {"round": round_.number}) if round_.results else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    return office_event(round_, actor, now, UNDONE, {}, {"reason": reason} if reason is not None else None, salt)


def same_person(asked: Event | None, actor: Actor) -> Reason | None:
    """Why somebody may not do what another is to do: it is the account that asked, or one of the two stands in for the other."""
    return Reason("undo-same-person", {"actor": actor.name}, 4) if asked is not None and _is_by(asked, actor) else None


# how -----------------------------------------------------------------------------------------------------------------


def _is_by(asked: Event, actor: Actor) -> bool:
    """Whether the actor is whoever asked: that account, or one of the two stands in for the other."""
    return not {actor.name, actor.stands_for}.isdisjoint(people(asked))


def _unfit(asked: Event | None, actor: Actor, appointed: Iterable[Appointment]) -> list[Reason]:
    """Why an account is no second person beside whoever asked."""
    return [
        Reason("undo-late-account" if one.after_asking else "undo-own-account", {"actor": one.account, "by": one.by}, 4)
        for one in (unfit(asked, actor, appointed) if asked is not None else ())
    ]
