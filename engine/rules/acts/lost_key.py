"""Replacing a key of the seals that is lost, without its word: by whoever says the key that is known of the record, or by two people, of
whom one asks and another does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.redaction import Appointment, people, unfit
from engine.rules.event import Event

LOST_ASKED = "key.lost-asked"
"""What an entry is called by which somebody asks for the key in force to be replaced as lost."""


class Vouched(NamedTuple):
    """What stands in the place of the lost key's word: the entry by which another person asked; None where the known key was said."""

    asked: int | None = None

    def facts(self) -> dict[str, bool | int]:
        """What the entry that replaces the key says of it."""
        return {"lost": True} | ({"known": True} if self.asked is None else {"asked": self.asked})


def lost_problems(
    in_force: str, known: str | None, asked: Event | None, actor: Actor, appointed: Iterable[Appointment] = (),
) -> tuple[Reason, ...]:
    """What stands against replacing the key in force as lost. `known` is the key that the actor says; else `asked` is what another person
    wrote, and the actor's account was there before and is not of whoever asked, as `appointed` says.
    """
    if known is not None:
        return () if known == in_force else (Reason("lost-other-key", {}),)
    if asked is None or asked.data.get("replaces") != in_force:
        return (Reason("lost-not-asked", {}),)
    if not {actor.name, actor.stands_for}.isdisjoint(people(asked)):
        return (Reason("lost-same-person", {"actor": actor.name}, 4),)
    return tuple(
        Reason("lost-late-account" if one.after_asking else "lost-own-account", {"actor": one.account, "by": one.by}, 4)
        for one in unfit(asked, actor, appointed)
    )
