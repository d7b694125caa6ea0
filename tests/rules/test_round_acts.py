"""What the office does with a round: objections decided as targets are judged, an end, and taking back by two once letters went out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.errors import Reason
from engine.rules.acts.command import Refusal
from engine.rules.acts.redaction import Appointment
from engine.rules.event import Event
from engine.rules.loop import objections, round_acts, undoing
from engine.rules.loop.round import Round
from engine.rules.loop.round_acts import Entered
from engine.rules.loop.round_facts import Leftover, Result
from engine.rules.loop.target import HAND, MISS, NOT_APPLICABLE, PASS, Facts, Standard, is_number
from tests.rules.conftest import OFFICE, local
from tests.rules.test_loop import LIMIT, MISSED, NOW, SCAN, SECOND, gone_on, judged_round, made, refused, started

PAIR = "3.5-1|甲县"
DROP_BY_ONE = LIMIT._replace(by="drop", value="1", unit=None)
GAP_OF_FIVE = LIMIT._replace(by="gap", value="5", unit=None)
BY_HAND = Standard("3.5-1", "执行合同", "3.5", HAND)


def objected(standard: Standard, facts: Facts, result: str = MISS) -> tuple[Round, list[Event]]:
    """A round of one pair, to which somebody objects."""
    round_, events = started(comment_until=local("2020-07-13T18:00"), standards=(standard,))
    kept = Entered({PAIR: Result(facts, result, "recorded", pending=True)})
    round_ = gone_on(round_, events, round_acts.record(round_, kept, OFFICE, NOW, "salt"))
    return gone_on(round_, events, objections.dispute(round_, PAIR, "甲县", "口径", OFFICE, NOW, "salt", [SCAN])), events


def accepted(round_: Round, value: str | None) -> Event | Refusal:
    return objections.settle(round_, PAIR, True, value, "属实", OFFICE, NOW, "salt")


@pytest.mark.parametrize(("standard", "facts", "value", "after", "result"), [
    (LIMIT, {"value": "7"}, "2", {"value": "2"}, PASS), (LIMIT, {"value": "7"}, "7", {"value": "7"}, MISS),
    (LIMIT._replace(by="score"), {"score": "7"}, "1", {"score": "1"}, PASS),
    (DROP_BY_ONE, {"rank": "9", "last_rank": "3"}, "4", {"rank": "4", "last_rank": "3"}, PASS),
    (GAP_OF_FIVE, {"score": "80", "best": "90"}, "88", {"score": "88", "best": "90"}, PASS),
    (GAP_OF_FIVE, {"score": "80", "best": "90"}, "96", {"score": "96", "best": "90"}, PASS),
    (GAP_OF_FIVE, {"value": "80", "best": "90"}, "84", {"value": "84", "best": "90"}, MISS),
    (BY_HAND, {"value": "12", "result": MISS}, PASS, {"value": "12", "result": PASS}, PASS),
    (LIMIT._replace(comparator=None, value=None), {"result": MISS}, NOT_APPLICABLE, {"result": NOT_APPLICABLE}, NOT_APPLICABLE),
    (LIMIT, {"value": "7"}, None, {"value": "7", "result": NOT_APPLICABLE}, NOT_APPLICABLE),
])
def test_the_value_stands_where_the_target_is_judged_by_it(
    standard: Standard, facts: Facts, value: str | None, after: Facts, result: str,
) -> None:
    round_, events = objected(standard, facts)
    made_ = made(accepted(round_, value))
    assert (made_.data["facts"], made_.data["result"]) == (after, result)
    assert judged_round([*events, made_], len(events)) == []


@pytest.mark.parametrize(("standard", "facts", "value", "code"), [
    (LIMIT, {"value": "7"}, "abc", "value-no-number"), (LIMIT, {"value": "7"}, "nan", "value-no-number"),
    (LIMIT, {"value": "7"}, "9" * 6_000, "value-no-number"), (BY_HAND, {"result": MISS}, "95", "value-no-result"),
    (GAP_OF_FIVE, {"value": "80", "result": MISS}, "84", "value-unjudged"),
])
def test_a_value_that_decides_nothing_is_refused(standard: Standard, facts: Facts, value: str, code: str) -> None:
    round_, _ = objected(standard, facts)
    assert refused(accepted(round_, value)) == [code]


def test_what_is_a_number() -> None:
    assert all(map(is_number, ("0", "-1.5", "9" * 15, "1.000001")))
    assert not any(map(is_number, ("", "+1", "1e9", "inf", "1.", "９", "9" * 16, "1.0000001")))


def test_a_closed_round_takes_no_more_results_but_is_corrected() -> None:
    round_, events = started()
    round_ = gone_on(round_, events, round_acts.record(round_, Entered({PAIR: MISSED}), OFFICE, NOW, "salt"))
    assert round_acts.import_problems(round_, OFFICE) == ()
    round_ = gone_on(round_, events, round_acts.close(round_, 0, None, OFFICE, NOW, "salt"))
    acts: list[Callable[[], Event | Refusal]] = [
        lambda: round_acts.record(round_, Entered({PAIR: MISSED}), OFFICE, NOW, "salt"),
        lambda: objections.dispute(round_, PAIR, "甲县", "口径", OFFICE, NOW, "salt", [SCAN]),
        lambda: objections.settle(round_, PAIR, False, None, "不符", OFFICE, NOW, "salt"),
        lambda: round_acts.close(round_, 0, None, OFFICE, NOW, "salt"),
    ]
    assert all("round-closed" in refused(act()) for act in acts)
    assert round_acts.import_problems(round_, OFFICE) == (Reason("round-closed", {"round": round_.number}),)
    corrected = Entered({PAIR: MISSED._replace(facts={"value": "8"})}, 2, "correct", reason="笔误")
    made(round_acts.record(round_, corrected, OFFICE, NOW, "salt"))


def test_a_fact_is_bounded() -> None:
    round_, _ = started()
    long = Entered({PAIR: MISSED._replace(facts={"value": "7", "best_of": "丙" * 101})})
    assert refused(round_acts.record(round_, long, OFFICE, NOW, "salt")) == ["result-facts"]


def test_what_one_asked_for_another_takes_back() -> None:
    round_, events = started()
    round_ = gone_on(round_, events, round_acts.record(round_, Entered({PAIR: MISSED}), OFFICE, NOW, "salt"))
    assert refused(undoing.undo(round_, None, None, OFFICE, NOW, "salt")) == ["undo-not-asked", "round-not-empty"]
    round_ = gone_on(round_, events, undoing.ask_undo(round_, None, "用错文件", OFFICE, NOW, "salt"))
    asked = undoing.undo_asked(events)
    assert asked == events[-1] and undoing.undo_asked(events[:-1]) is None and judged_round(events, len(events) - 1) == []
    assert refused(undoing.ask_undo(round_, asked, "用错文件", SECOND, NOW, "salt")) == ["undo-asked-before"]
    gone = Entered({PAIR: None}, 1, undoing.TAKEN_BACK, asked=asked)
    for actor in (OFFICE, replace(SECOND, stands_for=OFFICE.name)):
        assert refused(round_acts.record(round_, gone, actor, NOW, "salt")) == ["undo-same-person"]
        assert refused(undoing.undo(round_, asked, "再写", actor, NOW, "salt")) == [
            "undo-same-person", "undo-asked-before", "round-not-empty",
        ]
    round_ = gone_on(round_, events, round_acts.record(round_, gone, SECOND, NOW, "salt"))
    assert judged_round(events, len(events) - 1) == [] and judged_round(events, len(events) - 1, actor="office") == ["undo-same-person"]
    for since, code in ((True, "undo-late-account"), (False, "undo-own-account")):
        made = [Appointment(SECOND.name, OFFICE.name, since), Appointment("other", OFFICE.name, True)]
        assert refused(undoing.undo(round_, asked, None, SECOND, NOW, "salt", made)) == [code]
    round_ = gone_on(round_, events, undoing.undo(round_, asked, None, SECOND, NOW, "salt"))
    late = [Appointment(SECOND.name, "admin", True)]
    assert judged_round(events, len(events) - 1, appointed=late) == ["undo-late-account"]
    assert judged_round(events, len(events) - 1) == [] and judged_round(events, len(events) - 1, actor="office") == ["undo-same-person"]
    assert round_.undone_by == "second" and "round-undone" in refused(undoing.ask_undo(round_, asked, "误", OFFICE, NOW, "salt"))


def test_a_request_ends_with_whoever_made_it_and_with_the_results_it_is_about() -> None:
    round_, events = started()
    round_ = gone_on(round_, events, round_acts.record(round_, Entered({PAIR: MISSED}), OFFICE, NOW, "salt"))
    assert refused(undoing.withdraw_undo(round_, None, OFFICE, NOW)) == ["undo-not-asked"]
    round_ = gone_on(round_, events, undoing.ask_undo(round_, None, "用错文件", OFFICE, NOW, "salt"))
    asked = undoing.undo_asked(events)
    assert refused(undoing.withdraw_undo(round_, asked, SECOND, NOW)) == ["undo-not-yours"]
    kept = gone_on(round_, [*events], undoing.withdraw_undo(round_, asked, OFFICE, NOW))
    withdrawn = [*events, made(undoing.withdraw_undo(round_, asked, OFFICE, NOW))]
    assert kept.results == round_.results and undoing.undo_asked(withdrawn) is None
    assert judged_round(withdrawn, len(withdrawn) - 1) == []
    assert judged_round(withdrawn, len(withdrawn) - 1, actor="second") == ["undo-not-yours"]
    gone = made(round_acts.record(round_, Entered({PAIR: None}, 1, undoing.TAKEN_BACK, asked=asked), SECOND, NOW, "salt"))
    assert undoing.undo_asked([*events, gone]) == asked, "what is taken back because of it does not end it"
    changed = made(round_acts.record(round_, Entered({PAIR: MISSED}, 2, "correct", reason="笔误"), OFFICE, NOW, "salt"))
    assert undoing.undo_asked([*events, changed]) is None


def test_what_a_round_leaves_to_people_is_kept_as_it_was_told() -> None:
    left = Leftover("ZG-2020-0056", "moved-on", 4)
    assert Leftover.from_json(left.to_json()) == left
