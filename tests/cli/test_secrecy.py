"""What is the office's own is printed to no unit, by whatever command and in whatever format: marked words and numbers are looked for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import ENVIRONMENT, Zg
from tests.cli.test_cold import completed

MARK = "机密标记"
OTHER = "ZG-2020-0002"
"""A ticket that no unit of the first one may see."""

OFFICE_ACTS: list[tuple[str, ...]] = [
    ("comment", "1", "--note", MARK), ("--as", "leader", "comment", "1", "--note", MARK), ("waive", "1", "--reason", MARK),
    ("link", "1", "--duplicate-of", OTHER), ("redact", "1", "--seq", "1", "--reason", MARK), ("clock", "advance", "4d"), ("sweep",),
    ("--as", "leader", "consent", "1", "--note", MARK, "--about", "通报"), ("reassign", "1", "--lead", "市公安局", "--reason", "职责划转"),
    ("urge", "1", "--note", "请抓紧"), ("issue", "1", "--by", "王副市长"), ("suspend", "1", "--reason", "等待上级答复"),
    ("resume", "1"), ("unit", "merge", "市公安局", "--into", "市司法局", "--from", "2020-09-25", "--basis", MARK, "--with-accounts"),
    ("--as", "leader", "instruct", "1", "--note", "请一周内报送"), ("amend", "1", "--due", "2020-11-30", "--reason", "日期有误"),
    ("user", "stand-in", "scjgj-head", "--by", "scjgj", "--until", "2020-12-31"), ("--as", "scjgj", "submit", "1", "--note", "已改"),
    ("withdraw", "1", "--reason", "重复", "--as", "duplicate", "--of", OTHER),
]
RUNGS = ("supervision-letter", "circular", "interview")
"""Rungs that propose: no unit reads of one of which the office made no act."""

READ: list[tuple[str, ...]] = [
    ("show", "1"), ("show", "1", "--json"), ("log", "1"), ("log", "1", "--json"), ("why", "1"), ("why", "1", "--json"), ("can", "1"),
    ("can", "1", "--json"), ("list", "--all"), ("list", "--all", "--json"), ("list", "--all", "--sort", "level"),
    ("list", "--proposals", "--json"),
    ("list", "--all", "--text", MARK), ("list", "--all", "--text", "0002"), ("list", "--all", "--measure", "3.1", "--json"),
    ("list", "--all", "--sort", "changed", "--json"), ("list", "--changed-since", "1d", "--json"),
    ("show", "1", "--at", "2020-10-15T18:30", "--json"), ("audit", "verify", "1", "--json"), ("audit", "export", "1"),
    ("log", "--admin"), ("doctor",),
    ("count", "--by", "unit", "--json"), ("count", "--by", "measure"), ("count", "--by", "officer", "--json"), ("count", "--by", "month"),
    ("unit", "show", "市司法局"), ("user", "show", "leader"), ("user", "list", "--json"), ("sweep",), ("today",), ("plan",),
    ("plan", "--json"), ("notices", "--all"), ("notices", "--all", "--json"), ("today", "--json"), ("count", "--json"),
    ("evidence", "get", "1", "--out", "out"), ("comment", "1", "--note", "收到", "--dry-run", "--json"), ("issue", "1", "--by", "x"),
]


@settings(
    deadline=None, max_examples=2, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(OFFICE_ACTS), min_size=6, max_size=12))
def test_no_unit_reads_a_word_or_number_of_the_office(office_template: Path, tmp_path: Path, acts: list[tuple[str, ...]]) -> None:
    (tmp_path / "zg.db").unlink(missing_ok=True)
    shutil.copyfile(office_template, tmp_path / "zg.db")
    zg = Zg(f"sqlite:///{tmp_path / 'zg.db'}", {**ENVIRONMENT, "LANG": "zh_CN.UTF-8"})
    (tmp_path / f"{MARK}.txt").write_text("内部材料", encoding="utf-8")
    zg.rectifying()
    zg("open", f"未交办 {MARK}", "--source", "visit", "--measure", "3.1")
    zg("comment", "1", "--note", MARK, "--file", str(tmp_path / f"{MARK}.txt"))
    zg("clock", "set", "2020-10-15T18:30")
    zg("sweep")
    for act in acts:
        zg(*act, code=None)
    assert MARK in zg("log", "1", "--json").stdout
    issued = [event["data"]["rung"] for event in zg.lines("log", "1") if event["data"].get("trigger") == "issue"]
    marks = [MARK, OTHER, *(f'"{rung}"' for rung in RUNGS if rung not in issued)]
    for unit in ("scjgj", "scjgj-head", "shuiwj", "gaj-head"):
        for words in READ:
            result = zg("--as", unit, *words, code=None, ZG_FORCE_TTY="1", COLUMNS="200")
            said = result.stdout + result.stderr
            assert not [mark for mark in marks if mark in said], (unit, words, acts, said)
            if words == ("show", "1", "--json") and result.exit_code == 0:
                ticket = json.loads(result.stdout)
                assert (ticket["level"], ticket["proposals"]) == (ticket["acted_level"], []), (unit, acts)


MORE: list[tuple[str, ...]] = [
    ("comment", "1", "--note", MARK), ("--as", "leader", "comment", "1", "--note", MARK), ("redact", "1", "--seq", "1", "--reason", MARK),
    ("waive", "1", "--reason", MARK), ("amend", "2", "--title", MARK, "--reason", MARK),
    ("assign", "2", "--lead", "市公安局"), ("urge", "2", "--note", MARK),
    ("user", "set", "scjgj", "--phone", "13800000000"), ("log", "--admin"), ("audit", "export"),
]
"""What the office may do without a unit of the first ticket learning that it did: of that ticket, of another one, of the administration."""

SAME: list[tuple[str, ...]] = [
    ("show", "1"), ("log", "1"), ("why", "1"), ("can", "1"), ("list", "--all"), ("notices", "--all"), ("today",), ("count",), ("plan",),
]
NAMED = frozenset({"version", "seq"})
"""Numbers that count what a unit does not read, as docs/design.md says."""


def test_what_the_office_does_for_itself_moves_no_number_that_a_unit_reads(zg: Zg, office_template: Path, tmp_path: Path) -> None:
    """Two offices do the same, one of them more; a unit reads the same of both, but for the numbers that are named as the exception."""
    busy = Zg(f"sqlite:///{tmp_path / 'busy.db'}")
    shutil.copyfile(office_template, tmp_path / "busy.db")
    for office in (zg, busy):
        office.rectifying()
        office("open", "未交办事项", "--source", "visit")
        office("clock", "set", "2020-10-15T18:30")
        office("sweep")
        for words in MORE if office is busy else ():
            office(*words)
        office("clock", "set", "2020-10-16T09:00")
        for words in (("urge", "1", "--note", "请抓紧"), ("--as", "scjgj", "progress", "1", "--note", "正在办理"),
                      ("unit", "merge", "市税务局", "--into", "市科技局", "--from", "2020-10-01", "--basis", "x", "--with-accounts")):
            office(*words)
    assert MARK in busy("log", "1", "--json").stdout and len(busy.lines("log", "--admin")) > len(zg.lines("log", "--admin"))
    for unit in ("scjgj", "scjgj-head", "shuiwj", "kjj"):
        for words in SAME:
            plain, more = ([masked(line) for line in office.lines("--as", unit, *words)] for office in (zg, busy))
            assert plain == more, (unit, words)


def masked(value: Any) -> Any:
    """A JSON value without the numbers that are named, and without keys and salted digests, from which nothing can be counted."""
    if isinstance(value, dict):
        random = {name for name in ("id", "words") if isinstance(value.get(name), str)}
        return {name: masked(item) for name, item in value.items() if name not in NAMED | random}
    return [masked(item) for item in value] if isinstance(value, list) else value


def test_a_head_who_is_told_of_a_repetition_reads_its_clock_and_not_the_rung_that_nobody_issued(zg: Zg) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-12-15T18:30")
    zg("sweep")
    fired = [event["data"] for event in zg.lines("log", "1") if event["kind"] == "escalated"]
    assert "interview" in {data["rung"] for data in fired if "n" in data}
    codes = [notice["code"] for notice in zg.lines("--as", "scjgj-head", "notices", "--all")]
    assert "rectify" in codes and not set(RUNGS) & set(codes)


@pytest.fixture
def hidden(zg: Zg) -> Zg:
    """The first ticket is of 市市场监管局 and 市税务局, the second nobody's yet, the third of 市公安局; there is no fourth."""
    zg.once(of_three_owners)
    return zg


