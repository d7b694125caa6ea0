"""Whom a sheet means: the members of a group whom the round names, and subjects that are new; and which point an objection is about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.desk.filing import inspect
from engine.errors import InvalidFile, UsageError
from engine.office.rounds import application
from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.newcomers import NewSubject, new_subjects_of
from engine.rules.acts.command import Command
from tests.office.rounds.conftest import Loop, codes
from tests.office.rounds.test_meanwhile import Between
from tests.registry.conftest import OFFICE

ONE = ("3.5-1",)


def test_a_group_means_those_of_its_members_whom_the_round_names(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=ONE, subjects=("BFX", "JX", "FGW", "全市", "甲县"))
    loop.load(number, "3.5-1,各县（市、区）,9,", confirm=3)
    assert set(loop.round(number).results) == {"3.5-1|BFX", "3.5-1|JX", "3.5-1|甲县"}
    other = loop.start("2020-06-29", targets=ONE, subjects=("FGW",), scheme="另一方案")
    with pytest.raises(InvalidFile):
        loop.load(other, "3.5-1,各县（市、区）,9,")


def test_a_new_subject_is_named_once_with_units_of_a_near_name(loop: Loop) -> None:
    first = loop.start("2020-06-30", targets=ONE, subjects=())
    rows = ("3.5-1,宝丰线,12,", "3.5-1,宝丰县,1,", "3.5-1,全市,1,")
    waits = loop.load(first, *rows, commit=False)
    assert codes(waits) == ["result-subject-near"] and "宝丰县人民政府" in list(waits.problems[0].values["near"])  # type: ignore[call-overload]
    assert waits.new_subjects == [], "nobody becomes a subject by a slip of the pen"
    preview = loop.load(first, *rows, commit=False, subjects=("宝丰线=new",))
    assert [item.name for item in preview.new_subjects] == ["宝丰线"] and "宝丰县人民政府" in preview.new_subjects[0].near
    assert loop.load(first, *rows, confirm=1, subjects=("宝丰线=new",)).new_subjects == preview.new_subjects
    assert loop.load(first, *rows).new_subjects == [], "the round knows it now"
    loop.at("2020-09-01")
    second = loop.start("2020-08-31", targets=ONE, subjects=("宝丰线", "大河沿"))
    named = new_subjects_of(loop.town.desk, loop.round(second), loop.round(second).subjects)
    assert named == [NewSubject("大河沿", named[0].near)]


def test_a_name_that_is_like_a_known_one_is_asked_about_once(loop: Loop) -> None:
    first = loop.start("2020-06-30", targets=ONE, subjects=())
    loop.load(first, "3.5-1,甲县,9,", "3.5-1,乙区,9,", confirm=2)
    loop.at("2020-09-01")
    second = loop.start("2020-08-31", targets=ONE, subjects=())
    blanks = loop.load(second, "3.5-1,甲 县,8,", "3.5-1,乙区人民政府,1,", commit=False)
    assert codes(blanks) == ["result-subject-near"] and {item.problem_name.subject for item in blanks.planned} == {"甲县", "乙区"}
    done = loop.load(second, "3.5-1,甲 县,8,", "3.5-1,乙区人民政府,1,", subjects=("乙区人民政府=乙区",))
    assert codes(done) == [] and set(loop.round(second).results) == {"3.5-1|甲县", "3.5-1|乙区"}
    loop.at("2020-11-01")
    third = loop.start("2020-10-31", targets=ONE, subjects=())
    assert codes(loop.load(third, "3.5-1,乙区人民政府,1,", commit=False)) == [], "what was said of it is remembered for the scheme"
    with pytest.raises(UsageError):
        loop.load(third, "3.5-1,乙区,1,", subjects=("乙区",))


def test_a_point_of_a_list_is_objected_to_and_decided_about(loop: Loop, tmp_path: Path) -> None:
    number = loop.start("2020-06-30", targets=("3.5",), points=True, comment_until=loop.town.now + timedelta(days=1))
    head = "序号,对象,指标,扣分点,扣分"
    rows = ("1,甲县,不动产,仍收婚姻证明,-1.5", "2,甲县,不动产,未公示时限,-0.5")
    loop.load(number, *rows, head=head)
    scan = tmp_path / "异议.pdf"
    scan.write_bytes(b"%PDF-1.4 objection")
    rounds, about = Rounds(loop.town.desk), About("甲县", "不动产", "1")
    rounds.object(OFFICE, number, about, "照片不是本县的", [inspect(scan)])
    decided = rounds.settle(OFFICE, number, about, accepted=True, value=None, reason="属实").thing
    assert {pair: result.result for pair, result in decided.results.items()} == {"3.5|甲县|1": "not-applicable", "3.5|甲县|2": "miss"}
    loop.at("2020-07-10")
    assert loop.load(number, *rows, head=head).actions["opened"] == 1


def test_all_or_nothing_is_one_transaction_and_writes_nothing_where_anything_changed(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "WRITTEN", 2)
    first = loop.start("2020-06-30", targets=ONE, subjects=())
    loop.load(first, *(f"3.5-1,{name},9," for name in ("甲县", "乙区", "丙县")), confirm=3, whole=True)
    ticket = loop.of("3.5-1|丙县", first).number
    loop.at("2020-09-01")
    second = loop.start("2020-08-31", targets=ONE, subjects=())
    events = loop.events()
    with monkeypatch.context() as patch:
        Between(loop, lambda: loop.town.desk.do(OFFICE, ticket, Command("assign"))).install(patch)
        with pytest.raises(InvalidFile) as refused:
            loop.load(second, *(f"3.5-1,{name},8," for name in ("甲县", "乙区", "丙县")), whole=True)
    assert [problem.code for problem in refused.value.problems] == ["result-changed-meanwhile"]
    assert not loop.round(second).results and loop.events() == events + 1, "the assignment alone"
    assert codes(loop.load(second, *(f"3.5-1,{name},8," for name in ("甲县", "乙区", "丙县")), whole=True)) == []
