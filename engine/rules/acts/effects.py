"""The registry of effects: what a trigger changes beside the state. Each writes into the draft of the event that `decide` makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from engine.rules.access import LEADER, sees_everything
from engine.rules.acts import consent, proposals
from engine.rules.acts.guards import ENDORSES, VERIFIED
from engine.rules.acts.requirement import NOTHING_NEEDED, Requirement
from engine.rules.acts.rule_names import EFFECT_NAMES
from engine.rules.deadline import PLANNED, RESTS, RUNS, VOID, Deadline
from engine.rules.definition import by_grade
from engine.rules.event import OFFICE_AUDIENCE
from engine.rules.json_value import JsonObject
from engine.rules.situation import Situation
from engine.rules.ticket import TICKET, Fields, Ticket
from engine.rules.ticket_facts import Consent, Denial, Grant, Instruction, Objection, Request
from engine.rules.timing import clocks, parts
from engine.rules.timing.lateness import attempt_over
from engine.rules.timing.rungs import arm
from engine.rules.timing.silence import LONGEST_PAUSE


@dataclass(slots=True)
class Draft:
    """The event so far: the fields of the ticket that it changes, facts it states beside them, the deadlines that change, and the date
    that a person set for the promise.
    """

    fields: Fields = field(default_factory=dict)
    facts: JsonObject = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    fixed_at: datetime | None = None

    def change(self, **fields: object) -> None:
        """The event gives the ticket these fields; it says so even where the ticket has them already."""
        self.fields |= fields

    def after(self, ticket: Ticket) -> Ticket:
        """The ticket with the fields and deadlines so far, for what follows from them."""
        if not self.deadlines and not self.fields:
            return ticket
        return TICKET.changed(ticket, {**self.fields, "deadlines": clocks.merged(ticket.deadlines, self.deadlines)})


Effect = Callable[[Situation, Draft], None]


class RegisteredEffect(NamedTuple):
    """An effect of the registry, and what it needs from a workflow."""

    apply: Effect
    needs: Requirement


EFFECTS: dict[str, RegisteredEffect] = {}


def effect(name: str, needs: Requirement = NOTHING_NEEDED) -> Callable[[Effect], Effect]:
    if name not in EFFECT_NAMES:
        raise ValueError(f"an effect without a name that lives for ever: {name}")

    def register(apply: Effect) -> Effect:
        EFFECTS[name] = RegisteredEffect(apply, needs)
        return apply

    return register


@effect("name-units", Requirement(takes=("lead",)))
def name_units(at: Situation, draft: Draft) -> None:
    lead = at.text("lead") or at.ticket.lead
    if lead != at.ticket.lead:
        draft.change(lead=lead)
    named = at.names("with")
    together = tuple(unit for unit in dict.fromkeys(at.ticket.cooperators if named is None else named) if unit != lead)
    if together != at.ticket.cooperators:
        draft.change(cooperators=together)
    if leader := at.text("leader"):
        draft.change(leader=leader)
    draft.change(assigned_by=at.actor.name)
    if at.ticket.assigned_at is None:
        draft.change(assigned_at=at.now)


@effect("designate", Requirement(takes=("designate",)))
def designate(at: Situation, draft: Draft) -> None:
    draft.change(designated=at.flag("designate"))


@effect("plan-date", Requirement(takes=("due",)))
def plan_date(at: Situation, draft: Draft) -> None:
    """A date that a person sets for the promise: it never moves by itself."""
    draft.fixed_at = at.moment("due")


@effect("standing", Requirement(clocks=(clocks.STANDING,)))
def standing(at: Situation, draft: Draft) -> None:
    """长期坚持: no date is promised; a review comes round instead, anew with every unit that takes it."""
    if not (at.flag("standing") or at.ticket.standing):
        return
    draft.change(standing=True)
    draft.deadlines |= clocks.begin_attribute_clocks(at, clocks.STANDING)
    if (promise := at.ticket.promise) is not None:
        draft.deadlines[promise.clock] = clocks.end(promise, VOID)


@effect("review", Requirement(clocks=(clocks.STANDING,)))
def review(at: Situation, draft: Draft) -> None:
    """定期复核: the next review is counted from this one."""
    draft.deadlines |= clocks.begin_attribute_clocks(at, clocks.STANDING)


@effect("first-attempt")
def first_attempt(at: Situation, draft: Draft) -> None:
    """The first to take it; a unit that declined made no attempt."""
    draft.change(attempt=at.ticket.attempt or 1, hands=())


@effect("next-attempt")
def next_attempt(at: Situation, draft: Draft) -> None:
    over = attempt_over(at, draft.after(at.ticket).lead)
    draft.change(attempt=at.ticket.attempt + 1, hands=(), submitted=False, attempts=(*at.ticket.attempts, over), proposals=())
    if at.ticket.evidenced:
        draft.change(evidenced=False)


@effect("hand")
def hand(at: Situation, draft: Draft) -> None:
    """Whoever had a hand in this attempt will not verify it. Who is alone in the office and enters what came on paper has none: nobody
    else could verify it.
    """
    hands = draft.after(at.ticket).hands
    if at.actor.name not in hands and not (at.alone and at.entered_at):
        draft.change(hands=(*hands, at.actor.name))


@effect("deny")
def deny(at: Situation, draft: Draft) -> None:
    """Adds what the unit says to the chain of denials, which heads the ticket so that whoever assigns it next sees who declined why.
    The unit that it suggests instead is shown there and becomes nothing: whoever assigns names the lead.
    """
    denial = Denial(at.actor.unit, at.now, at.ticket.version + 1, at.text("suggest") or None)
    draft.change(denials=(*at.ticket.denials, denial), hands=(), lead=None)
    if at.ticket.proposals:  # what was proposed was meant for the unit that declined
        draft.change(proposals=())


@effect("sign")
def sign(at: Situation, draft: Draft) -> None:
    draft.change(signed={**at.ticket.signed, str(at.actor.unit): at.now})
    if at.actor.unit in at.ticket.objections:
        draft.change(objections={unit: item for unit, item in at.ticket.objections.items() if unit != at.actor.unit})


@effect("object")
def object_(at: Situation, draft: Draft) -> None:
    """配合单位有异议: it stands on the ticket until the unit signs off or the attempt is over. No clock stops for it."""
    objection = Objection(at.now, at.ticket.version + 1)
    draft.change(objections={**at.ticket.objections, str(at.actor.unit): objection})


@effect("leave-out", Requirement(takes=("without",), clocks=(parts.PART,)))
def leave_out(at: Situation, draft: Draft) -> None:
    """Submitted without whom the lead need not wait for: the event says whose lateness it is, and since when."""
    named = at.names("without") or ()
    if named:
        draft.change(left_out={unit: part.due_at for unit in named if (part := parts.part_of(at.ticket, unit))})


@effect("void-signatures")
def void_signatures(at: Situation, draft: Draft) -> None:
    draft.change(signed={}, endorsed=False)
    if at.ticket.objections:
        draft.change(objections={})
    if at.ticket.left_out:
        draft.change(left_out={})


@effect("sign-again", Requirement(takes=("again",)))
def sign_again(at: Situation, draft: Draft) -> None:
    """What the head endorsed is void, and objections and omissions are over; a sign-off stands unless the unit is named (`again`)."""
    again = at.names("again") or ()
    draft.change(signed={unit: when for unit, when in at.ticket.signed.items() if unit not in again}, endorsed=False)
    if at.ticket.objections:
        draft.change(objections={})
    if at.ticket.left_out:
        draft.change(left_out={})


@effect(ENDORSES)
def endorse(at: Situation, draft: Draft) -> None:
    draft.change(endorsed=True)


@effect("evidence")
def evidence(at: Situation, draft: Draft) -> None:
    """佐证 of this attempt is there, once a file was handed in with one of its acts."""
    if at.evidence and not at.ticket.evidenced:
        draft.change(evidenced=True)


@effect("submit")
def submit(at: Situation, draft: Draft) -> None:
    draft.change(submitted=True, submitted_at=at.now)
    if at.ticket.request is not None:
        _close_request(at, draft)


@effect("close")
def close(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=VERIFIED, proposals=())


@effect("close-as")
def close_as(at: Situation, draft: Draft) -> None:
    """What is withdrawn before it was ever assigned was no unit's: neither the lead in waiting nor anybody else of a unit hears of it."""
    if at.ticket.state in at.definition.hidden_states():
        if at.ticket.lead:
            draft.change(lead=None)
        if at.ticket.cooperators:
            draft.change(cooperators=())
    draft.change(closed_as=at.text("as") or "withdrawn", proposals=())
    if at.ticket.request is not None:
        _close_request(at, draft)


