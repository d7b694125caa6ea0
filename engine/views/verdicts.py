"""What may be done to a ticket, and every reason against the rest, as JSON: `zg can`, and the buttons of the web."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Verdict
from engine.rules.acts.decide import possible
from engine.rules.acts.given import facts_json
from engine.rules.acts.rule_names import unknown_rules
from engine.rules.definition import Definition
from engine.rules.json_value import Json
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.worktime import Calendar

if TYPE_CHECKING:
    from engine.rules.loop.visit import Visit
    from engine.words.phrase import Phrase


class InputView(TypedDict):
    """What a trigger takes."""

    name: str
    kind: str
    choices: list[str]


class ReasonView(TypedDict):
    """Why something is refused: a code for programs, a message for people, the values the message names."""

    code: str
    message: str
    values: Mapping[str, Json]


class VerdictView(TypedDict):
    """One trigger as it stands for an actor. `needs` names what must be given with it (`file`: evidence), `takes` all
    that can be given.
    """

    trigger: str
    title: str
    possible: bool
    by: list[str]
    needs: list[str]
    takes: list[InputView]
    reasons: list[ReasonView]


class VerdictsView(TypedDict):
    """Every trigger of a ticket."""

    number: str
    state: str
    triggers: list[VerdictView]


def verdicts_view(ticket: Ticket, verdicts: Iterable[Verdict], phrase: Phrase) -> VerdictsView:
    """Every trigger of the ticket's workflow as it stands for the actor the verdicts were asked for."""
    return {
        "number": ticket.number, "state": ticket.state, "triggers": [verdict_view(verdict, phrase) for verdict in verdicts],
    }


def verdict_view(verdict: Verdict, phrase: Phrase) -> VerdictView:
    """One trigger; titles and messages in the language of the phrase."""
    trigger = verdict.trigger
    return {
        "trigger": trigger.name, "title": phrase.trigger(trigger.name), "possible": verdict.possible, "by": list(trigger.by),
        "needs": list(verdict.needs),
        "takes": [{"name": item.name, "kind": item.kind, "choices": list(item.choices)} for item in trigger.input],
        "reasons": [reason_view(reason, phrase) for reason in verdict.reasons],
    }


def reason_view(reason: Reason, phrase: Phrase) -> ReasonView:
    """A reason; its message in the language of the phrase."""
    return {"code": reason.code, "message": phrase.reason(reason), "values": facts_json(reason.values)}


def actions(
    ticket: Ticket, definition: Definition, actor: Actor, now: datetime, calendar: Calendar, *, alone: bool = False,
    visit: Visit | None = None,
) -> list[str]:
    """The names of the triggers that the actor, who may be `alone` in the office, could fire now; `visit` found the ticket. None where the
    workflow names rules that this program does not have.
    """
    if unknown_rules(definition):
        return []
    at = Situation(definition, ticket, actor, now, calendar, alone=alone, visit=visit)
    return [trigger.name for trigger in possible(at)]
