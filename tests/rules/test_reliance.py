"""An act that is done because of a round rests on what the ticket keeps of it: decided so, and judged so again."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import decide
from engine.rules.event import Event
from engine.rules.judging.judge import judge
from engine.rules.loop import outcome
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.standing import measure
from engine.rules.ticket import fold
from tests.rules.conftest import OFFICE, Matter
from tests.rules.told import told

ROUND = "R-2020-02"


def measured(matter: Matter, action: str, result: str, pair: str | None = None) -> None:
    made = Measurement(ROUND, date(2020, 12, 31), result, action, attempt=matter.ticket.attempt, pair=pair)
    assert matter.keep(measure(matter.ticket, ROUND, made, OFFICE, matter.now))


def because_of(matter: Matter, round_: str, trigger: str, **given: Any) -> Event | Refusal:
    words = {"reason": "复测"} if given else {"note": "复测"}
    return decide(matter.situation(OFFICE), Command(trigger, given, words, salt="salt", round=round_))


def refused(made: Event | Refusal) -> list[str]:
    assert isinstance(made, Refusal)
    return [reason.code for reason in made.reasons]


def judged_because_of(matter: Matter, round_: str) -> list[str]:
    event, before = matter.events[-1], matter.events[:-1]
    bent = event._replace(data={**event.data, "round": round_})
    return [reason.code for reason in judge(bent, fold(before), before, told(matter)).reasons]


def test_what_is_verified_because_of_a_round_passes_in_all_that_the_round_says_of_it(submitted: Matter) -> None:
    assert refused(because_of(submitted, ROUND, "verify")) == ["round-says-no-pass"]
    measured(submitted, outcome.PASSED, "pass")
    measured(submitted, outcome.MEASURED, "miss", "3.5-1|乙区")
    assert refused(because_of(submitted, ROUND, "verify")) == ["round-says-no-pass"]
    measured(submitted, outcome.PASSED, "pass", "3.5-1|乙区")
    assert submitted.keep(because_of(submitted, ROUND, "verify")) and submitted.events[-1].data["round"] == ROUND
    assert judged_because_of(submitted, ROUND) == []
    assert judged_because_of(submitted, "R-2020-03") == ["round-says-no-pass"]


def test_what_is_reopened_because_of_a_round_waits_for_it_by_that_round(submitted: Matter) -> None:
    submitted.do("verify")
    assert refused(because_of(submitted, ROUND, "reopen", **{"as": "relapse"})) == ["round-says-no-relapse"]
    measured(submitted, outcome.RELAPSED, "miss")
    assert refused(because_of(submitted, "R-2020-03", "reopen", **{"as": "relapse"})) == ["round-says-no-relapse"]
    assert submitted.keep(because_of(submitted, ROUND, "reopen", **{"as": "relapse"}))
    assert judged_because_of(submitted, ROUND) == []
    assert judged_because_of(submitted, "R-2020-03") == ["round-says-no-relapse"]
