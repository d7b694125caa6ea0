"""What may happen to a ticket, and what follows: `decide(…)` gives an event or a refusal that lists every reason.

`zg can` and the greyed buttons of the web ask the same checks through `assess`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from engine.errors import Reason
from engine.rules.access import Actor, may_act, relations
from engine.rules.acts import proposals
from engine.rules.acts.command import Command, Refusal, Verdict
from engine.rules.acts.given import facts_json, names_given
from engine.rules.acts.guards import GUARDS
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.acts.guards.sign_off import ENDORSES, SIGNED
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import Deadline
from engine.rules.definition import Definition, Guard, Trigger
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.situation import Situation
from engine.rules.ticket import TICKET, Fields, Ticket
from engine.rules.ticket_facts import OF_ROUND
from engine.rules.timing import clocks, parts
from engine.rules.timing.lateness import fields_of_lateness
from engine.rules.wording import FILE_WORDS, LONGEST, LONGEST_FACT, word_problem

if TYPE_CHECKING:
    from engine.rules.acts.effects.registry import Draft, RegisteredEffect
    from engine.rules.acts.guards.registry import Check


NAMES_UNITS = "name-units"
"""The effect of an assignment: only that makes a ticket one of a batch, and gives a unit what a visit found."""


def decide(at: Situation, command: Command) -> Event | Refusal:
    """The event that the command makes, effects included, or the refusal. Changes nothing. Raises UnknownRule."""
    definition, ticket = at.definition, at.ticket
    from engine.rules.machine import move  # a command that only reads a ticket must not pay for importing `transitions`

    refuse_unknown_rules(definition, ticket.number)
    trigger = definition.triggers.get(command.trigger)
    if trigger is None:
        return Refusal((Reason("no-such-trigger", {"trigger": command.trigger, "workflow": definition.name}),))
    at = before_trigger(at, command)
    reasons = against(at, trigger)
    target = move(definition, ticket.state, trigger.name, lambda: not reasons, ticket.way_back)
    if target is None:
        return Refusal(reasons or (Reason("state-wrong", {"state": ticket.state, "trigger": trigger.name}),))
    return outcome(at, command, trigger, target)


def before_trigger(at: Situation, command: Command) -> Situation:
    """The situation with what is given, by the days of the unit that will lead."""
    lead = cast("str | None", command.input.get("lead")) or at.ticket.lead
    given = Situation._make((*at[:4], at.calendar.of(lead), command.input, command.words, command.evidence, *at[8:]))
    return given if command.round is None else given._replace(round=command.round)


def outcome(at: Situation, command: Command, trigger: Trigger, target: str) -> Event:
    """The event of a command against which nothing stands, in the situation with what it gives. `target` is the state after it."""
    return _drafted(at, command, trigger, target, consequences(at, trigger, target))


def _drafted(at: Situation, command: Command, trigger: Trigger, target: str, draft: Draft) -> Event:
    """The event of a draft."""
    if command.batch is not None:
        draft.change(batch=command.batch)
    data = stated(command, trigger, draft) | {"effects": effects_of(at, draft.fields, target, draft.deadlines)}
    return next_event(at.ticket, at.actor, at.now, "did", target, data, command.words, command.salt)


def undated(at: Situation, command: Command, trigger: Trigger, target: str, promise: Mapping[str, Deadline]) -> JsonObject:
    """What the event of the same command says but for its deadlines and the next alarm: whoever judges it need not count their dates. How
    late the unit is follows from the promise as the event leaves it, if it changes that.
    """
    draft = _left(at, _applied(at, trigger), target)
    if command.batch is not None:
        draft.change(batch=command.batch)
    return stated(command, trigger, draft) | {"effects": TICKET.effects_of(fields_of_state(at, draft.fields, target, promise))}


def stated(command: Command, trigger: Trigger, draft: Draft) -> JsonObject:
    """What an event says beside its effects: the trigger, what was given, what the effects state, the files, and when it happened."""
    data: JsonObject = {"trigger": trigger.name, "input": facts_json(command.input), **draft.facts}
    if command.round is not None:
        data["round"] = command.round
    if command.evidence:
        kind = SIGNED if ENDORSES in trigger.effects else None
        data["evidence"] = [
            (item if item.kind == OF_ROUND else item._replace(kind=kind)).to_json() for item in command.evidence
        ]
    if command.happened_at is not None:
        data["happened_at"] = stamp(command.happened_at)
    return data


def assess(at: Situation, trigger: Trigger) -> Verdict:
    """Whether the trigger is possible before anything is given: the refusal of an empty command, divided into what could still be given and
    what stands against it whatever is given.

    Raises UnknownRule.
    """
    refuse_unknown_rules(at.definition, at.ticket.number)
    reasons = against(at._replace(calendar=at.calendar.of(at.ticket.lead)), trigger)
    needs = tuple(dict.fromkeys(name for reason in reasons for name in reason.needs))
    return Verdict(trigger, tuple(reason for reason in reasons if not reason.needs), needs)


def possible(at: Situation) -> list[Trigger]:
    """The triggers that are possible before anything is given, as `assess` finds them, which asks everything to name every reason; here
    a trigger is left at the first one. Raises UnknownRule.
    """
    definition, ticket = at.definition, at.ticket
    refuse_unknown_rules(definition, ticket.number)
    own = at.calendar.of(ticket.lead)
    at = at if own is at.calendar else at._replace(calendar=own)
    here = _asked_here(definition, ticket.state, relations(at.actor, ticket), at.grade)
    return [
        trigger for trigger, checks in here if (not trigger.back or ticket.way_back in trigger.back) and _stands_open(at, trigger, checks)
    ]


@lru_cache(maxsize=1_024)
def _asked_here(definition: Definition, state: str, are: frozenset[str], grade: str | None) -> list[tuple[Trigger, Sequence[Check]]]:
    """The triggers of a state for whoever is this to the ticket, and what their guards ask of one of this grade: a list asks of many."""
    here = [trigger for trigger in definition.triggers_from.get(state, ()) if not are.isdisjoint(trigger.by)]
    return [(trigger, [check for checks in _checks(trigger.guards, grade) for check in checks]) for trigger in here]


def _stands_open(at: Situation, trigger: Trigger, checks: Sequence[Check]) -> bool:
    """Whether nothing stands against a trigger of this state and of whoever acts, but what could still be given."""
    for check in checks:
        reason = check(at)
        if reason and not reason.needs:
            return False
    return at.round is None or all(reason.needs for reason in _on_a_rounds_word(at, trigger))


def against(at: Situation, trigger: Trigger) -> tuple[Reason, ...]:
    """Everything that stands against the trigger: the state, the person, the guards, and what is given or is missing."""
    ahead, behind = _checks(trigger.guards, at.grade)
    return (
        *_where_and_who(at, trigger), *_on_a_rounds_word(at, trigger), *[reason for check in ahead if (reason := check(at))],
        *_what_is_given(at, trigger), *[reason for check in behind if (reason := check(at))],
    )


@lru_cache(maxsize=1_024)
def _checks(guards: tuple[Guard, ...], grade: str | None) -> tuple[Sequence[Check], Sequence[Check]]:
    """What these guards ask of a ticket of this grade: before what is given is looked at, and after it."""
    asked = [GUARDS[named.name] for named in guards if named.holds_for(grade)]
    return [guard.check for guard in asked if not guard.looks_at], [guard.check for guard in asked if guard.looks_at]


def _where_and_who(at: Situation, trigger: Trigger) -> list[Reason]:
    reasons: list[Reason] = []
    if at.ticket.state not in trigger.sources:
        reasons.append(Reason("state-wrong", {"state": at.ticket.state, "sources": list(trigger.sources), "trigger": trigger.name}))
    elif trigger.back and at.ticket.way_back not in trigger.back:
        reasons.append(Reason("nowhere-back", {"trigger": trigger.name}))
    if not may_act(at.actor, at.ticket, trigger):
        reasons.append(Reason("not-yours", {"actor": at.actor.name, "by": list(trigger.by), "trigger": trigger.name}, 4))
    return reasons


def _on_a_rounds_word(at: Situation, trigger: Trigger) -> list[Reason]:
    """Why a round does not say what the act rests on, where it rests on a round: results are corrected and taken back meanwhile."""
    if at.round is None:
        return []
    from engine.rules.loop.reliance import rests_on  # few acts rest on a round

    reason = rests_on(at.ticket, trigger, at.round)
    return [reason] if reason is not None else []


def _what_is_given(at: Situation, trigger: Trigger) -> list[Reason]:
    """Unknown and missing fields, choices, words."""
    reasons = [
        Reason("input-unknown", {"field": name, "trigger": trigger.name})
        for name in (*at.input, *at.words) if trigger.takes(name) is None and not name.startswith(FILE_WORDS)
    ]
    reasons += [
        reason for item in trigger.input if item.kind in ("text", "leader") and (value := at.text(item.name))
        and (reason := word_problem(item.name, value, LONGEST_FACT, one_line=True))
    ]
    grade = at.grade
    for item in trigger.input:
        if item.required(grade) and not at.gives(item.name):
            reasons.append(Reason("input-missing", {"field": item.name, "trigger": trigger.name}, needs=(item.name,)))
        elif item.choices and at.gives(item.name) and at.input.get(item.name) not in item.choices:
            value = at.text(item.name) or at.words[item.name]
            reasons.append(Reason("input-choice", {"field": item.name, "value": value, "choices": list(item.choices)}))
    return [*reasons, *(reason for name, text in at.words.items() if (reason := word_problem(name, text, LONGEST)))]


def consequences(at: Situation, trigger: Trigger, target: str) -> Draft:
    """Every effect of the trigger with what follows from it for clocks and parts, as a draft of the event."""
    draft = _applied(at, trigger)
    ticket = draft.after(at.ticket)
    if "proposals" in draft.fields:
        draft.deadlines |= proposals.follow(at._replace(ticket=ticket), ticket.proposals, at.entered_at or at.now)
        ticket = draft.after(at.ticket)
    if target != at.ticket.state or trigger.restart or draft.fixed_at:
        draft.deadlines |= clocks.enter_state(at._replace(ticket=ticket), trigger, target, fixed_at=draft.fixed_at)
    if parts.any_of(ticket):
        draft.deadlines |= parts.follow(at, draft.after(at.ticket))
    return _left(at, draft, target)


def _applied(at: Situation, trigger: Trigger) -> Draft:
    """Every effect of the trigger, as a draft of the event."""
    effects, kind = _registry()
    draft = kind()
    for name in trigger.effects:
        effects[name].apply(at, draft)
    return draft


@cache
def _registry() -> tuple[Mapping[str, RegisteredEffect], type[Draft]]:
    """The effects, and what they write into."""
    from engine.rules.acts.effects import EFFECTS  # `zg show` and `zg can` ask `assess`, which applies none
    from engine.rules.acts.effects.registry import Draft  # as above

    return EFFECTS, Draft


def _left(at: Situation, draft: Draft, target: str) -> Draft:
    """The draft, which tells of the units that have no part in the ticket any more."""
    if leaving := units_leaving(at, draft.fields, target):
        draft.change(past={**at.ticket.past, **dict.fromkeys(sorted(leaving), at.ticket.version + 1)})
    return draft


def units_leaving(at: Situation, changed: Fields, target: str) -> set[str]:
    """The units that have no part any more in the ticket with these fields changed. They may still read it up to this event; no unit has
    part in a hidden ticket, so all of them leave one that becomes hidden, and none leaves one that was.
    """
    hidden = at.definition.hidden_states
    if at.ticket.state in hidden:
        return set()
    lead, cooperators = changed.get("lead", at.ticket.lead), cast("Sequence[str]", changed.get("cooperators", at.ticket.cooperators))
    left = () if target in hidden else (lead, *cooperators)
    return {unit for unit in (at.ticket.lead, *at.ticket.cooperators) if unit} - {*left}


def effects_of(at: Situation, fields: Mapping[str, object], target: str, deadlines: Mapping[str, Deadline]) -> JsonObject:
    """The effects by which an event gives the ticket these fields and deadlines, with the turn, the end and the next alarm of the state
    `target`, and with how late the unit is, each only where it changes.
    """
    ticket = at.ticket
    deadlines, alarm = clocks.kept_awake(at, at.definition.states[target].final, deadlines)
    changed = fields_of_state(at, fields, target, deadlines)
    if deadlines:
        changed["deadlines"] = deadlines
    if alarm != ticket.wake_at:
        changed["wake_at"] = alarm
    return TICKET.effects_of(changed)


def fields_of_state(at: Situation, fields: Mapping[str, object], target: str, deadlines: Mapping[str, Deadline]) -> Fields:
    """The fields that an event changes with what follows from the state `target`: the turn, the end, and how late the unit is."""
    ticket, state, changed = at.ticket, at.definition.states[target], dict(fields)
    if state.turn != ticket.turn:
        changed["turn"] = state.turn
    if state.final != ticket.final:
        changed["final"] = state.final
        if state.final:
            changed["closed_at"] = at.now
    if ticket.returns_to is not None and not state.rests:
        changed["returns_to"] = None
    if ticket.relapse is not None and ("attempt" in changed or changed.get("closed_as", VERIFIED) != VERIFIED):
        changed["relapse"] = None  # what waited to be reopened is, or it is none of anybody's any more
    return changed | fields_of_lateness(at, changed, deadlines)


def next_event(
    ticket: Ticket, actor: Actor, now: datetime, kind: str, target: str, data: JsonObject,
    words: Mapping[str, str] | None = None, salt: str = "",
) -> Event:
    """The next event of a ticket. Words go beside the facts; the facts hold their salted digest, and for whom a stand-in acted."""
    if actor.stands_for is not None:
        data["for"] = actor.stands_for
    if words:
        data |= {"words": digest_words(words, salt), "given": names_given(words)}
    return Event(
        ticket=ticket.id, seq=ticket.version + 1, at=now, actor=actor.name, role=actor.role, unit=actor.unit, via=actor.via,
        kind=kind, from_state=ticket.state, to_state=target, data=data, words=dict(words) if words else None,
        salt=salt if words else None,
    )
