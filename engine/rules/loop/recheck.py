"""回头看: closed tickets that were drawn are looked at once more by people who did not verify them; each keeps one of three ratings.

Nothing is reopened by it. What does not hold waits to be reopened by a person (拟重新整改); what holds in part becomes a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import Actor, may_visit
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import next_event
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.loop.draw import verifiers
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.outcome import CONFIRMED, RECORDED, RELAPSED
from engine.rules.loop.standing import RECHECKED, kept_by_ticket
from engine.rules.loop.target import MISS, PASS
from engine.rules.loop.visit import Visit
from engine.rules.loop.visit_acts import over_problem
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import LONGEST, word_problem

PARTLY = "partly"
"""The result of what was put right in part."""

UNDONE, IN_PART, HOLDS = 0, 50, 100
RATINGS = (UNDONE, IN_PART, HOLDS)
"""What is said of a ticket: it was not put right, in part, wholly."""

MEANING = {UNDONE: (MISS, RELAPSED), IN_PART: (PARTLY, RECORDED), HOLDS: (PASS, CONFIRMED)}
"""The result and the action of each rating, as rounds have them."""

@dataclass(frozen=True, slots=True)
class Rating:
    """What a 回头看 says of one ticket. `adequate`: whether what was done was enough to keep the problem from coming back; `follow_up`: the
    number of the finding that what holds in part became. `names` are those of the files, by the word of each.
    """

    value: int
    adequate: bool | None = None
    note: str | None = None
    follow_up: str | None = None
    evidence: tuple[Evidence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """What of it may be erased."""
        return {**({"note": self.note} if self.note is not None else {}), **self.names}


def recheck(
    ticket: Ticket, visit: Visit, rating: Rating, history: Sequence[Event], actor: Actor, now: datetime, salt: str,
) -> Event | Refusal:
    """The event by which a closed ticket keeps what a visit found when it looked again, or every reason against it. `history` are the
    ticket's events. Raises ValueError unless what holds in part, and nothing else, names its finding.
    """
    found = [
        None if may_visit(actor) else Reason("may-not-visit", {"actor": actor.name}, 4),
        over_problem(visit),
        *_not_drawn(ticket, visit),
        _rated_before(ticket, visit, rating),
        Reason("rechecked-own", {"actor": actor.name, "number": ticket.number}, 4) if _own(actor, history) else None,
        word_problem("note", rating.note, LONGEST) if rating.note is not None else None,
    ]
    if reasons := tuple(reason for reason in found if reason):
        return Refusal(reasons)
    if (rating.value == IN_PART) != (rating.follow_up is not None):
        raise ValueError(f"a finding goes with what holds in part, and with nothing else: {ticket.number}")
    result, action = MEANING[rating.value]
    measurement = Measurement(visit.number, visit.day, result, action, str(rating.value), attempt=ticket.attempt)
    data: JsonObject = {
        "visit": visit.number, "rating": rating.value, "measurement": measurement.to_json(), "audience": OFFICE_AUDIENCE,
        "effects": kept_by_ticket(ticket, visit.number, measurement),
    }
    if rating.adequate is not None:
        data["adequate"] = rating.adequate
    if rating.follow_up is not None:
        data["follow_up"] = rating.follow_up
    if rating.evidence:
        data["evidence"] = [item.to_json() for item in rating.evidence]
    return next_event(ticket, actor, now, RECHECKED, ticket.state, data, rating.words(), salt)


def unrated(visit: Visit, tickets: Iterable[Ticket]) -> list[str]:
    """The numbers of what a visit was to look at again and did not, as far as that is still closed: `tickets` are those it drew."""
    return [ticket.number for ticket in tickets if not _not_drawn(ticket, visit) and rating_of(ticket, visit) is None]


def rating_of(ticket: Ticket, visit: Visit) -> int | None:
    """How a visit rated a ticket; None before it did."""
    said = next((item for item in ticket.measurements if item.round == visit.number), None)
    return int(said.value or 0) if said is not None else None


def _not_drawn(ticket: Ticket, visit: Visit) -> list[Reason]:
    """Why a visit does not look at a ticket again: it was not drawn, or was not closed as it was drawn."""
    if ticket.number not in visit.again:
        return [Reason("recheck-not-drawn", {"number": ticket.number, "visit": visit.number})]
    as_drawn = ticket.final and ticket.closed_as == VERIFIED and ticket.closed_at is not None and ticket.closed_at <= visit.begun_at
    return [] if as_drawn else [Reason("recheck-open", {"number": ticket.number, "visit": visit.number})]


def _rated_before(ticket: Ticket, visit: Visit, rating: Rating) -> Reason | None:
    """Why it is not rated once more: it says so already, or what holds in part became a finding. Another rating takes its place."""
    said = rating_of(ticket, visit)
    if said not in (IN_PART, rating.value):
        return None
    return Reason("rechecked-before", {"number": ticket.number, "visit": visit.number, "rating": said})


def _own(actor: Actor, history: Iterable[Event]) -> bool:
    return not verifiers(history).isdisjoint({actor.name, actor.stands_for})