@effect("note-original", Requirement(takes=("as", "of"), guards=("original-kept",)))
def note_original(at: Situation, draft: Draft) -> None:
    """What is withdrawn as a duplicate names the ticket that is kept."""
    if at.text("as") == "duplicate":
        draft.change(duplicate_of=at.text("of"))


@effect("remember-withdrawn", Requirement(returns=True))
def remember_withdrawn(at: Situation, draft: Draft) -> None:
    """From where it was withdrawn, so that a mistake can be taken back; of a suspended ticket from where it was suspended."""
    draft.change(withdrawn_from=at.ticket.returns_to or at.ticket.state)


@effect("take-back", Requirement(effects=("remember-withdrawn",)))
def take_back(at: Situation, draft: Draft) -> None:
    """A mistaken withdrawal is as if it had not been: the attempt, its hands and what was signed off stay."""
    draft.change(closed_as=None, withdrawn_from=None)
    if at.ticket.duplicate_of is not None:
        draft.change(duplicate_of=None)


@effect("remember-state", Requirement(returns=True))
def remember_state(at: Situation, draft: Draft) -> None:
    """Where a suspended ticket returns to; who names another end of the suspension changes nothing of that."""
    if at.ticket.returns_to is None:
        draft.change(returns_to=at.ticket.state)


