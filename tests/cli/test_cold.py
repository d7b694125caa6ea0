"""Real processes: what a command imports, pipes that break, interrupts, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Zg

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "fastapi", "apscheduler", "rich", "yaml", "alembic", "cryptography", "msgspec")
PLAIN = "from engine.cli import main; main()"
SPY = """
import json, sys
from engine.cli import cli
for words in json.loads(sys.argv[1]) if len(sys.argv) > 1 else [[]]:
    code = 0
    try:
        cli.main(words, prog_name="zg")
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    told = {"words": words, "code": code, "imported": sorted({name.partition(".")[0] for name in sys.modules})}
    sys.__stderr__.write("\\n" + json.dumps(told))
"""
"""Runs commands one after the other; after each it tells its exit code, and what was imported so far."""

READING: list[tuple[str, ...]] = [
    ("--help",), ("--version",), ("show", "1"),
    ("show", "1", "--json"), ("list",), ("list", "--text", "重复", "--json"),
    ("--as", "市市场监管局", "today"), ("--as", "scjgj-head", "today", "--json"), ("today", "--json"), ("count",),
    ("count", "--by", "unit", "--json"), ("log", "1"), ("why", "1"), ("show", "--help"),
]


def run(zg: Zg, *words: str, program: str = SPY, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "_ZG", "COV"))}
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=60, check=False, input=given,
        env={**known, "ZG_DB": zg.url, "PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1", **environment},
    )


def told(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stderr.splitlines() if line.startswith('{"words"')]


def completed(zg: Zg, line: str, shell: str = "bash", **environment: str) -> str:
    """What a shell is told when it asks what may follow. In this process: that a cold one answers alike is asked once."""
    known = {"_ZG_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "ZG_DB": zg.url}
    return zg(**known, **environment).stdout


def test_reading_commands_start_cold_without_the_heavy_packages(zg: Zg) -> None:
    """One process for all of them: the first that imports a heavy package is the one that is named."""
    zg.rectifying()
    result = run(zg, json.dumps(READING))
    seen = told(result)
    assert [(tuple(each["words"]), each["code"]) for each in seen] == [(words, 0) for words in READING], result.stderr
    for each in seen:
        assert {*each["imported"]} & {*HEAVY, "transitions"} == set(), each["words"]
    assert result.stdout.count("ZG-2020-0001") >= 8


def test_completion_starts_cold_too_and_offers_live_numbers(zg: Zg) -> None:
    zg.rectifying()
    result = run(zg, _ZG_COMPLETE="zsh_complete", COMP_WORDS="zg show ", COMP_CWORD="2")
    assert "ZG-2020-0001" in result.stdout and "企业开办材料重复提交" in result.stdout and "● 绿" in result.stdout
    [only] = told(result)
    assert {*only["imported"]} & {*HEAVY, "transitions"} == set()
    assert result.stdout == completed(zg, "zg show ", "zsh")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_output_that_cannot_be_written_is_told_and_what_was_done_stands(zg: Zg) -> None:
    command = [sys.executable, "-c", PLAIN, "open", "窗口无人", "--source", "visit"]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV"))}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
            env={**known, "ZG_DB": zg.url, "PYTHONPATH": str(ROOT), "ZG_LANG": "en", "PYTHONUTF8": "1"},
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The output could not be written")
    assert zg.json("show", "1")["title"] == "窗口无人"


@pytest.mark.parametrize(("line", "expected", "unexpected"), [
    ("zg do assign ", "ZG-2020-0001", None), ("zg list --state ", "rectifying", None), ("zg list --unit 市发", "市发展改革委", "市公安局"),
    ("zg assign 1 --lead F", "FGW", "GAJ"), ("zg can 1 ", "suspend", "assign"), ("zg --as off", "office", "admin"),
    ("zg workflow show ", "complaint", None), ("zg sho", "show", "list"), ("zg open x --source v", "visit", "media"),
    ("zg init --seed ", "pingdingshan-2020", None), ("zg show 1", "1", "ZG-2020-0001"),
])
def test_completion_offers_what_fits(zg: Zg, line: str, expected: str, unexpected: str | None) -> None:
    zg.rectifying()
    offered = {part.split(",", 1)[1] for part in completed(zg, line).splitlines() if "," in part}
    assert expected in offered
    assert unexpected not in offered


@pytest.mark.parametrize("line", ["zg show ", "zg list --unit ", "zg do ", "zg can 1 ", "zg list --state "])
def test_completion_never_fails_whatever_is_wrong(empty: Zg, tmp_path: Path, line: str) -> None:
    (tmp_path / "zg.db").write_bytes(b"this is no database" * 100)
    assert completed(empty, line).strip() == ""


def test_a_reader_that_goes_away_is_no_error(zg: Zg) -> None:
    zg.opened()
    command = f"{sys.executable} cli.py list --json | true; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
        env={**os.environ, "ZG_DB": zg.url, "PYTHONUNBUFFERED": "1"},
    )
    assert result.stderr == "" and result.stdout.strip() == "0"


def test_output_that_the_locale_cannot_write_is_no_crash(zg: Zg) -> None:
    zg.opened()
    result = run(zg, "show", "1", program=PLAIN, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert "ZG-2020-0001" in result.stdout
    assert json.loads(run(zg, "show", "1", "--json", program=PLAIN, PYTHONIOENCODING="ascii",
                          PYTHONUTF8="0").stdout)["title"] == "企业开办材料重复提交"


def test_python_cli_py_is_the_command(zg: Zg) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )
    assert done.stdout.startswith("zg ")


def test_every_text_is_whole_without_a_terminal(zg: Zg) -> None:
    title = "长" * 200
    zg("open", title, "--source", "visit")
    assert title in run(zg, "list", program=PLAIN, COLUMNS="40").stdout
