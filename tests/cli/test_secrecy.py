"""What is the office's own is printed to no unit, by whatever command and in whatever format: marked words and numbers are looked for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import ENVIRONMENT, Zg

MARK = "机密标记"
OTHER = "ZG-2020-0002"
"""A ticket that no unit of the first one may see."""

OFFICE_ACTS: list[tuple[str, ...]] = [
    ("comment", "1", "--note", MARK), ("--as", "leader", "comment", "1", "--note", MARK), ("waive", "1", "--reason", MARK),
    ("link", "1", "--duplicate-of", OTHER), ("redact", "1", "--seq", "1", "--reason", MARK), ("clock", "advance", "4d"), ("sweep",),
    ("--as", "leader", "consent", "1", "--note", MARK, "--about", "通报"), ("reassign", "1", "--lead", "市公安局", "--reason", "职责划转"),
    ("urge", "1", "--note", "请抓紧"), ("issue", "1", "--by", "王副市长"),
    ("withdraw", "1", "--reason", "重复", "--as", "duplicate", "--of", OTHER),
]
RUNGS = ("supervision-letter", "circular", "interview")
"""Rungs that propose: no unit reads of one of which the office made no act."""

READ: list[tuple[str, ...]] = [
    ("show", "1"), ("show", "1", "--json"), ("log", "1"), ("log", "1", "--json"), ("why", "1"), ("why", "1", "--json"), ("can", "1"),
    ("can", "1", "--json"), ("list", "--all"), ("list", "--all", "--json"), ("list", "--all", "--sort", "level"),
    ("list", "--proposals", "--json"),
    ("plan", "--json"), ("notices", "--all"), ("notices", "--all", "--json"), ("today", "--json"), ("count", "--json"),
    ("evidence", "get", "1", "--out", "out"), ("comment", "1", "--note", "收到", "--dry-run", "--json"), ("issue", "1", "--by", "x"),
]


@settings(
    deadline=None, max_examples=5, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(OFFICE_ACTS), min_size=3, max_size=9))
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
    for unit in ("scjgj", "scjgj-head", "shuiwj", "shuiwj-head", "gaj", "gaj-head"):
        for words in READ:
            result = zg("--as", unit, *words, code=None, ZG_FORCE_TTY="1", COLUMNS="200")
            said = result.stdout + result.stderr
            assert not [mark for mark in marks if mark in said], (unit, words, acts, said)
            if words == ("show", "1", "--json") and result.exit_code == 0:
                ticket = json.loads(result.stdout)
                assert (ticket["level"], ticket["proposals"]) == (ticket["acted_level"], []), (unit, acts)


def test_a_head_who_is_told_of_a_repetition_reads_its_clock_and_not_the_rung_that_nobody_issued(zg: Zg) -> None:
    zg.rectifying()
    zg("clock", "set", "2020-12-15T18:30")
    zg("sweep")
    fired = [event["data"] for event in zg.lines("log", "1") if event["kind"] == "escalated"]
    assert "interview" in {data["rung"] for data in fired if "n" in data}
    codes = [notice["code"] for notice in zg.lines("--as", "scjgj-head", "notices", "--all")]
    assert "rectify" in codes and not set(RUNGS) & set(codes)
