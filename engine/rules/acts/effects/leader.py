"""Effects of what the office and the leaders say: letters issued or waived, comments, consent, urging, instructions and their answers."""

from __future__ import annotations

from engine.rules.access import LEADER, sees_everything
from engine.rules.acts import consent, proposals
from engine.rules.acts.effects.registry import Draft, effect
from engine.rules.acts.requirement import Requirement
from engine.rules.deadline import RESTS, RUNS
from engine.rules.definition import by_grade
from engine.rules.event import OFFICE_AUDIENCE
from engine.rules.situation import Situation
from engine.rules.ticket_facts import Consent, Instruction
from engine.rules.timing import clocks


@effect("issue", Requirement(guards=("proposal-open",), proposes=True))
def issue(at: Situation, draft: Draft) -> None:
    """签发: what was proposed becomes an act. Lower levels close with it; the letter's key is the same for every ticket in it."""
    issued = proposals.named(at.definition, at.ticket, at.text("rung"))
    if issued is None:
        raise ValueError("nothing proposed that could be issued")
    left = proposals.after_issue(at.ticket, issued)
    draft.change(acted_level=max(at.ticket.acted_level, issued.level), proposals=left)
    draft.facts["settled"] = [item.rung for item in at.ticket.proposals if item not in left and item.rung != issued.rung]
    draft.facts |= {"rung": issued.rung, "level": issued.level, "letter": proposals.key_of(at.ticket, issued, at.calendar)}


@effect("waive", Requirement(proposes=True))
def waive(at: Situation, draft: Draft) -> None:
    """不予签发: what was proposed closes without an act; without a name, all of it. No unit hears of it, nor of the reason."""
    waived = proposals.named(at.definition, at.ticket, rung) if (rung := at.text("rung")) else None
    left = tuple(item for item in at.ticket.proposals if waived is not None and item.rung != waived.rung)
    draft.change(proposals=left)
    draft.facts["rungs"] = [item.rung for item in at.ticket.proposals if item not in left]
    draft.facts["audience"] = OFFICE_AUDIENCE


@effect("internal", Requirement(takes=("to_unit",)))
def internal(at: Situation, draft: Draft) -> None:
    """What the office or a leader says stays with the office, unless it is said to the unit. What a unit says, whoever sees the ticket
    reads.
    """
    if sees_everything(at.actor) and not at.flag("to_unit"):
        draft.facts["audience"] = OFFICE_AUDIENCE


@effect(consent.CONSENTS, Requirement(takes=("about", "refuse", "by"), guards=("consent-awaited", "speaks-for-a-leader")))
def consents(at: Situation, draft: Draft) -> None:
    """同意/不同意: kept about what waits, instead of what was said of it before. It is the office's own until the office acts upon it."""
    asked = consent.meant(at)
    leader = _leader(at)
    if asked is None or leader is None:
        raise ValueError("a consent of nobody, or to nothing")
    said = Consent(asked.about, leader, not at.flag("refuse"), at.now, at.ticket.version + 1)
    before = consent.given(at.ticket, asked.about)
    if before is not None and before.agreed != said.agreed:
        draft.facts["instead_of"] = {"leader": before.by, "agreed": before.agreed}
    draft.change(consents=(*(item for item in at.ticket.consents if item.about != asked.about), said))
    draft.facts |= {"about": asked.names[0], "agreed": said.agreed, "leader": leader, "audience": OFFICE_AUDIENCE}


@effect("urge")
def urge(at: Situation, draft: Draft) -> None:
    """电话催办: counted, and no level. Levels come from the ladder only."""
    draft.change(urged=at.ticket.urged + 1)


@effect("instruct", Requirement(guards=("speaks-for-a-leader",), clocks=(clocks.INSTRUCTION,)))
def instruct(at: Situation, draft: Draft) -> None:
    """批示: a leader's word moves no state; it starts a clock for the answer to it."""
    seq = at.ticket.version + 1
    leader = _leader(at)
    if leader is None:
        raise ValueError("an instruction of nobody")
    draft.change(instructions=(*at.ticket.instructions, Instruction(leader, at.now, seq)), instructed=True)
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.INSTRUCTION:
            started = clocks.start(
                at, clock, epoch=1, fixed_at=at.moment("report_by"),
                amount=by_grade(clock.urgent, at.grade) if at.flag("urgent") else None, suffix=str(seq),
            )
            rests = at.ticket.state in clock.rests_in
            draft.deadlines[started.clock] = clocks.rest(started, at.now) if rests else started


def _leader(at: Situation) -> str | None:
    """The leader who says it: in person, or as the office wrote down."""
    return at.actor.name if at.actor.role == LEADER else at.text("by")


@effect("report-back", Requirement(effects=("instruct",)))
def report_back(at: Situation, draft: Draft) -> None:
    """批示反馈: one report answers every instruction that is open."""
    answered = tuple(item if item.reported_at else item._replace(reported_at=at.now) for item in at.ticket.instructions)
    draft.change(instructions=answered, instructed=False)
    for name, deadline in at.ticket.deadlines.items():
        if clocks.clock_of(at.definition, deadline).runs_with == clocks.INSTRUCTION and deadline.state in (RUNS, RESTS):
            draft.deadlines[name] = clocks.end(deadline)
