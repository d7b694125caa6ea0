"""The closed loop, pure: identity, targets, the table, measurements, the fold of a round and its judging."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.redaction import Appointment, ask, confirm
from engine.rules.event import Event
from engine.rules.judging.judge import judge, judge_round
from engine.rules.judging.known import Post
from engine.rules.loop import objections, outcome, round_acts, undoing
from engine.rules.loop.identity import ProblemName, Successors, read_key, read_pair
from engine.rules.loop.measurement import Measurement, of_pair, summed, without
from engine.rules.loop.outcome import ACTIONS, TABLE, action_of
from engine.rules.loop.round import ROUND, Round, evolve, fold
from engine.rules.loop.round_acts import Beginning, Entered, Sheet
from engine.rules.loop.round_facts import ERASED_NOTE, Result
from engine.rules.loop.standing import by_units, is_void, measure, revert, standing
from engine.rules.loop.target import (
    HAND,
    MISS,
    NOT_APPLICABLE,
    NOT_DUE,
    NOT_MEASURED,
    PASS,
    RESULTS,
    Kind,
    Standard,
    distance_to_best,
    gap,
    judged,
    kind_of,
    measured,
    plain,
    trend,
)
from engine.rules.recipients import told_of_act
from engine.rules.ticket import ERASED_TITLE
from engine.rules.ticket import evolve as evolve_ticket
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import LEAD, OFFICE, PEOPLE, Matter, china, local, workflow
from tests.rules.told import EVERYBODY, told

Make = Callable[..., Matter]
NAMES = st.text(st.sampled_from("甲县%|3.5-17C"), min_size=1, max_size=6)
ON = date(2020, 6, 30)
LIMIT = Standard("3.5-1", "一般登记办结时间", "3.5", "value", "<=", "2", "工作日", date(2020, 6, 30))
SCAN = Evidence("a" * 64, 10, "application/pdf")


# identity --------------------------------------------------------------------------------------------------------------------


@given(st.builds(ProblemName, NAMES, NAMES, NAMES, st.none() | NAMES))
def test_a_problem_is_read_from_its_key_and_from_its_name_in_a_round(problem: ProblemName) -> None:
    assert read_key(problem.key) == problem
    assert read_pair(problem.scheme, problem.pair) == problem


@pytest.mark.parametrize("text", ["2|a|b|c", "1|a|b", "", "1|a|b|c|d|e"])
def test_what_is_no_key_of_this_version_is_none(text: str) -> None:
    assert read_key(text) is None


def test_a_problem_is_looked_up_under_what_its_parts_were_called_before() -> None:
    after = Successors({"国评2019": "国评2020"}, {}, {"A": "B", "B": "C", "X": "Y", "Y": "X", "Z": None})
    assert after.subject("A") == "C" and after.subject("X") in ("X", "Y") and after.subject("Z") == "Z"
    names = after.alike(ProblemName("国评2020", "3.5", "C"))
    assert names[0] == ProblemName("国评2020", "3.5", "C")
    assert {(name.scheme, name.subject) for name in names} == {(s, u) for s in ("国评2020", "国评2019") for u in "ABC"}


def test_a_pair_is_meant_as_a_round_knows_it_else_under_its_last_successors() -> None:
    after = Successors({"国评2019": "国评2020"}, {"3.5-1": "3.5-2"}, {"A": "B"})
    assert (after.scheme("国评2019"), after.target("3.5-1"), after.target("3.1-1")) == ("国评2020", "3.5-2", "3.1-1")
    old = ProblemName("国评2020", "3.5-1", "A")
    assert after.meant(old, {old.pair}, ()) == old
    assert after.meant(old, (), {"3.5-2"}) == after.meant(old, (), ()) == ProblemName("国评2020", "3.5-2", "B")
    assert after.meant(old._replace(target="3.5-2"), (), {"3.5-1"}).target == "3.5-1", "a late round has the target of its own year"
    assert after.meant(ProblemName("国评2020", "3.5-2", "B"), {"3.5-2|A"}, {"3.5-2"}) == ProblemName("国评2020", "3.5-2", "A")
    assert Successors().meant(old, (), ()) == old


CHAINS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef") | st.none(), max_size=6)


@given(CHAINS, st.sampled_from("abcdefg"))
def test_whatever_went_over_to_what_the_names_of_one_problem_are_the_same_for_each_of_them(
    after: dict[str, str | None], name: str,
) -> None:
    successors = Successors({}, {}, {old: new for old, new in after.items() if new is None or new > old})
    alike = successors.alike(ProblemName("市自评", "3.5-1", name))
    assert alike[0].subject == name and len(set(alike)) == len(alike)
    assert all(set(successors.alike(other)) == set(alike) for other in alike)
    assert {successors.last(other) for other in alike} == {successors.last(alike[0])}


# targets ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("comparator", "enough", "short"), [
    (">=", "2", "1.9"), (">", "2.1", "2"), ("<=", "2", "2.1"), ("<", "1.9", "2"), ("=", "2.0", "2.1"), ("~", "2.1", "2.2"),
])
def test_a_value_is_compared_as_its_target_says(comparator: str, enough: str, short: str) -> None:
    standard = LIMIT._replace(comparator=comparator)
    assert judged(standard, {"value": enough}, ON).result == PASS and gap(standard, {"value": enough}) == 0
    assert judged(standard, {"value": short}, ON).result == MISS and gap(standard, {"value": short}) is not None


@pytest.mark.parametrize(("by", "wanted", "facts", "result"), [
    ("score", ">=80", {"score": "79"}, MISS), ("rate", ">=80", {"score": "4", "full_mark": "5"}, PASS),
    ("rate", ">=80", {"rate": "72"}, MISS), ("rate", ">=80", {"score": "4", "full_mark": "0"}, NOT_MEASURED),
    ("rank", "<=9", {"rank": "10"}, MISS), ("drop", "<=1", {"rank": "5", "last_rank": "3"}, MISS),
    ("drop", "<=1", {"rank": "5"}, NOT_APPLICABLE), ("gap", "<=1", {"value": "3", "best": "2.5"}, PASS),
    ("gap", "<=1", {"best": "2.5"}, NOT_MEASURED), ("value", "<=2", {}, NOT_MEASURED), ("value", "<=2", {"result": PASS}, PASS),
    ("value", "<=2", {"value": "9", "result": NOT_APPLICABLE}, NOT_APPLICABLE), ("drop", "<=1", {}, NOT_MEASURED),
    ("value", "<=2", {"value": "9", "sample": "20", "least_sample": "30"}, NOT_MEASURED),
])
def test_by_score_rate_rank_drop_and_gap(by: str, wanted: str, facts: Mapping[str, str], result: str) -> None:
    standard = Standard("3.4", "获得水电气暖", "3.4", by, wanted[:2], wanted[2:])
    assert judged(standard, facts, ON).result == result


def test_an_indicator_without_a_number_is_judged_by_hand() -> None:
    hand = Standard("3.10", "执行合同", "3.10", HAND)
    assert judged(hand, {"result": MISS}, ON).result == MISS and hand.demand == HAND
    assert judged(hand, {"score": "3"}, ON).problem == "result-unjudged" and measured(hand, {"score": "3"}) == 3
    assert gap(hand, {"score": "3"}) is None
    assert judged(LIMIT, {"value": "1", "result": MISS}, ON).problem == "result-contradicts"


def test_what_is_not_yet_due_or_only_encouraged_is_no_miss() -> None:
    later = LIMIT._replace(deadline=date(2020, 12, 31))
    assert judged(later, {"value": "9"}, ON).result == NOT_DUE and judged(later, {"value": "9"}, ON, interim=True).result == MISS
    assert judged(later._replace(mandatory=False), {"value": "9"}, date(2021, 1, 1)).result == NOT_DUE
    assert judged(later, {"value": "1"}, ON).result == PASS


def test_a_trend_is_better_or_worse_as_the_target_says() -> None:
    asked = LIMIT._replace(value="9").demand
    assert [trend(LIMIT, "3", after, asked) for after in ("2", "3", "4", None)] == ["better", "same", "worse", None]
    up, about = LIMIT._replace(comparator=">="), LIMIT._replace(comparator="~")
    assert trend(up, "3", "4", up.demand) == "better" and trend(about, "3", "4", about.demand) is None
    rate, score = (Standard("3.4", "获得水电气暖", "3.4", by, ">=", "80") for by in ("rate", "score"))
    assert trend(score, "72", "86", rate.demand) is None and trend(score, "72", "86", None) is None, "72 % and 86 points"


@pytest.mark.parametrize(("by", "facts", "kind"), [
    ("rate", {"rate": "72"}, Kind("rate")), ("score", {"score": "86", "full_mark": "100"}, Kind("score", None, "100")),
    ("hand", {"rate": "72"}, Kind("rate")), ("hand", {"score": "2", "rate": "80", "full_mark": "2.5"}, Kind("score", None, "2.5")),
    ("gap", {"score": "2", "best": "3", "full_mark": "5"}, Kind("gap score", None, "5")),
    ("gap", {"value": "2", "best": "3"}, Kind("gap value")),
    ("hand", {"result": MISS}, None),
])
def test_numbers_are_of_one_kind_where_they_say_the_same_thing(by: str, facts: Mapping[str, str], kind: Kind | None) -> None:
    assert kind_of(Standard("3.4", "获得水电气暖", "3.4", by), facts) == kind


def test_the_best_is_as_far_as_what_it_is_the_best_of() -> None:
    assert distance_to_best({"score": "1.8", "rate": "72", "best": "2.5"}) == Decimal("0.7"), "the best is a score, and no rate"
    assert distance_to_best({"rate": "72", "best": "90"}) == 18
    assert distance_to_best({"score": "1.8"}) is None and distance_to_best({"best": "2"}) is None


def test_a_target_is_read_from_what_a_round_keeps_of_it() -> None:
    for standard in (LIMIT, LIMIT._replace(mandatory=False, named=True, lead="ZRZYJ"), Standard("3.10", "执行合同", "3.10", HAND)):
        assert Standard.from_json(standard.to_json()) == standard
    assert (LIMIT.demand, LIMIT._replace(by="rank", unit=None).demand) == ("<=2工作日", "rank<=2")
    assert [plain(None), plain(measured(LIMIT, {"value": "1.50"})), plain(measured(LIMIT, {"value": "-0.0"}))] == [None, "1.5", "0"]


# the table -------------------------------------------------------------------------------------------------------------------


def test_the_table_has_an_action_for_everything_that_can_be_said() -> None:
    for place in TABLE:
        assert {action_of(place, result) for result in RESULTS} <= set(ACTIONS)
        assert action_of(place, NOT_DUE) == action_of(place, NOT_APPLICABLE) == outcome.RECORDED
        assert action_of(place, NOT_MEASURED) == outcome.MISSING
    assert len(ACTIONS) == 12


# measurements ----------------------------------------------------------------------------------------------------------------

ROUNDS = st.lists(
    st.builds(
        Measurement, st.sampled_from(["R-2020-01", "R-2020-02", "R-2020-03"]), st.dates(ON, date(2020, 12, 31)),
        st.sampled_from([MISS, PASS]),
        st.sampled_from(ACTIONS), st.none() | st.just("3"), attempt=st.integers(0, 2), repeats=st.none() | st.just("ZG-2019-0001"),
    ), max_size=4, unique_by=lambda item: item.round,
)


@given(ROUNDS, st.randoms(), st.booleans())
def test_what_follows_from_measurements_does_not_hang_on_their_order(each: list[Measurement], chance: Any, withdrawn: bool) -> None:
    shuffled = list(each)
    chance.shuffle(shuffled)
    assert summed(each, attempt=1, withdrawn=withdrawn) == summed(shuffled, attempt=1, withdrawn=withdrawn)
    for item in each:
        assert Measurement.from_json(item.to_json()) == item
        assert item not in without(each, item.round)


def test_a_round_has_a_word_on_each_problem_that_a_ticket_stands_for(rectifying: Matter) -> None:
    own, other = reading(), reading(action=outcome.PASSED, pair="3.5-1|乙区", result=PASS)
    for item in (own, other):
        assert measured_by(rectifying, item, item.round) and judged_last(rectifying) == []
    assert rectifying.ticket.measurements == (own, other) and of_pair((own, other), "R-2020-01", "3.5-1|乙区") == other
    assert rectifying.keep(measure(rectifying.ticket, "R-2020-01", None, OFFICE, rectifying.now, "3.5-1|乙区"))
    assert rectifying.ticket.measurements == (own,) and judged_last(rectifying) == [] and of_pair((), "R", None) is None


def reading(round_: str = "R-2020-01", action: str = outcome.MEASURED, on: date = ON, **said: Any) -> Measurement:
    return Measurement(round_, on, said.pop("result", MISS), action, **said)


def measured_by(matter: Matter, measurement: Measurement | None, round_: str = "R-2020-01") -> Event:
    event = measure(matter.ticket, round_, measurement, OFFICE, matter.now)
    assert isinstance(event, Event)
    assert matter.keep(event)
    return event


def judged_last(matter: Matter) -> list[str]:
    event, before = matter.events[-1], matter.events[:-1]
    ticket = None
    for earlier in before:
        ticket = evolve_ticket(ticket, earlier)
    return [reason.code for reason in judge(event, ticket, before, told(matter)).reasons]


def test_a_measurement_moves_no_state_and_no_clock_and_is_lawful(rectifying: Matter) -> None:
    before = rectifying.ticket
    event = measured_by(rectifying, reading(value="7", trend="worse"))
    after = rectifying.ticket
    assert (after.state, after.deadlines, after.misses, after.round) == (before.state, before.deadlines, 1, "R-2020-01")
    assert "audience" not in event.data and judged_last(rectifying) == []
    measured_by(rectifying, None)
    assert (rectifying.ticket.misses, rectifying.ticket.measurements) == (0, ()) and judged_last(rectifying) == []


def test_a_measurement_with_other_effects_is_named(rectifying: Matter) -> None:
    event = measured_by(rectifying, reading())
    rectifying.events[-1] = event._replace(data={**dict(event.data.items()), "effects": {"misses": 5}})
    assert judged_last(rectifying)


def test_only_the_office_measures(rectifying: Matter) -> None:
    assert isinstance(measure(rectifying.ticket, "R-2020-01", reading(), LEAD, rectifying.now), Refusal)
    assert isinstance(revert(rectifying.ticket, rectifying.events, 3, "R-2020-01", LEAD, rectifying.now), Refusal)


def test_a_relapse_waits_until_somebody_reopens_and_never_comes_back(submitted: Matter) -> None:
    submitted.do("verify", words={"note": "属实"})
    measured_by(submitted, reading("R-2020-02", outcome.RELAPSED, attempt=submitted.ticket.attempt), "R-2020-02")
    assert submitted.ticket.relapse == "R-2020-02" and submitted.events[-1].data["audience"] == "office"
    submitted.do("reopen", words={"reason": "反弹"}, **{"as": "relapse"})
    assert submitted.ticket.relapse is None and submitted.ticket.relapses == 1 and judged_last(submitted) == []
    reverted = revert(submitted.ticket, submitted.events, len(submitted.events), "R-2020-02", OFFICE, submitted.now)
    assert isinstance(reverted, Event) and submitted.keep(reverted)
    assert submitted.ticket.state == "verified" and submitted.ticket.wake_at is None and judged_last(submitted) == []


def test_a_reopening_that_was_worked_on_is_not_taken_back(submitted: Matter) -> None:
    submitted.do("verify", words={"note": "属实"}).do("reopen", words={"reason": "反弹"})
    reopened = len(submitted.events)
    submitted.do("progress", LEAD, {"note": "在改"})
    found = revert(submitted.ticket, submitted.events, reopened, "R-2020-02", OFFICE, submitted.now)
    assert isinstance(found, Refusal) and [reason.code for reason in found.reasons] == ["reopening-touched"]
    assert by_units(submitted.events) and not by_units(submitted.events[:1])


def place(matter: Matter, on: str, round_: str = "R-2020-09") -> str:
    return standing(matter.ticket, matter.definition, date.fromisoformat(on), china(), round_)


def test_what_a_ticket_is_to_a_round_until_it_is_closed(matter: Make, rectifying: Matter) -> None:
    assert standing(None, None, ON, china(), "R") == outcome.NONE
    fresh = matter("2020-09-25T09:00").open()
    assert [place(fresh, "2020-09-24"), place(fresh, "2020-09-25")] == [outcome.BEFORE, outcome.UNDER_WAY]
    assert measured_by(fresh, reading("R-2020-09", outcome.OPENED), "R-2020-09") and place(fresh, "2020-06-30") == outcome.UNDER_WAY
    assert place(rectifying, "2020-12-01") == outcome.UNDER_WAY
    assert place(rectifying.do("suspend", words={"reason": "改造"}), "2020-12-01") == outcome.SUSPENDED
    assert place(fresh.do("withdraw", words={"reason": "误"}, **{"as": "mistake"}), "2020-12-01") == outcome.NO_PROBLEM
    assert not is_void(rectifying.ticket) and not is_void(fresh.ticket)


def test_what_a_ticket_is_to_a_round_once_it_was_handed_in(submitted: Matter) -> None:
    assert place(submitted, "2020-12-01") == outcome.SUBMITTED and place(submitted, "2020-09-01") == outcome.BEFORE
    submitted.do("verify", words={"note": "属实"})
    closed = submitted.now.date().isoformat()
    assert [place(submitted, day) for day in (closed, "2020-12-01", "2021-01-01")] == [outcome.BEFORE, outcome.VERIFIED, outcome.OLD]
    assert is_void(submitted.ticket)


def heard(matter: Matter, measurement: Measurement | None) -> list[str]:
    before = matter.ticket
    event = measured_by(matter, measurement, measurement.round if measurement else "R-2020-01")
    return sorted(told_of_act(matter.definition, [event], before, matter.ticket, lambda: PEOPLE).people)


def test_who_hears_of_a_measurement(rectifying: Matter) -> None:
    assert heard(rectifying, reading("R-2020-01", trend="same")) == []
    assert heard(rectifying, reading("R-2020-02", on=date(2020, 7, 1), trend="worse")) == ["lead-contact"]
    assert heard(rectifying, reading("R-2020-03", on=date(2020, 8, 1))) == ["leader"]
    assert heard(rectifying, reading("R-2020-04", outcome.PASSED, date(2020, 9, 1), result=PASS)) == ["lead-contact"]
    assert heard(rectifying, None) == []


# rounds ----------------------------------------------------------------------------------------------------------------------

NOW = local("2020-07-06T09:00")
SECOND = replace(OFFICE, name="second")


def begun(**said: Any) -> Event | Refusal:
    actor = said.pop("actor", OFFICE)
    same_day = said.pop("same_day", None)
    beginning = Beginning(**{"scheme": "市自评", "on": ON, "title": "第一轮", "standards": (LIMIT,), "subjects": ("甲县", "乙区"), **said})
    return round_acts.start(
        beginning, actor, NOW, china(), stream=5, number="R-2020-01", office="ZG", salt="salt", same_day=same_day,
    )


def made(found: Event | Refusal) -> Event:
    assert isinstance(found, Event), found
    return found


def started(**said: Any) -> tuple[Round, list[Event]]:
    event = made(begun(**said))
    return evolve(None, event), [event]


def gone_on(round_: Round, events: list[Event], found: Event | Refusal) -> Round:
    events.append(made(found))
    return evolve(round_, events[-1])


MISSED = Result({"value": "7"}, MISS, "opened", "ZG-2020-0001", note="线上率低")


def refused(found: Event | Refusal) -> list[str]:
    assert isinstance(found, Refusal)
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(("said", "expected"), [
    ({"actor": LEAD}, ["may-not-evaluate"]), ({"on": date(2020, 7, 7)}, ["round-ahead"]), ({"same_day": "R-2020-09"}, ["round-same-day"]),
    ({"from_": date(2020, 7, 1)}, ["period-backward"]), ({"comment_until": NOW}, ["comment-past"]),
    ({"assign_limit": round_acts.ASSIGN_LIMIT.__class__(0, "working days")}, ["limit-empty"]), ({"title": ""}, ["title-empty"]),
])
def test_a_round_that_cannot_begin_says_every_reason(said: dict[str, Any], expected: list[str]) -> None:
    assert refused(begun(**said)) == expected


def whole_life() -> tuple[Round, list[Event]]:
    """A round from its beginning to its end: results, an objection that is accepted, another that is not, a correction, an end."""
    round_, events = started(
        comment_until=local("2020-07-13T18:00"), letter="12号", received=date(2020, 7, 1), from_=date(2020, 4, 1), interim=True,
        actor=Actor("deputy", "supervisor", None, "test", "office"),
    )
    kept = {"3.5-1|甲县": MISSED._replace(pending=True), "3.5-1|乙区": MISSED._replace(note=None, pending=True)}
    sheet = Sheet(SCAN, {"late": True})
    round_ = gone_on(round_, events, round_acts.record(round_, Entered(kept, 1, "import", sheet), OFFICE, NOW, "salt"))
    for pair in kept:
        round_ = gone_on(round_, events, objections.dispute(round_, pair, pair[6:], "口径", OFFICE, NOW, "salt", [SCAN]))
    assert round_.disputed("3.5-1|甲县") and round_.commenting(NOW)
    round_ = gone_on(round_, events, objections.settle(round_, "3.5-1|甲县", True, "1.5", "属实", OFFICE, NOW, "salt"))
    round_ = gone_on(round_, events, objections.settle(round_, "3.5-1|乙区", False, None, "不符", OFFICE, NOW, "salt"))
    done = {pair: result._replace(pending=False) for pair, result in round_.results.items()}
    round_ = gone_on(round_, events, round_acts.record(round_, Entered(done, 2, "correct", Sheet(), "笔误"), OFFICE, NOW, "salt"))
    more = Entered({"3.5-1|乙区": None}, 2, "correct", Sheet(), "笔误")
    round_ = gone_on(round_, events, round_acts.record(round_, more, OFFICE, NOW, "salt"))
    round_ = gone_on(round_, events, round_acts.close(round_, 1, "不评", OFFICE, NOW, "salt"))
    return round_, events


def test_the_fold_of_a_round_is_the_round_and_its_row_gives_it_back() -> None:
    round_, events = whole_life()
    assert fold(events) == round_ and round_.closed_by == "office"
    assert ROUND.read(ROUND.columns(round_, {})) == round_
    assert [(item.cause, item.actions) for item in round_.applications] == [
        ("import", {"opened": 2}), ("correct", {"opened": 2, "gone": 1}),
    ]
    assert round_.results["3.5-1|甲县"].result == PASS and round_.applied
    with pytest.raises(ValueError, match="without events"):
        fold([])
    with pytest.raises(ValueError, match="cannot begin"):
        evolve(None, events[1])
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(round_, events[1])


def known() -> Any:
    matter = Matter(NOW, workflow("rectification"), china()).open()
    return replace(told(matter), posts={**EVERYBODY, SECOND.name: Post(SECOND.role, None)})


def judged_round(events: list[Event], place_: int, appointed: Sequence[Appointment] = (), **changes: Any) -> list[str]:
    before = None
    for event in events[:place_]:
        before = evolve(before, event)
    told_of = replace(known(), appointed=appointed)
    return [reason.code for reason in judge_round(events[place_]._replace(**changes), before, events[:place_], told_of).reasons]


def test_every_event_of_a_round_is_judged_again_and_lawful() -> None:
    _, events = whole_life()
    for index, event in enumerate(events):
        own = {name: node for name, node in event.data.items() if name != "for"}
        assert judged_round(events, index, actor="office", data=own) == [], event.kind
    assert judged_round(started()[1], 0) == []
    round_, _ = whole_life()
    result = round_.results["3.5-1|甲县"]
    assert result.says_as(result._replace(action="passed")) and not result.says_as(None)


def test_what_no_rule_would_write_of_a_round_is_named() -> None:
    _, events = whole_life()
    pair = {"pair": "3.5-1|甲县", "facts": {"value": "1"}, "result": MISS, "action": "opened"}
    bent = {**dict(events[1].data.items()), "pairs": [pair]}
    assert judged_round(events, 1, data=bent) == ["result-other"]
    assert judged_round(events, 1, kind="did") == ["judged-kind"] and judged_round(events, 1, kind="round-started") == ["judged-kind"]
    assert judged_round(events, 1, role="leader", actor="leader")[-1] == "may-not-evaluate"
    assert judged_round(events, 1, data={}) == ["judged-form"]
    _, begun_ = started()
    later = {**dict(begun_[0].data.items()), "assign_due_at": "2020-07-30T10:00:00.000000Z"}
    assert judged_round(begun_, 0, data=later) == ["judged-fact"]


def test_what_is_not_possible_in_a_round_says_every_reason() -> None:
    round_, events = started()
    wrong = Entered({"3.5-1|甲县": MISSED._replace(result=PASS)})
    assert refused(round_acts.record(round_, wrong, OFFICE, NOW, "salt")) == ["result-other"]
    assert refused(round_acts.record(round_, Entered({"9.9-1|甲县": MISSED}), OFFICE, NOW, "salt")) == ["result-other"]
    assert refused(objections.dispute(round_, "3.5-1|甲县", "甲县", "口径", OFFICE, NOW, "salt")) == [
        "comment-over", "pair-unknown", "dispute-unsigned",
    ]
    assert refused(objections.settle(round_, "3.5-1|甲县", False, "1", "不符", OFFICE, NOW, "salt")) == ["not-disputed", "value-refused"]
    assert refused(round_acts.close(round_, 2, None, OFFICE, NOW, "salt")) == ["round-missing"]
    pending = Entered({"3.5-1|甲县": MISSED._replace(pending=True)})
    round_ = gone_on(round_, events, round_acts.record(round_, pending, OFFICE, NOW, "salt"))
    assert refused(round_acts.close(round_, 0, None, OFFICE, NOW, "salt")) == ["round-pending"]
    assert refused(undoing.undo(round_, None, "误", OFFICE, NOW, "salt")) == ["round-not-empty"]
    round_ = gone_on(round_, events, round_acts.record(round_, Entered({"3.5-1|甲县": None}), OFFICE, NOW, "salt"))
    round_ = gone_on(round_, events, undoing.undo(round_, None, "误", OFFICE, NOW, "salt"))
    assert round_.undone_by == "office" and not round_.applied and judged_round(events, len(events) - 1) == []
    assert refused(undoing.undo(round_, None, "误", OFFICE, NOW, "salt")) == ["round-undone"]
    assert refused(round_acts.record(round_, Entered({}), LEAD, NOW, "salt")) == ["may-not-evaluate", "round-undone"]
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(round_, events[1]._replace(seq=round_.version + 1))


def erased_at(events: list[Event], seq: int) -> list[Event]:
    """The events as they lie there after the words of one were erased: asked for by one, confirmed by another."""
    round_ = fold(events)
    asked = made(ask(round_, events, seq, "含个人信息", OFFICE, NOW, "salt"))
    erased = made(confirm(evolve(round_, asked), [*events, asked], seq, SECOND, NOW))
    left = [event._replace(words=None, salt=None) if event.seq == seq else event for event in events]
    return [*left, asked, erased]


def test_the_notes_of_an_event_that_was_erased_are_gone_and_later_ones_stay() -> None:
    round_, events = started()
    noted = Entered({"3.5-1|甲县": MISSED, "3.5-1|乙区": MISSED._replace(note=None)})
    round_ = gone_on(round_, events, round_acts.record(round_, noted, OFFICE, NOW, "salt"))
    corrected = Entered({"3.5-1|乙区": MISSED._replace(note="更正后")}, 2, "correct", Sheet(), "笔误")
    round_ = gone_on(round_, events, round_acts.record(round_, corrected, OFFICE, NOW, "salt"))
    after = fold(erased_at(events, 2))
    assert {pair: result.note for pair, result in after.results.items()} == {"3.5-1|甲县": ERASED_NOTE, "3.5-1|乙区": "更正后"}
    assert ROUND.read(ROUND.columns(after, {})) == after and after.version == round_.version + 2
    both = fold(erased_at(erased_at(events, 2), 3))
    assert {result.note for result in both.results.values()} == {ERASED_NOTE}
    assert MISSED.says_as(after.results["3.5-1|甲县"]._replace(version=1)), "the same file says nothing new"
    assert not MISSED.says_as(MISSED._replace(note="别的")) and not MISSED.says_as(MISSED._replace(facts={"value": "8"}))
    title = fold(erased_at(events, 1))
    assert title.title == ERASED_TITLE and title.results == round_.results


def test_the_words_of_a_round_that_was_taken_back_are_erased_too_and_nothing_else_follows() -> None:
    round_, events = started()
    gone_on(round_, events, undoing.undo(round_, None, "用错文件", OFFICE, NOW, "salt"))
    after = fold(erased_at(events, 2))
    assert after.undone_by == "office" and after.version == 4
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(after, events[1]._replace(seq=5, kind="round-closed"))


def test_an_erasure_in_a_round_is_judged_by_who_asked_and_who_confirmed() -> None:
    _, events = whole_life()
    own = [event._replace(actor="office", data={k: v for k, v in event.data.items() if k != "for"}) for event in events]
    for seq in (event.seq for event in events if event.words):
        left = erased_at(own, seq)
        assert [judged_round(left, index) for index in range(len(left))] == [[]] * len(left), seq
        assert judged_round(left, len(left) - 1, actor="office") == ["erasure-same-person"]


def test_an_accepted_objection_without_a_value_counts_for_nothing() -> None:
    round_, events = started(comment_until=local("2020-07-13T18:00"), standards=(LIMIT._replace(by="score"),))
    result = Result({"score": "7", "result": MISS}, MISS, "recorded", pending=True)
    round_ = gone_on(round_, events, round_acts.record(round_, Entered({"3.5-1|甲县": result}), OFFICE, NOW, "salt"))
    round_ = gone_on(round_, events, objections.dispute(round_, "3.5-1|甲县", "甲县", "口径", OFFICE, NOW, "salt", [SCAN]))
    assert "disputed-before" in refused(objections.dispute(round_, "3.5-1|甲县", "甲县", "口径", OFFICE, NOW, "salt", [SCAN]))
    with_value = made(objections.settle(round_, "3.5-1|甲县", True, "1", "属实", OFFICE, NOW, "salt"))
    assert with_value.data["facts"] == {"score": "1"}
    events.append(made(objections.settle(round_, "3.5-1|甲县", True, None, "属实", OFFICE, NOW, "salt")))
    assert evolve(round_, events[-1]).results["3.5-1|甲县"].result == NOT_APPLICABLE and judged_round(events, len(events) - 1) == []
    events[-1] = with_value
    assert judged_round(events, len(events) - 1) == []
    same = made(objections.settle(round_, "3.5-1|甲县", True, "7", "属实", OFFICE, NOW, "salt"))
    events[-1] = same
    assert judged_round(events, len(events) - 1) == []


def test_points_are_problems_of_their_round() -> None:
    round_, _ = started(points=True)
    assert round_.problem("3.5-1|甲县|3") == ProblemName("R-2020-01", "3.5-1", "甲县", "3")
    assert round_.standard("9.9") is None and isinstance(NOW, datetime)
