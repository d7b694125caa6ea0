"""Filters of the ledger under a name: whose they are, who makes them, and that each person sees through them what that person may see."""

from __future__ import annotations

from engine.desk import saved_views
from tests.cli.conftest import Zg


def test_a_saved_filter_is_the_filter_as_it_was_typed(zg: Zg) -> None:
    zg("open", "窗口排队", "--source", "visit")
    zg("open", "材料重复", "--source", "review")
    zg("view", "save", "检查发现", "--source", "visit", "--all", "--sort", "number")
    assert [row["title"] for row in zg.lines("list", "@检查发现")] == ["窗口排队"]
    assert [row["title"] for row in zg.lines("list", "@检查发现", "--source", "review")] == ["材料重复"]  # what is typed beside it counts
    assert zg.lines("view", "list") == [
        {"name": "检查发现", "audience": "own", "wishes": {"every": ["1"], "sort": ["number"], "source": ["visit"]}, "saved_by": "office"},
    ]
    zg("view", "save", "@检查发现", "--source", "review")
    assert [row["title"] for row in zg.lines("list", "@检查发现")] == ["材料重复"]
    zg("view", "remove", "检查发现")
    assert "检查发现" in zg("list", "@检查发现", code=3).stderr
    assert "@" in zg("list", "检查发现", code=2).stderr


def test_each_saves_for_those_it_may_and_replaces_nobody_elses(zg: Zg) -> None:
    zg("--as", "scjgj", "view", "save", "全体", "--for", "all", code=4)
    zg("view", "save", "单位", "--for", "unit", code=4)
    zg("--as", "scjgj", "view", "save", "逾期", "--for", "unit", "--overdue")
    assert "scjgj" in zg("--as", "scjgj-head", "view", "save", "逾期", "--for", "unit", code=5).stderr
    assert zg.lines("--as", "shuiwj", "view", "list") == []
    zg("--as", "shuiwj", "view", "remove", "逾期", "--for", "unit", code=3)
    zg("--as", "scjgj-head", "view", "remove", "逾期", "--for", "unit")
    zg("view", "save", "红", "--light", "red", "--for", "all")
    zg("--as", "scjgj", "view", "save", "红", "--light", "yellow")
    assert [view["audience"] for view in zg.lines("--as", "scjgj", "view", "list")] == ["own", "all"]
    zg("--as", "scjgj", "view", "remove", "红", "--for", "all", code=4)


def test_what_the_list_would_refuse_is_not_saved(zg: Zg, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    zg("view", "save", "x", "--unit", "没有这个单位", code=3)
    zg("view", "save", "x", "--opened", "昨天的昨天", code=2)
    zg("--as", "scjgj", "view", "save", "x", "--batch", "1", code=4)
    zg("view", "save", "甲/乙", code=5)
    assert zg.lines("view", "list") == []
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    zg("view", "save", "一", "--closed")
    zg("view", "save", "二", "--closed", code=5)
    zg("view", "save", "一", "--all")
