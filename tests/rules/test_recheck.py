"""A 回头看: drawn by a lot that everybody can draw again, rated by who did not verify, and told by the ticket alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.rules.acts.command import Refusal
from engine.rules.event import Event, for_the_office
from engine.rules.judging.judge import judge, judge_visit
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Post
from engine.rules.loop.draw import Again, months_before, verifiers
from engine.rules.loop.measurement import Measurement, last_round
from engine.rules.loop.recheck import HOLDS, IN_PART, UNDONE, Rating, rating_of, recheck, unrated
from engine.rules.loop.standing import measure
from engine.rules.loop.visit import Visit, evolve
from engine.rules.loop.visit_acts import Outing, begin, close
from engine.rules.recipients import told_of_act
from engine.rules.ticket import evolve as evolved
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import LEAD, OFFICE, PEOPLE, Matter, local
from tests.rules.test_judging import codes as named
from tests.rules.test_judging import told_otherwise
from tests.rules.told import EVERYBODY, told

NUMBERS = tuple(f"ZG-2020-{serial:04d}" for serial in range(1, 41))
AGAIN = Again("10%", 3, "lot", NUMBERS)
INSPECTOR = replace(OFFICE, name="inspector")
PHOTO = Evidence("ab" * 32, 9, "image/jpeg")


def visit(again: Again, day: str = "2020-03-30") -> tuple[Visit, Event]:
    outing = Outing("回头看", date.fromisoformat(day), ("inspector",), again=again)
    event = begin(outing, INSPECTOR, local(f"{day}T09:00"), stream=7, number="V-2020-0003", office="ZG", salt="s")
    assert isinstance(event, Event), event
    return evolve(None, event), event


@pytest.fixture
def verified(matter: Callable[..., Matter]) -> Matter:
    found = matter("2020-03-16T09:00").open(lead="SCJGJ").do("assign", lead="SCJGJ").do("accept", LEAD)
    return found.do("submit", LEAD, {"note": "已整改"}).do("verify", words={"note": "属实"}).at("2020-03-30T10:00")


def rated(matter: Matter, value: int, actor: Any = INSPECTOR, going: Visit | None = None, **said: Any) -> Event | Refusal:
    if value == IN_PART:
        said = {"follow_up": "ZG-2020-0009", **said}
    going = going or visit(Again("100%", 3, "a", (matter.ticket.number,)))[0]
    return recheck(matter.ticket, going, Rating(value, **said), matter.events, actor, matter.now, "s")


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def test_the_same_lot_draws_the_same_from_the_same_and_another_lot_another_sample() -> None:
    assert AGAIN.numbers == Again("10%", 3, "lot", NUMBERS).numbers and len(AGAIN.numbers) == 4
    assert any(replace(AGAIN, lot=f"{lot}").numbers != AGAIN.numbers for lot in range(5))
    assert AGAIN.numbers == tuple(number for number in NUMBERS if number in AGAIN.numbers), "in their own order"


@pytest.mark.parametrize(("sample", "count"), [("10%", 4), ("1%", 1), ("100%", 40), ("11%", 5), ("5", 5), ("99", 40)])
def test_a_sample_is_a_share_or_a_number_and_never_nothing(sample: str, count: int) -> None:
    assert len(replace(AGAIN, sample=sample).numbers) == count


@pytest.mark.parametrize(("again", "expected"), [
    (replace(AGAIN, sample=sample), "recheck-sample") for sample in ("0%", "101%", "0", "all", "", "-1", "1.5%")
] + [(replace(AGAIN, among=()), "recheck-nothing")])
def test_what_draws_nothing_begins_no_visit(again: Again, expected: str) -> None:
    outing = Outing(None, date(2020, 3, 30), ("inspector",), again=again)
    assert codes(begin(outing, INSPECTOR, local("2020-03-30T09:00"), stream=7, number="V-2020-0003", office="ZG", salt="s")) == [expected]


@pytest.mark.parametrize(("day", "months", "expected"), [
    ("2020-05-31", 3, "2020-02-29"), ("2020-01-15", 1, "2019-12-15"), ("2020-03-01", 12, "2019-03-01"), ("2020-12-31", 1, "2020-11-30"),
])
def test_months_are_counted_back_to_a_day_that_there_was(day: str, months: int, expected: str) -> None:
    assert months_before(date.fromisoformat(day), months).isoformat() == expected


def test_who_verified_and_whom_that_stood_in_for_do_not_look_again(verified: Matter) -> None:
    assert verifiers(verified.events) == {"office"}
    for actor in (OFFICE, replace(INSPECTOR, stands_for="office")):
        assert codes(rated(verified, HOLDS, actor)) == ["rechecked-own"]
    last = verified.events[-1]
    assert verifiers([last._replace(data={**dict(last.data.items()), "for": "chief"})]) == {"office", "chief"}


def test_what_was_not_put_right_waits_to_be_reopened_and_nothing_else_happens(verified: Matter) -> None:
    before = verified.ticket
    event = rated(verified, UNDONE, note="又停用", adequate=False, evidence=(PHOTO,), names={"file-abababababab": "a.jpg"})
    assert isinstance(event, Event) and for_the_office(event) and verified.keep(event)
    after = verified.ticket
    assert (after.relapse, after.relapses, after.misses, after.state, after.final) == ("V-2020-0003", 1, 1, before.state, True)
    assert (after.round, after.last_confirmed_round, after.deadlines) == (None, None, before.deadlines)
    assert (event.data["adequate"], event.words) == (False, {"note": "又停用", "file-abababababab": "a.jpg"})
    verified.do("reopen", words={"reason": "又停用"}, **{"as": "relapse"})
    assert verified.ticket.relapse is None


def test_what_holds_is_confirmed_and_what_holds_in_part_names_its_finding(verified: Matter) -> None:
    with pytest.raises(ValueError, match="in part"):
        rated(verified, HOLDS, follow_up="ZG-2020-0009")
    assert verified.keep(rated(verified, HOLDS))
    assert (verified.ticket.confirmed, verified.ticket.last_confirmed_round, verified.ticket.relapse) == (1, "V-2020-0003", None)
    assert verified.keep(event := rated(verified, IN_PART)) and isinstance(event, Event)
    assert (verified.ticket.confirmed, verified.ticket.misses, event.data["follow_up"]) == (0, 0, "ZG-2020-0009")


def test_another_rating_takes_the_place_of_one_but_for_what_holds_in_part(verified: Matter) -> None:
    verified.keep(rated(verified, UNDONE))
    assert codes(rated(verified, UNDONE)) == ["rechecked-before"]
    verified.keep(rated(verified, HOLDS))
    assert (verified.ticket.relapse, len(verified.ticket.measurements)) == (None, 1)
    verified.keep(rated(verified, IN_PART))
    assert codes(rated(verified, HOLDS)) == ["rechecked-before"]


def test_only_what_was_drawn_and_is_still_closed_as_it_was_is_looked_at(verified: Matter) -> None:
    elsewhere = visit(Again("100%", 3, "a", ("ZG-2020-0002",)))[0]
    assert codes(rated(verified, HOLDS, going=elsewhere)) == ["recheck-not-drawn"]
    earlier = visit(Again("100%", 3, "a", (verified.ticket.number,)), "2020-01-06")[0]
    assert codes(rated(verified, HOLDS, going=earlier)) == ["recheck-open"], "closed after it was drawn"
    going = visit(Again("100%", 3, "a", (verified.ticket.number,)))[0]
    over = close(going, 0, (), INSPECTOR, verified.now)
    assert isinstance(over, Event)
    assert codes(rated(verified, HOLDS, LEAD, evolve(going, over), note=" ")) == ["may-not-visit", "visit-over", "words-empty"]
    verified.do("reopen", words={"reason": "又停用"}, **{"as": "relapse"})
    assert codes(rated(verified, HOLDS)) == ["recheck-open"]


def test_what_was_not_looked_at_is_named_until_it_was_or_is_open_again(verified: Matter) -> None:
    going = visit(Again("100%", 3, "a", (verified.ticket.number,)))[0]
    assert (unrated(going, [verified.ticket]), rating_of(verified.ticket, going)) == ([verified.ticket.number], None)
    after = replace_last(verified, HOLDS)
    assert (unrated(going, [after]), rating_of(after, going)) == ([], 100)
    verified.do("reopen", words={"reason": "又停用"}, **{"as": "relapse"})
    assert unrated(going, [verified.ticket]) == []


def replace_last(matter: Matter, value: int) -> Any:
    matter.keep(rated(matter, value))
    return matter.ticket


def test_a_second_look_is_no_round(verified: Matter) -> None:
    verified.keep(rated(verified, HOLDS))
    reading = Measurement("R-2020-01", date(2020, 4, 30), "pass", "confirmed", "3", attempt=verified.ticket.attempt)
    verified.keep(measure(verified.ticket, "R-2020-01", reading, OFFICE, verified.now))
    assert (verified.ticket.round, verified.ticket.confirmed) == ("R-2020-01", 2)
    assert last_round(verified.ticket.measurements[:1]) is None


def test_a_leader_hears_of_what_was_not_put_right_and_nobody_else(verified: Matter) -> None:
    def heard(value: int) -> set[str]:
        event = rated(verified, value)
        assert isinstance(event, Event)
        before = verified.ticket._replace(leader="leader")
        return set(told_of_act(verified.definition, [event], before, evolved(before, event), lambda: PEOPLE).people)

    assert "leader" in heard(UNDONE) and not heard(HOLDS)


# judged again ---------------------------------------------------------------------------------------------------------------


def test_a_draw_is_drawn_again_by_whoever_judges(verified: Matter) -> None:
    _, event = visit(AGAIN)
    known = told(verified, posts={**EVERYBODY, "inspector": Post("supervisor", None)})
    assert judge_visit(event, None, (), known) == Judgement((), ("drawn",))
    other = told_otherwise(event, again=list(NUMBERS[:4]))
    assert named(judge_visit(event._replace(data=other), None, (), known)) == ["judged-fact"]


@pytest.mark.parametrize("value", [UNDONE, IN_PART, HOLDS])
def test_a_rating_is_judged_by_the_visit_and_the_ticket(verified: Matter, value: int) -> None:
    going, _ = visit(Again("100%", 3, "a", (verified.ticket.number,)))
    event = rated(verified, value, note="x", evidence=(PHOTO,))
    assert isinstance(event, Event)
    posts = {**EVERYBODY, "inspector": Post("supervisor", None)}
    known = told(verified, posts=posts, visits={going.number: going})
    assert judge(event, verified.ticket, verified.events, known) == Judgement()
    assert named(judge(event, verified.ticket, verified.events, told(verified, posts=posts))) == ["judged-visit"]
    by_verifier = event._replace(actor="office")
    assert named(judge(by_verifier, verified.ticket, verified.events, known)) == ["rechecked-own"]
    lighter = event._replace(data=told_otherwise(event, rating=HOLDS if value != HOLDS else UNDONE))
    assert named(judge(lighter, verified.ticket, verified.events, known))
    assert named(judge(event._replace(data=told_otherwise(event, rating=70)), verified.ticket, verified.events, known)) == ["judged-form"]
