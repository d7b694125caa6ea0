"""A ticket as people and programs read it: the JSON of `--json`, of the web and of the API. Values, no layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from engine.rules.access import UNIT_ROLES, Actor
from engine.rules.acts.decide import assess
from engine.rules.acts.proposals import kind_of
from engine.rules.definition import Definition
from engine.rules.proof.chain import moment, stamp
from engine.rules.ticket import RUNS, VOID, Event, Ticket
from engine.rules.timing import parts
from engine.rules.timing.clocks import PAUSE, STANDING, clock_of, light, next_alarm, office_late
from engine.rules.worktime import Calendar

Told = Mapping[int, Mapping[str, str]]
NOTHING_TOLD: Told = {}


def ticket_view(
    ticket: Ticket, definition: Definition, actor: Actor, now: datetime, calendar: Calendar, told: Told = NOTHING_TOLD,
) -> dict[str, Any]:
    """Every public fact of a ticket (DESIGN §8), times both as UTC moments (`_at`) and as office days (`_on`).

    `told` holds what was typed with the events the ticket refers to, by their seq: reasons, clauses, instructions.
    """
    zone = ZoneInfo(calendar.zone)
    return {
        "number": ticket.number, "title": ticket.title, "detail": ticket.detail, "state": ticket.state,
        "stage": definition.states[ticket.state].stage, "workflow": ticket.workflow, "source": ticket.source,
        "source_ref": ticket.source_ref, "measure": ticket.measure, "grade": ticket.grade, "lead": ticket.lead,
        "cooperators": list(ticket.cooperators), "signed": sorted(ticket.signed), "leader": ticket.leader, "turn": ticket.turn,
        "parts": [part_view(ticket, unit, now, zone, told) for unit in ticket.cooperators], "endorsed": ticket.endorsed,
        "due_at": moment_text(ticket.due_at), "due_on": day_text(ticket.due_at, zone),
        "promised_at": moment_text(ticket.promised_at), "promised_on": day_text(ticket.promised_at, zone),
        "provisional": any(item.provisional for item in ticket.deadlines.values() if item.state in ("runs", "rests")),
        "light": light(ticket, now), "office_late": office_late(ticket, now), "level": ticket.level,
        "acted_level": ticket.acted_level, "rung": rung_name(ticket, definition),
        "next_alarm": moment_text(next_alarm(ticket.deadlines)), "attempt": ticket.attempt, "version": ticket.version,
        "standing": ticket.standing, **review_view(ticket, definition, zone),
        "proposals": [
            {"letter": kind_of(item), **{name: item[name] for name in ("rung", "level", "clock", "at", "due_at")}}
            for item in ticket.proposals
        ],
        "suspended_until": moment_text(suspended_until(ticket, definition)),
        "denials": [
            denial_view(node, zone, told) for node in ticket.denials if actor.role not in UNIT_ROLES or node["unit"] == actor.unit
        ],
        "urged": ticket.urged, "instructed": ticket.instructed,
        "instructions": [instruction_view(ticket, node, now, zone, told) for node in ticket.instructions],
        "request": dict(ticket.request) if ticket.request else None, "designated": ticket.designated,
        "closed_as": ticket.closed_as, "opened_at": moment_text(ticket.opened_at), "opened_by": ticket.opened_by,
        "state_since": moment_text(ticket.state_since), "definition": ticket.definition,
        "actions": actions(ticket, definition, actor, now, calendar),
    }


def part_view(ticket: Ticket, unit: str, now: datetime, zone: tzinfo, told: Told = NOTHING_TOLD) -> dict[str, Any]:
    """The part of a cooperator: its own date and light, whether it signed off, whether it objects, whose lateness it was."""
    part, objection = parts.part_of(ticket, unit), ticket.objections.get(unit)
    signed_at = moment(ticket.signed[unit]) if unit in ticket.signed else None
    due_at = part.due_at if part is not None and part.state != VOID else None
    return {
        "unit": unit, "due_at": moment_text(due_at), "due_on": day_text(due_at, zone), "light": parts.light(ticket, unit, now),
        "open": part is not None and part.state == RUNS,
        "signed": signed_at is not None, "signed_at": moment_text(signed_at),
        "late": parts.late(ticket, unit, now) or (signed_at is not None and due_at is not None and signed_at >= due_at),
        "left_out": unit in ticket.left_out, "objected_at": moment_text(moment(objection["at"])) if objection else None,
        "objection": told.get(objection["seq"], {}).get("reason") if objection else None,
    }


def review_view(ticket: Ticket, definition: Definition, zone: tzinfo) -> dict[str, str | None]:
    """When a standing item is to be reviewed next; None for every other ticket, and while it rests."""
    clocks = [item for item in ticket.deadlines.values() if clock_of(definition, item).runs_with == STANDING and item.state == RUNS]
    at = clocks[0].due_at if clocks else None
    return {"review_at": moment_text(at), "review_on": day_text(at, zone)}


def denial_view(node: Mapping[str, Any], zone: tzinfo, told: Told) -> dict[str, Any]:
    """One link of the chain of denials: which unit, when, which clause, whom it suggests, and why. Erased words are None."""
    words = told.get(node["seq"], {})
    return {
        "unit": node["unit"], "at": moment_text(moment(node["at"])), "on": day_text(moment(node["at"]), zone),
        "suggest": node.get("suggest"), **{name: words.get(name) for name in ("clause", "reason", "approved_by")},
    }


def instruction_view(
    ticket: Ticket, node: Mapping[str, Any], now: datetime, zone: tzinfo, told: Told = NOTHING_TOLD,
) -> dict[str, Any]:
    """A leader's instruction, by when it is to be answered, and whether it was."""
    clock = next((item for name, item in ticket.deadlines.items() if name.endswith(f":{node['seq']}") and item.unit is None), None)
    reported_at = moment(node["reported_at"]) if "reported_at" in node else None
    due_at = clock.due_at if clock else None
    return {
        "by": node["by"], "at": moment_text(moment(node["at"])), "note": told.get(node["seq"], {}).get("note"),
        "due_at": moment_text(due_at), "due_on": day_text(due_at, zone), "reported_at": moment_text(reported_at),
        "late": due_at is not None and (reported_at or now) >= due_at,
    }