def of_three_owners(zg: Zg) -> None:
    zg.rectifying()
    zg("open", f"未交办 {MARK}", "--source", "visit", "--measure", "3.1")
    zg("open", f"别的单位 {MARK}", "--source", "visit", "--measure", "3.1", "--lead", "市公安局")
    zg("assign", "3")


@pytest.mark.parametrize("words", [
    ("show", "N"), ("log", "N"), ("why", "N"), ("can", "N"), ("can", "N", "accept"), ("accept", "N"), ("comment", "N", "--note", "x"),
    ("issue", "N", "--by", "x"), ("do", "assign", "N", "--set", "lead=GAJ"), ("show", "N", "--at", "2020-09-25T09:00"),
    ("audit", "verify", "N"), ("evidence", "get", "N", "--out", "out"), ("list", "--after", "N"), ("link", "1", "--duplicate-of", "N"),
    ("comment", "N", "--note", "x", "--if-version", "7"), ("comment", "N", "--note", "x", "--dry-run"),
])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_a_unit_may_not_know_of_is_as_if_it_were_not_there(hidden: Zg, words: tuple[str, ...], form: tuple[str, ...]) -> None:
    def answer(number: str) -> tuple[int, str, str]:
        filled = [f"ZG-2020-000{number}" if word == "N" else word for word in words]
        said = hidden("--as", "市市场监管局", *filled, *(form if words[0] != "evidence" else ()), code=None)
        return (said.exit_code, *(text.replace(f"000{number}", "000N") for text in (said.stdout, said.stderr)))

    assert answer("2") == answer("3") == answer("4")


@pytest.mark.parametrize("line", [
    "zg show ", "zg --as 市市场监管局 log ", "zg link 1 --duplicate-of ", "zg list --after ", "zg do comment ", "zg withdraw 1 --of ",
])
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_offers_no_number_or_title_that_a_unit_may_not_know(hidden: Zg, line: str, shell: str) -> None:
    offered = completed(hidden, line, shell, ZG_AS="市市场监管局")
    assert not [mark for mark in (MARK, OTHER, "ZG-2020-0003") if mark in offered]
    assert "ZG-2020-0001" in offered or "--after" in line
