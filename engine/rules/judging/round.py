"""An event of a round judged again; and of a ticket, that it was measured, and that a reopening was taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from engine.errors import Reason
from engine.rules.acts.command import Refusal
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.judging.rest import erasure
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.objections import dispute, settle, settled_fact, settled_facts
from engine.rules.loop.round import (
    ASKED,
    BEGINNINGS,
    CLOSED,
    DISPUTED,
    ERASED,
    RECORDED,
    SETTLED,
    UNDO_ASKED,
    UNDO_WITHDRAWN,
    UNDONE,
    Round,
)
from engine.rules.loop.round_acts import Beginning, Entered, Sheet, close, record, start
from engine.rules.loop.round_facts import Leftover, Result
from engine.rules.loop.standing import measure, revert
from engine.rules.loop.target import Standard
from engine.rules.loop.undoing import ask_undo, undo, undo_asked, withdraw_undo
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.ticket_facts import Evidence
from engine.rules.worktime import parse_amount

if TYPE_CHECKING:
    from engine.rules.event import Facts

LETTERS = "letters"
"""What is not asked of a round that one person took back: whether letters had gone out, which its tickets tell."""

SCOPE = "scope"
"""What is not asked of a round that was closed: which pairs were in its scope, which other streams tell."""


def round_event(event: Event, before: Round | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what an event of a round says, whoever wrote it. `before` is the round as it was, None before its first event;
    `history` are the events before this one.
    """
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    if before is not None and event.kind in (ASKED, ERASED):
        return erasure(event, before, history, known)
    typed = judgement([given_as_typed(event)])
    if before is None:
        return both(typed, same_as_any(event, _started(event, known), known))
    made = _made(event, before, history, known)
    if made is None:
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    found = same_as_any(event, [made], known)
    unasked = (SCOPE,) if event.kind == CLOSED else (LETTERS,) if event.kind == UNDONE and undo_asked(history) is None else ()
    return both(both(typed, found), Judgement((), unasked))


def measured(event: Event, ticket: Ticket, known: Known) -> Judgement:
    """What stands against a measurement on a ticket, as far as the ticket tells it."""
    node = event.data.get("measurement")
    found = Measurement.from_json(node) if node is not None else None
    made = measure(ticket, event.data["round"], found, actor_of(event), event.at, event.data.get("pair"))
    return same_as_any(event, [made], known)


def reverted(event: Event, ticket: Ticket, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against taking back a reopening."""
    made = revert(ticket, history, event.data["seq"], event.data["round"], actor_of(event), event.at)
    return same_as_any(event, [made], known)


def _started(event: Event, known: Known) -> Iterator[Event | Refusal]:
    """The event by which the rules begin such a round, by each calendar that may have been in force then."""
    data = event.data
    comment = data.get("comment_until")
    beginning = Beginning(
        data["scheme"], date.fromisoformat(data["on"]), WORD, [Standard.from_json(node) for node in data["standards"]],
        data.get("subjects", ()), _day(data, "from"), _day(data, "received"), data.get("doc"), bool(data.get("points")),
        bool(data.get("interim")), moment(comment) if comment else None, parse_amount(data["assign_limit"]),
    )
    for calendar in known.calendars(event.at):
        yield start(
            beginning, actor_of(event), event.at, calendar, stream=event.ticket, number=data["number"], office=data["office"], salt=WORD,
        )


def _made(event: Event, before: Round, history: Sequence[Event], known: Known) -> Event | Refusal | None:
    """What the rules make of such an act; None for a kind that no round has."""
    data, actor, at = event.data, actor_of(event), event.at
    given = data.get("given", ())
    reason = WORD if "reason" in given else None
    if event.kind == RECORDED:
        results = {
            node["pair"]: Result.from_json({name: value for name, value in node.items() if name != "pair"}) if "result" in node else None
            for node in data["pairs"]
        }
        evidence = [Evidence.from_json(node) for node in data.get("evidence", ())]
        sheet = Sheet(evidence[0] if evidence else None, data.get("settings", {}))
        leftovers = [Leftover.from_json(node) for node in data.get("leftovers", ())]
        entered = Entered(results, data["version"], data["cause"], sheet, reason, undo_asked(history), leftovers)
        return record(before, entered, actor, at, WORD)
    if event.kind == DISPUTED:
        files = [Evidence.from_json(node) for node in data.get("evidence", ())]
        return dispute(before, data["pair"], data["unit"], WORD, actor, at, WORD, files)
    if event.kind == SETTLED:
        return settle(before, data["pair"], data["accepted"], _value(before, data), WORD, actor, at, WORD)
    if event.kind == CLOSED:
        return close(before, data["missing"], reason, actor, at, WORD)
    if event.kind == UNDO_ASKED:
        return ask_undo(before, undo_asked(history), WORD, actor, at, WORD)
    if event.kind == UNDO_WITHDRAWN:
        return withdraw_undo(before, undo_asked(history), actor, at)
    if event.kind == UNDONE:
        asked = undo_asked(history)
        return undo(before, asked, reason, actor, at, WORD, known.appointments(asked.seq) if asked is not None else ())
    return None


def _value(before: Round, data: Facts) -> str | None:
    """The new value of a pair whose objection was accepted, as the event tells it; None where it was told none."""
    facts, pair = data.get("facts"), data["pair"]
    if facts is None or facts == settled_facts(before, pair, None):
        return None
    told: str | None = facts.get(settled_fact(before, pair))
    return told


def _day(data: Facts, name: str) -> date | None:
    text = data.get(name)
    return date.fromisoformat(text) if text else None