def actions(
    ticket: Ticket, definition: Definition, actor: Actor, now: datetime, calendar: Calendar,
) -> list[str]:
    """The triggers that the actor could fire now."""
    return [
        trigger.name for trigger in definition.triggers.values()
        if ticket.state in trigger.sources and assess(definition, ticket, actor, now, calendar, trigger).possible
    ]


def rung_name(ticket: Ticket, definition: Definition) -> str | None:
    """The last rung that the promise has fired in this epoch."""
    promise = ticket.promise
    if promise is None:
        return None
    rungs = definition.ladders[clock_of(definition, promise).ladder].rungs[: promise.rung]
    return next((rung.name for rung in reversed(rungs) if rung.name not in (*promise.skipped, *promise.ours)), None)


def suspended_until(ticket: Ticket, definition: Definition) -> datetime | None:
    """The date that a suspension named, while it lasts."""
    pauses = [name for name, clock in definition.clocks.items() if clock.runs_with == PAUSE]
    return next((ticket.deadlines[name].due_at for name in pauses if name in ticket.deadlines and ticket.returns_to), None)


def event_view(event: Event) -> dict[str, Any]:
    """An event as it is stored: the hashed facts, and beside them the words, if they still exist."""
    return {
        "ticket": event.ticket, "seq": event.seq, "at": stamp(event.at), "actor": event.actor, "role": event.role,
        "unit": event.unit, "via": event.via, "kind": event.kind, "from": event.from_state, "to": event.to_state,
        "data": dict(event.data), "words": dict(event.words) if event.words is not None else None,
    }


def views(
    tickets: Iterable[Ticket], definitions: Mapping[str, Definition], actor: Actor, now: datetime, calendar: Calendar,
) -> Iterable[dict[str, Any]]:
    return (ticket_view(ticket, definitions[ticket.definition], actor, now, calendar) for ticket in tickets)


def moment_text(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second unless there is more to say."""
    if at is None:
        return None
    text = stamp(at)
    return text.replace(".000000", "")


def day_text(at: datetime | None, zone: tzinfo) -> str | None:
    return at.astimezone(zone).date().isoformat() if at else None
