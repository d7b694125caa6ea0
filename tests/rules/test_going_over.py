"""Targets and schemes that go on under other ids: what may be said of it, and which open tickets are lost of sight."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.loop.going_over import SCHEME, TARGET, GoingOver, Move, Orphan, against, moves, orphans
from engine.rules.loop.identity import ProblemName, Successors

FEW = st.sampled_from(["a", "b", "c", "d", "e"])
SAID = st.lists(st.tuples(st.sampled_from([SCHEME, TARGET]), FEW, FEW), max_size=8)


def key(target: str, subject: str = "甲县", scheme: str = "市自评2020") -> str:
    return ProblemName(scheme, target, subject).key


def lawful(said: list[tuple[str, str, str]], keys: Mapping[str, str]) -> list[GoingOver]:
    """What stands after each word that was taken."""
    stands = [GoingOver()]
    for kind, old, new in said:
        if against(stands[-1], kind, old, new, {}, keys) is None:
            stands.append(stands[-1].after(kind, old, new))
    return stands


@given(SAID)
def test_whatever_is_taken_ends_and_every_name_of_one_problem_finds_the_others(said: list[tuple[str, str, str]]) -> None:
    after = lawful(said, {})[-1]
    assert after.ends() and GoingOver.from_json(after.to_json()) == after
    successors = Successors(after.schemes, after.targets)
    for name in "abcde":
        problem = ProblemName(name, name, "甲县")
        alike = successors.alike(problem)
        assert alike[0] == problem and len(set(alike)) == len(alike)
        assert {successors.last(other) for other in alike} == {successors.last(problem)}
        assert all(set(successors.alike(other)) == set(alike) for other in alike)


@given(SAID, st.sets(FEW, max_size=4))
def test_no_word_makes_one_problem_of_two_that_are_under_way(said: list[tuple[str, str, str]], open_: set[str]) -> None:
    keys = {f"ZG-{target}": key(target) for target in sorted(open_)}
    for stands in lawful(said, keys):
        successors = Successors(stands.schemes, stands.targets)
        assert len({successors.target(target) for target in open_}) == len(open_)


@given(SAID, st.sets(FEW), st.sets(FEW))
def test_what_goes_on_as_a_target_of_the_plan_is_not_lost(said: list[tuple[str, str, str]], open_: set[str], plan: set[str]) -> None:
    keys = {f"ZG-{target}": key(target) for target in sorted(open_)}
    after = Successors({}, lawful(said, {})[-1].targets)
    lost = {item.problem.target for item in orphans(keys, after, plan, ())}
    assert lost == {target for target in open_ if target not in plan and after.target(target) not in plan}


@pytest.mark.parametrize(("said", "old", "new", "code"), [
    ({}, "a", "b", None), ({"a": "b"}, "a", "a", None), ({"a": "b"}, "b", "a", "successor-round"),
    ({"a": "b", "b": "c"}, "c", "a", "successor-round"), ({}, "3.5-1", "3.1-1", "successor-meets"), ({}, "3.5-1", "3.9", None),
])
def test_what_comes_round_or_joins_what_is_open_is_refused(said: dict[str, str], old: str, new: str, code: str | None) -> None:
    keys = {"ZG-1": key("3.5-1"), "ZG-2": key("3.1-1"), "ZG-3": key("3.9", "乙区"), "ZG-4": "诉求|甲县"}
    reason = against(GoingOver({}, said), TARGET, old, new, {}, keys)
    assert (reason.code if reason is not None else None) == code
    if code == "successor-meets" and reason is not None:
        assert reason.values["tickets"] == ["ZG-1", "ZG-2"]


def test_what_a_merger_of_units_joined_before_is_no_reason() -> None:
    keys = {"ZG-1": key("3.5-1", "A"), "ZG-2": key("3.5-1", "B")}
    assert against(GoingOver(), TARGET, "3.5-1", "3.5-2", {"A": "B"}, keys) is None


def test_a_ticket_is_lost_with_its_target_or_with_its_unit() -> None:
    keys = {"ZG-1": key("3.5-1", "A"), "ZG-2": key("3.5-1", "B"), "ZG-3": key("9.9", "C"), "ZG-4": "none"}
    found = orphans(keys, Successors({}, {}, {"A": "C"}), {"3.5-1"}, {"A", "B"})
    assert found == [
        Orphan("ZG-2", ProblemName("市自评2020", "3.5-1", "B"), None, "B"),
        Orphan("ZG-3", ProblemName("市自评2020", "9.9", "C"), "9.9", None),
    ]


def test_a_map_moves_what_it_names_and_nothing_else() -> None:
    keys = {"ZG-1": key("3.5-1"), "ZG-2": key("3.1-1"), "ZG-3": "none"}
    before = Successors({"市自评2020": "市自评2021"})
    assert moves(keys, before, Successors({"市自评2020": "市自评2021"}, {"3.5-1": "3.5-2"})) == [
        Move("ZG-1", ProblemName("市自评2020", "3.5-1", "甲县"), ProblemName("市自评2021", "3.5-2", "甲县")),
    ]
    assert moves(keys, before, before) == []


@pytest.mark.parametrize("node", [
    {"schemes": {}, "targets": []}, {"schemes": [], "targets": [["a", 1]]}, {"schemes": [["b", "c"], ["a", "c"]], "targets": []},
    {"schemes": "", "targets": []}, {"schemes": [["a", "b", "c"]], "targets": []},
])
def test_what_is_no_list_of_successors_is_not_read(node: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no names|unpack"):
        GoingOver.from_json(node)  # type: ignore[arg-type]


def test_a_scheme_is_found_under_every_name_it_went_by() -> None:
    successors = Successors({"市自评2020": "市自评2021"}, {}, {})
    assert set(successors.names_of_scheme("市自评2021")) == {"市自评2020", "市自评2021"}
    assert successors.names_of_scheme("省评") == ["省评"]
