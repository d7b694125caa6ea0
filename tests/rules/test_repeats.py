"""A finding that is an earlier one again names it: the office says so, and units learn of it what they may know of the earlier one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.rules.acts.command import Refusal
from engine.rules.acts.opening import Opening, open_ticket, opening_problems
from engine.rules.acts.repeats import found_at, in_order, later_problem, repeat, unrepeat
from engine.rules.event import Event, for_the_office
from engine.rules.judging.earlier import found_by_then
from engine.rules.judging.judge import judge
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Found
from engine.rules.proof.chain import stamp
from engine.rules.recipients import told_of_act
from engine.rules.seeing import Sight
from engine.rules.ticket import Ticket, evolve, fold
from tests.rules.conftest import COOPERATOR, LEAD, OFFICE, PEOPLE, Matter
from tests.rules.test_judging import added, codes, judge_last, says
from tests.rules.told import told

EARLIER, BEFORE_THAT = "ZG-2019-0003", "ZG-2018-0010"
HIDDEN = ("found",)


def earlier(matter: Matter, number: str = EARLIER, **fields: Any) -> Ticket:
    return matter.ticket._replace(**{"number": number, "repeats": (), **fields})


def refused(outcome: Event | Refusal) -> list[str]:
    return [reason.code for reason in outcome.reasons] if isinstance(outcome, Refusal) else []


def again(matter: Matter, other: Ticket, actor: Any = OFFICE) -> Event | Refusal:
    return repeat(matter.ticket, other, actor, matter.now, HIDDEN)


def taken_back(matter: Matter, other: Ticket, actor: Any = OFFICE, reason: str = "误") -> Event | Refusal:
    return unrepeat(matter.ticket, other, actor, matter.now, HIDDEN, reason, "salt")


def test_a_ticket_names_what_it_repeats_in_one_order_and_nothing_else_of_it_moves(rectifying: Matter) -> None:
    before = rectifying.ticket
    for number in (EARLIER, BEFORE_THAT):
        event = again(rectifying, earlier(rectifying, number))
        assert isinstance(event, Event) and (event.data["relation"], event.data["target"]) == ("repeats", number)
        added(rectifying, event)
    after = rectifying.ticket
    assert after.repeats == (BEFORE_THAT, EARLIER) == in_order([EARLIER, BEFORE_THAT, EARLIER])
    assert (after.state, after.deadlines, after.duplicate_of) == (before.state, before.deadlines, None)
    assert fold(rectifying.events) == after


def test_a_mistaken_repeat_is_taken_back_with_a_reason(rectifying: Matter) -> None:
    added(rectifying, again(rectifying, earlier(rectifying)))
    event = taken_back(rectifying, earlier(rectifying))
    assert isinstance(event, Event) and event.words == {"reason": "误"}
    assert evolve(rectifying.ticket, event).repeats == ()
    assert refused(taken_back(rectifying, earlier(rectifying), reason=" ")) == ["words-empty"]
    assert refused(taken_back(rectifying, earlier(rectifying, BEFORE_THAT))) == ["no-repeat"]


def test_it_is_the_office_s_to_say_and_said_once_and_of_another_one(rectifying: Matter) -> None:
    assert refused(again(rectifying, rectifying.ticket)) == ["repeats-itself"]
    assert refused(again(rectifying, earlier(rectifying, repeats=(rectifying.ticket.number,)))) == ["repeats-in-circle"]
    own = rectifying.ticket.number
    assert refused(repeat(rectifying.ticket, earlier(rectifying), OFFICE, rectifying.now, (), {own})) == ["repeats-in-circle"]
    assert refused(again(rectifying, earlier(rectifying), COOPERATOR)) == ["not-yours"]
    added(rectifying, again(rectifying, earlier(rectifying)))
    assert refused(again(rectifying, earlier(rectifying))) == ["repeats-before"]
    assert refused(taken_back(rectifying, earlier(rectifying), COOPERATOR)) == ["not-yours"]


@pytest.mark.parametrize(("other", "own"), [({"state": "found"}, True), ({"lead": "GAJ", "cooperators": ()}, True), ({}, False)])
def test_what_no_unit_of_the_ticket_may_know_of_moves_nothing_that_it_reads(rectifying: Matter, other: dict[str, Any], own: bool) -> None:
    rectifying.now += timedelta(hours=1)
    event = again(rectifying, earlier(rectifying, **other))
    assert isinstance(event, Event) and for_the_office(event) is own
    after = evolve(rectifying.ticket, event)
    assert (after.told_at == rectifying.ticket.told_at) is own
    assert told_of_act(rectifying.definition, [event], rectifying.ticket, after, lambda: PEOPLE).people == {}


@pytest.mark.parametrize("known", [(), (EARLIER,), (EARLIER, BEFORE_THAT)])
def test_a_unit_reads_of_earlier_findings_those_that_it_may_know_of(rectifying: Matter, known: tuple[str, ...]) -> None:
    first = rectifying.events[0]
    rectifying.events[0] = first._replace(data={**first.data, "repeats": [BEFORE_THAT, EARLIER]})
    rectifying.ticket = fold(rectifying.events)
    added(rectifying, again(rectifying, earlier(rectifying, "ZG-2019-0009")))
    sight = Sight(LEAD, rectifying.definition, lambda actor, ticket: True, lambda actor, number: number in known)
    assert set(sight.ticket(rectifying.ticket, rectifying.events).repeats) == set(known)
    seen = sight.events(rectifying.events)
    assert set(seen[0].data.get("repeats", ())) == set(known)
    assert not any(event.kind == "linked" for event in seen)
    told = sight.told([rectifying.events[-1]], {rectifying.events[-1].seq})
    assert set(told[0].data["effects"]["repeats"]) == set(known)


def test_a_number_is_waived_for_a_reason_that_is_kept(rectifying: Matter) -> None:
    found = Opening("x", "superior", lead="GAJ", repeats=(EARLIER,), waiver="上级未附清单")
    event = open_ticket(
        rectifying.definition, found, OFFICE, rectifying.now, rectifying.calendar, ticket=9, number="ZG-2020-0009", office="ZG", salt="s",
    )
    assert isinstance(event, Event) and event.words is not None
    assert (event.words["waiver"], event.data["repeats"], fold([event]).repeats) == ("上级未附清单", [EARLIER], (EARLIER,))
    blank = found._replace(waiver=" ")
    assert [reason.code for reason in opening_problems(rectifying.definition, blank, OFFICE, rectifying.now)] == ["words-empty"]


def test_a_repeat_is_judged_again_as_it_was_decided(rectifying: Matter) -> None:
    added(rectifying, again(rectifying, earlier(rectifying)))
    assert judge_last(rectifying) == Judgement()
    assert says(rectifying, effects={"repeats": [BEFORE_THAT]}) == ["judged-value"]
    assert says(rectifying, effects={"repeats": [EARLIER], "final": True}) == ["judged-effect"]
    assert says(rectifying, relation="not-repeats") == ["judged-fact", "judged-value"]
    assert codes(judge_last(rectifying, actor="leader", role="leader")) == ["judged-may"]
    added(rectifying, taken_back(rectifying, earlier(rectifying)))
    assert judge_last(rectifying) == Judgement()
    assert says(rectifying, relation="repeats") == ["judged-fact", "judged-value"]


def test_what_a_link_names_was_there_was_found_no_later_and_closes_no_circle(rectifying: Matter) -> None:
    own, later = rectifying.ticket.number, rectifying.ticket.opened_at + timedelta(seconds=1)
    added(rectifying, again(rectifying, earlier(rectifying)))

    def judged(same_rules: bool = True, **findings: Found) -> list[str]:
        known = {EARLIER if name == "named" else BEFORE_THAT: found for name, found in findings.items()}
        return codes(judge_last(rectifying, told(rectifying, findings=known, findings_there=False, same_rules=same_rules)))

    assert judged() == ["judged-earlier"] == judged(same_rules=False)
    assert judged(named=Found(None)) == judged(named=Found(None, (BEFORE_THAT,))) == []
    assert judged(named=Found(later)) == ["repeats-later"]
    assert judged(named=Found(None, (own,))) == ["repeats-in-circle"]
    assert judged(named=Found(None, (BEFORE_THAT,)), before=Found(None, (EARLIER, own))) == ["repeats-in-circle"]
    assert judged(named=Found(later, (own,)), same_rules=False) == [], "other rules may have allowed it"


def test_what_a_ticket_begins_with_was_there_and_was_found_no_later(rectifying: Matter) -> None:
    day = rectifying.now - timedelta(days=9)
    opening = Opening("又", "inspection", grade="B", repeats=(EARLIER,), happened_at=day)
    event = open_ticket(
        rectifying.definition, opening, OFFICE, rectifying.now, rectifying.calendar, ticket=9, number="ZG-2020-0009",
        office="ZG", salt="salt",
    )
    assert isinstance(event, Event)

    def judged(event: Event = event, **more: Any) -> list[str]:
        return codes(judge(event, None, (), told(rectifying, **more)))

    assert judged() == judged(findings={EARLIER: Found(day)}) == []
    assert judged(findings_there=False) == ["judged-earlier"]
    late = {EARLIER: Found(day + timedelta(days=1))}
    assert (judged(findings=late), judged(findings=late, same_rules=False)) == (["repeats-later"], [])
    facts = {name: value for name, value in event.data.items() if name != "happened_at"}
    assert judged(event._replace(data=facts), findings=late) == [], "what is found now was found after all that is there"


def test_what_a_finding_repeated_by_then_is_what_its_events_say(rectifying: Matter) -> None:
    first = rectifying.events[0]
    found = found_by_then(None, first)
    assert found == Found(first.at) and found_by_then(None, first._replace(data={**first.data, "repeats": [EARLIER]})).repeats == (EARLIER,)
    added(rectifying, again(rectifying, earlier(rectifying)))
    linked = rectifying.events[-1]
    assert found_by_then(found, linked) == Found(first.at, (EARLIER,))
    assert found_by_then(found, linked._replace(data={"relation": "has-duplicate"})) == found


def test_what_was_found_later_is_no_earlier_finding(rectifying: Matter) -> None:
    own, found = rectifying.ticket, rectifying.ticket.opened_at

    def said(since: datetime | None, number: str = EARLIER, **fields: Any) -> list[str]:
        ticket = own._replace(**fields)
        return refused(repeat(ticket, earlier(rectifying, number), OFFICE, rectifying.now, HIDDEN, (), since))

    assert (said(None), said(found), said(found - timedelta(days=9))) == ([], [], [])
    assert said(found + timedelta(seconds=1)) == ["repeats-later"]
    assert said(found, "ZG-2020-9999") == ["repeats-later"], "at one moment the numbers follow one another"
    day = found - timedelta(days=9)
    for fields in ({"first_found_at": day}, {"assigned_at": day}, {"submitted_at": day}, {"closed_at": day}):
        assert said(day + timedelta(hours=23), "ZG-2020-9999", **fields) == [], "a day that is named has no hour"
        assert said(day + timedelta(days=1), **fields) == ["repeats-later"]


def test_when_a_finding_was_found_is_not_known_of_an_undated_item_of_a_ledger(rectifying: Matter) -> None:
    first, day = rectifying.events[0], rectifying.now - timedelta(days=9)
    assert found_at(first) == first.at and found_at(first._replace(kind="imported")) is None
    dated = first._replace(kind="imported", data={**first.data, "happened_at": stamp(day)})
    assert found_at(dated) == day
    assert [later_problem(EARLIER, *each) for each in ((None, day), (day, None), (day, day))] == [None] * 3
