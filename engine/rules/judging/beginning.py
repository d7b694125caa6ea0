"""How a ticket began: opened here, or taken over from another ledger (`imported`)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Reason
from engine.rules.acts.batch import over_problem
from engine.rules.acts.command import Refusal
from engine.rules.acts.importing import taken_over
from engine.rules.acts.ledger_item import Item, Origin, Past
from engine.rules.acts.ledger_item_problems import import_problems
from engine.rules.acts.opening import (
    Attached,
    Onsite,
    Opening,
    facts_of_opening,
    open_ticket,
    opening_problems,
    undated_effects,
)
from engine.rules.batch import Batch, is_batch_number
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any, with_dates_of
from engine.rules.judging.earlier import against_named
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.proof.chain import moment
from engine.rules.ticket import IMPORTED
from engine.rules.ticket_facts import Evidence


def beginning(event: Event, definition: Definition, known: Known) -> Judgement:
    """What stands against the first event of a ticket. Of one that was taken over from a ledger, what had happened lies in its file: it is
    asked whether whoever brought it may, and whether the ticket stands where the ledger says.
    """
    data = event.data
    told = not known.same_rules or (known.loaded(data["definition"], event.at) and data["workflow"] == definition.name)
    reasons = [
        given_as_typed(event), None if told else Reason("judged-definition", {"workflow": data["workflow"]}), _against_batch(event, known),
        *against_named(event, known),
    ]
    if event.kind == IMPORTED:
        return both(judgement(reasons), _import(event, definition, known))
    made = _made(event, definition, known) if known.thorough else _undated(event, definition, known)
    return both(judgement(reasons), same_as_any(event, made, known))


def _import(event: Event, definition: Definition, known: Known) -> Judgement:
    """What stands against taking over an item of a ledger."""
    item = _item(event)
    problems = import_problems(definition, item, actor_of(event), event.at)
    if problems:
        return judgement(problems)
    return same_as_any(event, _taken_over(event, definition, known), known)


def _item(event: Event, batch: Batch | None = None) -> Item:
    """The item that was taken over, as far as the event tells it."""
    past, origin = event.data["past"], event.data["origin"]
    told = {name: moment(past[name]) for name in ("assigned_at", "finished_at", "closed_at") if name in past}
    extended = tuple(moment(at) for at in past.get("extended", ()))
    return Item(
        _opening(event, batch), Past(event.to_state or "", extended=extended, standing=past.get("standing", False), **told),
        Origin(origin["sha256"], origin["sheet"], origin["row"], origin.get("number")),
    )


def _taken_over(event: Event, definition: Definition, known: Known) -> Iterator[Event]:
    """The event by which the rules take over such an item, by each calendar that may have been in force then."""
    data = event.data
    batch = known.batch(data["batch"]) if is_batch_number(data.get("batch")) else None
    for calendar in known.calendars(event.at):
        yield taken_over(
            definition, _item(event, batch), actor_of(event), event.at, calendar, ticket=event.ticket, number=data["number"],
            office=data["office"], salt=WORD, secret_salt=WORD,
        )


def _against_batch(event: Event, known: Known) -> Reason | None:
    """Why it could not be opened in the batch that it names: there was none, or it took no more tickets."""
    number = event.data.get("batch")
    if not is_batch_number(number):
        return None
    batch = known.batch(number)
    return Reason("judged-batch", {"batch": number}) if batch is None else over_problem(batch)


def _opening(event: Event, batch: Batch | None = None) -> Opening:
    """What was found, as far as the event tells it; in a batch it is to be assigned by the date of that."""
    data = event.data
    due, outer, happened_at = data.get("due"), data.get("outer"), data.get("happened_at")
    return Opening(
        WORD, data["source"], None, data.get("measure"), data.get("grade"), data.get("lead"), tuple(data.get("with", ())),
        data.get("leader"), data.get("officer"), moment(due) if due else None, data.get("source_ref"),
        moment(happened_at) if happened_at else None, complainant=WORD if "secret" in data else None, batch=data.get("batch"),
        problem_key=data.get("problem_key"), round=data.get("round"),
        assign_by=batch.assign_due_at if batch is not None else None, onsite=_onsite(event),
        attached=Attached(_evidence(event), photos=data.get("photos", {})), limit=data.get("limit"),
        outer=moment(outer) if outer else None, repeats=tuple(data.get("repeats", ())),
    )


def _onsite(event: Event) -> Onsite | None:
    """What a visit added to what it found, as far as the event tells it."""
    data = event.data
    if "visit" not in data:
        return None
    place = WORD if "place" in data.get("given", ("place",)) else None
    return Onsite(data["visit"], tuple(data["team"]), place)


def _evidence(event: Event) -> tuple[Evidence, ...]:
    return tuple(Evidence.from_json(node) for node in event.data.get("evidence", ()))


def _made(event: Event, definition: Definition, known: Known) -> Iterator[Event | Refusal]:
    """The event by which the rules open such a ticket, by each calendar that may have been in force then."""
    data = event.data
    batch = known.batch(data["batch"]) if is_batch_number(data.get("batch")) else None
    for calendar in known.calendars(event.at):
        yield open_ticket(
            definition, _opening(event, batch), actor_of(event), event.at, calendar, ticket=event.ticket, number=data["number"],
            office=data["office"], salt=WORD, secret_salt=WORD, parent=data.get("parent"),
        )


def _undated(event: Event, definition: Definition, known: Known) -> Iterator[Event | Refusal]:
    """The same event, with the dates of its clocks as it tells them."""
    data, opening, actor = event.data, _opening(event), actor_of(event)
    if reasons := opening_problems(definition, opening, actor, event.at):
        yield Refusal(reasons)
        return
    facts = facts_of_opening(definition, opening, actor, number=data["number"], office=data["office"], parent=data.get("parent"))
    for calendar in known.calendars(event.at):
        facts["effects"] = undated_effects(definition, actor, event.at, calendar)
        yield with_dates_of(event, None, definition.initial, facts)
