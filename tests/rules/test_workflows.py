"""The shipped workflows, end to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from engine.registry import workflow_file
from engine.registry.workflow_file import examine
from engine.rules.acts.decide import assess
from engine.rules.deadline import RESTS
from engine.rules.ticket import fold
from tests.rules.conftest import LEAD, OFFICE, OTHER, ROOT, Matter, local, workflow

Make = Callable[..., Matter]
FILES = sorted((ROOT / "workflows").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_workflow_is_sound_and_names_the_rules_it_follows(path: object) -> None:
    definition, problems = examine(path)  # type: ignore[arg-type]
    assert problems == []
    assert definition is not None
    assert definition.name == path.stem  # type: ignore[attr-defined]
    assert definition.rule and all(len(rule) > 10 for rule in definition.rule)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_parser_of_the_program_and_the_quick_one_of_the_tests_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.serialize(yaml.compose(text, yaml.SafeLoader)) == yaml.serialize(workflow_file._compose(text, path.name)[0])


def test_four_workflows_are_shipped() -> None:
    assert [path.stem for path in FILES] == ["bad-review", "complaint", "rectification", "superior"]


@pytest.mark.parametrize(("grade", "due"), [
    (None, "2020-10-20T18:00"), ("complaint", "2020-10-20T18:00"), ("help", "2020-10-09T18:00"), ("consult", "2020-09-29T18:00"),
])
def test_a_complaint_s_clock_starts_when_it_is_opened(matter: Make, grade: str | None, due: str) -> None:
    ticket = matter(name="complaint").open(grade=grade, source="complaint").ticket
    assert (ticket.state, ticket.promised_at) == ("received", local(due))
    assert ticket.due_at == local("2020-09-27T18:00")


def test_a_complaint_from_end_to_end(matter: Make) -> None:
    case = matter(name="complaint").open(grade="help", source="complaint")
    case.do("assign", lead="SCJGJ").at("2020-09-25T15:00").do("accept", LEAD)
    case.do("submit", LEAD, {"note": "已联系群众"})
    assert (case.ticket.turn, case.ticket.deadlines["done"].state) == ("office", RESTS)
    case.at("2020-10-10T09:00").do("reject", OFFICE, {"reason": "群众不满意"})
    assert (case.ticket.attempt, case.ticket.deadlines["done"].epoch) == (2, 1)  # more than three working days were left
    case.do("submit", LEAD, {"note": "再次联系"}).do("verify")
    assert (case.ticket.state, case.ticket.final, case.ticket.wake_at) == ("closed", True, None)
    assert case.sweep() == []
    assert fold(case.events) == case.ticket


def test_a_complaint_that_is_late_again_gets_three_working_days(matter: Make) -> None:
    case = matter(name="complaint").open(grade="consult", source="complaint").do("assign", lead="SCJGJ").do("accept", LEAD)
    case.at("2020-09-29T17:00").do("submit", LEAD, {"note": "x"}).at("2020-09-30T09:00").do("reject", OFFICE, {"reason": "x"})
    assert case.ticket.promised_at == local("2020-10-12T18:00")
    assert case.ticket.deadlines["done"].epoch == 2


def test_an_unsigned_complaint_is_deemed_accepted(matter: Make) -> None:
    case = matter(name="complaint").open(source="complaint", grade="help").do("assign", lead="SCJGJ").at("2020-09-27T18:00")
    assert [event.data.get("rung") or event.data["trigger"] for event in case.sweep()] == ["deemed-accepted", "deemed-accepted"]
    assert case.ticket.state == "handling"


def test_the_clock_of_a_complaint_goes_on_whoever_has_it(matter: Make) -> None:
    case = matter(name="complaint").open(grade="help", source="complaint").do("assign", lead="SCJGJ")
    case.do("decline", LEAD, {"reason": "x"}).do("assign", lead="GAJ").do("accept", OTHER)
    case.do("reassign", OFFICE, {"reason": "x"}, lead="SCJGJ")
    assert case.ticket.deadlines["done"].epoch == 1
    assert case.ticket.promised_at == local("2020-10-09T18:00")
    assert case.ticket.deadlines["sign"].epoch == 3
    case.do("withdraw", OFFICE, {"reason": "x"}, **{"as": "mistake"})
    assert (case.ticket.closed_as, case.ticket.deadlines["done"].state) == ("mistake", RESTS)


def test_a_complaint_is_urged_the_day_after(matter: Make) -> None:
    case = matter(name="complaint").open(grade="help", source="complaint").do("assign", lead="SCJGJ").do("accept", LEAD)
    case.at("2020-12-01T00:00").sweep()
    assert case.fired("done") == [("reminder", "2020-09-30"), ("urging", "2020-10-10"), ("circular", "2020-10-15")]


def review(matter: Make) -> Matter:
    return matter(name="bad-review").open(source="review", grade=None, lead="SCJGJ")


def test_a_bad_review_is_called_back_and_rectified(matter: Make) -> None:
    case = review(matter)
    assert (case.ticket.state, case.ticket.turn, case.ticket.due_at) == ("received", "lead", local("2020-09-27T18:00"))
    case.do("call-back", LEAD, {"note": "情况属实"})
    assert (case.ticket.attempt, case.ticket.hands) == (1, ("lead-contact",))
    case.do("submit", LEAD, {"note": "已整改"}).do("reject", OFFICE, {"reason": "未回复"}).do("submit", LEAD, {"note": "已回复"})
    case.do("verify")
    assert (case.ticket.state, case.ticket.closed_as, case.ticket.attempt) == ("verified", "verified", 2)
    assert fold(case.events) == case.ticket


def test_a_bad_review_may_be_appealed_and_the_clock_rests_meanwhile(matter: Make) -> None:
    case = review(matter).do("appeal", LEAD, {"reason": "非本部门事项"})
    assert (case.ticket.state, case.ticket.turn, case.ticket.deadlines["done"].state) == ("appealed", "office", RESTS)
    case.at("2020-09-28T09:00").do("dismiss", OFFICE, {"reason": "事实清楚"})
    assert (case.ticket.state, case.ticket.promised_at) == ("rectifying", local("2020-10-12T18:00"))
    case.do("appeal", LEAD, {"reason": "新证据"}).do("uphold", OFFICE, {"reason": "不属实"})
    assert (case.ticket.state, case.ticket.final, case.ticket.closed_as) == ("unfounded", True, "withdrawn")


def test_an_appeal_is_decided_by_other_hands(matter: Make) -> None:
    case = review(matter).do("appeal", LEAD, {"reason": "x"})
    own = type(OFFICE)("lead-contact", "supervisor", None)
    assert case.reasons("uphold", own, {"reason": "x"}) == {"own-hands"}
    assert case.reasons("dismiss", own, {"reason": "x"}) == {"own-hands"}


def test_a_bad_review_goes_to_another_unit_with_its_clocks_running(matter: Make) -> None:
    case = review(matter).do("assign", lead="GAJ")
    assert (case.ticket.lead, case.ticket.state, case.ticket.deadlines["callback"].epoch) == ("GAJ", "received", 1)
    assert case.reasons("assign", OFFICE, lead="GAJ") == {"same-lead"}
    case.ticket = case.ticket._replace(lead=None)
    assert assess(case.situation(), case.definition.triggers["assign"]).needs == ("lead",)


def test_a_bad_review_nobody_calls_back_is_urged(matter: Make) -> None:
    case = review(matter).at("2020-12-01T00:00")
    case.sweep()
    assert case.fired("callback") == [("callback-due", "2020-09-27")]
    assert case.fired("done") == [("reminder", "2020-09-30"), ("urging", "2020-10-09"), ("supervision-letter", "2020-10-12")]


def test_workflows_differ_by_their_hash() -> None:
    assert len({workflow(path.stem).hash for path in FILES}) == len(FILES)
