"""What stands against doing anything to a round: who may, and that it still stands."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import Reason
from engine.rules.access import Actor, may_evaluate
from engine.rules.loop.round import Round


def not_now(round_: Round, actor: Actor) -> list[Reason | None]:
    """What stands against entering anything into a round."""
    return [
        None if may_evaluate(actor) else Reason("may-not-evaluate", {"actor": actor.name}, 4),
        Reason("round-undone", {"round": round_.number}) if round_.undone_at is not None else None,
    ]


def closed(round_: Round) -> Reason | None:
    """Why it takes no more: it was closed."""
    return Reason("round-closed", {"round": round_.number}) if round_.closed_at is not None else None


def standing(reasons: Iterable[Reason | None]) -> tuple[Reason, ...]:
    """The reasons that there are."""
    return tuple(reason for reason in reasons if reason is not None)
