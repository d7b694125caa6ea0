from __future__ import annotations

import json
from pathlib import Path

import pytest

import engine.cli
from engine.cli.terminal import Terminal
from tests.cli.conftest import Zg


def test_an_erasure_names_the_ticket_that_keeps_its_words(zg: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "in.jsonl"
    review = {"ref": "C1", "at": "2020-03-01T09:00", "kind": "投诉", "text": "乱收费", "state": "处理中", "name": "张三"}
    file.write_text(json.dumps(review) + "\n", encoding="utf-8")
    zg("feedback", "receive", str(file), "--source", "province", "--commit")
    file.write_text(json.dumps({**review, "at": "2020-03-01T10:00", "text": "还在收"}) + "\n", encoding="utf-8")
    zg("feedback", "receive", str(file), "--source", "province", "--commit")
    zg("redact", "F-2020-0001", "--seq", "1", "--reason", "含个人信息")
    monkeypatch.setattr(engine.cli, "detect_terminal", lambda **_: Terminal(out=True, err=True, ask=False, width=100, colour=False))
    done = zg("--as", "admin", "redact", "F-2020-0001", "--seq", "1", "--confirm")
    assert "zg redact ZG-2020-0001 --seq 1" in done.stderr and "zg redact F-2020-0001 --seq 2" in done.stderr
