"""Ledgers that tests make, and what an import says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from engine.office.ledger.entry import Ledger, Wishes
from engine.office.ledger.outcome import Outcome, Reading
from engine.office.sheets.reader import read_bytes
from engine.rules.access import Actor
from tests.office.sheets.making import xlsx
from tests.registry.conftest import OFFICE, Town

HEADS = ("序号", "问题描述", "责任单位", "整改时限", "整改情况", "整改完成日期", "备注")
"""The heads of a plain ledger."""

Row = Sequence[object]


def row(number: object = "1",
title: str = "企业开办材料重复提交", unit: str = "市市场监管局", due: object = "2020年11月30日", status: str = "整改中",
        finished: object = "", remark: str = "") -> Row:
    """A row of a plain ledger, sound unless told otherwise."""
    return (number, title, unit, due, status, finished, remark)


def csv(*rows: Row, heads: Sequence[str] = HEADS, title: str = "") -> bytes:
    """A ledger as text."""
    lines = [[title]] if title else []
    lines += [list(heads), *([str(cell) for cell in each] for each in rows)]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines).encode("utf-8")


def sheet(*rows: Row,
heads: Sequence[str] = HEADS, title: str = "", name: str = "台账", then: Callable[[Workbook, Worksheet], None] | None = None) -> bytes:
    """A ledger as a workbook of one sheet; `then` adds to it what rows do not tell."""
    return book({name: ([[title]] if title else []) + [heads, *rows]}, then)


def book(sheets: Mapping[str, Sequence[Row]], then: Callable[[Workbook, Worksheet], None] | None = None) -> bytes:
    """A workbook of several sheets; `then` is given the last one."""
    def fill(target: Workbook) -> None:
        for name, rows in sheets.items():
            page = target.add_worksheet(name)
            for number, each in enumerate(rows):
                for column, cell in enumerate(each):
                    if cell != "":
                        page.write(number, column, cell)
        if then is not None:
            then(target, page)
    return xlsx(fill)


def imported(town: Town, data: bytes, *, commit: bool = False, actor: Actor = OFFICE, name: str = "台账.xlsx", **wishes: Any) -> Outcome:
    """What importing these bytes comes to."""
    kind = name if data[:2] == b"PK" else "台账.csv"
    return Ledger(town.desk).enter(actor, read_bytes(kind, data), Wishes(**wishes), commit=commit)


def only(outcome: Outcome) -> Reading:
    """The only row."""
    [reading] = outcome.readings
    return reading


def actions(outcome: Outcome) -> list[str]:
    return [reading.action for reading in outcome.readings]


def asked(outcome: Outcome) -> dict[str, int]:
    """The questions by their keys, with how many rows each is about."""
    return {question.key: len(rows) for question, rows in outcome.questions}


def problems(outcome: Outcome) -> list[str]:
    return [problem.problem.code for problem in outcome.problems]


def refusals(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.refusals]
