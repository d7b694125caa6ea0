"""`zg redact` with two people, and what is left afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Zg


def test_the_words_go_everywhere_the_facts_stay_and_the_audit_says_so(zg: Zg, tmp_path: Path) -> None:
    (tmp_path / "张三的申请.txt").write_text("内容", encoding="utf-8")
    zg("open", "张三反映材料重复提交", "--detail", "电话13900000000", "--source", "complaint", "--complainant", "张三", "--measure", "3.1")
    zg("comment", "1", "--note", "已联系", "--file", str(tmp_path / "张三的申请.txt"))
    looks = (("show", "1"), ("log", "1", "--json"), ("list",), ("show", "1", "--json"), ("show", "1", "--at", "2020-09-25T09:00"))
    assert [words for words in looks if "张三" not in zg(*words).stdout] == []
    for seq in ("1", "2"):
        asked = zg("redact", "1", "--seq", seq, "--reason", "含个人信息", ZG_FORCE_TTY="1")
        assert f"redact 1 --seq {seq} --confirm" in asked.stderr
        zg("--as", "admin", "redact", "1", "--seq", seq, "--confirm")
    for words in looks:
        said = zg(*words).stdout
        assert "张三" not in said and "13900000000" not in said, words
    assert zg.json("show", "1")["title"] == "〔已删除〕"
    assert zg.json("show", "1")["measure"] == "3.1"
    assert zg.json("audit", "verify")["redacted"] == 2
    assert "其中 2 条的文字已依规删除" in zg("audit", "verify").stdout


@pytest.mark.parametrize(("seq", "code"), [(str(2**53 - 1), 5), (str(2**53), 2), ("9" * 400, 2)])
def test_the_number_of_an_event_that_cannot_be_is_refused_in_words(zg: Zg, seq: str, code: int) -> None:
    zg("open", "材料", "--source", "visit")
    for words in (("--reason", "x"), ("--confirm",)):
        assert zg.error("redact", "1", "--seq", seq, *words, code=code)["hint"]


def test_one_person_alone_erases_nothing(zg: Zg) -> None:
    zg.opened()
    assert zg.error("redact", "1", "--seq", "1", "--confirm", code=5)["reasons"][0]["code"] == "erasure-not-asked"
    zg("redact", "1", "--seq", "1", "--reason", "含个人信息")
    assert zg.error("redact", "1", "--seq", "1", "--confirm", code=4)["reasons"][0]["code"] == "erasure-same-person"
    assert zg.json("show", "1")["title"] == "企业开办材料重复提交"


def test_others_may_not(zg: Zg) -> None:
    zg.rectifying()
    for actor in ("scjgj", "leader", "auditor"):
        zg("--as", actor, "redact", "1", "--seq", "1", "--reason", "x", code=4)
    assert {event["kind"] for event in zg.lines("log", "1")} == {"opened", "did"}


def test_one_of_reason_and_confirm_is_said(zg: Zg) -> None:
    zg.opened()
    assert zg.error("redact", "1", "--seq", "1", code=2)["code"] == "usage-redact"
    assert zg.error("redact", "1", "--seq", "1", "--reason", "x", "--confirm", code=2)["code"] == "usage-redact"


def test_a_rehearsal_erases_nothing(zg: Zg) -> None:
    zg.opened()
    zg("redact", "1", "--seq", "1", "--reason", "x")
    zg("--as", "admin", "redact", "1", "--seq", "1", "--confirm", "--dry-run")
    assert zg.json("show", "1")["title"] == "企业开办材料重复提交"
