"""Who closes a ticket: not who did the work, on evidence, and for a hard one not who assigned it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.rules.access import Actor
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import assess, decide
from engine.rules.acts.guards.closing import asks_who_else
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import LEAD, LEAD_HEAD, OFFICE, Matter

PHOTO = Evidence("a" * 64, 3, "image/png")
SECOND = replace(OFFICE, name="second")
NOTE = {"note": "现场核验通过"}
Make = Callable[..., Matter]


def submitted(matter: Make, grade: str, *files: Evidence) -> Matter:
    case: Matter = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    if grade != "C":
        case.do("endorse", LEAD_HEAD)
    return case.do("submit", LEAD, NOTE, files)


@pytest.mark.parametrize("grade", ["A", "B"])
def test_closing_takes_evidence_and_a_note_of_the_verifier(matter: Make, grade: str) -> None:
    case = submitted(matter, grade)
    assert case.reasons("verify", SECOND) == {"input-missing", "no-evidence"}
    assert case.reasons("verify", SECOND, NOTE) == {"no-evidence"}
    verdict = assess(case.situation(SECOND), case.definition.triggers["verify"])
    assert verdict.possible and set(verdict.needs) == {"note", "file"}
    assert case.do("verify", SECOND, NOTE, [PHOTO]).ticket.state == "verified"


def test_a_simple_one_is_closed_as_ever(matter: Make) -> None:
    assert submitted(matter, "C").do("verify", OFFICE).ticket.state == "verified"


def test_evidence_of_the_work_is_that_of_this_attempt(matter: Make) -> None:
    case = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    assert case.do("progress", LEAD, NOTE).ticket.evidenced is False
    assert case.do("progress", LEAD, NOTE, [PHOTO]).ticket.evidenced
    assert "evidenced" not in case.do("progress", LEAD, NOTE, [PHOTO]).events[-1].data["effects"]
    case.do("endorse", LEAD_HEAD).do("submit", LEAD, NOTE).do("reject", SECOND, {"reason": "佐证不全"})
    assert case.ticket.evidenced is False
    case.do("endorse", LEAD_HEAD).do("submit", LEAD, NOTE, [PHOTO])
    assert case.do("verify", OFFICE, NOTE).ticket.state == "verified"


def test_a_hard_one_is_verified_by_somebody_else_than_who_assigned_it(matter: Make) -> None:
    case = submitted(matter, "A", PHOTO)
    assert case.reasons("verify", OFFICE, NOTE) == {"assigned-it-oneself"}
    assert case.reasons("verify", replace(SECOND, stands_for="office"), NOTE) == {"assigned-it-oneself"}
    alone = decide(case.situation(OFFICE)._replace(alone=True), Command("verify", {}, NOTE, salt="salt"))
    assert not isinstance(alone, Refusal)
    assert case.do("verify", SECOND, NOTE).ticket.state == "verified"


def test_before_it_can_be_verified_nobody_is_told_of_somebody_else_in_the_office(matter: Make) -> None:
    """Who there is in the office is not looked up then: in an office of one person it would be untrue."""
    case = matter().open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD)
    assert case.reasons("verify", OFFICE, NOTE) == {"state-wrong", "no-evidence"}


def test_whoever_stood_behind_the_deputy_that_assigned_it_verifies_it_as_little_as_the_deputy(matter: Make) -> None:
    bob = Actor("bob", "supervisor", None, "test")
    case = matter().open(grade="A").do("assign", replace(bob, stands_for="office"), lead="SCJGJ").do("accept", LEAD)
    case.do("endorse", LEAD_HEAD).do("submit", LEAD, NOTE, [PHOTO])
    assert case.ticket.assigned_by == "bob/office"
    for by in (OFFICE, bob, replace(bob, stands_for="second"), replace(SECOND, stands_for="office")):
        assert case.reasons("verify", by, NOTE) == {"assigned-it-oneself"}
    assert case.do("verify", SECOND, NOTE).ticket.state == "verified"


def test_of_one_that_nobody_assigned_nobody_is_said_to_have_assigned_it(matter: Make) -> None:
    """As it is before 交办, and in a record of before, whose events do not say who assigned."""
    assert "assigned-it-oneself" not in matter().open(grade="A").reasons("verify", OFFICE, NOTE)
    case = submitted(matter, "A", PHOTO)
    case.ticket = case.ticket._replace(assigned_by=None)
    assert case.do("verify", OFFICE, NOTE).ticket.state == "verified"


def test_one_that_is_not_hard_may_be_verified_by_who_assigned_it(matter: Make) -> None:
    assert submitted(matter, "B", PHOTO).do("verify", OFFICE, NOTE).ticket.state == "verified"


@pytest.mark.parametrize(("grade", "asks"), [("A", True), ("B", False), ("C", False)])
def test_who_else_there_is_matters_only_where_a_hard_one_may_be_verified(matter: Make, grade: str, asks: bool) -> None:
    case = matter().open(grade=grade).do("assign", lead="SCJGJ")
    assert not asks_who_else(case.definition, case.ticket)
    case = submitted(matter, grade, PHOTO)
    assert asks_who_else(case.definition, case.ticket) is asks
