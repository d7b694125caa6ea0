"""An event of a visit: begun, consented to, closed. What other streams tell of it – its findings – is not asked."""

from __future__ import annotations

from datetime import date

from engine.errors import Reason
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.loop.visit import BEGINNINGS, CLOSED, CONSENTED, Visit
from engine.rules.loop.visit_acts import Again, Finding, Outing, begin, close, consent

FINDINGS = "findings"
"""What is not asked of a visit: whether its findings were as a consent names them, or assigned when it was closed."""


def visit_event(event: Event, before: Visit | None, known: Known) -> Judgement:
    """What stands against what an event of a visit says, whoever wrote it. `before` is the visit as it was, None before its first event."""
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    actor, data = actor_of(event), event.data
    if before is None:
        again = Again(data["sample"], data["months"], tuple(data["again"])) if "again" in data else None
        outing = Outing(WORD, date.fromisoformat(data["day"]), tuple(data["team"]), bool(data.get("unannounced")), again)
        made = begin(outing, actor, event.at, stream=event.ticket, number=data["number"], office=data["office"], salt=WORD)
        return both(judgement([given_as_typed(event)]), same_as_any(event, [made], known))
    if event.kind == CONSENTED:
        findings = [Finding(*str(each).rsplit("=", 1)) for each in data["agreed"]]
        return both(same_as_any(event, [consent(before, findings, actor, event.at)], known), Judgement((), (FINDINGS,)))
    if event.kind == CLOSED:
        return both(same_as_any(event, [close(before, 0, (), actor, event.at)], known), Judgement((), (FINDINGS,)))
    return judgement([Reason("judged-kind", {"kind": event.kind})])
