"""Every row of the table by which a round changes tickets, asked in every state of every workflow that is shipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.rules.loop import outcome
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.outcome import action_of
from engine.rules.loop.standing import measure, standing
from engine.rules.loop.target import MISS, NOT_APPLICABLE, NOT_DUE, NOT_MEASURED, PASS
from engine.rules.ticket import Ticket, fold
from tests.rules.conftest import LEAD, OFFICE, ROOT, Matter, china, local
from tests.rules.test_seeing import sight

Make = Callable[..., Matter]
Act = tuple[str, object, dict[str, str], dict[str, object]]
ON = date(2020, 12, 1)


def act(trigger: str, actor: object = OFFICE, words: dict[str, str] | None = None, **given: object) -> Act:
    return trigger, actor, words or {}, given


ASSIGN, ACCEPT, SUBMIT = act("assign", lead="SCJGJ"), act("accept", LEAD), act("submit", LEAD, {"note": "已整改"})
VERIFY, REOPEN = act("verify", OFFICE, {"note": "属实"}), act("reopen", OFFICE, {"reason": "反弹"}, **{"as": "relapse"})
WITHDRAW = act("withdraw", OFFICE, {"reason": "不是问题"}, **{"as": "not-a-problem"})
REPORT, CLOSE = act("report-up", OFFICE, {"basis": "平9号"}), act("close", OFFICE, {"basis": "豫20号"})
SUSPEND, RESUME = act("suspend", OFFICE, {"reason": "改造"}), act("resume")
UNDER_WAY, SUBMITTED, SUSPENDED = outcome.UNDER_WAY, outcome.SUBMITTED, outcome.SUSPENDED

LIVES: dict[str, list[list[tuple[Act | None, str]]]] = {
    "rectification": [
        [(None, UNDER_WAY), (ASSIGN, UNDER_WAY), (ACCEPT, UNDER_WAY), (SUSPEND, SUSPENDED), (RESUME, UNDER_WAY), (SUBMIT, SUBMITTED),
         (SUSPEND, SUSPENDED), (RESUME, SUBMITTED), (VERIFY, outcome.VERIFIED), (REOPEN, UNDER_WAY)],
        [(None, UNDER_WAY), (WITHDRAW, outcome.NO_PROBLEM)],
    ],
    "superior": [
        [(None, UNDER_WAY), (ASSIGN, UNDER_WAY), (ACCEPT, UNDER_WAY), (SUSPEND, SUSPENDED), (RESUME, UNDER_WAY), (SUBMIT, SUBMITTED),
         (VERIFY, outcome.REPORTED), (REOPEN, UNDER_WAY), (SUBMIT, SUBMITTED), (VERIFY, outcome.REPORTED), (REPORT, outcome.REPORTED),
         (act("returned", OFFICE, {"reason": "佐证不足"}), UNDER_WAY), (SUBMIT, SUBMITTED), (VERIFY, outcome.REPORTED),
         (REPORT, outcome.REPORTED), (REOPEN, UNDER_WAY), (SUBMIT, SUBMITTED), (VERIFY, outcome.REPORTED), (REPORT, outcome.REPORTED),
         (CLOSE, outcome.VERIFIED), (REOPEN, UNDER_WAY)],
        [(None, UNDER_WAY), (WITHDRAW, outcome.NO_PROBLEM)],
    ],
    "complaint": [
        [(None, UNDER_WAY), (ASSIGN, UNDER_WAY), (ACCEPT, UNDER_WAY), (SUBMIT, SUBMITTED), (VERIFY, outcome.VERIFIED)],
        [(None, UNDER_WAY), (WITHDRAW, outcome.NO_PROBLEM)],
    ],
    "bad-review": [
        [(None, UNDER_WAY), (act("call-back", LEAD, {"note": "属实"}), UNDER_WAY), (act("appeal", LEAD, {"reason": "非本部门"}), UNDER_WAY),
         (act("dismiss", OFFICE, {"reason": "清楚"}), UNDER_WAY), (SUBMIT, SUBMITTED), (VERIFY, outcome.VERIFIED)],
        [(None, UNDER_WAY), (act("appeal", LEAD, {"reason": "x"}), UNDER_WAY),
         (act("uphold", OFFICE, {"reason": "不属实"}), outcome.NO_PROBLEM)],
    ],
}
"""For each workflow lives of a ticket: what is done, and what the ticket is to a round afterwards."""

ACTIONS = {
    outcome.NONE: ("opened", "recorded", "missing"), UNDER_WAY: ("measured", "passed", "missing"),
    SUBMITTED: ("measured", "passed", "missing"), outcome.VERIFIED: ("relapsed", "confirmed", "missing"),
    outcome.BEFORE: ("earlier", "recorded", "missing"), outcome.OLD: ("opened", "recorded", "missing"),
    SUSPENDED: ("excepted", "passed", "missing"), outcome.NO_PROBLEM: ("dismissed", "recorded", "missing"),
    outcome.REPORTED: ("relapsed", "passed", "missing"),
}
"""The specification: what a miss, a pass and an absence do."""


def test_the_table_is_the_specification() -> None:
    for place, expected in ACTIONS.items():
        assert tuple(action_of(place, result) for result in (MISS, PASS, NOT_MEASURED)) == expected, place
        assert action_of(place, NOT_DUE) == action_of(place, NOT_APPLICABLE) == "recorded"
    assert set(ACTIONS) == set(outcome.TABLE)


def test_every_shipped_workflow_is_asked_in_every_state(matter: Make) -> None:
    assert {path.stem for path in (ROOT / "workflows").glob("*.yaml")} == set(LIVES)
    for name, lives in LIVES.items():
        seen = {opened(matter, name).ticket.state}
        for life in lives:
            seen |= {case.ticket.state for case in _lived(matter, name, life)}
        assert seen == set(matter(name=name).definition.states), name


@pytest.mark.parametrize(("name", "life"), [(name, life) for name, lives in LIVES.items() for life in lives])
def test_what_a_ticket_is_to_a_round_in_every_state(matter: Make, name: str, life: list[tuple[Act | None, str]]) -> None:
    for case, (_, expected) in zip(_lived(matter, name, life), life, strict=True):
        assert _place(case, ON) == expected, case.ticket.state


def opened(matter: Make, name: str) -> Matter:
    said: dict[str, object] = {"bad-review": {"lead": "SCJGJ", "grade": None}, "complaint": {"grade": "help"}}.get(name, {})
    return matter(name=name).open(**said)


def _lived(matter: Make, name: str, life: list[tuple[Act | None, str]]) -> list[Matter]:
    """The ticket after each act."""
    found = []
    for place in range(len(life)):
        case = opened(matter, name)
        for done, _ in life[: place + 1]:
            if done is not None:
                trigger, actor, words, given = done
                case.do(trigger, actor, words, **given)  # type: ignore[arg-type]
        found.append(case)
    return found


def _place(case: Matter, on: date) -> str:
    return standing(case.ticket, case.definition, on, china(), "R-2020-09")


# two closings ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def reported(matter: Make) -> Matter:
    """A superior's matter that we verified and reported up."""
    case = matter(name="superior").open(source="superior", key="省-7")
    dated = act("assign", lead="SCJGJ", outer=local("2020-11-30T18:00"))
    for trigger, actor, words, given in (dated, ACCEPT, SUBMIT, VERIFY, REPORT):
        case.do(trigger, actor, words, **given)  # type: ignore[arg-type]
    return case


