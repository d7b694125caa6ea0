"""Next year's targets and schemes have other ids: what is open is measured under them, and nothing is lost of sight."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import NotFound, NotPermitted, NotPossible, Refused, ZgError
from engine.office.rounds.board import board
from engine.office.rounds.going_over import Rekeyed, Said, Succession, rekeyed
from engine.registry.units import NewUnit
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.loop.going_over import SCHEME, TARGET, GoingOver
from tests.office.rounds.conftest import FOUND, Loop, actions, loop
from tests.registry.conftest import ADMIN, OFFICE, founded_file, founded_name, town

__all__ = ["founded_file", "founded_name", "loop", "town"]

NEXT = {"scheme": "市自评2021", "targets": ("3.5-2",)}


def goes_on(loop: Loop, kind: str, old: str, new: str, actor: Actor = OFFICE) -> GoingOver:
    desk = loop.town.desk
    return Succession(desk.database, desk.clock).enter(actor, kind, old, new, desk)


def test_what_is_open_is_measured_by_next_years_scheme_and_target_under_its_own_key(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    before = loop.of("3.5-1|甲县", first)
    loop.rectified(before.number, submitted=False)
    loop.at("2020-10-09")
    goes_on(loop, SCHEME, "市自评", "市自评2021")
    goes_on(loop, TARGET, "3.5-1", "3.5-2", ADMIN)
    second = loop.start("2020-09-30", **NEXT)  # type: ignore[arg-type]
    assert actions(loop.load(second, "3.5-2,甲县,9,")) == {"measured": 1, "missing": 1}
    after = loop.of("3.5-2|甲县", second)
    assert (after.number, after.problem_key, after.misses) == (before.number, before.problem_key, 2)
    assert loop.town.sound()


def test_without_a_word_of_it_the_same_finding_is_another_ticket(loop: Loop) -> None:
    loop.load(loop.start("2020-06-30"), *FOUND)
    loop.at("2020-10-09")
    second = loop.start("2020-09-30", **NEXT)  # type: ignore[arg-type]
    assert actions(loop.load(second, "3.5-2,甲县,9,")) == {"opened": 1, "missing": 1}


def test_what_was_closed_is_not_reopened_beside_the_ticket_of_its_successor(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    old = loop.of("3.5-1|甲县", first).number
    loop.rectified(old, verified=True)
    loop.at("2020-10-09")
    second = loop.start("2020-09-30", scheme="市自评", targets=("3.5-2",))
    loop.load(second, "3.5-2,甲县,9,")
    goes_on(loop, TARGET, "3.5-1", "3.5-2")
    with pytest.raises(Refused) as refused:
        loop.town.desk.do(OFFICE, old, Command("reopen", {"as": "relapse"}, {"reason": "复发"}))
    assert "problem-open" in [reason.code for reason in refused.value.reasons]


def test_the_same_word_again_makes_no_entry_and_one_of_itself_takes_it_back(loop: Loop) -> None:
    loop.load(loop.start("2020-06-30"), *FOUND)
    assert goes_on(loop, TARGET, "3.5-1", "3.5-2").targets == {"3.5-1": "3.5-2"}
    events = loop.events()
    goes_on(loop, TARGET, "3.5-1", "3.5-2")
    assert loop.events() == events
    assert goes_on(loop, TARGET, "3.5-1", "3.5-1") == GoingOver()
    assert [event.data["new"] for event in loop.town.entries("successors")] == ["3.5-2", "3.5-1"]
    assert loop.town.sound()


@pytest.mark.parametrize(("kind", "old", "new", "error", "code"), [
    (TARGET, "3.5-1", "9.9", NotFound, "target-not-found"), (TARGET, "9.9", "3.5-1", NotFound, "target-not-found"),
    (SCHEME, "省评", "市自评", NotFound, "scheme-not-found"), (TARGET, "3.5-1", "3.1-1", Refused, "successor-meets"),
    (SCHEME, "市自评", "两\n行", Refused, "words-control"),
])
def test_what_there_is_not_and_what_joins_open_tickets_is_refused(
    loop: Loop, kind: str, old: str, new: str, error: type[ZgError], code: str,
) -> None:
    loop.load(loop.start("2020-06-30"), "3.5-1,甲县,9,", "3.1-1,甲县,9,")
    before = loop.events()
    with pytest.raises(error) as refused:
        goes_on(loop, kind, old, new)
    reasons = refused.value.reasons if isinstance(refused.value, Refused) else ()
    assert code in (refused.value.values.get("reason"), *(reason.code for reason in reasons)) and loop.events() == before


def test_a_preview_says_what_a_proposed_map_moves_and_leaves_and_enters_nothing(loop: Loop) -> None:
    loop.load(loop.start("2020-06-30"), "3.5-1,甲县,9,", "3.1-1,甲县,9,")
    (moved, kept), events = loop.every(), loop.events()
    assert (moved.problem_key, kept.problem_key) == ("1|市自评|3.1-1|甲县", "1|市自评|3.5-1|甲县")
    assert rekeyed(loop.town.desk, OFFICE) == Rekeyed([], [])
    found = rekeyed(loop.town.desk, OFFICE, [Said(TARGET, "3.1-1", "3.1-2"), Said(SCHEME, "市自评", "市自评2021")])
    assert [(item.number, item.after.scheme, item.after.target) for item in found.moves] == [
        (moved.number, "市自评2021", "3.1-2"), (kept.number, "市自评2021", "3.5-1"),
    ]
    assert found.lost == [] and loop.events() == events
    with pytest.raises(Refused):
        rekeyed(loop.town.desk, OFFICE, [Said(TARGET, "3.1-1", "3.1-2"), Said(TARGET, "3.1-2", "3.5-1")])


def test_only_who_administers_says_it(loop: Loop) -> None:
    with pytest.raises(NotPermitted):
        goes_on(loop, SCHEME, "市自评", "市自评2021", Actor("gaj", "contact", "GAJ", "test"))


def test_an_import_that_would_lose_open_tickets_of_sight_is_refused_with_their_list(loop: Loop) -> None:
    first = loop.start("2020-06-30", subjects=("GAJ", "甲县"))
    loop.load(first, "3.5-1,市公安局,9,", "3.5-1,甲县,9,")
    lost = loop.of("3.5-1|GAJ", first).number
    assert rekeyed(loop.town.desk, OFFICE).lost == []
    loop.town.registry.units.end(OFFICE, "GAJ", date(2020, 7, 1), "机构改革")
    assert [(item.number, item.unit) for item in rekeyed(loop.town.desk, ADMIN).lost] == [(lost, "GAJ")]
    loop.at("2020-10-09")
    second, other = loop.start("2020-09-30"), loop.start("2020-09-30", scheme="省评")
    before = loop.events()
    with pytest.raises(NotPossible, match="keys-without-counterpart") as refused:
        loop.load(second, "3.5-1,甲县,9,")
    assert refused.value.values["tickets"] == [lost] and loop.events() == before
    assert actions(loop.load(other, "3.5-1,甲县,1,"))["recorded"] == 1, "another scheme loses nothing"


CALLED = ("乙区", " 乙 区", "市乙区", "平顶山市乙区")


@pytest.mark.parametrize("called", CALLED)
def test_a_subject_that_becomes_a_unit_has_one_problem_and_relapses(loop: Loop, called: str) -> None:
    first = loop.start("2020-06-30", subjects=())
    loop.load(first, f"3.5-1,{called},4,")
    ticket = loop.every()[0].number
    loop.rectified(ticket, verified=True)
    loop.town.registry.units.add(OFFICE, NewUnit("YI", "乙区", "county", "subordinate"))
    loop.at("2020-10-09")
    second = loop.start("2020-09-30", subjects=("YI",), targets=("3.5-1",))
    assert actions(loop.load(second, "3.5-1,乙区,5,")) == {"relapsed": 1}
    assert loop.of("3.5-1|YI", second).number == ticket
    assert [(line.subject, len(line.cells), line.ticket.number) for line in board(loop.town.desk, OFFICE).lines if line.ticket] == [
        ("YI", 2, ticket),
    ]
    assert loop.reopen(second)[0].ticket.number == ticket and loop.town.sound()


def test_a_problem_that_is_open_by_its_name_is_not_opened_again_by_its_unit(loop: Loop) -> None:
    first = loop.start("2020-06-30", subjects=())
    loop.load(first, "3.5-1,乙区,4,")
    loop.town.registry.units.add(OFFICE, NewUnit("YI", "乙新区", "county", "subordinate", ("乙区",)))
    loop.at("2020-10-09")
    assert actions(loop.load(loop.start("2020-09-30", subjects=()), "3.5-1,乙新区,5,")) == {"measured": 1}
    assert len(loop.every()) == 1 and loop.town.sound()


def test_a_later_round_of_the_same_subject_makes_an_earlier_one_late_though_it_is_a_unit_now(loop: Loop) -> None:
    loop.at("2020-10-09")
    loop.load(loop.start("2020-09-30", subjects=("乙区",)), "3.5-1,乙区,4,")
    loop.town.registry.units.add(OFFICE, NewUnit("YI", "乙区", "county", "subordinate"))
    with pytest.raises(NotPossible, match="round-late"):
        loop.load(loop.start("2020-06-30", subjects=("YI",)), "3.5-1,乙区,4,")
    with pytest.raises(Refused) as refused:
        loop.start("2020-09-30", subjects=("YI",))
    assert [reason.code for reason in refused.value.reasons] == ["round-same-day"]
