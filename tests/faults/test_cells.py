"""Any value in any cell of any table: the audit names the row, judges the rest, and ends; every other command ends in an error of ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from engine.audit.verify import verify
from engine.record.connection import connect
from engine.rules.proof.finding import Finding
from tests.cli.conftest import Zg
from tests.faults.hostile import Cell, hand

FREE = {"notice", "heartbeat", "sign_in_failure", "web_session", "last_sign_in", "invitation", "kept_answer", "saved_view", "draft"}
"""Tables that follow from nothing: of every other one no cell can change untold."""

UNTOLD = {"event.id", "ticket.level"}
"""What is told by a seal only, of the events that it covers; and what is bent already."""

READING = (
    ("list",), ("list", "--all", "--sort", "changed"), ("show", "1"), ("log", "1"), ("log", "--admin"), ("why", "1"), ("can", "1"),
    ("today",), ("count",), ("plan",), ("user", "list"), ("unit", "list"), ("unit", "show", "SCJGJ"), ("batch", "list"), ("notices",),
    ("calendar", "show"), ("workflow", "list"), ("workflow", "show", "rectification"), ("clock",), ("doctor",), ("audit", "verify", "1"),
    ("audit", "verify"),
)

CODES = (0, 1, 2, 3, 4, 5, 6, 9)


@pytest.fixture
def busy(founded: str, tmp_path: Path) -> Zg:
    """A record in which something was done: cooperators, files, notices, a seal; and the level of ticket 2 bent by hand."""
    zg = Zg(founded)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 x")
    zg.opened()
    zg.opened()
    zg("assign", "1", "--lead", "SCJGJ", "--with", "GAJ")
    zg("--as", "SCJGJ", "accept", "1")
    zg("--as", "SCJGJ", "progress", "1", "--note", "x", "--file", str(tmp_path / "x.pdf"))
    zg("audit", "seal", ZG_KEY=os.environ["ZG_KEY"])
    zg("comment", "2", "--note", "y")
    zg("audit", "seal", ZG_KEY=os.environ["ZG_KEY"])
    with hand(founded) as careful:
        careful.line.execute("UPDATE ticket SET level = 4 WHERE id = 2")
    return zg


PLANTED = Finding("row", 2, "ZG-2020-0002", 2, "level")
"""What is found of ticket 2, whatever else was bent."""


def chosen(careful: object, values: int, step: int = 1) -> Iterator[tuple[Cell, object]]:
    """Every cell, or every `step`-th, with some values, another choice for each; all of them where `values` is 0."""
    kinds = careful.values  # type: ignore[attr-defined]
    for place, cell in islice(enumerate(careful.cells()), 0, None, step):  # type: ignore[attr-defined]
        for turn in range(values or len(kinds)):
            yield cell, kinds[(place * 11 + turn * 7) % len(kinds) if values else turn]


def bend(zg: Zg, values: int, step: int = 1) -> None:
    with hand(zg.url) as careful, closing(connect(zg.url)) as db:
        sound = set(verify(db))
        assert PLANTED in sound
        for cell, value in chosen(careful, values, step):
            with careful.put(cell, value) as changed:
                if not changed:
                    continue
                found = set(verify(db))
            named = found - sound
            assert named or cell.table in FREE or str(cell) in UNTOLD, (str(cell), value)
            assert PLANTED in found or cell.table in ("ticket", "event", "alembic_version"), (str(cell), value)
        assert set(verify(db)) == sound


def test_whatever_lies_in_a_cell_is_a_finding_of_its_row_and_the_rest_is_judged(busy: Zg) -> None:
    """Every cell of a file; of a server every sixteenth, since both are judged by the same code."""
    bend(busy, 1, 1 if busy.url.startswith("sqlite") else 16)


@pytest.mark.torture
def test_every_hostile_value_in_every_cell_is_a_finding_of_its_row(busy: Zg) -> None:
    bend(busy, 0)


def read_all(zg: Zg, values: int, step: int) -> None:
    with hand(zg.url) as careful:
        for cell, value in list(chosen(careful, values, step)):
            with careful.put(cell, value) as changed:
                for words in READING if changed else ():
                    result = zg(*words, code=None, ZG_LANG="en")
                    assert result.exit_code in CODES and "nobody expected" not in result.stderr, (str(cell), value, words, result.stderr)
                if changed and cell.table not in FREE and str(cell) not in UNTOLD:
                    assert result.exit_code != 0, (str(cell), value, words)


def test_commands_on_a_record_with_any_value_in_a_cell_end_in_an_error_of_ours(busy: Zg) -> None:
    read_all(busy, 1, 36 if busy.url.startswith("sqlite") else 144)


BENT = (
    ("title", b"\xff\xfe", "show"), ("deadlines", "[]", "show"), ("deadlines", "[]", "why"), ("opened_at", "2020", "list"),
)
"""A column of tickets, what somebody writes into it, and a command that reads it."""


@pytest.mark.parametrize("founded", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("column", "value", "command"), BENT)
def test_a_reading_command_names_the_row_that_it_cannot_read(busy: Zg, column: str, value: object, command: str) -> None:
    with hand(busy.url) as careful:
        careful.line.execute("UPDATE ticket SET level = 0")
        careful.line.execute(f"UPDATE ticket SET {column} = ? WHERE id = 2", (value,))
    result = busy(command, *([] if command == "list" else ["2"]), code=None, ZG_LANG="en")
    assert (result.exit_code, "zg audit verify" in result.stderr) == (1, True), result.stderr
    assert "ZG-2020-0002 #" in result.stderr, result.stderr


@pytest.mark.torture
def test_every_command_on_every_hostile_value_ends_in_an_error_of_ours(busy: Zg) -> None:
    read_all(busy, 0, 1)
