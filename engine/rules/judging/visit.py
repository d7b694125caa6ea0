"""An event of a visit: begun, consented to, closed; and of a ticket, that a visit looked at it again. What other streams tell of a visit –
its findings, what else could have been drawn – is not asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.errors import Reason
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.judging.rest import erasure
from engine.rules.loop.draw import Again
from engine.rules.loop.recheck import Rating, recheck
from engine.rules.loop.suggestion import Finding
from engine.rules.loop.visit import ASKED, BEGINNINGS, CLOSED, CONSENTED, ERASED, Visit
from engine.rules.loop.visit_acts import Outing, begin, close, consent
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence

FINDINGS = "findings"
"""What is not asked of a visit: whether its findings were as a consent names them, or assigned when it was closed."""

DRAWN = "drawn"
"""What is not asked of a 回头看: whether what it was drawn from were all tickets that could be drawn."""


def visit_event(event: Event, before: Visit | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what an event of a visit says, whoever wrote it. `before` is the visit as it was, None before its first event;
    `history` are the events before this one.
    """
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    actor, data = actor_of(event), event.data
    if before is None:
        again = Again(data["sample"], data["months"], data["lot"], tuple(data["among"])) if "again" in data else None
        place, day = WORD if "words" in data else None, date.fromisoformat(data["day"])
        outing = Outing(place, day, tuple(data["team"]), bool(data.get("unannounced")), again)
        made = begin(outing, actor, event.at, stream=event.ticket, number=data["number"], office=data["office"], salt=WORD)
        return both(judgement([given_as_typed(event)], (DRAWN,) if again is not None else ()), same_as_any(event, [made], known))
    if event.kind == CONSENTED:
        findings = [Finding(*str(each).rsplit("=", 1)) for each in data["agreed"]]
        return both(same_as_any(event, [consent(before, findings, actor, event.at)], known), Judgement((), (FINDINGS,)))
    if event.kind == CLOSED:
        return both(same_as_any(event, [close(before, 0, (), actor, event.at)], known), Judgement((), (FINDINGS,)))
    if event.kind in (ASKED, ERASED):
        return erasure(event, before, history, known)
    return judgement([Reason("judged-kind", {"kind": event.kind})])


def rechecked(event: Event, ticket: Ticket, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what a 回头看 says of a ticket."""
    data = event.data
    visit = known.visit(data["visit"])
    if visit is None:
        return judgement([Reason("judged-visit", {"visit": data["visit"]})])
    rating = Rating(
        data["rating"], data.get("adequate"), WORD if "note" in data.get("given", ()) else None, data.get("follow_up"),
        tuple(Evidence.from_json(node) for node in data.get("evidence", ())),
    )
    made = recheck(ticket, visit, rating, history, actor_of(event), event.at, WORD)
    return both(judgement([given_as_typed(event)]), same_as_any(event, [made], known))
