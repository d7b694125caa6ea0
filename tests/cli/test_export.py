"""`zg audit export` and `zg audit verify --file`, which needs no database."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.cli.test_cold import ROOT, SPY, told
from tests.signing import FIRST

__all__ = ["sealing"]


@pytest.fixture
def files(sealing: Zg, tmp_path: Path) -> tuple[Zg, Path, Path]:
    """The whole record and one ticket, exported after two seals and something that came later."""
    sealing.rectifying()
    sealing("audit", "seal")
    sealing("open", "另一件", "--source", "complaint", "--complainant", "金丝雀甲", "--phone", "金丝雀乙", "--clue", "金丝雀丙")
    sealing("audit", "seal")
    sealing("comment", "1", "--note", "已联系")
    whole, one = tmp_path / "whole.jsonl", tmp_path / "one.jsonl"
    sealing("audit", "export", "--out", str(whole))
    sealing("audit", "export", "1", "--out", str(one))
    return sealing, whole, one


def elsewhere(path: Path) -> Zg:
    """A command line without any database."""
    return Zg(f"sqlite:///{path.parent / 'nowhere' / 'zg.db'}")


def test_a_file_verifies_without_the_database(files: tuple[Zg, Path, Path]) -> None:
    zg, whole, one = files
    key, code = zg.json("audit", "key")["key"], zg.json("audit", "seal")["code"]
    zg("audit", "export", "1", "--out", str(one))
    there = elsewhere(whole)
    said = there.json("audit", "verify", "--file", str(whole), "--key", key, "--accept-tail")
    assert (said["verified"], said["anchored"], said["scope"], said["seals"], said["key"]) == (True, True, "record", 2, key)
    said = there.json("audit", "verify", "--file", str(one), "--key", key, "--code", code)
    assert (said["events"], said["proven"], said["after_the_last_seal"]) == (4, 4, 0)
    assert (said["number"], said["title"], said["code"]) == ("ZG-2020-0001", "企业开办材料重复提交", code)
    assert "4 条证明已存证" in there("audit", "verify", "--file", str(one)).stdout
    assert not (whole.parent / "nowhere").exists()


@pytest.mark.parametrize("what", [(), ("1",)])
def test_a_genuine_tail_is_told_apart_and_none_is_left_where_it_is_sealed_first(
    files: tuple[Zg, Path, Path], what: tuple[str, ...],
) -> None:
    zg, whole, _ = files
    zg("comment", "1", "--note", "已联系")
    key = zg.json("audit", "key")["key"]
    file, there = ("--file", str(whole)), elsewhere(whole)
    zg("audit", "export", *what, "--out", str(whole))
    said = there("audit", "verify", *file, "--key", key, "--json", code=9)
    tail = json.loads(said.stdout)
    assert tail["code"] == "tail" and int(tail["field"]) > 0 and json.loads(said.stderr)["error"]["code"] == "file-tail"
    assert there.json("audit", "verify", *file, "--key", key, "--accept-tail")["verified"] is True
    assert there.json("audit", "verify", *file)["anchored"] is False, "nothing is asked of what nobody vouches for"
    zg("audit", "export", *what, "--seal", "--out", str(whole))
    said = there.json("audit", "verify", *file, "--key", key)
    assert (said["vouched"], said["anchored"]) == (said["events"], True)
    assert "whole" not in said or said["whole"]["vouched"] is True


def test_sealing_first_takes_who_may_seal_and_the_key(files: tuple[Zg, Path, Path]) -> None:
    zg, whole, _ = files
    zg("--as", "admin", "user", "add", "shenji", "--role", "auditor", "--title", "审计")
    entries = zg.json("audit", "verify")["events"]
    assert zg.error("--as", "shenji", "audit", "export", "--seal", "--out", str(whole), code=4)["code"] == "not-permitted"
    for path in (whole.parent / "zg.db.keys").glob("*.pem"):
        path.unlink()
    assert zg.error("audit", "export", "--seal", "--out", str(whole), code=1)["code"] == "key-missing"
    assert zg.json("audit", "verify")["events"] == entries, "and nothing is noted of what did not happen"
    assert zg.error("audit", "verify", "--accept-tail", code=2)["code"] == "usage-tail"


def test_a_file_and_the_record_tell_a_wrong_code_alike(files: tuple[Zg, Path, Path]) -> None:
    zg, whole, _ = files
    code = zg.json("audit", "seal")["code"]
    zg("audit", "export", "--out", str(whole))
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    told = [zg.error("audit", "verify", *file, "--code", wrong, code=9) for file in ((), ("--file", str(whole)))]
    assert told[0] == told[1]


def test_a_file_is_checked_without_any_database_driver(files: tuple[Zg, Path, Path]) -> None:
    _, whole, _ = files
    command = json.dumps([("audit", "verify", "--file", str(whole))])
    done = subprocess.run(
        [sys.executable, "-c", SPY, command], capture_output=True, text=True, timeout=60, check=False,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}, cwd=whole.parent,
    )
    [verified] = told(done)
    assert verified["code"] == 0, done.stderr
    assert not {"sqlite3", "psycopg", "sqlalchemy"} & {*verified["imported"]}


def test_what_was_changed_in_a_file_is_named_with_exit_9(files: tuple[Zg, Path, Path]) -> None:
    zg, whole, one = files
    for path in (whole, one):
        kept = path.read_text(encoding="utf-8")
        path.write_text(kept.replace("企业开办材料重复提交", "企业开办材料不重复"), encoding="utf-8")
        lines = zg("audit", "verify", "--file", str(path), "--json", code=9).stdout.splitlines()
        assert json.loads(lines[0])["code"] == "words" and json.loads(lines[0])["number"] == "ZG-2020-0001"
        path.write_text("\n".join(kept.splitlines()[:-2]), encoding="utf-8")
        zg("audit", "verify", "--file", str(path), code=9)
    zg("audit", "verify", "--file", str(one), "--key", str(FIRST.verifier), code=9)


def test_secrets_never_leave_in_an_export(files: tuple[Zg, Path, Path]) -> None:
    zg, whole, _ = files
    assert "金丝雀" not in whole.read_text(encoding="utf-8")
    assert "金丝雀" not in zg("audit", "export", "2").stdout


def test_exports_and_reading_the_whole_log_are_events(files: tuple[Zg, Path, Path]) -> None:
    zg, _, one = files
    zg("--as", "auditor", "log", "--admin")
    read = [(event["actor"], event["data"]) for event in zg.lines("log", "--admin") if event["kind"] == "read"]
    events = [line for line in map(json.loads, one.read_text(encoding="utf-8").splitlines()) if line.get("event", {}).get("ticket")]
    assert read == [
        ("office", {"name": "export"}), ("office", {"name": "export", "number": "ZG-2020-0001", "seq": 4, "head": events[-1]["hash"]}),
        ("auditor", {"name": "log"}),
    ]
    zg("audit", "verify")


@pytest.mark.parametrize("actor", ["scjgj", "scjgj-head", "leader"])
def test_others_do_not_export(files: tuple[Zg, Path, Path], actor: str) -> None:
    zg, _, _ = files
    zg("--as", actor, "audit", "export", code=4)
    zg("--as", actor, "audit", "export", "1", code=4)


def test_an_export_is_for_its_owner_only_and_whole_or_not_there(files: tuple[Zg, Path, Path], tmp_path: Path) -> None:
    zg, whole, _ = files
    assert stat.S_IMODE(whole.stat().st_mode) == 0o600
    zg("audit", "export", "--out", str(tmp_path / "no" / "where.jsonl"), code=8)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".writing")] == []


def test_what_cannot_be_read_is_told(zg: Zg, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    zg("audit", "verify", "--file", str(tmp_path / "missing"), code=8)
    zg("audit", "verify", "--file", str(tmp_path / "binary"), code=8)
    assert zg.error("audit", "verify", "1", "--file", "x", code=2)["code"] == "usage-verify-file"


def test_a_code_that_is_not_in_the_record_is_told(sealing: Zg) -> None:
    code = sealing.json("audit", "seal")["code"]
    sealing("audit", "verify", "--code", code.lower())
    assert sealing.error("audit", "verify", "--code", "1-AAAA-AAAA-AAAA-AAAA", code=9)["code"] == "code-differs"
