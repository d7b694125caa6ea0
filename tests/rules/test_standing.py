"""Standing items (长期坚持): a review instead of a date; and what a unit keeps of a ticket that left it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.rules.deadline import ENDED, PLANNED, RESTS, RUNS, VOID
from engine.rules.event import Event
from engine.rules.likeness import alike
from engine.rules.ticket import fold
from engine.rules.timing.clocks import GREEN, light
from tests.rules.conftest import COOPERATOR, LEAD, LEADER, OFFICE, OTHER, Matter, local

Make = Callable[..., Matter]
NOTE = {"note": "抽查无反弹"}


@pytest.fixture
def standing(matter: Make) -> Matter:
    return matter().open().do("assign", lead="SCJGJ", standing=True, **{"with": ("SWJ",)}).do("accept", LEAD)


def test_a_standing_item_has_a_review_and_no_date(standing: Matter) -> None:
    ticket = standing.ticket
    assert (ticket.standing, ticket.promised_at, ticket.late_at, ticket.warn_at, ticket.promise) == (True, None, None, None, None)
    review = ticket.deadlines["review"]
    assert (review.due_at, review.state, review.epoch, review.of) == (local("2020-12-25T18:00"), RUNS, 1, "lead")
    assert (ticket.due_at, light(ticket, local("2022-01-01T00:00"))) == (review.due_at, GREEN)
    assert "part:SWJ" not in ticket.deadlines


def test_it_is_given_no_date_and_no_more_time(standing: Matter, matter: Make) -> None:
    due = local("2020-10-20T18:00")
    assert matter().open().reasons("assign", lead="SCJGJ", standing=True, due=due) == {"standing-no-date"}
    assert standing.reasons("reassign", OFFICE, {"reason": "x"}, lead="GAJ", due=due) == {"standing-no-date"}
    assert standing.reasons("request-extension", LEAD, {"reason": "x"}, to=due) == {"no-due-date"}


def test_a_date_planned_before_is_void(matter: Make) -> None:
    opened = matter().open(due=local("2020-10-20T18:00")).do("assign", lead="SCJGJ", standing=True)
    assert (opened.ticket.deadlines["rectify"].state, opened.ticket.promised_at) == (VOID, None)


def test_the_review_comes_round_on_its_own_ladder_without_a_level(standing: Matter) -> None:
    standing.at("2021-01-20T18:00").sweep()
    assert standing.fired("review") == [
        ("review-reminder", "2020-12-18"), ("review-due", "2020-12-25"), ("review-late", "2021-01-04"),
    ]
    assert standing.fired() == []
    assert (standing.ticket.level, standing.ticket.proposals) == (0, ())


@pytest.mark.parametrize("actor", [OFFICE, LEAD])
def test_a_review_starts_the_next_one(standing: Matter, actor: object) -> None:
    assert standing.reasons("review", COOPERATOR, NOTE) == {"not-yours"}
    standing.at("2020-12-24T10:00").do("review", actor, NOTE)  # type: ignore[arg-type]
    assert (standing.ticket.deadlines["review"].epoch, standing.ticket.deadlines["review"].due_at) == (2, local("2021-03-24T18:00"))


def test_what_has_a_date_is_not_reviewed(rectifying: Matter) -> None:
    assert rectifying.reasons("review", OFFICE, NOTE) == {"not-standing"}


def test_it_closes_as_any_other_and_its_review_rests_meanwhile(standing: Matter) -> None:
    assert standing.reasons("submit", LEAD, {"note": "x"}) == {"sign-off-missing"}
    standing.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "机制已固化"})
    assert standing.ticket.deadlines["review"].state == RESTS
    standing.do("reject", OFFICE, {"reason": "x"})
    assert (standing.ticket.deadlines["review"].state, standing.ticket.promised_at) == (RUNS, None)
    standing.do("submit", LEAD, {"note": "x"}).do("verify")
    assert (standing.ticket.deadlines["review"].state, standing.ticket.wake_at, standing.ticket.final) == (ENDED, None, True)
    again = standing.at("2021-03-01T09:00").do("reopen", OFFICE, {"reason": "反弹"})
    assert (again.ticket.standing, again.ticket.deadlines["review"].epoch, again.ticket.promised_at) == (True, 2, None)
    assert fold(again.events) == again.ticket


def test_another_unit_begins_its_own_review(standing: Matter) -> None:
    standing.at("2020-11-02T09:00").do("reassign", OFFICE, {"reason": "x"}, lead="GAJ")
    assert (standing.ticket.deadlines["review"].epoch, standing.ticket.deadlines["review"].due_at) == (2, local("2021-02-02T18:00"))


def test_a_declined_standing_item_stays_one_for_the_next_unit(matter: Make) -> None:
    opened = matter().open().do("assign", lead="SCJGJ", standing=True).do("decline", LEAD, {"reason": "x"})
    assert opened.ticket.deadlines["review"].state == RESTS
    again = opened.at("2020-09-28T09:00").do("assign", lead="GAJ").ticket
    assert (again.standing, again.promised_at, again.deadlines["review"].epoch) == (True, None, 2)
    assert (again.deadlines["review"].state, again.deadlines["review"].due_at) == (RUNS, local("2020-12-28T18:00"))
    assert again.deadlines["review"].next_at == local("2020-12-21T08:30")


# amended -------------------------------------------------------------------------------------------------------------


def test_what_should_have_stood_is_amended_and_all_its_rungs_are_void(rectifying: Matter) -> None:
    rectifying.at("2020-10-13T18:00").sweep()
    event = rectifying.amend(reason="应为长期坚持", standing=True)
    assert isinstance(event, Event)
    assert event.data["changes"] == {"standing": [False, True]}
    assert [item["clock"] for item in event.data["voided"]] == ["rectify"]
    ticket = rectifying.ticket
    assert (ticket.standing, ticket.promised_at, ticket.level, ticket.acted_level, ticket.proposals) == (True, None, 0, 0, ())
    assert (ticket.deadlines["review"].state, ticket.deadlines["part:SWJ"].state) == (RUNS, VOID)
    assert rectifying.at("2020-10-22T18:00").sweep() == []
    assert fold(rectifying.events) == rectifying.ticket


@pytest.mark.parametrize(("steps", "state"), [(0, PLANNED), (1, RUNS), (2, RUNS), (3, RESTS)])
def test_a_standing_item_may_be_given_a_date_after_all(matter: Make, steps: int, state: str) -> None:
    opened = matter().open()
    todo = [
        lambda: opened.do("assign", lead="SCJGJ", standing=True), lambda: opened.do("accept", LEAD),
        lambda: opened.do("submit", LEAD, {"note": "x"}),
    ]
    if steps == 0:
        opened.amend(reason="x", standing=True)
        assert (opened.ticket.deadlines["review"].state, opened.ticket.deadlines["review"].stopped_at) == (RESTS, opened.now)
    for step in todo[:steps]:
        step()
    event = opened.amend(reason="市政府定了时限", due=local("2020-11-02T18:00"))
    assert isinstance(event, Event)
    assert event.data["changes"]["standing"] == [True, False]
    promise = opened.ticket.deadlines["rectify"]
    assert (opened.ticket.standing, promise.state, promise.due_at, promise.fixed) == (False, state, local("2020-11-02T18:00"), True)
    assert opened.ticket.deadlines["review"].state == ENDED
    if steps == 0:
        assert opened.do("assign", lead="SCJGJ").ticket.promised_at == local("2020-11-02T18:00")


def test_a_date_for_a_standing_item_ends_its_review_and_nothing_else_and_rings_by_the_grade(matter: Make) -> None:
    opened = matter().open(grade="A").do("assign", lead="SCJGJ", standing=True).do("accept", LEAD)
    opened.do("instruct", LEADER, words={"note": "限期办结"})
    (report,) = [name for name in opened.ticket.deadlines if name.startswith("report:")]
    opened.amend(reason="市政府定了时限", due=local("2020-11-02T18:00"))
    assert (opened.ticket.deadlines[report].state, opened.ticket.deadlines["review"].state) == (RUNS, ENDED)
    assert opened.ticket.warn_at == local("2020-10-26T08:30"), "five working days before, as for any of grade A"


def test_what_was_amended_twice_counts_on_from_its_last_epoch(rectifying: Matter) -> None:
    rectifying.amend(reason="x", standing=True)
    rectifying.amend(reason="x", due=local("2020-11-02T18:00"))
    assert (rectifying.ticket.deadlines["rectify"].epoch, rectifying.ticket.deadlines["part:SWJ"].state) == (3, RUNS)


def test_what_stands_against_making_it_standing(standing: Matter, rectifying: Matter) -> None:
    def codes(outcome: object) -> list[str]:
        assert isinstance(outcome, tuple)
        return [reason.code for reason in outcome]

    assert codes(standing.amend(reason="x", standing=True)) == ["nothing-to-amend"]
    assert codes(rectifying.amend(reason="x", standing=True, due=local("2020-11-02T18:00"))) == ["standing-no-date"]
    clocks = {name: clock for name, clock in rectifying.definition.clocks.items() if name != "review"}
    rectifying.definition = replace(rectifying.definition, clocks=clocks, hash="no-review")
    assert codes(rectifying.amend(reason="x", standing=True)) == ["no-review-clock"]


# the units it left ---------------------------------------------------------------------------------------------------


def test_the_ticket_knows_which_units_it_left_and_when(rectifying: Matter) -> None:
    assert rectifying.ticket.past == {}
    rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ", **{"with": ()})
    assert rectifying.ticket.past == {"SCJGJ": 4, "SWJ": 4}
    rectifying.do("decline", OTHER, {"reason": "x"}, suggest="FY")
    assert rectifying.ticket.past == {"SCJGJ": 4, "SWJ": 4, "GAJ": 5}
    assert rectifying.do("assign", lead="SCJGJ").ticket.past == {"SCJGJ": 4, "SWJ": 4, "GAJ": 5}  # FY never had it


def test_a_unit_that_only_changes_its_part_does_not_lose_it(rectifying: Matter) -> None:
    rectifying.do("reassign", OFFICE, {"reason": "x"}, lead="SWJ")
    assert rectifying.ticket.past == {"SCJGJ": 4}


# likeness ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "same"), [
    ("企业开办材料重复提交", "企业开办环节材料重复提交", True), ("企业开办：材料，重复提交！", "企业开办材料重复提交", True),
    ("企业开办材料重复提交", "低压用户接电超过5个工作日", False), ("Papers asked for twice", "papers asked for TWICE", True),
    ("！！", "！！", False), ("", "x", False),
])
def test_titles_that_may_mean_the_same(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
