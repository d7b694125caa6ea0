"""A visit as somebody types it, and how a 回头看 draws: for every door."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from engine.desk.intake import Intake
from engine.desk.understood import Understood, must_be_filled_in
from engine.errors import Reason
from engine.rules.loop.draw import MONTHS, SAMPLE, Again
from engine.rules.loop.visit_acts import Outing
from engine.rules.worktime import Side

PLANNED_AHEAD = timedelta(days=31)
"""So far ahead is a visit planned without a note that its year may be a slip."""


def typed_outing(
    intake: Intake, day: str | None, place: str | None, team: str | None, *, unannounced: bool, again: Again | None = None,
) -> Understood[Outing]:
    """Where a visit went on which day, today unless one is named; whoever enters it is the team unless one is named. Raises UsageError,
    AccountNotFound.
    """
    must_be_filled_in("place", place)
    today = Understood(intake.desk.clock.now().astimezone(intake.desk.rules.zone()).date())
    on = intake.day(day, Side.PAST) if day is not None else today
    people = tuple(intake.accounts.name(name) for name in intake.listed(team)) if team is not None else (intake.actor.name,)
    outing = Outing(place.strip() if place is not None else None, on.value, people, unannounced, again)
    ahead = Reason("visit-ahead", {"date": on.value.isoformat()})
    return Understood(outing, (*on.warnings, ahead) if on.value > today.value + PLANNED_AHEAD else on.warnings)


def draw(sample: str | None, months: int | None, lot: str | None) -> Again:
    """How a 回头看 draws; without a lot it is given one. Nothing is drawn yet."""
    typed = unicodedata.normalize("NFKC", sample).replace(" ", "") if sample is not None else SAMPLE
    return Again(typed, months or MONTHS, (lot or "").strip(), ())
