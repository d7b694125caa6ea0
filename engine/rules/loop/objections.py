"""Objections to a round (异议): a unit objects to a pair, the office decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import office_event
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.loop.round import DISPUTED, SETTLED, Round
from engine.rules.loop.round_problems import closed, not_now, standing
from engine.rules.loop.target import DROP, GAP, NOT_APPLICABLE, RANK, SAID, SCORE, VALUE, Facts, is_number, judged
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import LONGEST, LONGEST_FACT, word_problem


def dispute(
    round_: Round, pair: str, unit: str, reason: str, actor: Actor, now: datetime, salt: str, evidence: Sequence[Evidence] = (),
) -> Event | Refusal:
    """The event by which a unit objects to a pair (异议), entered by the office from what its head signed; or every reason against it."""
    found = [
        *not_now(round_, actor), closed(round_), word_problem("reason", reason, LONGEST),
        None if round_.commenting(now) else Reason("comment-over", {"round": round_.number}),
        None if pair in round_.results else Reason("pair-unknown", {"round": round_.number}),
        Reason("disputed-before", {"round": round_.number}) if any(item.pair == pair for item in round_.disputes) else None,
        None if evidence else Reason("dispute-unsigned", needs=("file",)),
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    data: JsonObject = {"pair": pair, "unit": unit, "evidence": [item.to_json() for item in evidence]}
    return office_event(round_, actor, now, DISPUTED, data, {"reason": reason}, salt)


def settle(
    round_: Round, pair: str, accepted: bool, value: str | None, reason: str, actor: Actor, now: datetime, salt: str,
) -> Event | Refusal:
    """The event by which the office decides about an objection, or every reason against it. What is accepted has the new value from now
    on, a number or where none decides a result, or without one counts for nothing.
    """
    found = [
        *not_now(round_, actor), closed(round_), word_problem("reason", reason, LONGEST),
        None if round_.disputed(pair) else Reason("not-disputed", {"round": round_.number}),
        Reason("value-refused") if value is not None and not accepted else None,
        _value_problem(round_, pair, value) if value is not None and accepted and round_.disputed(pair) else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    data: JsonObject = {"pair": pair, "accepted": accepted}
    if accepted:
        facts = settled_facts(round_, pair, value)
        standard = round_.standard(round_.problem(pair).target)
        data |= {"facts": dict(facts), "result": NOT_APPLICABLE if standard is None else round_.judges(standard, facts)}
    return office_event(round_, actor, now, SETTLED, data, {"reason": reason}, salt)


def settled_facts(round_: Round, pair: str, value: str | None) -> Facts:
    """What a pair says after an objection was accepted: the value stands where its target is judged by it."""
    before = round_.results[pair].facts
    if value is None:
        return {**before, "result": NOT_APPLICABLE}
    return {**{key: fact for key, fact in before.items() if key != "result"}, settled_fact(round_, pair): value}


def settled_fact(round_: Round, pair: str) -> str:
    """The fact by which a pair is judged: of a drop the rank, of a gap what the row has; what no number decides, by hand."""
    standard, facts = round_.standard(round_.problem(pair).target), round_.results[pair].facts
    if standard is None or standard.comparator is None or standard.value is None:
        return "result"
    if standard.by == GAP:
        return SCORE if SCORE in facts and VALUE not in facts else VALUE
    return RANK if standard.by == DROP else standard.by


# how -----------------------------------------------------------------------------------------------------------------


def _value_problem(round_: Round, pair: str, value: str) -> Reason | None:
    """Why a pair cannot have this value after an objection was accepted."""
    standard = round_.standard(round_.problem(pair).target)
    if standard is None or settled_fact(round_, pair) == "result":
        return None if value in SAID else Reason("value-no-result", {"value": value[:LONGEST_FACT]})
    if not is_number(value):
        return Reason("value-no-number", {"value": value[:LONGEST_FACT]})
    found = judged(standard, settled_facts(round_, pair, value), round_.measured_on, interim=round_.interim)
    return Reason("value-unjudged", {"demand": standard.demand}) if found.problem is not None else None
