"""What a visit finds: a problem with photos, which becomes a ticket that nobody outside the office knows of until it is assigned (交办)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from engine.desk.act import Done
from engine.desk.filing import HandedIn, Keep, keeping
from engine.desk.finding import going_on
from engine.desk.opening import again_by_key, opened, opened_by_key
from engine.office.visits.handed import looked_at
from engine.office.visits.visits import Visits
from engine.rules.access import Actor, may_visit, must
from engine.rules.acts.opening import Onsite, Opening
from engine.rules.loop.visit import Visit

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

SOURCE = "visit"
"""Where what a visit finds comes from."""

def enter(
    desk: Desk, actor: Actor, number: str, opening: Opening, files: Sequence[HandedIn], workflow: str, *, place: str | None = None,
    dry_run: bool = False,
) -> Done:
    """Enters what a visit found. The same key with the same words gives the ticket that is there, also after the visit was closed: a phone
    that heard no answer sends again. Raises VisitNotFound, NotPermitted, Refused, KeyTaken, BadEvidence.
    """
    must(may_visit, actor)
    if known := opened_by_key(desk.database, actor, opening):
        return Done(known)
    visit = Visits(desk).read(actor, number).thing
    with looked_at(files, _mark(visit, place), visit.number) as handed:

        def once(keep: Keep, rehearsed: bool) -> Done:
            with desk.writing_as(actor, dry_run=rehearsed) as now:
                if known := opened_by_key(desk.database, actor, opening):
                    return Done(known)
                going = going_on(desk.database, visit.number)
                keep(now)
                seen_at = opening.happened_at or _seen_at(desk, going, now)
                found = opening._replace(onsite=_onsite(going, place), attached=handed.attached(), happened_at=seen_at)
                return opened(desk, actor, found, desk.rules.current(workflow), desk.salt, visit=going)

        return again_by_key(lambda: keeping(desk.database, handed.all(), once, dry_run=dry_run), opening)


def _onsite(visit: Visit, place: str | None) -> Onsite:
    """What the visit adds to what it found."""
    return Onsite(visit.number, visit.team, place or visit.place)


def _seen_at(desk: Desk, visit: Visit, now: datetime) -> datetime | None:
    """When it was found: on the day of the visit, where it is entered on a later one."""
    zone = desk.rules.zone()
    if visit.day >= now.astimezone(zone).date():
        return None
    return datetime.combine(visit.day, time(), zone).astimezone(UTC)


def _mark(visit: Visit, place: str | None) -> tuple[str, str]:
    """What is written across a copy: the visit, the day, the place."""
    return visit.number, f"{visit.day.isoformat()}　{place or visit.place}".strip()
