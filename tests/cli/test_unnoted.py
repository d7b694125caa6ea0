"""A seal whose maker is killed between the record and the list beside the key: it is noted by whoever comes next, and nothing else is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from engine.audit import noted
from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.faults.forked import attempt
from tests.signing import key_of

__all__ = ["sealing"]


@pytest.fixture
def killed(sealing: Zg, tmp_path: Path) -> Zg:
    """A record with two seals, the second of which is not on the list; beside it lies the record of before."""
    sealing("audit", "seal")
    sealing.opened()
    shutil.copyfile(tmp_path / "zg.db", tmp_path / "before.db")

    def seals() -> None:
        noted.note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        sealing("audit", "seal")

    assert not attempt(seals, None)
    assert listed(tmp_path) == [1] and sealing.json("audit", "verify")["seals"] == 2
    return sealing


def listed(folder: Path) -> list[int]:
    (path,) = (folder / "zg.db.keys").glob("*.checkpoints")
    return [int(line.split(" ")[0]) for line in path.read_text(encoding="utf-8").splitlines()]


def signs(zg: Zg) -> set[str]:
    return {sign["code"] for sign in zg.json("doctor", code=None)["signs"]}


@pytest.mark.parametrize("words", [("audit", "seal"), ("watch", "--once"), ("audit", "key", "--rotate")])
def test_whoever_comes_next_notes_it_and_from_then_on_it_is_missed(killed: Zg, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "seal-unnoted" in signs(killed)
    killed(*words)
    assert listed(tmp_path)[:2] == [1, 2] and "seal-unnoted" not in signs(killed)
    shutil.copyfile(tmp_path / "before.db", tmp_path / "zg.db")
    found = [json.loads(line) for line in killed("audit", "verify", "--json", code=9).stdout.splitlines()]
    assert "copy-behind" in {item["code"] for item in found}


def test_what_the_key_that_lies_here_did_not_sign_is_not_noted(killed: Zg, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        (note,) = connection.execute("SELECT note FROM seal WHERE n = 2").fetchone()
        text = note.rpartition("\n\n")[0] + "\n"
        connection.execute("UPDATE seal SET note = ? WHERE n = 2", (f"{text}\n{key_of(66, text.partition(chr(10))[0]).sign(text).line}",))
    assert "seal-unnoted" not in signs(killed)
    killed("watch", "--once", code=None)
    killed.opened()
    assert killed.error("audit", "seal", code=9)["code"] == "seal-altered"
    assert listed(tmp_path) == [1]


def test_what_does_not_grow_from_what_was_noted_last_is_not_noted(killed: Zg, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE event SET hash = zeroblob(32) WHERE id = (SELECT upto FROM seal WHERE n = 2)")
    for words in (("audit", "seal"), ("watch", "--once")):
        assert "第 2 次存证被改动过" in killed(*words, code=9).stderr
    assert listed(tmp_path) == [1]


def test_a_genuine_seal_under_another_number_is_not_noted(killed: Zg, tmp_path: Path) -> None:
    """Whoever writes the database would have the list demand a seal for ever that was never taken."""
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute("UPDATE seal SET n = 50 WHERE n = 2")
    killed("audit", "seal", code=9)
    killed("watch", "--once", code=None)
    assert listed(tmp_path) == [1]


def test_all_that_were_not_noted_are_noted_in_their_order(killed: Zg, tmp_path: Path) -> None:
    (path,) = (tmp_path / "zg.db.keys").glob("*.checkpoints")
    for _ in range(2):
        killed.opened()
        killed("audit", "seal")
    kept = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for left, expected in ((kept[:2], [1, 2, 3, 4]), ([], [1, 2, 3, 4])):
        path.write_text("".join(left), encoding="utf-8")
        killed("audit", "seal")
        assert listed(tmp_path) == expected and path.read_text(encoding="utf-8").splitlines(keepends=True) == kept
