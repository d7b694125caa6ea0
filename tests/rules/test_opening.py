"""How a ticket begins, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.rules.access import Actor
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.acts.opening import LONGEST_KEY, SOURCES, Opening, open_ticket
from engine.rules.deadline import PLANNED, RUNS
from engine.rules.event import Event
from engine.rules.ticket import evolve
from engine.rules.wording import LONGEST
from tests.rules.conftest import LEAD, OFFICE, Matter, china, local, workflow

Make = Callable[..., Matter]
NOW = local("2020-09-25T09:00")


def opened(name: str = "rectification", actor: Actor = OFFICE, parent: int | None = None, **said: Any) -> Event | Refusal:
    opening = Opening(**{"title": "企业开办材料重复提交", "source": "visit", **said})
    return open_ticket(
        said.pop("definition", workflow(name)), opening, actor, NOW, china(), ticket=7, number="ZG-2020-0007", office="ZG", salt="s",
        parent=parent,
    )


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def test_a_ticket_opens_with_the_office_s_clock(matter: Make) -> None:
    ticket = matter().open().ticket
    assert (ticket.state, ticket.turn, ticket.version, ticket.grade) == ("found", "office", 1, "C")
    assert ticket.due_at == ticket.office_due_at == local("2020-09-28T18:00")
    assert ticket.wake_at == local("2020-09-28T18:00")
    assert (ticket.promised_at, ticket.late_at) == (None, None)


def test_a_superiors_own_date_runs_from_the_beginning_where_the_workflow_keeps_one() -> None:
    date = local("2020-10-31T18:00")
    event = opened("superior", source="superior", outer=date)
    assert isinstance(event, Event)
    outer = evolve(None, event).deadlines["outer"]
    assert (outer.due_at, outer.state) == (date, RUNS)
    assert codes(opened(outer=date)) == ["no-outer-clock"]


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_taken(source: str) -> None:
    assert isinstance(opened(source=source), Event)


def test_a_grade_not_said_is_the_default(matter: Make) -> None:
    assert matter().open(grade=None).ticket.grade == "C"


def test_a_workflow_without_grades_opens_without_one(matter: Make) -> None:
    ticket = matter(name="bad-review").open(grade=None, lead="SCJGJ").ticket
    assert ticket.grade is None
    assert ticket.promised_at == local("2020-10-09T18:00")


def test_where_no_grade_is_the_default_it_must_be_said() -> None:
    strict = replace(workflow("rectification"), default_grade=None)
    opening = Opening("标题", "visit")
    outcome = open_ticket(strict, opening, OFFICE, NOW, china(), ticket=1, number="ZG-2020-0001", office="ZG", salt="s")
    assert codes(outcome) == ["grade-missing"]


def test_the_event_holds_facts_and_a_digest_of_the_words() -> None:
    event = opened(
        detail="窗口要求交两次", measure="3.1", key="K-1", lead="SCJGJ", cooperators=("SWJ",), leader="leader",
        due=local("2020-10-20T18:00"), happened_at=local("2020-09-24T10:00"), parent=3,
    )
    assert isinstance(event, Event)
    assert event.words == {"title": "企业开办材料重复提交", "detail": "窗口要求交两次"}
    assert event.data["given"] == ["detail", "title"]
    said = {key: value for key, value in event.data.items() if key not in ("effects", "words", "given", "definition")}
    assert said == {
        "number": "ZG-2020-0007", "office": "ZG", "workflow": "rectification", "source": "visit", "source_ref": "K-1", "measure": "3.1",
        "grade": "C", "lead": "SCJGJ", "leader": "leader", "with": ["SWJ"], "parent": 3, "due": "2020-10-20T10:00:00.000000Z",
        "happened_at": "2020-09-24T02:00:00.000000Z",
    }
    assert event.data["definition"] == workflow("rectification").hash
    assert "窗口" not in str(event.data)


def test_a_date_set_by_a_person_waits_as_a_plan_where_the_promise_begins_later(matter: Make) -> None:
    plan = matter().open(due=local("2020-10-20T18:00")).ticket.deadlines["rectify"]
    assert (plan.state, plan.due_at, plan.fixed, plan.next_at) == (PLANNED, local("2020-10-20T18:00"), True, None)


def test_a_limit_that_it_came_with_counts_from_the_assignment_and_again_for_the_next_unit(matter: Make) -> None:
    case = matter().open(limit="15 working days")
    assert case.ticket.promise is None
    assert case.do("assign", lead="SCJGJ").ticket.deadlines["rectify"].amount == "15 working days"
    assert case.do("decline", LEAD, {"reason": "x"}).do("assign", lead="FGW").ticket.deadlines["rectify"].amount == "15 working days"


def test_a_limit_that_it_came_with_runs_at_once_where_the_promise_begins_now(matter: Make) -> None:
    ticket = matter(name="complaint").open(grade="help", source="complaint", limit="3 days").ticket
    assert ticket.deadlines["done"].amount == "3 days"


def test_a_date_that_a_person_sets_outranks_the_limit_that_it_came_with(matter: Make) -> None:
    promise = matter().open(limit="15 working days").do("assign", lead="SCJGJ", due=local("2020-10-20T18:00")).ticket.deadlines["rectify"]
    assert (promise.amount, promise.due_at) == (None, local("2020-10-20T18:00"))


def test_a_date_set_by_a_person_runs_at_once_where_the_promise_begins_now(matter: Make) -> None:
    ticket = matter(name="complaint").open(grade="help", source="complaint", due=local("2020-10-20T18:00")).ticket
    assert (ticket.deadlines["done"].state, ticket.promised_at) == (RUNS, local("2020-10-20T18:00"))


def test_a_workflow_without_a_promise_has_no_use_for_a_date(matter: Make) -> None:
    bare = matter()
    clock = bare.definition.clocks["rectify"]._replace(promise=False)
    bare.definition = replace(bare.definition, clocks={**bare.definition.clocks, "rectify": clock})
    assert set(bare.open(due=local("2020-10-20T18:00")).ticket.deadlines) == {"assign"}


@pytest.mark.parametrize(("said", "code"), [
    ({"title": " "}, "title-empty"), ({"title": "a\nb"}, "words-control"), ({"detail": ""}, "words-empty"),
    ({"detail": "字" * (LONGEST + 1)}, "words-long"), ({"source": "gossip"}, "source-unknown"),
    ({"source": " "}, "source-missing"), ({"grade": "D"}, "grade-unknown"),
    ({"lead": "SCJGJ", "cooperators": ("SWJ", "SCJGJ")}, "lead-is-cooperator"), ({"due": NOW}, "date-past"),
    ({"limit": "soon"}, "limit-unreadable"),
    ({"key": ""}, "words-empty"), ({"key": "k" * (LONGEST_KEY + 1)}, "words-long"), ({"key": "a\nb"}, "words-control"),
])
def test_what_stands_against_opening(said: dict[str, Any], code: str) -> None:
    assert codes(opened(**said)) == [code]


def test_a_unit_does_not_open_tickets() -> None:
    outcome = opened(actor=LEAD)
    assert codes(outcome) == ["may-not-open"]
    assert isinstance(outcome, Refusal) and outcome.reasons[0].exit == 4


def test_a_bad_review_needs_the_unit_it_is_about() -> None:
    assert codes(opened("bad-review")) == ["lead-missing"]


def test_every_reason_is_listed() -> None:
    outcome = opened("bad-review", LEAD, title="", source="x", grade="C")
    assert codes(outcome) == ["may-not-open", "title-empty", "source-unknown", "grade-unknown", "lead-missing"]


def test_tickets_of_one_batch_say_so(matter: Callable[..., Matter]) -> None:
    found = matter().open(batch="ZG-2020-0001")
    assert found.ticket.batch == found.events[0].data["batch"] == "ZG-2020-0001"
    alone = matter().open()
    assert alone.ticket.batch is None and "batch" not in alone.events[0].data
    outcome = decide(alone.situation(), Command("assign", {"lead": "SCJGJ"}, batch="ZG-2020-0009"))
    assert isinstance(outcome, Event) and evolve(alone.ticket, outcome).batch == "ZG-2020-0009"