@effect("pause", Requirement(takes=("until",), clocks=(clocks.PAUSE,)))
def pause(at: Situation, draft: Draft) -> None:
    """A suspension ends at the date it names, or after the longest pause of the grade: that rings at the office, and nothing resumes by
    itself. Another date is a new epoch.
    """
    until = at.moment("until")
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.PAUSE:
            old, longest = at.ticket.deadlines.get(clock.name), by_grade(clock.amount, at.grade) or LONGEST_PAUSE
            draft.deadlines[clock.name] = clocks.start(at, clock, epoch=old.epoch + 1 if old else 1, fixed_at=until, amount=longest)


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
    leader = at.actor.name if at.actor.role == LEADER else at.text("by")
    if asked is None or leader is None:
        raise ValueError("a consent of nobody, or to nothing")
    said = Consent(asked.about, leader, not at.flag("refuse"), at.now, at.ticket.version + 1)
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
    leader = at.actor.name if at.actor.role == LEADER else at.text("by")
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


@effect("report-back", Requirement(effects=("instruct",)))
def report_back(at: Situation, draft: Draft) -> None:
    """批示反馈: one report answers every instruction that is open."""
    answered = tuple(item if item.reported_at else item._replace(reported_at=at.now) for item in at.ticket.instructions)
    draft.change(instructions=answered, instructed=False)
    for name, deadline in at.ticket.deadlines.items():
        if clocks.clock_of(at.definition, deadline).runs_with == clocks.INSTRUCTION and deadline.state in (RUNS, RESTS):
            draft.deadlines[name] = clocks.end(deadline)


@effect("reopen")
def reopen(at: Situation, draft: Draft) -> None:
    draft.change(closed_as=None, grants=())


