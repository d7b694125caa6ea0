"""A ticket that repeats another names it; whoever follows a duplicate arrives at the ticket that is worked on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.acts.duplicates import kept, link, released, unlink
from engine.rules.event import Event, for_the_office
from engine.rules.recipients import told_of_act
from engine.rules.ticket import Ticket, evolve, fold
from tests.rules.conftest import COOPERATOR, OFFICE, PEOPLE, Matter

OTHER = "ZG-2020-0002"
HIDDEN = ("found",)


def other(matter: Matter, **fields: Any) -> Ticket:
    return matter.ticket._replace(**{"number": OTHER, "duplicate_of": None, **fields})


def linked(matter: Matter, original: Ticket, repeated: bool = False) -> list[str]:
    outcome = link(matter.ticket, original, repeated, OFFICE, matter.now, HIDDEN)
    return [reason.code for reason in outcome.reasons] if isinstance(outcome, Refusal) else []


def withdrawn(matter: Matter, original: Ticket | None, repeated: bool = False) -> list[str]:
    at = matter.situation()._replace(original=original, repeated=repeated)
    outcome = decide(at, Command("withdraw", {"as": "duplicate", "of": OTHER}, {"reason": "x"}, salt="s"))
    return [reason.code for reason in outcome.reasons] if isinstance(outcome, Refusal) else []


def test_a_link_names_relation_and_target_and_the_ticket_keeps_its_original(rectifying: Matter) -> None:
    event = link(rectifying.ticket, other(rectifying), False, OFFICE, rectifying.now, HIDDEN)
    assert isinstance(event, Event)
    assert event.kind == "linked"
    assert event.data == {"relation": "duplicate-of", "target": OTHER, "effects": {"duplicate_of": OTHER}}
    after = evolve(rectifying.ticket, event)
    assert (after.duplicate_of, after.state, after.deadlines) == (OTHER, "rectifying", rectifying.ticket.deadlines)
    assert fold([*rectifying.events, event]) == after
    assert linked(rectifying, other(rectifying)) == []
    rectifying.ticket = after
    assert linked(rectifying, other(rectifying)) == ["duplicate-before"]


def test_the_ticket_that_is_kept_says_which_one_repeats_it_and_nothing_else_of_it_changes(rectifying: Matter) -> None:
    event = kept(rectifying.ticket, other(rectifying), OFFICE, rectifying.now, HIDDEN)
    assert (event.kind, event.data) == ("linked", {"relation": "has-duplicate", "target": OTHER})
    assert evolve(rectifying.ticket, event).duplicate_of is None


@pytest.mark.parametrize(("original", "own"), [
    ({"state": "found"}, True), ({"lead": "GAJ", "cooperators": ()}, True), ({"lead": "GAJ"}, False),
    ({"lead": "GAJ", "cooperators": (), "past": {"SWJ": 4}}, False), ({"state": "found", "past": {"SWJ": 4}}, False),
])
def test_a_link_to_what_no_unit_of_the_ticket_may_know_of_is_the_office_s_own(
    rectifying: Matter, original: dict[str, Any], own: bool,
) -> None:
    """So nothing that a unit reads of its ticket moves with it."""
    rectifying.now += timedelta(hours=1)
    event = link(rectifying.ticket, other(rectifying, **original), False, OFFICE, rectifying.now, HIDDEN)
    assert isinstance(event, Event) and for_the_office(event) is own
    assert (evolve(rectifying.ticket, event).told_at == rectifying.ticket.told_at) is own


def test_nobody_hears_of_a_duplicate_before_it_is_assigned(rectifying: Matter) -> None:
    found = kept(rectifying.ticket, other(rectifying, state="found"), OFFICE, rectifying.now, HIDDEN)
    told = kept(rectifying.ticket, other(rectifying, lead="GAJ"), OFFICE, rectifying.now, HIDDEN)
    assert for_the_office(found) and not for_the_office(told)
    for event, people in ((found, {}), (told, {"lead-contact": told.seq})):
        after = evolve(rectifying.ticket, event)
        assert told_of_act(rectifying.definition, [event], rectifying.ticket, after, lambda: PEOPLE).people == people


def test_a_link_is_the_office_s_and_never_to_itself(rectifying: Matter) -> None:
    outcome = link(rectifying.ticket, rectifying.ticket, False, COOPERATOR, rectifying.now, HIDDEN)
    assert isinstance(outcome, Refusal)
    assert [reason.code for reason in outcome.reasons] == ["not-yours", "duplicate-of-itself"]


@pytest.mark.parametrize("repeats", [linked, withdrawn])
@pytest.mark.parametrize(("original", "repeated", "codes"), [
    ({}, False, []), ({"closed_as": "verified"}, False, []), ({"duplicate_of": "ZG-2020-0001"}, False, ["duplicate-of-each-other"]),
    ({"duplicate_of": "ZG-2020-0003"}, False, ["original-repeats"]), ({"closed_as": "mistake"}, False, ["original-withdrawn"]),
    ({}, True, ["is-original"]),
])
def test_an_original_is_worked_on_or_done_and_repeats_nothing(
    assigned: Matter, repeats: Callable[..., list[str]], original: dict[str, str], repeated: bool, codes: list[str],
) -> None:
    assert repeats(assigned, other(assigned, **original), repeated) == codes


def test_an_original_that_nobody_read_is_no_original(assigned: Matter) -> None:
    assert withdrawn(assigned, None) == withdrawn(assigned, other(assigned, number="ZG-2020-0003")) == ["original-unknown"]


def test_a_linked_duplicate_is_withdrawn_as_a_duplicate_of_the_same_ticket(assigned: Matter) -> None:
    assigned.ticket = assigned.ticket._replace(duplicate_of="ZG-2020-0003")
    assert withdrawn(assigned, other(assigned, duplicate_of=None)) == ["duplicate-before"]
    assigned.ticket = assigned.ticket._replace(duplicate_of=OTHER)
    assert withdrawn(assigned, other(assigned, duplicate_of=None)) == []


def test_only_what_is_withdrawn_as_a_duplicate_names_an_original(assigned: Matter) -> None:
    assert assigned.do("withdraw", OFFICE, {"reason": "x"}, **{"as": "mistake"}).ticket.duplicate_of is None


def test_a_duplicate_that_is_withdrawn_keeps_its_original(assigned: Matter) -> None:
    ticket = assigned.do("withdraw", OFFICE, {"reason": "x"}, **{"as": "duplicate", "of": OTHER}).ticket
    assert (ticket.closed_as, ticket.duplicate_of) == ("duplicate", OTHER)


def repeating(matter: Matter) -> Ticket:
    return matter.ticket._replace(duplicate_of=OTHER)


def unlinked(
    ticket: Ticket, original: Ticket | None, matter: Matter, reason: str = "不是同一个问题", actor: Any = OFFICE,
) -> Event | list[str]:
    outcome = unlink(ticket, original, actor, matter.now, HIDDEN, reason, "s")
    return outcome if isinstance(outcome, Event) else [reason.code for reason in outcome.reasons]


def test_a_link_that_was_a_mistake_is_taken_back_with_a_reason_and_the_ticket_has_no_original(rectifying: Matter) -> None:
    ticket = repeating(rectifying)
    event = unlinked(ticket, other(rectifying), rectifying)
    assert isinstance(event, Event) and event.kind == "linked" and event.words == {"reason": "不是同一个问题"}
    assert (event.data["relation"], event.data["target"], event.data["effects"]) == ("not-duplicate-of", OTHER, {"duplicate_of": None})
    after = evolve(ticket, event)
    assert (after.duplicate_of, after.state, after.deadlines) == (None, "rectifying", ticket.deadlines)
    assert not for_the_office(event)


def test_a_link_that_no_unit_knows_of_is_taken_back_unheard(rectifying: Matter) -> None:
    event = unlinked(repeating(rectifying), other(rectifying, state="found"), rectifying)
    assert isinstance(event, Event) and for_the_office(event)


def test_only_the_office_takes_a_link_back_and_only_one_that_is_there(rectifying: Matter) -> None:
    ticket = repeating(rectifying)
    assert unlinked(rectifying.ticket, None, rectifying) == ["no-duplicate"]
    assert unlinked(ticket, other(rectifying, number="ZG-2020-0009"), rectifying) == ["no-duplicate"]
    assert unlinked(ticket, other(rectifying), rectifying, reason="") == ["words-empty"]
    assert unlinked(ticket, other(rectifying), rectifying, actor=COOPERATOR) == ["not-yours"]
    assert unlinked(ticket._replace(closed_as="duplicate"), other(rectifying), rectifying) == ["withdrawn-as-duplicate"]


def test_the_lead_of_the_ticket_that_was_kept_hears_that_the_other_does_not_repeat_it(rectifying: Matter) -> None:
    event = released(rectifying.ticket, other(rectifying), OFFICE, rectifying.now, HIDDEN)
    assert (event.at, event.from_state, event.to_state) == (rectifying.now, "rectifying", "rectifying")
    assert event.data == {"relation": "no-duplicate", "target": OTHER} and evolve(rectifying.ticket, event).duplicate_of is None
    told = told_of_act(rectifying.definition, [event], rectifying.ticket, evolve(rectifying.ticket, event), lambda: PEOPLE)
    assert told.people
    hidden = rectifying.ticket._replace(state="found")
    assert not told_of_act(rectifying.definition, [event], hidden, hidden, lambda: PEOPLE).people
    unheard = released(rectifying.ticket, other(rectifying, state="found"), OFFICE, rectifying.now, HIDDEN)
    assert for_the_office(unheard)
