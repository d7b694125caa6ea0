"""Who complained and where a clue comes from reaches the supervision office and nobody else, whatever is asked, printed or sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import CONTENTS
from tests.cli.conftest import Zg

CANARY = "金丝雀"
SECRETS = ("--complainant", f"{CANARY}甲", "--phone", f"1390000{CANARY}", "--clue", f"{CANARY}来信")
OTHERS = ("scjgj", "scjgj-head", "swj", "leader", "auditor", "admin")
READING = (
    ("today",), ("today", "--json"), ("count",), ("count", "--by", "officer", "--json"),
    ("show", "1"), ("show", "1", "--json"), ("show", "1", "--at", "2020-09-25T09:00"), ("show", "1", "--at", "2020-09-25T09:00", "--json"),
    ("log", "1"), ("log", "1", "--json"), ("log", "--admin"), ("log", "--admin", "--json"), ("list",), ("list", "--json"),
    ("list", "--text", CANARY), ("why", "1"), ("why", "1", "--json"), ("can", "1"), ("can", "1", "--json"), ("plan", "--json"),
    ("sweep", "--json"), ("doctor", "--json"), ("audit", "verify", "--json"), ("audit", "verify", "1"),
    ("audit", "export"), ("audit", "export", "1"), ("notices", "--all"), ("notices", "--all", "--json"), ("notices", "outbox", "--json"),
    ("user", "list", "--json"), ("unit", "list", "--json"), ("evidence", "get", "1"),
)


@pytest.fixture
def told(zg: Zg) -> Zg:
    """A complaint with everything that is confidential, assigned, accepted and declined once before."""
    zg.once(with_everything_confidential)
    return zg


def with_everything_confidential(zg: Zg) -> None:
    zg("open", "企业开办材料重复提交", "--source", "complaint", "--key", "K-1", *SECRETS)
    zg("assign", "1", "--lead", "市市场监管局", "--with", "市税务局")
    zg("--as", "市市场监管局", "accept", "1")


def test_the_office_reads_it(told: Zg) -> None:
    assert told.json("show", "1")["secret"] == {
        "complainant": f"{CANARY}甲", "phone": f"1390000{CANARY}", "clue": f"{CANARY}来信",
    }
    assert CANARY in told("show", "1").stdout
    assert "投诉人（保密）" in told("show", "1").stdout


@pytest.mark.parametrize("actor", OTHERS)
@pytest.mark.parametrize("terminal", [{}, {"ZG_FORCE_TTY": "1"}])
def test_nobody_else_reads_it_by_any_command(told: Zg, actor: str, terminal: dict[str, str]) -> None:
    for words in READING:
        result = told("--as", actor, *words, code=None, **terminal)
        said = result.stdout.replace(f"--text {CANARY}", "") + result.stderr
        assert CANARY not in said, words
        assert "secret" not in result.stdout or words[0] in ("log", "audit"), words


@pytest.mark.parametrize("words", READING)
def test_the_office_itself_reads_it_only_where_it_looks_at_one_ticket(told: Zg, words: tuple[str, ...]) -> None:
    assert (CANARY in told(*words, code=None).stdout) == (words[0] == "show")


def test_what_is_written_does_not_print_it(told: Zg) -> None:
    for words in (("comment", "1", "--note", "x"), ("comment", "1", "--note", "x", "--json"), ("comment", "1", "--note", "x", "--dry-run")):
        assert CANARY not in told(*words).stdout
    dry = told("open", "另一件", "--source", "complaint", *SECRETS, "--dry-run", "--json")
    assert CANARY not in dry.stdout + dry.stderr
    assert CANARY not in told("open", "另一件", "--source", "complaint", *SECRETS, "--dry-run").stdout


def test_errors_do_not_print_it(told: Zg) -> None:
    again = told("open", "企业开办材料重复提交", "--source", "complaint", "--key", "K-1", "--complainant", f"{CANARY}乙", code=6)
    assert CANARY not in again.stderr and "保密内容" in again.stderr
    assert CANARY not in told("--as", "scjgj", "open", "x", "--source", "complaint", *SECRETS, code=4).stderr
    assert CANARY not in told("open", "x", "--source", "complaint", "--phone", f"{CANARY}\x07", code=5).stderr


def test_the_same_key_with_the_same_secrets_is_the_same_ticket(told: Zg) -> None:
    again = told.json("open", "企业开办材料重复提交", "--source", "complaint", "--key", "K-1", *SECRETS)
    assert again["number"] == "ZG-2020-0001"


def test_no_row_but_the_words_of_the_opening_holds_it(told: Zg, tmp_path: Path) -> None:
    import sqlite3

    told("sweep")
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = {
            (table, name) for table in tables for row in _rows(connection, table) for name, value in row.items() if CANARY in str(value)
        }
    assert holding == {("event", "words")}


def _rows(connection: object, table: str) -> list[dict[str, object]]:
    cursor = connection.execute(f"SELECT * FROM {table}")  # type: ignore[attr-defined]
    return [dict(zip([item[0] for item in cursor.description], row, strict=True)) for row in cursor]


def test_it_is_hashed_by_a_digest_of_its_own(told: Zg) -> None:
    first = told.lines("log", "1")[0]
    assert len(first["data"]["secret"]) == 64 and first["data"]["secret"] != first["data"]["words"]
    told("audit", "verify")


def test_every_command_is_looked_at_or_writes() -> None:
    """A new command has to be added to one of the two lists."""
    reading = {words[0] for words in READING}
    writing = set(CONTENTS["do"]) | {"unit", "user", "workflow", "calendar", "clock", "init", "demo", "upgrade", "watch", "redact",
                                     "backup", "restore", "evidence", "notices", "import", "export",
                                     "whoami", "config", "batch", "visit", "evaluate", "feedback", "report", "serve", "view"}
    assert {name for group in CONTENTS.values() for name in group} - reading <= writing


def test_a_unit_reads_of_the_log_what_happened_while_the_ticket_was_its_own(told: Zg) -> None:
    told("comment", "1", "--note", "办公室备注")
    assert [event["seq"] for event in told.lines("log", "1")] == [1, 2, 3, 4]
    assert [event["seq"] for event in told.lines("--as", "scjgj", "log", "1")] == [2, 3]
    told("reassign", "1", "--lead", "市公安局", "--reason", "职责划转")
    assert [event["seq"] for event in told.lines("--as", "gaj", "log", "1")] == [5]


def test_a_unit_does_not_see_a_ticket_as_it_was_before_it_was_assigned(told: Zg) -> None:
    told("clock", "advance", "1d")
    told("reassign", "1", "--lead", "市公安局", "--reason", "职责划转")
    assert json.loads(told("--as", "gaj", "show", "1", "--json").stdout)["lead"] == "GAJ"
    told("--as", "gaj", "show", "1", "--at", "2020-09-25T12:00", code=3)
    assert told.json("show", "1", "--at", "2020-09-25T12:00")["lead"] == "SCJGJ"
