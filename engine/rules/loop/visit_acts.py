"""What is done with a visit (督查检查): the office begins one, a leader consents to what is to be assigned, the office closes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.errors import Reason
from engine.rules.access import LEADER, Actor, may_visit
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import first_office_event, office_event
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.loop.draw import Again
from engine.rules.loop.suggestion import Finding
from engine.rules.loop.visit import BEGUN, CLOSED, CONSENTED, Visit
from engine.rules.wording import LONGEST_FACT, word_problem


@dataclass(frozen=True, slots=True)
class Outing:
    """Where a visit goes on which day, by which accounts, and whether nobody was told before. A 回头看 goes to the places of its tickets,
    unless one is named.
    """

    place: str | None
    day: date
    team: tuple[str, ...]
    unannounced: bool = False
    again: Again | None = None

    def words(self) -> dict[str, str]:
        """What of it may be erased."""
        return {"place": self.place} if self.place is not None else {}


def begin(
    outing: Outing, actor: Actor, now: datetime, *, stream: int, number: str, office: str, salt: str, unknown: Sequence[str] = (),
) -> Event | Refusal:
    """The first event of a visit, or every reason against it. `stream` and `number` come from the record's counters; `unknown` are those of
    the team that are no accounts of the office.
    """
    placeless = outing.place is None and outing.again is not None
    found = [
        None if may_visit(actor) else Reason("may-not-visit", {"actor": actor.name}, 4),
        None if placeless else word_problem("place", outing.place or "", LONGEST_FACT, one_line=True),
        None if outing.team else Reason("visit-nobody"),
        outing.again.problem() if outing.again is not None else None,
        *(Reason("visit-no-member", {"account": name}) for name in unknown),
    ]
    if reasons := tuple(reason for reason in found if reason):
        return Refusal(reasons)
    data: JsonObject = {
        "number": number, "office": office, "day": outing.day.isoformat(), "team": list(dict.fromkeys(outing.team)),
    }
    if outing.unannounced:
        data["unannounced"] = True
    if outing.again is not None:
        data |= outing.again.to_json()
    return first_office_event(stream, actor, now, BEGUN, data, outing.words(), salt)


def consent(visit: Visit, findings: Sequence[Finding], actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which a leader consents to assign what a visit found, each finding to the unit it was found for, or every reason
    against it. `findings` are those that wait to be assigned; what has no unit yet waits on, for another consent.
    """
    named = [each for each in findings if each.unit is not None]
    found = [
        None if actor.role == LEADER else Reason("may-not-consent", {"actor": actor.name}, 4),
        over_problem(visit),
        None if findings else Reason("visit-nothing", {"visit": visit.number}),
        *(Reason("finding-without-unit", {"number": each.number}) for each in findings if not named),
    ]
    if reasons := tuple(reason for reason in found if reason):
        return Refusal(reasons)
    return office_event(visit, actor, now, CONSENTED, {"agreed": [each.agreed for each in named]})


def close(visit: Visit, unassigned: int, unrated: Sequence[str], actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which a visit finds nothing more, or every reason against it. `unassigned` findings wait to be assigned; `unrated` are
    the numbers of what it was to look at again and did not.
    """
    found = [
        None if may_visit(actor) else Reason("may-not-visit", {"actor": actor.name}, 4),
        over_problem(visit),
        Reason("visit-unassigned", {"visit": visit.number, "count": unassigned}) if unassigned else None,
        Reason("visit-unrated", {"visit": visit.number, "numbers": list(unrated)}) if unrated else None,
    ]
    if reasons := tuple(reason for reason in found if reason):
        return Refusal(reasons)
    return office_event(visit, actor, now, CLOSED, {})


def over_problem(visit: Visit) -> Reason | None:
    """Why a visit finds nothing more, or None."""
    return Reason("visit-over", {"visit": visit.number, "date": visit.closed_at}) if visit.closed_at is not None else None