@effect("units-in-force", Requirement(takes=("lead",), guards=("lead-in-force",)))
def units_in_force(at: Situation, draft: Draft) -> None:
    """The lead that is given leads; a cooperator that ended, and that nobody succeeded, cooperates no more."""
    lead = at.text("lead") or at.ticket.lead
    if lead != at.ticket.lead:
        draft.change(lead=lead)
    together = tuple(unit for unit in at.ticket.cooperators if unit not in (*at.ended, lead))
    if together != at.ticket.cooperators:
        draft.change(cooperators=together)


@effect("ask", Requirement(requires=("to",), clocks=(clocks.REQUEST,)))
def ask(at: Situation, draft: Draft) -> None:
    """A timely request holds the unit's rungs from 催办 on while the office's own clock `answer` runs, and no longer."""
    to = at.moment("to")
    if to is None:
        raise ValueError("a request for more time that names no date")
    draft.change(request=Request(to, at.now, at.actor.name, at.ticket.version + 1))
    answer: Deadline | None = None
    for clock in at.definition.clocks.values():
        if clock.runs_with == clocks.REQUEST:
            old = at.ticket.deadlines.get(clock.name)
            answer = draft.deadlines[clock.name] = clocks.start(at, clock, epoch=old.epoch + 1 if old else 1)
    _rearm_promise(at, draft, held_until=answer.due_at if answer else None)


@effect("grant", Requirement(guards=("request-open",)))
def grant(at: Situation, draft: Draft) -> None:
    """More time is a new epoch with a date that a person set."""
    promise, clock, request = at.ticket.promise, at.definition.promise, at.ticket.request
    to = at.moment("to") or (request.to if request else None)
    if promise is None or clock is None or to is None:
        raise ValueError("nothing promised that could be extended")
    _close_request(at, draft)
    draft.deadlines[promise.clock] = clocks.start(at, clock, epoch=promise.epoch + 1, fixed_at=to)
    draft.change(grants=(*at.ticket.grants, Grant(promise.due_at, to, at.now)))


@effect("refuse", Requirement(effects=("ask",)))
def refuse(at: Situation, draft: Draft) -> None:
    """The date stands; the rungs that were held fire with their own dates, in a new epoch those that rang at the office instead."""
    _close_request(at, draft)
    _rearm_promise(at, draft)


@effect("drop-request")
def drop_request(at: Situation, draft: Draft) -> None:
    """Another unit begins afresh: no request, no extensions used."""
    draft.change(grants=())
    if at.ticket.request is not None:
        _close_request(at, draft)


def _close_request(at: Situation, draft: Draft) -> None:
    draft.change(request=None)
    for clock in at.definition.clocks.values():
        deadline = at.ticket.deadlines.get(clock.name)
        if clock.runs_with == clocks.REQUEST and deadline is not None:
            draft.deadlines[clock.name] = clocks.end(deadline)


def _rearm_promise(at: Situation, draft: Draft, *, held_until: datetime | None = None) -> None:
    promise, clock = at.ticket.promise, at.definition.promise
    if promise is not None and clock is not None:
        ladder = at.definition.ladders[clock.ladder]
        if promise.ours:
            first = next(index for index, rung in enumerate(ladder.rungs) if rung.name in promise.ours)
            promise = promise._replace(epoch=promise.epoch + 1, rung=first, ours=(), repeated=0)
        draft.deadlines[promise.clock] = arm(promise, ladder, at.grade, at.calendar, held_until=held_until)


def planned(at: Situation, fixed_at: datetime) -> dict[str, Deadline]:
    """A date set when a ticket is opened waits as a plan until it is assigned."""
    clock = at.definition.promise
    if clock is None:
        return {}
    return {
        clock.name: Deadline(
            clock=clock.name, of=clock.of, epoch=1, started_at=at.now, due_at=fixed_at, state=PLANNED, promise=True,
        )
    }


