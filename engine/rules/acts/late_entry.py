"""What a unit did on paper and the office enters afterwards (补录): decided as of then, recorded now.

A contact signs a sheet, hands in a report, asks for more time; the sheet lies in a tray while the ladder climbs. The office enters it with
the date on the sheet: the unit is as early or as late as its paper, and what rang at it meanwhile is void. The office's own clocks begin
when it is typed, since the office could not act on what it did not know of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import CONTACT, HEAD, SUPERVISOR, WATCH, relations
from engine.rules.acts import proposals
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import against, consequences, decide, effects_of, next_event, stated
from engine.rules.acts.effects.registry import Draft
from engine.rules.acts.rule_names import refuse_unknown_rules
from engine.rules.deadline import OFFICE, RUNS, Deadline
from engine.rules.definition import Definition, Trigger
from engine.rules.event import Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.machine import move
from engine.rules.proof.chain import moment
from engine.rules.situation import Situation
from engine.rules.ticket import BEGINNINGS, TICKET, Fields, Ticket, fold
from engine.rules.ticket_facts import Entered, Proposal
from engine.rules.timing import clocks
from engine.rules.timing.rungs import URGING_LEVEL, arm
from engine.rules.wording import LONGEST, word_problem

UNITS = frozenset({"lead", "cooperator", "head"})
"""The relations of a unit to a ticket. What these alone may do, a unit may have done on paper."""

HAPPENED, FOR_UNIT = "happened_at", "for_unit"
"""How an event says that it was entered late: when it happened, and which unit did it."""

PASSING = frozenset({"urged", "acted_level", "proposals", "consents", "entered", "wake_at"})
"""Effects that an act on paper need not have known of: who was rung up, which letters were signed. They stand or fall with the rungs."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that an act is entered from: when it was done, on what basis it is entered, and which unit did it (None: the only one
    that can have).
    """

    on: datetime
    basis: str | None = None
    unit: str | None = None


class Undone(NamedTuple):
    """What the rungs did that would not have fired had the paper been entered at once.

    `fields` and `deadlines` put the ticket back to before them; `voided` names them, `recall` the letters that were issued upon them.
    """

    fields: Fields
    deadlines: Mapping[str, Deadline]
    voided: list[JsonObject]
    recall: list[str]


NOTHING_UNDONE = Undone({}, {}, [], [])


def is_late_entry(event: Event) -> bool:
    """Whether an event was entered late (补录)."""
    return FOR_UNIT in event.data


def can_be_entered(trigger: Trigger) -> bool:
    """Whether only units do this, so that the office may enter it for one."""
    return UNITS.issuperset(trigger.by)


def enterable(definition: Definition, ticket: Ticket, history: Sequence[Event]) -> tuple[Trigger, ...]:
    """What a unit may have done on paper, as the ticket stands: what only units do in its state, or was deemed done."""
    return tuple(
        trigger for trigger in definition.triggers.values()
        if can_be_entered(trigger) and (ticket.state in trigger.sources or _deemed_from(ticket, trigger, history) is not None)
    )


def enter(at: Situation, command: Command, paper: Paper, history: Sequence[Event]) -> Event | Refusal:
    """The event of an act on paper, or every reason against it. `at` is the situation of whoever types, now; `history` are the
    ticket's events so far. Raises UnknownRule.
    """
    refuse_unknown_rules(at.definition, at.ticket.number)
    trigger = at.definition.triggers.get(command.trigger)
    if trigger is None:
        return decide(at, command)  # which says that there is none
    unit = paper.unit or _only_unit(at.ticket, trigger)
    reasons = _problems(at, trigger, paper, unit, history)
    if unit is None or any(reason.exit == 4 for reason in reasons):
        return Refusal(reasons)
    then = _as_of(at, command, trigger, paper, unit)
    deemed = _deemed_from(at.ticket, trigger, history)
    if deemed is None:
        reasons += against(then, trigger)
        target = move(at.definition, at.ticket.state, trigger.name, lambda: not reasons)
    else:
        reasons += against(then._replace(ticket=then.ticket._replace(state=deemed)), trigger)
        target = None if reasons else at.ticket.state
    if target is None:
        return Refusal(reasons)
    undone = _undone(then, consequences(then, trigger, target), history)
    before = TICKET.changed(at.ticket, {**undone.fields, "deadlines": clocks.merged(at.ticket.deadlines, undone.deadlines)})
    draft = consequences(then._replace(ticket=before), trigger, target)
    data = stated(command._replace(happened_at=paper.on), trigger, draft) | {FOR_UNIT: unit}
    if undone.voided:
        data["voided"] = undone.voided
    if undone.recall:
        data["recall"] = undone.recall
    draft.change(entered=(*at.ticket.entered, Entered(trigger.name, unit, paper.on, at.ticket.version + 1)))
    stored = then._replace(ticket=at.ticket)
    data["effects"] = effects_of(stored, undone.fields | draft.fields, target, {**undone.deadlines, **draft.deadlines})
    words = {**command.words, "basis": paper.basis or ""}
    return next_event(at.ticket, at.actor, at.now, "did", target, data, words, command.salt)


def _problems(at: Situation, trigger: Trigger, paper: Paper, unit: str | None, history: Sequence[Event]) -> tuple[Reason, ...]:
    """What stands against entering it late at all, whatever it is."""
    last = max((_happened(event) for event in history if _binds(event)), default=at.ticket.opened_at)
    found = [
        None if can_be_entered(trigger) else Reason("entry-not-a-units", {"trigger": trigger.name}),
        None if at.actor.role == SUPERVISOR else Reason("entry-by-office", {"actor": at.actor.name}, 4),
        None if unit else Reason("entry-unit-missing", {"trigger": trigger.name}, needs=("for",)),
        Reason("entry-ahead", {"date": paper.on}) if paper.on > at.now else None,
        Reason("entry-before-act", {"date": last}) if paper.on < last else None,
        word_problem("basis", paper.basis, LONGEST) if paper.basis else Reason("entry-basis-missing", needs=("basis",)),
    ]
    if unit is not None and can_be_entered(trigger) and not _has_part(at, trigger, unit):
        found.append(Reason("entry-other-unit", {"unit": unit, "trigger": trigger.name}, 4))
    return tuple(reason for reason in found if reason)


def _deemed_from(ticket: Ticket, trigger: Trigger, history: Sequence[Event]) -> str | None:
    """The state out of which the watch led the ticket as if the unit had done this (视同签收): that stands, and the paper by which the unit
    had done it is kept beside it. None where nothing was deemed done, and once the paper was entered.
    """
    moved = next(event for event in reversed(history) if event.to_state != event.from_state)
    entered = any(item.trigger == trigger.name and item.seq > moved.seq for item in ticket.entered)
    if moved.role != WATCH or trigger.target != ticket.state or moved.from_state not in trigger.sources or entered:
        return None
    return moved.from_state


def parties(ticket: Ticket, trigger: Trigger) -> tuple[str, ...]:
    """The units that may have done it: the lead, its cooperators, or both."""
    lead = (ticket.lead,) if ticket.lead is not None and {"lead", "head"} & {*trigger.by} else ()
    return (*lead, *(ticket.cooperators if "cooperator" in trigger.by else ()))


def _only_unit(ticket: Ticket, trigger: Trigger) -> str | None:
    """The unit that must have done it. None where there are several, or none."""
    units = parties(ticket, trigger)
    return units[0] if len(units) == 1 else None


def _acting_for(at: Situation, trigger: Trigger, unit: str) -> Situation:
    """The situation in which whoever types stands where a contact of the unit stood, or its head where only the head may do it."""
    role = HEAD if {*trigger.by} == {HEAD} else CONTACT
    return at._replace(actor=replace(at.actor, role=role, unit=unit))


def _has_part(at: Situation, trigger: Trigger, unit: str) -> bool:
    return not relations(_acting_for(at, trigger, unit).actor, at.ticket).isdisjoint(trigger.by)


def _as_of(at: Situation, command: Command, trigger: Trigger, paper: Paper, unit: str) -> Situation:
    """The situation as it was when the unit acted, with what is given."""
    return _acting_for(at, trigger, unit)._replace(
        now=paper.on, entered_at=at.now, calendar=at.calendar.of(at.ticket.lead),
        input=command.input, words=command.words, evidence=command.evidence,
    )


def _happened(event: Event) -> datetime:
    """When a person did this: when the paper was signed, where it was entered late."""
    return moment(event.data[HAPPENED]) if is_late_entry(event) else event.at


def _binds(event: Event) -> bool:
    """Whether somebody did something that an earlier act on paper would have had to know of. Notes, calls and letters are none; nor is
    what the watch did: a ticket that was deemed accepted stays so.
    """
    if event.kind in BEGINNINGS:
        return True
    effects = event.data.get("effects") or {}
    moved = {name for name in effects if name != "deadlines"} - PASSING
    of_units = [node for node in (effects.get("deadlines") or {}).values() if node is None or node["of"] != OFFICE]
    return event.role != WATCH and bool(event.to_state != event.from_state or moved or of_units)


def _undone(at: Situation, draft: Draft, history: Sequence[Event]) -> Undone:
    """What rungs after the paper's date did that the act would have kept from firing: of clocks of units that it ends or lets rest
    every rung, of one that goes on those that an open request holds.
    """
    deadlines: dict[str, Deadline] = {}
    voided: list[JsonObject] = []
    fields: Fields = {}
    recall: list[str] = []
    for name, after in draft.deadlines.items():
        old = at.ticket.deadlines.get(name)
        if old is None or old.of == OFFICE or not (void := _void(at, old, after, history)):
            continue
        before = fold(history[: void[0].seq - 1])
        then = before.deadlines[name]
        ladder = clocks.ladder_of(at.definition, clocks.clock_of(at.definition, old))
        back = old._replace(
            epoch=old.epoch + 1, rung=then.rung, level=then.level, skipped=then.skipped, ours=then.ours, repeated=then.repeated,
        )
        deadlines[name] = arm(back, ladder, at.grade, at.calendar)
        rungs = [str(event.data["rung"]) for event in void if "n" not in event.data]
        repeated: list[Json] = [[event.data["rung"], event.data["n"]] for event in void if "n" in event.data]
        item: JsonObject = {"clock": name, "epoch": old.epoch, "rungs": [*rungs]}
        voided.append({**item, "repetitions": repeated} if repeated else item)
        if old.promise and rungs:
            later = history[void[0].seq :]
            left = _still_proposed(before.proposals, later, rungs)
            fields = {"acted_level": before.acted_level, "proposals": left}
            deadlines |= proposals.follow(at, left, at.entered_at)
            recall = [event.data["letter"] for event in later if _issues(event) and event.data["rung"] in rungs]
    return Undone(fields, deadlines, voided, recall) if voided else NOTHING_UNDONE


def _void(at: Situation, old: Deadline, after: Deadline, history: Sequence[Event]) -> list[Event]:
    """The events of the deadline's rungs that the act would have kept from firing, in their order."""
    ladder = clocks.ladder_of(at.definition, clocks.clock_of(at.definition, old))
    held = {rung.name for rung in ladder.rungs if rung.level >= URGING_LEVEL}
    fired = [
        event for event in history
        if event.kind == "escalated" and (event.data["clock"], event.data["epoch"]) == (old.clock, old.epoch)
        and moment(event.data["scheduled_for"]) > at.now
    ]
    return [event for event in fired if after.state != RUNS or event.data["rung"] in held]


def _issues(event: Event) -> bool:
    return event.kind == "did" and "letter" in event.data


def _still_proposed(before: tuple[Proposal, ...], later: Iterable[Event], void: Sequence[str]) -> tuple[Proposal, ...]:
    """The proposals that would be open without the void rungs: those of before, less what was issued or waived of them since."""
    left = before
    for event in later:
        if _issues(event) and event.data["rung"] not in void:
            left = tuple(item for item in left if item.level > event.data["level"])
        elif "rungs" in event.data:
            left = tuple(item for item in left if item.rung not in event.data["rungs"])
    return left