def relapsed(case: Matter) -> Matter:
    found = Measurement("R-2020-09", ON, MISS, outcome.RELAPSED, "7", "<=5", attempt=case.ticket.attempt)
    assert case.keep(measure(case.ticket, "R-2020-09", found, OFFICE, case.now))
    return case


def _read_by_its_unit(case: Matter) -> Ticket:
    return sight(case, LEAD).ticket(case.ticket, case.events)


def test_what_is_reported_and_found_again_waits_for_a_person_and_keeps_the_superior_s_number(reported: Matter) -> None:
    before = reported.ticket
    relapsed(reported)
    waiting = reported.ticket
    assert (waiting.relapse, waiting.state, waiting.deadlines) == ("R-2020-09", "reported", before.deadlines), "no clock moves"
    reported.do("comment", OFFICE, {"note": "待研究"})
    assert reported.ticket.relapse == "R-2020-09", "a word about it is no answer to it"
    unit = _read_by_its_unit(reported)
    assert (unit.relapse, unit.relapses) == (None, 0), "a unit learns of it when the office acts"
    reported.do("reopen", OFFICE, {"reason": "反弹"}, **{"as": "relapse"})
    after = reported.ticket
    assert (after.state, after.attempt, after.relapse, after.source_ref) == ("rectifying", 2, None, "省-7")
    assert after.deadlines["outer"] == before.deadlines["outer"], "the superior's date is the superior's"
    assert _read_by_its_unit(reported).relapses == 1
    assert fold(reported.events) == after


def test_the_superior_s_closing_is_no_answer_to_a_relapse_and_a_withdrawal_is(reported: Matter) -> None:
    relapsed(reported).do("close", OFFICE, {"basis": "豫20号"})
    assert reported.ticket.relapse == "R-2020-09"


def test_what_waits_to_be_reopened_and_is_withdrawn_waits_no_more(reported: Matter) -> None:
    relapsed(reported).do("withdraw", OFFICE, {"reason": "误"}, **{"as": "mistake"})
    assert reported.ticket.relapse is None
    assert reported.at("2020-12-02T09:00").keep(measure(reported.ticket, "R-2020-10", None, OFFICE, local("2020-12-02T09:00")))
    assert reported.ticket.relapse is None
