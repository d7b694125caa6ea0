"""Whom a rung tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.rules.recipients import Directory, recipients
from tests.rules.conftest import PEOPLE, Matter

FULL = replace(PEOPLE, contacts={"SCJGJ": ("a", "b"), "SWJ": ("c",), "GAJ": ("d",)}, leaders=("mayor", "deputy"))


@pytest.mark.parametrize(("tell", "people"), [
    ("lead", ("a", "b")), ("head", ("lead-head",)), ("cooperator", ("c",)), ("part", ("d",)), ("leader", ("mayor", "deputy")),
    ("office", ("office",)),
])
def test_each_word_finds_its_people(assigned: Matter, tell: str, people: tuple[str, ...]) -> None:
    assert recipients((tell,), assigned.ticket, FULL, "GAJ") == people


@pytest.mark.parametrize("tell", ["lead", "head", "cooperator", "part", "leader"])
def test_whoever_is_missing_is_replaced_by_the_office(assigned: Matter, tell: str) -> None:
    assert recipients((tell,), assigned.ticket, Directory(office=("office",))) == ("office",)


@pytest.mark.parametrize(("tell", "people"), [("lead", ("office",)), ("head", ("office",)), ("cooperator", ())])
def test_a_ticket_without_units_tells_the_office_and_of_a_cooperator_that_it_never_had_nobody(
    assigned: Matter, tell: str, people: tuple[str, ...],
) -> None:
    bare = assigned.ticket._replace(lead=None, cooperators=())
    assert recipients((tell,), bare, FULL) == people


def test_the_ticket_s_own_leader_goes_before_all_leaders(assigned: Matter) -> None:
    assert recipients(("leader",), assigned.ticket._replace(leader="deputy"), FULL) == ("deputy",)


def test_a_leader_whose_account_ended_is_as_if_none_were_named(assigned: Matter) -> None:
    gone = assigned.ticket._replace(leader="gone")
    assert recipients(("leader",), gone, replace(FULL, portfolios={"SCJGJ": ("deputy",)})) == ("deputy",)
    assert recipients(("leader",), gone, FULL) == ("mayor", "deputy")
    assert recipients(("leader",), gone, replace(FULL, leaders=())) == ("office",)


def test_everybody_is_told_once_and_in_order(assigned: Matter) -> None:
    both = replace(FULL, heads={"SCJGJ": ("a",)})
    assert recipients(("office", "head", "lead", "office"), assigned.ticket, both) == ("office", "a", "b")


def test_whoever_answers_for_the_lead_goes_before_all_leaders(assigned: Matter) -> None:
    people = replace(FULL, portfolios={"SCJGJ": ("vice",), "GAJ": ("other",)})
    assert recipients(("leader",), assigned.ticket, people) == ("vice",)
    assert recipients(("leader",), assigned.ticket._replace(leader="mayor"), people) == ("mayor",)
    assert recipients(("leader",), assigned.ticket._replace(lead="FGW"), people) == ("mayor", "deputy")


def test_a_stand_in_is_told_beside_whom_it_stands_in_for(assigned: Matter) -> None:
    people = replace(FULL, deputies={"a": ("b", "x"), "office": ("y",)})
    assert recipients(("lead", "office"), assigned.ticket, people) == ("a", "b", "x", "office", "y")
